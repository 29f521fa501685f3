"""Activity times factor, in Decimals: rows, stages, gases, total per declared unit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext

from carbon import units
from carbon.footprint.gases import BIOGENIC, CO2, CO2E, gwp
from carbon.footprint.sheet import STAGES, Caution, FactorCopy, Fuel, Result, Row, RowResult, Sheet
from core.errors import Invalid

# A context of its own, so that a footprint is the same number whatever the caller's precision is.
ARITHMETIC = Context(prec=28, rounding=ROUND_HALF_EVEN)
CARBON_TO_CO2 = (Decimal(44), Decimal(12))
ELECTRICITY = ("Wh", "kWh", "MWh", "GWh", "万kWh")


@dataclass(frozen=True)
class _Emission:
    """kgCO2e of a row over the whole output."""

    gas: str
    value: Decimal | None


def compute(sheet: Sheet) -> Result:
    """Raise Invalid when a unit is unknown or does not fit, or the output is not above zero."""
    with localcontext(ARITHMETIC):
        scale = _scale(sheet)
        emissions = [_emission(row, sheet.gwp) for row in sheet.rows]
        values = [None if e.value is None else e.value * scale[0] / scale[1] for e in emissions]
        total = _sum(values)
        return Result(
            total=total,
            unit=f"kgCO2e/{sheet.declared}",
            stages=_by([row.stage for row in sheet.rows], values, STAGES),
            gases=_by([e.gas for e in emissions], values),
            rows=tuple(
                RowResult(row.name, row.stage, e.gas, value, _share(value, total))
                for row, e, value in zip(sheet.rows, emissions, values, strict=True)
            ),
            cautions=tuple(_cautions(sheet)),
        )


def gas_of(factor: FactorCopy) -> str:
    """What is emitted: the gas of the unit, or the one a value in CO2e is stated to cover."""
    basis = units.split(factor.unit).basis
    return factor.gas_basis if basis in (CO2E, CO2) and factor.gas_basis else basis


def is_grid_factor(factor: FactorCopy) -> bool:
    """A factor of CO2 alone per unit of electricity: the grid's, not a footprint's."""
    ratio = units.split(factor.unit)
    return factor.category == "electricity" or (ratio.basis == CO2 and ratio.denominator in ELECTRICITY)


def _scale(sheet: Sheet) -> tuple[Decimal, Decimal]:
    """(declared, output) in the same unit: their ratio brings the whole output to the declared unit."""
    if sheet.output.amount <= 0 or sheet.declared.amount <= 0:
        raise Invalid("output-not-positive", {"output_amount": "output-not-positive"})
    return sheet.declared.amount * units.factor(sheet.declared.unit, sheet.output.unit), sheet.output.amount


def _emission(row: Row, report: str) -> _Emission:
    if row.fuel is not None:
        return _Emission(CO2, None if row.quantity is None else _burnt(row.quantity, row.unit, row.fuel))
    if row.factor is None:
        return _Emission(CO2E, None)
    gas = gas_of(row.factor)
    if row.quantity is None:
        return _Emission(gas, None)
    ratio = units.split(row.factor.unit)
    kilograms = row.quantity * units.factor(row.unit, ratio.denominator) * row.factor.value
    return _Emission(gas, kilograms * units.factor(ratio.numerator, "kg") * gwp(report, ratio.basis))


def _burnt(quantity: Decimal, unit: str, fuel: Fuel) -> Decimal:
    """NCV x CC x OF x 44/12, in kgCO2."""
    heat = units.split(fuel.ncv_unit)
    energy = quantity * units.factor(unit, heat.denominator) * fuel.ncv * units.factor(heat.numerator, "TJ")
    return energy * fuel.carbon_content * 1000 * fuel.oxidation * CARBON_TO_CO2[0] / CARBON_TO_CO2[1]


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    declared = [value for value in values if value is not None]
    return sum(declared, Decimal(0)) if declared else None


def _by(
    keys: Sequence[str], values: Sequence[Decimal | None], order: Sequence[str] = ()
) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for key, value in zip(keys, values, strict=True):
        if value is not None:
            sums[key] = sums.get(key, Decimal(0)) + value
    return {key: sums[key] for key in [*order, *sorted(sums.keys() - set(order))] if key in sums}


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
    shown, gas = {"factor": f"{factor.value.normalize():f} {factor.unit}"}, gas_of(factor)
    if is_grid_factor(factor):
        yield "grid-factor-in-footprint", shown
    elif gas == CO2 and units.split(factor.unit).basis == CO2:
        yield "co2-counted-as-co2e", shown
    if gas == BIOGENIC:
        yield "biogenic-co2-in-total", shown
    if factor.category == "gwp" and f"-{report}-" not in factor.code:
        yield "gwp-set-differs", shown | {"gwp": report}
