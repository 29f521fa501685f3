from contextlib import contextmanager

import pytest
from flask import Flask
from flask_migrate import Migrate
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

BASE = """<title>{% block title %}{% endblock %}</title>{% block header %}{% endblock %}
{% block body %}<main>{% block main %}{% endblock %}</main>{% endblock %}{% block footer %}{% endblock %}"""
STUBS = {
    "base.html": BASE,
    "work.html": "{% extends 'base.html' %}",
    "error.html": "{{ message }} {{ slug }}",
}


@pytest.fixture(scope="session")
def assembled(database, settings_for, tmp_path_factory):
    from importlib import import_module

    from accounts import session
    from accounts.cli import COMMANDS
    from accounts.views import bp
    from config import ROOT
    from core import assets, clock, i18n, web, words
    from core.db import db
    from tests.support.client import Client, Watch

    app = Flask("app", root_path=str(ROOT))
    app.config.from_mapping(vars(settings_for(tmp_path_factory.mktemp("data"), database.url)))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "/tmp/acc_tr/translations"
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), DictLoader(STUBS)])
    clock.allow_travel(True)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    i18n.babel.init_app(app, locale_selector=session.locale_selector)
    words.connect(*(import_module(f"{office}.words").WORDS for office in ("core", "accounts")))
    web.init_app(app)
    session.init_app(app)
    app.register_blueprint(bp)
    app.register_blueprint(import_module("core.views").bp)
    assets.init_app(app)
    from flask import Blueprint

    api = Blueprint("tinyapi", __name__, url_prefix="/api/v1")
    api.get("/schemes")(session.public(lambda: "[]"))
    api.add_url_rule("/applications", "a", lambda: "ok", methods=["GET", "POST"])
    app.register_blueprint(api)
    web.csrf.exempt(api)
    for c in COMMANDS:
        app.cli.add_command(c)
    app.test_client_class = Client
    app.extensions["watch"] = Watch(app)
    database.prepare(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def queries_counted(assembled):
    """with queries_counted() as asked: the statements sent to the database inside the block."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    @contextmanager
    def counting():
        asked = []

        def note(_connection, _cursor, statement, *_more):
            asked.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return counting
