"""What every test may ask for.  `pytest --database postgresql` runs those with a database on PostgreSQL."""

import gc
import os
import shutil
import smtplib
import socket
import tempfile
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask_migrate import upgrade
from hypothesis import settings as hypothesis
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import sync_playwright

import certification.models  # noqa: F401 (so that every table finds those it names)
from config import ROOT, Settings
from core import clock
from script.lib.web import settle
from tests.support import disks, kept, midnight
from tests.support.client import Client, Watch
from tests.support.databases import Postgresql, Sqlite, leave, start_postgresql
from tests.support.post_office import PostOffice

hypothesis.register_profile("suite", derandomize=True, deadline=None, max_examples=60, database=None)
hypothesis.load_profile("suite")


# As it was before `nothing_leaves_this_machine` shut it.
SMTP_CONNECT = smtplib.SMTP.connect

# Without these Chromium asks for hosts on the internet at every start.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Its tests take longest: begun last, they would leave one process of a run alone with them.
WALK = ROOT / "tests/walk"

PUBLIC_DATA = ROOT.parent / "shared" / "data"

DISKS = disks.can_be_made()
MISSING = {
    "shared": (PUBLIC_DATA.is_dir(), "the importers on public data sets, because they are not here"),
    "disk": (DISKS, "a full disk, because none can be made here"),
}


# Which database


def pytest_addoption(parser):
    parser.addoption("--walk", choices=["short", "full"], default="short")
    parser.addoption("--page", help="walk to this type of page alone, named by its endpoint")
    parser.addoption("--midnight", action="store_true", help="falls between the reading in and the tests")
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


def pytest_configure(config):
    """What the processes of a run share is there before they are: the one server, a folder for what is made
    once.  `script/test` has a folder for all its runs."""
    if hasattr(config, "workerinput"):
        return
    if config.getoption("database") == "postgresql":
        config.postgresql = start_postgresql()
        os.environ["TEST_POSTGRESQL"] = config.postgresql.get_uri()
    if "TEST_RUN" not in os.environ:
        config.run = os.environ["TEST_RUN"] = tempfile.mkdtemp(prefix="tanbiao-run-")


def pytest_unconfigure(config):
    if server := getattr(config, "postgresql", None):
        server.cleanup()
    if folder := getattr(config, "run", None):
        shutil.rmtree(folder)
        del os.environ["TEST_RUN"]


def pytest_collection_modifyitems(config, items):
    """What needs no database is marked, and has been tested when SQLite was, as walks have unless asked
    for in full; what needs something that is not everywhere is tried where it is; a line says where not."""
    on_postgresql = config.getoption("database") == "postgresql"
    full = config.getoption("walk") == "full"
    missing = {fixture for fixture, (there, _what) in MISSING.items() if not there}
    needed, left_out = [], []
    for item in items:
        asks = getattr(item, "fixturenames", ())
        if "database" not in asks:
            item.add_marker("unit")
        tested = "database" not in asks or (is_a_walk(item) and not full)
        left = (on_postgresql and tested) or not missing.isdisjoint(asks)
        (left_out if left else needed).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = sorted(needed, key=lambda item: WALK not in item.path.parents)


def is_a_walk(item) -> bool:
    return any(mark.args == ("walks",) for mark in item.iter_markers("engines"))


def pytest_collection_finish(session):
    """What was read in stays: nobody has to look through it for what may go.  And as when Shanghai's midnight
    falls into a run, which happens at 16:00 UTC."""
    gc.freeze()
    if session.config.getoption("midnight"):
        midnight.strike()


def pytest_terminal_summary(terminalreporter):
    """What was not tried, and what was measured."""
    for there, what in MISSING.values():
        if not there:
            terminalreporter.write_line(f"not tried: {what}")
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, said in report.user_properties if report.when == "call" else ():
            terminalreporter.write_line(f"{name}: {said}")


@pytest.fixture(scope="session")
def shared():
    """Where the large public data sets lie: beside the project, no part of it."""
    return PUBLIC_DATA


@pytest.fixture(scope="session")
def disk():
    """Asked for by who fills a disk."""


@pytest.fixture(scope="session")
def database(request, tmp_path_factory, worker_id):
    if request.config.getoption("database") == "sqlite":
        yield Sqlite(tmp_path_factory.mktemp("sqlite"))
    else:
        database = Postgresql(os.environ["TEST_POSTGRESQL"], f"test_{worker_id}")
        yield database
        database.connection.close()


@pytest.fixture(scope="session")
def run_folder() -> Path:
    """Where the processes of this run, and the runs of one `script/test`, find what is made once for all."""
    return Path(os.environ["TEST_RUN"])


@pytest.fixture(scope="session")
def worker_id(request):
    return getattr(request.config, "workerinput", {}).get("workerid", "master")


# The app


@pytest.fixture(scope="session")
def settings_for():
    """settings_for(folder, url, **more): what the app is told in tests."""

    def make(folder, url, **more) -> Settings:
        settings = Settings({"DATA_DIR": str(folder), "DATABASE_URL": url, "SECRET_KEY": "for tests only"})
        vars(settings).update({"TESTING": True, "WTF_CSRF_ENABLED": False, **more})
        return settings

    return make


@pytest.fixture(scope="session")
def keep_templates(run_folder):
    """keep_templates(app): what it compiles, no other app of the run compiles again."""
    folder = run_folder / "templates"
    folder.mkdir(exist_ok=True)

    def keep(app) -> None:
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(folder))

    return keep


@pytest.fixture(scope="session")
def assembled(database, settings_for, tmp_path_factory, keep_templates):
    """The app, put together once per process, with its tables."""
    from app import create_app

    app = create_app(settings_for(tmp_path_factory.mktemp("data"), database.url))
    keep_templates(app)
    app.test_client_class = Client
    app.extensions["watch"] = Watch(app)
    database.prepare(app)
    settle()
    yield app
    with app.app_context():
        leave()


@pytest.fixture(scope="session")
def stages() -> dict[str, str]:
    """By revision, the name of a database that the migrations up to there have made, for others to copy."""
    return {}


@pytest.fixture
def fresh(database, stages, settings_for, tmp_path):
    """fresh(name, revision): the context of an app over a new database, left again when the test ends.

    It is empty, or has the tables of that revision.  The last of them is made from nothing, by all migrations
    in one go; the others from the one before, each once per process.
    """
    from app import create_app
    from core.db import db as tables

    @contextmanager
    def open_one(name: str, revision: str | None = None):
        like = before(stages, revision) if revision else None
        with create_app(settings_for(tmp_path, database.another(name, stages.get(like)))).app_context():
            if revision and like != revision:
                upgrade(revision=revision)
                leave()
                stages[revision] = f"at_{revision}"
                database.another(stages[revision], like=name)
            try:
                yield tables.engine
            finally:  # else the next test finds what a failing one left open
                leave()

    return open_one


def before(stages: Iterable[str], revision: str) -> str | None:
    """The nearest of the stages that leads to this one."""
    if revision == "head":
        return revision if revision in stages else None
    return max((stage for stage in stages if stage <= revision and stage != "head"), default=None)


@pytest.fixture
def app(assembled, database, tmp_path, request):
    """The app with an empty database and empty folders."""
    from accounts.session import limiter
    from catalog.search import index

    index._spare.clear()  # a world that is put back has the key it had, and other rows
    database.reset(assembled)
    kept.empty(request)
    assembled.extensions["watch"].complaints.clear()
    limiter.reset()
    before = dict(assembled.config)
    assembled.config.update(FILE_DIR=tmp_path / "files", INDEX_DIR=tmp_path / "index")
    yield assembled
    assembled.config.clear()
    assembled.config.update(before)


@pytest.fixture
def csrf_app(app):
    """The app as it is outside of tests: a form without its token is refused."""
    app.config["WTF_CSRF_ENABLED"] = True
    return app


@pytest.fixture
def db(app):
    """The database, in an application context of the test's own."""
    from core.db import db

    with app.app_context():
        yield db
        db.session.rollback()


@pytest.fixture
def client(app):
    """A browser without JavaScript; it fails when a GET commits or a view leaves changes unsaved."""
    return app.test_client()


@pytest.fixture
def sign_in():
    """sign_in(client, user, membership=None): as if the person had just given the password."""

    from accounts.operations import begin_session

    def enter(client, user, membership=None):
        begin_session(user)
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = user.get_id(), True
            if membership:
                session["membership"] = membership.id
        return client

    return enter


@pytest.fixture
def command(app, db):
    """command("user", "create", ...): run a command of `flask` and return what it printed."""

    def run(*arguments: str, fails: bool = False, **more) -> str:
        db.session.commit()
        result = app.test_cli_runner().invoke(args=arguments, catch_exceptions=False, **more)
        assert (result.exit_code != 0) == fails, result.output
        return result.output

    return run


# The world outside


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def post_office(app, monkeypatch):
    """A mail server on this machine, which the app is told to use."""
    office = PostOffice()
    monkeypatch.setattr(smtplib.SMTP, "connect", SMTP_CONNECT)
    app.config.update(MAIL_URL=office.url, MAIL_FROM="低碳平台 <noreply@example.org>")
    yield office
    office.close()


@pytest.fixture(autouse=True, scope="session")
def clock_may_be_set():
    clock.allow_travel(True)


@pytest.fixture(autouse=True, scope="session")
def nothing_leaves_this_machine():
    """No mail is sent, and no connection made but to this machine."""
    patch = pytest.MonkeyPatch()
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    def no_mail(*_arguments, **_more):
        raise AssertionError("a test tried to send mail; operations queue it, only the job sends it")

    patch.setattr(socket.socket, "connect", guarded)
    patch.setattr(smtplib.SMTP, "connect", no_mail)
    yield
    patch.undo()
