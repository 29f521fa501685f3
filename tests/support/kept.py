"""What a test begins with is made once per process, and put back for the tests after it.

Most tests begin with the same people and a case that walked the same road; walking it takes a second, putting
back its rows and files a hundredth.  A beginning is put back only where everything stands as it stood when it
was kept: the same beginnings and nothing else in the database, the same settings, the same day, no patch.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import current_app
from sqlalchemy import event
from sqlalchemy.engine import Engine

from core import clock
from core.db import Base, db

WRITES = ("INSERT", "UPDATE", "DELETE")

_begun: tuple | None = None  # what was begun, in order; None where the database holds more than that


class Kept(NamedTuple):
    facts: object
    rows: dict[str, list | bytes]
    numbers: list[tuple[str, int]]  # given last by the sequences of PostgreSQL
    files: dict[Path, bytes]


_kept: dict[tuple, Kept] = {(): Kept(None, {}, [], {})}


def empty(request: pytest.FixtureRequest) -> None:
    """The database was emptied for this test."""
    global _begun
    _begun = None if "monkeypatch" in request.fixturenames else ()


@event.listens_for(Engine, "before_cursor_execute")
def _executing(_connection, _cursor, statement, *_rest) -> None:
    global _begun
    if statement.startswith(WRITES):
        _begun = None


def begun(name: tuple, make: Callable, facts: Callable, load: Callable):
    """What `make()` returns, or, where the like was kept, what `load` finds by the `facts` that were kept."""
    global _begun
    if _begun is None or db.session.new or db.session.dirty or clock.is_set():
        return make()
    before, begun = _begun, (*_begun, name, clock.today(), _settings())
    if begun in _kept:
        _put_back(_kept[begun], _kept[before])
        made = load(_kept[begun].facts)
    else:
        made = make()
        db.session.flush()
        _kept[begun] = _keep(facts(made))
    _begun = begun
    return made


def _settings() -> str:
    own = ("FILE_DIR", "INDEX_DIR")
    return repr(sorted((name, repr(value)) for name, value in current_app.config.items() if name not in own))


def _keep(facts) -> Kept:
    driver, of_sqlite = _driver()
    if of_sqlite:
        rows = {name: driver.execute(f'SELECT * FROM "{name}"').fetchall() for name in Base.metadata.tables}
        numbers = []
    else:
        rows = {name: _copied(driver, name) for name in Base.metadata.tables}
        numbers = driver.execute(
            "SELECT format('%I', sequencename), last_value FROM pg_sequences WHERE last_value IS NOT NULL"
        ).fetchall()
    folder = Path(current_app.config["FILE_DIR"])
    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return Kept(facts, {name: kept for name, kept in rows.items() if kept}, numbers, files)


def _put_back(kept: Kept, before: Kept) -> None:
    driver, of_sqlite = _driver()
    changed = {name: rows for name, rows in kept.rows.items() if rows != before.rows.get(name)}
    # Neither engine asks for the keys between tables before the last of them is filled.
    driver.execute(
        "PRAGMA defer_foreign_keys = ON" if of_sqlite else "SET LOCAL session_replication_role = replica"
    )
    for name, rows in changed.items():
        if name in before.rows:
            driver.execute(f'DELETE FROM "{name}"')
        if of_sqlite:
            driver.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
        else:
            with driver.cursor().copy(f'COPY "{name}" FROM STDIN') as copy:
                copy.write(rows)
    if not of_sqlite:
        driver.execute("SET LOCAL session_replication_role = origin")
        for name, last in kept.numbers:
            driver.execute("SELECT setval(%s::regclass, %s)", (name, last))
    for path, content in kept.files.items():
        path = Path(current_app.config["FILE_DIR"]) / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    db.session.expire_all()


def _driver():
    """The connection of the session, and whether it is one of SQLite's."""
    connection = db.session.connection()
    return connection.connection.driver_connection, connection.dialect.name == "sqlite"


def _copied(driver, name: str) -> bytes:
    with driver.cursor().copy(f'COPY "{name}" TO STDOUT') as copy:
        return b"".join(copy)
