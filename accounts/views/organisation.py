"""The own organisation: its facts, its members and their roles, the seats it offers."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts import operations, queries
from accounts.forms import FactsForm, InviteForm, RoleProposalForm, RolesForm, refuse, typed
from accounts.operations.checks import OWN_ROLES, managed, tended_member, unattended
from accounts.operations.organisations import FACTS
from accounts.session import current_actor, personal, show_once
from accounts.views.blueprint import bp
from core.db import db
from core.errors import Invalid, NotPermitted
from core.i18n import _
from core.once import repeatable
from core.step.door import at, try_begin
from core.web import public_address

if TYPE_CHECKING:
    from accounts.models import Organisation


def _own() -> "Organisation":
    actor = current_actor()
    if actor.organisation_id is None:
        raise NotPermitted("membership-missing")
    return queries.organisation(actor.organisation_id)


def _managed() -> "Organisation":
    actor = current_actor()
    return managed(actor, actor.organisation_id)


@bp.get("/organisation")
@personal
def organisation() -> ResponseReturnValue:
    own, actor = _own(), current_actor()
    return render_template(
        "accounts/organisation.html",
        organisation=own,
        members=queries.members(actor),
        invitations=queries.open_invitations(actor),
        managing=bool(actor.roles & {"organisation_admin", "administrator"}),
        tending=actor.tends(own.id) and own.kind not in OWN_ROLES,
    )


@bp.get("/organisation/facts")
def organisation_facts() -> ResponseReturnValue:
    return _facts_page(FactsForm(obj=_managed()))


@bp.post("/organisation/facts")
@repeatable
def update_organisation() -> ResponseReturnValue:
    form = FactsForm()
    if not form.validate_on_submit():
        return _facts_page(form), 422
    try:
        operations.update_organisation(current_actor(), **typed(form, *FACTS))
    except Invalid as error:
        refuse(form, error)
        return _facts_page(form), 422
    db.session.commit()
    flash(_("已保存"), "ok")
    return redirect(url_for("accounts.organisation"))


def _facts_page(form: FactsForm) -> str:
    return render_template("accounts/organisation_facts.html", form=form, organisation=_managed())


@bp.get("/organisation/members/<id:membership_id>")
def member(membership_id: int) -> ResponseReturnValue:
    return _member_page(membership_id)


@bp.post("/organisation/members/<id:membership_id>")
@repeatable
def set_roles(membership_id: int) -> ResponseReturnValue:
    form = RolesForm()
    form.roles.offer(current_actor(), _managed().kind)
    if not form.validate_on_submit():
        return _member_page(membership_id, form), 422
    try:
        operations.set_roles(current_actor(), membership_id, form.roles.data or ())
    except Invalid as error:
        refuse(form, error)
        return _member_page(membership_id, form), 422
    db.session.commit()
    flash(_("角色已保存"), "ok")
    return redirect(url_for("accounts.organisation"))


def _member_page(
    membership_id: int, form: RolesForm | None = None, proposal: RoleProposalForm | None = None
) -> str:
    actor = current_actor()
    membership, form = tended_member(actor, membership_id), form or RolesForm(formdata=None)
    kind = membership.organisation.kind
    by_two = kind not in OWN_ROLES
    held = membership.roles | set(form.roles.data or ())
    form.roles.offer(actor, kind, held if by_two else None)
    if form.roles.data is None:
        form.roles.data = sorted(membership.roles)
    proposal = proposal or RoleProposalForm(formdata=None)
    proposal.roles.offer(actor, kind)
    return render_template(
        "accounts/member.html",
        form=form,
        member=membership,
        by_two=by_two,
        proposal=at(proposal, "proposed"),
        waiting=queries.proposals_for(membership),
        managing=bool(actor.roles & {"organisation_admin", "administrator"}),
    )


@bp.post("/organisation/members/<id:membership_id>/proposals")
def propose_roles(membership_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), RoleProposalForm()
    form.roles.offer(actor, tended_member(actor, membership_id).organisation.kind)
    made = try_begin(form, lambda: operations.propose_roles(actor, membership_id, **form.facts()))
    if made is None:
        return _member_page(membership_id, proposal=form), 422
    flash(_("已提名，请另一人批准。"), "ok")
    return redirect(url_for("accounts.role_proposals"), 303)


@bp.post("/organisation/members/<id:membership_id>/end")
def end_membership(membership_id: int) -> ResponseReturnValue:
    try:
        operations.end_membership(current_actor(), membership_id)
    except Invalid as error:
        form = RolesForm(formdata=None)
        refuse(form, error)
        return _member_page(membership_id, form), 422
    db.session.commit()
    flash(_("已移出本单位"), "ok")
    return redirect(url_for("accounts.organisation"))


@bp.get("/organisation/invitations")
def invitations() -> ResponseReturnValue:
    return invite_page(InviteForm(), _managed())


@bp.post("/organisation/invitations")
def invite() -> ResponseReturnValue:
    return invite_into(_managed())


def invite_into(organisation: "Organisation") -> ResponseReturnValue:
    form = InviteForm()
    form.roles.offer(current_actor(), organisation.kind)
    if not form.validate_on_submit():
        return invite_page(form, organisation), 422
    try:
        offered, secret = operations.invite(
            current_actor(), form.email.data or "", form.roles.data or (), organisation.id
        )
    except Invalid as error:
        refuse(form, error)
        return invite_page(form, organisation), 422
    db.session.commit()
    link = public_address("accounts.invitation", secret=secret)
    return show_once(invite_page(InviteForm(formdata=None), organisation, offered=offered, link=link))


def invite_page(form: InviteForm, organisation: "Organisation", **shown: object) -> str:
    form.roles.offer(current_actor(), organisation.kind)
    by_two = organisation.kind not in OWN_ROLES
    first = unattended(current_actor(), organisation.id, ["organisation_admin"])
    if by_two:
        form.roles.offer(current_actor(), organisation.kind, ["organisation_admin"] if first else [])
    return render_template(
        "accounts/invite.html", form=form, organisation=organisation, by_two=by_two, **shown
    )


@bp.post("/organisation/invitations/<id:invitation_id>/withdraw")
def withdraw_invitation(invitation_id: int) -> ResponseReturnValue:
    operations.withdraw_invitation(current_actor(), invitation_id)
    db.session.commit()
    flash(_("邀请已撤回"), "ok")
    return redirect(url_for("accounts.organisation"))
