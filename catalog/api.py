"""The catalogue for programs: the same search as the page."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, Field

from accounts.session import public
from catalog import queries
from catalog.search import GROUPS, SORTS, STATUSES, Criteria
from catalog.search.ask import Range
from core import asked
from core.api import Answered, PageNumber, asked_in, described
from core.clock import today
from core.errors import Invalid
from core.members import Amount, at_most
from core.readers import numbers
from core.web import json_response, public_address

if TYPE_CHECKING:
    from catalog.models import Entry

bp = Blueprint("catalog_api", __name__, url_prefix="/api/v1")


Status = Literal[STATUSES]  # type: ignore[valid-type]  # its words are those of a tuple
Sort = Literal["", *SORTS]  # type: ignore[valid-type]  # likewise
Several = Annotated[list[str], at_most(asked.MOST)]


class ProductsQuery(BaseModel):
    """A choice may be given several times; several in one group mean any of them."""

    q: str = Field("", max_length=200, description="Name, model, maker or certificate number.")
    category: Several = Field(default_factory=list)
    below: Several = Field(default_factory=list, description="Percent below limit: 30, 20, 10, 0, none.")
    status: Annotated[list[Status], at_most(asked.MOST)] = Field(default_factory=list)
    family: Several = Field(default_factory=list)
    boundary: Several = Field(default_factory=list)
    region: Several = Field(
        default_factory=list, description="GB/T 2260: city of this province, or province."
    )
    parameter: Several = Field(
        default_factory=list,
        description="slug=value of a parameter that a rule shows as a filter; slug=from..to of a number,"
        " either end may be left out.",
    )
    carbon_from: Amount | None = None
    carbon_to: Amount | None = None
    sort: Sort = ""
    page: PageNumber = 1
    per_page: int = Field(20, ge=1, le=100)

    def criteria(self) -> Criteria:
        sort = self.sort or ("relevance" if self.q.strip() else "newest")
        chosen = {group: tuple(getattr(self, group)) for group in GROUPS if getattr(self, group)}
        parameters, ranges = parameters_in(self.parameter)
        return Criteria(self.q, chosen, self.carbon_from, self.carbon_to, sort, parameters, ranges)


def parameters_in(given: list[str]) -> tuple[dict[str, tuple[str, ...]], dict[str, Range]]:
    """What was asked of parameters: values by slug, and ranges by slug."""
    values, ranges = dict[str, tuple[str, ...]](), dict[str, Range]()
    for text in given:
        slug, sign, value = text.partition("=")
        low, between, high = value.partition("..")
        if not sign or not slug or (between and not (low or high)):
            raise Invalid("argument-unreadable", {"parameter": "argument-unreadable"})
        if between:
            ranges[slug] = (numbers.number(low) if low else None, numbers.number(high) if high else None)
        else:
            values[slug] = (*values.get(slug, ()), value)
    return values, ranges


class Footprint(Answered):
    value: str
    unit: str


class Product(Answered):
    id: int
    kind: str
    name: str
    name_en: str
    trademark: str
    models: list[str]
    maker: str
    region: str
    category: str
    family: str
    scheme: str
    certificate: str | None
    issued_on: date | None
    begins_on: date | None
    valid_to: date | None
    status: str
    status_on: date
    carbon: Footprint
    declared_unit: str
    boundary: str
    limit: str | None
    grade: str = Field(description="Slug of the grade that was granted; empty where the rule has none.")
    parameters: dict[str, list[str]] = Field(description="What may be looked for, of product and models.")
    demo: bool
    differs: list[str] = Field(description="What is not as its certificate was signed.")
    url: str


class Products(Answered):
    """`total` is always the whole; `counts` tells how many there would be under each choice still open."""

    total: int
    items: list[Product]
    next: str | None
    counts: dict[str, dict[str, int]]


class Stage(Answered):
    stage: str
    value: str


class Act(Answered):
    act: str
    on: date
    until: date | None
    reason: str


class Source(Answered):
    dataset: str
    licence: str
    report: str


class WholeProduct(Product):
    stages: list[Stage]
    acts: list[Act]
    source: Source | None


@bp.get("/products")
@described("catalog", query=ProductsQuery, answer=Products)
@public
def products() -> ResponseReturnValue:
    """Products, certified and declared, with their status today; `total` is always the whole.

    `differs` names what of a product is not as its certificate was signed."""
    asked = asked_in(ProductsQuery)
    listing = queries.products(asked.criteria(), asked.page, asked.per_page)
    page, day = listing.page, today()
    following = page.address(page.number + 1) if page.number < page.last else None
    differs = queries.differing(page.items)
    items = [_item(entry, day, differs[entry.id]) for entry in page.items]
    return json_response({"total": page.total, "items": items, "next": following, "counts": listing.counts})


@bp.get("/products/<id:entry_id>")
@described("catalog", answer=WholeProduct)
@public
def product(entry_id: int) -> ResponseReturnValue:
    """One product with its stages and its history; `differs` names what is not as its certificate says."""
    entry, day = queries.product(entry_id), today()
    acts = [{"act": act.kind, "on": act.on, "until": act.until, "reason": act.reason} for act in entry.acts]
    stages = [{"stage": slug, "value": value} for slug, value in entry.stages]
    more = {"stages": stages, "acts": acts, "source": _source(entry)}
    return json_response(_item(entry, day, queries.differs(entry)) | more)


def _item(entry: "Entry", day: date, differs: list[str]) -> dict[str, object]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "name": entry.name,
        "name_en": entry.name_en,
        "trademark": entry.trademark,
        "models": entry.models,
        "maker": entry.maker,
        "region": entry.region,
        "category": entry.category,
        "family": entry.family,
        "scheme": entry.scheme_code,
        "certificate": entry.number,
        "issued_on": entry.issued_on,
        "begins_on": entry.begins_on,
        "valid_to": entry.valid_to,
        "status": entry.status_on(day),
        "status_on": day,
        "carbon": {"value": entry.carbon, "unit": entry.carbon_unit},
        "declared_unit": entry.declared_unit,
        "boundary": entry.boundary,
        "limit": entry.limit,
        "grade": entry.grade,
        "parameters": entry.parameters,
        "demo": entry.demo,
        "differs": differs,
        "url": public_address("catalog.product", entry_id=entry.id),
    }


def _source(entry: "Entry") -> dict[str, object] | None:
    device = entry.device
    if device is None:
        return None
    return {"dataset": device.dataset, "licence": device.licence, "report": device.source}
