"""What an experienced reader would ask about an inventory."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from carbon import checks
from carbon.footprint import FactorCopy, Quantity, Row, Sheet, compute

PER_KG = FactorCopy(Decimal(2), "kgCO2e/kg", "CO2e", code="F", confidence="seen")
PER_KWH = FactorCopy(Decimal("0.5777"), "kgCO2e/kWh", "CO2e", code="E", confidence="seen")
UNIT = Quantity(Decimal(1), "t")
TODAY = date(2026, 11, 22)
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def row(name="steel", quantity="1", unit="kg", factor=PER_KG, stage="raw_material", **more) -> Row:
    return Row(name, stage, Decimal(quantity), unit, factor, **more)


def plausible(*rows, peers=()) -> list[tuple]:
    sheet = Sheet(UNIT, UNIT, "AR6", rows)
    found = checks.plausible(sheet, compute(sheet), [Decimal(peer) for peer in peers])
    return [(caution.slug, caution.row) for caution in found]


def complete(*rows, boundary="cradle_to_gate", period=YEAR) -> list[tuple]:
    found = checks.complete(Sheet(UNIT, UNIT, "AR6", rows), boundary, *period, TODAY)
    return [(caution.slug, caution.row) for caution in found]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((row(), row("paper", "2")), []),
        ((row(), row()), [("rows-duplicated", 1)]),
        ((row("a"), row("b")), [("rows-duplicated", 1)]),
        ((row(), row(stage="manufacturing")), []),
        ((row(factor=replace(PER_KG, confidence="memory")),), [("factor-from-memory", 0)]),
        ((row(quantity="12000"), row(quantity="12")), [("unit-slip-suspected", 1)]),
        ((row(quantity="12", unit="t"), row(quantity="12")), [("unit-slip-suspected", 1)]),
        ((row(quantity="1.2", unit="t"), row(quantity="1200")), []),
        ((row(), row("p", "400"), row("q", "2")), [("row-dominates", 1)]),
        ((row(), row("p", "400")), []),
    ],
)
def test_rows_are_compared_with_each_other(rows, expected):
    assert plausible(*rows) == expected


@pytest.mark.parametrize(
    ("peers", "expected"),
    [
        ((), []),
        (("2", "3"), []),
        (("2000", "2100"), [("far-from-peers", None)]),
        (("0.002",), [("far-from-peers", None)]),
    ],
)
def test_the_total_is_compared_with_like_products(peers, expected):
    assert plausible(row(), peers=peers) == expected


@pytest.mark.parametrize(
    ("value", "published", "found"),
    [
        ("0.000728", "0.7824", True),
        ("0.7824", "0.000728", True),
        ("0.78", "0.7824", False),
        ("1", "50", False),
        ("0", "1", False),
    ],
)
def test_a_row_is_compared_with_what_its_source_prints(value, published, found):
    assert bool(checks.against_published(0, "x", Decimal(value), Decimal(published))) == found


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (YEAR, []),
        ((date(2024, 1, 1), date(2024, 12, 31)), []),
        ((date(2024, 7, 1), date(2025, 6, 30)), []),
        ((date(2025, 1, 1), date(2025, 6, 30)), [("period-not-a-year", None)]),
        ((date(2026, 1, 1), date(2026, 12, 31)), [("period-not-over", None)]),
        ((None, None), [("period-missing", None)]),
    ],
)
def test_the_period_is_twelve_months_that_are_over(period, expected):
    assert complete(row(evidence="ledger"), period=period) == expected


@pytest.mark.parametrize(
    ("boundary", "stage", "expected"),
    [
        ("cradle_to_gate", "raw_material", []),
        ("cradle_to_gate", "distribution", [("stage-outside-boundary", 0)]),
        ("cradle_to_site", "distribution", []),
        ("cradle_to_site", "use", [("stage-outside-boundary", 0)]),
        ("cradle_to_grave", "use", []),
        ("cradle_to_grave", "manufacturing", [("stages-missing", None)]),
    ],
)
def test_rows_lie_within_the_boundary(boundary, stage, expected):
    assert complete(row(stage=stage, evidence="ledger"), boundary=boundary) == expected


def test_evidence_is_a_text_or_a_file():
    assert complete(row(), row("b", evidence="ledger"), row("c", evidence_digest="0" * 64)) == [
        ("evidence-missing", 0)
    ]
