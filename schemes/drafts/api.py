"""Drafts of rules, and rules that are to take no new case, for programs of those who write rules."""

from typing import TYPE_CHECKING

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import NOBODY
from accounts.session import current_actor, public
from core.api import asked_in, described, handed_in
from core.db import db
from core.errors import NotPermitted
from core.step.api import StepCalls, refuse_stale
from core.web import json_response
from schemes import queries as rules
from schemes.drafts import blanks, files, operations, queries, retirements, shapes
from schemes.drafts.workflow import COMMENT, DRAFT, RETIREMENT

if TYPE_CHECKING:
    from schemes.drafts.models import DraftComment, Retirement, RuleDraft

bp = Blueprint("drafts_api", __name__, url_prefix="/api/v1")
calls = StepCalls(bp, current_actor)


@bp.get("/retirements")
@described("registers", query=shapes.RetirementsQuery, answer=shapes.RetirementsAnswer)
def rule_retirements() -> ResponseReturnValue:
    """Proposals of the caller's organisation to retire a rule, the newest first."""
    actor, asked = current_actor(), asked_in(shapes.RetirementsQuery)
    if not queries.may_see(actor):
        raise NotPermitted("role-not-held", step="retire")
    page = retirements.every(actor, asked.page, asked.per_page)
    return json_response({"total": page.total, "items": [_said(each) for each in page.items]})


@bp.post("/retirements")
@described("registers", json=shapes.Retired, status=201, also={404}, answer=shapes.RetirementAnswer)
def retire_rule() -> ResponseReturnValue:
    """Propose that a rule takes no new case from a day on; somebody else confirms it."""
    asked = handed_in(shapes.Retired)
    made = retirements.propose(current_actor(), asked.code, asked.day, asked.reason)
    db.session.commit()
    return json_response(_said(made), 201)


@bp.get("/retirements/<id:retirement_id>")
@described("registers", answer=shapes.RetirementAnswer)
def rule_retirement(retirement_id: int) -> ResponseReturnValue:
    """One proposal, with the steps open to the caller."""
    return json_response(_said(retirements.of(current_actor(), retirement_id)))


@bp.get("/rule-drafts")
@described("registers", query=shapes.RetirementsQuery, answer=shapes.DraftsAnswer)
def rule_drafts() -> ResponseReturnValue:
    """Drafts of rules of the caller's organisation, the newest first."""
    actor, asked = current_actor(), asked_in(shapes.RetirementsQuery)
    if not queries.may_see(actor):
        raise NotPermitted("role-not-held", step="drafts")
    page = queries.drafts(actor, asked.page, asked.per_page)
    return json_response({"total": page.total, "items": list(map(shapes.listed, page.items))})


@bp.post("/rule-drafts")
@described("registers", json=shapes.Begun, status=201, also={404}, answer=shapes.DraftAnswer)
def begin_rule_draft() -> ResponseReturnValue:
    """Begin a draft."""
    asked = handed_in(shapes.Begun)
    source = rules.version(asked.code, asked.of_version).id if asked.code else None
    made = operations.begin(current_actor(), source, asked.next_version)
    db.session.commit()
    answer = json_response(_draft(made), 201)
    answer.headers["Location"] = url_for("drafts_api.rule_draft", draft_id=made.id)
    return answer


@bp.get("/rule-drafts/<id:draft_id>")
@described("registers", answer=shapes.DraftAnswer)
def rule_draft(draft_id: int) -> ResponseReturnValue:
    """One draft with its document, its faults and the steps open to the caller."""
    return json_response(_draft(queries.draft_of(current_actor(), draft_id)))


@bp.put("/rule-drafts/<id:draft_id>")
@described("registers", json=shapes.Written, answer=shapes.DraftAnswer)
def write_rule_draft(draft_id: int) -> ResponseReturnValue:
    """Replace the document of a draft. One with a fault is refused, every fault by its JSON pointer."""
    actor = current_actor()
    found, asked = queries.draft_of(actor, draft_id), handed_in(shapes.Written)
    refuse_stale(found, asked.version)
    files.take(found, actor, asked.document, "/document")
    db.session.commit()
    return json_response(_draft(found))


@bp.post("/rule-drafts/<id:draft_id>/blanks/<kind>")
@described("registers", form=shapes.Blank, answer=shapes.DraftAnswer)
def hand_in_rule_blank(draft_id: int, kind: str) -> ResponseReturnValue:
    """Let a file be the form that is handed out for a kind of file."""
    actor = current_actor()
    found, asked = queries.draft_of(actor, draft_id), handed_in(shapes.Blank)
    refuse_stale(found, asked.version)
    blanks.hand_in(found, actor, kind, asked.upload)
    db.session.commit()
    return json_response(_draft(found))


# What is said about them


@bp.get("/rule-drafts/<id:draft_id>/public-comments")
@described("registers", query=shapes.RetirementsQuery, answer=shapes.PublicCommentsAnswer)
@public
def public_rule_comments(draft_id: int) -> ResponseReturnValue:
    """What the public said about a draft that was put before it, each with its answer."""
    asked = asked_in(shapes.RetirementsQuery)
    page = queries.comments(queries.shown(draft_id), NOBODY, asked.page, asked.per_page)
    return json_response({"total": page.total, "items": list(map(shapes.public_comment, page.items))})


@bp.get("/rule-drafts/<id:draft_id>/comments")
@described("registers", query=shapes.RetirementsQuery, answer=shapes.CommentsAnswer)
def rule_comments(draft_id: int) -> ResponseReturnValue:
    """Everything that was said about a draft, for those who answer, with the steps open to the caller."""
    actor, asked = current_actor(), asked_in(shapes.RetirementsQuery)
    page = queries.comments(queries.draft_of(actor, draft_id), actor, asked.page, asked.per_page)
    return json_response({"total": page.total, "items": [_comment(each) for each in page.items]})


@bp.post("/rule-drafts/<id:draft_id>/comments")
@described("registers", json=shapes.Commented, status=201, also={404}, answer=shapes.PublicComment)
def bring_rule_comment(draft_id: int) -> ResponseReturnValue:
    """Comment on a draft while its period runs; it is shown once somebody has looked at it."""
    found, asked = queries.shown(draft_id), handed_in(shapes.Commented)
    made = operations.comment(found, current_actor(), **asked.model_dump())
    db.session.commit()
    return json_response(shapes.public_comment(made), 201)


@bp.get("/rule-comments/<id:comment_id>")
@described("registers", answer=shapes.CommentAnswer)
def rule_comment(comment_id: int) -> ResponseReturnValue:
    """One comment for those who answer, with the steps open to the caller."""
    return json_response(_comment(queries.comment_of(current_actor(), comment_id)))


def _draft(found: "RuleDraft") -> dict[str, object]:
    return calls.subject(found, "rule-drafts") | shapes.draft(found)


def _comment(found: "DraftComment") -> dict[str, object]:
    return calls.subject(found, "rule-comments") | shapes.comment(found)


def _said(found: "Retirement") -> dict[str, object]:
    return calls.subject(found, "retirements") | shapes.retirement(found)


calls.open(
    "rule-drafts",
    DRAFT,
    shapes.ASKS,
    queries.draft_of,
    tag="registers",
    told=_draft,
    answer=shapes.DraftAnswer,
    on_version=True,
)
calls.open(
    "rule-comments",
    COMMENT,
    shapes.ASKS,
    queries.comment_of,
    tag="registers",
    told=_comment,
    answer=shapes.CommentAnswer,
    on_version=True,
)
calls.open(
    "retirements",
    RETIREMENT,
    shapes.ASKS,
    retirements.of,
    tag="registers",
    told=_said,
    answer=shapes.RetirementAnswer,
)
