"""A check of a bid as programs hand it in, and as they are answered."""

from datetime import date
from typing import Annotated

from pydantic import Field

from core.api import Answered
from core.canonical import Plain
from core.i18n import _
from core.members import Body, ColumnText, Day, at_most
from core.web import public_address
from procurement.bids import queries, told
from procurement.bids.models import BidCheck
from procurement.verdict.queries import MOST
from procurement.verdict.shapes import Text


class CheckLine(Body):
    """As a bidder wrote it; at least one of number, maker, uscc and model."""

    number: Text = ""
    maker: Text = ""
    uscc: Text = ""
    model: Text = ""
    configuration: Text = ""
    category: Text = Field("", description="品目 code of the 2022 catalogue")


class NewCheck(Body):
    title: Annotated[str, Field(min_length=1), ColumnText(BidCheck.title)]
    on: Day = Field(description="The end of bidding.")
    items: Annotated[list[CheckLine], Field(min_length=1), at_most(MOST)]


class CheckAnswer(Answered):
    """`digest` is the SHA-256 of the annex, whose bytes `annex` leads to, and its signature `signature`."""

    number: str
    on: date
    at: str
    lines: int
    counts: dict[str, int]
    digest: str
    signed: bool
    signed_by: str
    address: str
    annex: str
    signature: str | None
    papers: list[str] = Field(description="PDF, one for each volume; 202 while it is drawn")
    rerun: str


class CheckHead(Answered):
    number: str
    title: str
    on: date
    lines: int
    buyable: int
    address: str


class CheckHeads(Answered):
    total: int
    items: list[CheckHead]


class Otherwise(Answered):
    """A line that is answered otherwise with what is known now."""

    row: int
    then: str
    now: str
    message: str


class RerunAnswer(Answered):
    """`whole`: what was kept is what its digests were taken of; `same`: as known then, every line is answered
    as it was kept; `since`: what is answered otherwise as known now."""

    at: str
    whole: bool
    same: bool
    signed: bool
    since: list[Otherwise]


def check(of: BidCheck) -> dict[str, object]:
    at = {"address": of.address}
    return {
        "number": of.number,
        "on": of.on,
        "at": of.asked_at.isoformat(),
        "lines": of.lines,
        "counts": queries.answered(of).counts,
        "digest": of.digest,
        "signed": queries.is_signed(of),
        "signed_by": of.uscc,
        "address": public_address("bids.show", **at),
        "annex": public_address("bids.annex", **at),
        "signature": public_address("bids.signature", **at) if of.signature else None,
        "papers": [public_address("bids.paper", **at, volume=volume) for volume in range(1, of.volumes + 1)],
        "rerun": public_address("bids_api.check_again", **at),
    }


def head(of: BidCheck) -> dict[str, object]:
    names = ("number", "title", "on", "lines", "buyable")
    own = {name: getattr(of, name) for name in names}
    return own | {"address": public_address("bids_api.check", address=of.address)}


def rerun(found: queries.Rerun) -> dict[str, object]:
    return {
        "at": found.at.isoformat(),
        "whole": found.whole,
        "same": found.same,
        "signed": found.signed,
        "since": [_otherwise(each) for each in found.since],
    }


def _otherwise(each: queries.Changed) -> dict[str, Plain]:
    message = _("；").join(map(told.sentence, told.otherwise(each.then, each.now)))
    return {"row": each.row, "then": each.then["overall"], "now": each.now["overall"], "message": message}
