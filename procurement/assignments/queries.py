"""What may be asked of assignments: which products wait for one, which were proposed, which are confirmed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from accounts.actor import Actor
from catalog import queries as catalog
from certification.certificate.queries import certificates
from core import lifecycle
from core.db import db
from core.errors import NotFound
from core.web import Page, paginate
from procurement.assignments import deciding
from procurement.assignments.deciding import Code, Decided
from procurement.assignments.models import AssignedProduct, CategoryAssignment
from procurement.rules import Policy

ROLES = frozenset({"list_editor", "regulator"})
AT_ONCE = 5_000  # numbers in one question
ByScheme = Mapping[str, Sequence[Policy]]


def may_see(actor: Actor) -> bool:
    return bool(ROLES & actor.roles)


def open_schemes(policies: Iterable[Policy]) -> dict[str, list[Policy]]:
    """Of rules that are in force: those of each scheme that does not say by itself what its products are."""
    by_scheme = sorted(policies, key=lambda rule: rule.scheme_code)
    found = {code: list(rules) for code, rules in groupby(by_scheme, lambda rule: rule.scheme_code)}
    return {code: rules for code, rules in found.items() if deciding.needs_confirming(rules)}


@dataclass(frozen=True)
class Waiting:
    """A certified product that no confirmed assignment names, with what the rules decide of it."""

    entry: catalog.Entry
    decided: Decided


def waiting(rules: ByScheme, page: int = 1, size: int = 50) -> Page[Waiting]:
    """Of the products of these schemes, the oldest first."""
    named = select(AssignedProduct.number).join(AssignedProduct.assignment)
    named = named.where(CategoryAssignment.is_confirmed | CategoryAssignment.is_proposed)
    found = catalog.certified_page(list(rules), named, page, size)
    return Page(decided(rules, found.items), found.number, found.size, found.total)


def decided(rules: ByScheme, entries: Sequence[catalog.Entry]) -> list[Waiting]:
    """What the rules say of each by what its certificate, as it stands, states."""
    signed = certificates.signed([entry.number for entry in entries if entry.number])
    told = {number: deciding.stated(each.versions[-1]) for number, each in signed.items()}
    return [
        Waiting(entry, deciding.decide(rules[entry.scheme_code], told.get(entry.number or "", {})))
        for entry in entries
    ]


def proposed(numbers: Iterable[str]) -> set[str]:
    """Which of these certificates an assignment names that is not decided on."""
    query = select(AssignedProduct.number).join(AssignedProduct.assignment)
    query = query.where(CategoryAssignment.is_proposed, AssignedProduct.number.in_(list(numbers)))
    return set(db.session.scalars(query))


def confirmed(numbers: Iterable[str]) -> dict[str, Code]:
    """By number of the certificate: the 品目 that was confirmed last."""
    asked, found = sorted(set(numbers)), dict[str, Code]()
    columns = (AssignedProduct.number, AssignedProduct.category_edition, AssignedProduct.category_code)
    query = select(*columns).join(AssignedProduct.assignment).where(CategoryAssignment.is_confirmed)
    query = query.order_by(CategoryAssignment.confirmed_at, AssignedProduct.id)
    for start in range(0, len(asked), AT_ONCE):
        some = query.where(AssignedProduct.number.in_(asked[start : start + AT_ONCE]))
        found |= {number: (edition, code) for number, edition, code in db.session.execute(some)}
    return found


def assignments(actor: Actor, page: int = 1, size: int = 20) -> Page[CategoryAssignment]:
    """Those of the actor's organisation, the newest first."""
    query = select(CategoryAssignment).where(CategoryAssignment.owner_id == actor.organisation_id)
    return paginate(query.order_by(CategoryAssignment.id.desc()), page, size, "assignments")


def assignment_of(actor: Actor, assignment_id: int) -> CategoryAssignment:
    found = db.session.get(CategoryAssignment, assignment_id)
    if found is None or not may_see(actor) or found.owner_id != actor.organisation_id:
        raise NotFound("assignment-not-found")
    return found


def history(of: CategoryAssignment) -> list[lifecycle.StepTaken]:
    return lifecycle.history("category_assignment", of.id)
