"""What is handed in with the steps of an objection, and what programs are answered."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core.api import Answered
from core.lifecycle import Key
from core.members import Body, ColumnText, OneOf
from core.step.shapes import Facts, Reason, SubjectAnswer
from procurement.objections.models import ListObjection, Objector
from procurement.objections.workflow import OBJECTION_LAW, REMEDIES

if TYPE_CHECKING:
    from collections.abc import Mapping


class Upheld(Reason):
    """`remedy` and `corrected` are asked of a correction alone: the line is struck, or read otherwise."""

    remedy: Annotated[str, OneOf(REMEDIES)] = ""
    corrected: Annotated[str, ColumnText(ListObjection.corrected)] = ""


ASKS: dict[Key, type[Facts]] = {
    (OBJECTION_LAW, "uphold"): Upheld,
    (OBJECTION_LAW, "dismiss"): Reason,
}


class Brought(Body):
    """About a line, named by its certificate and perhaps its model, or about the edition as a whole."""

    number: Annotated[str, ColumnText(ListObjection.number_named)] = ""
    model: Annotated[str, ColumnText(ListObjection.model_named)] = ""
    text: Annotated[str, ColumnText(ListObjection.text)] = ""
    name: Annotated[str, ColumnText(Objector.name)] = ""
    contact: Annotated[str, ColumnText(Objector.contact)] = ""


class Objection(Answered):
    """What is public of one: never the grounds nor who brought it, since both may say who that is."""

    number: str
    kind: str
    certificate: str = Field(description="Empty where it is about the whole edition.")
    model: str
    product: str
    received_on: date
    due_on: date
    state: str
    decided_on: date | None
    reason: str
    remedy: str
    corrected: str


class Objections(Answered):
    total: int
    items: list[Objection]


class ObjectionAnswer(SubjectAnswer):
    """One of them for those who decide, with the steps open to the caller."""

    version: int
    number: str
    kind: str
    edition: str
    certificate: str
    model: str
    text: str
    received_on: date
    due_on: date
    reason: str
    remedy: str
    corrected: str


NAMES = ("number", "kind", "received_on", "due_on", "reason", "remedy", "corrected")


def public(found: ListObjection) -> "Mapping[str, object]":
    told = {"state": found.state, "decided_on": found.decided_on, "product": found.product}
    return {name: getattr(found, name) for name in NAMES} | told | _line(found)


def own(found: ListObjection) -> dict[str, object]:
    told = {"version": found.version, "edition": found.edition.number, "text": found.text}
    return {name: getattr(found, name) for name in NAMES} | told | _line(found)


def _line(found: ListObjection) -> dict[str, object]:
    return {"certificate": found.number_named, "model": found.model_named}
