"""Single readings of specimens become one result as the rule says; the rule may fix how it is decided."""

from decimal import Decimal

import pytest

from core.errors import Invalid
from schemes.document import read
from schemes.readings import combined, decided_by, reckoned
from tests.schemes.examples import tyre, words


def rule(*criteria, **test):
    """A rule with one test, and criteria on it as (comparator, limit)."""
    tests = [{"slug": "bend", "names": words("弯曲", "Bend"), "method": "GB/T 1", "unit": "MPa", **test}]
    asked = [
        {
            "slug": f"bend-{number}",
            "names": words("弯曲", "Bend"),
            "quantity": "test:bend",
            "comparator": comparator,
            "unit": "MPa",
            "rows": [{"limit": limit}],
            "source": {"text": "演示", "demo": True},
            **more,
        }
        for number, (comparator, limit, more) in enumerate(criteria)
    ]
    changes = (("/tests", tests), ("/criteria", asked), ("/surveillance/tests", []), ("/derived", []))
    return read(tyre(*changes, ("/identity/conclusion", {"kind": "pass", "grades": []})))


def numbers(*texts):
    return [Decimal(text) for text in texts]


BAND = {"uncertainty": "1"}  # how wide a guard band may be
UPPER, LOWER = ("le", "40", {}), ("ge", "30", {})


@pytest.mark.parametrize(
    ("how", "criteria", "readings", "result"),
    [
        ("mean", [UPPER], ["35", "36", "38"], "36.333333"),
        ("mean", [UPPER], ["35", "36", "37"], "36"),
        ("mean", [], ["0.1", "0.2"], "0.15"),
        ("worst", [UPPER], ["35", "36", "38"], "38"),
        ("worst", [LOWER], ["35", "36", "38"], "35"),
        ("each", [LOWER], ["35", "29", "38"], "29"),
        ("each", [UPPER, LOWER], ["35", "31", "38"], "31"),
        ("each", [UPPER, LOWER], ["35", "33", "39"], "39"),
        ("worst", [], ["1", "2"], "1.5"),
    ],
)
def test_readings_become_one_result(how, criteria, readings, result):
    document = rule(*criteria, combined=how, specimens=len(readings))
    assert combined(document, document.items["bend"], numbers(*readings)) == Decimal(result)


def test_one_specimen_has_a_value_and_several_have_a_reading_each():
    one, three = rule(UPPER), rule(UPPER, specimens=3, combined="mean")
    bend = (one, one.items["bend"]), (three, three.items["bend"])
    assert reckoned(*bend[0], Decimal(5), []) == 5
    assert reckoned(*bend[0], None, numbers("5")) == 5
    assert reckoned(*bend[1], Decimal(2), numbers("1", "2", "3")) == 2
    for value, readings, slug in (
        (Decimal(5), [], "readings-missing"),
        (None, numbers("1", "2"), "readings-missing"),
        (None, numbers("1", "2", "3", "4"), "readings-missing"),
        (Decimal(3), numbers("1", "2", "3"), "value-not-of-readings"),
    ):
        with pytest.raises(Invalid) as no:
            reckoned(*bend[1], value, readings)
        assert no.value.slug == slug
    with pytest.raises(Invalid):
        reckoned(*bend[0], None, [])


@pytest.mark.parametrize(
    ("criteria", "test", "fixed"),
    [
        ([UPPER], {}, "simple"),
        ([UPPER], {"decision": "simple"}, "simple"),
        ([("le", "40", {"decision": "guard_band"})], {"decision": "simple", **BAND}, "guard_band"),
        ([("le", "40", {"decision": "guard_band"}), LOWER], BAND, "guard_band"),
        ([], {"decision": "guard_band"}, "guard_band"),
    ],
)
def test_the_rule_says_how_a_result_is_decided(criteria, test, fixed):
    assert decided_by(rule(*criteria, **test), "bend") == fixed
