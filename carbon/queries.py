"""Reads of carbon.  Who may see a case's inventory is settled by the office that holds the case."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from carbon import synonyms, units
from carbon.checks import across, check_of
from carbon.factors import PARAMETERS
from carbon.footprint import Caution, FactorCopy
from carbon.models import ActivityRow as ActivityRow
from carbon.models import Factor as Factor
from carbon.models import Footprint as Footprint
from carbon.models import Inventory as Inventory
from carbon.words import area_of as area_of
from carbon.words import ask, say_cautions
from carbon.words import choice_name as choice_name
from carbon.words import hint_of as hint_of
from carbon.words import quantity_name as quantity_name
from carbon.words.said import stated_said as stated_said
from core.db import db
from core.errors import Invalid, NotFound

# What a row of each stage most often needs; its factors are shown first.
CATEGORIES_OF_STAGE = {
    "raw_material": ("material", "transport", "water"),
    "manufacturing": ("electricity_footprint", "fuel_combustion", "heat", "process_clinker"),
    "distribution": ("transport",),
    "use": ("electricity_footprint",),
    "end_of_life": ("waste", "transport"),
}
MOST_TOTALS = 200  # a median of more says the same
COPIED = (
    Factor.value,
    Factor.unit,
    Factor.gas_basis,
    Factor.code,
    Factor.version,
    Factor.name_zh,
    Factor.name_en,
    Factor.category,
    Factor.region,
    Factor.source,
    Factor.source_year,
    Factor.confidence,
    Factor.source_en,
    Factor.gwp,
)


def inventories_with(row: object) -> list[int]:
    """The ids of the inventories that draw on a row: themselves, one of their sources, a factor."""
    match row:
        case Inventory():
            return [row.id]
        case ActivityRow():
            return [row.inventory_id]
        case Factor():
            query = select(ActivityRow.inventory_id).where(ActivityRow.factor_id == row.id).distinct()
            return list(db.session.scalars(query.order_by(ActivityRow.inventory_id)))
    return []


# Factors


def factor(code: str, version: int | None = None) -> Factor:
    """The newest version of a factor, or the one named."""
    query = select(Factor).where(Factor.code == code).order_by(Factor.version.desc()).limit(1)
    if version is not None:
        query = query.where(Factor.version == version)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound("factor-unknown", code=code)
    return found


def search_factors(
    text: str = "", unit: str = "", region: str = "", stage: str = "", limit: int | None = 20
) -> tuple[int, list[Factor]]:
    """How many factors match, and the first `limit` of them (None: all), the likeliest first.

    Every word of `text`, or one for the same thing, stands in the code, a name or the source;
    `unit` is one that the quantity is in, and converts to the factor's; `region` is a GB/T 2260 code or
    another region of the library, with what holds for all of China beside it.  Parameters of fuels are no
    factors and are left out.  Raise Invalid when the unit is unknown.
    """
    unit = units.canonical(unit) if unit else ""
    query = _newest(select(Factor)).where(Factor.category.not_in(PARAMETERS))
    for part in text.split():
        query = query.where(_holds(part))
    if region:
        query = query.where(Factor.region.in_(_regions(region)))
    if unit:
        spelt = db.session.scalars(select(Factor.unit).distinct())
        query = query.where(Factor.unit.in_([each for each in spelt if _fits(each, unit)]))
    found = list(db.session.scalars(query))
    found.sort(key=lambda row: _rank(row, region, stage))
    return len(found), found[:limit]


def newest_factors(codes: Iterable[str] | None = None) -> dict[str, Factor]:
    """The newest version of each code, or of every factor."""
    query = select(Factor).order_by(Factor.version)
    if codes is not None:
        query = query.where(Factor.code.in_(codes))
    return {row.code: row for row in db.session.scalars(query)} if codes is None or codes else {}


def newest_copies(codes: Iterable[str]) -> dict[str, FactorCopy]:
    """The same as plain values, for those who only compute."""
    if not codes:
        return {}
    query = select(*COPIED).where(Factor.code.in_(codes)).order_by(Factor.version)
    return {row.code: FactorCopy(*row) for row in db.session.execute(query)}


def copies_of(*categories: str) -> tuple[FactorCopy, ...]:
    """The newest version of every factor of these categories."""
    query = select(*COPIED).where(Factor.category.in_(categories)).order_by(Factor.version, Factor.code)
    return tuple({row.code: FactorCopy(*row) for row in db.session.execute(query)}.values())


def newest_versions(codes: Iterable[str]) -> dict[str, int]:
    query = select(Factor.code, func.max(Factor.version)).where(Factor.code.in_(codes)).group_by(Factor.code)
    return dict(db.session.execute(query).all()) if codes else {}


def unit_choices(factor_unit: str) -> tuple[str, ...]:
    """The units a quantity may be typed in beside a factor of this unit."""
    return units.convertible(units.split(factor_unit).denominator)


# Inventories and footprints


def inventory(inventory_id: int) -> Inventory:
    """With its rows and their factors."""
    found = db.session.get(Inventory, inventory_id, options=[selectinload(Inventory.rows)])
    if found is None:
        raise NotFound("inventory-unknown")
    return found


def footprint(footprint_id: int) -> Footprint:
    found = db.session.get(Footprint, footprint_id)
    if found is None:
        raise NotFound("footprint-unknown")
    return found


def footprint_of(inventory_id: int) -> Footprint | None:
    """The newest one that was frozen of an inventory."""
    query = select(Footprint).where(Footprint.inventory_id == inventory_id)
    return db.session.scalar(query.order_by(Footprint.id.desc()).limit(1))


def totals(footprints: Select[int] | Select[int | None], unit: str, boundary: str) -> tuple[Decimal, ...]:
    """What those of the selected footprints came to that are stated in this unit and boundary: the newest."""
    query = select(Footprint.total).where(Footprint.id.in_(footprints), Footprint.unit == unit)
    query = query.where(Footprint.boundary == boundary)
    return tuple(db.session.scalars(query.order_by(Footprint.id.desc()).limit(MOST_TOTALS)))


def certificates_taken(inventories: Select[int]) -> dict[str, Decimal]:
    """How many kWh of each certificate of green power the selected inventories take together."""
    rows = select(ActivityRow).where(
        ActivityRow.inventory_id.in_(inventories), ActivityRow.kind == "electricity"
    )
    found = db.session.scalars(rows.order_by(ActivityRow.id))
    return dict(across.taken(row.record for row in found))


class Spoken(TypedDict):
    """A caution as it is read; `row` is the place of its row, None of the whole."""

    slug: str
    row: int | None
    severity: str
    message: str
    question: str


def spoken(cautions: Iterable[Caution | Mapping[str, Any]]) -> list[Spoken]:  # JSON
    """Cautions of a result, or `warnings` of a stored footprint, with their sentences and questions; what is
    only said has no question."""
    plain = [caution if isinstance(caution, Mapping) else vars(caution) for caution in cautions]
    messages = say_cautions((caution["slug"], caution["detail"]) for caution in plain)
    return [
        {
            "slug": caution["slug"],
            "row": caution["row"],
            "severity": check_of(caution["slug"]).severity,
            "message": message,
            "question": ask(caution["slug"], caution["detail"]),
        }
        for caution, message in zip(plain, messages, strict=True)
    ]


def _newest(query: Select[Factor]) -> Select[Factor]:
    newest = select(Factor.code, func.max(Factor.version).label("version")).group_by(Factor.code).subquery()
    return query.join(newest, (newest.c.code == Factor.code) & (newest.c.version == Factor.version))


def _holds(part: str) -> ColumnElement[bool]:
    columns = (Factor.code, Factor.name_zh, Factor.name_en, Factor.source, Factor.source_en)
    named = [Factor.name_zh.icontains(name, autoescape=True) for name in synonyms.of(part)]
    return or_(*(column.icontains(part, autoescape=True) for column in columns), *named)


def _regions(region: str) -> tuple[str, ...]:
    province = f"{region[:2]}0000" if region.isdecimal() else region
    return (province, "CN", "World")


def _fits(factor_unit: str, unit: str) -> bool:
    try:
        units.factor(unit, units.split(factor_unit).denominator)
    except Invalid:
        return False
    return True


def _rank(row: Factor, region: str, stage: str) -> tuple[int, bool, int, int, str]:
    """Category of the stage, own region before China before the rest, seen before memory, newest data."""
    wanted = CATEGORIES_OF_STAGE.get(stage, ())
    place = wanted.index(row.category) if row.category in wanted else len(wanted)
    near = _regions(region or "CN")
    distance = near.index(row.region) if row.region in near else len(near)
    return place, row.confidence == "memory", distance, -row.source_year, row.code
