"""The walked installation: the demonstration after every story, a copy for each process of the run."""

import json
import shutil
import socket
from pathlib import Path
from threading import Thread

import pytest
from werkzeug.routing import Rule

from script.lib.web import server, settle
from tests.support import demonstration
from tests.support.client import Client, Watch
from tests.support.databases import copy_rows, leave
from tests.walk.page_types import SHOWN, Opened, open_all
from tests.walk.places import addresses
from tests.walk.refusals import raise_at_addresses
from tests.walk.steps import Walker


@pytest.fixture(scope="session")
def told(run_folder):
    """Where the demonstration lies after every story was told."""
    return demonstration.told(run_folder)


@pytest.fixture(scope="session")
def walked(told, database, settings_for, tmp_path_factory, keep_templates):
    """An app of this process on a copy of it."""
    from app import create_app
    from core.db import db

    folder = shutil.copytree(told, tmp_path_factory.mktemp("walk") / "data")
    stored = f"sqlite:///{folder}/tanbiao.db"
    in_file = database.url.startswith("sqlite")
    app = create_app(settings_for(folder, stored if in_file else database.another("walk")))
    raise_at_addresses(app)
    keep_templates(app)
    app.test_client_class = Client
    app.extensions["watch"] = Watch(app)
    with app.app_context():
        if not in_file:
            db.create_all()
            copy_rows(stored)
    settle()
    yield app
    with app.app_context():
        leave()


@pytest.fixture(scope="session")
def secrets(told) -> dict:
    return json.loads((told / "secrets.json").read_text())


@pytest.fixture(scope="session")
def places(walked, secrets):
    """(rule, state, address) of everything that can be looked at."""
    return addresses(walked, secrets)


@pytest.fixture(scope="session")
def opened(walked, secrets, places, run_folder, request) -> Opened:
    """Whom every rule opens to, in English; with `--page` that one alone.  When the tests on SQLite
    ran before in this run, the browser looks at what opened there, and on PostgreSQL it has to open to the
    same."""

    def ask(places: list[tuple[Rule, str, str]], before: Opened | None = None) -> Opened:
        walkers = (Walker(walked, person, secrets, "en", packed=True) for person in SHOWN)
        return open_all(walkers, places, before)

    def keep(folder: Path) -> None:
        before = demonstration.there(run_folder, "opened-on-sqlite") / "opened.json"
        found = ask(places, Opened.of(before.read_text()) if before.is_file() else None)
        folder.mkdir()
        (folder / "opened.json").write_text(found.kept())

    if alone := request.config.getoption("page"):
        return ask([place for place in places if place[0].endpoint == alone])
    name = f"opened-on-{request.config.getoption('database')}"
    return Opened.of((demonstration.made_once(run_folder, name, keep) / "opened.json").read_text())


@pytest.fixture(scope="session")
def served(walked, settings_for, keep_templates):
    """The address of the walked installation, answered as it is outside of tests."""
    from app import create_app

    stored = walked.config["SQLALCHEMY_DATABASE_URI"]
    app = create_app(settings_for(walked.config["DATA_DIR"], stored, TESTING=False, WTF_CSRF_ENABLED=True))
    raise_at_addresses(app)
    keep_templates(app)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        web = server(app, listening, app.config["MAX_CONTENT_LENGTH"])
        answering = Thread(target=web.run)
        answering.start()
        yield "http://{}:{}".format(*listening.getsockname())
        web.stop()
        answering.join()
    with app.app_context():
        leave()
