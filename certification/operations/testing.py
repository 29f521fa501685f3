"""The verbs of samples and test reports."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from certification.models import Application, LaboratoryScope, Sample, TestReport, TestResult
from certification.operations.series import take_next
from certification.workflow import APPLICATION, SAMPLE
from certification.workflow.judgement import verdict
from core.clock import today
from core.db import db
from core.errors import Invalid


def order_sample(application: Application, _actor, *, method, model, quantity, **_facts) -> None:
    sample = Sample(
        number=_next_sample_number(),
        laboratory_id=application.plan.laboratory_id,
        method=method,
        model=model,
        quantity=quantity,
    )
    application.samples.append(sample)
    db.session.flush()


def dispatch(sample: Sample, actor, *, drawn_on, seal_number="", **_facts) -> None:
    sample.drawn_on, sample.seal_number, sample.drawn_by = drawn_on, seal_number or "", actor.label


def receive(sample: Sample, actor, *, received_on, condition, **_facts) -> None:
    sample.received_on, sample.condition, sample.received_by = received_on, condition.strip(), actor.label


def read_scope(sample: Sample, *, step, results=(), **_facts) -> dict:
    """Check the shape of the results and read the CMA scope on each day of performance."""
    items = {item["slug"]: item for item in sample.application.scheme.tests}
    if unknown := [result["item"] for result in results if result["item"] not in items]:
        raise Invalid("test-item-unknown", {"results": "test-item-unknown"}, items=unknown)
    if not all(_measurable(result) for result in results):
        raise Invalid("value-not-measurable", {"results": "value-not-measurable"})
    if any(result["performed_on"] > today() for result in results):
        raise Invalid("date-in-the-future", {"performed_on": "date-in-the-future"})
    missing = [
        items[result["item"]]["method"]
        for result in results
        if not covered(sample.laboratory_id, items[result["item"]]["method"], result["performed_on"])
    ]
    return {"methods_missing": missing}


def _measurable(result: dict) -> bool:
    """A finite value, and an uncertainty that is finite and not negative."""
    value, uncertainty = result.get("value"), result.get("uncertainty")
    return (
        value is not None
        and value.is_finite()
        and (uncertainty is None or (uncertainty.is_finite() and uncertainty >= 0))
    )


def covered(laboratory_id: int, method: str, day: date) -> LaboratoryScope | None:
    """The scope entry that lets the laboratory use `method` on `day`."""
    query = select(LaboratoryScope).where(
        LaboratoryScope.laboratory_id == laboratory_id, LaboratoryScope.method == method
    )
    return next((scope for scope in db.session.scalars(query) if scope.valid_on(day)), None)


def record(sample: Sample, actor, *, results, **_facts) -> None:
    """Enter measured values; one entered again before the report replaces the former."""
    items = {item["slug"]: item for item in sample.application.scheme.tests}
    present = {result.item: result for result in sample.results}
    for given in results:
        item = items[given["item"]]
        row = present.get(given["item"]) or TestResult(item=given["item"])
        row.method, row.unit = item["method"], item["unit"]
        row.value, row.uncertainty = given["value"], given.get("uncertainty")
        row.performed_on, row.tester_id = given["performed_on"], actor.id
        row.verdict = judge(item, row.value, row.uncertainty, "simple")
        if row.id is None and row not in sample.results:
            sample.results.append(row)
    db.session.flush()


def check_report(sample: Sample, *, number="", issued_on=None, **_facts) -> dict:
    """The same report number twice from one laboratory is an error at its field, not a crash."""
    if issued_on is not None and issued_on > today():
        raise Invalid("date-in-the-future", {"issued_on": "date-in-the-future"})
    twin = select(TestReport.id).where(
        TestReport.laboratory_id == sample.laboratory_id, TestReport.number == number.strip()
    )
    if db.session.scalar(twin) is not None:
        raise Invalid("report-number-twice", {"number": "report-number-twice"}, number=number)
    return {}


def report(sample: Sample, actor, *, number, place, issued_on, decision_rule="simple", **_facts) -> None:
    """Issue the report: verdicts are computed from the scheme's requirements, never typed."""
    items = {item["slug"]: item for item in sample.application.scheme.tests}
    for row in sample.results:
        row.verdict = judge(items[row.item], row.value, row.uncertainty, decision_rule)
    days = [row.performed_on for row in sample.results]
    scope = covered(sample.laboratory_id, sample.results[0].method, max(days))
    issued = TestReport(
        application_id=sample.application_id,
        laboratory_id=sample.laboratory_id,
        number=number.strip(),
        cma_number=scope.cma_number,
        place=place.strip(),
        received_on=sample.received_on,
        started_on=min(days),
        ended_on=max(days),
        issued_on=issued_on,
        decision_rule=decision_rule,
        conclusion=conclusion({row.verdict for row in sample.results}),
        tester=_tester(sample),
        signatory=actor.label,
        results=list(sample.results),
    )
    sample.report = issued
    db.session.flush()


def judge(item: dict, value: Decimal, uncertainty: Decimal | None, rule: str) -> str:
    limit = Decimal(item["limit"]) if item.get("limit") is not None else None
    return verdict(item.get("comparator"), limit, value, uncertainty, rule)


def conclusion(verdicts: set[str]) -> str:
    if verdicts & {"fail", "undecided"}:
        return "fail"
    return "pass" if "pass" in verdicts else "reported"


def _tester(sample: Sample) -> str:
    from accounts.queries import names_of

    return "、".join(names_of({result.tester_id for result in sample.results}))


def _next_sample_number() -> str:
    year = today().year
    return f"S-{year}-{take_next('sample', year):05d}"


LAW = {Sample: SAMPLE}

PREPARE = {(SAMPLE, "record"): read_scope, (SAMPLE, "report"): check_report}

EFFECTS = {
    (APPLICATION, "order_sample"): order_sample,
    (SAMPLE, "dispatch"): dispatch,
    (SAMPLE, "receive"): receive,
    (SAMPLE, "record"): record,
    (SAMPLE, "report"): report,
}
