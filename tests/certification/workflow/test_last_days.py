"""The last day of a term is still inside it, and the day after is not."""

from datetime import date, timedelta
from types import SimpleNamespace as thing

import pytest

from certification.certificate.queries import retention
from certification.workflow.appeal import second_level_in_time, second_level_over
from certification.workflow.certificate import suspension_bounded, suspension_not_over
from certification.workflow.purpose import waiting_period_over
from certification.workflow.retention import kept_until
from certification.workflow.sample import retention_over
from core.clock import travel

pytestmark = pytest.mark.engines("chores")

DAY = date(2027, 3, 15)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
LATER, LATEST = date(2028, 3, 15), date(2028, 3, 16)  # twelve months after DAY, and the day after


def suspension(until: date, valid_to: date = date(2030, 1, 1)) -> str | None:
    certificate = thing(valid_to=valid_to, scheme=thing(clocks={}), waiting=None)
    return suspension_bounded(certificate, None, {"until": until})


# rule 3
@pytest.mark.parametrize(
    ("until", "valid_to", "slug"),
    [
        (BEFORE, LATEST, "suspension-too-long"),
        (DAY, LATEST, None),
        (LATER, LATEST, None),
        (LATEST, LATEST, "suspension-too-long"),
        (AFTER, AFTER, None),
        (AFTER, DAY, "suspension-too-long"),
    ],
)
def test_a_suspension_may_last_a_year_and_to_the_end_of_the_validity(until, valid_to, slug):
    with travel(DAY):
        assert suspension(until, valid_to) == slug


# rule 3
@pytest.mark.parametrize(("today", "slug"), [(BEFORE, None), (DAY, None), (AFTER, "suspension-over")])
def test_a_suspension_may_be_lifted_on_its_last_day(today, slug):
    certificate = thing(acts=[thing(kind="suspend", until=BEFORE), thing(kind="suspend", until=DAY)])
    with travel(today):
        assert suspension_not_over(certificate, None) == slug


# rule 4
@pytest.mark.parametrize(("today", "past"), [(BEFORE, False), (DAY, False), (AFTER, True)])
def test_records_are_still_kept_on_their_last_day(db, monkeypatch, today, past):
    monkeypatch.setattr(retention, "records_kept_until", lambda _case: DAY)
    monkeypatch.setattr(retention.db.session, "scalars", lambda _query: [thing(id=1)])
    with travel(today):
        assert bool(retention.past_retention()) is past


# rule 4
@pytest.mark.parametrize(
    ("ended", "reports", "following", "last"),
    [
        (DAY, [], None, date(2029, 3, 15)),
        (DAY, [date(2023, 3, 15)], None, date(2029, 3, 15)),
        (DAY, [date(2023, 3, 16)], None, date(2029, 3, 16)),
        (DAY, [], date(2029, 3, 16), date(2029, 3, 16)),
        (DAY, [], date.max, None),
        (None, [DAY], DAY, None),
    ],
)
def test_records_are_kept_to_the_latest_of_their_days(ended, reports, following, last):
    assert kept_until(ended, reports, following) == last


# rule 4
@pytest.mark.parametrize(("today", "slug"), [(BEFORE, "retention-running"), (DAY, None)])
def test_a_sample_is_kept_until_its_day(today, slug):
    with travel(today):
        assert retention_over(thing(retained_until=DAY), None) == slug


# rule 5
@pytest.mark.parametrize(
    ("today", "slug"), [(BEFORE, "reapplication-barred"), (DAY, "reapplication-barred"), (AFTER, None)]
)
def test_the_waiting_period_bars_on_its_last_day(today, slug):
    with travel(today):
        assert waiting_period_over(thing(barred_until=DAY), None) == slug


# rule 6
@pytest.mark.parametrize(("today", "open_"), [(BEFORE, True), (DAY, True), (AFTER, False)])
def test_the_second_level_of_appeal_is_open_on_its_last_day(today, open_):
    appeal = thing(second_until=DAY)
    with travel(today):
        assert second_level_in_time(appeal, None) == (None if open_ else "appeal-too-late")
        assert second_level_over(appeal, None) == ("second-appeal-still-open" if open_ else None)
