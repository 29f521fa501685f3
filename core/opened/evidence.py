"""Kinds of files that are kept as evidence, known by what the readers of each format accept.

Pictures and PDF are known by a few bytes and looked at where they arrive (`looks_like`); what must be
unpacked or parsed to be known is examined by a bounded child (`examine`).
"""

import codecs
import json
import re
import struct
import zlib
from collections.abc import Callable, Mapping
from typing import BinaryIO

from core.errors import Invalid
from core.opened.archive import BROKEN, Archive
from core.opened.markup import Walker

MEDIA = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "heic": "image/heic",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ofd": "application/ofd",
    "csv": "text/csv",
    "json": "application/json",
    "xml": "application/xml",
}
ALIASES = {"jpeg": "jpg", "tiff": "tif", "heif": "heic"}

# The content type of the main part of a package, [MS-OE376]; those with macros have other ones.
MAIN = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
}
HEADER_WITHIN = 1024  # bytes that may stand before %PDF-: ISO 32000-1, appendix H.3, note 13
MOST_SEGMENTS = 2000  # of a JPEG before its size is told
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
GB_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']gb(2312|k|18030)["']""", re.IGNORECASE)
TEXT_BREAKS = set("\t\r\n\f\x1a")  # 0x1A ended text files of DOS, and some instruments still write it


def looks_like(file: BinaryIO, kind: str) -> bool:
    """Whether a reader of this kind would open the file; only for the kinds of SEEN."""
    file.seek(0)
    try:
        return SEEN[kind](file)
    except struct.error:  # it ends before it has said what it is
        return False


def recognised(file: BinaryIO) -> str:
    """The kind of SEEN the file really is, or an empty text."""
    return next((kind for kind in SEEN if looks_like(file, kind)), "")


def _pdf(file: BinaryIO) -> bool:
    return b"%PDF-" in file.read(HEADER_WITHIN + 5)


def _png(file: BinaryIO) -> bool:
    """The signature, and a first chunk that is whole and speaks of a picture with a size."""
    head = file.read(33)
    if not head.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"):
        return False
    width, height = struct.unpack_from(">LL", head, 16)
    return bool(width and height) and zlib.crc32(head[12:29]) == struct.unpack_from(">L", head, 29)[0]


def _jpg(file: BinaryIO) -> bool:
    """Segment after segment up to the one that tells the size of the picture."""
    if file.read(2) != b"\xff\xd8":
        return False
    for _ in range(MOST_SEGMENTS):
        mark, kind = struct.unpack("BB", file.read(2))
        while kind == 0xFF:  # bytes that fill up
            (kind,) = struct.unpack("B", file.read(1))
        if mark != 0xFF or kind in (0x00, 0xD9, 0xDA):
            return False
        length = struct.unpack(">H", file.read(2))[0]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            _bits, height, width = struct.unpack(">BHH", file.read(5))
            return bool(width)
        file.seek(length - 2, 1)
    return False


def _tif(file: BinaryIO) -> bool:
    head = file.read(8)
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(head[:4])
    if order is None:
        return False
    first = struct.unpack_from(f"{order}L", head, 4)[0]
    return bool(8 <= first < file.seek(0, 2))


def _heic(file: BinaryIO) -> bool:
    size, kind = struct.unpack(">L4s", file.read(8))
    brands = file.read(min(size, 256) - 8) if size >= 16 else b""
    return kind == b"ftyp" and any(brands[at : at + 4] in HEIC_BRANDS for at in range(0, len(brands), 4))


SEEN: dict[str, Callable[[BinaryIO], bool]] = {
    "pdf": _pdf, "png": _png, "jpg": _jpg, "tif": _tif, "heic": _heic,
}  # fmt: skip


def examine(path: str, kind: str) -> None:
    """Raise Invalid when no reader of this kind would open the file; only for the kinds of EXAMINED."""
    with open(path, "rb") as file:
        try:
            fits = EXAMINED[kind](file, kind)
        except (*BROKEN, RecursionError) as error:
            raise Invalid("file-is-not-what-it-says", extension=kind) from error
    if not fits:
        raise Invalid("file-is-not-what-it-says", extension=kind)


def _office(file: BinaryIO, kind: str) -> bool:
    """A package whose list of contents names a main part of this kind, and holds that part."""
    package = Archive.of(file, "file-is-not-what-it-says", extension=kind)
    parts: dict[str | None, str] = {}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Override":
            parts[attributes.get("ContentType")] = attributes.get("PartName", "").lstrip("/")

    package.parse("[Content_Types].xml", start)
    if any("macroEnabled" in (content or "") for content in parts):
        raise Invalid("file-has-macros")
    return parts.get(MAIN[kind]) in package.names


def _ofd(file: BinaryIO, kind: str) -> bool:
    """GB/T 33190: a package whose way in is OFD.xml."""
    package, roots = Archive.of(file, "file-is-not-what-it-says", extension=kind), []
    package.parse("OFD.xml", lambda tag, _attributes: roots.append(tag))
    return roots[:1] == ["OFD"]


def _csv(file: BinaryIO, _kind: str) -> bool:
    """Text without control characters, in UTF-8 or as Chinese Excel writes it."""
    return any(_is_text(file, encoding) for encoding in ("utf-8-sig", "gb18030"))


def _is_text(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(1 << 16):
            letters = set(decoder.decode(chunk))
            if any(letter < " " or letter == "\x7f" for letter in letters - TEXT_BREAKS):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _json(file: BinaryIO, _kind: str) -> bool:
    json.loads(file.read().decode("utf-8-sig"))
    return True


def _xml(file: BinaryIO, _kind: str) -> bool:
    """In any of the encodings expat knows, or in those of China, which it does not."""
    declared = GB_DECLARED.match(file.read(200))
    file.seek(0)
    chunks = iter(lambda: file.read(1 << 16), b"")
    if declared:
        chunks = codecs.iterencode(codecs.iterdecode(chunks, "gb18030"), "utf-8")
    Walker().walk(chunks, encoding="utf-8" if declared else None)
    return True


EXAMINED = {"xlsx": _office, "docx": _office, "ofd": _ofd, "csv": _csv, "json": _json, "xml": _xml}
