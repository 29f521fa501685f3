"""Orders to laboratories: who is to test what, first and again."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from certification.application.models import Application
from certification.laboratory.models import PlannedLaboratory, Sample, TestResult
from certification.workflow import APPLICATION, SAMPLE
from certification.workflow.judgement import effective, failing
from core.clock import today
from core.db import db
from core.errors import Invalid
from core.machine import Actor
from core.series import take_next
from registers.models import LaboratoryScope


def allot(
    application: Application, laboratory_id: int | None, allotments: Mapping[str, int | None] | None
) -> dict[int, list[str]]:
    """{laboratory: items}: every test goes to the main laboratory unless another was named for it."""
    if laboratory_id is None:  # no test is planned
        return {}
    slugs = [item["slug"] for item in application.scheme.tests]
    named = {slug: other for slug, other in (allotments or {}).items() if other}
    if unknown := named.keys() - set(slugs):
        raise Invalid("test-item-unknown", {"allotments": "test-item-unknown"}, items=sorted(unknown))
    found: dict[int, list[str]] = {}
    for slug in slugs:
        found.setdefault(named.get(slug, laboratory_id), []).append(slug)
    return found


def planned_laboratories(
    application: Application, laboratory_id: int | None, allotments: Mapping[str, int | None] | None
) -> list[PlannedLaboratory]:
    """The rows of a plan."""
    allotted = allot(application, laboratory_id, allotments)
    return [PlannedLaboratory(laboratory_id=each, items=items) for each, items in allotted.items()]


def out_of_scope(
    application: Application,
    laboratory_id: int | None,
    allotments: Mapping[str, int | None] | None,
    day: date,
) -> list[str]:
    """The methods that the laboratory they were given to does not have in its CMA scope on `day`."""
    allotted = allot(application, laboratory_id, allotments)
    return sorted({m for each, items in allotted.items() for m in lacking(application, each, items, day)})


def lacking(application: Application, laboratory_id: int, items: list[str], day: date) -> set[str]:
    """The methods of these items that are outside the laboratory's scope on `day`."""
    query = select(LaboratoryScope).where(LaboratoryScope.laboratory_id == laboratory_id)
    held = {scope.method for scope in db.session.scalars(query) if scope.valid_on(day)}
    return {item["method"] for item in application.scheme.tests if item["slug"] in items} - held


def read_order(
    application: Application,
    *,
    step: str,
    laboratory_id: int | None = None,
    items: list[str] | None = None,
    retest_of: int | None = None,
    quantity: int | None = None,
    **_facts: object,
) -> dict[str, object]:
    """Complete an order from the plan, or from the failed sample it repeats; read the scope as of today."""
    failed = _chain(application, retest_of) if retest_of else []
    row = _planned(application, laboratory_id or _usual(application, failed))
    failed_items = sorted({result.item for result in failing(_counting(application, failed))})
    chosen = items or [item for item in row.items if not failed or item in failed_items]
    _check_specimens(application, chosen, quantity)
    return {
        "laboratory_id": row.laboratory_id,
        "planned_items": row.items,
        "items": chosen,
        "methods_missing": sorted(lacking(application, row.laboratory_id, chosen, today())),
        "retest_of": failed[0].id if failed else None,
        "failed_items": failed_items,
        "retests_made": len(failed) - 1,
    }


def _usual(application: Application, failed: list[Sample]) -> int | None:
    """The laboratory that tested before, where the plan still names it; or the main one of the plan."""
    if application.plan is None:
        return None
    named = {row.laboratory_id for row in application.plan.laboratories}
    before = failed[0].laboratory_id if failed else None
    return before if before in named else application.plan.laboratory_id


def _check_specimens(application: Application, items: list[str], quantity: int | None) -> None:
    """A sample has a piece for each specimen that the rule wants of an item."""
    tests = application.scheme.rules.items
    most = max((tests[item].specimens for item in items if item in tests), default=1)
    if quantity is not None and 0 < quantity < most:
        raise Invalid("specimens-too-few", {"quantity": "specimens-too-few"}, specimens=most)


def _chain(application: Application, sample_id: int) -> list[Sample]:
    """The first sample of a line of retests, and those that were not given up."""
    named = next((sample for sample in application.samples if sample.id == sample_id), None)
    if named is None:
        raise Invalid("sample-not-found", {"retest_of": "sample-not-found"})
    line = [sample for sample in application.samples if sample.chain == named.chain]
    return [line[0], *(s for s in line[1:] if not s.is_given_up)]


def _planned(application: Application, laboratory_id: int | None) -> PlannedLaboratory:
    for row in application.plan.laboratories if application.plan else ():
        if row.laboratory_id == laboratory_id:
            return row
    raise Invalid("laboratory-not-planned", {"laboratory_id": "laboratory-not-planned"})


def _counting(application: Application, line: list[Sample]) -> list[TestResult]:
    chains = {sample.chain for sample in line}
    reports = [report for report in application.reports if report.sample.chain in chains]
    return effective(reports)


def order_sample(
    application: Application,
    actor: Actor,
    *,
    method: str,
    model: str,
    quantity: int,
    laboratory_id: int,
    items: list[str],
    retest_of: int | None = None,
    reason: str = "",
    **_facts: object,
) -> None:
    _add(
        application,
        actor,
        laboratory_id=laboratory_id,
        method=method,
        model=model,
        quantity=quantity,
        items=list(items),
        retest_of_id=retest_of,
        order_reason=reason.strip(),
    )


def order_anew(sample: Sample, actor: Actor, *, reason: str, **_facts: object) -> None:
    """In place of a sample in doubt the same is ordered again."""
    _add(
        sample.application,
        actor,
        laboratory_id=sample.laboratory_id,
        method=sample.method,
        model=sample.model,
        quantity=sample.quantity,
        items=list(sample.items),
        retest_of_id=sample.retest_of_id,
        replaces_id=sample.id,
        order_reason=reason.strip(),
    )


def _add(application: Application, actor: Actor, **facts: object) -> None:
    application.samples.append(Sample(number=_next_number(), ordered_by=actor.label, **facts))
    db.session.flush()


def _next_number() -> str:
    year = today().year
    return f"S-{year}-{take_next('sample', year):05d}"


def accept_order(sample: Sample, actor: Actor, *, expected_on: date, **_facts: object) -> None:
    sample.accepted_on, sample.accepted_by, sample.expected_on = today(), actor.label, expected_on


PREPARE = {(APPLICATION, "order_sample"): read_order}

EFFECTS = {
    (APPLICATION, "order_sample"): order_sample,
    (SAMPLE, "accept_order"): accept_order,
    (SAMPLE, "replace"): order_anew,
}
