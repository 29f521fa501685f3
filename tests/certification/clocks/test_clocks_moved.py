"""What moves clocks that run: a calendar that is corrected, a service that was down."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from accounts.actor import SYSTEM
from certification.clocks import queries
from certification.clocks.models import Outage
from certification.clocks.operations import calendar as changes
from core import audit
from core.calendar import Calendar, Entry, book, ledger
from core.clock import SHANGHAI, travel
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder
from tests import factories
from tests.certification.clocks.ticking import MONDAY, POINT, after, find

pytestmark = pytest.mark.engines("chores")

WHEN = {"source": "演示数据", "name": "临时放假"}
HEAD = "day,kind,name,source,provisional\n"


def holiday(day: date, provisional: bool = False) -> Entry:
    return Entry(day, "holiday", WHEN["name"], WHEN["source"], provisional)


def moment(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


@pytest.fixture
def case(world):
    with travel(MONDAY):
        return world.case("submitted")


@pytest.fixture
def keeper(db):
    user = factories.user(factories.organisation("regulator"), "administrator")
    return user.memberships[0].actor()


# A holiday that is added late


# ask 16
def test_a_preview_of_a_late_holiday_tells_which_clocks_move_and_moves_none(case):
    plan = changes.preview([holiday(after(4))])
    assert [(move.clock.id, move.before, move.after) for move in plan.moves] == [
        (find(case).id, after(14), after(15))
    ]
    assert [day for day, *_ in plan.differences] == [after(4)]
    assert find(case).due == after(14)
    assert book.head() == 0


# ask 16
def test_a_holiday_added_late_moves_the_open_clocks_and_is_written_down(case, keeper):
    with travel(after(1)):
        changes.change(keeper, [holiday(after(4))], "临时放假通知", 0)
    clock = find(case)
    assert (clock.due, clock.calendar_version) == (after(15), 1)
    entry = clock.entries[-1]
    assert (entry.kind, entry.reason, entry.by) == ("replan", "临时放假通知", keeper.label)
    assert queries.explain(clock).agrees
    verbs = db.session.scalars(select(audit.Entry.verb).order_by(audit.Entry.id)).all()
    assert verbs[-2:] == ["calendar.change", "clock.replan"]


# ask 16
def test_a_holiday_added_late_leaves_ended_clocks_and_those_of_calendar_days_alone(case, keeper, world):
    with travel(after(1)):
        ended = find(case)
        case.to("accepted")
        open_ = find(case, "acceptance_to_certificate")
        before = (ended.due, len(ended.entries)), (open_.due, len(open_.entries))
        plan = changes.change(keeper, [holiday(after(4))], "临时放假通知", 0)
    assert plan.moves == []
    assert ((ended.due, len(ended.entries)), (open_.due, len(open_.entries))) == before


# ask 16
def test_an_announced_year_replaces_what_was_provisional_and_moves_what_was_due_in_it(world, keeper):
    with travel(date(2027, 1, 25)):
        case = world.case("submitted")
        assert queries.explain(find(case)).provisional == [2027]
        before = find(case).due
        changes.change(
            keeper, [holiday(date(2027, 2, 6) + timedelta(days=n)) for n in range(9)], "放假安排", 0
        )
    clock = find(case)
    assert (before, clock.due) == (date(2027, 2, 12), date(2027, 2, 15))  # the eve is worked now
    assert queries.explain(clock).provisional == []


def test_a_clock_that_stands_still_is_moved_by_the_days_it_has_left(case, keeper):
    with travel(after(3)):
        case.take("correct", "application_reviewer", points=[POINT])
        assert (find(case).due, find(case).left) == (None, 7)
        plan = changes.change(keeper, [holiday(after(2))], "补录", 0)
    assert [(move.left_before, move.left_after) for move in plan.moves] == [(7, 8)]
    assert find(case).left == 8


def test_a_day_repeated_on_the_case_moves_with_its_clock(db, keeper):
    from tests.certification.world import World

    stated = {"correction": {"days": 10, "unit": "working", "source": "演示数据"}}
    world = World(clocks=stated)
    with travel(MONDAY):
        case = world.case("submitted")
        case.take("correct", "application_reviewer", points=[POINT])
        assert case.application.correction_due == after(14)
        changes.change(keeper, [holiday(after(4))], "补录", 0)
    assert case.application.correction_due == after(15) == find(case, "correction").due


def test_the_next_line_of_an_old_clock_is_written_on_the_newest_calendar(case, keeper):
    with travel(after(1)):
        changes.change(keeper, [holiday(after(60))], "以后的假日", 0)
        assert find(case).calendar_version == 0
        case.take("correct", "application_reviewer", points=[POINT])
    assert find(case).calendar_version == 1
    assert queries.explain(find(case)).agrees


def test_a_correction_of_the_calendar_gives_a_reason_and_changes_something(keeper):
    with pytest.raises(Invalid, match="reason-missing"):
        changes.change(keeper, [holiday(after(4))], " ", 0)
    changes.change(keeper, [holiday(after(4))], "补录", 0)
    with pytest.raises(Invalid, match="calendar-unchanged"):
        changes.change(keeper, [holiday(after(4))], "又一次", 1)


def test_a_preview_of_an_older_calendar_is_refused_not_entered(keeper):
    changes.change(keeper, [holiday(after(4))], "补录", 0)
    with pytest.raises(OutOfOrder, match="page-is-stale"):
        changes.change(keeper, [holiday(after(5))], "另一页", 0)


@pytest.mark.parametrize("role", ["applicant", "head_of_body", "case_officer", "tester"])
def test_only_who_keeps_the_calendar_changes_it_or_writes_down_an_outage(world, role):
    with pytest.raises(NotPermitted, match="role-not-held"):
        changes.change(world.actor(role), [holiday(after(4))], "补录", 0)
    with pytest.raises(NotPermitted, match="role-not-held"):
        changes.record_outage(world.actor(role), moment(MONDAY, 9), moment(MONDAY, 10), "断电")


# A service that was down


def test_what_was_due_while_the_service_was_down_gets_the_days_back_and_all_see_it(case, keeper, client):
    with travel(after(15)):
        outage = changes.record_outage(keeper, moment(after(14), 20), moment(after(15), 2), "机房断电")
    clock = find(case)
    assert clock.due == after(16)
    entry = clock.entries[-1]
    assert (entry.kind, entry.days, entry.cause, entry.reason) == ("credit", 2, "service", "机房断电")
    assert outage.credited == 1
    assert queries.explain(clock).agrees
    db.session.commit()
    page = client.get("/certification/clocks/outages").text
    assert "机房断电" in page
    assert "补回 1 项时限" in page


def test_an_outage_gives_nothing_to_what_was_due_before_or_after_or_has_ended(case, keeper, world):
    with travel(MONDAY):
        ended = world.case("submitted")
    with travel(after(1)):
        ended.to("accepted")
    with travel(after(20)):
        changes.record_outage(keeper, moment(after(12), 1), moment(after(13), 23), "升级失败")
        changes.record_outage(keeper, moment(after(15), 1), moment(after(15), 3), "断网")
    assert find(case).due == after(14)
    assert "credit" not in [entry.kind for entry in find(ended).entries]


@pytest.mark.parametrize(
    ("begins", "ends", "reason", "slug"),
    [
        (moment(MONDAY, 10), moment(MONDAY, 10), "断电", "outage-times-wrong"),
        (moment(MONDAY, 10), moment(MONDAY, 9), "断电", "outage-times-wrong"),
        (moment(MONDAY, 10), moment(after(9), 9), "断电", "outage-times-wrong"),
        (moment(MONDAY, 7), moment(MONDAY, 8), " ", "reason-missing"),
        (moment(MONDAY, 1), moment(MONDAY, 3), "断电", "outage-twice"),
    ],
)
def test_an_outage_is_over_has_a_reason_and_is_written_down_once(keeper, begins, ends, reason, slug):
    with travel(moment(MONDAY, 20)):
        changes.record_outage(keeper, moment(MONDAY, 2), moment(MONDAY, 4), "第一次")
        with pytest.raises(Invalid, match=slug):
            changes.record_outage(keeper, begins, ends, reason)


def test_an_outage_at_the_weekend_gives_at_least_a_day():
    assert ledger.credit_of(date(2026, 3, 7), date(2026, 3, 8), "working", Calendar()) == 1
    assert ledger.credit_of(date(2026, 3, 6), date(2026, 3, 9), "working", Calendar()) == 2
    assert ledger.credit_of(date(2026, 3, 7), date(2026, 3, 8), "calendar", Calendar()) == 2


# By the command line


# ask 16
def test_the_command_shows_what_would_move_and_enters_it_only_when_it_is_agreed_to(case, command, tmp_path):
    file = tmp_path / "late.csv"
    file.write_text(HEAD + f"{after(4)},holiday,临时放假,演示数据,no\n", encoding="utf-8")
    refused = command("calendar", "import", str(file), input="n\n", fails=True)
    assert f"{after(14)} -> {after(15)}" in refused
    assert book.head() == 0
    done = command("calendar", "import", str(file), "--reason", "通知", "--yes")
    assert "version 1; 1 clocks moved" in done
    db.session.expire_all()
    assert find(case).due == after(15)


def test_the_command_takes_the_shipped_calendar_into_the_register_as_its_first_version(command):
    assert "version 1; 0 clocks moved" in command("calendar", "import", "--yes")
    assert book.current().entries == book.shipped().entries
    assert "没有要改的" in command("calendar", "import", "--yes", fails=True)


def test_the_command_says_which_line_of_a_calendar_it_cannot_read(command, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text(HEAD + "不是日期,holiday,元旦,某文件,no\n", encoding="utf-8")
    assert "第 2 行" in command("calendar", "import", str(file), "--yes", fails=True)


def test_the_command_gives_an_outage_back(case, command):
    with travel(after(20)):
        said = command("clocks", "outage", f"{after(14)} 08:00", f"{after(14)} 18:00", "--reason", "断电")
        assert "1 clocks" in said
        wrong = command(
            "clocks", "outage", f"{after(14)} 09:00", f"{after(14)} 10:00", "--reason", "断电", fails=True
        )
    assert "已经登记过" in wrong
    assert db.session.scalars(select(Outage)).one().entered_by == SYSTEM.label
