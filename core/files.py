"""Evidence on disk: content-addressed by SHA-256, never overwritten, never trusted.

A file is known by its first bytes, not by its name; what the name claims and
what the bytes are must agree.
"""

import hashlib
import os
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.db import Base, db
from core.errors import Invalid, NotFound

# Extension -> (media type, first bytes).  XLSX and DOCX are ZIP files with a known member.
KINDS = {
    "pdf": ("application/pdf", b"%PDF-"),
    "png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "csv": ("text/csv", b""),
    "json": ("application/json", b""),
}
ALIASES = {"jpeg": "jpg"}
MEMBERS = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml"}


class StoredFile(Base):
    """One content; many cases may point at it by its digest."""

    __tablename__ = "stored_file"

    digest: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


def store(stream: BinaryIO, filename: str) -> StoredFile:
    """Keep a file and return its row; raise Invalid for an empty, too large or forbidden one."""
    extension = _extension(filename)
    folder = Path(current_app.config["FILE_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as scratch:
        path = Path(scratch.name)
        try:
            digest, size = _copy(stream, scratch, current_app.config["MAX_FILE_BYTES"])
            _check_content(path, extension)
        except BaseException:
            path.unlink()
            raise
    _settle(path, _place(folder, digest))
    return _row(digest, size, KINDS[extension][0])


def path_of(digest: str) -> Path:
    """Where the content lies; raise NotFound when it does not."""
    path = _place(Path(current_app.config["FILE_DIR"]), digest)
    if not path.is_file():
        raise NotFound("file-not-found")
    return path


def media_type(digest: str) -> str:
    row = db.session.get(StoredFile, digest)
    if row is None:
        raise NotFound("file-not-found")
    return row.media_type


def _row(digest: str, size: int, media: str) -> StoredFile:
    row = db.session.get(StoredFile, digest)
    if row is None:
        row = StoredFile(digest=digest, size=size, media_type=media)
        db.session.add(row)
        db.session.flush()
    return row


def _extension(filename: str) -> str:
    extension = filename.rpartition(".")[2].lower()
    extension = ALIASES.get(extension, extension)
    if extension not in KINDS:
        raise Invalid("file-type-forbidden", name=filename, allowed="、".join(KINDS))
    return extension


def _copy(stream: BinaryIO, scratch, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(1 << 16):
        size += len(chunk)
        if size > limit:
            raise Invalid("file-too-large", limit=limit // (1024 * 1024))
        digest.update(chunk)
        scratch.write(chunk)
    if size == 0:
        raise Invalid("file-empty")
    scratch.flush()
    os.fsync(scratch.fileno())
    return digest.hexdigest(), size


def _check_content(path: Path, extension: str) -> None:
    magic = KINDS[extension][1]
    with path.open("rb") as file:
        head = file.read(4096)
    fits = head.startswith(magic) and (magic or _is_text(head))
    if fits and extension in MEMBERS:
        fits = zipfile.is_zipfile(path) and MEMBERS[extension] in zipfile.ZipFile(path).namelist()
    if not fits:
        raise Invalid("file-is-not-what-it-says", extension=extension)


def _is_text(head: bytes) -> bool:
    return b"\x00" not in head


def _place(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def _settle(scratch: Path, place: Path) -> None:
    place.parent.mkdir(exist_ok=True)
    if place.exists():
        scratch.unlink()
    else:
        scratch.replace(place)
