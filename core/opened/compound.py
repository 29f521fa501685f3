"""Old documents of Word, Excel and WPS: streams in one compound file ([MS-CFB]), known by their names."""

import struct
from collections.abc import Iterator
from typing import IO

import olefile

from core.errors import Invalid

MAGIC = olefile.MAGIC
BROKEN = (OSError,)  # what olefile raises on purpose; the rest is archive.BROKEN
DOCUMENT, BOOKS = "WordDocument", ("Workbook", "Book")
MACROS = {"_vba_project_cur", "_vba_project", "vba", "macros"}  # [MS-OVBA] 2.2.1
LOCKED = "EncryptedPackage"  # [MS-OFFCRYPTO] 2.3.4.4: a docx or xlsx with a password
FIB_FLAGS, FIB_ENCRYPTED = 0x0A, 0x0100  # [MS-DOC] 2.5.2
FIB_LETTERS = 0x4C  # ccpText, [MS-DOC] 2.5.4; the mark of the last paragraph is one of them

# Records of a workbook, [MS-XLS] 2.3.
PASSWORD, SHEET = 0x2F, 0x85
MACRO_SHEET, MODULE = 1, 6  # dt of a SHEET
FILLED = {0x06, 0xBD, 0xD6, 0xEB, 0xFD, 0x0203, 0x0204, 0x0205, 0x027E}  # cells with a value, and drawings


def kind_of(file: IO[bytes]) -> str:
    """`doc`, `xls` or an empty text; raise Invalid for what has macros or a password."""
    with _opened(file) as compound:
        if compound.exists(LOCKED):
            raise Invalid("file-is-locked")
        if any(name.lower() in MACROS for path in compound.listdir(storages=True) for name in path):
            raise Invalid("file-has-macros")
        if compound.exists(DOCUMENT):
            return "doc"
        return "xls" if any(compound.exists(name) for name in BOOKS) else ""


def document(file: IO[bytes]) -> bool:
    """Whether a Word document has more letters than the end of its only paragraph; a picture is one."""
    with _opened(file) as compound:
        head = compound.openstream(DOCUMENT).read(FIB_LETTERS + 4)
    if struct.unpack_from("<H", head, FIB_FLAGS)[0] & FIB_ENCRYPTED:
        raise Invalid("file-is-locked")
    return bool(struct.unpack_from("<l", head, FIB_LETTERS)[0] > 1)


def book(file: IO[bytes]) -> bool:
    """Whether a workbook has a cell with a value, or a drawing."""
    with _opened(file) as compound:
        names = [name for name in BOOKS if compound.exists(name)]
        if not names:
            raise ValueError
        stream = compound.openstream(names[0]).read()
    filled = False
    for kind, body in _records(stream):
        if kind == PASSWORD:
            raise Invalid("file-is-locked")
        if kind == SHEET and body[5:6] in (bytes([MACRO_SHEET]), bytes([MODULE])):
            raise Invalid("file-has-macros")
        filled = filled or kind in FILLED
    return filled


def _opened(file: IO[bytes]) -> olefile.OleFileIO:
    file.seek(0)
    return olefile.OleFileIO(file)


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
