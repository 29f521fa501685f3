"""A verifier plans which rows are traced to source documents, and keeps the papers of having done so."""

from collections.abc import Iterable, Sequence
from typing import Any

from werkzeug.datastructures import FileStorage

from accounts.actor import Actor
from certification.application.models import Application
from certification.application.operations.applications import touch
from certification.tracing import queries
from certification.tracing.models import PlannedTrace, WorkingPaper
from certification.workflow.impartiality import clear_to
from certification.workflow.tracing import HEAVY
from certification.workflow.verification import subjects as subjects_of
from core import audit, files, lifecycle
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet

Given = dict[str, Any]  # a trace, as shapes.Trace gave it


def plan_evidence(case: Application, actor: Actor, *, traces: Sequence[Given], reason: str = "") -> None:
    """Put the whole plan in place of the one that stands, which stays readable."""
    lifecycle.refuse_long_lists({"traces": traces})
    _refuse(case, actor, queries.may_plan(actor, case), "plan_evidence")
    rows = {each.line.subject: each for each in queries.traced(case)}
    _check(rows, traces)
    standing = {each.subject: each for each in case.planned_traces}
    told = {given["subject"]: _told(given) for given in traces}
    kept = {name for name, former in standing.items() if told.get(name) == _said(former)}
    if standing.keys() - kept and not reason.strip():
        raise Invalid("evidence-plan-reason", {"reason": "evidence-plan-reason"})
    for name in standing.keys() - kept:
        standing[name].superseded = True
    db.session.flush()
    for name, said in told.items():
        if name not in kept:
            whose = {"application_id": case.id, "subject": name, "planned_by": actor.label}
            db.session.add(PlannedTrace(**whose, **said, risks=list(rows[name].risks)))
    db.session.flush()
    touch(case)
    db.session.expire(case, ["planned_traces"])
    planned = {name: said["samples"] for name, said in told.items()}
    audit.record(actor, "data.plan", f"application/{case.id}", rows=planned, reason=reason.strip())


def keep_paper(
    case: Application, actor: Actor, *, subjects: Iterable[str], note: str, file: FileStorage | None
) -> WorkingPaper:
    """Keep a paper with what it is about, at least one thing that is verified."""
    _refuse(case, actor, queries.may_keep(actor, case), "keep_paper")
    named, known = list(dict.fromkeys(subjects)), subjects_of(case)
    wrong = {} if named else {"subjects": "paper-about-nothing"}
    if any(name not in known for name in named):
        wrong["subjects"] = "verified-subject-unknown"
    if not file:
        wrong["file"] = "paper-missing"
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    assert file is not None
    made = WorkingPaper(
        application_id=case.id, subjects=named, note=note.strip(), kept_by=actor.label, **_kept(file)
    )
    db.session.add(made)
    db.session.flush()
    db.session.expire(case, ["working_papers"])
    audit.record(actor, "data.keep_paper", f"application/{case.id}", of=named, file=made.digest)
    return made


def _refuse(case: Application, actor: Actor, may: bool, step: str) -> None:
    if actor.organisation_id != case.body_id:
        raise NotPermitted("role-not-held", step=step)
    if not case.is_evaluating:
        raise OutOfOrder("step-out-of-order", step=step, state=case.state)
    if not may:
        raise Unmet("not-on-the-team", unmet=["not-on-the-team"])
    if slug := clear_to("evaluate")(case, actor):
        raise Unmet(slug, unmet=[slug])


def _check(rows: dict[str, queries.Traced], traces: Sequence[Given]) -> None:
    """Every fault at its member; no row that could be material by itself is left out."""
    wrong, named = {}, [given["subject"] for given in traces]
    for number, given in enumerate(traces):
        if given["subject"] not in rows:
            wrong[f"traces.{number}.subject"] = "trace-of-no-row"
        elif given["subject"] in named[:number]:
            wrong[f"traces.{number}.subject"] = "verified-subject-twice"
        elif not given.get("samples"):
            wrong[f"traces.{number}.samples"] = "trace-without-samples"
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    left = [each.line.name for name, each in rows.items() if HEAVY in each.risks and name not in named]
    if left:
        raise Invalid("heavy-row-untraced", {"traces": "heavy-row-untraced"}, rows="、".join(left))


def _told(given: Given) -> Given:
    texts = {name: (given.get(name) or "").strip() for name in ("meter", "note")}
    return {"samples": given["samples"], **texts}


def _said(trace: PlannedTrace) -> Given:
    return {name: getattr(trace, name) for name in ("samples", "meter", "note")}


def _kept(file: FileStorage) -> dict[str, Any]:  # columns
    try:
        return files.store(file.stream, file.filename or "")._asdict()
    except Invalid as refused:
        raise Invalid(refused.slug, {"file": refused.slug}, **refused.detail) from refused
