"""What becomes of a report once it is issued: amended by a new one, or taken back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from werkzeug.datastructures import FileStorage

from accounts.actor import SYSTEM
from certification.laboratory.models import TestReport, TestResult
from certification.laboratory.operations.authorised import check_signatory, check_tester
from certification.laboratory.operations.readings import MEASURED, RECORDED, Given, differs, enter
from certification.laboratory.operations.testing import (
    REPORTED,
    check_number,
    check_results,
    check_rule,
    keep_original,
    write,
)
from certification.workflow import REPORT
from core import audit, lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted
from core.machine import Actor

KEPT = ("uncertainty", "performed_on", *RECORDED)  # of a value that is corrected, where nothing else is said
COPIED = (
    "sample_id", "item", "method", "unit", "tester_id", "rule", "verdict", "entered_at", "replaces_id",
    "reason", *MEASURED,
)  # fmt: skip


def check_amendment(
    report: TestReport,
    *,
    step: str,
    number: str = "",
    issued_on: date | None = None,
    upload: FileStorage | None = None,
    results: Sequence[Given] = (),
    reason: str = "",
    decision_rule: str = "",
    **_facts: object,
) -> dict[str, object]:
    """What is corrected is looked at like anything measured; the number is a new one."""
    check_number(report.laboratory_id, number)
    missing = check_results(report.sample, results or (), report.results, reason or "amended")
    check_rule(report.sample, report.results, decision_rule)
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
    **facts: Any,  # of the shape of the step
) -> None:
    """A new report of its own, which names this one and why; this one stays readable as it was."""
    check_tester(report.sample, results or (), {row.item: row for row in report.results}, None)
    check_signatory(report.sample, actor.id, report.results, issued_on)
    corrected = {given["item"]: given for given in results or ()}
    copies = [_amended(report, actor, row, corrected.get(row.item), reason.strip()) for row in report.results]
    texts = {name: (facts.get(name) or getattr(report, name)).strip() for name in REPORTED}
    place = facts.get("place") or report.place
    issued = write(report.sample, actor, copies, number, place, issued_on, texts, facts)
    issued.amends, issued.amendment = report, reason.strip()
    db.session.flush()


def _amended(
    report: TestReport, actor: Actor, row: TestResult, corrected: Given | None, reason: str
) -> TestResult:
    """The value that is corrected, or the same once more; decided as it was, whoever amends."""
    sample, row.rule = report.sample, row.rule or report.decision_rule
    if corrected:
        stands = {"item": row.item} | {name: getattr(row, name) for name in KEPT}
        given = stands | {name: said for name, said in corrected.items() if said or name not in RECORDED}
        if differs(sample, given, row):
            why = (corrected.get("reason") or "").strip() or reason
            return enter(sample, actor, given, row, why=why, rule=row.rule, tester_id=row.tester_id)
    row.superseded = True
    db.session.flush()
    copy = TestResult(**{name: getattr(row, name) for name in COPIED})
    db.session.add(copy)
    return copy


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
