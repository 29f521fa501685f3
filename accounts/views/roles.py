"""Roles that wait for a second person, and what was said to those that did."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts import operations, queries
from accounts.forms import DeclineForm
from accounts.session import current_actor
from accounts.views.blueprint import bp
from core import asked
from core.db import db
from core.errors import Invalid
from core.i18n import _
from core.step.door import at, send, try_begin
from core.web import paginate
from core.words import say

ON_A_PAGE = 50


@bp.get("/organisation/roles")
def role_proposals() -> ResponseReturnValue:
    return _page(DeclineForm(formdata=None))


@bp.post("/organisation/roles/<id:proposal_id>/approve")
def approve_role(proposal_id: int) -> ResponseReturnValue:
    form = DeclineForm(formdata=None)
    try:
        operations.approve_role(current_actor(), proposal_id)
    except Invalid as error:
        db.session.rollback()
        form.form_errors.append(say(error))
        return _page(form), 422
    db.session.commit()
    flash(_("已批准"), "ok")
    return redirect(url_for("accounts.role_proposals"), 303)


@bp.post("/organisation/roles/<id:proposal_id>/decline")
def decline_role(proposal_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), DeclineForm()
    decline = try_begin(form, lambda: operations.decline_role(actor, proposal_id, form.reason.data or ""))
    if decline is None:
        return _page(form, proposal_id), 422
    flash(_("没有批准，已记录"), "ok")
    return redirect(url_for("accounts.role_proposals"), 303)


@bp.get("/organisation/roles/<id:proposal_id>/evidence")
def role_evidence(proposal_id: int) -> ResponseReturnValue:
    found = queries.role_proposal(current_actor(), proposal_id)
    return send(found.evidence, found.evidence_name)


def _page(form: DeclineForm, tried: int | None = None) -> str:
    page = paginate(queries.role_proposals(current_actor()), asked.page(), ON_A_PAGE)
    forms = {entry.id: at(DeclineForm(formdata=None), str(entry.id)) for entry in page.items if entry.is_open}
    if tried in forms:
        forms[tried] = at(form, str(tried))
    return render_template("accounts/role_proposals.html", page=page, form=form, forms=forms)
