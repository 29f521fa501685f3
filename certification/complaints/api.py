"""Complaints about a certificate: an open door to bring one, and the steps of the body that answers."""

from typing import TYPE_CHECKING

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from accounts.guessing import client
from accounts.session import current_actor, limiter
from accounts.session import public as open_to_all
from certification.certificate.queries import certificates
from certification.complaints import operations, queries, shapes
from certification.workflow import BODY_COMPLAINT
from core.api import asked_in, described, handed_in
from core.db import db
from core.step.api import StepCalls
from core.web import json_response

if TYPE_CHECKING:
    from certification.complaints.models import BodyComplaint

bp = Blueprint("complaints_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


@bp.post("/certificates/<number>/complaints")
@described("complaints", form=shapes.Brought, status=201, also={429}, answer=shapes.ReceiptAnswer)
@open_to_all
def bring_complaint(number: str) -> ResponseReturnValue:
    """Complain about a certificate or its label to the body that issued it; the code is told once."""
    found, said = certificates.certificate(number), handed_in(shapes.Brought)
    if not limiter.limiter.hit(operations.AS_MANY, "complaints", client()):
        abort(429)
    complaint, code = operations.bring(found, **said.facts())
    db.session.commit()
    return json_response(shapes.receipt(complaint, code), 201)


@bp.get("/body_complaints")
@described("complaints", query=shapes.ComplaintsQuery, answer=shapes.ComplaintsAnswer)
def body_complaints() -> ResponseReturnValue:
    """The complaints of the caller's body, what is due first at the top; who complained is not among it."""
    page = queries.complaints(current_actor(), asked_in(shapes.ComplaintsQuery).page)
    return json_response({"total": page.total, "page": page.number, "items": list(map(_answer, page.items))})


@bp.get("/body_complaints/<id:subject_id>")
@described("complaints", answer=shapes.ComplaintSaid)
def body_complaint(subject_id: int) -> ResponseReturnValue:
    """One complaint, with the steps open to the caller."""
    return json_response(_answer(queries.complaint(current_actor(), subject_id)))


def _answer(complaint: "BodyComplaint") -> dict[str, object]:
    return calls.subject(complaint, "body_complaints") | shapes.complaint(complaint)


calls.open(
    "body_complaints",
    BODY_COMPLAINT,
    shapes.ASKS,
    queries.complaint,
    tag="complaints",
    told=_answer,
    answer=shapes.ComplaintSaid,
    on_version=True,
)
