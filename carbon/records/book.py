"""The JSON of each kind of record, told for whoever sends it: docs/records.md is what this says."""

from collections.abc import Iterator

from carbon import units
from carbon.records.fields import Choice, Day, Emission, Field, Many, Measured, Year
from carbon.records.ledger import Month, Number
from carbon.records.links import Files
from carbon.records.record import Kind
from carbon.records.registry import CONDITIONS, KINDS, LEDGER, SPREAD
from carbon.records.spread import LEAST, MOST, Deviation

LEDGER_TOLD = """## The ledger of any record

Beside the members of its kind. With `months` the amount of the record is their sum and need not be sent;
another amount is refused. No month lies outside the period of the inventory. `product_amount` / `site_amount`
is the product's part of a site's meter: the record counts with so much of its amount.

| member | must | what | usual, possible, source |
|---|---|---|---|"""

SPREAD_TOLD = """
## The spread of any record

Beside the members of its kind: how far off it may be. `gsd` is a geometric standard deviation; where somebody
relies on the record, `gsd_source` says from where it is known. Or, instead, a pedigree, whole: `data_kind`
gives the basic uncertainty, the five grades, 1 best, add to it (ecoinvent report 1, 2007, table 7.2; data
quality guideline for ecoinvent version 3, 2013, table 10.4). A record without either is taken as certain, and
counted as one of which nothing was stated.

| member | must | what | usual, possible, source |
|---|---|---|---|"""

CONDITIONS_TOLD = """
## What else any record may say

A volume with a `density` counts as its mass, and the source of the density must be said. A gas in m³ with a
`gas_condition` counts as normal cubic metres: × 273.15 / 293.15 from 20 °C, at the same 101.325 kPa; one with
the `gas_temperature` and absolute `gas_pressure` at the meter as × 273.15 / (273.15 + °C) × kPa / 101.325.
`apart` tells a record, or one leg of it, apart in the answer; it stays in the total.

| member | must | what | usual, possible, source |
|---|---|---|---|"""

HEAD = """# Records

What a row of `POST /api/v1/footprints/preview` and of `PUT /api/v1/applications/<id>/inventory` may state,
by its `kind`. `flask carbon records` writes this from the registry in `carbon/records/`; a test holds it.

A quantity is a number with its unit, `{"amount": "20.9", "unit": "GJ/t"}`; other spellings of a unit, such as
`GJ/吨`, are read. Where *alone* names a unit, a number alone is in it. What lies outside *usual* is asked
about; what lies outside *possible* is refused. Beside these members every row has its name, stage, amount and
unit, and, where the kind says so, a factor. Members of another kind are refused.
"""


def book() -> str:
    ledger, spread, conditions = (
        [line for each in fields for line in _rows(each)] for fields in (LEDGER, SPREAD, CONDITIONS)
    )
    kinds = [_kind(kind) for kind in KINDS.values()]
    told = [LEDGER_TOLD, *ledger, SPREAD_TOLD, *spread, CONDITIONS_TOLD, *conditions]
    return "\n".join([HEAD, *kinds, *told]) + "\n"


def _kind(kind: Kind) -> str:
    lines = [f"## {kind.slug}", ""]
    lines += [f"Amount like {', '.join(kind.per) or 'what its factor is per'}; {_factor(kind)}."]
    lines += [f"Source: {kind.source}."] if kind.source else []
    if kind.fields:
        lines += ["", "| member | must | what | usual, possible, source |", "|---|---|---|---|"]
        lines += [line for each in kind.fields for line in _rows(each)]
    return "\n".join([*lines, ""])


def _factor(kind: Kind) -> str:
    if not kind.factor:
        return "no factor"
    return f"with a factor per {' or '.join(kind.factor_per)}" if kind.factor_per else "with a factor"


def _rows(each: Field, within: str = "") -> Iterator[str]:
    must = "yes" if each.required else ""
    yield f"| `{within}{each.name}` | {must} | {_what(each)} | {_ranges(each)} |"
    if isinstance(each, Many):
        for inner in each.of:
            yield from _rows(inner, f"{within}{each.name}[].")


def _what(each: Field) -> str:
    match each:
        case Choice():
            return "one of " + ", ".join(f"`{choice}`" for choice in each.choices)
        case Day():
            return "a day, `2026-11-29`"
        case Year():
            return "a year, `2025`"
        case Many():
            return "a list"
        case Deviation():
            return f"a number, {LEAST} to {MOST}"
        case Emission():
            return "a factor, such as " + ", ".join(f"`{unit}`" for unit in each.units[:2])
        case Month():
            return "a month, `2025-01`"
        case Number():
            return "a number in the unit of the row"
        case Files():
            return "a list of files of the case, each by its SHA-256"
        case Measured(units=offered) if offered == units.OFFERED:
            return "an amount in any unit"
        case Measured():
            alone = f"; alone `{'`, `'.join(each.bare)}`" if each.bare else ""
            return ", ".join(f"`{unit}`" for unit in each.units) + alone
    return "a text"


def _ranges(each: Field) -> str:
    if not isinstance(each, Measured):
        return ""
    usual = [f"usual {found} ({found.source})" for found in each.usual]
    possible = [f"possible {found}" for found in each.limits]
    return "; ".join([*usual, *possible])
