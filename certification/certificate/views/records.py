"""The register as it leaves the house, and the records that need no longer be kept."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import current_actor
from certification.certificate.queries import exports as register
from certification.certificate.queries.retention import past_retention
from certification.workflow.retention import YEARS
from core import asked, tables
from core.clock import today
from core.errors import NotPermitted

records = Blueprint("records", __name__, url_prefix="/certification/register")


@records.get("/")
def index() -> ResponseReturnValue:
    query = register.register(_party())
    return render_template(
        "certification/certificate/records/index.html",
        total=register.total(query),
        columns=list(register.head().values()),
        past=past_retention(current_actor()),
        rules=YEARS,
    )


@records.get("/certificates.<any(csv, json):kind>")
def download(kind: str) -> ResponseReturnValue:
    """All the organisation's certificates, or the one of `number`; no row limit, the total in a header."""
    query = register.register(_party(), asked.text("number"))
    name = f"certificates-{today()}-{{total}}.{kind}"
    return tables.export(kind, register.head(), register.rows(query), name)


def _party() -> Actor:
    """The regulator exports at /oversight/, where that is written down."""
    actor = current_actor()
    if actor.kind not in ("certification_body", "manufacturer"):
        raise NotPermitted("role-not-held")
    return actor
