"""What is known besides the activity data of a case, for those who doubt them."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from carbon import queries as carbon
from carbon.checks import Around
from certification.application.models import Application
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
        limit=scheme.limit_value,
        certificates=scheme.counts_certificates,
        fuel_default=scheme.fuel_default,
        tolerances=scheme.tolerances,
        peers=carbon.totals(certified, scheme.carbon_unit, scheme.boundary),
        grounds={
            asked.row: _accepted(asked)
            for asked in case.questions
            if asked.is_counted and asked.row is not None
        },
    )


def _accepted(question: "Question") -> dict[str, str]:
    assert question.settled_at is not None  # what is counted is settled
    return {
        "by": question.settled_by,
        "reason": question.reason,
        "on": question.settled_at.date().isoformat(),
    }
