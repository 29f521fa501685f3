"""The app with the offices up to carbon, and a library of the few factors most tests use."""

import io
from importlib import import_module

import pytest
from flask import Flask
from flask_migrate import Migrate

from carbon import factors, operations
from config import ROOT
from tests.support.client import Client, Watch


@pytest.fixture(scope="session")
def assembled(database, settings_for, tmp_path_factory):
    from accounts import session
    from core import i18n, web, words
    from core.db import db as tables

    app = Flask(__name__)
    app.config.from_mapping(vars(settings_for(tmp_path_factory.mktemp("data"), database.url)))
    tables.init_app(app)
    Migrate(app, tables, directory=str(ROOT / "migrations"))
    i18n.babel.init_app(app, locale_selector=session.locale_selector)
    words.connect(*(import_module(f"{o}.words").WORDS for o in ("core", "accounts", "carbon")))
    web.init_app(app)
    session.init_app(app)
    api = import_module("carbon.api").bp
    app.register_blueprint(api)
    app.register_blueprint(import_module("core.api").bp)
    web.csrf.exempt(api)
    for command in import_module("carbon.cli").COMMANDS:
        app.cli.add_command(command)
    app.test_client_class = Client
    app.extensions["watch"] = Watch(app)
    database.prepare(app)
    yield app
    with app.app_context():
        tables.engine.dispose()


PUBLIC_SET = ROOT.parent / "shared" / "data" / "emission_factors.csv"
CODES = (
    "ELECFP-CN-2024",
    "ELECFP-coal-2024",
    "GRID-Jiangsu-2023",
    "CN-ENT-natgas-NCV",
    "PROC-lime-IPCC-highCa",
)


@pytest.fixture
def library(db):
    """A handful of the factors the project ships; the whole file takes a third of a second."""
    header, *lines = factors.SHIPPED.read_text(encoding="utf-8").splitlines()
    few = [line for line in lines if line.startswith(CODES)]
    operations.import_factors(io.BytesIO("\n".join([header, *few]).encode()))
    assert len(few) == len(CODES)


@pytest.fixture
def public_set():
    """The large set of factors, which lies beside the project and is no part of it."""
    return PUBLIC_SET


def pytest_collection_modifyitems(config, items):
    """In a clone that stands alone nobody can try the importer on the set: it says so, and runs the rest."""
    if not PUBLIC_SET.exists():
        needing = [item for item in items if "public_set" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in needing]


def pytest_terminal_summary(terminalreporter):
    if not PUBLIC_SET.exists():
        terminalreporter.write_line(f"not tried, because it is not there: the importer on {PUBLIC_SET.name}")
