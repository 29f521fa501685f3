"""Evidence on disk: content-addressed by SHA-256, never overwritten, never trusted.

What a file is called and what it is served as belong to whoever refers to it; the same content may be
`a.json` in one case and `b.csv` in another.
"""

import hashlib
import os
import tempfile
from base64 import b64decode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import IO, NamedTuple

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from core import bounded
from core.clock import now
from core.columns import Digest
from core.db import Base, db, inserting, start_writing
from core.errors import Invalid, NotFound
from core.opened import evidence, preview
from core.readers import names

ANYTHING = "application/octet-stream"


class StoredFile(Base):
    """One content; many cases may point at it by its digest."""

    __tablename__ = "stored_file"

    digest: Mapped[Digest] = mapped_column(primary_key=True)
    size: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)


class Stored(NamedTuple):
    """What a case keeps of a file: where the content lies, and the name it is handed out under."""

    digest: str
    size: int
    name: str


def store(stream: IO[bytes], filename: str, examined: bool = False) -> Stored:
    """Keep a file; raise Invalid for an empty, too large or forbidden one.

    It is copied and, unless its reader has done so already or it was made here, examined before the request
    begins to write, so that nobody waits for it.
    """
    return _keep([_received(stream, filename, examined)])[0]


def store_all(uploads: Iterable[tuple[IO[bytes], str]]) -> list[Stored]:
    """Keep several files of one request, or none: each is examined before any is written down."""
    with _cleared() as received:
        for stream, filename in uploads:
            received.append(_received(stream, filename))
    return _keep(received)


def store_each(
    uploads: Iterable[tuple[IO[bytes], str]], examined: bool = False
) -> tuple[list[Stored], list[tuple[str, Invalid]]]:
    """Keep those of several files that can be kept, and say of each other by its name why not."""
    refused = []
    with _cleared() as received:
        for stream, filename in uploads:
            try:
                received.append(_received(stream, filename, examined))
            except Invalid as refusal:
                refused.append((names.file(filename), refusal))
    return (_keep(received) if received else []), refused


@contextmanager
def _cleared() -> Iterator[list[tuple[Path, Stored]]]:
    """What comes in, none of which stays when something breaks on the way."""
    received: list[tuple[Path, Stored]] = []
    try:
        yield received
    except BaseException:
        for path, _stored in received:
            path.unlink()
        raise


def _received(stream: IO[bytes], filename: str, examined: bool = False) -> tuple[Path, Stored]:
    """A copy of what came in, looked through, and what it will be known by."""
    name = names.file(filename)
    kind = kind_of(name)
    if kind not in evidence.MEDIA:
        raise Invalid("file-type-forbidden", name=name, allowed="、".join(evidence.MEDIA))
    folder = Path(current_app.config["FILE_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as scratch:
        path = Path(scratch.name)
        try:
            digest, size = _copy(stream, scratch, current_app.config["MAX_FILE_BYTES"])
            if not examined:
                _check_content(_Content(digest, kind, path))
        except BaseException:
            path.unlink()
            raise
    return path, Stored(digest, size, name)


def _keep(received: list[tuple[Path, Stored]]) -> list[Stored]:
    start_writing()
    for path, stored in received:
        _settle(path, _place(path.parent, stored.digest))
        _enter(stored.digest, stored.size)
    return [stored for _path, stored in received]


def path_of(digest: str) -> Path:
    """Where the content lies; raise NotFound when it does not, or when it is no longer what was kept."""
    path = _place(Path(current_app.config["FILE_DIR"]), digest)
    if not path.is_file():
        raise NotFound("file-not-found")
    if digest_of(path) != digest:
        raise NotFound("file-altered")
    return path


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def damaged() -> list[str]:
    """The digests of the files that are missing or no longer what was kept; reads every file."""
    folder = Path(current_app.config["FILE_DIR"])
    kept = [(digest, _place(folder, digest)) for digest in db.session.scalars(select(StoredFile.digest))]
    return [digest for digest, path in kept if not path.is_file() or digest_of(path) != digest]


def members(name: str, digest: str) -> list[list[str | int]]:
    """Name and size of everything in a ZIP; nothing for any other kind of file."""
    return bounded.run(evidence.list_members, str(path_of(digest))) if kind_of(name) == "zip" else []


def can_be_shown(name: str) -> bool:
    """Whether a file of this name has pages that can be looked at in place."""
    return kind_of(name) in preview.KINDS


def pages(name: str, digest: str) -> int:
    """How many pages can be looked at in place; none where the file cannot be."""
    if not can_be_shown(name):
        return 0
    try:
        return bounded.run(preview.count_pages, str(path_of(digest)), kind_of(name))
    except Invalid:
        return 0


def drawn(name: str, digest: str, page: int) -> bytes:
    """A page as PNG, drawn by a bounded child; NotFound for what cannot be looked at in place."""
    if not can_be_shown(name):
        raise NotFound("file-not-found")
    return b64decode(bounded.run(preview.draw_page, str(path_of(digest)), kind_of(name), page, cpu_s=6))


def media_type(name: str) -> str:
    """As what a file of this name is served."""
    return evidence.MEDIA.get(kind_of(name), ANYTHING)


def kind_of(name: str) -> str:
    """The kind a name claims: its extension, in one spelling."""
    extension = name.rpartition(".")[2].lower()
    return evidence.ALIASES.get(extension, extension)


def _enter(digest: str, size: int) -> None:
    """Once, whoever else stores the same content in this moment."""
    row = inserting(StoredFile).values(digest=digest, size=size, created_at=now())
    db.session.execute(row.on_conflict_do_nothing(index_elements=["digest"]))


def _copy(stream: IO[bytes], scratch: IO[bytes], limit: int) -> tuple[str, int]:
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


@dataclass(frozen=True)
class _Content:
    """What was sent, under the kind its name says; wherever it lies, it is the same."""

    digest: str
    kind: str
    path: Path = field(compare=False)


@lru_cache(maxsize=1000)
def _check_content(content: _Content) -> None:
    """Look through a file once: what was good under a kind is good when it is sent again."""
    with content.path.open("rb") as file:
        if evidence.is_picture(file, content.kind):
            return
    bounded.run(evidence.examine, str(content.path), content.kind)


def _place(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def _settle(scratch: Path, place: Path) -> None:
    place.parent.mkdir(exist_ok=True)
    if place.exists():
        scratch.unlink()
        return
    scratch.replace(place)
    settle_folder(place.parent)
    settle_folder(place.parent.parent)


def settle_folder(folder: Path) -> None:
    """Let the names in a folder outlive a power cut; the contents were settled when they were written."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
