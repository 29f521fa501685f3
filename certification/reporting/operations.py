"""A report is made as a grant is countersigned or a refusal signed, from what stands in the case that day."""

import hashlib
from typing import Any

from certification.application.models import Application
from certification.evaluation.models import Nonconformity
from certification.laboratory.models import TestReport
from certification.reporting.models import EvaluationReport
from certification.tracing.queries import Traced, traced
from core import jobs
from core.canonical import canonical, plain
from core.clock import day_of, today
from core.db import db
from core.lifecycle import why_late

FORMAT = "tanbiao/evaluation-report/1"
Said = dict[str, Any]  # JSON, as `statement` has it


def keep(case: Application, *_taken: object) -> None:
    """Keep the report of the decision that was just signed for good, and have it drawn."""
    decision = case.decision
    assert decision is not None  # this step follows a decision
    number = f"{case.number}-E{len(case.evaluation_reports) + 1}"
    said = canonical(plain({"format": FORMAT, "number": number, **statement(case)}))
    kept = EvaluationReport(
        decision_id=decision.id,
        number=number,
        statement=said.decode(),
        digest=hashlib.sha256(said).hexdigest(),
    )
    case.evaluation_reports.append(kept)
    db.session.flush()
    jobs.enqueue("evaluation_report.draw", report_id=kept.id)


def statement(case: Application) -> Said:
    """What was evaluated, by whom, on which days, what was found, and what was decided."""
    decision, scheme = case.decision, case.scheme
    assert decision is not None
    outcome = ("kind", "basis", "value", "limit", "unit", "grade", "reasons", "decided_on")
    return {
        "made_on": today(),
        "demo": scheme.demo,
        "client": {name: getattr(case.applicant, name) for name in ("name", "uscc", "address")},
        "body": {name: getattr(case.body, name) for name in ("name", "uscc", "address", "telephone")},
        "case": {
            "number": case.number,
            "product": case.product_name,
            "models": [model.code for model in case.models],
            "factory": {name: case.factory.get(name, "") for name in ("name", "address")},
            "rule": scheme.name,
            "rule_number": scheme.rule_number,
            "rule_version": scheme.version,
        },
        "team": [{"name": each.user.name, "function": each.function} for each in case.plan.team]
        if case.plan
        else [],
        "documents": _documents(case),
        "evidence": [_traced(each) for each in traced(case) if each.planned],
        "verification": _verification(case),
        "tests": [_test(case, report) for report in case.reports if report.stands],
        "site": _site(case),
        "nonconformities": list(map(_nonconformity, case.nonconformities)),
        "decision": {name: getattr(decision, name) for name in outcome},
    }


def _documents(case: Application) -> Said | None:
    found = case.document_review
    if found is None:
        return None
    said = {"result": found.result, "findings": found.findings, "reviewer": found.reviewer}
    return said | {"on": day_of(found.reviewed_at)}


def _traced(found: Traced) -> Said:
    item, planned = found.line.item, found.planned
    assert planned is not None  # only those are told
    return {
        "number": found.line.number,
        "name": found.line.name,
        "share": f"{found.line.weight * 100:.1f}",
        "planned": planned.samples,
        "meter": planned.meter,
        "seen": (item.samples or 0) if item else 0,
        "outcome": item.outcome if item else "",
    }


def _verification(case: Application) -> Said | None:
    given = case.opinion
    if given is None:
        return None
    said = {"opinion": given.opinion, "text": given.text, "by": given.given_by, "on": day_of(given.given_at)}
    return said | {
        "declared": given.declared.total,
        "verified": given.verified.total,
        "unit": given.verified.unit,
        "materiality": f"{given.materiality * 100:f}".rstrip("0").rstrip("."),
        "assurance": given.assurance,
        "misstatements": given.misstatements,
    }


def _test(case: Application, report: TestReport) -> Said:
    names = {item["slug"]: item["name"] for item in case.scheme.tests}
    measured = ("method", "value", "unit", "uncertainty", "performed_on", "verdict")
    results = [
        {"item": names.get(row.item, row.item), **{name: getattr(row, name) for name in measured}}
        | {"late": why_late(report.dating, row.performed_on, f"results.{row.item}.performed_on")}
        for row in report.results
    ]
    told = {name: getattr(report, name) for name in ("number", "laboratory_name", "cma_number", "issued_on")}
    return told | {"conclusion": report.conclusion, "results": results}


def _site(case: Application) -> Said | None:
    visit = case.site
    if visit is None:
        return None
    names = ("started_on", "ended_on", "person_days", "lead", "conclusion", "summary")
    wanting = [
        {"name": item.get("name", item["slug"]), "finding": item["finding"], "note": item["note"]}
        for item in visit.items
        if item["finding"] != "conform"
    ]
    said = {name: getattr(visit, name) for name in names}
    late = why_late(case.steps, visit.started_on, "started_on")
    return said | {"late": late, "looked_at": len(visit.items), "wanting": wanting}


def _nonconformity(found: Nonconformity) -> Said:
    names = ("number", "grade", "fact", "clause", "state")
    verdict = found.answers[-1].verdict if found.answers else ""
    return {name: getattr(found, name) for name in names} | {"verdict": verdict}
