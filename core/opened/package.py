"""Packages, which are ZIP archives: documents of Office and OFD, known by their parts, and plain ones."""

import zipfile
from collections.abc import Iterable, Mapping
from typing import IO

from core.errors import Invalid
from core.opened.archive import Archive

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
TYPES, WAY_IN = "[Content_Types].xml", "OFD.xml"  # the second is that of GB/T 33190

# The content type of the main part of a package, [MS-OE376]; those with macros have other ones.
MAIN = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
}
PICTURES = ("word/media/", "xl/media/")
DRAWN = {"ImageObject", "PathObject"}  # on a page of an OFD
LOCKED = 0x1  # of the flags of a member: APPNOTE 4.4.4
NAMED_IN_UTF8 = 0x800
ARCHIVES = (
    "zip",
    "rar",
    "7z",
    "gz",
    "tgz",
    "bz2",
    "xz",
    "zst",
    "tar",
    "cab",
    "iso",
    "jar",
    "lzh",
    "z",
    "arj",
)
ARCHIVE_HEADS = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")
OFFICE = ("docx", "xlsx", "pptx", "ofd")  # packages that may lie in an archive


class _Found(Exception):
    """Something can be read: no need to go on."""


def kind_of(file: IO[bytes]) -> str:
    """`docx`, `xlsx`, `ofd`, `zip`, or an empty text for a package of another kind of document."""
    package = _opened(file)
    if WAY_IN in package.names:
        return "ofd"
    if TYPES not in package.names:
        return "zip"
    return next((MAIN[kind] for kind, part in _main(package) if part in package.names), "")


def document(file: IO[bytes]) -> bool:
    """Whether a Word document has text or a picture."""
    package = _of_office(file, "docx")
    return _has_picture(package) or _says(package, _starting(package, "word/"), {"t"})


def book(file: IO[bytes]) -> bool:
    """Whether a workbook has a cell with a value, or a picture."""
    package = _of_office(file, "xlsx")
    return _has_picture(package) or _says(package, _starting(package, "xl/worksheets/"), {"v", "t", "f"})


def ofd(file: IO[bytes]) -> bool:
    """Whether a page of an OFD has text, a picture or a drawing."""
    package, roots = _opened(file), list[str]()
    package.parse(WAY_IN, lambda tag, _attributes: roots.append(tag))
    if roots[:1] != ["OFD"]:
        raise ValueError
    pages = [name for name in package.names if name.endswith(".xml") and name != WAY_IN]
    return _says(package, pages, {"TextCode"}, DRAWN)


def archive(file: IO[bytes]) -> bool:
    """Whether anything lies in a plain ZIP; every member is read to its end, kept nowhere, and none may be
    an archive or locked."""
    package, holds = _opened(file), False
    for member in package.package.infolist():
        if member.flag_bits & LOCKED:
            raise Invalid("file-is-locked")
        head = b""
        for chunk in package.chunks(member.filename):
            head = head or chunk[:8]
        if _is_archive(member.filename, head):
            raise Invalid("file-archive-inside", name=_name(member))
        holds = holds or bool(head)
    return holds


def listed(file: IO[bytes]) -> list[list[str | int]]:
    """Name and size of every member that is no folder."""
    members = _opened(file).package.infolist()
    return [[_name(member), member.file_size] for member in members if not member.is_dir()]


def _of_office(file: IO[bytes], kind: str) -> Archive:
    if kind_of(file) != kind:
        raise ValueError
    return _opened(file)


def _opened(file: IO[bytes]) -> Archive:
    file.seek(0)
    if not file.read(4).startswith(MAGIC):
        raise ValueError
    return Archive.of(file, "file-unreadable")


def _main(package: Archive) -> list[tuple[str, str]]:
    """(content type, name) of the parts that make a package a document of Office."""
    parts: list[tuple[str, str]] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Override":
            parts.append((attributes.get("ContentType", ""), attributes.get("PartName", "").lstrip("/")))

    package.parse(TYPES, start)
    if any("macroEnabled" in kind for kind, _part in parts):
        raise Invalid("file-has-macros")
    return [(kind, part) for kind, part in parts if kind in MAIN]


def _starting(package: Archive, folder: str) -> list[str]:
    return [name for name in package.names if name.startswith(folder) and name.endswith(".xml")]


def _has_picture(package: Archive) -> bool:
    return any(
        member.filename.startswith(PICTURES) and member.file_size for member in package.package.infolist()
    )


def _says(package: Archive, parts: Iterable[str], speaking: set[str], drawn: Iterable[str] = ()) -> bool:
    """Whether some part has words in an element of `speaking`, or any element of `drawn`."""
    inside = False

    def start(tag: str, _attributes: Mapping[str, str]) -> None:
        nonlocal inside
        inside = tag in speaking
        if tag in drawn:
            raise _Found

    def text(data: str) -> None:
        if inside and data.strip():
            raise _Found

    try:
        for part in parts:
            inside = False
            package.parse(part, start, text=text)
    except _Found:
        return True
    return False


def _is_archive(name: str, head: bytes) -> bool:
    ending = name.rpartition(".")[2].lower()
    if head.startswith(MAGIC):
        return ending not in OFFICE
    return ending in ARCHIVES or head.startswith(ARCHIVE_HEADS)


def _name(member: zipfile.ZipInfo) -> str:
    """As whoever packed it wrote it: Windows in China writes GB18030 without saying so."""
    if member.flag_bits & NAMED_IN_UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
