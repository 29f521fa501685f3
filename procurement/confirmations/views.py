"""Where a maker says of its lines, while an edition is shown, whether it supplies."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from core.db import db
from core.errors import Invalid, NotFound, OutOfOrder, Unmet
from core.step.door import at
from core.words import sentence
from procurement.confirmations import forms, operations, queries

if TYPE_CHECKING:
    from procurement.models import Edition

bp = Blueprint("confirmations", __name__, url_prefix="/procurement/confirmations")


@bp.get("/")
def index() -> ResponseReturnValue:
    return _index()


def _index(tried: dict[str, forms.AnswerForm] | None = None, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    queries.check_maker(actor)
    edition = queries.shown()
    own = queries.own(actor, edition) if edition else []
    fresh = {each.number: at(forms.fresh(each), f"of-{place}") for place, each in enumerate(own)}
    page = render_template(
        "procurement/confirmations/index.html",
        edition=edition,
        own=own,
        forms=fresh | (tried or {}),
        tried=list((tried or {}).values()),
        is_open=edition is not None and queries.is_open(edition),
    )
    return page, status


@bp.post("/<number>")
def answer(number: str) -> ResponseReturnValue:
    actor, edition, form = current_actor(), _shown(), forms.AnswerForm()
    queries.check_maker(actor)
    queries.one_own(actor, edition, number)
    if not form.validate():
        return _index({number: at(form, "tried")}, 422)
    version = form.version.data or 0
    try:
        operations.answer(
            actor,
            edition,
            number,
            answer=form.answer.data or "",
            reason=form.reason.data or "",
            contact=form.contact.data or "",
            pledged=bool(form.pledged.data),
            version=version,
        )
        db.session.commit()
    except (Unmet, Invalid, OutOfOrder) as refused:
        db.session.rollback()
        if isinstance(refused, OutOfOrder):
            form.form_errors.append(sentence(refused.slug))
            return _index({number: at(form, "tried")}, 409)
        form.form_errors += form.blame(refused)
        return _index({number: at(form, "tried")}, 422)
    return redirect(url_for("confirmations.index"), 303)


def _shown() -> "Edition":
    found = queries.shown()
    if found is None:
        raise NotFound("edition-not-found")
    return found
