"""Published worked cases, each with its source in cases.json: what they print must come out, and what does
not hold in them must be reported."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from carbon import checks, systems
from carbon.footprint import FactorCopy, Fuel, Quantity, Row, Sheet, compute, share_sum, stage_sum

FILE = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
TOLERANCE = Decimal(FILE["tolerance"])
BY_KIND = {
    kind: [pytest.param(case, id=case["id"]) for case in FILE["cases"] if case["kind"] == kind]
    for kind in ("rows", "system", "stages", "shares")
}


def near(value: Decimal, printed: str) -> bool:
    return abs(value - Decimal(printed)) <= TOLERANCE * abs(Decimal(printed))


def numbers(values: dict) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in values.items()}


def row_of(plain: dict) -> Row:
    factor, fuel = plain.get("factor"), plain.get("fuel")
    return Row(
        plain["name"],
        plain.get("stage", "manufacturing"),
        Decimal(plain["quantity"]),
        plain["unit"],
        factor=factor and FactorCopy(Decimal(factor["value"]), factor["unit"], factor.get("gas_basis", "")),
        fuel=fuel
        and Fuel(ncv_unit=fuel["ncv_unit"], **numbers({k: fuel[k] for k in fuel if k != "ncv_unit"})),
    )


def sheet_of(case: dict) -> Sheet:
    declared, output = (Quantity(Decimal(case[name][0]), case[name][1]) for name in ("declared", "output"))
    return Sheet(declared, output, "AR6", tuple(row_of(row) for row in case["rows"]))


def test_all_twenty_eight_cases_are_run():
    assert sum(len(cases) for cases in BY_KIND.values()) == 28
    assert all(case["source"] and case["licence"] for case in FILE["cases"])


@pytest.mark.parametrize("case", BY_KIND["rows"])
def test_rows_come_to_what_is_printed(case):
    result, expected = compute(sheet_of(case)), case["expected"]
    if "total" in expected:
        assert near(result.total, expected["total"])
    else:
        assert Decimal(expected["least"]) <= result.total <= Decimal(expected["most"])
    assert result.unit == expected.get("unit", f"kgCO2e/{case['declared'][1]}")
    for row, printed in zip(result.rows, expected.get("rows", []), strict=False):
        assert near(row.value, printed)
    for row, plain in zip(result.rows, case["rows"], strict=True):
        assert near(row.value, plain.get("published", str(row.value)))
    assert {gas: result.gases[gas] for gas in expected.get("gases", {})} == numbers(expected.get("gases", {}))
    assert [[c.slug, c.row] for c in result.cautions] == expected.get("warnings", [])


@pytest.mark.parametrize("case", BY_KIND["system"])
def test_a_process_system_comes_to_what_is_printed(case):
    system, expected = systems.read(case["system"]), case["expected"]
    solution = systems.solve(system)
    by_process = {name: sum(gases.values()) for name, gases in solution.contributions.items()}
    for name, printed in expected.get("scaling", {}).items():
        assert near(solution.scaling[name], printed)
    for name, printed in expected.get("contributions", {}).items():
        assert near(by_process[name], printed)
    rows = systems.rows(solution, system.demand)
    assert near(compute(Sheet(system.demand, system.demand, "AR6", rows)).total, expected["total"])


@pytest.mark.parametrize("case", BY_KIND["stages"])
def test_published_stages_add_up_or_are_reported(case):
    total, cautions = stage_sum(numbers(case["stages"]), Decimal(case["published"]))
    assert [caution.slug for caution in cautions] == case["expected"]["warnings"]
    if not cautions:
        assert near(total, case["published"])


@pytest.mark.parametrize("case", BY_KIND["shares"])
def test_published_shares_make_one_or_are_reported(case):
    _total, cautions = share_sum(numbers(case["shares"]))
    assert [caution.slug for caution in cautions] == case["expected"]["warnings"]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["id"]) for case in FILE["cases"] if "slip" in case["expected"]]
)
def test_a_published_row_a_thousand_times_its_own_activity_is_reported(case):
    slip = case["expected"]["slip"]
    row = row_of(slip)
    unit = Quantity(Decimal(1), "item")
    printed = FactorCopy(Decimal(slip["published"]), "kgCO2e/item", "CO2e", source="as printed")
    sheet = Sheet(unit, unit, "AR6", (row, Row(row.name, row.stage, Decimal(1), "item", printed)))
    found = checks.doubts(checks.Seen(sheet, compute(sheet), date(2026, 11, 22)))
    assert [(doubt.slug, doubt.row) for doubt in found] == [("unit-slip-suspected", 1)]
