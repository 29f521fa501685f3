"""Activity times factor: rows, stages, gases, and what must be said about them."""

from dataclasses import replace
from decimal import Decimal, getcontext, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from carbon.footprint import (
    FactorCopy,
    Fuel,
    Quantity,
    Row,
    Sheet,
    compute,
    gwp,
    rows_from_plain,
    rows_to_plain,
    share_sum,
    stage_sum,
)
from core.errors import Invalid

TONNE = Quantity(Decimal(1), "t")


def factor(value="1", unit="kgCO2e/kg", gas="", **more) -> FactorCopy:
    return FactorCopy(Decimal(value), unit, gas, **more)


def row(quantity="1", unit="kg", of=None, stage="manufacturing", **more) -> Row:
    made = None if quantity is None else Decimal(quantity)
    return Row(more.pop("name", "r"), stage, made, unit, factor=of, **more)


def sheet(*rows: Row, declared=TONNE, output=TONNE, report="AR6") -> Sheet:
    return Sheet(declared, output, report, rows)


def slugs(result) -> list[str]:
    return [caution.slug for caution in result.cautions]


def test_the_total_is_the_sum_of_rows_per_declared_unit():
    output = Quantity(Decimal(2000), "kg")
    rows = (row("10", "kWh", factor("0.5777", "kgCO2e/kWh"), "use"), row("3", "t", factor("2", "tCO2e/t")))
    result = compute(sheet(*rows, output=output))
    assert result.unit == "kgCO2e/t"
    assert [r.value for r in result.rows] == [Decimal("2.8885"), Decimal(3000)]
    assert result.stages == {"manufacturing": Decimal(3000), "use": Decimal("2.8885")}
    assert result.total == Decimal("3002.8885")
    assert sum(r.share for r in result.rows) == 1


def test_a_declared_unit_of_several_is_named_with_its_amount():
    declared = Quantity(Decimal(10), "m2")
    result = compute(sheet(row("5", "kg", factor()), declared=declared, output=Quantity(Decimal(1), "m2")))
    assert (result.total, result.unit) == (Decimal(50), "kgCO2e/10 m2")


def test_not_declared_is_not_zero():
    nothing = compute(sheet(row(None, "kg", factor()), row("1", "kg")))
    assert (nothing.total, nothing.stages) == (None, {})
    assert slugs(nothing) == ["row-not-declared", "factor-missing"]
    zero = compute(sheet(row("0", "kg", factor())))
    assert (zero.total, zero.stages) == (Decimal(0), {"manufacturing": Decimal(0)})
    assert slugs(zero) == []


@pytest.mark.parametrize(
    ("of", "unit", "expected"),
    [
        (factor("0.525", "tCO2/t"), "t", ["co2-counted-as-co2e"]),
        (
            factor("0.5827", "kgCO2/kWh", "CO2", category="electricity", code="G"),
            "kWh",
            ["grid-factor-in-footprint"],
        ),
        (factor("0.581", "tCO2/MWh"), "kWh", ["grid-factor-in-footprint"]),
        (factor("0.5777", "kgCO2e/kWh", "CO2e", category="electricity_footprint"), "kWh", []),
        (factor("111833.3", "kgCO2/TJ", "CO2-biogenic"), "GJ", ["biogenic-co2-in-total"]),
        (factor("-1.6", "kgCO2e/kg"), "kg", ["negative-contribution"]),
        (factor("28", "kgCO2e/kg", "CH4", category="gwp", gwp="AR5"), "kg", ["gwp-set-differs"]),
        (factor("27", "kgCO2e/kg", "CH4", category="gwp", gwp="AR6"), "kg", []),
        (factor("0.62715", "kgCO2e/t·km", "CO2"), "t·km", []),
    ],
)
def test_a_factor_says_what_is_doubtful_about_it(of, unit, expected):
    assert slugs(compute(sheet(row("1", unit, of)))) == expected


@pytest.mark.parametrize(("report", "methane"), [("AR4", 25), ("AR5", 28), ("AR6", "27.0")])
def test_gases_count_by_the_report_that_was_chosen(report, methane):
    rows = (
        row("1", "TJ", factor("10", "kgCH4/TJ")),
        row("2", "kg", factor("3", "kgCO2e/kg")),
        row("1", "kg", factor("5", "kgCO2e/kg", "CH4")),
    )
    result = compute(sheet(*rows, report=report))
    assert result.gases == {"CH4": 10 * Decimal(methane) + 5, "CO2e": Decimal(6)}
    assert result.total == sum(result.gases.values())


def test_a_fuel_is_computed_from_its_own_analysis():
    fuel = Fuel(Decimal("389.31"), "GJ/万Nm3", Decimal("15.3"), Decimal("0.99"))
    result = compute(sheet(row("10000", "Nm3", fuel=fuel)))
    assert result.total == Decimal("389.31") / 1000 * Decimal("15.3") * 1000 * Decimal("0.99") * 44 / 12
    assert (result.gases, slugs(result)) == ({"CO2": result.total}, ["co2-counted-as-co2e"])


@pytest.mark.parametrize(
    ("wrong", "slug"),
    [
        (sheet(row("1", "kg", factor("1", "kgCO2e/kWh"))), "unit-does-not-fit"),
        (sheet(row("1", "foo", factor())), "unit-unknown"),
        (sheet(row("1", "t", factor("26.7", "GJ/t"))), "unit-does-not-fit"),
        (sheet(row("1", "kg", factor("1", "kgXYZ/kg"))), "gas-unknown"),
        (sheet(row("1", "kg", factor()), report="AR7"), "gwp-unknown"),
        (sheet(row("1", "kg", factor()), output=Quantity(Decimal(0), "t")), "output-not-positive"),
        (sheet(row("1", "kg", factor()), output=Quantity(Decimal(1), "m2")), "unit-does-not-fit"),
    ],
)
def test_what_cannot_be_computed_is_refused(wrong, slug):
    with pytest.raises(Invalid) as refused:
        compute(wrong)
    assert refused.value.slug == slug


def test_the_number_does_not_depend_on_the_callers_precision():
    third = sheet(row("1", "kg", factor("1", "kgCO2e/kg")), output=Quantity(Decimal(3), "t"))
    with localcontext() as rough:
        rough.prec = 5
        assert compute(third).total == Decimal("0.3333333333333333333333333333")
    assert getcontext().prec == 28


def test_a_sheet_comes_back_from_json_as_it_was():
    rows = (
        row("12.50", "kWh", factor("0.5777", "kgCO2e/kWh", "CO2e", code="E", version=2, source_year=2024)),
        row(None, "kg", evidence="台账", quality="B"),
        row("2", "t", fuel=Fuel(Decimal("28.435"), "GJ/t", Decimal("29.5"), Decimal("0.93"))),
    )
    first = compute(sheet(*rows))
    again = rows_from_plain(rows_to_plain(rows, first))
    assert again == rows
    assert compute(sheet(*again)) == first


def test_stages_that_were_not_declared_count_for_nothing():
    total, cautions = stage_sum({"A1": Decimal(3), "A2": None}, Decimal(3))
    assert (total, cautions) == (Decimal(3), ())
    assert stage_sum({"A1": None}, Decimal(3)) == (None, ())
    assert stage_sum({"A1": Decimal(0)}, Decimal(0)) == (Decimal(0), ())
    assert share_sum({"a": Decimal("0.6"), "b": Decimal("0.4"), "c": None})[1] == ()


def test_what_every_report_knows_is_known_for_every_gas():
    assert gwp("AR6", "SF6") == 25200
    assert gwp("AR5", "CO2") == 1


quantities = any_.decimals("0.000001", "1000000", allow_nan=False, allow_infinity=False, places=6)
factors = any_.sampled_from(
    [("kg", factor("2.4")), ("t", factor("0.525", "tCO2/t")), ("MJ", factor("0.5777", "kgCO2e/kWh"))]
)
rows_of_any = any_.lists(
    any_.builds(lambda q, uf: row(str(q), uf[0], uf[1]), quantities, factors), min_size=1, max_size=12
)


@given(rows_of_any, any_.integers(1, 1000))
def test_twice_the_activity_is_twice_the_footprint(rows, times):
    once = compute(sheet(*rows)).total
    more = compute(sheet(*(replace(r, quantity=r.quantity * times) for r in rows))).total
    assert abs(more - once * times) <= more * Decimal("1e-24")


@given(rows_of_any, any_.integers(1, 1000))
def test_activity_and_output_grow_together_without_effect(rows, times):
    once = compute(sheet(*rows)).total
    output = Quantity(Decimal(times), "t")
    more = compute(sheet(*(replace(r, quantity=r.quantity * times) for r in rows), output=output)).total
    assert abs(more - once) <= once * Decimal("1e-24")


@given(rows_of_any)
def test_rows_stages_and_gases_are_three_ways_to_the_total(rows):
    result = compute(sheet(*rows))
    for parts in ((r.value for r in result.rows), result.stages.values(), result.gases.values()):
        assert abs(sum(parts) - result.total) <= result.total * Decimal("1e-24")
