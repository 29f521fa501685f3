"""What each step of a draft of a rule, and of a comment on it, brings with it."""

from typing import Any

from core.lifecycle import Brings, Effect, Key, Prepare, Table
from schemes.drafts import operations, retirements
from schemes.drafts.models import DraftComment, Retirement, RuleDraft
from schemes.drafts.shapes import ASKS
from schemes.drafts.workflow import COMMENT, DRAFT, RETIREMENT
from schemes.events import RulePublished, RuleRetired

EFFECTS: dict[Key, Effect[Any]] = {  # of a draft or of a comment, as its key says
    (DRAFT, "submit"): operations.submit,
    (DRAFT, "open_comment"): operations.open_comment,
    (DRAFT, "approve"): operations.approve,
    (DRAFT, "publish"): operations.publish,
    (COMMENT, "hide"): operations.hide,
    (RETIREMENT, "confirm"): retirements.confirm,
    (COMMENT, "answer"): operations.answer,
}

PREPARES: dict[Key, Prepare[RuleDraft]] = {
    (DRAFT, "submit"): operations.owner_if_whole,
    (DRAFT, "open_comment"): operations.earliest_end,
    (DRAFT, "publish"): operations.known_already,
}

EVENTS: dict[Key, tuple[type, ...]] = {
    (DRAFT, "publish"): (RulePublished,),
    (RETIREMENT, "confirm"): (RuleRetired,),
}

TABLE = Table(
    {RuleDraft: DRAFT, DraftComment: COMMENT, Retirement: RETIREMENT},
    {
        key: Brings(
            prepare=PREPARES.get(key),
            effect=EFFECTS.get(key),
            events=EVENTS.get(key, ()),
            asks=asks,
        )
        for key, asks in ASKS.items()
    },
)
