"""Whether this installation can do its work; asked by `flask doctor` and by /readyz."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import func, select, text

from core import audit, files, fonts, jobs, lifecycle
from core.clock import now
from core.columns import would_be_taken
from core.db import db
from core.jobs import Job

LONGEST_WAIT = timedelta(minutes=5)
IMPRINT = ("OPERATOR", "OPERATOR_CONTACT", "OPERATOR_SUPPORT", "FILING_NUMBER")
NAMED = 10  # of what a deep look finds to be wrong


Question = Callable[[], str]  # answers with a detail; raises what is wrong

_quick: dict[str, Question] = {}
_deep: dict[str, Question] = {}


class Check(NamedTuple):
    name: str
    ok: bool
    detail: str


class Unwell(Exception):
    """Something works, but not as it must."""


def connect(quick: Mapping[str, Question], deep: Mapping[str, Question]) -> None:
    """Take what the offices ask of themselves: at each look, and when everything is read."""
    for table, more in ((_quick, quick), (_deep, deep)):
        table.clear()
        table.update(more)


def checks(deep: bool = False) -> list[Check]:
    """Every question with its answer; never raises.  Details are for the keeper, not for the public.

    `deep` reads everything that is kept: each signature, each file, each entry of the record.
    """
    asked = QUESTIONS | _quick | (DEEP_QUESTIONS | _deep if deep else {})
    return [_ask(name, question) for name, question in asked.items()]


def _ask(name: str, question: Question) -> Check:
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
    return f"{fonts.sans()}, {fonts.serif()}"


def _jobs() -> str:
    """A long queue is not illness; a lane in which nothing has moved for minutes is."""
    for lane in jobs.LANES:
        if (wait := jobs.stuck(lane)) > LONGEST_WAIT:
            seconds = int(wait.total_seconds())
            raise Unwell(f"no {lane} job was done for {seconds} s; does its worker run?")
    waiting = db.session.scalar(select(func.count()).where(jobs.is_open(), Job.due <= now()))
    return f"{waiting} due, {jobs.counts()['failed']} failed"


def _imprint() -> str:
    """Who runs it stands at the foot of every page; an empty line there stops no work."""
    missing = missing_imprint()
    return f"not set: {', '.join(missing)}" if missing else current_app.config["OPERATOR"]


def missing_imprint() -> list[str]:
    return [name for name in IMPRINT if not current_app.config[name]]


QUESTIONS: dict[str, Question] = {
    "database": _database,
    "migrations": _migrations,
    "storage": _storage,
    "fonts": _fonts,
    "jobs": _jobs,
    "imprint": _imprint,
}


def _record() -> str:
    return f"{audit.verify()} entries, the chain holds"


def _history() -> str:
    """Every step of every case stands in the record, as it was taken."""
    return found(lifecycle.unrecorded(), "steps that the record does not know")


def _files() -> str:
    return found([digest[:16] for digest in files.damaged()], "files missing or altered")


def _texts() -> str:
    """What an earlier version let in and papers cannot show, or no door would take today."""
    return found([*_stored_otherwise()], "texts that no door would take today")


def _stored_otherwise() -> Iterator[str]:
    for table in db.metadata.sorted_tables:
        columns = [column for column in table.columns if hasattr(column.type, "cleaned")]
        key = table.primary_key.columns.values()[0]
        for row in db.session.execute(select(key, *columns)) if columns else ():
            for column, value in zip(columns, row[1:], strict=True):
                if not would_be_taken(column.type, value):
                    yield f"{table.name} {row[0]} {column.name}"


def found(wrong: list[str], what: str) -> str:
    """Raise Unwell for what was found to be wrong, naming the first few."""
    if wrong:
        raise Unwell(f"{len(wrong)} {what}: {', '.join(wrong[:NAMED])}")
    return "sound"


DEEP_QUESTIONS: dict[str, Question] = {
    "record": _record,
    "history": _history,
    "files": _files,
    "texts": _texts,
}
