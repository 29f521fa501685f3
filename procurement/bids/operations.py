"""The one verb of a check: ask, and keep what was answered."""

import secrets
from datetime import date

from accounts.actor import Actor
from certification.certificate.operations import signing
from core import audit, series
from core.clock import now
from core.db import db
from core.errors import Invalid, NotPermitted
from procurement import queries as lists
from procurement.bids import annex, facts, queries
from procurement.bids.models import BidCheck
from procurement.bids.reading import Sheet
from procurement.verdict import queries as verdicts
from procurement.verdict.judging import Question


def check(actor: Actor, title: str, on: date, sheet: Sheet, source: str = "") -> BidCheck:
    """Every line of a sheet, answered for one day, and kept; Invalid while a cell of it cannot be read."""
    if not queries.may_check(actor):
        raise NotPermitted("not-an-officer")
    if sheet.wrong:
        raise Invalid("check-unreadable", count=len(sheet.wrong))
    known = verdicts.known(_question(line.values, on) for line in sheet.lines)
    found, kept, at = verdicts.judged(known), facts.spelt(known), now()
    number = f"HD-{at.year}-{series.take_next('bid-check', at.year):05d}"
    address = f"{number}-{secrets.token_hex(8)}"
    head = annex.Head(number, address, on, at, verdicts.data_version(), source, sheet.ignored)
    content = annex.spelt(head, sheet.lines, found, kept)
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
