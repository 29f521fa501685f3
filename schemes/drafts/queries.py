"""What may be asked of drafts: their owner's people see all, everybody what was put before the public."""

import json
from typing import Any

from sqlalchemy import func, select

from accounts.actor import Actor
from core import lifecycle
from core.db import db
from core.errors import NotFound
from core.web import Page, paginate
from schemes.document import Difference, differences
from schemes.drafts.models import DraftComment, RuleDraft
from schemes.drafts.sections import SECTIONS
from schemes.drafts.workflow import OPEN

ROLES = frozenset({"rule_author", "rule_approver"})


def may_see(actor: Actor) -> bool:
    return bool(ROLES & actor.roles)


def drafts(actor: Actor, page: int = 1, size: int = 20) -> Page[RuleDraft]:
    """Those of the actor's organisation, the newest first."""
    query = select(RuleDraft).where(RuleDraft.owner_id == actor.organisation_id)
    return paginate(query.order_by(RuleDraft.id.desc()), page, size)


def draft_of(actor: Actor, draft_id: int) -> RuleDraft:
    """A draft in whatever state, for those who write and approve it."""
    found = db.session.get(RuleDraft, draft_id)
    if found is None or not may_see(actor) or found.owner_id != actor.organisation_id:
        raise NotFound("rule-draft-not-found")
    return found


def shown(draft_id: int) -> RuleDraft:
    """A draft that was put before the public."""
    found = db.session.get(RuleDraft, draft_id)
    if found is None or not found.was_shown:
        raise NotFound("rule-draft-not-found")
    return found


def in_comment() -> list[RuleDraft]:
    """The drafts that the public is asked about, those that end first before the others."""
    query = select(RuleDraft).where(RuleDraft.is_in_comment).order_by(RuleDraft.comment_to, RuleDraft.id)
    return list(db.session.scalars(query))


def open_draft(code: str) -> RuleDraft | None:
    """The draft of a rule that is under way; the code stands in the document."""
    query = select(RuleDraft).where(RuleDraft.state.in_(OPEN), RuleDraft.code == code)
    return db.session.scalar(query.order_by(RuleDraft.id).limit(1))


def comments(draft: RuleDraft, actor: Actor, page: int = 1, size: int = 20) -> Page[DraftComment]:
    """All for those who answer them; what is shown for everybody else."""
    query = select(DraftComment).where(DraftComment.draft_id == draft.id).order_by(DraftComment.id)
    if not (may_see(actor) and draft.owner_id == actor.organisation_id):
        query = query.where(DraftComment.is_public)
    return paginate(query, page, size, "comments")


BESIDE = 200  # comments that stand beside the changes they are about; all stand in the list beneath


def beside(draft: RuleDraft) -> dict[str, list[DraftComment]]:
    """What everybody may read of the comments, by the part of the document they are about."""
    query = select(DraftComment).where(
        DraftComment.draft_id == draft.id, DraftComment.is_public, DraftComment.place != ""
    )
    found: dict[str, list[DraftComment]] = {}
    for each in db.session.scalars(query.order_by(DraftComment.id).limit(BESIDE)):
        found.setdefault(each.place, []).append(each)
    return found


def answered(draft: RuleDraft) -> dict[str, int]:
    """How many public comments have an answer, and how many wait for one."""
    query = select(DraftComment.state, func.count()).where(
        DraftComment.draft_id == draft.id, DraftComment.is_public
    )
    counted = dict(db.session.execute(query.group_by(DraftComment.state)).all())
    return {"answered": counted.get("answered", 0), "waiting": counted.get("shown", 0)}


def places(draft: RuleDraft) -> list[str]:
    """The parts that a comment may be about, as JSON pointers: each change, and each member of a document."""
    members = [f"/{member}" for section in SECTIONS for member in section.members]
    return [*(each.pointer for each in changes(draft)), *members]


def comment_of(actor: Actor, comment_id: int) -> DraftComment:
    found = db.session.get(DraftComment, comment_id)
    if found is None or not may_see(actor) or found.draft.owner_id != actor.organisation_id:
        raise NotFound("rule-comment-not-found")
    return found


def history(draft: RuleDraft) -> list[lifecycle.StepTaken]:
    return lifecycle.history("rule_draft", draft.id)


def changes(draft: RuleDraft) -> list[Difference]:
    """What differs from the version that the draft is to take over from; nothing where there is none."""
    return differences(former(draft), draft.document) if draft.based_on else []


def former(draft: RuleDraft) -> dict[str, Any]:  # JSON
    """The document of that version; empty where there is none."""
    document = json.loads(draft.based_on.document) if draft.based_on else {}
    return dict(document)
