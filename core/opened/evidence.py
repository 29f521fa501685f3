"""Kinds of files that are kept as evidence, known by what is in them; the name only has to agree.

Pictures are looked at where they arrive (`is_picture`); everything else is examined by a bounded child
(`examine`): whether it is what its name says, and whether anything in it can be read.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterable
from typing import IO

from core.errors import Invalid
from core.opened import compound, package, pictures
from core.opened.archive import BROKEN
from core.opened.markup import Walker

MEDIA = {
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "xml": "application/xml",
    "jpg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "tif": "image/tiff",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "et": "application/wps-office.et",
    "zip": "application/zip",
    "csv": "text/csv",
    "json": "application/json",
}
ALIASES = {"jpeg": "jpg", "tiff": "tif", "heif": "heic"}
NAMES = (*MEDIA, *ALIASES)  # every ending a file may have
ALIKE = {"et": "xls"}  # WPS writes the workbook of Excel 97 under a name of its own

HEADER_WITHIN = 1024  # bytes that may stand before %PDF-: ISO 32000-1, appendix H.3, note 13
GB_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']gb(2312|k|18030)["']""", re.IGNORECASE)
TEXT_BREAKS = set("\t\r\n\f\x1a")  # 0x1A ended text files of DOS, and some instruments still write it
NO_CELL = set("\t\r\n\f\x1a ,;\"'")


def is_picture(file: IO[bytes], kind: str) -> bool:
    """Whether this is a picture of the kind its name says; cheap."""
    return kind in pictures.PICTURES and pictures.shows(file, kind)


def examine(path: str, kind: str) -> None:
    """Raise Invalid when the file is not what its name says, is locked or has macros, or when nothing in it
    can be read."""
    with open(path, "rb") as file:
        try:
            actual = _told(file)
            if actual and actual != ALIKE.get(kind, kind):
                raise Invalid("file-is-another-kind", extension=kind, actual=actual)
            file.seek(0)
            holds = READERS[kind](file)
        except (*BROKEN, *compound.BROKEN, RecursionError) as error:
            raise Invalid("file-is-not-what-it-says", extension=kind) from error
    if not holds:
        raise Invalid("file-holds-nothing")


def list_members(path: str) -> list[list[str | int]]:
    """Name and size of everything in a ZIP."""
    with open(path, "rb") as file:
        return package.listed(file)


def _told(file: IO[bytes]) -> str:
    """The kind its bytes speak of; texts are told by nothing but their readers."""
    head = file.read(HEADER_WITHIN + 5)
    if head.startswith(compound.MAGIC):
        return compound.kind_of(file)
    if head.startswith(package.MAGIC):
        return package.kind_of(file)
    if kind := pictures.recognised(file):
        return kind
    return "pdf" if b"%PDF-" in head else ""


# Readers: each answers whether anything can be read, and raises one of BROKEN for what is not of its format.


def _pdf(file: IO[bytes]) -> bool:
    """Whether some page has text, a picture or a drawing on it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise Invalid("file-is-locked") from error
        raise ValueError from error
    return any(next(page.get_objects(), None) is not None for page in document)


def _picture(_file: IO[bytes]) -> bool:
    """What reaches this reader was no picture of the kind its name says."""
    raise ValueError


def _csv(file: IO[bytes]) -> bool:
    """Text without control characters, in UTF-8 or as Chinese Excel writes it."""
    letters = _letters(file, "utf-8-sig") or _letters(file, "gb18030")
    if letters is None or any(letter < " " or letter == "\x7f" for letter in letters - TEXT_BREAKS):
        raise ValueError
    return bool(letters - NO_CELL)


def _letters(file: IO[bytes], encoding: str) -> set[str] | None:
    """Every letter the text has, or None when it is not in this encoding."""
    file.seek(0)
    decoder, letters = codecs.getincrementaldecoder(encoding)(), set[str]()
    try:
        while chunk := file.read(1 << 16):
            letters |= set(decoder.decode(chunk))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return letters


def _json(file: IO[bytes]) -> bool:
    return json.loads(file.read().decode("utf-8-sig")) not in ([], {}, "", None)


def _xml(file: IO[bytes]) -> bool:
    """In any of the encodings expat knows, or in those of China, which it does not."""
    declared = GB_DECLARED.match(file.read(200))
    file.seek(0)
    chunks: Iterable[bytes] = iter(lambda: file.read(1 << 16), b"")
    if declared:
        chunks = codecs.iterencode(codecs.iterdecode(chunks, "gb18030"), "utf-8")
    said: list[bool] = []

    def start(_tag: str, attributes: object) -> None:
        said[:] = said or [True] * bool(attributes)

    def text(data: str) -> None:
        said[:] = said or [True] * bool(data.strip())

    Walker().walk(chunks, start, text=text, encoding="utf-8" if declared else None)
    return bool(said)


READERS: dict[str, Callable[[IO[bytes]], bool]] = {
    **dict.fromkeys(pictures.PICTURES, _picture),
    "pdf": _pdf, "csv": _csv, "json": _json, "xml": _xml,
    "doc": compound.document, "xls": compound.book, "et": compound.book,
    "docx": package.document, "xlsx": package.book, "ofd": package.ofd, "zip": package.archive,
}  # fmt: skip
