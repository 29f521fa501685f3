"""Shortlists as programs hand them in and are answered."""

from datetime import date
from typing import Annotated

from pydantic import Field

from core.api import Answered
from core.canonical import Plain
from core.lifecycle import Key
from core.members import Body, ColumnText, Count, Day, OneOf, Perhaps, at_most
from core.step.shapes import Facts, Reason, SubjectAnswer
from procurement.bids import told
from procurement.bids.shapes import CheckLine
from procurement.shortlists import queries
from procurement.shortlists.models import Shortlist, ShortlistLine
from procurement.shortlists.operations import MOST
from procurement.shortlists.workflow import DECISIONS, SHORTLIST


class Award(Reason):
    """`until` is the last day of the contract, up to which what was chosen is watched."""

    until: Perhaps[Day] = None


ASKS: dict[Key, type[Facts]] = {(SHORTLIST, "award"): Award}


class NewShortlist(Body):
    """`query` is what was looked for: words, filters, or the address of a search."""

    title: Annotated[str, ColumnText(Shortlist.title)] = ""
    query: Annotated[str, ColumnText(Shortlist.query)] = ""
    on: Day = Field(description="The day every answer is for.")


class PutLines(Body):
    version: Count
    items: Annotated[list[CheckLine], Field(min_length=1), at_most(MOST)]


class Decided(Body):
    version: Count
    decision: Annotated[str, OneOf(DECISIONS)]
    reason: Annotated[str, ColumnText(ShortlistLine.reason)] = ""


class LineAnswer(Answered):
    """`now` and `message_now` are what is answered today; `changed` whether that is otherwise."""

    id: int
    number: str
    model: str
    maker: str
    decision: str
    reason: str
    overall: str
    message: str
    data_version: int
    asked_at: str
    now: str
    message_now: str
    changed: bool


class ShortlistAnswer(SubjectAnswer):
    version: int
    number: str
    title: str
    query: str
    on: date
    until: date | None
    outcome: str
    digest: str
    lines: list[LineAnswer]


class ShortlistHead(Answered):
    id: int
    number: str
    title: str
    on: date
    state: str


class Shortlists(Answered):
    total: int
    items: list[ShortlistHead]


def head(of: Shortlist) -> dict[str, object]:
    return {name: getattr(of, name) for name in ShortlistHead.model_fields}


def own(of: Shortlist) -> dict[str, object]:
    names = ("version", "number", "title", "query", "on", "until", "outcome", "digest")
    lines = [_line(each) for each in queries.shown(of, again=True)]
    return {name: getattr(of, name) for name in names} | {"lines": lines}


def _line(each: queries.Shown) -> dict[str, Plain]:
    names = ("id", "number", "model", "maker", "decision", "reason")
    return {name: getattr(each.line, name) for name in names} | {
        "overall": each.then["overall"],
        "message": told.sentence(told.why(each.then)),
        "data_version": each.then["data_version"],
        "asked_at": each.line.asked_at.isoformat(),
        "now": each.now["overall"],
        "message_now": told.sentence(told.why(each.now)),
        "changed": each.differs,
    }
