"""What becomes of a report once it is issued: amended by a new one, or taken back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from werkzeug.datastructures import FileStorage

from accounts.actor import SYSTEM
from certification.laboratory.models import Sample, TestReport, TestResult
from certification.laboratory.operations.testing import (
    REPORTED,
    Given,
    check_number,
    check_results,
    keep_original,
    value_of,
    write,
)
from certification.workflow import REPORT
from core import audit, lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted
from core.machine import Actor


def check_amendment(
    report: TestReport,
    *,
    step: str,
    number: str = "",
    issued_on: date | None = None,
    upload: FileStorage | None = None,
    results: Sequence[Given] = (),
    **_facts: object,
) -> dict[str, object]:
    """What is corrected is looked at like anything measured; the number is a new one."""
    check_number(report.laboratory_id, number)
    missing = check_results(report.sample, results or ())
    days = {row.item: row.performed_on for row in report.results}
    days |= {given["item"]: given["performed_on"] for given in results or ()}
    late = issued_on is not None and issued_on < max(days.values())
    if late or min(days.values()) < report.received_on:
        raise Invalid("dates-out-of-order", {"issued_on": "dates-out-of-order"})
    return {"methods_missing": missing, **keep_original(upload)}


def amend(
    report: TestReport,
    actor: Actor,
    *,
    number: str,
    issued_on: date,
    reason: str,
    results: Sequence[Given] = (),
    decision_rule: str | None = None,
    **facts: Any,  # of the shape of the step
) -> None:
    """A new report of its own, which names this one and why; this one stays readable as it was."""
    corrected = {given["item"]: given for given in results or ()}
    copies = [_copied(report.sample, row, corrected.get(row.item)) for row in report.results]
    for row in report.results:
        row.superseded = True
    db.session.flush()
    report.sample.results.extend(copies)
    texts = {name: (facts.get(name) or getattr(report, name)).strip() for name in REPORTED}
    rule = decision_rule or report.decision_rule
    place = facts.get("place") or report.place
    issued = write(report.sample, actor, copies, number, place, issued_on, rule, texts, facts)
    issued.amends, issued.amendment = report, reason.strip()
    db.session.flush()


def _copied(sample: Sample, row: TestResult, corrected: Given | None) -> TestResult:
    given = corrected or {}
    return TestResult(
        sample_id=row.sample_id,
        item=row.item,
        method=row.method,
        unit=row.unit,
        value=value_of(sample, given) if corrected else row.value,
        readings=[f"{each:f}" for each in given.get("readings") or ()] if corrected else row.readings,
        uncertainty=given.get("uncertainty", row.uncertainty),
        performed_on=given.get("performed_on", row.performed_on),
        external=given.get("external") or row.external,
        tester_id=row.tester_id,
        verdict=row.verdict,
    )


def retract(report: TestReport, actor: Actor, *, reason: str, ordered_by: str = "", **_facts: object) -> None:
    report.retracted_on, report.retraction = today(), reason.strip()
    report.retracted_by = ordered_by or actor.label
    db.session.flush()


def order_retraction(report: TestReport, actor: Actor, reason: str) -> None:
    """The regulator has a report taken back; what follows is the same."""
    if actor.kind != "regulator" or "regulator" not in actor.roles:
        raise NotPermitted("role-not-held", step="annul")
    lifecycle.take(report, "annul", SYSTEM, reason=reason, ordered_by=actor.label)
    audit.record(actor, "test_report.order_retraction", f"test_report/{report.id}", reason=reason)


def follow(report: TestReport, *_taken: object) -> None:
    """Which report of the sample stands is another than before."""
    db.session.expire(report.sample, ["report"])


LAW = {TestReport: REPORT}

PREPARE = {(REPORT, "amend"): check_amendment}

EFFECTS = {(REPORT, "amend"): amend, (REPORT, "retract"): retract, (REPORT, "annul"): retract}
