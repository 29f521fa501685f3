"""What a change of a rule means, for programs: a dry run for those who write drafts, and what a new version
would change in a case that runs."""

from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.conversion import operations, queries, shapes
from core.api import described, handed_in
from core.db import db
from core.step.api import refuse_stale
from core.web import json_response
from schemes.drafts import queries as drafts

if TYPE_CHECKING:
    from certification.application.models import Application

bp = Blueprint("conversion_api", __name__, url_prefix="/api/v1")


@bp.get("/rule-drafts/<id:draft_id>/dry-run")
@described("registers", answer=shapes.DryRunAnswer)
def dry_run(draft_id: int) -> ResponseReturnValue:
    """The newest dry run of a draft: how the last cases and all certificates in force would fare under it."""
    return json_response(shapes.answer(queries.dry_run_of(current_actor(), draft_id)))


@bp.post("/rule-drafts/<id:draft_id>/dry-run")
@described("registers", status=202, answer=shapes.DryRunAnswer)
def begin_dry_run(draft_id: int) -> ResponseReturnValue:
    """Try a draft as it stands; the answer is read again until it is finished."""
    actor = current_actor()
    made = operations.begin_trying(drafts.draft_of(actor, draft_id), actor)
    db.session.commit()
    return json_response(shapes.answer(made), 202)


@bp.get("/applications/<id:application_id>/amendment")
@described("applications", answer=shapes.AmendmentAnswer)
def amendment(application_id: int) -> ResponseReturnValue:
    """The version of its rule that a running case may be taken over to, and all that it says otherwise."""
    return json_response(_amendment(queries.case_to_amend(current_actor(), application_id)))


@bp.post("/applications/<id:application_id>/amendment")
@described("applications", json=shapes.Amended, answer=shapes.AmendmentAnswer)
def amend_application(application_id: int) -> ResponseReturnValue:
    """Take the case over to that version; only names, explanations and options change by it."""
    actor = current_actor()
    case = queries.case_to_amend(actor, application_id)
    asked = handed_in(shapes.Amended)
    refuse_stale(case, asked.version)
    operations.amend(case, actor)
    db.session.commit()
    return json_response(_amendment(case))


def _amendment(case: "Application") -> dict[str, object]:
    return shapes.amendment(case, queries.amendment(case))
