"""The people and organisations of the demonstration: invented, with codes that can belong to nobody."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from accounts import operations as accounts
from accounts import queries, uscc
from accounts.actor import SYSTEM, Actor
from accounts.models import Organisation, User
from certification.impartiality.models import Competence, ConflictDeclaration
from certification.workflow.competence import METHODS
from core.db import db
from demo import training
from registers.adoption.models import Adoption
from registers.models import BodyScope, LaboratoryScope, Registration
from schemes.models import SchemeVersion
from schemes.vocabulary import FAMILIES

CAST = json.loads((Path(__file__).parent / "data" / "cast.json").read_text())
VALID = {"valid_from": date(2023, 1, 1), "valid_to": date(2029, 12, 31)}
# Structure of certification-rules 4.3: Jiangsu, building materials.
CMA_NUMBERS = {"lab": "231002110001", "lab2": "241002110002"}
APPROVALS = {"cb": "CNCA-R-DEMO-001", "cb2": "CNCA-R-DEMO-002"}

# For what whoever holds a role is found competent.
FUNCTIONS = {
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


@dataclass(frozen=True)
class Cast:
    """Who plays: `organisations` by key, `people` by e-mail."""

    organisations: dict[str, Organisation]
    people: dict[str, User]

    def actor(self, email: str) -> Actor:
        return self.people[email].memberships[0].actor()

    def holder(self, organisation: str, role: str) -> Actor:
        """The person of an organisation who holds a role there."""
        holders = (p for p in CAST["people"] if p["organisation"] == organisation and role in p["roles"])
        return self.actor(next(holders)["email"])

    def another(self, organisation_id: int, role: str) -> Actor:
        """A second holder of a role, for what one person may not do alone."""
        key = next(key for key, o in self.organisations.items() if o.id == organisation_id)
        _first, second = (p for p in CAST["people"] if p["organisation"] == key and role in p["roles"])
        return self.actor(second["email"])

    def actor_of(self, organisation_id: int, role: str) -> Actor:
        """The same, by the organisation's id."""
        key = next(key for key, o in self.organisations.items() if o.id == organisation_id)
        return self.holder(key, role)


def engage() -> Cast:
    """Return the cast, entering whoever is not there yet."""
    entries = enumerate(CAST["organisations"], start=1)
    organisations = {entry["key"]: _organisation(number, entry) for number, entry in entries}
    people = {entry["email"]: _person(entry, organisations) for entry in CAST["people"]}
    return Cast(organisations, people)


def register(cast: Cast) -> None:
    """Enter the bodies, the laboratory and the people into the registers, once."""
    if db.session.query(BodyScope).count():
        return
    schemes = db.session.query(SchemeVersion).all()
    for key, number in APPROVALS.items():
        body = cast.organisations[key]
        for code in sorted({scheme.code for scheme in schemes}):
            approve(body.id, number, code)
        _register_staff(cast, key, body.id)
        _find_competent(cast, key, body.id)
    methods = sorted({item["method"] for scheme in schemes for item in scheme.tests})
    for key, number in CMA_NUMBERS.items():
        laboratory = cast.organisations[key].id
        for method in methods:
            db.session.add(
                LaboratoryScope(laboratory_id=laboratory, cma_number=number, method=method, **VALID)
            )
        _find_competent(cast, key, laboratory, (METHODS,))
    _declare_conflict(cast)


def approve(body_id: int, number: str, code: str) -> None:
    """A body may certify under a rule, and has adopted it."""
    db.session.add(BodyScope(body_id=body_id, approval_number=number, scheme_code=code, **VALID))
    since = VALID["valid_from"]
    db.session.add(
        Adoption(body_id=body_id, scheme_code=code, number=1, state="in_force", in_force_from=since)
    )


def accounts_shown() -> list[tuple[str, str, str]]:
    """(e-mail, name, roles) of one demonstration sign-in for each role."""
    return [(p["email"], p["name"], " ".join(p["roles"])) for p in CAST["people"] if p.get("shown")]


def _organisation(number: int, entry: dict[str, Any]) -> Organisation:  # JSON
    code = uscc.synthetic(number)
    facts = {name: value for name, value in entry.items() if name not in ("key", "kind", "name")}
    return queries.organisation_by_uscc(code) or accounts.register_organisation(
        SYSTEM, entry["kind"], code, entry["name"], **facts
    )


def _person(entry: dict[str, Any], organisations: dict[str, Organisation]) -> User:  # JSON
    user = queries.user_by_email(entry["email"])
    if user is None:
        user = accounts.register_user(
            SYSTEM, entry["email"], entry["name"], CAST["password"], demo=bool(entry.get("shown"))
        )
        accounts.enrol(SYSTEM, user.id, organisations[entry["organisation"]].id, entry["roles"])
        db.session.refresh(user)
    return user


def _register_staff(cast: Cast, key: str, body_id: int) -> None:
    evaluating = {"document_reviewer", "lead_verifier", "verifier"}
    for number, entry in enumerate(CAST["people"]):
        if entry["organisation"] != key or not evaluating & set(entry["roles"]):
            continue
        for family in FAMILIES:
            db.session.add(
                Registration(
                    user_id=cast.people[entry["email"]].id,
                    body_id=body_id,
                    number=f"DEMO-{number:04d}-{family[:2].upper()}",
                    grade="verifier",
                    family=family,
                    **VALID,
                )
            )
        training.record(cast.people[entry["email"]], body_id)


def _find_competent(cast: Cast, key: str, body_id: int, families: Iterable[str] = FAMILIES) -> None:
    """What their roles are for, in every family; in a laboratory by every method."""
    for entry in (person for person in CAST["people"] if person["organisation"] == key):
        for function in sorted({FUNCTIONS[role] for role in FUNCTIONS.keys() & set(entry["roles"])}):
            for family in families:
                facts = {"user_id": cast.people[entry["email"]].id, "body_id": body_id, "family": family}
                facts |= {"function": function, "basis": "演示数据", "state": "approved"}
                db.session.add(Competence(**facts, **VALID, approved_on=VALID["valid_from"]))


def _declare_conflict(cast: Cast) -> None:
    """One tie, so that the assignment list shows a grey name and why."""
    db.session.add(
        ConflictDeclaration(
            user_id=cast.people["verifier2@demo.example"].id,
            client_id=cast.organisations["tile2"].id,
            tie="consulting",
            valid_from=date(2025, 6, 1),
            valid_to=date(2026, 5, 31),
        )
    )
