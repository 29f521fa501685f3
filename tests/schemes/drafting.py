"""Drafts of rules, one for each step of their life, for worlds that need something behind every door."""

from datetime import timedelta

from accounts.actor import NOBODY, Actor
from core import clock, lifecycle
from core.clock import today
from schemes.drafts import operations
from schemes.drafts.models import DraftComment, RuleDraft
from tests.schemes.examples import tyre

DAY = timedelta(days=1)
# How far each has come.
DRAFTS = ("drafted", "reviewed", "commented", "closed", "revising", "waiting", "approved")
PERIOD = 40


def draft(author: Actor, code: str) -> RuleDraft:
    """A whole draft of a new rule, which only its author has seen."""
    made = operations.begin(author, None, False)
    changes = (("/identity/code", code), ("/identity/effective_from", "2031-01-01"))
    operations.write(made, author, tyre(*changes))
    return made


def advanced(made: RuleDraft, author: Actor, approvers: list[Actor], to: str) -> RuleDraft:
    """The same, further on its way; the days of its comment period are over where that is asked."""

    def take(step: str, actor: Actor, **facts: object) -> None:
        lifecycle.take(made, step, actor, **facts)

    first = today() if to == "commented" else today() - (PERIOD + 2) * DAY
    steps = DRAFTS.index(to)
    if steps > 0:
        take("submit", author, summary="新规则")
    if steps > 1:
        with clock.travel(first):
            take("open_comment", approvers[0], comment_from=first, comment_to=first + PERIOD * DAY)
    if steps > 3:
        take("close_comment", author)
    if steps > 4:
        take("ask_approval", author)
    for approver in approvers if steps > 5 else ():
        take("approve", approver)
    return made


def said(made: RuleDraft) -> DraftComment:
    return operations.comment(made, NOBODY, text="再生料供应不稳，请延长过渡期。", name="某轮胎厂")
