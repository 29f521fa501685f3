"""How many certificates stand in each class of a rule's limits, and how long their cases took."""

from dataclasses import dataclass

from sqlalchemy import select

from certification.application.models import Application, ProductModel
from certification.certificate.models import Certificate
from certification.certificate.queries.certificates import not_ended
from certification.clocks.queries import Duration, durations
from core.clock import today
from core.db import db
from schemes import judging, stated
from schemes.document import Criterion, Document
from schemes.models import SchemeVersion


@dataclass(frozen=True)
class Class:
    """One row of a table of limits: `certificates` in force, and the days from acceptance to certificate of
    their cases, None where these are too few."""

    certificates: int
    days: Duration | None


def in_force(scheme: SchemeVersion) -> int:
    """How many certificates of this version are in force today."""
    return len(_cases(scheme))


def by_class(scheme: SchemeVersion) -> dict[str, list[Class]]:
    """For the criteria on the footprint, by slug: what stands in each class, in the order of the rows.

    A certificate stands in every class that one of its models belongs to.
    """
    rules = scheme.rules
    on = [criterion for criterion in rules.criteria if criterion.quantity == "footprint"]
    cases = _cases(scheme) if on else set()
    return {criterion.slug: _classes(scheme, rules, criterion, cases) for criterion in on}


def _classes(scheme: SchemeVersion, rules: Document, criterion: Criterion, cases: set[int]) -> list[Class]:
    if not criterion.by and len(criterion.rows) == 1:
        return [Class(len(cases), _days(scheme, cases))]
    found: list[set[int]] = [set() for _row in criterion.rows]
    for case, values in _stated(scheme):
        row = judging.row_of(rules, criterion, stated.typed(rules, values)) if case in cases else None
        if row is not None:
            found[row].add(case)
    return [Class(len(each), _days(scheme, each)) for each in found]


def _days(scheme: SchemeVersion, cases: set[int]) -> Duration | None:
    return durations("acceptance_to_certificate", scheme.code, cases=cases) if cases else None


def _cases(scheme: SchemeVersion) -> set[int]:
    query = not_ended(select(Certificate).where(Certificate.scheme_id == scheme.id))
    begun = query.where(Certificate.begins_on <= today())
    return set(db.session.scalars(begun.with_only_columns(Certificate.application_id)))


def _stated(scheme: SchemeVersion) -> list[tuple[int, dict[str, str]]]:
    """What was stated of each model of each certified case: of the product, and of itself."""
    query = (
        select(Application.id, Application.parameters, ProductModel.parameters)
        .join(ProductModel, ProductModel.application_id == Application.id)
        .join(Certificate, Certificate.application_id == Application.id)
        .where(Certificate.scheme_id == scheme.id)
    )
    return [(case, {**product, **model}) for case, product, model in db.session.execute(query)]
