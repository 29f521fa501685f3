"""The life of an edition of the list: drafted by rule, shown for objection, published for good.  Pure."""

from typing import TYPE_CHECKING

from core.clock import today
from core.demands import needs, reason_given
from core.machine import Actor, Facts, Machine, step

if TYPE_CHECKING:
    from procurement.models import Edition


DRAFT = ("draft",)
IN_NOTICE = ("notice",)
PUBLISHED = ("published",)
PUBLIC = (*IN_NOTICE, *PUBLISHED)  # everybody may read it
OPEN = (*DRAFT, *IN_NOTICE)  # one at a time
LEAST_VALID, MOST_VALID = 1, 1095  # days, where an edition asks how long certificates are still valid
LEAVE, ENTER = MODEL_ACTS = ("leave", "enter")  # what a new version of a certificate does to a printed model
APPROVALS = 2  # people other than those who drew it up


def has_lines(edition: "Edition", _actor: Actor) -> str | None:
    return None if edition.has_lines else "edition-empty"


def notice_over(edition: "Edition", _actor: Actor) -> str | None:
    """Whoever objects on the last day is still heard."""
    return None if edition.notice_to is not None and edition.notice_to < today() else "notice-still-open"


def by_another_hand(edition: "Edition", actor: Actor) -> str | None:
    return "edition-own" if actor.id in edition.drawers else None


def not_approved_by_me(edition: "Edition", actor: Actor) -> str | None:
    return "edition-approved-once" if actor.id in edition.approvers else None


def approved_by_two(edition: "Edition", _actor: Actor) -> str | None:
    return None if len(edition.approvers - edition.drawers) >= APPROVALS else "edition-approvals-missing"


def objections_decided(edition: "Edition", _actor: Actor) -> str | None:
    return "objections-open" if any(each.is_open for each in edition.objections) else None


def objections_answered(edition: "Edition", _actor: Actor) -> str | None:
    """One about the whole edition is answered by drawing it up anew."""
    about_all = [each for each in edition.objections if each.is_upheld and not each.number_named]
    return "objections-unanswered" if any(each.answered_at is None for each in about_all) else None


def notice_ahead(_edition: "Edition", _actor: Actor, facts: Facts) -> str | None:
    start, end = facts.get("notice_from"), facts.get("notice_to")
    if start is None or end is None:
        return "notice-dates-missing"
    return None if today() <= start <= end else "notice-dates-wrong"


def judged_in_the_past(_edition: "Edition | None", _actor: Actor, facts: Facts) -> str | None:
    """Certificates can be judged as of a day that has come, not as of one to come."""
    cutoff = facts.get("cutoff")
    return "cutoff-in-future" if cutoff is None or cutoff > today() else None


EDITION = Machine(
    "edition", "draft",
    step("redraft", "draft", "draft", "list_editor",
         demands=[needs("policy-date-missing", "policy_date"), judged_in_the_past]),
    step("open_notice", "draft", "notice", "list_editor", has_lines, demands=[notice_ahead]),
    step("take_back", "notice", "draft", "list_editor", demands=[reason_given]),
    step("approve", "notice", "notice", "list_editor|regulator", notice_over, objections_decided,
         objections_answered, by_another_hand, not_approved_by_me),
    step("publish", "notice", "published", "list_editor", notice_over, objections_decided,
         objections_answered, approved_by_two,
         demands=[needs("document-number-missing", "document_number")]),
)  # fmt: skip
