"""Checks that were made, and what running one again says."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import NamedTuple

import orjson
from sqlalchemy import select

from accounts.actor import Actor
from certification.certificate.queries import signing
from core.canonical import Plain
from core.clock import now
from core.db import db
from core.errors import NotFound
from core.web import Page, page_of, paginate
from procurement.bids import annex, facts
from procurement.bids.models import BidCheck, BidPaper
from procurement.verdict import queries as verdicts
from procurement.verdict.judging import OVERALL

TOLD_AGAIN = timedelta(minutes=5)
MOST_RERUNS = 16
LIKELY = ("near", "holding")  # what somebody may have meant is no answer
NOTHING: dict[str, Plain] = {"subject": "", "answer": "", "ground": "", "facts": {}}
OFFICERS = frozenset({"procurement_officer", "list_editor", "regulator"})


_reruns: dict[str, "Rerun"] = {}


@dataclass(frozen=True)
class Answered:
    """A check as it was kept; `counts` by overall answer."""

    check: BidCheck
    content: dict[str, Plain]
    counts: dict[str, int]

    @property
    def demo(self) -> bool:
        return any(line["demo"] for line in self.content["lines"])

    def lines(self, overall: str, page: int, size: int = 50) -> Page[dict[str, Plain]]:
        found = [line for line in self.content["lines"] if overall in ("", line["overall"])]
        return page_of(found, page, size)


class Changed(NamedTuple):
    """A line that is answered otherwise with what is known now."""

    row: int
    asked: dict[str, str]
    then: dict[str, Plain]
    now: dict[str, Plain]


@dataclass(frozen=True)
class Rerun:
    """`same`: with what was known then, every line is answered as it was signed; `whole`: what was kept is
    what the digests were taken of; `since`: what is answered otherwise now."""

    at: datetime
    whole: bool
    same: bool
    signed: bool
    since: Sequence[Changed]


def may_check(actor: Actor) -> bool:
    return not OFFICERS.isdisjoint(actor.roles)


def checks(actor: Actor, page: int) -> Page[BidCheck]:
    """Those of the actor's organisation, the newest first."""
    query = select(BidCheck).where(BidCheck.organisation_id == actor.organisation_id)
    return paginate(query.order_by(BidCheck.id.desc()), page, 20)


def check(address: str) -> BidCheck:
    """For whoever holds the annex, which alone tells its address."""
    found = db.session.scalar(select(BidCheck).where(BidCheck.address == address))
    if found is None:
        raise NotFound("check-not-found")
    return found


def drawn(of: BidCheck) -> dict[int, str]:
    """The volumes of its PDF that are there, with the digest of each."""
    query = select(BidPaper.volume, BidPaper.document).where(BidPaper.check_id == of.id)
    return dict(db.session.execute(query).all())


def paper(of: BidCheck, volume: int) -> str | None:
    """The digest of a volume; None while it is still drawn.  NotFound where it has no such volume."""
    if not 1 <= volume <= of.volumes:
        raise NotFound("check-not-found")
    return drawn(of).get(volume)


def answered(of: BidCheck) -> Answered:
    content = orjson.loads(of.content)
    counted = Counter(line["overall"] for line in content["lines"])
    return Answered(of, content, {slug: counted[slug] for slug in OVERALL if counted[slug]})


def rerun(of: BidCheck) -> Rerun:
    """Judged anew from the facts that were kept, and asked anew of what is known today.  Thousands of lines
    take seconds, and anybody with the address may ask: what was found is told again for a while."""
    key, at = annex.digest(of.content + of.facts), now()
    found = _reruns.get(key)
    if found is None or not timedelta(0) <= at - found.at < TOLD_AGAIN:
        found = _reruns[key] = _rerun(of, at)
        for oldest in list(_reruns)[:-MOST_RERUNS]:
            del _reruns[oldest]
    return found


def _rerun(of: BidCheck, at: datetime) -> Rerun:
    content, known = orjson.loads(of.content), facts.read(of.facts)
    whole = annex.digest(of.content) == of.digest and annex.digest(of.facts) == content["facts_sha256"]
    then = [annex.answer(each) for each in verdicts.judged(known)]
    today = [annex.answer(each) for each in verdicts.verdicts(known.questions)]
    pairs = list(zip(content["lines"], then, today, strict=True))
    same = all(_is_same(line, anew) for line, anew, _now in pairs)
    since = [
        Changed(line["row"], line["asked"], line, now)
        for line, _anew, now in pairs
        if not _is_same(line, now)
    ]
    return Rerun(at, whole, same, is_signed(of), since)


def is_signed(of: BidCheck) -> bool:
    """Whether the list's owner signed exactly what is kept."""
    return bool(of.signature) and signing.verifies(of.uscc, of.signature, of.content)


def _is_same(kept: dict[str, Plain], other: dict[str, Plain]) -> bool:
    """Whether all that was kept is still said; a ground may be told with more facts since."""
    alike = all(kept[name] == value for name, value in other.items() if name != "findings")
    found = zip_longest(kept["findings"], other["findings"], fillvalue=NOTHING)
    return alike and all(_is_said(one, two) for one, two in found)


def _is_said(kept: Plain, finding: Plain) -> bool:
    told = {name: value for name, value in kept["facts"].items() if name not in LIKELY}
    same = all(finding[name] == kept[name] for name in NOTHING if name != "facts")
    return same and all(finding["facts"].get(name) == value for name, value in told.items())
