"""Which rows are traced to their source documents, by risk (ISO 14064-3: evidence-gathering plan).  Pure.

What is proposed is the choice of this house: a year of monthly documents where a row alone could be material,
a few where something else speaks for looking; whoever verifies plans what is right for the case.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from certification.workflow.verification import materiality, standing

if TYPE_CHECKING:
    from carbon.queries import ActivityRow
    from certification.application.models import Application

RISKS = ("heavy", "low_quality", "unproved", "own_factor", "co2_alone", "first_time")
HEAVY = "heavy"
LOW_QUALITIES = ("C", "D")
OF_HEAVY, OF_RISK, OF_FIRST = 12, 3, 1  # documents: every month of a year, a few, one


def heavy(case: "Application", weight: Decimal) -> bool:
    """Whether a row with this part of the footprint, 0 to 1, could be material by itself."""
    return weight >= materiality(case)


def risks(case: "Application", row: "ActivityRow", weight: Decimal, co2_alone: bool) -> tuple[str, ...]:
    """What speaks for tracing a row; `weight` is its part of the footprint, 0 to 1."""
    found = {
        HEAVY: heavy(case, weight),
        "low_quality": row.quality in LOW_QUALITIES,
        "unproved": not row.proof,
        "own_factor": row.own_value is not None,
        "co2_alone": co2_alone,
        "first_time": case.purpose == "initial",
    }
    return tuple(slug for slug in RISKS if found[slug])


def proposed(found: Iterable[str]) -> int:
    """How many source documents are proposed for a row with these risks; 0: none need be."""
    told = set(found)
    if HEAVY in told:
        return OF_HEAVY
    return OF_RISK if told - {"first_time"} else OF_FIRST if told else 0


def unseen(case: "Application") -> Iterator[str]:
    """The rows of which fewer documents were looked at than the plan says."""
    items = standing(case)
    for each in case.planned_traces:
        item = items.get(each.subject)
        if item is not None and (item.samples or 0) < each.samples:
            yield each.subject
