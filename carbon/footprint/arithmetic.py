"""Activity times factor, in Decimals: rows, stages, gases, total per declared unit.

`VERSIONS` are the ways in which this was done; a footprint is computed again in the way of its own time.
In the first each row was divided by the output before the rows were added, so that a sum that lies exactly
on its limit could come out above it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from carbon import units
from carbon.footprint import apart
from carbon.footprint.constants import TODAY, Constants
from carbon.footprint.gases import (
    APART,
    BIOGENIC,
    BIOGENIC_E,
    CO2,
    CO2E,
    LAND_USE,
    barred,
    part_of,
    stated,
)
from carbon.footprint.sheet import STAGES, Caution, FactorCopy, Fuel, Quantity, Result, Row, RowResult, Sheet
from core.errors import Invalid

# A context of its own, so that a footprint is the same number whatever the caller's precision is.
ARITHMETIC = Context(prec=28, rounding=ROUND_HALF_EVEN)
EXACT = Context(prec=300, rounding=ROUND_HALF_EVEN)  # wide enough that a sum is the same in any order
CARBON_TO_CO2 = (Decimal(44), Decimal(12))
Scale = tuple[Decimal, Decimal]  # declared and output in one unit: from the whole output to the declared unit
ONE: Scale = (Decimal(1), Decimal(1))
Add = Callable[[Sequence[Decimal | None]], Decimal | None]
VERSIONS = (1, 2)
LATEST = VERSIONS[-1]


class _Emission(NamedTuple):
    """kgCO2e of a row over the whole output."""

    gas: str
    value: Decimal | None


def compute(sheet: Sheet, constants: Constants = TODAY, version: int = LATEST) -> Result:
    """Raise Invalid when a unit is unknown or does not fit, or the output is not above zero."""
    with localcontext(ARITHMETIC):
        scale = _scale(sheet, constants)
        emissions = [_emission(row, sheet.gwp, constants) for row in sheet.rows]
        whole = [e.value for e in emissions]
        values = [_scaled(value, scale) for value in whole]
        add = partial(_divided_first, scale=scale) if version == 1 else partial(_added_first, scale=scale)
        total, kilograms = add(whole), _exact_sum(whole)
        return Result(
            total=total,
            exact=None if kilograms is None else exact(kilograms, sheet.declared, sheet.output, constants),
            kilograms=kilograms,
            unit=f"kgCO2e/{sheet.declared}",
            stages=_by([row.stage for row in sheet.rows], whole, add, STAGES),
            gases=_by([e.gas for e in emissions], whole, add),
            apart=_by([part_of(e.gas, e.value) for e in emissions], whole, add, APART),
            thereof=_of(apart.thereof(sheet.rows, whole), add, apart.THEREOF),
            pact=_of(apart.pact(sheet.rows, [e.gas for e in emissions], whole), add, apart.PACT),
            rows=tuple(
                RowResult(row.name, row.stage, e.gas, value, _share(value, total))
                for row, e, value in zip(sheet.rows, emissions, values, strict=True)
            ),
            cautions=tuple(_cautions(sheet)),
            fixed=tuple(place for place, row in enumerate(sheet.rows) if _is_fixed(row, sheet.gwp)),
        )


def exact(kilograms: Decimal, declared: Quantity, output: Quantity, constants: Constants) -> Fraction:
    """What kilograms of the whole output are per declared unit, without the rounding of a division."""
    one = constants.unit(declared.unit, output.unit)
    return Fraction(kilograms) * Fraction(declared.amount) * Fraction(one) / Fraction(output.amount)


def own_factor(value: Decimal | None, unit: str, source: str) -> FactorCopy | None:
    """A factor that was stated instead of chosen from the library."""
    return None if value is None else FactorCopy(value, unit, units.split(unit).basis, source=source)


def takes_away(quantity: Decimal | None, factor: FactorCopy | None) -> bool:
    """Whether a row makes the total less.  Carbon that a plant took up may; whatever else was bought, sold or
    avoided elsewhere has no ground in a row (GB/T 24067-2024 and ISO 14067: offsets stay outside)."""
    if not quantity or (factor and factor.gas == BIOGENIC):
        return False
    return (quantity < 0) != bool(factor and factor.value < 0)


def _is_fixed(row: Row, report: str) -> bool:
    """Its CO2e was made with somebody's set of potentials, which is not known to be the one that is asked."""
    factor = row.factor
    if factor is None or factor.gwp == report or factor.ratio.basis not in (CO2E, BIOGENIC_E):
        return False
    return factor.gas not in (CO2, BIOGENIC, LAND_USE)


def _scale(sheet: Sheet, constants: Constants) -> Scale:
    """(declared, output) in the same unit: their ratio brings the whole output to the declared unit."""
    if sheet.output.amount <= 0 or sheet.declared.amount <= 0:
        raise Invalid("output-not-positive", {"output_amount": "output-not-positive"})
    one = constants.unit(sheet.declared.unit, sheet.output.unit)
    return sheet.declared.amount * one, sheet.output.amount


def _scaled(value: Decimal | None, scale: Scale) -> Decimal | None:
    return None if value is None else value * scale[0] / scale[1]


def _emission(row: Row, report: str, constants: Constants) -> _Emission:
    if row.fuel is not None:
        quantity = row.quantity
        return _Emission(CO2, None if quantity is None else _burnt(quantity, row.unit, row.fuel, constants))
    if row.factor is None:
        return _Emission(CO2E, None)
    gas = row.factor.gas
    if row.quantity is None:
        return _Emission(gas, None)
    ratio = row.factor.ratio
    kilograms = row.quantity * constants.unit(row.unit, ratio.denominator) * row.factor.value
    warming = constants.unit(ratio.numerator, "kg") * constants.gwp(report, ratio.basis)
    return _Emission(gas, kilograms * warming)


def _burnt(quantity: Decimal, unit: str, fuel: Fuel, constants: Constants) -> Decimal:
    """NCV x CC x OF x 44/12, in kgCO2."""
    heat = units.split(fuel.ncv_unit)
    amount = quantity * constants.unit(unit, heat.denominator)
    energy = amount * fuel.ncv * constants.unit(heat.numerator, "TJ")
    return energy * fuel.carbon_content * 1000 * fuel.oxidation * CARBON_TO_CO2[0] / CARBON_TO_CO2[1]


def _divided_first(values: Sequence[Decimal | None], scale: Scale) -> Decimal | None:
    declared = [value for value in values if value is not None]
    return sum((value * scale[0] / scale[1] for value in declared), Decimal(0)) if declared else None


def _added_first(values: Sequence[Decimal | None], scale: Scale) -> Decimal | None:
    """One division, of an exact sum: rounded once."""
    with localcontext(EXACT):
        whole = _exact_sum(values)
        product = None if whole is None else whole * scale[0]
    return None if product is None else product / scale[1]


def _exact_sum(values: Iterable[Decimal | None]) -> Decimal | None:
    with localcontext(EXACT):
        declared = [value for value in values if value is not None]
        return sum(declared, Decimal(0)) if declared else None


def _of(said: Iterable[apart.Said], add: Add, order: Sequence[str]) -> dict[str, Decimal]:
    told = list(said)
    return _by([key for key, _value in told], [value for _key, value in told], add, order)


def _by(
    keys: Sequence[str], values: Sequence[Decimal | None], add: Add, order: Sequence[str] = ()
) -> dict[str, Decimal]:
    """The sums of the values under each key; a key without a value is absent."""
    parts: dict[str, list[Decimal]] = {}
    for key, value in zip(keys, values, strict=True):
        if value is not None:
            parts.setdefault(key, []).append(value)
    there = [key for key in [*order, *sorted(parts.keys() - set(order))] if key in parts]
    return {key: found for key in there if (found := add(parts[key])) is not None}


def _share(value: Decimal | None, total: Decimal | None) -> Decimal | None:
    return None if value is None or not total else value / total


def _cautions(sheet: Sheet) -> Iterator[Caution]:
    for index, row in enumerate(sheet.rows):
        for slug, detail in _row_cautions(row, sheet.gwp):
            yield Caution(slug, index, {"name": row.name, **detail})


def _row_cautions(row: Row, report: str) -> Iterator[tuple[str, dict[str, str]]]:
    if row.quantity is None:
        yield "row-not-declared", {}
    elif row.quantity < 0 or (row.factor and row.factor.value < 0):
        yield "negative-contribution", {}
    if row.fuel is not None:
        yield "co2-counted-as-co2e", {"factor": "NCV×CC×OF×44/12"}
    elif row.factor is None:
        yield "factor-missing", {}
    else:
        yield from _factor_cautions(row.factor, report)


def _factor_cautions(factor: FactorCopy, report: str) -> Iterator[tuple[str, dict[str, str]]]:
    gas = factor.gas
    if factor.is_of_grid:
        yield "grid-factor-in-footprint", _shown(factor)
    elif gas == CO2 and factor.ratio.basis == CO2:
        yield "co2-counted-as-co2e", _shown(factor)
    if gas == BIOGENIC:
        yield "biogenic-co2-in-total", _shown(factor)
    if barred(report, gas):
        values = "、".join(f"{said.value.normalize():f}" for said in stated(report, gas))
        yield "gwp-unsettled", {"gas": gas, "gwp": report, "values": values}
    if factor.gwp and factor.gwp != report:
        yield "gwp-set-differs", _shown(factor) | {"gwp": report}


def _shown(factor: FactorCopy) -> dict[str, str]:
    return {"factor": f"{factor.value.normalize():f} {factor.unit}"}
