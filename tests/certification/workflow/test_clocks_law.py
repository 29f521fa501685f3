"""Who may move a clock, what timers do, and what the database itself refuses."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from accounts.actor import SYSTEM
from certification.application.operations.applications import terminate_overdue
from certification.clocks import queries
from certification.clocks.models import Clock, ClockEntry
from certification.clocks.operations import clocks
from certification.workflow import clocks as law
from core.calendar import book
from core.clock import travel
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder
from tests import factories
from tests.certification.acts.test_acts import refused
from tests.certification.acts.test_appeals import filed, heard
from tests.certification.clocks.ticking import (
    MONDAY,
    after,
    answer_correction,
    ask_correction,
    find,
    in_days,
    submitted,
)

pytestmark = pytest.mark.engines("constraints")

# Extensions


@pytest.mark.parametrize(
    ("facts", "slug"),
    [
        ({"days": 0, "reason": "停产"}, "extension-not-positive"),
        ({"days": -3, "reason": "停产"}, "extension-not-positive"),
        ({"days": None, "reason": "停产"}, "extension-not-positive"),
        ({"days": 3, "reason": "  "}, "reason-missing"),
    ],
)
def test_an_extension_names_its_days_and_its_reason(world, facts, slug):
    case = submitted(world)
    with travel(after(1)):
        ask_correction(case)
        with pytest.raises(Invalid, match=slug):
            clocks.extend(find(case, "correction"), world.actor("case_officer"), **facts)


@pytest.mark.parametrize("role", ["applicant", "document_reviewer", "decision_maker", "tester"])
def test_nobody_else_gives_the_client_more_time(world, role):
    case = submitted(world)
    with travel(after(1)):
        ask_correction(case)
        with pytest.raises(NotPermitted, match="role-not-held"):
            clocks.extend(find(case, "correction"), world.actor(role), days=3, reason="停产")


def test_only_the_head_gives_the_body_more_time(world):
    clock = find(submitted(world), "acceptance")
    with travel(after(1)):
        for role in ("application_reviewer", "case_officer", "decision_maker"):
            assert not clocks.may_extend(clock, world.actor(role))
        clocks.extend(clock, world.actor("head_of_body"), days=2, reason="人员培训")
    assert clock.due == after(16)


def test_another_body_gives_no_time_in_a_case_that_is_not_its_own(world):
    clock = find(submitted(world), "acceptance")
    head = world.actor("head_of_body")
    stranger = type(head)(head.id, head.name, world.maker.id, "别的机构", head.kind, head.roles)
    with pytest.raises(NotPermitted):
        clocks.extend(clock, stranger, days=2, reason="无关")


def test_a_clock_that_has_ended_is_not_extended(world):
    case = submitted(world)
    with travel(after(1)):
        case.to("accepted")
        with pytest.raises(OutOfOrder, match="clock-ended"):
            clocks.extend(find(case, "acceptance"), world.actor("head_of_body"), days=2, reason="晚了")


def test_an_extension_stays_within_the_longest_the_rule_allows(world, monkeypatch):
    clock = find(submitted(world), "acceptance")
    monkeypatch.setitem(law.BY_NAME, "acceptance", law.clock(
        "acceptance", on="application", start="submit", stop="accept", days=10, unit="working",
        source="演示数据", longest=3))  # fmt: skip
    with travel(after(1)):
        head = world.actor("head_of_body")
        clocks.extend(clock, head, days=2, reason="第一次")
        with pytest.raises(Invalid, match="extension-too-long"):
            clocks.extend(clock, head, days=2, reason="第二次")


# Timers


# guard 19
def test_a_timer_that_comes_twice_or_late_ends_a_case_once_and_skips_no_state(world):
    case = submitted(world)
    with travel(after(1)):
        ask_correction(case)
    with travel(after(400)):
        assert terminate_overdue() == 1
        entries = len(find(case, "correction").entries)
        assert terminate_overdue() == 0
    assert case.state == "terminated"
    assert len(find(case, "correction").entries) == entries
    assert find(case, "acceptance").result == "void"


# guard 19
def test_a_clock_that_ran_out_moves_nothing_by_itself(world):
    case = submitted(world)
    with travel(after(400)):
        assert terminate_overdue() == 0
        assert queries.light(find(case, "acceptance")) == "red"
        assert case.state == "submitted"
        case.to("accepted")
    assert find(case, "acceptance").result == "late"


# guard 19
def test_a_late_timer_does_not_end_a_case_that_was_answered_in_the_meantime(world):
    case = submitted(world)
    with travel(after(1)):
        ask_correction(case)
    with travel(after(60)):
        answer_correction(case)
        assert terminate_overdue() == 0
    assert case.state == "submitted"
    assert find(case, "correction").result == "late"


# The database's own word


def test_a_thing_has_one_running_clock_of_each_name(world):
    clock = find(submitted(world), "acceptance")
    columns = {c.key: getattr(clock, c.key) for c in Clock.__table__.columns if c.key != "id"}
    db.session.add(Clock(**columns))
    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"result": "paused", "ended_on": MONDAY}, "result_known"),
        ({"unit": "weeks"}, "unit_known"),
        ({"first": "second"}, "first_known"),
        ({"term": "holiday"}, "term_known"),
        ({"owner": "nobody"}, "owner_known"),
        ({"days": -1}, "days_not_negative"),
        ({"ended_on": MONDAY}, "ended_when_not_running"),
    ],
)
def test_the_database_refuses_a_clock_that_cannot_be(world, values, name):
    clock = find(submitted(world), "acceptance")
    for column, value in values.items():
        setattr(clock, column, value)
    with pytest.raises(IntegrityError, match=name):
        db.session.flush()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"kind": "guess"}, "kind_known"),
        ({"kind": "extend", "days": 0}, "added_days_positive"),
        ({"kind": "fix"}, "fix_names_a_day"),
    ],
)
def test_the_database_refuses_a_line_that_cannot_be(world, values, name):
    clock = find(submitted(world), "acceptance")
    db.session.add(ClockEntry(clock_id=clock.id, on=MONDAY, calendar_version=0, **values))
    with pytest.raises(IntegrityError, match=name):
        db.session.flush()


# Beside the road


def test_the_handling_of_an_appeal_is_a_clock_and_the_appeal_repeats_its_day(db, world):
    case = refused(world)
    appeal = filed(db, world, case)
    clock = find(case, "appeal_handling")
    assert clock.due == appeal.due_on == in_days(60)
    officer = factories.user(world.body, "appeals_officer").memberships[0].actor()
    with travel(in_days(60) + timedelta(days=1)):
        heard(appeal, officer, "upheld")
    assert clock.result == "late"


def test_a_visit_nobody_makes_is_not_waited_for_once_the_evaluation_is_done(world):
    with travel(MONDAY):
        case = world.case("evaluating")
        case.review_documents()
        clocks.follow(case.application, "finish", SYSTEM, {})
    assert find(case, "site_after_documents").result == "void"


def test_the_register_of_days_is_filled_once_from_what_is_shipped(db):
    book.seed(SYSTEM)
    book.seed(SYSTEM)
    assert book.head() == 1
    assert book.current().entries == book.shipped().entries
