"""Follow-up checks, for programs of the body and of the holder."""

from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.aftercare import shapes
from certification.aftercare.operations import ordered as operations
from certification.aftercare.queries import life, ordered, rested
from certification.workflow import CHECK_FINDING, SURVEILLANCE
from core.api import asked_in, described, handed_in
from core.db import db
from core.step.api import StepCalls
from core.web import json_response, page_of

if TYPE_CHECKING:
    from certification.aftercare.models import CheckFinding, Surveillance

bp = Blueprint("aftercare_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


@bp.get("/ended-rights")
@described("registers", query=shapes.EndedQuery, answer=shapes.EndedPage)
def ended_rights() -> ResponseReturnValue:
    """Rights whose end was recorded only after it, the latest record first, and what rested on each since."""
    asked = asked_in(shapes.EndedQuery)
    page = page_of(rested.ended_rights(current_actor()), asked.page, asked.per_page)
    items = [shapes.ended(each) for each in page.items]
    return json_response({"total": page.total, "page": page.number, "items": items})


@bp.get("/surveillance/<id:subject_id>")
@described("certificates", answer=shapes.CheckAnswer)
def surveillance_check(subject_id: int) -> ResponseReturnValue:
    """One follow-up check: its window, its visit, what was found, and the steps open to the caller."""
    return json_response(told(life.surveillance(current_actor(), subject_id)))


@bp.get("/check_findings/<id:subject_id>")
@described("certificates", answer=shapes.CheckFindingAnswer)
def check_finding(subject_id: int) -> ResponseReturnValue:
    """One nonconformity of a follow-up check, its answers, and the steps open to the caller."""
    return json_response(_finding(life.finding(current_actor(), subject_id)))


@bp.get("/certificates/<number>/orders")
@described("certificates", answer=shapes.OrdersAnswer)
def certificate_orders(number: str) -> ResponseReturnValue:
    """What the regulator ordered about a certificate, for the regulator, its body and its holder."""
    found = ordered.certificate_of(current_actor(), number)
    return json_response({"items": list(map(shapes.order, ordered.orders(found)))})


@bp.post("/certificates/<number>/orders")
@described("certificates", json=shapes.Order, status=201, answer=shapes.OrderAnswer)
def order_of_certificate(number: str) -> ResponseReturnValue:
    """The regulator orders a check, a suspension or a withdrawal: done by the body in time, or answered."""
    found = ordered.certificate_of(current_actor(), number)
    made = operations.order(found, current_actor(), **handed_in(shapes.Order).facts())
    db.session.commit()
    return json_response(shapes.order(made), 201)


def told(check: "Surveillance") -> dict[str, object]:
    """A follow-up check as the API has it, with the steps open to the caller."""
    findings = [_finding(finding) for finding in check.findings]
    return calls.subject(check, "surveillance") | shapes.check(check) | {"findings": findings}


def _finding(found: "CheckFinding") -> dict[str, object]:
    return calls.subject(found, "check_findings") | shapes.finding(found)


calls.open("surveillance", SURVEILLANCE, shapes.ASKS, life.surveillance, told=told, answer=shapes.CheckAnswer)
calls.open(
    "check_findings",
    CHECK_FINDING,
    shapes.ASKS,
    life.finding,
    tag="certificates",
    told=_finding,
    answer=shapes.CheckFindingAnswer,
)
