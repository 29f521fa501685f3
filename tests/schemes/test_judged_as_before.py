"""The schemes of before judge every footprint and result as they did when one limit was all there was."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace as thing

import pytest
from hypothesis import given
from hypothesis import strategies as some

from certification.workflow import criteria, parts
from schemes.document import stored
from tests.support.rules import document

BEFORE = json.loads((Path(__file__).parent / "before.json").read_text(encoding="utf-8"))
UNSAID = {"certificates": "outside", "retests": 1, "effective_to": None}
VALUES = some.decimals(Decimal("0"), Decimal("2000"), places=4)


def case(row: dict, value: Decimal):
    return thing(
        scheme=thing(rules=stored(document(**UNSAID | row))),
        parameters={},
        models=[thing(code="A", parameters={}), thing(code="B", parameters={})],
        footprint=thing(exact=Fraction(value)),
        reports=[],
        about=None,
        planned_parts=("documents", "tests", "site"),
    )


def judged_then(item: dict, value: Decimal, uncertainty: Decimal | None, rule: str) -> str:
    """As results were judged when a test had one limit."""
    if item["comparator"] is None or item["limit"] is None:
        return "reported"
    upper, limit = item["comparator"] in ("le", "lt"), Decimal(item["limit"])
    distance = limit - value if upper else value - limit
    if distance < 0 or (distance == 0 and item["comparator"] in ("lt", "gt")):
        return "fail"
    band = (uncertainty or Decimal(0)) if rule == "guard_band" else Decimal(0)
    return "pass" if distance >= band else "undecided"


@pytest.mark.parametrize("row", BEFORE, ids=lambda row: row["code"])
@given(value=VALUES)
def test_a_footprint_is_over_the_limit_exactly_when_it_was(row, value):
    limit = row["limit_value"] and Decimal(row["limit_value"])
    over = limit is not None and value > limit
    paper = case(row, value)
    assert criteria.over_limit(Fraction(value), paper) is over
    assert parts.footprint(paper) == (
        parts.Part(planned=False) if limit is None else parts.Part(True, not over, over)
    )
    assert criteria.footprint_limit(paper) == limit
    assert parts.criteria(paper) == parts.Part(planned=False)
    assert list(criteria.classless(paper)) == []


@pytest.mark.parametrize("row", BEFORE, ids=lambda row: row["code"])
@given(
    value=VALUES, wide=some.none() | some.decimals(Decimal(0), Decimal(5), places=2), guarded=some.booleans()
)
def test_a_result_has_the_verdict_it_had(row, value, wide, guarded):
    rules, rule = stored(document(**UNSAID | row)), "guard_band" if guarded else "simple"
    for item in row["tests"]:
        figure = criteria.Figure(Fraction(value), None if wide is None else Fraction(wide), rule)
        told = {"comparator": None, "limit": None} | item
        assert criteria.verdict_on(rules, {}, item["slug"], figure) == judged_then(told, value, wide, rule)


def test_the_limits_of_before_are_met_by_what_lies_on_them():
    limits = [Decimal(row["limit_value"]) for row in BEFORE if row["limit_value"]]
    assert limits
    for row in BEFORE:
        if row["limit_value"]:
            assert parts.footprint(case(row, Decimal(row["limit_value"]))).met
