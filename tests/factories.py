"""Organisations, people and actors for tests; nobody real can be any of them."""

from collections.abc import Iterable
from datetime import date
from itertools import count

from accounts.actor import Actor
from accounts.models import Grant, Membership, Organisation, User
from certification.impartiality.models import Competence
from core.db import db

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, place, 31) for place in range(17)]
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

FAMILIES = ("low_carbon", "footprint_label", "building_energy")
COMPETENT = {
    "application_reviewer": "accept",
    "case_officer": "plan",
    "document_reviewer": "review_documents",
    "lead_verifier": "verify",
    "verifier": "verify",
    "technical_reviewer": "review",
    "decision_maker": "decide",
    "appeals_officer": "handle_appeal",
    "tester": "perform_test",
    "authorised_signatory": "sign_report",
}

_numbers = count(1)


def uscc(number: int) -> str:
    """The synthetic credit code of region 000000 with this serial number, both check digits right."""
    serial = f"{number:08d}"
    rest = 11 - weighed(map(int, serial), ORGANISATION_WEIGHTS) % 11
    first = "91000000" + serial + {10: "X", 11: "0"}.get(rest, str(rest))
    return first + ALPHABET[-weighed(map(ALPHABET.index, first), WEIGHTS) % 31]


def weighed(values: Iterable[int], weights: Iterable[int]) -> int:
    return sum(value * weight for value, weight in zip(values, weights, strict=True))


def organisation(kind: str = "manufacturer", **values) -> Organisation:
    number = next(_numbers)
    values = {"uscc": uscc(number), "name": f"测试单位{number}", "region": "320100", **values}
    row = Organisation(kind=kind, **values)
    db.session.add(row)
    db.session.flush()
    return row


def user(of: Organisation, *roles: str, **values) -> User:
    """A person with one membership, in `of`, holding `roles` there."""
    number = next(_numbers)
    values = {"email": f"person{number}@example.org", "name": f"测试人{number}", **values}
    grants = [Grant(role=role) for role in roles]
    row = User(**values, memberships=[Membership(organisation=of, grants=grants)])
    db.session.add(row)
    db.session.flush()
    if of.kind in ("certification_body", "testing_body"):
        competent_in_roles(row, of, *roles)
    return row


def competent_in_roles(person: User, body: Organisation, *roles: str) -> None:
    """Competent, long since, for what these roles are for, in every family or by every method."""
    since, until = date(2020, 1, 1), date(2039, 12, 31)
    good = {"state": "approved", "approved_on": since, "valid_from": since, "valid_to": until}
    for function in sorted({COMPETENT[role] for role in roles if role in COMPETENT}):
        for family in ("method",) if body.kind == "testing_body" else FAMILIES:
            found = {"user_id": person.id, "body_id": body.id, "family": family, "function": function}
            db.session.add(Competence(basis="测试", **found, **good))
    db.session.flush()
    for read in db.session:  # a case read before knows nothing of it
        for name in ("competences", "authorisations"):
            if hasattr(type(read), name):
                db.session.expire(read, [name])


def actor(kind: str, *roles: str, of: Organisation | None = None) -> Actor:
    """Somebody in the database, as operations are told; in a new organisation unless one is given."""
    return user(of or organisation(kind), *roles).memberships[0].actor()


def paper_actor(*roles: str, organisation_id: int | None = 1, id: int = 1, kind: str = "test") -> Actor:
    """Somebody who stands in no database, for tests of pure rules."""
    return Actor(id, "测试人", organisation_id, "测试单位", kind, frozenset(roles))
