"""How organisations come in, and how their facts are corrected."""

import re

from accounts import passwords, queries, uscc
from accounts.actor import ROLES, Actor
from accounts.models import Membership, Organisation
from accounts.operations.checks import administrator, managed, present
from accounts.operations.members import begin_membership
from accounts.operations.people import open_account
from accounts.operations.sessions import begin_session
from core import audit, columns
from core.db import db
from core.errors import Invalid

FACTS = ("name_en", "short_name", "region", "address", "telephone", "website")


def register_organisation(actor: Actor, kind: str, code: str, name: str, **facts: str) -> Organisation:
    """Enter an organisation of any kind; `facts` are among FACTS.  For administrators and the system."""
    administrator(actor)
    return _register(actor, kind, code, name, **facts)


def sign_up(
    actor: Actor, *, code: str, name: str, email: str, person: str, password: str, **facts: str
) -> Membership:
    """A manufacturer enters itself; whoever does it becomes its first administrator and applicant."""
    password_hash = passwords.hashed(password)  # first, since it is slow and nothing is locked yet
    organisation = _register(actor, "manufacturer", code, name, **facts)
    user = open_account(actor, email, person, password_hash)
    begin_session(user)
    return begin_membership(actor, user, organisation, ROLES["manufacturer"])


def update_organisation(actor: Actor, **facts: str) -> None:
    """Correct the facts of the actor's organisation; its name and code are not among them."""
    organisation = managed(actor, actor.organisation_id)
    facts = _checked(facts)
    changed = {fact: value for fact, value in facts.items() if getattr(organisation, fact) != value}
    for fact, value in changed.items():
        setattr(organisation, fact, value)
    audit.record(actor, "organisation.update", f"organisation/{organisation.id}", **changed)


def _register(actor: Actor, kind: str, code: str, name: str, **facts: str) -> Organisation:
    if kind not in ROLES:
        raise Invalid("organisation-kind-unknown", fields={"kind": "organisation-kind-unknown"})
    code, name, facts = uscc.check(code), present(name, "name"), _checked(facts)
    if queries.organisation_by_uscc(code):
        raise Invalid("organisation-known", fields={"uscc": "organisation-known"})
    organisation = Organisation(kind=kind, uscc=code, name=name, **facts)
    db.session.add(organisation)
    db.session.flush()
    audit.record(
        actor, "organisation.register", f"organisation/{organisation.id}", kind=kind, uscc=code, name=name
    )
    return organisation


def _checked(facts: dict[str, str]) -> dict[str, str]:
    if unknown := facts.keys() - set(FACTS):
        raise TypeError(f"not facts of an organisation: {sorted(unknown)}")
    facts = {fact: columns.taken(getattr(Organisation, fact), value, fact) for fact, value in facts.items()}
    if (region := facts.get("region")) and not re.fullmatch(r"[1-9]\d{5}", region):
        raise Invalid("region-shape", fields={"region": "region-shape"})
    return facts
