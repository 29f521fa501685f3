"""The verbs of testing: values are entered, judged by the scheme's requirements, and reported."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from accounts.queries import names_of
from certification.laboratory.models import Sample, TestReport, TestResult
from certification.laboratory.operations.authorised import check_signatory, check_tester
from certification.laboratory.operations.bounds import check_bounds
from certification.laboratory.operations.custody import to_the_bench
from certification.laboratory.operations.readings import Given, check_change, enter, judge, value_of
from certification.workflow import SAMPLE
from certification.workflow.judgement import conclusion
from certification.workflow.late import ENDED_SINCE, proved
from core import files
from core.clock import today
from core.db import db
from core.errors import Invalid, Unmet
from core.machine import Actor, Facts
from core.words import word
from registers.models import LaboratoryScope
from schemes.readings import asking, decided_by

Item = dict[str, Any]  # a test, as schemes.operations.Test wrote it

REPORTED = ("title", "customer", "item_description", "condition", "sampling", "deviations", "statement")


def read_scope(
    sample: Sample, *, step: str, results: Sequence[Given] = (), **_facts: object
) -> dict[str, object]:
    """Check the shape of the results and read the CMA scope on each day of performance."""
    return {"methods_missing": check_results(sample, results, sample.results)}


def check_results(
    sample: Sample, results: Sequence[Given], present: Sequence[TestResult], why: str = ""
) -> list[str]:
    """The methods outside the scope on the day they were performed; Invalid for what cannot be right.

    `present` are the values that stand; `why` is the reason for all that change.
    """
    standing = {row.item: row for row in present}
    items = {item["slug"]: item for item in sample.tests}
    if unknown := [result["item"] for result in results if result["item"] not in items]:
        raise Invalid("test-item-unknown", {"results": "test-item-unknown"}, items=unknown)
    for number, result in enumerate(results):
        place = f"results.{number}"
        if result["item"] in [other["item"] for other in results[:number]]:
            raise Invalid("test-item-twice", {f"{place}.item": "test-item-twice"})
        _check_result(sample, place, items[result["item"]], result)
        check_change(place, sample, result, standing.get(result["item"]), why)
        _check_typed(f"{place}.performed_on", sample, result, standing.get(result["item"]))
    return [
        items[result["item"]]["method"]
        for result in results
        if not covered(sample.laboratory_id, items[result["item"]]["method"], result["performed_on"])
    ]


def _check_typed(place: str, sample: Sample, result: Given, former: TestResult | None) -> None:
    """A day typed after the scope that stood on it had ended is proved by a document of the day."""
    day, method = result["performed_on"], _method(sample, result["item"])
    laboratory = sample.laboratory_id
    if former is not None and former.performed_on == day:
        return  # it stands already
    if not covered(laboratory, method, day) or covered(laboratory, method, today()):
        return
    if not proved(sample.application.late_entries, "test", day, laboratory):
        who = f"{sample.laboratory.name}（{method}）"
        raise Invalid(ENDED_SINCE, {place: ENDED_SINCE}, who=who, day=day.isoformat())


def _check_result(sample: Sample, place: str, item: Item, result: Given) -> None:
    """A value or a reading of each specimen, in the unit of the scheme, and the day it was measured."""
    day, rules = result.get("performed_on"), sample.application.scheme.rules
    if not _measurable(result):
        raise Invalid("value-not-measurable", {f"{place}.value": "value-not-measurable"})
    try:
        value_of(sample, result)
    except Invalid as refused:
        where = "value" if rules.items[item["slug"]].specimens == 1 else "readings"
        raise Invalid(refused.slug, {f"{place}.{where}": refused.slug}, **refused.detail) from refused
    if result.get("uncertainty") is None and _needs_band(sample, item, decided_by(rules, item["slug"])):
        raise Invalid("uncertainty-missing", {f"{place}.uncertainty": "uncertainty-missing"})
    check_bounds(place, rules.items[item["slug"]], result)
    _check_unit(place, item, result)
    if day is None:
        raise Invalid("performed-on-missing", {f"{place}.performed_on": "performed-on-missing"})


def _method(sample: Sample, slug: str) -> str:
    method: str = next(item["method"] for item in sample.tests if item["slug"] == slug)
    return method


def _measurable(result: Given) -> bool:
    """Finite numbers, and an uncertainty that is finite and not negative."""
    value, uncertainty = result.get("value"), result.get("uncertainty")
    measured = [*(result.get("readings") or ()), *([] if value is None else [value])]
    return (
        bool(measured)
        and all(each.is_finite() for each in measured)
        and (uncertainty is None or (uncertainty.is_finite() and uncertainty >= 0))
    )


def _needs_band(sample: Sample, item: Item, rule: str) -> bool:
    """Whether a result is decided with its uncertainty: under a guard band, where anything asks it."""
    return rule == "guard_band" and bool(asking(sample.application.scheme.rules, item["slug"]))


def _check_unit(place: str, item: Item, result: Given) -> None:
    """A value is compared in the unit of its limit; nothing is converted silently."""
    given = result.get("unit") or item["unit"]
    if given != item["unit"]:
        slug = "result-in-another-unit"
        raise Invalid(slug, {f"{place}.unit": slug}, item=item["name"], unit=item["unit"], given=given)


def covered(laboratory_id: int, method: str, day: date) -> LaboratoryScope | None:
    """The scope entry that lets the laboratory use `method` on `day`."""
    query = select(LaboratoryScope).where(
        LaboratoryScope.laboratory_id == laboratory_id, LaboratoryScope.method == method
    )
    return next((scope for scope in db.session.scalars(query) if scope.valid_on(day)), None)


def record(sample: Sample, actor: Actor, *, results: Sequence[Given], **_facts: object) -> None:
    """Enter measured values; another than the one that stands takes its place and says why."""
    assert actor.id is not None  # a tester is a person
    present = {result.item: result for result in sample.results}
    check_tester(sample, results, present, actor.id)
    for given in results:
        why = (given.get("reason") or "").strip()
        enter(sample, actor, given, present.get(given["item"]), why=why)
    to_the_bench(sample, actor, min(given["performed_on"] for given in results))
    db.session.flush()


def check_report(
    sample: Sample,
    *,
    number: str = "",
    upload: FileStorage | None = None,
    **given: object,
) -> dict[str, object]:
    """What the report says where nothing was typed; a number used before is an error at its field."""
    check_number(sample.laboratory_id, number)
    said = {name: given[name] for name in REPORTED if given.get(name) is not None}
    return customary(sample) | said | keep_original(upload)


def check_number(laboratory_id: int, number: str) -> None:
    twin = select(TestReport.id).where(
        TestReport.laboratory_id == laboratory_id, TestReport.number == number.strip()
    )
    if db.session.scalar(twin) is not None:
        raise Invalid("report-number-twice", {"number": "report-number-twice"}, number=number)


def keep_original(upload: FileStorage | None) -> dict[str, str]:
    """The laboratory's own signed paper, kept beside what was entered; it is known by its digest."""
    if not upload:
        return {}
    try:
        stored = files.store(upload.stream, upload.filename or "")
    except Invalid as error:
        raise Invalid(error.slug, {"upload": error.slug}, **error.detail) from error
    return {"file": stored.digest, "file_name": stored.name}


def customary(sample: Sample) -> dict[str, str]:
    """What is known already of the texts a report must have (ISO/IEC 17025 7.8.2.1)."""
    case = sample.application
    with force_locale("zh"):  # a report speaks Chinese, whoever signs it
        method = str(word(f"sampling.{sample.method}"))
        texts = {name: str(word(f"report.{name}")) for name in ("title", "deviations", "statement")}
    drawn = "，".join(part for part in (method, sample.drawn_at, sample.drawn_by) if part)
    return texts | {
        "customer": case.body.name,
        "item_description": f"{case.product_name}，{sample.model}，{sample.quantity} 件，{sample.number}",
        "condition": sample.condition,
        "sampling": drawn,
    }


def report(
    sample: Sample,
    actor: Actor,
    *,
    number: str,
    place: str,
    issued_on: date,
    decision_rule: str = "",
    **facts: Any,  # of the shape of the step
) -> None:
    """Issue the report: verdicts are computed from the scheme's requirements, never typed."""
    texts = {name: facts[name].strip() for name in REPORTED}
    check_rule(sample, sample.results, decision_rule)
    check_signatory(sample, actor.id, sample.results, issued_on)
    write(sample, actor, sample.results, number, place, issued_on, texts, facts)


def write(
    sample: Sample,
    actor: Actor,
    results: Sequence[TestResult],
    number: str,
    place: str,
    issued_on: date,
    texts: dict[str, str],
    facts: Facts,
) -> TestReport:
    """Judge the results and put them into a new report."""
    for row in results:
        row.rule = rule_of(sample, row)
        row.verdict = judge(sample, row.item, row.value, row.uncertainty, row.rule)
    days = [row.performed_on for row in results]
    # Read before the report is stored: a list read afterwards would hold it already.
    lists = (sample.reports, sample.application.reports)
    issued = TestReport(
        application_id=sample.application_id,
        laboratory_id=sample.laboratory_id,
        number=number.strip(),
        cma_number=_cma_number(sample, results[0]),
        laboratory_name=sample.laboratory.name,
        laboratory_address=_address(sample),
        place=place.strip(),
        sampled_on=sample.drawn_on,
        received_on=sample.received_on,
        started_on=min(days),
        ended_on=max(days),
        issued_on=issued_on,
        decision_rule=strictest({row.rule for row in results}),
        conclusion=conclusion({row.verdict for row in results}),
        tester=_testers(results),
        signatory=actor.label,
        file=facts.get("file"),
        file_name=facts.get("file_name", ""),
        results=list(results),
        **texts,
    )
    for reports in lists:
        reports.append(issued)
    db.session.flush()
    db.session.expire(sample, ["report"])
    return issued


def rule_of(sample: Sample, row: TestResult) -> str:
    """That which the value was entered under; of one entered before it was kept, that of the scheme."""
    return row.rule or decided_by(sample.application.scheme.rules, row.item)


def check_rule(sample: Sample, results: Sequence[TestResult], named: str = "") -> None:
    """Nobody chooses how a value is decided once it is seen (ISO/IEC 17025 7.8.6.1).

    Raises Invalid `decision-rule-fixed` when another rule is named than the strictest of the items, and
    `uncertainty-missing` when a guard band is to be laid around a result without an uncertainty.
    """
    rules = {row.item: rule_of(sample, row) for row in results}
    if named and named != strictest(set(rules.values())):
        raise Invalid("decision-rule-fixed", {"decision_rule": "decision-rule-fixed"})
    items = {item["slug"]: item for item in sample.tests}
    bare = [row.item for row in results if row.uncertainty is None]
    if lacking := [item for item in bare if _needs_band(sample, items[item], rules[item])]:
        names = [items[item]["name"] for item in lacking]
        raise Invalid("uncertainty-missing", {"results": "uncertainty-missing"}, items=names)


def strictest(rules: set[str]) -> str:
    return "guard_band" if "guard_band" in rules else "simple"


def _cma_number(sample: Sample, result: TestResult) -> str:
    """Of the approval that stood on the day of the measurement; it may have ended before the last one."""
    scope = covered(sample.laboratory_id, result.method, result.performed_on)
    if scope is None:  # the register was corrected since
        raise Unmet("laboratory-out-of-scope")
    return scope.cma_number


def _address(sample: Sample) -> str:
    return sample.laboratory.address or sample.laboratory.name


def _testers(results: Sequence[TestResult]) -> str:
    return "、".join(names_of({result.tester_id for result in results}))


LAW = {Sample: SAMPLE}

PREPARE = {(SAMPLE, "record"): read_scope, (SAMPLE, "report"): check_report}

EFFECTS = {(SAMPLE, "record"): record, (SAMPLE, "report"): report}
