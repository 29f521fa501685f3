"""The only module that knows every office: assembles them, and holds the table between them."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from types import ModuleType
from typing import TypeVar

from flask import Flask
from flask_migrate import Migrate

from accounts import session
from catalog import projection
from catalog.events import EntryStatusChanged
from certification import notices, steps
from certification.acts.operations.appeals import give_days_back
from certification.conversion import operations as conversion
from certification.events import (
    ActivityDataTouched,
    ActivityDeclaredAnew,
    CertificateIssued,
    CertificateReissued,
    CertificateStatusChanged,
    OutageEntered,
)
from certification.questions.operations import follow_data
from certification.verification.operations import follow_declared
from config import ROOT, Settings
from core import (
    assets,
    clock,
    constraints,
    events,
    health,
    i18n,
    jobs,
    lifecycle,
    once,
    places,
    web,
    words,
    worker,
)
from core.db import db
from procurement import operations as procurement
from schemes.events import RulePublished, RuleRetired

K = TypeVar("K")
V = TypeVar("V")

LISTENERS: dict[type, list[events.Listener]] = {
    CertificateIssued: [projection.list_product],
    CertificateReissued: [projection.list_anew, procurement.strike_models],
    CertificateStatusChanged: [projection.follow_status],
    EntryStatusChanged: [procurement.strike],
    OutageEntered: [give_days_back],
    ActivityDataTouched: [follow_data],
    ActivityDeclaredAnew: [follow_declared],
    RulePublished: [conversion.follow],
    RuleRetired: [conversion.follow_retirement],
}

# Where work begins: by kind of organisation, and by role for whoever does one thing only.
HOMES = {
    "manufacturer": "certification.mine",
    "certification_body": "reviews.queue",
    "testing_body": "laboratory.orders",
    "purchasing_unit": "procurement.workbench",
    "regulator": "oversight.home",
}
ROLES_AT_HOME = {
    "label_officer": "labels.index",
    "appeals_officer": "appeals.index",
    "list_editor": "procurement.editions",
    "rule_author": "rules.index",
    "rule_approver": "rules.index",
}

# Which offices have words, commands, laws, forms that show a refusal at its box,
# tables, pages, doors for machines, and work for the worker.
WORDED = (
    "core",
    "accounts",
    "registers",
    "carbon",
    "schemes",
    "certification",
    "catalog",
    "procurement",
    "oversight",
    "demo",
)
COMMANDS = ("core", "accounts", "carbon", "certification", "catalog", "procurement", "oversight", "demo")
LAWS = ("registers", "schemes", "certification", "procurement", "oversight")
BLAMED = ("certification", "oversight")
TABLES = (
    "core",
    "accounts",
    "registers",
    "carbon",
    "schemes",
    "certification",
    "catalog",
    "procurement",
    "oversight",
)
VIEWS = ("core", "accounts", "registers", "schemes", "certification", "catalog", "procurement", "oversight")
APIS = (
    *("core", "accounts", "carbon", "schemes", "certification", "certification.conversion"),
    *("certification.messages", "certification.aftercare", "certification.complaints"),
    *("certification.late", "certification.tracing", "certification.reporting"),
    *("certification.verification", "catalog", "procurement", "procurement.bids"),
    *("procurement.categories", "procurement.policy", "procurement.suspensions"),
    *("procurement.objections", "procurement.confirmations", "procurement.shortlists"),
    *("procurement.tender", "procurement.purchases", "procurement.assignments"),
    *("schemes.drafts", "registers.adoption"),
    *("certification.impartiality", "certification.workbench"),
)
CHORES = ("core", "accounts", "schemes", "certification", "catalog", "procurement")


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or Settings()
    settings.check()
    app = assets.Site(__name__)
    app.config.from_mapping(vars(settings))
    clock.allow_travel(settings.DEMO, settings.DEMO_CLOCK)
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    i18n.init_app(app, session.locale_selector)
    words.connect(*(room.WORDS for room in rooms("words", WORDED)), strict=app.testing)
    constraints.connect(*rooms("constraints", TABLES))
    places.connect(*(room.PLACES for room in rooms("places", BLAMED)))
    events.connect(LISTENERS)
    lifecycle.connect(*(room.TABLE for room in rooms("steps", LAWS)))
    notices.connect(steps.NOTICES)
    jobs.connect(
        merged(room.JOBS for room in rooms("chores", CHORES)),
        merged(room.LONG_JOBS for room in rooms("chores", CHORES)),
    )
    worker.connect(merged(room.PERIODIC for room in rooms("chores", CHORES)))
    health.connect(
        merged(room.HEALTH for room in rooms("chores", CHORES)),
        merged(room.DEEP for room in rooms("chores", CHORES)),
    )
    web.init_app(app)
    session.connect(HOMES, ROLES_AT_HOME)
    session.init_app(app)
    once.init_app(app, session.current_actor)
    assets.init_app(app)
    open_doors(app)
    return app


def open_doors(app: Flask) -> None:
    for views in rooms("views", VIEWS):
        for blueprint in views.BLUEPRINTS:
            app.register_blueprint(blueprint)
    for api in rooms("api", APIS):
        app.register_blueprint(api.bp)
        web.csrf.exempt(api.bp)  # bearer tokens only; sessions are not accepted there
    for cli in rooms("cli", COMMANDS):
        for command in cli.COMMANDS:
            app.cli.add_command(command)


def rooms(name: str, offices: tuple[str, ...]) -> list[ModuleType]:
    return [import_module(f"{office}.{name}") for office in offices]


def merged(tables: Iterable[Mapping[K, V]]) -> dict[K, V]:
    return {key: value for table in tables for key, value in table.items()}
