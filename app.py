"""The only module that knows every office: assembles them, and holds the tables between them."""

from datetime import timedelta
from importlib import import_module

from flask import Flask
from flask_migrate import Migrate

from accounts import session
from catalog import projection
from catalog.events import EntryStatusChanged
from certification import document
from certification.events import CertificateIssued, CertificateStatusChanged
from certification.operations.applications import terminate_overdue
from config import ROOT, Settings
from core import assets, clock, events, i18n, jobs, web, words, worker
from core.db import db
from procurement import operations as procurement

OFFICES = ("core", "accounts", "carbon", "certification", "catalog", "procurement", "oversight", "demo")

LISTENERS = {
    CertificateIssued: [projection.list_product],
    CertificateStatusChanged: [projection.follow_status],
    EntryStatusChanged: [procurement.strike],
}

JOBS = {
    "certificate.draw": document.draw,
}

PERIODIC = {
    terminate_overdue: timedelta(hours=1),
}

BLUEPRINTS = {
    "core.views": ("bp",),
    "core.api": ("bp",),
    "accounts.views": ("bp",),
    "carbon.api": ("bp",),
    "certification.views": ("applications", "reviews", "laboratory", "labels", "certificates", "public"),
    "certification.api": ("bp",),
    "catalog.views": ("bp",),
    "catalog.api": ("bp",),
    "procurement.views": ("bp",),
    "procurement.api": ("bp",),
    "oversight.views": ("bp",),
}


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or Settings()
    settings.check()
    app = Flask(__name__)
    app.config.from_mapping(vars(settings))
    clock.allow_travel(settings.DEMO)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    i18n.babel.init_app(app, locale_selector=session.locale_selector)
    words.connect(*(import_module(f"{office}.words").WORDS for office in OFFICES))
    events.connect(LISTENERS)
    jobs.connect(JOBS)
    worker.connect(PERIODIC)
    web.init_app(app)
    session.init_app(app)
    assets.init_app(app)
    open_doors(app)
    return app


def open_doors(app: Flask) -> None:
    for module, names in BLUEPRINTS.items():
        for name in names:
            blueprint = getattr(import_module(module), name)
            app.register_blueprint(blueprint)
            if module.endswith(".api"):
                web.csrf.exempt(blueprint)  # bearer tokens only; sessions are not accepted there
    for office in OFFICES:
        for command in import_module(f"{office}.cli").COMMANDS:
            app.cli.add_command(command)
