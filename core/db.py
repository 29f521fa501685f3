"""The session, the naming of constraints, and the few column types every office shares."""

import errno
import os
import sqlite3
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, DateTime, MetaData, Select, String, TypeDecorator, event, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError
from sqlalchemy.orm import DeclarativeBase, Session, registry

from core.columns import guard
from core.errors import OutOfOrder

T = TypeVar("T")

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

WAIT_MS = 5000  # for a lock somebody else holds; then it is said that the database is busy

# True while a request only reads: then SQLite need not take its one write lock.
reading: ContextVar[bool] = ContextVar("reading", default=False)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite has no time zones, so none is stored there."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Exact(TypeDecorator[Decimal]):
    """A Decimal kept digit for digit, as text, so that both databases return what was given."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> str | None:
        return None if value is None else format(Decimal(value), "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Base(DeclarativeBase):
    # Given as a registry because Flask-SQLAlchemy copies this class and may not find the parts apart.
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UtcDateTime, Decimal: Exact},
    )
    # What two take away at once is gone for both; of a row with a version the second is told.
    __mapper_args__ = {"confirm_deleted_rows": False}


guard(Base)

db = SQLAlchemy(model_class=Base)


def streamed(query: Select[T], batch: int = 1000) -> Generator[T]:
    """The rows of a query, read batch by batch; whoever stops before the last one closes it."""
    with closing(db.session.scalars(query.execution_options(yield_per=batch))) as rows:
        yield from rows


def inserting(table: type[Base]) -> Any:  # an Insert of either dialect, which share no type for this
    """An INSERT that can be told what to do when such a row is there already."""
    return INSERT[db.session.get_bind().dialect.name](table)


def among(column: str, slugs: Iterable[str], name: str = "") -> CheckConstraint:
    """The column holds one of these slugs.  They are those of the table that the rules ask, never a copy."""
    listed = ", ".join(f"'{slug}'" for slug in slugs)
    return CheckConstraint(f"{column} IN ({listed})", name=name or f"{column}_known")


def start_writing() -> None:
    """End the reading a request began with: what was read is kept, and nobody is kept waiting meanwhile.

    What is written from here on must carry a version, since others may have written in between.
    """
    if not reading.get():
        return
    reading.set(False)
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("COMMIT")
        _begin(connection)


def durable() -> None:
    """Let what this transaction writes outlive a power cut from the moment it is acknowledged.

    PostgreSQL sees to that by itself.  SQLite with `synchronous=NORMAL` hands a commit to the system and
    settles it with the next checkpoint, which is enough for what is merely being typed.
    """
    db.session.info["durable"] = True


@event.listens_for(db.session, "after_commit")
def _keep_promise(session: Session) -> None:
    if session.info.pop("durable", False) and db.engine.dialect.name == "sqlite":
        settle(f"{db.engine.url.database}-wal")


@event.listens_for(db.session, "after_rollback")
def _promise_nothing(session: Session) -> None:
    session.info.pop("durable", None)


def settle(log: str) -> None:
    """What `synchronous=FULL` does at each commit, which cannot be chosen inside a transaction.

    SQLite keeps its locks on other files than its log, so closing this one lets none of them go.
    """
    try:
        descriptor = os.open(log, os.O_RDONLY)
    except FileNotFoundError:  # a checkpoint has settled it all
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def only_reading() -> Iterator[None]:
    """Read without taking SQLite's one write lock, where something may be written afterwards."""
    before = reading.get()
    reading.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        reading.set(before)


# Why the database does not serve just now, by the engines' own codes (https://sqlite.org/rescode.html,
# https://www.postgresql.org/docs/current/errcodes-appendix.html).
SQLITE = {
    sqlite3.SQLITE_BUSY: "database-busy",
    sqlite3.SQLITE_LOCKED: "database-busy",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_READONLY: "disk-read-only",
    sqlite3.SQLITE_CANTOPEN: "database-away",
}
DISK = {errno.ENOSPC: "disk-full", errno.EDQUOT: "disk-full", errno.EROFS: "disk-read-only"}
POSTGRESQL = {
    "40": "database-busy",  # deadlock, serialisation
    "55P03": "database-busy",  # lock_timeout
    "57014": "database-busy",  # statement_timeout
    "08": "database-away",
    "53300": "database-away",  # too many connections
    "53100": "disk-full",
    "25006": "disk-read-only",
    "57P": "database-away",  # shut down, starting up
}


def trouble(error: BaseException) -> str | None:
    """The slug of a trouble that passes by itself, nothing being wrong with what was asked; else None."""
    if isinstance(error, TimeoutError):
        return "database-busy"
    if isinstance(error, OSError):
        return DISK.get(error.errno or 0)
    if not isinstance(error, DBAPIError):
        return None
    if isinstance(error.orig, sqlite3.Error):
        return SQLITE.get(getattr(error.orig, "sqlite_errorcode", 0) & 0xFF)
    if error.connection_invalidated:
        return "database-away"
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # the connection could not even be made
        return "database-away" if isinstance(error, OperationalError) else None
    return next((slug for start, slug in POSTGRESQL.items() if state.startswith(start)), None)


@event.listens_for(Engine, "connect")
def _prepare_postgresql(connection: Any, _record: object) -> None:  # of either driver
    if type(connection).__module__ != "psycopg":
        return
    connection.autocommit = True  # in a transaction that is rolled back, the setting would be lost
    connection.execute(f"SET lock_timeout = {WAIT_MS}")
    connection.autocommit = False


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:  # of either driver
    if type(connection).__module__ != "sqlite3":
        return
    connection.isolation_level = None  # BEGIN is ours to write, see _begin
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute(f"PRAGMA busy_timeout={WAIT_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    # A writer that begins DEFERRED fails with "locked" under load instead of waiting its turn.
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if reading.get() else "BEGIN IMMEDIATE")


def freeze(model: type[Base], slug: str, *names: str) -> None:
    """Let the named columns of what is stored never change, nor the row be taken away."""

    def refuse(_mapper: object, _connection: object, row: Base) -> None:
        state = inspect(row)
        changed = any(state.attrs[name].history.has_changes() for name in names)
        if changed or (state.session and row in state.session.deleted):
            raise OutOfOrder(slug)

    event.listen(model, "before_update", refuse)
    event.listen(model, "before_delete", refuse)
