"""The evidence of the body's cases: papers found twice, and batches of suspensions to be decided."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import actor_of_kind, current_actor
from certification.aftercare.forms import BatchForm
from certification.aftercare.operations import batches
from certification.aftercare.queries import evidence as questions
from certification.aftercare.queries import rested
from core import asked, audit
from core.db import db
from core.errors import Invalid, NotPermitted, Unmet
from core.i18n import _
from core.step.door import Redisplay
from core.web import page_of
from schemes import queries as rules

if TYPE_CHECKING:
    from certification.aftercare.models import SuspensionBatch

SIZE = 20

evidence = Blueprint("evidence", __name__, url_prefix="/certification/evidence")


@evidence.get("/")
def index() -> ResponseReturnValue:
    actor = current_actor()
    if actor.kind != "certification_body" and "regulator" not in actor.roles:
        raise NotPermitted("role-not-held")
    found = questions.every_batch(actor)
    shown = page_of(found, asked.page(), SIZE)
    waiting = {batch.id for batch in found if batches.open_proposals(batch, _body(actor))}
    return render_template(
        "certification/laboratory/testing/evidence.html",
        batches=shown,
        counts={each.id: len(questions.lines(actor, each)) for each in shown.items},
        waiting=waiting,
        twins=questions.twins(actor, asked.page("twins")),
    )


@evidence.get("/rights")
def ended_rights() -> ResponseReturnValue:
    """Rights whose end was recorded after it, and what rested on each since."""
    found = page_of(rested.ended_rights(current_actor()), asked.page(), SIZE)
    page = "certification/laboratory/testing/ended_rights.html"
    return render_template(page, page=found, names=rules.scheme_names())


@evidence.get("/batches/<id:batch_id>")
def batch(batch_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found = questions.batch(actor, batch_id)
    if actor.kind == "regulator":  # a read of something confidential is part of the record
        audit.record(actor, "suspension_batch.read", f"suspension_batch/{found.id}")
        db.session.commit()
    return _page(found, actor, BatchForm(data=_beginning(found), formdata=None))


@evidence.post("/batches/<id:batch_id>/suspend")
def suspend(batch_id: int) -> ResponseReturnValue:
    """Carry out what is proposed to the actor's body, as one."""
    actor = actor_of_kind("certification_body")
    found = questions.batch(actor, batch_id)
    form = BatchForm(data={"version": 0})
    if not form.validate():
        return _page(found, actor, form, Redisplay([], 422))
    facts = form.facts()
    try:
        done = batches.carry_out(found, actor, until=facts["until"], reason=facts["reason"])
        db.session.commit()
    except (Unmet, Invalid) as refused:
        db.session.rollback()
        return _page(found, actor, form, Redisplay(form.blame(refused), 422))
    flash(_("已暂停 %(n)s 张证书", n=len(done)), "ok")
    return redirect(url_for("evidence.batch", batch_id=batch_id), 303)


def _page(
    found: "SuspensionBatch", actor: Actor, form: BatchForm, again: Redisplay | None = None
) -> ResponseReturnValue:
    page = render_template(
        "certification/laboratory/testing/batch.html",
        batch=found,
        lines=questions.lines(actor, found),
        form=form,
        again=again,
        mine=batches.open_proposals(found, actor.organisation_id) if "decision_maker" in actor.roles else [],
    )
    return page, again.status if again else 200


def _beginning(found: "SuspensionBatch") -> dict[str, object]:
    return {"version": 0, "reason": batches.reason_of(found)}


def _body(actor: Actor) -> int | None:
    return actor.organisation_id if actor.kind == "certification_body" else None
