"""A maker says whether it supplies; whoever has products in an edition that is shown is asked."""

from accounts.actor import Actor
from accounts.notices import Message
from accounts.operations import inbox
from accounts.queries import holders
from catalog import queries as catalog
from core import audit, machine
from core.clock import now
from core.db import db
from core.errors import Invalid, OutOfOrder, Unmet
from core.machine import Facts
from core.words import word
from procurement import queries as lists
from procurement.confirmations import queries
from procurement.confirmations.models import ANSWERS, CONFIRMED, REFUSED, SupplyAnswer
from procurement.models import Edition


def answer(
    actor: Actor,
    edition: Edition,
    number: str,
    *,
    answer: str,
    contact: str,
    reason: str = "",
    pledged: bool = False,
    version: int = 0,
) -> SupplyAnswer:
    """Said anew until the notice is over; `version` is of what was said before, 0 where nothing was.

    Raises NotPermitted, NotFound, Unmet `supply-notice-over`, Invalid by member, OutOfOrder when stale."""
    queries.check_maker(actor)
    assert actor.organisation_id is not None  # whoever holds the role works for somebody
    before = queries.one_own(actor, edition, number).answer
    if not queries.is_open(edition):
        raise Unmet("supply-notice-over", day=edition.notice_to)
    _check(answer, contact, reason, pledged=pledged)
    if version != (before.version if before else 0):
        raise OutOfOrder("page-is-stale")
    said = before or SupplyAnswer(edition_id=edition.id, number=number)
    said.organisation_id, said.person, said.at = actor.organisation_id, actor.label, now()
    said.answer, said.contact = answer, contact.strip()
    said.reason = reason.strip() if answer == REFUSED else ""
    said.pledge = str(word("supply_pledge.text")) if answer == CONFIRMED else ""
    db.session.add(said)
    db.session.flush()
    audit.record(actor, "supply_answer.say", f"edition/{edition.id}", number=number, answer=answer)
    return said


def _check(answer: str, contact: str, reason: str, *, pledged: bool) -> None:
    wrong = {} if answer in ANSWERS else {"answer": "supply-answer-missing"}
    wrong |= {} if contact.strip() else {"contact": "supply-contact-missing"}
    if answer == REFUSED and not reason.strip():
        wrong["reason"] = "supply-reason-missing"
    if answer == CONFIRMED and not pledged:
        wrong["pledged"] = "supply-pledge-missing"
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)


def ask_makers(edition: Edition, _step: str, _actor: machine.Actor, _facts: Facts) -> None:
    """Whoever holds a certificate that the edition shows is told, with the last day to answer."""
    told = Message(
        kind="edition.shown",
        group="task",
        subject=f"edition/{edition.id}",
        reference=edition.number,
        link="/procurement/confirmations/",
        facts={"number": edition.number, "day": str(edition.notice_to)},
        asks=True,
        once=f"edition/{edition.id}/{edition.notice_from}",
    )
    for holder in sorted(catalog.holders_of(lists.entry_ids(edition))):
        inbox.tell(holders(holder, ("applicant",)), told)
