"""Purchases as programs hand them in and are answered."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from core.api import Answered
from core.lifecycle import StepTaken
from core.members import Amount, Body, ColumnText, Count, Day, Perhaps, at_most
from core.words import word
from procurement.bids import told
from procurement.purchases import queries
from procurement.purchases.models import Purchase
from procurement.purchases.operations import SAID
from procurement.purchases.reading import MOST


class PurchaseLine(Body):
    """`spend` in yuan and fen; `reference` is that of the contract or order, with its line."""

    bought_on: Perhaps[Day] = None
    unit: Annotated[str, ColumnText(Purchase.unit)] = ""
    reference: Annotated[str, ColumnText(Purchase.reference)] = ""
    category: Annotated[str, ColumnText(Purchase.category)] = ""
    product: Annotated[str, ColumnText(Purchase.product)] = ""
    number: Annotated[str, ColumnText(Purchase.number)] = ""
    model: Annotated[str, ColumnText(Purchase.model)] = ""
    maker: Annotated[str, ColumnText(Purchase.maker)] = ""
    spend: Perhaps[Amount] = None


class NewPurchases(Body):
    items: Annotated[list[PurchaseLine], Field(min_length=1), at_most(MOST)]


class Written(PurchaseLine):
    version: Count


class Removal(Body):
    """`reason` stays in the audit record."""

    version: Count
    reason: Annotated[str, ColumnText(StepTaken.reason)] = ""


class PurchaseAnswer(Answered):
    """`overall`, `message` and `data_version` are those of the verdict that was kept; `certified` says
    whether the purchase counts as low in carbon, `left_out` why it does not."""

    id: int
    version: int
    bought_on: date
    unit: str
    reference: str
    category: str
    product: str
    number: str
    model: str
    maker: str
    spend: Decimal
    overall: str
    certified: bool
    left_out: str
    message: str
    data_version: int
    asked_at: str


class LeftOutAnswer(Answered):
    """`reason` is a slug, `message` the same in words."""

    reason: str
    message: str
    purchases: int
    spend: Decimal


class ShareAnswer(Answered):
    """In yuan; `certified` is what counts as low in carbon, `left_out` what does not; `required` is what was
    spent where a policy was in force for the goods, `met` what of it was bought as it asks."""

    name: str
    purchases: int
    spend: Decimal
    certified: Decimal
    required: Decimal
    met: Decimal
    left_out: list[LeftOutAnswer]


class Purchases(Answered):
    year: int
    total: int
    whole: ShareAnswer
    units: list[ShareAnswer]
    items: list[PurchaseAnswer]


class Removed(Answered):
    removed: int


class Recorded(Answered):
    items: list[PurchaseAnswer]


class Shares(Answered):
    year: int
    items: list[ShareAnswer]


def purchase(of: Purchase) -> dict[str, object]:
    answer = queries.answer_of(of)
    own = {name: getattr(of, name) for name in ("id", "version", *SAID, "overall", "left_out")}
    return own | {
        "certified": of.counts,
        "message": told.sentence(told.why(answer)),
        "data_version": answer["data_version"],
        "asked_at": of.asked_at.isoformat(),
    }


def share(name: str, of: queries.Share) -> dict[str, object]:
    return {"name": name, **vars(of)} | {
        "left_out": [
            {"reason": slug, "message": str(word(f"left_out.{slug}")), "purchases": many, "spend": much}
            for slug, (many, much) in of.left_out.items()
        ]
    }
