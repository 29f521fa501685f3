"""What is handed in about assignments, with their steps, and what programs are answered."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from core.api import Answered
from core.lifecycle import Key
from core.members import Body, ColumnText, Text, at_most
from core.step.shapes import Facts, Nothing, Reason, SubjectAnswer
from procurement.assignments.models import AssignedProduct, CategoryAssignment
from procurement.assignments.operations import MOST
from procurement.assignments.queries import Waiting
from procurement.assignments.workflow import ASSIGNMENT

ASKS: dict[Key, type[Facts]] = {
    (ASSIGNMENT, "confirm"): Nothing,
    (ASSIGNMENT, "drop"): Reason,
}


class Proposed(Body):
    """The products of these certificates: as the rules decide each, or all to the code that is given."""

    numbers: Annotated[list[Text], at_most(MOST)] = Field([], description="Of certificates.")
    category_edition: Annotated[str, ColumnText(AssignedProduct.category_edition)] = ""
    category_code: Annotated[str, ColumnText(AssignedProduct.category_code)] = ""
    note: Annotated[str, ColumnText(CategoryAssignment.note)] = Field(
        "", description="What it rests on; needed where the rules do not decide it so."
    )


class Assigned(Answered):
    """`decided` is the code by the rules, `reason` how they came to it, `values` what was read."""

    number: str
    product: str
    maker: str
    category_edition: str
    category_code: str
    category_name: str
    decided: str
    reason: str
    values: str


class AssignmentAnswer(SubjectAnswer):
    """One assignment, with the steps open to the caller."""

    version: int
    author: str
    note: str
    confirmed_by: str
    confirmed_at: datetime | None
    products: list[Assigned]


class Assignments(Answered):
    total: int
    items: list[AssignmentAnswer]


class Undecided(Answered):
    """A product whose 品目 nobody confirmed; `category_code` is what the rules decide, or empty."""

    number: str
    product: str
    maker: str
    scheme_code: str
    category_edition: str
    category_code: str
    reason: str
    values: list[str]


class UndecidedProducts(Answered):
    total: int
    items: list[Undecided]


def assignment(found: CategoryAssignment) -> dict[str, object]:
    names = ("version", "author", "note", "confirmed_by", "confirmed_at")
    products = [{name: getattr(each, name) for name in Assigned.model_fields} for each in found.products]
    return {name: getattr(found, name) for name in names} | {"products": products}


def undecided(found: Waiting) -> dict[str, object]:
    edition, code = found.decided.code or ("", "")
    return {
        "number": found.entry.number,
        "product": found.entry.name,
        "maker": found.entry.maker,
        "scheme_code": found.entry.scheme_code,
        "category_edition": edition,
        "category_code": code,
        "reason": found.decided.reason,
        "values": list(found.decided.values),
    }
