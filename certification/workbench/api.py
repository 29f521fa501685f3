"""The lists of a body, a holder and a laboratory, and what a case was evaluated to, for their programs."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.aftercare import api as aftercare
from certification.aftercare.shapes import ChecksAnswer
from certification.application.queries.applications import application
from certification.workbench import shapes
from certification.workbench.queries import workbench
from certification.workbench.queries.certificates import CERTIFICATES
from certification.workbench.queries.checks import CHECKS
from certification.workbench.queries.orders import ORDERS, client_of
from core.api import asked_in, described
from core.web import json_response

bp = Blueprint("workbench_api", __name__, url_prefix="/api/v1")


@bp.get("/applications/<id:application_id>/evaluation")
@described("evaluation", answer=shapes.EvaluationAnswer)
def evaluation(application_id: int) -> ResponseReturnValue:
    """Each part of the evaluation with its conclusion, once the decision is told; nothing before."""
    case = application(current_actor(), application_id)
    return json_response({"items": list(map(shapes.part, workbench.told(case)))})


@bp.get("/certificates")
@described("certificates", query=shapes.CertificatesQuery, answer=shapes.CertificatesAnswer)
def certificates() -> ResponseReturnValue:
    """The certificates the caller's organisation issued or holds, by the filters of their list."""
    actor, asked = current_actor(), asked_in(shapes.CertificatesQuery)
    page = CERTIFICATES.found(actor, asked.wanted(), asked.page, asked.per_page)
    days = CERTIFICATES.days(actor, page.items)
    items = [
        {
            "number": each.number,
            "product_name": each.product_name,
            "state": each.state,
            "holder": each.holder.name,
            "body": each.body.name,
            "due": days[each.id],
            "issued_on": each.issued_on,
            "valid_to": each.valid_to,
            "differs": each.differs,
            "href": url_for("certification_api.certificate", number=each.number),
        }
        for each in page.items
    ]
    return json_response({"total": page.total, "page": page.number, "items": items})


@bp.get("/surveillance")
@described("certificates", query=shapes.ChecksQuery, answer=ChecksAnswer)
def surveillance_checks() -> ResponseReturnValue:
    """The follow-up checks of the caller's certificates, by the filters of their list: left out, the open
    ones of certificates in force, the nearest due first."""
    asked = asked_in(shapes.ChecksQuery)
    page = CHECKS.found(current_actor(), asked.wanted(), asked.page, asked.per_page)
    items = list(map(aftercare.told, page.items))
    return json_response({"total": page.total, "page": page.number, "items": items})


@bp.get("/samples")
@described("evaluation", query=shapes.SamplesQuery, answer=shapes.SamplesAnswer)
def samples() -> ResponseReturnValue:
    """The orders of tests of the caller's laboratory, or those of the cases of its body, by the filters of
    their list."""
    actor, asked = current_actor(), asked_in(shapes.SamplesQuery)
    page = ORDERS.found(actor, asked.wanted(), asked.page, asked.per_page)
    days = ORDERS.days(actor, page.items)
    items = [
        {
            "id": each.id,
            "number": each.number,
            "product_name": each.application.product_name,
            "model": each.model,
            "client": client_of(actor, each),
            "laboratory": each.laboratory.name,
            "state": each.state,
            "ordered_on": each.ordered_on,
            "expected_on": each.expected_on,
            "due": days[each.id],
            "href": url_for("certification_api.sample", subject_id=each.id),
        }
        for each in page.items
    ]
    return json_response({"total": page.total, "page": page.number, "items": items})
