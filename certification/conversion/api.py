"""Dry runs of drafts of rules, for programs of those who write them."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.conversion import queries, shapes
from core.api import described
from core.web import json_response

bp = Blueprint("conversion_api", __name__, url_prefix="/api/v1/rule-drafts")


@bp.get("/<id:draft_id>/dry-run")
@described("registers", answer=shapes.DryRunAnswer)
def dry_run(draft_id: int) -> ResponseReturnValue:
    """The newest dry run of a draft: how the last cases and all certificates in force would fare under it."""
    return json_response(shapes.answer(queries.dry_run_of(current_actor(), draft_id)))
