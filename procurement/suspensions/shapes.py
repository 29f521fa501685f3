"""What is handed in about suspensions, with their steps, and what programs are answered."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core.api import Answered
from core.lifecycle import Key
from core.members import Body, ColumnText, Count, Day, Perhaps
from core.step.shapes import Facts, Nothing, Reason, SubjectAnswer
from procurement.suspensions.models import EnterpriseSuspension
from procurement.suspensions.operations import SAID
from procurement.suspensions.workflow import SUSPENSION

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKS: dict[Key, type[Facts]] = {
    (SUSPENSION, "approve"): Nothing,
    (SUSPENSION, "drop"): Reason,
    (SUSPENSION, "lift"): Reason,
}


class Proposed(Body):
    """A maker that is to be suspended; from three months to two years."""

    uscc: Annotated[str, ColumnText(EnterpriseSuspension.uscc)] = ""
    maker: Annotated[str, ColumnText(EnterpriseSuspension.maker)] = ""
    valid_from: Perhaps[Day] = None
    valid_to: Perhaps[Day] = None
    ground: Annotated[str, ColumnText(EnterpriseSuspension.ground)] = ""
    basis: Annotated[str, ColumnText(EnterpriseSuspension.basis)] = ""
    demo: bool = False


class Written(Proposed):
    version: Count


class Suspension(Answered):
    """`last_day` is the last on which it counts: the day before it was lifted, where it was; `known_since`
    and `lifted_at` say since when both are known."""

    uscc: str
    maker: str
    valid_from: date
    valid_to: date
    last_day: date
    ground: str
    basis: str
    known_since: datetime
    lifted_on: date | None
    lifted_at: datetime | None
    lift_reason: str
    demo: bool


class Suspensions(Answered):
    on: date | None = Field(description="The day asked for; none where all were asked for.")
    total: int
    items: list[Suspension]


class SuspensionAnswer(SubjectAnswer):
    """One suspension, with the steps open to the caller."""

    version: int
    uscc: str
    maker: str
    valid_from: date
    valid_to: date
    ground: str
    basis: str
    demo: bool
    author: str


def public(found: EnterpriseSuspension) -> "Mapping[str, object]":
    names = Suspension.model_fields.keys() - {"known_since"}
    return {name: getattr(found, name) for name in names} | {"known_since": found.approved_at}


def own(found: EnterpriseSuspension) -> dict[str, object]:
    return {name: getattr(found, name) for name in ("version", "author", *SAID)}
