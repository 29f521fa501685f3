"""Patterns of certificates' numbers: typed, with a serial of the year, and no two bodies with one."""

import pytest

from core.errors import Invalid
from registers.adoption import numbering


def test_a_number_is_made_of_region_body_year_and_serial():
    pattern = numbering.check("TB-{region}-{body}-{year}-{serial:6}")
    assert numbering.filled(pattern, "32", 7, 2026, 123) == "TB-32-07-2026-000123"


@pytest.mark.parametrize(
    ("pattern", "slug"),
    [
        ("TB-{year}", "number-pattern-no-serial"),
        ("TB-{year}-{serial:5}-{serial:5}", "number-pattern-no-serial"),
        ("TB-{serial:5}", "number-pattern-no-year"),
        ("TB-{year}-{year}-{serial:5}", "number-pattern-unreadable"),
        ("TB-{year}-{serial}", "number-pattern-unreadable"),
        ("TB-{year}-{serial:99}", "number-pattern-unreadable"),
        ("TB{year}-{serial:5}", "number-pattern-unreadable"),
        ("tb-{year}-{serial:5}", "number-pattern-unreadable"),
        ("TB/{year}-{serial:5}", "number-pattern-unreadable"),
        ("{0.__class__}-{year}-{serial:5}", "number-pattern-unreadable"),
        ("-{year}-{serial:5}", "number-pattern-unreadable"),
        ("A-" * 30 + "{year}-{serial:5}", "number-pattern-unreadable"),
        ("LCP-{region}-02-{year}-{serial:5}", "number-pattern-reserved"),
    ],
)
def test_a_pattern_that_makes_no_numbers_is_refused(pattern, slug):
    with pytest.raises(Invalid) as no:
        numbering.check(pattern)
    assert no.value.slug == slug


def test_patterns_that_would_give_one_number_twice_are_of_one_family():
    one = numbering.family("TB-{body}-{year}-{serial:5}", "32", 1)
    assert one == numbering.family("TB-01-{year}-{serial:6}", "32", 2)
    assert one != numbering.family("TB-{body}-{year}-{serial:5}", "32", 2)
