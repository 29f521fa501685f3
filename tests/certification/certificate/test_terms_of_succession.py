"""Recertification on every day and for every length: the days of the new certificate, and of reminders."""

from datetime import date, timedelta
from types import SimpleNamespace as thing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certification.aftercare.operations.reminders import REMINDERS
from certification.workflow.certificate import gap, validity
from certification.workflow.purpose import recertification_from, recertification_until, reminded_on

DAY = timedelta(days=1)
LEAP = date(2028, 2, 29)
days = st.dates(date(2024, 1, 1), date(2060, 12, 31))
lengths = st.integers(1, 20)
moments = st.integers(-400, 400)  # days from the last one of the old certificate to the issue of the new


def certificate(valid_to: date, earliest: int = 12, latest: int = 6):
    stated = {"recertification_earliest": {"months": earliest}, "recertification_latest": {"months": latest}}
    return thing(valid_to=valid_to, scheme=thing(clocks=stated))


def stands_on(first: date, years: int) -> tuple:
    """The day of the calendar on which so many years are over, whether the calendar has it or not."""
    return first.year + years, first.month, first.day


@given(last=days, moment=moments, years=lengths)
@example(last=LEAP - DAY, moment=-180, years=3)  # begins on 29 February, and its anniversary has none
@example(last=LEAP - DAY, moment=0, years=4)
@example(last=LEAP, moment=1, years=1)
@example(last=date(2027, 2, 28), moment=-1, years=1)  # ends in a leap year
def test_no_day_has_two_and_no_validity_is_longer_than_the_scheme_allows(last, moment, years):
    issued_on = last + timedelta(days=moment)
    first, ends = validity(issued_on, years, certificate(last))
    assert first >= issued_on
    assert first > last
    assert (ends.year, ends.month, ends.day) < stands_on(first, years)
    after = ends + DAY
    assert (after.year, after.month, after.day) >= stands_on(first, years), "nor shorter"
    if moment <= 1:
        assert first == last + DAY, "the punctual lose no day"
        assert gap(first, certificate(last)) is None
    else:
        assert first == issued_on
        assert gap(first, certificate(last)) == (last + DAY, issued_on - DAY)


@given(issued_on=days, years=lengths)
def test_a_first_certificate_begins_on_its_day_of_issue(issued_on, years):
    assert validity(issued_on, years, None)[0] == issued_on


@given(last=days, ends=st.tuples(st.integers(0, 36), st.integers(0, 36)))
def test_the_first_reminder_comes_when_asking_begins_and_none_before(last, ends):
    held = certificate(last, max(ends), min(ends))
    told = [reminded_on(held, lead) for lead in REMINDERS]
    assert told[0] == min(told) == recertification_from(held)
    assert told[0] <= recertification_until(held)


@pytest.mark.parametrize(("earliest", "latest"), [(12, 6), (3, 0), (12, 3)])
def test_the_punctual_are_told_again_two_months_and_two_weeks_before_it_is_late(earliest, latest):
    held = certificate(date(2029, 11, 27), earliest, latest)
    told = [(recertification_until(held) - reminded_on(held, lead)).days for lead in REMINDERS[1:3]]
    assert told == [60, 14]
