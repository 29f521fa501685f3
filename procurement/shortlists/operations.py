"""The verbs of a shortlist: begin, put products on it, decide on each, award, and watch what was chosen."""

import hashlib
from collections.abc import Iterable
from datetime import date

import orjson
from flask_babel import force_locale

from accounts.actor import SYSTEM, Actor
from accounts.notices import Message, a_name
from accounts.operations import inbox
from accounts.queries import memberships_with_role
from core import audit, series
from core.canonical import Plain, canonical
from core.clock import day_of, now, today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder
from core.machine import Actor as Doer
from procurement.bids import told
from procurement.bids.queries import may_check
from procurement.bids.reading import Sheet
from procurement.shortlists import answers, queries
from procurement.shortlists.models import Shortlist, ShortlistLine, ShortlistLoss
from procurement.shortlists.workflow import DECISIONS, SOUND

MOST = 50  # products side by side
FORMAT = "tanbiao-shortlist/1"


def begin(actor: Actor, title: str, query: str, on: date) -> Shortlist:
    if not may_check(actor):
        raise NotPermitted("not-an-officer")
    said = {"title": title, "query": query}
    wrong = {name: f"shortlist-{name}-missing" for name, text in said.items() if not text}
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    number = f"XP-{today().year}-{series.take_next('shortlist', today().year):05d}"
    made = Shortlist(
        number=number,
        organisation_id=actor.organisation_id,
        title=title,
        query=query,
        on=on,
        author=actor.label,
    )
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "shortlist.begin", f"shortlist/{made.id}", number=number, on=on)
    return made


def put(to: Shortlist, actor: Actor, sheet: Sheet) -> list[ShortlistLine]:
    """Put products on it, each with the answer of this moment; what stands there already is left as it was
    answered.  Invalid where a cell cannot be read, or where there are too many."""
    _check_open(to)
    if sheet.wrong:
        raise Invalid("check-unreadable", count=len(sheet.wrong))
    if len(sheet.lines) + len(to.lines) > MOST:
        raise Invalid("shortlist-too-long", most=MOST)
    asked = answers.questions([line.values for line in sheet.lines], to.on)
    there = {(line.number, line.model) for line in to.lines}
    made = []
    for found, spelt in zip(*answers.asked(asked), strict=True):
        of = found.question
        if (of.number, of.model) not in there:
            there.add((of.number, of.model))
            maker = of.maker or of.uscc
            line = ShortlistLine(number=of.number, model=of.model, maker=maker, answer=spelt, asked_at=now())
            to.lines.append(line)
            made.append(line)
    _touch(to, actor)
    db.session.flush()
    audit.record(actor, "shortlist.put", f"shortlist/{to.id}", number=to.number, lines=len(made))
    return made


def decide(of: Shortlist, actor: Actor, line_id: int, decision: str, reason: str) -> None:
    """Take a product or leave it.  What is left, and what is taken against the answer, needs a reason."""
    _check_open(of)
    line = next((each for each in of.lines if each.id == line_id), None)
    if line is None:
        raise NotFound("shortlist-line-not-found")
    if decision not in DECISIONS:
        raise Invalid("value-not-known", {"decision": "value-not-known"})
    sound = orjson.loads(line.answer)["overall"] in SOUND
    if not reason and (decision == "excluded" or (decision == "chosen" and not sound)):
        raise Invalid("shortlist-reason-missing", {"reason": "shortlist-reason-missing"})
    line.decision, line.reason = decision, reason
    _touch(of, actor)
    audit.record(actor, "shortlist.decide", f"shortlist/{of.id}", number=of.number, line=line.id, to=decision)


def _check_open(of: Shortlist) -> None:
    if not of.is_open:
        raise OutOfOrder("shortlist-is-awarded")


def _touch(of: Shortlist, actor: Actor) -> None:
    of.changed_at, of.author = now(), actor.label


def award(of: Shortlist, actor: Doer, *, reason: str, until: date, **_facts: object) -> None:
    if until < today():
        raise Invalid("shortlist-until-past", {"until": "shortlist-until-past"})
    of.outcome, of.until, of.awarded_at, of.author = reason.strip(), until, now(), actor.label
    of.content = spelt(of)
    of.digest = hashlib.sha256(of.content).hexdigest()


def spelt(of: Shortlist) -> bytes:
    """All of it in its one spelling."""
    head = {name: getattr(of, name) for name in ("number", "title", "query", "outcome", "author")}
    days = {"on": of.on.isoformat(), "until": of.until.isoformat() if of.until else ""}
    awarded = {"awarded_on": day_of(of.awarded_at).isoformat() if of.awarded_at else ""}
    return canonical(
        {"format": FORMAT, **head, **days, **awarded, "lines": [_said(line) for line in of.lines]}
    )


def _said(line: ShortlistLine) -> dict[str, Plain]:
    names = ("number", "model", "maker", "decision", "reason")
    own = {name: getattr(line, name) for name in names}
    return own | {"asked_at": line.asked_at.isoformat(), "answer": orjson.loads(line.answer)}


# Watching


def watch() -> int:
    """Tell the officers, once, of each chosen product that lost its footing while its contract runs."""
    return sum(_watch(each) for each in queries.running(today()))


def _watch(of: Shortlist) -> int:
    chosen = [line for line in of.lines if line.decision == "chosen"]
    asked = answers.questions(list(map(queries.asked_of, chosen)), today())
    return sum(
        _lose(of, line, spelt)
        for line, found, spelt in zip(chosen, *answers.asked(asked), strict=True)
        if answers.has_fallen(orjson.loads(line.answer), found)
    )


def _lose(of: Shortlist, line: ShortlistLine, spelt: str) -> int:
    answer = orjson.loads(spelt)
    why = told.why(answer)
    digest = hashlib.sha256(canonical(why)).hexdigest()
    if digest in queries.losses_of(line):
        return 0
    db.session.add(ShortlistLoss(line=line, answer=spelt, digest=digest))
    audit.record(SYSTEM, "shortlist.lost", f"shortlist/{of.id}", number=of.number, model=line.model)
    facts = {"title": of.title, "model": line.model or line.number, "why": a_name(*_in_both(why))}
    message = Message(
        kind="shortlist.lost", group="certificate", subject=f"shortlist/{of.id}", reference=of.number,
        link=f"/procurement/shortlists/{of.id}", facts=facts, urgent=True,
        once=f"shortlist/{line.id}/{digest}",
    )  # fmt: skip
    inbox.tell(_officers(of), message)
    return 1


def _in_both(why: Plain) -> list[str]:
    """In Chinese and in English: each officer reads a notice in the own language."""
    said = []
    for each in ("zh", "en"):
        with force_locale(each):
            said.append(told.sentence(why))
    return said


def _officers(of: Shortlist) -> Iterable[int]:
    seats = (memberships_with_role(of.organisation_id, role) for role in queries.OFFICERS)
    return {seat.user_id for each in seats for seat in each}
