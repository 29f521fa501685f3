"""The app with the offices up to carbon."""

from importlib import import_module

import pytest
from flask import Flask
from flask_migrate import Migrate

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
