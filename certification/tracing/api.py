"""The plan of evidence of a case and its working papers, for programs of the body."""

from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.tracing import operations, queries, shapes
from certification.verification.queries import of_body
from certification.workflow.verification import materiality
from core.api import described, handed_in
from core.db import db
from core.errors import OutOfOrder
from core.web import json_response

if TYPE_CHECKING:
    from certification.application.models import Application

bp = Blueprint("tracing_api", __name__, url_prefix="/api/v1/applications")


@bp.get("/<id:application_id>/evidence-plan")
@described("evaluation", answer=shapes.EvidencePlanAnswer)
def evidence_plan(application_id: int) -> ResponseReturnValue:
    """Every row with its risks, what is proposed, planned and was looked at; and the working papers."""
    return json_response(_answer(of_body(current_actor(), application_id)))


@bp.post("/<id:application_id>/evidence-plan")
@described("evaluation", json=shapes.EvidencePlanSent, answer=shapes.EvidencePlanAnswer)
def plan_evidence(application_id: int) -> ResponseReturnValue:
    """Plan which rows are traced to source documents, in place of the plan that stands."""
    actor = current_actor()
    case = of_body(actor, application_id)
    said = handed_in(shapes.EvidencePlanSent)
    facts = said.facts()
    if facts.pop("version") not in (None, case.version):
        raise OutOfOrder("page-is-stale")
    operations.plan_evidence(case, actor, **facts)
    db.session.commit()
    return json_response(_answer(case))


@bp.post("/<id:application_id>/working-papers")
@described("evaluation", form=shapes.PaperKept, status=201, answer=shapes.PaperAnswer)
def keep_paper(application_id: int) -> ResponseReturnValue:
    """Keep a paper of the verification with what it is about."""
    actor = current_actor()
    case = of_body(actor, application_id)
    said = handed_in(shapes.PaperKept)
    named = [line.strip() for line in said.subjects.splitlines() if line.strip()]
    kept = operations.keep_paper(case, actor, subjects=named, note=said.note, file=said.file)
    db.session.commit()
    return json_response(shapes.paper(kept), 201)


def _answer(case: "Application") -> dict[str, object]:
    return {
        "version": case.version,
        "materiality": materiality(case),
        "items": list(map(shapes.traced, queries.traced(case))),
        "papers": list(map(shapes.paper, case.working_papers)),
    }
