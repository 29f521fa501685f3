"""What a certificate is worth on a day, for any day; and how a measured value is judged."""

from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from certification.workflow.certificate import BECOMES, status_on
from certification.workflow.criteria import verdict_on
from schemes import document
from schemes.judging import Figure
from tests.schemes.examples import tyre, words

ISSUED, LAST = date(2026, 3, 1), date(2029, 2, 28)
FINAL = ("withdrawn", "cancelled")


def act(kind: str, on: str):
    return SimpleNamespace(kind=kind, on=date.fromisoformat(on))


EARLY = [act("suspend", "2026-02-01")]  # before it begins
SUSPENDED = [act("suspend", "2026-06-01")]
RESTORED = [*SUSPENDED, act("restore", "2026-07-01")]
TWICE = [*RESTORED, act("suspend", "2027-01-01"), act("restore", "2027-02-01")]
WITHDRAWN = [*SUSPENDED, act("withdraw", "2026-09-01")]


@pytest.mark.parametrize(
    ("acts", "day", "status"),
    [
        ([], "2026-02-28", "not_issued"),
        ([], "2026-03-01", "valid"),
        ([], "2029-02-28", "valid"),
        ([], "2029-03-01", "expired"),
        (EARLY, "2026-01-31", "not_issued"),
        (EARLY, "2026-02-01", "suspended"),
        (EARLY, "2026-03-01", "suspended"),
        ([*EARLY, act("restore", "2026-02-10")], "2026-02-10", "not_issued"),
        ([*EARLY, act("restore", "2026-02-10")], "2026-03-01", "valid"),
        ([act("withdraw", "2026-02-01")], "2026-02-01", "withdrawn"),
        ([act("withdraw", "2026-02-01")], "2026-03-01", "withdrawn"),
        (SUSPENDED, "2026-05-31", "valid"),
        (SUSPENDED, "2026-06-01", "suspended"),
        (SUSPENDED, "2029-02-28", "suspended"),
        (SUSPENDED, "2029-03-01", "expired"),
        (RESTORED, "2026-06-30", "suspended"),
        (RESTORED, "2026-07-01", "valid"),
        (TWICE, "2026-12-31", "valid"),
        (TWICE, "2027-01-31", "suspended"),
        (TWICE, "2027-02-01", "valid"),
        (WITHDRAWN, "2026-08-31", "suspended"),
        (WITHDRAWN, "2026-09-01", "withdrawn"),
        (WITHDRAWN, "2035-01-01", "withdrawn"),
        ([act("cancel", "2028-01-01")], "2027-12-31", "valid"),
        ([act("cancel", "2028-01-01")], "2028-01-01", "cancelled"),
        ([act("cancel", "2028-01-01")], "2029-03-01", "cancelled"),
        ([act("suspend", "2026-06-01"), act("restore", "2026-06-01")], "2026-06-01", "valid"),
        ([act("withdraw", "2029-03-01")], "2029-03-01", "expired"),
    ],
)
def test_the_status_on_a_day(acts, day, status):
    assert status_on(ISSUED, LAST, acts, date.fromisoformat(day)) == status


@pytest.mark.parametrize(
    ("last", "after"), [("withdraw", "restore"), ("cancel", "restore"), ("withdraw", "cancel")]
)
def test_nothing_leads_out_of_a_final_status(last, after):
    acts = [act(last, "2026-06-01"), act(after, "2026-06-02")]
    assert status_on(ISSUED, LAST, acts, date(2026, 7, 1)) == BECOMES[last]


days = some.dates(min_value=date(2026, 1, 1), max_value=date(2030, 12, 31))
histories = some.lists(
    some.builds(lambda kind, on: SimpleNamespace(kind=kind, on=on), some.sampled_from([*BECOMES]), days),
    max_size=5,
).map(lambda acts: sorted(acts, key=lambda entry: entry.on))


@given(histories, days)
def test_an_act_of_tomorrow_changes_nothing_today(acts, day):
    until_now = [entry for entry in acts if entry.on <= day]
    assert status_on(ISSUED, LAST, acts, day) == status_on(ISSUED, LAST, until_now, day)


@given(histories, days)
def test_a_certificate_is_valid_only_inside_its_validity(acts, day):
    status = status_on(ISSUED, LAST, acts, day)
    if status == "valid":
        assert ISSUED <= day <= LAST
    if status == "suspended":  # it may be before it begins
        assert day <= LAST


@given(histories, days, some.integers(min_value=1, max_value=2000))
def test_what_is_final_stays(acts, day, later):
    status = status_on(ISSUED, LAST, acts, day)
    if status in (*FINAL, "expired"):
        assert status_on(ISSUED, LAST, acts, day + timedelta(days=later)) == status


@pytest.mark.parametrize(
    ("comparator", "limit", "value", "uncertainty", "rule", "expected"),
    [
        ("le", "0.5", "0.21", "0.04", "simple", "pass"),
        ("le", "0.5", "0.5", None, "simple", "pass"),
        ("le", "0.5", "0.500001", None, "simple", "fail"),
        ("ge", "35", "41.7", "1.6", "simple", "pass"),
        ("ge", "35", "34.9", "1.6", "simple", "fail"),
        ("le", "1.0", "0.94", "0.09", "simple", "pass"),
        ("le", "1.0", "0.94", "0.09", "guard_band", "undecided"),
        ("le", "1.0", "0.91", "0.09", "guard_band", "pass"),
        ("le", "1.0", "1.01", "0.09", "guard_band", "fail"),
        ("ge", "35", "36.5", "1.6", "guard_band", "undecided"),
        ("ge", "35", "36.6", "1.6", "guard_band", "pass"),
        ("ge", "35", "34.99", "1.6", "guard_band", "fail"),
        ("le", "1.0", "0.94", None, "guard_band", "pass"),
        (None, None, "22.46", "0.12", "simple", "reported"),
        ("le", None, "22.46", "0.12", "guard_band", "reported"),
        ("lt", "0.5", "0.5", None, "simple", "fail"),
        ("lt", "0.5", "0.49", None, "simple", "pass"),
        ("gt", "35", "35", None, "simple", "fail"),
        ("gt", "35", "35.1", None, "simple", "pass"),
        ("gt", "35", "35.1", "0.2", "guard_band", "undecided"),
    ],
)
def test_the_verdict_on_a_measured_value(comparator, limit, value, uncertainty, rule, expected):
    asked = {
        "slug": "x", "names": words("x", "x"), "quantity": "test:rolling", "comparator": comparator,
        "unit": "N/kN", "rows": [{"limit": limit}],
    }  # fmt: skip
    rules = document.read(tyre(("/identity/conclusion", {}), ("/criteria", [asked] if comparator else [])))
    figure = Figure(Fraction(value), uncertainty and Fraction(uncertainty), rule)
    assert verdict_on(rules, {}, "rolling", figure) == expected
