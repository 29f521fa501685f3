"""Who only reads waits for nobody and keeps nobody waiting; who writes waits a while, and then is told."""

import sqlite3
from contextlib import contextmanager
from datetime import timedelta

import click
import psycopg
import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError, TimeoutError

from accounts import operations
from accounts.models import User
from core import db as engine_room
from core import jobs, worker
from core.db import db as tables
from core.db import trouble
from core.worker import Worker
from tests import factories
from tests.support.databases import leave

pytestmark = pytest.mark.engines("locks")

# Every command of ours: those that only read the database, with what they are told, and all others.
READING = {
    "audit verify": [],
    "carbon records": [],
    "certification diagram": [],
    "certification explain": ["application.grant"],
    "certification steps": [],
    "demo accounts": [],
    "doctor": [],
    "jobs list": [],
    "keys list": [],
    "certification export-register": ["{folder}/register.csv"],
    "certification past-retention": [],
}
WRITING = {
    "backup create", "backup restore", "backup verify", "calendar import", "carbon import-factors",
    "carbon load-factors", "catalog import-devices", "catalog reindex", "certification load-schemes",
    "certification terminate-overdue", "clocks outage", "demo clock", "demo load", "demo walk",
    "jobs repeat", "keys create", "keys rotate", "organisation create",
    "procurement import-codes", "procurement import-crosswalk", "procurement load-codes",
    "procurement load-policy", "respell", "token create", "user create", "user lock", "user password",
    "user unlock", "worker",
}  # fmt: skip
OF_OTHERS = {"db", "limiter", "routes", "run", "shell"}


@contextmanager
def locks_taken():
    taken = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if statement == "BEGIN IMMEDIATE":
            taken.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield taken
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def commands(group: click.Group, *before: str):
    for name, found in group.commands.items():
        if isinstance(found, click.Group):
            yield from commands(found, *before, name)
        else:
            yield " ".join([*before, name])


def test_every_command_is_known_to_read_or_to_write(app):
    ours = {name for name in commands(app.cli) if name.split()[0] not in OF_OTHERS}
    assert ours == READING.keys() | WRITING


@pytest.mark.parametrize("name", READING)
def test_a_command_that_only_reads_takes_no_write_lock(command, tmp_path, name):
    with locks_taken() as taken:
        command(*name.split(), *(word.format(folder=tmp_path) for word in READING[name]))
    assert taken == []


def test_a_worker_with_nothing_to_do_takes_no_write_lock(app, db):
    db.session.commit()
    worker.connect({lambda: tables.session.scalar(select(func.count(User.id))): timedelta(0)})
    try:
        with locks_taken() as taken:
            Worker(app).do_round()
    finally:
        worker.connect({})
    assert taken == []


# Somebody else holds the lock


@pytest.fixture
def locked(app, db, database, monkeypatch):
    """with locked(): somebody else holds the lock that who writes needs; and who reads, if so asked."""
    monkeypatch.setattr(engine_room, "WAIT_MS", 50)
    db.session.commit()
    db.engine.dispose()

    @contextmanager
    def hold(mode: str = "EXCLUSIVE"):
        if db.engine.dialect.name == "sqlite":
            other = sqlite3.connect(database.used, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
        else:
            other = psycopg.connect(database.url)
            other.execute(f"LOCK TABLE job, api_token IN {mode} MODE")
        try:
            yield
        finally:
            other.rollback()
            other.close()

    yield hold
    leave()


@pytest.fixture
def writer(app, db, sign_in):
    """A browser of somebody who may write, and the form by which a name is changed."""
    user = factories.user(factories.organisation(), "applicant")
    db.session.commit()
    return sign_in(app.test_client(), user)


def save(client):
    return client.post("/account/tokens", data={"name": "我的程序"})


def test_a_lock_that_does_not_come_free_is_told_as_503_and_is_no_harm(writer, locked):
    with locked():
        refused = save(writer)
        read = writer.get("/account")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "没有改动任何内容" in refused.text
    assert read.status_code == 200
    assert save(writer).status_code < 400


def test_a_program_is_told_as_a_problem(app, locked, writer, db):
    _token, secret = operations.create_token(db.session.scalar(select(User)).memberships[0].actor(), "test")
    db.session.commit()
    with locked("ACCESS EXCLUSIVE"):
        refused = app.test_client().post(
            "/api/v1/applications",
            json={"scheme": "lc-cement", "body_id": 1},
            headers={"Authorization": f"Bearer {secret}"},
        )
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert refused.content_type == "application/problem+json"
    assert refused.json["slug"] == "database-busy"


@pytest.fixture
def away():
    """The database cannot be asked anything."""

    def refuse(_connection) -> None:
        raise OperationalError("BEGIN", {}, psycopg.OperationalError("connection refused"))

    event.listen(Engine, "begin", refuse)
    yield
    event.remove(Engine, "begin", refuse)


@pytest.mark.parametrize(
    ("accepted", "said"), [("zh", "数据库暂时连不上"), ("en", "The database cannot be reached")]
)
def test_a_page_says_that_the_database_is_away_in_the_reader_s_language(writer, away, accepted, said):
    answer = writer.get("/account", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert said in answer.text


def test_a_program_is_told_that_the_database_is_away(app, away):
    answer = app.test_client().get("/api/v1/factors", headers={"Authorization": "Bearer tb_any"})
    assert (answer.status_code, answer.json["slug"]) == (503, "database-away")


def postgresql_error(state: str) -> OperationalError:
    error = psycopg.OperationalError("no")
    error.sqlstate = state
    return OperationalError("SELECT 1", {}, error)


@pytest.mark.parametrize(
    ("state", "slug"),
    [
        ("40001", "database-busy"),  # serialisation
        ("40P01", "database-busy"),  # deadlock
        ("55P03", "database-busy"),  # lock_timeout
        ("57014", "database-busy"),  # cancelled
        ("08006", "database-away"),
        ("57P01", "database-away"),  # shut down
        ("57P03", "database-away"),  # starting up
        ("53300", "database-away"),  # too many connections
        (None, "database-away"),  # nobody there
        ("42P01", None),  # no such table: our fault
        ("23505", None),  # a constraint has a sentence of its own
    ],
)
def test_troubles_of_postgresql_that_pass_by_themselves(state, slug):
    assert trouble(postgresql_error(state)) == slug


def test_no_free_connection_is_a_trouble_and_a_fault_of_ours_is_none():
    assert trouble(TimeoutError()) == "database-busy"
    assert trouble(ValueError()) is None


def test_a_fault_of_ours_stays_a_fault(writer, db):
    def missing(_connection, _cursor, _statement, *_rest) -> None:
        raise postgresql_error("42P01")

    event.listen(Engine, "before_cursor_execute", missing)
    try:
        with pytest.raises(OperationalError):
            writer.get("/account")
    finally:
        event.remove(Engine, "before_cursor_execute", missing)


# The worker


@pytest.fixture
def done(monkeypatch):
    told = []
    monkeypatch.setattr(jobs, "_handlers", {"note": lambda: told.append("job")})
    yield told
    worker.connect({})


def test_the_worker_survives_a_lock_waits_longer_each_time_and_goes_on(app, db, locked, done, caplog):
    jobs.enqueue("note")
    db.session.commit()
    steady = Worker(app)
    with locked():
        first, second = steady.do_round(), steady.do_round()
    assert worker.IDLE_S < first < second
    assert "nothing can be done" in caplog.text
    assert steady.do_round() == 0
    assert done == ["job"]
    assert steady.do_round() == worker.IDLE_S


def test_the_worker_survives_a_database_that_is_away(app, away):
    assert Worker(app).do_round() > worker.IDLE_S


def test_a_task_that_met_a_lock_comes_again_soon(app, db, locked, done):
    def rename() -> None:
        tables.session.add(jobs.Job(kind="note"))
        done.append("task")

    worker.connect({rename: timedelta(hours=1)})
    steady = Worker(app)
    with locked():
        steady.do_round()
    steady.next_time[rename] -= worker.SOON_S
    steady.do_round()
    assert db.session.scalar(select(func.count(jobs.Job.id))) == 1


def test_a_task_whose_reading_was_overtaken_by_a_writer_is_done_again(app, db, database, done):
    """SQLite refuses to write after a reading that is old by now; PostgreSQL does not mind."""

    def overtaken() -> None:
        tables.session.scalars(select(User)).all()
        done.append("task")
        if len(done) == 1:
            with app.app_context(), tables.engine.begin() as other:
                other.execute(jobs.Job.__table__.insert().values(kind="note"))
        tables.session.add(jobs.Job(kind="note"))

    worker.connect({overtaken: timedelta(hours=1)})
    db.session.commit()
    Worker(app).do_periodic()
    assert done == ["task"] * (2 if db.engine.dialect.name == "sqlite" else 1)
    assert db.session.scalar(select(func.count(jobs.Job.id))) == 2
