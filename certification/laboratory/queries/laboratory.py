"""What a testing body may ask: its own samples and, of their cases, no more than the tests need."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import selectinload

from accounts.actor import Actor
from certification.laboratory.models import Sample, TestResult
from certification.laboratory.operations.orders import lacking
from certification.workflow.judgement import margin
from certification.workflow.sample import SAMPLE, STEPS_IN
from core import lifecycle
from core.clock import today
from core.web import Page, paginate
from schemes.readings import decided_by

SIZE = 20


@dataclass(frozen=True)
class Test:
    """One test item of the order, and what was measured."""

    __test__ = False  # not a test case, whatever its name

    item: dict[str, Any]  # as schemes.operations.Test wrote it
    result: TestResult | None
    rule: str  # by which it is decided

    @property
    def margin(self) -> Decimal | None:
        return margin_of(self.item, self.result) if self.result else None


def margin_of(item: dict[str, Any], result: TestResult) -> Decimal | None:  # an item as above
    """How far a result is from its limit, in the unit of both; negative when it is beyond."""
    limit = None if item.get("limit") is None else Decimal(item["limit"])
    return margin(item.get("comparator"), limit, result.value)


def own(actor: Actor) -> Select[Sample]:
    query = select(Sample).where(Sample.laboratory_id == actor.organisation_id)
    return query.options(selectinload(Sample.application))


def awaits(actor: Actor) -> ColumnElement[bool]:
    """Whether it is the actor's turn in a sample."""
    states = {state for role in actor.roles for state in STEPS_IN.get(role, ())}
    unanswered = ~Sample.is_ordered | Sample.accepted_on.is_(None)
    over = Sample.state.not_in(SAMPLE.sources("dispose")) | (Sample.retained_until <= today())
    return and_(Sample.state.in_(states), unanswered, over)


def waiting(actor: Actor, page: int = 1, size: int = SIZE) -> Page[Sample]:
    """The samples in which it is the actor's turn: first what is to be tested, then what is to be kept."""
    query = own(actor).where(awaits(actor))
    return paginate(query.order_by(Sample.is_reported, Sample.id), page, size, "mine")


def tests(sample: Sample) -> list[Test]:
    """Every test item that was ordered, with its result when there is one."""
    entered = {result.item: result for result in sample.results}
    rules = sample.application.scheme.rules
    return [Test(item, entered.get(item["slug"]), decided_by(rules, item["slug"])) for item in sample.tests]


def uncovered(sample: Sample, day: date) -> list[str]:
    """The test methods outside the laboratory's CMA scope on `day`."""
    return sorted(lacking(sample.application, sample.laboratory_id, sample.items, day))


def timeline(sample: Sample) -> list[lifecycle.StepTaken]:
    """The sample's way, step by step, oldest first."""
    return lifecycle.history("sample", sample.id)
