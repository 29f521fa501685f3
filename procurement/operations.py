"""Procurement's verbs: drawing up an edition, taking it to publication, striking what fell since."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

from accounts.actor import SYSTEM
from catalog.events import EntryStatusChanged
from catalog.search.text import squash
from core import audit
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted
from core.machine import Actor
from procurement import queries, rules
from procurement.models import Edition, EditionLine, Omission, StruckLine
from procurement.verdict import lines as verdicts
from procurement.workflow import judged_in_the_past

DATA = Path(__file__).parent / "data"


# Editions


def draft_edition(actor: Actor, number: str, title: str, cutoff: date, policy_date: date) -> Edition:
    """Begin an edition and compose it by rule; `number` is year and issue, such as 2026-3."""
    if "list_editor" not in actor.roles:
        raise NotPermitted("role-not-held", step="draft")
    if queries.number_taken(number):
        raise Invalid("edition-number-taken", {"number": "edition-number-taken"}, number=number)
    if slug := judged_in_the_past(None, actor, {"cutoff": cutoff}):
        raise Invalid(slug, {"cutoff": slug})
    previous = queries.latest_published()
    edition = Edition(number=number, title=title, owner_id=actor.organisation_id, previous=previous)
    edition.cutoff, edition.policy_date = cutoff, policy_date
    db.session.add(edition)
    db.session.flush()
    _compose(edition)
    audit.record(actor, "edition.draft", f"edition/{edition.id}", number=number, cutoff=cutoff)
    return edition


def redraft(edition: Edition, _actor: Actor, *, cutoff: date, policy_date: date, **_facts: object) -> None:
    edition.cutoff, edition.policy_date = cutoff, policy_date
    _compose(edition)


def open_notice(
    edition: Edition, _actor: Actor, *, notice_from: date, notice_to: date, **_facts: object
) -> None:
    edition.notice_from, edition.notice_to = notice_from, notice_to


def take_back(edition: Edition, _actor: Actor, **_facts: object) -> None:
    edition.notice_from = edition.notice_to = None


def publish(edition: Edition, _actor: Actor, *, document_number: str, **_facts: object) -> None:
    """Freeze: what fell during the notice, or is not as it was signed, is left out with its reason; the rest
    gets its digest."""
    _leave_out_fallen(edition)
    edition.document_number, edition.published_on = document_number.strip(), today()
    edition.digest = rules.digest(rules.document(edition, edition.lines))


def _compose(edition: Edition) -> None:
    edition.lines.clear()
    edition.omissions.clear()
    db.session.flush()
    candidates, policies = queries.candidates(edition.cutoff), queries.policies()
    lines, left_out = rules.compose(candidates, policies, edition.policy_date)
    for place, line in enumerate(lines, start=1):
        edition.lines.append(EditionLine(place=place, squashed=squash(line.model), **asdict(line)))
    for candidate, reason in left_out:
        edition.omissions.append(_omission(candidate, reason))
    edition.demo = any(line.demo for line in lines)
    db.session.flush()


def _omission(product: rules.Candidate | EditionLine, reason: str) -> Omission:
    return Omission(
        entry_id=product.entry_id,
        number=product.number,
        product=product.product,
        maker=product.maker,
        reason=reason,
    )


def _leave_out_fallen(edition: Edition) -> None:
    reasons = verdicts.fallen(edition, today())
    unlike = queries.not_as_signed(edition.lines)
    reasons |= {line.id: rules.UNLIKE for line in edition.lines if line.entry_id in unlike}
    fallen = [line for line in edition.lines if line.id in reasons]
    for line in {line.entry_id: line for line in fallen}.values():
        edition.omissions.append(_omission(line, reasons[line.id]))
    for line in fallen:
        edition.lines.remove(line)
    db.session.flush()
    for place, line in enumerate(edition.lines, start=1):
        line.place = place
    edition.demo = any(line.demo for line in edition.lines)
    db.session.flush()


def strike(event: EntryStatusChanged) -> None:
    """Note on every printed line what happened to its certificate; the printed line stays."""
    lines = queries.printed_lines(event.certificate_id)
    facts = {name: getattr(event, name) for name in ("act", "status", "on", "until", "reason")}
    db.session.add_all(StruckLine(line_id=line.id, **facts) for line in lines)
    if lines:
        numbers = sorted({line.edition.number for line in lines})
        audit.record(SYSTEM, f"edition.{event.act}", f"entry/{event.entry_id}", editions=numbers, on=event.on)
    db.session.flush()
