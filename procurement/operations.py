"""Procurement's verbs: drawing up an edition, taking it to publication, striking what fell since."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, cast

from flask import current_app
from sqlalchemy import Row, Table, bindparam, delete, insert, update

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
from procurement import papers, queries, rules
from procurement.confirmations import queries as confirmations
from procurement.models import Edition, EditionHand, EditionLine, Omission, StruckLine
from procurement.suspensions import queries as suspensions
from procurement.verdict import lines as verdicts
from procurement.workflow import ENTER, LEAST_VALID, LEAVE, MODEL_ACTS, MOST_VALID, judged_in_the_past

DATA = Path(__file__).parent / "data"
AT_ONCE = 2_000  # lines in one statement
LINES, OMISSIONS = (cast(Table, each.__table__) for each in (EditionLine, Omission))
OF_FALLEN = ("id", "entry_id", "number", "model", "product", "maker", "valid_to")
Falling = Row[Any]  # of the columns OF_FALLEN


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
    if not edition.has_lines:
        raise Unmet("edition-empty-by-now")
    edition.document_number, edition.published_on = document_number.strip(), today()
    content = b"".join(queries.printed(edition))
    edition.digest = hashlib.sha256(content).hexdigest()
    if signature := signing.sign_with_own(edition.owner.uscc, content):
        edition.signed_by, edition.signature = edition.owner.uscc, signature
    papers.ask_for(edition)


def _compose(edition: Edition) -> None:
    for table in (LINES, OMISSIONS):
        db.session.execute(delete(table).where(table.c.edition_id == edition.id))
    candidates, policies = queries.candidates(edition.cutoff), queries.policies()
    lines, left_out = rules.compose(candidates, policies, edition.policy_date, edition.valid_days)
    _insert(LINES, (_row(edition, line, place) for place, line in enumerate(lines, start=1)))
    _insert(OMISSIONS, (_omission(edition, candidate, reason) for candidate, reason in left_out))
    db.session.expire(edition, ["lines", "omissions"])
    edition.demo = any(line.demo for line in lines)
    db.session.flush()


def _insert(table: Table, rows: Iterator[dict[str, object]]) -> None:
    while some := list(islice(rows, AT_ONCE)):
        db.session.execute(insert(table), some)


def _row(edition: Edition, line: rules.Line, place: int) -> dict[str, object]:
    own = {name: getattr(line, name) for name in rules.Line.__slots__}
    return own | {"edition_id": edition.id, "place": place, "squashed": squash(line.model)}


def _omission(edition: Edition, product: rules.Candidate | Falling, reason: str) -> dict[str, object]:
    own = {name: getattr(product, name) for name in ("entry_id", "number", "product", "maker")}
    return own | {"edition_id": edition.id, "reason": reason}


def _leave_out_fallen(edition: Edition) -> None:
    """What is left keeps its order; what falls is told once for each product."""
    reasons, stay = _reasons(edition), 0
    fallen, omitted, moved = list[int](), dict[int, dict[str, object]](), list[dict[str, int]]()
    for line in queries.line_rows(edition, OF_FALLEN):
        if reason := reasons(line):
            fallen.append(line.id)
            omitted[line.entry_id] = _omission(edition, line, reason)
            continue
        stay += 1
        if line.place != stay:
            moved.append({"own": line.id, "to": stay})
    if not fallen:
        return
    db.session.flush()
    for start in range(0, len(fallen), AT_ONCE):
        db.session.execute(delete(LINES).where(LINES.c.id.in_(fallen[start : start + AT_ONCE])))
    _insert(OMISSIONS, iter(omitted.values()))
    if moved:
        query = update(LINES).where(LINES.c.id == bindparam("own")).values(place=bindparam("to"))
        db.session.execute(query, moved)
    db.session.expire_all()
    edition.demo = queries.prints_invented(edition)
    db.session.flush()


def _reasons(edition: Edition) -> Callable[[Falling], str]:
    """Of a line: why it may not be printed, the gravest reason; "" where it may."""
    least, of_verdict = rules.valid_at_least(today(), edition.valid_days), verdicts.fallen(edition, today())
    unlike = set[int]()
    for part in queries.line_parts(edition, queries.Asked()):
        unlike |= queries.not_as_signed(part)
    suspended, refused = suspensions.suspended(), confirmations.refused(edition)
    upheld = [each for each in edition.objections if each.is_upheld]

    def reason(line: Falling) -> str:
        if any(each.is_about(line.number, line.model) for each in upheld):
            return rules.OBJECTED
        if line.number in refused:
            return rules.REFUSED
        if line.number in suspended:
            return rules.BARRED
        if line.entry_id in unlike:
            return rules.UNLIKE
        return of_verdict.get(line.id) or (rules.TOO_SHORT if line.valid_to < least else "")

    return reason


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
