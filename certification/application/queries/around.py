"""What is known besides the activity data of a case, for those who doubt them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from carbon import queries as carbon
from carbon.checks import Around
from carbon.queries import Inventory
from certification.application.models import Application
from certification.workflow.judgement import effective
from core.clock import day_of
from schemes.models import SchemeVersion

if TYPE_CHECKING:
    from certification.questions.models import Question


def around(case: Application) -> Around:
    """Where the plant is, what the scheme allows, what certified products came to, what may be taken away."""
    scheme = case.scheme
    certified = (
        select(Application.footprint_id)
        .join(SchemeVersion, Application.scheme_id == SchemeVersion.id)
        .where(Application.is_certified, Application.id != case.id)
        .where(SchemeVersion.category == scheme.category)
    )
    return Around(
        region=case.factory.get("region", ""),
        limit=case.footprint_limit,
        certificates=scheme.counts_certificates,
        fuel_default=scheme.fuel_default,
        tolerances=scheme.tolerances,
        demands=scheme.demands,
        certified=_certified(case),
        clinker_tested=_clinker_tested(case),
        peers=carbon.totals(certified, scheme.carbon_unit, scheme.boundary),
        grounds={
            asked.row: _accepted(asked)
            for asked in case.questions
            if asked.is_counted and asked.row is not None
        },
    )


def _certified(case: Application) -> Mapping[str, Decimal]:
    """Of the same time, which nobody knows before the period is typed."""
    period = case.inventory.period_from, case.inventory.period_to
    return {} if None in period else carbon.certificates_taken(_beside(case))


def _beside(case: Application) -> Select[int]:
    """The activity data of the holder's other cases for any part of the same time; not those that ended
    without a certificate, nor that of the certificate which this one changes."""
    mine, about = case.inventory, case.about
    other = (
        select(Application.inventory_id)
        .join(Inventory, Application.inventory_id == Inventory.id)
        .where(Application.applicant_id == case.applicant_id, Application.id != case.id)
        .where(~Application.is_in_vain)
        .where(Inventory.period_from <= mine.period_to, Inventory.period_to >= mine.period_from)
    )
    return other if about is None else other.where(Application.id != about.application_id)


def _clinker_tested(case: Application) -> tuple[Decimal, ...]:
    """As shares, of the reports that stand."""
    against = {test.slug for test in case.scheme.rules.tests if test.against == "clinker"}
    found = [result for result in effective(case.reports) if result.item in against]
    return tuple(result.value / 100 if result.unit == "%" else result.value for result in found)


def _accepted(question: "Question") -> dict[str, str]:
    assert question.settled_at is not None  # what is counted is settled
    return {
        "by": question.settled_by,
        "reason": question.reason,
        "on": day_of(question.settled_at).isoformat(),
    }
