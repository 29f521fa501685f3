"""The checks several verbs share: who may manage what, and what can be right at all."""

from collections.abc import Iterable

from accounts import queries
from accounts.actor import ROLES, Actor
from accounts.models import Membership, Organisation
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted
from core.readers import at, mail


def administrator(actor: Actor) -> None:
    if not actor.roles & {"system", "administrator"}:
        raise NotPermitted("not-administrator")


def managed(actor: Actor, organisation_id: int | None) -> Organisation:
    """The organisation, when the actor administers it; administrators and the system administer all."""
    own = "organisation_admin" in actor.roles and actor.organisation_id == organisation_id
    if organisation_id is None or not (own or actor.roles & {"system", "administrator"}):
        raise NotPermitted("not-organisation-admin")
    return queries.organisation(organisation_id)


def managed_member(actor: Actor, membership_id: int) -> Membership:
    membership = db.session.get(Membership, membership_id)
    if membership is None or not membership.active:
        raise NotFound("member-unknown")
    managed(actor, membership.organisation_id)
    return membership


def grantable(actor: Actor, kind: str, roles: Iterable[str]) -> None:
    """Roles stay within the kind of the organisation."""
    if not set(roles) <= set(ROLES[kind]):
        raise Invalid("role-not-of-kind", fields={"roles": "role-not-of-kind"})
    among_administrators(actor, roles)


def among_administrators(actor: Actor, roles: Iterable[str]) -> None:
    """Only an administrator makes or unmakes another one, whoever tends the organisation."""
    if "administrator" in roles:
        administrator(actor)


def not_the_last_admin(membership: Membership) -> None:
    if "organisation_admin" not in membership.roles:
        return
    admins = queries.memberships_with_role(membership.organisation_id, "organisation_admin")
    if not [other for other in admins if other.id != membership.id]:
        raise Invalid("last-admin", fields={"roles": "last-admin"})


def no_member_yet(email: str, organisation: Organisation) -> None:
    user = queries.user_by_email(email)
    member = user and queries.membership(user.id, organisation.id)
    if member and member.active:
        raise Invalid("already-member", fields={"email": "already-member"})


def email_address(text: str) -> str:
    address = at("email", mail.address, text)
    if not address:
        raise Invalid("email-shape", fields={"email": "email-shape"})
    return address


def present(text: str, field: str) -> str:
    if not text.strip():
        raise Invalid("account-name-missing", fields={field: "account-name-missing"})
    return text.strip()
