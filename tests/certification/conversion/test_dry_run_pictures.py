"""Where a dry run is drawn: everything in percent of its limit, and when what no longer passes ends."""

from datetime import date

import pytest

from certification.conversion import pictures
from schemes.document import read
from tests.schemes.examples import tyre

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def rules():
    return read(tyre())


def held(held, limit="10", former=None, outcome="pass", row=0, kind="certificate", slug="carbon", **more):
    """One line of a dry run, of one criterion."""
    figure = {"slug": slug, "outcome": outcome, "held": held, "row": row, "limit": limit, "former": former}
    about = {"kind": kind, "holder": "甲", "body": "乙", "day": "2028-01-01", "outcome": outcome}
    return about | more | {"criteria": [figure]}


def spread(rules, *lines):
    return pictures.spread(rules, rules.criteria[0], lines)


def test_a_result_is_told_in_percent_of_the_limit_in_force(rules):
    found = spread(rules, held("9", limit="8", former="10", outcome="fail"))
    (band,) = found.bands
    assert (band.results, band.limits) == ([(90, "d-f")], (80,))
    assert not found.is_new


def test_where_a_rule_is_new_it_is_told_in_percent_of_the_draft(rules):
    found = spread(rules, held("9", limit="12", kind="case"))
    assert found.is_new
    assert (found.bands[0].results, found.bands[0].limits) == ([(75, "d-p d-c")], ())


def test_of_limits_that_go_evenly_the_ends_are_told(rules):
    (band,) = spread(rules, *(held("9", limit=limit, former="10") for limit in ("8", "9", "8.5"))).bands
    assert band.limits == (80, 90)


def test_each_class_has_a_band_of_its_own_with_its_name(rules):
    found = spread(rules, held("9", row=1), held("9", row=0), held("8", row=0))
    assert [len(band.results) for band in found.bands] == [2, 1]
    assert len({band.name for band in found.bands}) == 2
    assert all(band.name for band in found.bands)
    single = pictures.spread(rules, rules.criteria[1], [held("9", slug=rules.criteria[1].slug)])
    assert [band.name for band in single.bands] == ["全部产品"]


@pytest.mark.parametrize(
    "line",
    [held(None), held("9", limit=None), held("9", row=None), held("9", limit="0"), held("9", former="0")],
    ids=["no figure", "no limit", "no class", "a limit of nought", "a former limit of nought"],
)
def test_what_cannot_be_set_against_a_limit_is_not_drawn(rules, line):
    assert spread(rules, line).bands == ()
    assert pictures.drawable(rules, [line]) == []
    assert pictures.asked_first(rules, [line]) is None


def test_what_was_tried_before_limits_were_kept_is_not_drawn(rules):
    line = held("9")
    line["criteria"] = [{name: line["criteria"][0][name] for name in ("slug", "outcome", "held")}]
    assert pictures.drawable(rules, [line]) == []


def test_the_criterion_that_most_fail_is_shown_first(rules):
    first, second = (each.slug for each in rules.criteria[:2])
    lines = [held("9", slug=first), held("9", slug=second, outcome="fail")]
    assert pictures.asked_first(rules, lines).slug == second
    assert pictures.asked_first(rules, lines[:1]).slug == first


def test_what_ends_is_counted_by_quarter_without_a_gap(rules):
    lines = [
        held("1", outcome="fail", day="2027-03-31"),
        held("1", outcome="unknown", day="2027-01-01"),
        held("1", outcome="fail", day="2027-10-01"),
        held("1", outcome="pass", day="2026-01-01"),
        held("1", outcome="fail", day="2026-01-01", kind="case"),
    ]
    found = pictures.ending(lines)
    assert [(each.year, each.quarter, each.total) for each in found] == [
        (2027, 1, 2), (2027, 2, 0), (2027, 3, 0), (2027, 4, 1),
    ]  # fmt: skip
    assert [each.column for each in found] == [
        ("2027", (1, 1)), ("Q2", (0, 0)), ("Q3", (0, 0)), ("Q4", (1, 0)),
    ]  # fmt: skip
    assert found[0].counts == {"pass": 0, "fail": 1, "undecided": 0, "unknown": 1}
    assert pictures.ending([]) == []


def test_what_ends_in_a_far_time_counts_in_the_last_quarter_there_is():
    found = pictures.ending([held("1", outcome="fail", day=day) for day in ("2027-01-01", "2099-01-01")])
    assert (len(found), found[-1].total) == (pictures.QUARTERS, 1)


def test_the_last_day_to_convert_is_marked_where_it_lies():
    found = pictures.ending([held("1", outcome="fail", day=day) for day in ("2027-01-01", "2027-12-31")])
    assert 0 < pictures.mark(found, date(2027, 1, 1)) < 0.1
    assert pictures.mark(found, date(2027, 6, 30)) == pytest.approx(2, abs=0.02)
    assert pictures.mark(found, date(2028, 6, 1)) is None
    assert pictures.mark([], date(2027, 1, 1)) is None


def test_whom_the_change_concerns_is_counted():
    lines = [
        held("1", day="2027-06-30"),
        held("1", day="2027-07-01", outcome="fail", holder="丙"),
        held("1", day="2027-07-01"),
        held("1", day="2027-07-01", kind="case", holder="丁", body=None),
    ]
    found = pictures.concerned(lines, date(2027, 6, 30))
    assert (found.holders, found.bodies, found.ended, found.to_convert, found.failing) == (2, 1, 1, 2, 1)
