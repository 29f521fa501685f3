"""Units as people spell them, and what one is in another."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from carbon import units
from core.errors import Invalid

pairs = any_.sampled_from([(a, b) for a in units.OFFERED for b in units.convertible(a)])
amounts = any_.decimals("0.000001", "999999999", allow_nan=False, allow_infinity=False, places=6)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("t·km", "t·km"), ("tkm", "t·km"), ("吨公里", "t·km"), ("t*km", "t·km"), ("t.km", "t·km"),
        ("m²", "m2"), ("㎡", "m2"), ("m^2", "m2"), ("qm", "m2"), ("平方米", "m2"),
        ("m³", "m3"), ("立方米", "m3"),
        ("万Nm3", "万Nm3"), ("10^4 Nm3", "万Nm3"), ("10⁴ Nm³", "万Nm3"), ("万标方", "万Nm3"),
        ("度", "kWh"), ("kwh", "kWh"), ("万千瓦时", "万kWh"), ("ｋｇ", "kg"), (" kg ", "kg"), ("公斤", "kg"),
        ("千吨", "kt"), ("千克", "kg"), ("万t·km", "万t·km"), ("件", "item"), ("piece", "item"),
        ("tce", "tce"), ("kgce", "kgce"), ("吨标准煤", "tce"), ("吨标煤", "tce"), ("万吨标准煤", "万tce"),
        ("千瓦小时", "kWh"), ("KW.H", "kWh"), ("度电", "kWh"), ("TWh", "TWh"),
        ("W", "W"), ("kWp", "kWp"), ("Wp", "Wp"),
        ("双", "item"), ("打", "dozen"), ("PCS", "item"), ("重量箱", "weight_case"),
        ("大卡", "kcal"), ("μg", "µg"),
        ("标立方", "Nm3"), ("万标立方", "万Nm3"), ("万 Nm³", "万Nm3"), ("台套", "item"),
        ("重箱", "weight_case"),
        ("百吨", "百t"), ("十万吨", "十万t"), ("千万吨", "千万t"), ("千度", "千kWh"), ("kg标煤", "kgce"),
        ("t标煤", "tce"), ("GWp", "GWp"), ("km·t", "t·km"),
        ("p", "item"), ("台", "item"), ("-", "1"), ("年", "year"), ("L", "L"), ("升", "L"), ("公升", "L"),
    ],
)  # fmt: skip
def test_a_unit_is_kept_in_one_spelling(written, kept):
    assert units.canonical(written) == kept
    assert units.canonical(kept) == kept


@pytest.mark.parametrize(
    ("source", "target", "times"),
    [
        ("kWh", "MJ", "3.6"), ("MWh", "kWh", "1000"), ("TJ", "GJ", "1000"), ("万kWh", "MWh", "10"),
        ("t", "kg", "1000"), ("mg", "g", "0.001"), ("万t", "t", "10000"), ("t·km", "kg·km", "1000"),
        ("万Nm3", "Nm3", "10000"), ("m3", "L", "1000"), ("hm2", "m2", "10000"), ("year", "h", "8766"),
        ("item", "1", "1"), ("km", "m", "1000"), ("tce", "GJ", "29.3076"), ("tce", "kgce", "1000"),
        ("kcal", "kJ", "4.1868"), ("TWh", "GWh", "1000"), ("PJ", "TJ", "1000"), ("Mt", "t", "1000000"),
        ("µg", "mg", "0.001"), ("dozen", "item", "12"), ("kW", "W", "1000"), ("kWp", "Wp", "1000"),
        ("weight_case", "kg", "50"), ("百t", "t", "100"), ("十万t", "t", "100000"),
        ("千万t", "t", "10000000"),
        ("GWp", "kWp", "1000000"),
    ],
)  # fmt: skip
def test_conversions_are_exact(source, target, times):
    assert units.factor(source, target) == Decimal(times)


@pytest.mark.parametrize("written", ["", "foo", "kgs/h", "m4", "kg·foo", "10^4", "10^38kg", "万", "k" * 100])
def test_an_unknown_unit_is_refused(written):
    with pytest.raises(Invalid) as refused:
        units.canonical(written)
    assert refused.value.slug == "unit-unknown"


@pytest.mark.parametrize("written", ["箱", " 瓶 ", "袋"])
def test_a_unit_that_says_no_amount_is_refused_with_what_to_write(written):
    with pytest.raises(Invalid) as refused:
        units.canonical(written)
    assert (refused.value.slug, refused.value.detail) == ("unit-without-size", {"unit": written.strip()})


@pytest.mark.parametrize(
    ("source", "target"),
    [("kg", "kWh"), ("m3", "Nm3"), ("item", "kg"), ("t·km", "t"), ("kW", "kWh"), ("kW", "kWp")],
)
def test_units_of_different_kinds_do_not_convert(source, target):
    with pytest.raises(Invalid) as refused:
        units.factor(source, target)
    assert refused.value.slug == "unit-does-not-fit"


@pytest.mark.parametrize(
    ("written", "taken_apart"),
    [
        ("kgCO2e/kWh", ("kg", "CO2e", "kWh")), ("tCO2/t", ("t", "CO2", "t")),
        ("kgCO2e/t·km", ("kg", "CO2e", "t·km")), ("kgCO2e/(t·km)", ("kg", "CO2e", "t·km")),
        ("kgCO₂e/m²", ("kg", "CO2e", "m2")), ("kg CO2-eq/kg", ("kg", "CO2e", "kg")),
        ("tCO2/万Nm3", ("t", "CO2", "万Nm3")), ("kgCH4/TJ", ("kg", "CH4", "TJ")),
        ("kgHFC134a/kg", ("kg", "HFC134a", "kg")), ("kgCO2e", ("kg", "CO2e", "1")),
        ("gCO2e/MJ", ("g", "CO2e", "MJ")), ("GJ/t", ("GJ", "", "t")),
        ("TJ/t", ("TJ", "", "t")), ("tC/TJ", ("t", "C", "TJ")),
        ("fraction", ("1", "", "1")), ("kg CO2-Eq/kWh", ("kg", "CO2e", "kWh")),
        ("kgCO2-eq./kWh", ("kg", "CO2e", "kWh")), ("tCO2/tce", ("t", "CO2", "tce")),
        ("千克二氧化碳当量/千瓦时", ("kg", "CO2e", "kWh")), ("KgCO2e/kg", ("kg", "CO2e", "kg")),
        ("吨二氧化碳/吨", ("t", "CO2", "t")), ("kgCO2eq./kg", ("kg", "CO2e", "kg")),
    ],
)  # fmt: skip
def test_the_unit_of_a_factor_is_taken_apart(written, taken_apart):
    assert tuple(units.split(written)) == taken_apart


@pytest.mark.parametrize("written", ["", "kgCO2e/", "kgCO2e/foo", "CO2e/kg", "kgCO2e/kg/t", "/kg"])
def test_a_factor_unit_that_cannot_be_read_is_refused(written):
    with pytest.raises(Invalid) as refused:
        units.split(written)
    assert refused.value.slug == "factor-unit-unknown"


def test_the_choices_for_a_quantity_begin_with_its_own_unit():
    assert units.convertible("t·km") == ("t·km", "kg·km")
    assert units.convertible("MWh")[:2] == ("MWh", "kWh")
    assert "m3" not in units.convertible("Nm3")


@given(pairs, amounts)
def test_there_and_back_is_the_same_amount(pair, amount):
    there = amount * units.factor(*pair)
    back = there * units.factor(*reversed(pair))
    assert abs(back - amount) <= amount * Decimal("1e-24")


@given(any_.sampled_from(units.OFFERED).flatmap(lambda a: any_.tuples(
    any_.just(a), *[any_.sampled_from(units.convertible(a))] * 2)))  # fmt: skip
def test_a_detour_leads_to_the_same_amount(trio):
    a, b, c = trio
    direct = units.factor(a, c)
    assert abs(units.factor(a, b) * units.factor(b, c) - direct) <= direct * Decimal("1e-24")


@given(any_.text(max_size=60))
def test_whatever_is_typed_is_a_unit_or_refused(text):
    for read in (units.canonical, units.split):
        with suppress(Invalid):
            read(text)
