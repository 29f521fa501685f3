"""Everything an installation cannot make again, in one archive: database, files, keys.

The database is copied first: files are added but never changed, so those copied
after it are at least all that it names.  The last member holds the digest of every other; nothing is
put in place before the archive was read to its end and every digest was right.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from flask import current_app

from core import seal
from core.db import db
from core.files import settle_folder

COPIES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
FOLDERS = {
    "files": ("FILE_DIR", "*/*"),
    "keys": ("KEY_DIR", "*"),
}  # what lies at the top of files is half written
SEALED = "keys.sealed"
MANIFEST = "manifest.json"
FORMAT = "tanbiao/backup/1"
DAMAGED = (tarfile.TarError, EOFError, OSError, zlib.error)


class Unusable(Exception):
    """The archive, or what this machine has, does not allow it; the message says why."""


# Making one


def create(target: Path, passphrase: str = "") -> None:
    """Write the archive; it holds the keys, so only its owner may read it.  Never overwrites."""
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz") as archive:
                _fill(archive, passphrase)
            file.flush()
            os.fsync(file.fileno())
        settle_folder(target.absolute().parent)
    except BaseException:
        target.unlink()
        raise


def _fill(archive: tarfile.TarFile, passphrase: str) -> None:
    digests: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        copy = _copy_database(Path(scratch))
        digests[copy.name] = _add(archive, copy, copy.name)
    for top, (setting, pattern) in FOLDERS.items():
        folder = Path(current_app.config[setting])
        found = sorted(path for path in folder.glob(pattern) if path.is_file())
        if top == "keys" and passphrase:
            digests[SEALED] = _add_bytes(archive, SEALED, seal.close(_packed(found), passphrase))
        else:
            for path in found:
                name = f"{top}/{path.relative_to(folder).as_posix()}"
                digests[name] = _add(archive, path, name)
    _add_bytes(archive, MANIFEST, json.dumps({"format": FORMAT, "sha256": digests}).encode())


class _Hashing:
    """What is read through it is counted into a digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.digest.update(chunk)
        return chunk


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as file:
        through = _Hashing(file)
        archive.addfile(archive.gettarinfo(path, name), through)
    return through.digest.hexdigest()


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> str:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    archive.addfile(info, io.BytesIO(content))
    return hashlib.sha256(content).hexdigest()


def _packed(paths: list[Path]) -> bytes:
    return json.dumps({path.name: path.read_text("ascii") for path in paths}).encode()


# Reading one


@dataclass(frozen=True)
class Staged:
    """An archive that was read to its end and proved, unpacked in a folder of its own."""

    folder: Path
    names: list[str]

    @property
    def sealed(self) -> bool:
        return SEALED in self.names


@contextmanager
def opened(source: Path, unproved: bool = False) -> Iterator[Staged]:
    """The archive, proved; raise Unusable for one that is damaged, altered or not ours.

    `unproved` takes one without digests, as earlier versions made them.
    """
    with tempfile.TemporaryDirectory(dir=_beside_the_files()) as scratch:
        try:
            digests = _unpack(source, Path(scratch))
        except DAMAGED as error:
            raise Unusable(f"{source} is damaged or ends too early ({error}); nothing was changed") from error
        _prove(source, Path(scratch), digests, unproved)
        yield Staged(Path(scratch), [name for name in digests if name != MANIFEST])


def _beside_the_files() -> Path:
    folder = Path(current_app.config["FILE_DIR"]).parent
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _unpack(source: Path, scratch: Path) -> dict[str, str]:
    """Write out every member, and return its digest by its name."""
    digests = {}
    with tarfile.open(source) as archive:
        for member in archive:
            if not member.isfile():
                continue  # folders are made as their files need them; nothing else belongs in the archive
            place = scratch / _checked(member.name)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            through = _Hashing(archive.extractfile(member))  # type: ignore[arg-type]  # a file has content
            with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                shutil.copyfileobj(through, file)
            digests[member.name] = through.digest.hexdigest()
    return digests


def _checked(name: str) -> str:
    top, *rest = PurePosixPath(name).parts
    known = (top in FOLDERS and rest) or name in (*COPIES.values(), SEALED, MANIFEST)
    if not known or ".." in rest:
        raise Unusable(f"this archive was not made here: it holds {name}")
    return name


def _prove(source: Path, scratch: Path, digests: dict[str, str], unproved: bool) -> None:
    wanted = COPIES[db.engine.dialect.name]
    if wanted not in digests:
        raise Unusable(f"this archive holds no copy of a {db.engine.dialect.name} database")
    if MANIFEST not in digests:
        if unproved:
            return
        raise Unusable(f"{source} carries no digests, as those of earlier versions: it cannot be proved")
    listed = json.loads((scratch / MANIFEST).read_bytes())["sha256"]
    found = {name: digest for name, digest in digests.items() if name != MANIFEST}
    if wrong := sorted({name for name, _digest in listed.items() ^ found.items()}):
        raise Unusable(f"{source} was altered: {', '.join(wrong[:5])}; nothing was changed")


# Putting it back


def restore(staged: Staged, passphrase: str = "") -> None:
    """Put database, files and keys back as they were; what is there now in the database is lost."""
    keys = _keys(staged, passphrase)
    for path in sorted((staged.folder / "files").glob("*/*")):
        _put(path, Path(current_app.config["FILE_DIR"], path.parent.name, path.name), 0o755)
    db.session.remove()
    db.engine.dispose()
    _bring_back_database(staged.folder / COPIES[db.engine.dialect.name])
    for path in keys:
        _put(path, Path(current_app.config["KEY_DIR"], path.name), 0o700)


def _keys(staged: Staged, passphrase: str) -> list[Path]:
    """The keys as files; opened first of all, so that a wrong passphrase changes nothing."""
    folder = staged.folder / "keys"
    folder.mkdir(mode=0o700, exist_ok=True)
    if staged.sealed:
        for name, text in open_keys(staged, passphrase).items():
            (folder / _checked(f"keys/{name}").partition("/")[2]).write_text(text, "ascii")
    return sorted(folder.iterdir())


def open_keys(staged: Staged, passphrase: str) -> dict[str, str]:
    """The sealed keys by the names of their files; Unusable when the passphrase is not theirs."""
    try:
        opened: dict[str, str] = json.loads(
            seal.open_(staged.folder.joinpath(SEALED).read_bytes(), passphrase)
        )
        return opened
    except seal.Shut as shut:
        raise Unusable("the passphrase does not open the keys of this archive; nothing was changed") from shut


def _put(path: Path, place: Path, folder_mode: int) -> None:
    """Move a file whole to its place, for its owner alone."""
    place.parent.mkdir(mode=folder_mode, parents=True, exist_ok=True)
    scratch = place.with_name(f".{place.name}.new")
    shutil.move(path, scratch)
    scratch.chmod(0o600)
    scratch.replace(place)
    settle_folder(place.parent)


def _copy_database(scratch: Path) -> Path:
    copy = scratch / COPIES[db.engine.dialect.name]
    if db.engine.dialect.name == "sqlite":
        _copy_sqlite(str(db.engine.url.database), copy)
    else:
        _postgresql("pg_dump", "--format=custom", f"--file={copy}")
    return copy


def _bring_back_database(copy: Path) -> None:
    if db.engine.dialect.name == "sqlite":
        _copy_sqlite(copy, str(db.engine.url.database))
    else:
        _postgresql("pg_restore", "--clean", "--if-exists", "--single-transaction", "--no-owner", str(copy))


def _copy_sqlite(source: str | Path, target: str | Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _postgresql(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise Unusable(f"{program} is missing; install postgresql-client")
    url = db.engine.url.set(drivername="postgresql")
    # The password goes by the environment: arguments can be read by every user of the machine.
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    address = url.set(password=None).render_as_string()
    subprocess.run([program, f"--dbname={address}", *arguments], env=environment, check=True)
