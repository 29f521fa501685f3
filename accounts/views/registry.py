"""What administrators tend: which organisations there are, and their first people."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts import operations, queries
from accounts.actor import ROLES
from accounts.forms import InviteForm, OrganisationForm, refuse, typed
from accounts.operations.checks import administrator
from accounts.session import current_actor
from accounts.views.blueprint import bp
from accounts.views.organisation import invite_into, invite_page
from core import asked
from core.db import db
from core.errors import Invalid
from core.web import paginate

ON_A_PAGE = 50


@bp.get("/organisations")
def organisations() -> ResponseReturnValue:
    administrator(current_actor())
    kind = asked.choice("kind", ROLES) or None
    page = paginate(queries.every_organisation(kind), asked.page(), ON_A_PAGE)
    return render_template("accounts/organisations.html", page=page, kind=kind, kinds=list(ROLES))


@bp.get("/organisations/new")
def new_organisation() -> ResponseReturnValue:
    administrator(current_actor())
    return render_template("accounts/new_organisation.html", form=OrganisationForm())


@bp.post("/organisations/new")
def register_organisation() -> ResponseReturnValue:
    administrator(current_actor())
    form = OrganisationForm()
    if not form.validate_on_submit():
        return render_template("accounts/new_organisation.html", form=form), 422
    facts = typed(form, "name", "region", "address", "telephone")
    try:
        organisation = operations.register_organisation(
            current_actor(), form.kind.data, form.uscc.data or "", **facts
        )
    except Invalid as error:
        db.session.rollback()
        refuse(form, error)
        return render_template("accounts/new_organisation.html", form=form), 422
    db.session.commit()
    return redirect(url_for("accounts.invitations_of", organisation_id=organisation.id))


@bp.get("/organisations/<id:organisation_id>/invitations")
def invitations_of(organisation_id: int) -> ResponseReturnValue:
    administrator(current_actor())
    return invite_page(InviteForm(), queries.organisation(organisation_id))


@bp.post("/organisations/<id:organisation_id>/invitations")
def invite_to(organisation_id: int) -> ResponseReturnValue:
    administrator(current_actor())
    return invite_into(queries.organisation(organisation_id))
