"""The life of a draft of a rule: written by one, reviewed by another, shown to all, approved by two.  Pure.

What a draft becomes is a scheme version, which nobody edits: in force from its day, superseded by the next.
"""

from typing import TYPE_CHECKING

from core.clock import today
from core.demands import needs, reason_given
from core.machine import Actor, Facts, Machine, step

if TYPE_CHECKING:
    from schemes.drafts.models import DraftComment, Retirement, RuleDraft

EDITABLE = ("draft", "revising")
IN_COMMENT = ("comment",)
OPEN = ("draft", "review", "comment", "revising", "approval")
APPROVALS = 2  # people other than the author

KEPT = ("received", "shown")  # comments that still want their answer
PUBLIC = ("shown", "answered", "hidden")  # a hidden one is named, with its ground, and not quoted
ADOPTED = ("adopted", "partly", "declined", "noted")


def document_whole(draft: "RuleDraft", _actor: Actor) -> str | None:
    return "rule-document-faulty" if draft.is_faulty else None


def by_another_hand(draft: "RuleDraft", actor: Actor) -> str | None:
    return "rule-own-draft" if actor.id in draft.authors else None


def not_approved_by_me(draft: "RuleDraft", actor: Actor) -> str | None:
    return "rule-approved-once" if actor.id in draft.approved_by else None


def approved_by_two(draft: "RuleDraft", _actor: Actor) -> str | None:
    return None if len(draft.approved_by - draft.authors) >= APPROVALS else "rule-approvals-missing"


def comment_over(draft: "RuleDraft", _actor: Actor) -> str | None:
    """Whoever comments on the last day is still heard."""
    return None if draft.comment_to is not None and draft.comment_to < today() else "rule-comment-open"


def every_comment_answered(draft: "RuleDraft", _actor: Actor) -> str | None:
    return "rule-comments-unanswered" if draft.unanswered else None


def comment_days_kept(_draft: "RuleDraft", _actor: Actor, facts: Facts) -> str | None:
    """At least the days of the setting, from today or later."""
    start, end, earliest = (facts.get(name) for name in ("comment_from", "comment_to", "earliest_end"))
    if start is None or end is None or earliest is None:
        return "rule-comment-dates-missing"
    return "rule-comment-too-short" if start < today() or end < earliest else None


def effective_ahead(draft: "RuleDraft", _actor: Actor) -> str | None:
    """A rule binds from a day that is still to come, and later than the version it takes over from."""
    day, former = draft.effective_from, draft.former_from
    if day is None or day <= today():
        return "rule-effective-past"
    return "rule-effective-not-later" if former and day <= former else None


def version_is_new(_draft: "RuleDraft", _actor: Actor, facts: Facts) -> str | None:
    return "version-published-twice" if facts.get("known_already") else None


def term_to_convert(draft: "RuleDraft", _actor: Actor, facts: Facts) -> str | None:
    """Where an earlier version has holders, they are given as long as the new one says, or longer."""
    day, last = draft.convert_from, facts.get("convert_by")
    if last is None:
        return "rule-term-missing" if draft.based_on_id else None
    return "rule-term-short" if day and last < day else None


DRAFT = Machine(
    "rule_draft", "draft",
    step("submit", "draft", "review", "rule_author", document_whole,
         demands=[needs("rule-summary-missing", "summary")]),
    step("send_back", "review", "draft", "rule_approver", by_another_hand, demands=[reason_given]),
    step("open_comment", "review", "comment", "rule_approver", document_whole, by_another_hand,
         demands=[comment_days_kept]),
    step("close_comment", "comment", "revising", "rule_author|rule_approver", comment_over),
    step("ask_approval", "revising", "approval", "rule_author", document_whole, every_comment_answered),
    step("return", "approval", "revising", "rule_author|rule_approver", demands=[reason_given]),
    step("approve", "approval", "approval", "rule_approver",
         document_whole, by_another_hand, not_approved_by_me),
    step("publish", "approval", "published", "rule_approver", document_whole, approved_by_two,
         effective_ahead, demands=[term_to_convert, version_is_new]),
    step("withdraw", "|".join(OPEN), "withdrawn", "rule_author", demands=[reason_given]),
)  # fmt: skip


def not_on_own_comment(comment: "DraftComment", actor: Actor) -> str | None:
    return "rule-own-comment" if comment.person_id is not None and comment.person_id == actor.id else None


ANSWERED = (needs("rule-answer-missing", "answer"), needs("rule-adopted-missing", "adopted"))

COMMENT = Machine(
    "draft_comment", "received",
    step("show", "received", "shown", "rule_author|rule_approver", not_on_own_comment),
    step("hide", "received|shown", "hidden", "rule_approver", not_on_own_comment, demands=[reason_given]),
    step("answer", "received|shown", "answered", "rule_author|rule_approver", not_on_own_comment,
         demands=ANSWERED),
)  # fmt: skip

PROPOSED, RETIRED = ("proposed",), ("retired",)


def by_another_than_who_proposed(retirement: "Retirement", actor: Actor) -> str | None:
    return "retirement-own" if actor.id == retirement.author_id else None


def retired_from_today(retirement: "Retirement", _actor: Actor) -> str | None:
    """It is told ahead, or holds from the day it is decided; never for days that are over."""
    return "retirement-past" if retirement.day < today() else None


RETIREMENT = Machine(
    "rule_retirement", "proposed",
    step("confirm", "proposed", "retired", "rule_approver", by_another_than_who_proposed, retired_from_today),
    step("drop", "proposed", "dropped", "rule_author|rule_approver", demands=[reason_given]),
)  # fmt: skip

MACHINES = (DRAFT, COMMENT, RETIREMENT)
