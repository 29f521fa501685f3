"""What makers hand in about their lines, and what programs are answered."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from core.api import Answered
from core.members import Body, ColumnText, OneOf
from procurement.confirmations.models import ANSWERS, SupplyAnswer

if TYPE_CHECKING:
    from procurement.confirmations.queries import Own


class Said(Body):
    """`pledged`: the word of the pledge is given; asked of a confirmation, as a reason is of a refusal."""

    answer: Annotated[str, OneOf(ANSWERS)] = ""
    contact: Annotated[str, ColumnText(SupplyAnswer.contact)] = ""
    reason: Annotated[str, ColumnText(SupplyAnswer.reason)] = ""
    pledged: bool = False
    version: int = Field(0, ge=0, le=2**31 - 1, description="Of what was said before; 0 where nothing was.")


class OwnAnswer(Answered):
    """One product of the caller in the edition that is shown; `answer` is empty while nothing was said, and
    `differs` names what is not as its certificate was signed."""

    number: str
    product: str
    models: list[str]
    differs: list[str]
    answer: str
    contact: str
    reason: str
    pledge: str
    version: int


class OwnAnswers(Answered):
    """`edition` is empty while none is shown."""

    edition: str
    until: date | None
    items: list[OwnAnswer]


def own(found: "Own") -> dict[str, object]:
    said = found.answer
    names = ("answer", "contact", "reason", "pledge")
    told = {name: getattr(said, name) if said else "" for name in names}
    lists = {name: [*getattr(found, name)] for name in ("models", "differs")}
    head = {"number": found.number, "product": found.product} | lists
    return head | told | {"version": said.version if said else 0}
