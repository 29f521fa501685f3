"""The goods of a purchase as programs hand them in and are answered."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from core.api import Answered
from core.members import Body, Day, at_most
from procurement.rules import Policy
from procurement.tender import queries, told
from procurement.tender.queries import MOST
from procurement.verdict.goods import Goods
from procurement.verdict.shapes import Text


class GoodsLine(Body):
    """At least one of name and category."""

    name: Text = Field("", description="what the goods are called; no brand and no model")
    category: Text = Field("", description="品目 code of the 2022 catalogue")
    amount: Text = ""
    unit: Text = ""


class NewTender(Body):
    on: Day = Field(description="The day the answers are for.")
    items: Annotated[list[GoodsLine], Field(min_length=1), at_most(MOST)]


class Category(Answered):
    code: str
    name: str


class GoodsAnswer(Answered):
    """`likely` are the codes a person chooses from where `kind` is to-be-confirmed."""

    row: int
    name: str
    kind: str
    category: str
    category_name: str
    message: str
    notes: list[str]
    likely: list[Category]


class RuleAnswer(Answered):
    treatment: str
    basis: str
    mode: str
    criterion: str
    valid_from: date
    valid_to: date | None
    demo: bool


class RangeAnswer(Answered):
    unit: str
    boundary: str
    least: Decimal
    most: Decimal
    products: int


class ClauseAnswer(Answered):
    """`named`: the criterion of the rule names somebody, and was left out for it."""

    tender: str
    contract: str
    named: bool


class CategoryAnswer(Answered):
    """`few`: fewer than three products or makers qualify; unless `whole`, more may do so than were asked
    about."""

    category: str
    rules: list[RuleAnswer]
    products: int
    makers: int
    few: bool
    whole: bool
    carbon: list[RangeAnswer]
    clauses: list[ClauseAnswer]


class TenderAnswer(Answered):
    on: date
    data_version: int
    items: list[GoodsAnswer]
    categories: list[CategoryAnswer]


def answer(of: queries.Answer, data_version: int) -> dict[str, object]:
    return {
        "on": of.on,
        "data_version": data_version,
        "items": [_good(each) for each in of.goods],
        "categories": [_category(each, of) for each in of.of_policy],
    }


def _good(of: queries.Good) -> dict[str, object]:
    return {
        "row": of.line.row,
        "name": of.line.values.get("name", ""),
        "kind": of.kind,
        "category": of.code,
        "category_name": of.name,
        "message": told.why(of),
        "notes": told.notes(of),
        "likely": [{"code": code, "name": name} for code, name in of.likely],
    }


def _category(of: Goods, answer: queries.Answer) -> dict[str, object]:
    return {
        "category": of.code,
        "rules": [_rule(each) for each in of.rules],
        "products": of.products,
        "makers": of.makers,
        "few": queries.is_few(of),
        "whole": of.whole,
        "carbon": [{name: getattr(each, name) for name in RangeAnswer.model_fields} for each in of.ranges],
        "clauses": [vars(each) for each in answer.clauses[of.code]],
    }


def _rule(of: Policy) -> dict[str, object]:
    return {name: getattr(of, name) for name in RuleAnswer.model_fields}
