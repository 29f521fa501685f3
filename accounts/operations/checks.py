"""The checks several verbs share: who may manage what, and what can be right at all."""

from collections.abc import Iterable

from accounts import queries
from accounts.actor import ROLES, Actor
from accounts.models import Membership, Organisation, User
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


def tended_member(actor: Actor, membership_id: int) -> Membership:
    """A member whose roles the actor may propose, approve or decline."""
    membership = db.session.get(Membership, membership_id)
    if membership is None or not membership.active:
        raise NotFound("member-unknown")
    if not actor.tends(membership.organisation_id):
        raise NotPermitted("not-organisation-admin")
    return membership


def grantable(actor: Actor, kind: str, roles: Iterable[str]) -> None:
    """Roles stay within the kind of the organisation."""
    if not set(roles) <= set(ROLES[kind]):
        raise Invalid("role-not-of-kind", fields={"roles": "role-not-of-kind"})
    among_administrators(actor, roles)


# Where one person may be all there is; everywhere else two others must have given what a person may do.
OWN_ROLES = frozenset({"manufacturer", "purchasing_unit"})


def by_two_people(kind: str, roles: Iterable[str]) -> None:
    """Where roles judge others, one proposes and another approves: see operations.roles."""
    if set(roles) and kind not in OWN_ROLES:
        raise Invalid("role-by-two-people", fields={"roles": "role-by-two-people"})


def unattended(actor: Actor, organisation_id: int, roles: Iterable[str]) -> bool:
    """Whether these roles seat the first who tends an organisation that nobody tends: the house does it."""
    if set(roles) != {"organisation_admin"} or not actor.roles & {"system", "administrator"}:
        return False
    return not queries.memberships_with_role(organisation_id, "organisation_admin")


def not_for_oneself(actor: Actor, user_id: int, kind: str, roles: Iterable[str]) -> None:
    """Nobody takes a role: it is given (ISO/IEC 17065 6.1.2; 认证认可条例 art. 22 asks for two hands)."""
    if set(roles) and actor.id == user_id and kind not in OWN_ROLES:
        raise Invalid("role-for-oneself", fields={"roles": "role-for-oneself"})


def of_one_body(user: User, organisation: Organisation) -> None:
    """Who works for a certification body works for no other (认证认可条例 art. 14)."""
    if organisation.kind != "certification_body":
        return
    kinds = {seat.organisation.kind for seat in user.open_memberships if seat.organisation != organisation}
    if organisation.kind in kinds:
        raise Invalid("member-of-another-body", fields={"email": "member-of-another-body"})


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
