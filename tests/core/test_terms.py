"""The last day of a term by law: 民法典 art. 203 moves it from a day off to the next working day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.calendar import book

SHIPPED = book.shipped()
STARTS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 9, 1), 30, date(2026, 10, 8)),  # the first of October begins a week off
        (date(2026, 8, 3), 60, date(2026, 10, 8)),
        (date(2026, 11, 5), 30, date(2026, 12, 7)),  # a Saturday
        (date(2026, 9, 10), 30, date(2026, 10, 10)),  # a Saturday that is worked
        (date(2026, 9, 2), 30, date(2026, 10, 8)),
        (date(2026, 11, 4), 30, date(2026, 12, 4)),  # a Friday
    ],
)
def test_a_term_to_act_that_ends_on_a_day_off_ends_on_the_next_working_day(start, days, last):
    assert SHIPPED.term(start, days, "calendar") == last


def test_a_term_of_months_moves_too():
    assert SHIPPED.term(date(2026, 4, 1), 6, "months") == date(2026, 10, 8)


def test_a_span_ends_on_the_very_day_that_was_counted():
    assert SHIPPED.term(date(2026, 9, 1), 30, "calendar", kind="span") == date(2026, 10, 1)
    assert SHIPPED.term(date(2026, 4, 1), 6, "months", kind="span") == date(2026, 10, 1)


@given(STARTS, st.integers(0, 120), st.sampled_from(["working", "calendar"]))
def test_a_term_to_act_ends_on_a_working_day_and_takes_no_day_away(start, days, unit):
    last = SHIPPED.term(start, days, unit)
    counted = SHIPPED.term(start, days, unit, kind="span")
    assert SHIPPED.is_working(last)
    assert last >= counted
    assert not any(SHIPPED.is_working(day) for day in map(date.fromordinal, range(
        counted.toordinal(), last.toordinal())))  # fmt: skip


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 23)),
        (date(2026, 11, 23), 6, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 9, 28), 15, date(2026, 10, 22)),  # seven days off, one Saturday worked
    ],
)
def test_a_notice_counts_working_days_from_its_first_day(start, days, last):
    assert SHIPPED.term(start, days, "working", "same") == last


@pytest.mark.parametrize(("day", "name"), [(date(2026, 10, 1), "国庆节"), (date(2026, 12, 5), "weekend")])
def test_a_day_off_has_a_name(day, name):
    assert SHIPPED.name_of(day) == name
