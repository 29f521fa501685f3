"""The two verbs of a check: ask, and keep what was answered."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from accounts.actor import Actor
from certification.certificate.operations import signing
from core import audit, series
from core.clock import now
from core.db import db
from core.errors import Invalid, NotPermitted
from procurement import queries as lists
from procurement.bids import annex, facts, papers, queries
from procurement.bids.models import BidCheck
from procurement.bids.reading import Sheet
from procurement.verdict import queries as verdicts
from procurement.verdict.dated import Question
from procurement.verdict.judging import Verdict


@dataclass(frozen=True)
class Asked:
    """The lines of a sheet with their answers, and what these rest on, as it was known at one moment."""

    actor: Actor
    on: date
    sheet: Sheet
    at: datetime
    data_version: int
    known: verdicts.Known
    found: Sequence[Verdict]


def ask(actor: Actor, on: date, sheet: Sheet) -> Asked:
    """Every line, answered for one day; Invalid while a cell cannot be read.  Nothing is written: nobody
    waits while thousands are judged."""
    if not queries.may_check(actor):
        raise NotPermitted("not-an-officer")
    if sheet.wrong:
        raise Invalid("check-unreadable", count=len(sheet.wrong))
    at, data_version = now(), verdicts.data_version()
    known = verdicts.known(_question(line.values, on) for line in sheet.lines)
    return Asked(actor, on, sheet, at, data_version, known, verdicts.judged(known))


def keep(asked: Asked, title: str, source: str = "") -> BidCheck:
    """Number, spell, sign and store what was answered; `source` is the name of the file, if one was sent."""
    actor, on, at, found = asked.actor, asked.on, asked.at, asked.found
    kept = facts.spelt(asked.known)
    number = f"HD-{at.year}-{series.take_next('bid-check', at.year):05d}"
    address = f"{number}-{secrets.token_hex(8)}"
    head = annex.Head(number, address, on, at, asked.data_version, source, asked.sheet.ignored)
    content = annex.spelt(head, asked.sheet.lines, found, kept)
    made = BidCheck(
        number=number,
        address=address,
        organisation_id=actor.organisation_id,
        title=title,
        on=on,
        asked_at=at,
        asked_by=actor.label,
        lines=len(found),
        buyable=sum(each.overall == "buyable" for each in found),
        digest=annex.digest(content),
        content=content,
        facts=kept,
    )
    made.uscc, made.signature = _signed(content)
    db.session.add(made)
    db.session.flush()
    papers.ask_for(made)
    audit.record(actor, "bid.check", f"bid/{made.id}", number=number, on=on, digest=made.digest)
    return made


def _question(values: dict[str, str], on: date) -> Question:
    return Question(on=on, **{"number": "", "model": "", **values})


def _signed(content: bytes) -> tuple[str, str]:
    """Signed by whoever owns the list, once a key was made for it; unsigned until then."""
    current = lists.latest_published()
    if current is None:
        return "", ""
    signature = signing.sign_with_own(current.owner.uscc, content)
    return (current.owner.uscc, signature) if signature else ("", "")
