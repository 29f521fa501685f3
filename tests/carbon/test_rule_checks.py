"""What a rule asks of an inventory is asked row by row, and nothing is asked where it says nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from carbon.checks import CHECKS, RED, Demands
from carbon.records.record import Record
from tests.carbon.test_checks import CARRIED, GATE, PER_KG, PER_KWH, WIND, YEAR, of, power, row

STATED = replace(PER_KG, code="")
SUPPLIER = Record("raw_material", "steel", Decimal(1), "kg", STATED, "supplier")
OWN = Record("raw_material", "steel", Decimal(1), "kg", STATED)
OLD = row(factor=replace(PER_KG, source_year=2019))
GRID = {"grid_factor": PER_KWH.code}
MILLING = {"rows": (("manufacturing", ("磨 机", "Mill")),)}
LIBRARY_ONLY = {"factor_kinds": ("library",)}
PRIMARY = {"primary_share": Decimal("0.5")}

# fmt: off
CASES = [
    ("rule-stage-missing", [row()], {"stages": ("manufacturing",)}, {"boundary": GATE}, [None]),
    ("rule-stage-missing", [row(), power()], {"stages": ("manufacturing",)}, {"boundary": GATE}, []),
    ("rule-stage-missing", [row()], {"stages": ("manufacturing",)}, {}, []),
    ("rule-row-missing", [row("磨机")], MILLING, {"boundary": GATE}, [None]),
    ("rule-row-missing", [power("一号磨机用电")], MILLING, {"boundary": GATE}, []),
    ("rule-row-missing", [power("Raw MILL")], MILLING, {"boundary": GATE}, []),
    ("rule-factor-kind", [row(), row(factor=STATED)], LIBRARY_ONLY, {}, [1]),
    ("rule-factor-kind", [row(factor=STATED)], {"factor_kinds": ("supplier",)}, {"records": (SUPPLIER,)}, []),
    ("rule-factor-kind", [row(factor=STATED)], {"factor_kinds": ("supplier",)}, {"records": (OWN,)}, [0]),
    ("rule-factor-kind", [row(factor=None)], LIBRARY_ONLY, {}, []),
    ("rule-factor-too-old", [OLD], {"oldest_factor_years": 5}, {"period": YEAR}, [0]),
    ("rule-factor-too-old", [OLD], {"oldest_factor_years": 6}, {"period": YEAR}, []),
    ("rule-factor-too-old", [OLD], {"oldest_factor_years": 5}, {}, []),
    ("rule-primary-share", [row(quality="C"), row("b", quality="A")], PRIMARY, {"boundary": GATE}, []),
    ("rule-primary-share", [row(quality="C"), row("b", "0.9", quality="B")], PRIMARY,
     {"boundary": GATE}, [None]),
    ("rule-period", [row()], {"period_months": 12}, {"period": YEAR}, []),
    ("rule-period", [row()], {"period_months": 6}, {"period": YEAR}, [None]),
    ("rule-period", [row()], {"period_months": 12},
     {"period": (date(2025, 1, 1), date(2026, 1, 31))}, [None]),
    ("rule-grid-factor", [power(), power("线损", factor=CARRIED), row()], GRID, {}, []),
    ("rule-grid-factor", [power(factor=WIND)], GRID, {}, [0]),
    ("rule-grid-factor", [power(factor=WIND, evidence_digest="0" * 64)], GRID, {}, [0]),
    ("rule-grid-factor", [power(factor=WIND, evidence_digest="0" * 64)], GRID, {"certificates": True}, []),
    ("rule-grid-factor", [power(factor=WIND)], GRID, {"certificates": True}, [0]),
]
# fmt: on


@pytest.mark.parametrize(("slug", "rows", "asked", "known", "expected"), CASES)
def test_what_the_rule_asks_is_found_where_it_lacks_and_nowhere_else(slug, rows, asked, known, expected):
    assert of(slug, *rows, demands=Demands(**asked), **known) == expected


def test_a_rule_that_says_nothing_asks_nothing():
    rows = {tuple(map(id, rows)): (rows, known) for _slug, rows, _asked, known, _found in CASES}
    for given, known in rows.values():
        assert [slug for slug in CHECKS if slug.startswith("rule-") and of(slug, *given, **known)] == []


def test_each_of_them_must_be_settled_and_finds_and_is_silent():
    ours = {slug for slug in CHECKS if slug.startswith("rule-")}
    assert {CHECKS[slug].severity for slug in ours} == {RED}
    assert ours == {slug for slug, *_given, places in CASES if places}
    assert ours == {slug for slug, *_given, places in CASES if not places}
