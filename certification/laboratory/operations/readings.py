"""A value that was measured is entered once and stays; another in its place says why."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from certification.laboratory.models import Sample, TestResult
from certification.workflow.criteria import verdict_on
from core import audit
from core.db import db
from core.errors import Invalid
from core.machine import Actor
from schemes.judging import Figure
from schemes.readings import decided_by, reckoned

Given = Mapping[str, Any]  # a result, as shapes.Result gave it

RECORDED = ("edition", "equipment", "environment", "external")  # by what and how it was measured
MEASURED = ("value", "readings", "uncertainty", "performed_on", *RECORDED)


def enter(
    sample: Sample,
    actor: Actor,
    given: Given,
    former: TestResult | None,
    *,
    why: str = "",
    **more: object,
) -> TestResult:
    """Write the value down, in place of `former` where one stands, and in the record with the one before it.

    One that says what stands already changes nothing.  `more` are the columns that an amended report sets.
    """
    said = measured(sample, given)
    if former is not None and not differs(sample, given, former):
        return former
    if former is not None and not former.superseded:
        former.superseded = True
        db.session.flush()
    row = _row(sample, actor, given, said, **more)
    row.replaces, row.reason = former, why if former else ""
    db.session.add(row)
    db.session.flush()
    db.session.expire(sample, ["results"])
    _write_down(actor, row)
    return row


def check_change(place: str, sample: Sample, given: Given, former: TestResult | None, why: str = "") -> None:
    """Raise Invalid at the reason when a value differs from the one that stands and does not say why."""
    if former is None or why or (given.get("reason") or "").strip() or not differs(sample, given, former):
        return
    slug = "reading-changed-without-reason"
    raise Invalid(slug, {f"{place}.reason": slug})


def measured(sample: Sample, given: Given) -> dict[str, object]:
    """What is entered, by column; the value as the readings of all specimens come to it."""
    texts = {name: (given.get(name) or "").strip() for name in RECORDED}
    readings = [f"{reading:f}" for reading in given.get("readings") or ()]
    rest = {name: given.get(name) for name in ("uncertainty", "performed_on")}
    return {"value": value_of(sample, given), "readings": readings} | rest | texts


def differs(sample: Sample, given: Given, row: TestResult) -> bool:
    return facts_of(row) != measured(sample, given)


def facts_of(row: TestResult) -> dict[str, object]:
    return {name: getattr(row, name) for name in MEASURED}


def value_of(sample: Sample, result: Given) -> Decimal:
    rules = sample.application.scheme.rules
    return reckoned(rules, rules.items[result["item"]], result.get("value"), result.get("readings") or ())


def judge(sample: Sample, item: str, value: Decimal, uncertainty: Decimal | None, rule: str) -> str:
    """By the class of the model that was drawn, and by the rule of decision of the item."""
    wide = None if uncertainty is None else Fraction(uncertainty)
    figure = Figure(Fraction(value), wide, rule)
    return verdict_on(sample.application.scheme.rules, sample.stated, item, figure)


def _row(
    sample: Sample,
    actor: Actor,
    given: Given,
    said: dict[str, Any],  # of each column its own
    **more: object,
) -> TestResult:
    item = next(item for item in sample.tests if item["slug"] == given["item"])
    about = {"item": item["slug"], "method": item["method"], "unit": item["unit"], "tester_id": actor.id}
    about |= {"sample_id": sample.id, "rule": decided_by(sample.application.scheme.rules, item["slug"])}
    row = TestResult(**(about | said | more))
    row.verdict = judge(sample, row.item, row.value, row.uncertainty, row.rule)
    return row


def _write_down(actor: Actor, row: TestResult) -> None:
    """The record keeps both values, so that neither can be made to never have been."""
    said: dict[str, object] = {"item": row.item} | _told(row)
    if row.replaces:
        said |= {"former": _told(row.replaces), "reason": row.reason}
        audit.record(actor, "sample.remeasure", f"sample/{row.sample_id}", **said)
    else:
        audit.record(actor, "sample.measure", f"sample/{row.sample_id}", **said)


def _told(row: TestResult) -> dict[str, object]:
    told = facts_of(row)
    plain = {name: None if told[name] is None else f"{told[name]:f}" for name in ("value", "uncertainty")}
    return told | plain | {"performed_on": row.performed_on.isoformat()}
