"""Pictures, known by the bytes in which each format says how large they are; nothing is decoded."""

import struct
import zlib
from collections.abc import Callable, Iterator
from typing import IO

MOST_SEGMENTS = 2000  # of a JPEG before its size is told
MOST_ENTRIES = 200  # of the first directory of a TIFF
MOST_BOXES = 50  # of a HEIC before the one that describes the picture
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
TIFF_SIZE = {256, 257}  # ImageWidth and ImageLength


def shows(file: IO[bytes], kind: str) -> bool:
    """Whether a picture of this kind begins here; only for the kinds of PICTURES."""
    file.seek(0)
    try:
        return PICTURES[kind](file)
    except struct.error:  # it ends before it has said what it is
        return False


def recognised(file: IO[bytes]) -> str:
    """The kind of picture the file is, or an empty text."""
    return next((kind for kind in PICTURES if shows(file, kind)), "")


def _png(file: IO[bytes]) -> bool:
    """The signature, and a first chunk that is whole and speaks of a picture with a size."""
    head = file.read(33)
    if not head.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"):
        return False
    width, height = struct.unpack_from(">LL", head, 16)
    return bool(width and height) and zlib.crc32(head[12:29]) == struct.unpack_from(">L", head, 29)[0]


def _jpg(file: IO[bytes]) -> bool:
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


def _tif(file: IO[bytes]) -> bool:
    """A first directory in which width and height are told."""
    head = file.read(8)
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(head[:4])
    if order is None:
        return False
    file.seek(struct.unpack_from(f"{order}L", head, 4)[0])
    count = struct.unpack(f"{order}H", file.read(2))[0]
    entries = (file.read(12) for _ in range(min(count, MOST_ENTRIES)))
    return {struct.unpack_from(f"{order}H", entry)[0] for entry in entries} >= TIFF_SIZE


def _heic(file: IO[bytes]) -> bool:
    """A brand of HEIF first, and a box that describes what is in it."""
    boxes = _boxes(file)
    first, brands = next(boxes)
    known = any(brands[at : at + 4] in HEIC_BRANDS for at in range(0, len(brands), 4))
    return first == b"ftyp" and known and any(kind == b"meta" for kind, _start in boxes)


def _boxes(file: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Kind and first bytes of one box after another: ISO/IEC 14496-12, 4.2."""
    for _ in range(MOST_BOXES):
        start = file.tell()
        size, kind = struct.unpack(">L4s", file.read(8))
        if size == 1:
            size = struct.unpack(">Q", file.read(8))[0]
        if size < 8:  # the last one, which goes on to the end, or none
            yield kind, b""
            return
        yield kind, file.read(min(size - 8, 256))
        file.seek(start + size)


PICTURES: dict[str, Callable[[IO[bytes]], bool]] = {"png": _png, "jpg": _jpg, "tif": _tif, "heic": _heic}
