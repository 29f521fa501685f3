"""Whether this installation can do its work; asked by `flask doctor` and by /readyz."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import func, select, text

from core import fonts
from core.clock import now
from core.db import db
from core.jobs import Job

LONGEST_WAIT = timedelta(minutes=5)


class Check(NamedTuple):
    name: str
    ok: bool
    detail: str


class Unwell(Exception):
    """Something works, but not as it must."""


def checks() -> list[Check]:
    """Every question with its answer; never raises.  Details are for the keeper, not for the public."""
    return [_ask(name, question) for name, question in QUESTIONS.items()]


def _ask(name: str, question: Callable[[], str]) -> Check:
    try:
        return Check(name, True, question())
    except Exception as error:  # whatever is wrong is the answer
        db.session.rollback()
        return Check(name, False, f"{type(error).__name__}: {error}")


def _database() -> str:
    db.session.execute(text("SELECT 1"))
    return db.engine.dialect.name


def _migrations() -> str:
    wanted = set(ScriptDirectory(current_app.extensions["migrate"].directory).get_heads())
    found = set(MigrationContext.configure(db.session.connection()).get_current_heads())
    if wanted != found:
        raise Unwell(f"the tables are at {sorted(found)}, the code expects {sorted(wanted)}")
    return ", ".join(sorted(found)) or "none yet"


def _storage() -> str:
    folder = Path(current_app.config["FILE_DIR"])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"written to see whether it can be")
    return str(folder)


def _fonts() -> str:
    return str(fonts.chinese())


def _keys() -> str:
    keys = [path for path in Path(current_app.config["KEY_DIR"]).glob("*") if path.is_file()]
    for path in keys:
        path.read_bytes()
    return ", ".join(sorted(path.name for path in keys)) or "none yet"


def _jobs() -> str:
    """A long queue is not illness; a queue from which nothing has been taken for minutes is."""
    open_jobs = Job.state.in_(("queued", "running")), Job.due <= now()
    waiting, oldest = db.session.execute(select(func.count(), func.min(Job.due)).where(*open_jobs)).one()
    moved = db.session.scalar(select(func.max(Job.done_at)))
    if waiting and (wait := now() - max(filter(None, (oldest, moved)))) > LONGEST_WAIT:
        raise Unwell(f"no job was done for {int(wait.total_seconds())} s; does the worker run?")
    failed = db.session.scalar(select(func.count()).where(Job.state == "failed"))
    return f"{waiting} due, {failed} failed"


QUESTIONS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "storage": _storage,
    "fonts": _fonts,
    "keys": _keys,
    "jobs": _jobs,
}
