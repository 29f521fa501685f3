"""What a new version of a rule asks of the certificates of earlier ones, for bodies and the regulator."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.conversion import queries
from certification.workflow.conversion import beyond, plain
from core import asked, audit
from core.db import db
from core.errors import NotPermitted

changes = Blueprint("changes", __name__, url_prefix="/certification/rule-changes")

changes.add_app_template_global(beyond, "beyond_limit")
changes.add_app_template_global(plain, "plain_figure")


changes.add_app_template_global(queries.of_certificate, "change_of")
changes.add_app_template_global(queries.demands)


@changes.get("/")
def index() -> ResponseReturnValue:
    if not queries.may_see(current_actor()):
        raise NotPermitted("role-not-held")
    return render_template("certification/conversion/index.html", changes=queries.changes(asked.page()))


@changes.get("/<id:change_id>")
def show(change_id: int) -> ResponseReturnValue:
    actor = current_actor()
    change = queries.change_of(actor, change_id)
    if actor.kind == "regulator":  # a read of something confidential is part of the record
        audit.record(actor, "rule_change.read", f"rule_change/{change.id}")
        db.session.commit()
    lines = queries.lines(actor, change, asked.page())
    return render_template("certification/conversion/show.html", change=change, lines=lines)
