"""The catalogue of 品目 for programs."""

from typing import TYPE_CHECKING

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from accounts.session import public
from core.api import Answered, PageNumber, asked_in, described
from core.web import json_response
from procurement.categories import queries

if TYPE_CHECKING:
    from procurement.models import Category as Row

bp = Blueprint("categories_api", __name__, url_prefix="/api/v1")


class CategoriesQuery(BaseModel):
    edition: str = Field(
        "", max_length=20, description="2013 or 2022; a code means nothing without its edition."
    )
    q: str = Field("", max_length=200, description="The beginning of a code, or parts of a name.")
    page: PageNumber = 1
    per_page: int = Field(50, ge=1, le=200)


class Code(Answered):
    edition: str
    code: str
    name: str


class Category(Answered):
    """`before` and `after` are the codes of the same goods in other editions, `elsewhere` what the same code
    means in them; `suspect` says that the name carries text glued on by its source."""

    edition: str
    code: str
    name: str
    level: int
    parent: str
    suspect: bool
    source: str
    before: list[Code]
    after: list[Code]
    elsewhere: list[Code]


class Categories(Answered):
    total: int
    items: list[Category]


@bp.get("/categories")
@described("procurement", query=CategoriesQuery, answer=Categories)
@public
def categories() -> ResponseReturnValue:
    """The 品目 of one edition of the catalogue, found by code or name, with their codes in other editions."""
    asked = asked_in(CategoriesQuery)
    page = queries.found(asked.edition, asked.q, False, asked.page, asked.per_page)
    related = queries.related(asked.edition, (each.code for each in page.items))
    return json_response(
        {
            "total": page.total,
            "items": [_plain(each, related[each.code]) for each in page.items],
        }
    )


NAMES = ("edition", "code", "name", "level", "parent", "suspect", "source")


def _plain(category: "Row", related: queries.Related) -> dict[str, object]:
    before = [(each.from_edition, each.from_code, each.from_name) for each in related.before]
    after = [(each.to_edition, each.to_code, each.to_name) for each in related.after]
    elsewhere = [(edition, category.code, name) for edition, name in related.other.items()]
    return {name: getattr(category, name) for name in NAMES} | {
        member: [dict(zip(NAMES[:3], each, strict=True)) for each in found]
        for member, found in (("before", before), ("after", after), ("elsewhere", elsewhere))
    }
