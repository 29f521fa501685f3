"""民法典 art. 203 in the ledger: a term to act that ends on a day off ends on the next working day."""

from datetime import date
from types import SimpleNamespace

import pytest

from accounts.actor import SYSTEM
from certification.acts.operations.appeals import file_appeal
from certification.clocks import queries
from certification.clocks.models import ClockEntry
from certification.clocks.operations import calendar as changes
from core.calendar import Entry, book, ledger
from core.clock import travel
from tests.certification.acts.test_acts import certified, refused
from tests.certification.acts.test_appeals import act_of
from tests.certification.clocks.ticking import ask_correction, find, submitted
from tests.certification.world import World

SHIPPED = book.shipped()
FIRST = date(2026, 9, 1)  # thirty days on begins the week of the National Day
BACK = date(2026, 10, 8)  # the day work is taken up again


def reckon(days: int, *entries: ClockEntry, start: date = FIRST, term: str = "act", unit: str = "calendar"):
    rule = SimpleNamespace(days=days, unit=unit, first="next", term=term)
    return ledger.reckon(rule, [ClockEntry(kind="start", on=start), *entries], SHIPPED)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 9, 1), 30, BACK),
        (date(2026, 8, 3), 60, BACK),
        (date(2026, 11, 5), 30, date(2026, 12, 7)),
        (date(2026, 9, 10), 30, date(2026, 10, 10)),
    ],
)
def test_a_clock_ends_where_the_law_ends_it(start, days, due):
    assert reckon(days, start=start).due == due


def test_a_span_and_a_day_that_a_person_named_do_not_move():
    assert reckon(30, term="span").due == date(2026, 10, 1)
    assert reckon(30, ClockEntry(kind="fix", on=FIRST, until=date(2026, 10, 2))).due == date(2026, 10, 2)


def test_what_is_given_later_is_given_from_the_day_that_held():
    extended = ClockEntry(kind="extend", on=FIRST, days=5)
    assert reckon(30, extended).due == date(2026, 10, 13)
    assert reckon(30, extended, extended).due == date(2026, 10, 19)  # the eighteenth is a Sunday
    named = ClockEntry(kind="fix", on=FIRST, until=date(2026, 10, 2))
    assert reckon(30, named, ClockEntry(kind="credit", on=FIRST, days=7)).due == date(2026, 10, 9)


def test_who_is_examined_during_the_days_off_still_has_the_working_day_after_them():
    pause = ClockEntry(kind="pause", on=date(2026, 10, 5), reason="answer_examined", cause="body")
    assert reckon(30, pause).due is None
    resume = ClockEntry(kind="resume", on=date(2026, 10, 15), reason="answer_examined", cause="body")
    assert reckon(30, pause, resume).due == date(2026, 10, 16)


def test_a_correction_ends_after_the_days_off_and_its_sum_says_why(world):
    case = submitted(world, FIRST)
    with travel(FIRST):
        ask_correction(case)
    clock = find(case, "correction")
    assert clock.due == BACK == case.application.correction_due
    assert (clock.term, queries.explain(clock).agrees) == ("act", True)
    moved = queries.explain(clock).moved[clock.entries[0].id]
    assert (moved.counted, moved.name, moved.due) == (date(2026, 10, 1), "国庆节", BACK)


def test_a_scheme_may_state_that_its_term_is_a_span(db):
    stated = {"correction": {"days": 30, "unit": "calendar", "term": "span", "source": "演示数据"}}
    case = submitted(World(clocks=stated), FIRST)
    with travel(FIRST):
        ask_correction(case)
    assert find(case, "correction").due == date(2026, 10, 1)


def test_an_appeal_its_handling_and_its_second_level_end_on_working_days(db, world):
    with travel(FIRST):
        act = act_of(db, refused(world), "refusal")
        appeal = file_appeal(act, world.actor("applicant"), "两项不符合已经整改。")
    assert act.appeal_until == BACK
    assert appeal.due_on == date(2026, 11, 2)  # the thirty-first of October is a Saturday


def test_the_validity_of_a_certificate_does_not_move(world):
    with travel(date(2026, 10, 8)):
        _case, certificate = certified(world)
    assert certificate.valid_to == date(2029, 10, 7)
    assert not SHIPPED.is_working(certificate.valid_to)


def test_a_holiday_announced_on_the_last_day_of_a_term_moves_it(world):
    case = submitted(world, date(2026, 3, 2))
    with travel(date(2026, 3, 3)):
        ask_correction(case)
        entry = Entry(date(2026, 4, 2), "holiday", "临时放假", "演示数据")
        changes.change(SYSTEM, [entry], "临时放假通知", 0)
    assert find(case, "correction").due == date(2026, 4, 3) == case.application.correction_due


def test_a_late_record_does_not_move_the_day_of_the_certificate(world):
    """The thirty days run from the end of the visit, not from the day its record is typed in."""
    with travel(date(2026, 3, 2)):
        case = world.case("evaluating")
        case.review_documents()
    visited = date(2026, 3, 4)
    with travel(date(2026, 3, 20)):
        case.visit(on=visited, late_reason="核查员外出，回来才录入")
    clock = find(case, "site_to_certificate")
    assert (clock.started_on, clock.due) == (visited, date(2026, 4, 3))
    assert queries.explain(clock).agrees
