"""Procurement's verbs: drawing up an edition, taking it to publication, striking what fell since."""

from datetime import date
from itertools import islice
from pathlib import Path

from flask import current_app
from sqlalchemy import insert

from accounts.actor import SYSTEM
from catalog.events import EntryStatusChanged
from catalog.search.text import squash
from certification.certificate.operations import signing
from certification.events import CertificateReissued
from core import audit
from core.calendar import book
from core.calendar.count import DAY
from core.clock import now, today
from core.db import db
from core.errors import Invalid, NotPermitted, Unmet
from core.machine import Actor, Facts
from procurement import queries, rules
from procurement.confirmations import queries as confirmations
from procurement.models import Edition, EditionHand, EditionLine, Omission, StruckLine
from procurement.suspensions import queries as suspensions
from procurement.verdict import lines as verdicts
from procurement.workflow import ENTER, LEAST_VALID, LEAVE, MODEL_ACTS, MOST_VALID, judged_in_the_past

DATA = Path(__file__).parent / "data"
AT_ONCE = 2_000  # lines in one statement


# Editions


def draft_edition(
    actor: Actor,
    number: str,
    title: str,
    cutoff: date,
    policy_date: date,
    *,
    valid_days: int | None = None,
    grace: str = "",
) -> Edition:
    """Begin an edition and compose it by rule; `number` is year and issue, such as 2026-3.

    Raises NotPermitted `role-not-held`, Invalid by member, Unmet `edition-open` while one is under way."""
    if "list_editor" not in actor.roles:
        raise NotPermitted("role-not-held", step="draft")
    if queries.number_taken(number):
        raise Invalid("edition-number-taken", {"number": "edition-number-taken"}, number=number)
    if slug := judged_in_the_past(None, actor, {"cutoff": cutoff}):
        raise Invalid(slug, {"cutoff": slug})
    _check_days(valid_days)
    if under_way := queries.open_edition():
        raise Unmet("edition-open", number=under_way.number)
    edition = Edition(number=number, title=title, owner_id=actor.organisation_id)
    edition.cutoff, edition.policy_date = cutoff, policy_date
    edition.valid_days, edition.grace = valid_days, grace.strip()
    edition.previous = queries.latest_published()
    db.session.add(edition)
    db.session.flush()
    _lay_hand(edition, actor, "drew")
    _compose(edition)
    audit.record(actor, "edition.draft", f"edition/{edition.id}", number=number, cutoff=cutoff)
    return edition


def _check_days(days: int | None) -> None:
    if days is not None and not LEAST_VALID <= days <= MOST_VALID:
        slug = "valid-days-wrong"
        raise Invalid(slug, {"valid_days": slug}, least=LEAST_VALID, most=MOST_VALID)


def redraft(
    edition: Edition,
    actor: Actor,
    *,
    cutoff: date,
    policy_date: date,
    valid_days: int | None = None,
    grace: str = "",
    **_facts: object,
) -> None:
    _check_days(valid_days)
    edition.cutoff, edition.policy_date = cutoff, policy_date
    edition.valid_days, edition.grace = valid_days, grace.strip()
    edition.previous = queries.latest_published()
    _lay_hand(edition, actor, "drew")
    _compose(edition)
    for each in edition.objections:
        if each.is_upheld and each.answered_at is None:
            each.answered_at = now()


def refuse_short(
    _edition: Edition, *, notice_from: date | None = None, notice_to: date | None = None, **_facts: object
) -> Facts:
    """A notice has as many working days as the rule asks, by the calendar in force; Invalid otherwise."""
    if notice_from is None or notice_to is None or notice_to < notice_from:
        return {}  # which the law says
    worked = book.current().days(notice_from - DAY, notice_to, "working")
    least = current_app.config["NOTICE_WORKING_DAYS"]
    if worked < least:
        raise Invalid("notice-too-short", {"notice_to": "notice-too-short"}, worked=worked, least=least)
    return {}


def open_notice(
    edition: Edition, actor: Actor, *, notice_from: date, notice_to: date, **_facts: object
) -> None:
    edition.notice_from, edition.notice_to = notice_from, notice_to
    _lay_hand(edition, actor, "drew")


def approve(edition: Edition, actor: Actor, **_facts: object) -> None:
    _lay_hand(edition, actor, "approved")


def _lay_hand(edition: Edition, actor: Actor, did: str) -> None:
    assert actor.id is not None  # whoever holds the role is somebody
    if (actor.id, did) not in {(hand.person_id, hand.did) for hand in edition.hands}:
        edition.hands.append(EditionHand(person_id=actor.id, person=actor.label, did=did))


def take_back(edition: Edition, _actor: Actor, **_facts: object) -> None:
    """What was approved is no longer what will be shown."""
    edition.notice_from = edition.notice_to = None
    edition.hands = [hand for hand in edition.hands if hand.did == "drew"]


def publish(edition: Edition, _actor: Actor, *, document_number: str, **_facts: object) -> None:
    """Freeze: what fell during the notice, or is not as it was signed, is left out with its reason; the rest
    gets its digest and, where the owner of the list was given a key, its signature.

    Raises Unmet `edition-empty-by-now` where nothing is left to print."""
    _leave_out_fallen(edition)
    if not edition.lines:
        raise Unmet("edition-empty-by-now")
    edition.document_number, edition.published_on = document_number.strip(), today()
    content = rules.canonical(rules.document(edition, edition.lines))
    edition.digest = rules.digest_of(content)
    if signature := signing.sign_with_own(edition.owner.uscc, content):
        edition.signed_by, edition.signature = edition.owner.uscc, signature


def _compose(edition: Edition) -> None:
    edition.lines.clear()
    edition.omissions.clear()
    db.session.flush()
    candidates, policies = queries.candidates(edition.cutoff), queries.policies()
    lines, left_out = rules.compose(candidates, policies, edition.policy_date, edition.valid_days)
    rows = (
        vars(line) | {"edition_id": edition.id, "place": place, "squashed": squash(line.model)}
        for place, line in enumerate(lines, start=1)
    )
    while some := list(islice(rows, AT_ONCE)):
        db.session.execute(insert(EditionLine), some)
    db.session.expire(edition, ["lines"])
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
    least = rules.valid_at_least(today(), edition.valid_days)
    reasons = {line.id: rules.TOO_SHORT for line in edition.lines if line.valid_to < least}
    reasons |= verdicts.fallen(edition, today())
    unlike = queries.not_as_signed(edition.lines)
    reasons |= {line.id: rules.UNLIKE for line in edition.lines if line.entry_id in unlike}
    suspended = suspensions.suspended()
    reasons |= {line.id: rules.BARRED for line in edition.lines if line.number in suspended}
    refused = confirmations.refused(edition)
    reasons |= {line.id: rules.REFUSED for line in edition.lines if line.number in refused}
    upheld = [each for each in edition.objections if each.is_upheld]
    reasons |= {
        line.id: rules.OBJECTED
        for line in edition.lines
        if any(each.is_about(line.number, line.model) for each in upheld)
    }
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


def strike_models(event: CertificateReissued) -> None:
    """Note on the printed lines of a certificate that says something else now which of their models left it,
    and which that had left came back."""
    lines = queries.printed_lines(event.certificate_id)
    struck = []
    for line in lines:
        notes = [each.act for each in line.strikes if each.act in MODEL_ACTS]
        is_out, stays = notes[-1:] == [LEAVE], line.model in event.models
        if is_out == stays:
            act, status = (ENTER, "valid") if stays else (LEAVE, rules.LEFT)
            facts = {"act": act, "status": status, "on": event.reissued_on, "reason": ""}
            struck.append(StruckLine(line_id=line.id, **facts))
    db.session.add_all(struck)
    if struck:
        numbers = sorted({line.edition.number for line in lines})
        audit.record(SYSTEM, "edition.strike_models", f"certificate/{event.certificate_id}", editions=numbers)
    db.session.flush()
