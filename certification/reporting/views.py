"""The report of an evaluation, to be kept."""

from flask import Blueprint, Response

from accounts.session import current_actor
from certification.reporting import queries
from core.errors import NotFound
from core.step.door import send

reporting = Blueprint("reporting", __name__, url_prefix="/certification/cases")
reporting.add_app_template_global(queries.newest, "evaluation_report")


@reporting.get("/<id:case_id>/evaluation-report.pdf")
def document(case_id: int) -> Response:
    found = queries.report_of(current_actor(), case_id)
    if not found.document:
        raise NotFound("file-not-found")
    return send(found.document, f"{found.number}.pdf")
