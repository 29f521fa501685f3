"""Everything an installation cannot make again, in one archive: database, files, keys.

The database is copied first: files are added but never changed, so those copied
after it are at least all that it names.
"""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from flask import current_app

from core.db import db

COPIES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
FOLDERS = {"files": "FILE_DIR", "keys": "KEY_DIR"}


class Unusable(Exception):
    """The archive, or what this machine has, does not allow it; the message says why."""


def create(target: Path) -> None:
    """Write the archive; it holds the keys, so only its owner may read it.  Never overwrites."""
    descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with (
        os.fdopen(descriptor, "wb") as file,
        tarfile.open(fileobj=file, mode="w:gz") as archive,
        tempfile.TemporaryDirectory() as scratch,
    ):
        archive.add(_copy_database(Path(scratch)), COPIES[db.engine.dialect.name])
        for name, setting in FOLDERS.items():
            folder = Path(current_app.config[setting])
            if folder.is_dir():
                archive.add(folder, name)


def restore(source: Path) -> None:
    """Put database, files and keys back as they were; what is there now in the database is lost."""
    wanted = COPIES[db.engine.dialect.name]
    with tarfile.open(source) as archive, tempfile.TemporaryDirectory() as scratch:
        if wanted not in archive.getnames():
            raise Unusable(f"this archive holds no copy of a {db.engine.dialect.name} database")
        for member in archive.getmembers():
            _extract(archive, member, _place(member.name, Path(scratch)))
        db.session.remove()
        db.engine.dispose()
        _bring_back_database(Path(scratch) / wanted)


def _place(name: str, scratch: Path) -> Path:
    if name in COPIES.values():
        return scratch / name
    top, *rest = Path(name).parts
    if top not in FOLDERS or ".." in rest:
        raise Unusable(f"this archive was not made here: it holds {name}")
    return Path(current_app.config[FOLDERS[top]], *rest)


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> None:
    if not member.isfile():
        return  # folders are made as their files need them; nothing else belongs in the archive
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    descriptor = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, member.mode & 0o700)
    with os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(archive.extractfile(member), file)


def _copy_database(scratch: Path) -> Path:
    copy = scratch / COPIES[db.engine.dialect.name]
    if db.engine.dialect.name == "sqlite":
        _copy_sqlite(db.engine.url.database, copy)
    else:
        _postgresql("pg_dump", "--format=custom", f"--file={copy}")
    return copy


def _bring_back_database(copy: Path) -> None:
    if db.engine.dialect.name == "sqlite":
        _copy_sqlite(copy, db.engine.url.database)
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
