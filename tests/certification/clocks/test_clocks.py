"""Clocks: every deadline is a small ledger that anyone can compute again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts.actor import SYSTEM
from certification.application.operations.applications import terminate_overdue
from certification.clocks import queries
from certification.clocks.models import Clock, ClockEntry
from certification.clocks.operations import clocks
from certification.workflow import MACHINES
from certification.workflow import clocks as law
from core import audit
from core.calendar import Calendar, book, ledger
from core.clock import travel
from core.db import db
from core.words import word
from tests.certification.clocks.ticking import (
    MONDAY,
    after,
    answer_correction,
    ask_correction,
    every,
    find,
    kinds,
    submitted,
)
from tests.certification.world import World
from tests.support.rules import amend

pytestmark = pytest.mark.engines("types")


def long_road(world):
    """A case with a correction, a test and a nonconformity, over two months."""
    case = submitted(world)
    with travel(after(3)):
        ask_correction(case)
    with travel(after(9)):
        answer_correction(case)
    with travel(after(14)):
        case.to("evaluating")
        case.review_documents()
    with travel(after(16)):
        case.deliver()
        finding = case.raise_finding()
    with travel(after(20)):
        case.answer_finding(finding)
    with travel(after(22)):
        case.take("reject", "lead_verifier", finding, reason="证据不足")
    with travel(after(25)):
        case.answer_finding(finding)
        case.take("close", "lead_verifier", finding, reason="证据充分")
    return case


# The table


def test_every_step_a_clock_names_is_a_step_of_the_law():
    steps = {f"{machine.kind}.{step}" for machine in MACHINES for step in machine.steps}
    # Verbs that make their thing.
    made = {"appeal.file", "body_complaint.file", "status_proposal.propose", "surveillance.order"}
    named = set().union(*(rule.starts | rule.stops | rule.voids for rule in law.CLOCKS))
    assert named - steps - made == set()


@pytest.mark.parametrize("rule", law.CLOCKS, ids=lambda rule: rule.name)
def test_every_clock_and_every_reason_it_stands_still_for_has_a_word_and_a_source(app, rule):
    with app.test_request_context():
        assert str(word(f"clock.{rule.name}"))
        assert str(word(f"clock.owner.{rule.owner}"))
        assert all(str(word(f"clock.reason.{pause.reason}")) for pause in rule.pauses)
    assert rule.source
    assert rule.may_extend


def test_no_clock_is_named_twice():
    assert len(law.BY_NAME) == len(law.CLOCKS)


# The sum


# ask 15
def test_every_due_day_is_what_its_entries_alone_say(world):
    case = long_road(world)
    for clock in every(case):
        told = queries.explain(clock)
        assert told.agrees, clock.name
        assert clock.entries[-1].due == clock.due
        for number, entry in enumerate(clock.entries, start=1):
            calendar = book.at(entry.calendar_version)
            assert ledger.reckon(clock, clock.entries[:number], calendar).due == entry.due


# ask 17
def test_a_clock_keeps_its_unit_its_day_one_rule_and_its_source(world):
    clock = find(submitted(world), "acceptance")
    assert (clock.days, clock.unit, clock.first) == (10, "working", "next")
    assert "未见全国统一规定" in clock.source
    assert clock.due == after(14)  # ten working days after a Monday, that Monday not counted


# ask 17
def test_a_scheme_states_its_own_days_unit_source_and_day_one_rule(db):
    stated = {"days": 3, "unit": "calendar", "source": "演示数据", "first": "same"}
    clock = find(submitted(World(clocks={"acceptance": stated})), "acceptance")
    assert (clock.days, clock.unit, clock.first, clock.source) == (3, "calendar", "same", "演示数据")
    assert clock.due == after(2)


def test_a_rule_that_changes_later_does_not_change_a_clock_that_runs(world):
    case = submitted(world)
    amend(world.scheme, clocks={"acceptance": {"days": 99, "unit": "calendar", "source": "演示数据"}})
    with travel(after(1)):
        ask_correction(case)
    with travel(after(2)):
        answer_correction(case)
    assert find(case, "acceptance").days == 10


# ask 15
def test_the_clock_of_acceptance_stands_still_while_the_client_corrects(world):
    case = submitted(world)
    with travel(after(3)):
        ask_correction(case)
    clock = find(case, "acceptance")
    assert clock.paused
    assert clock.left == 7
    with travel(after(9)):
        answer_correction(case)
    pause, resume = clock.entries[1:]
    assert (pause.kind, pause.reason, pause.cause) == ("pause", "correction", "client")
    assert resume.kind == "resume"
    assert clock.due == after(18)  # the Friday and the Monday to Wednesday that follow do not count


# ask 15
def test_acceptance_to_certificate_stands_still_for_the_client_and_for_the_laboratory(world):
    clock = find(long_road(world), "acceptance_to_certificate")
    stops = ledger.standstills(clock.entries)
    assert clock.paused  # the sample is still at the laboratory
    assert [(stop.since, stop.until) for stop in stops] == [(after(16), None)]
    assert dict(stops[0].reasons) == {"nonconformity": "client", "testing": "laboratory"}


# ask 15
def test_standstills_that_overlap_are_not_taken_off_twice(world):
    case = long_road(world)
    with travel(after(30)):
        clock = find(case, "acceptance_to_certificate")
        for reason in ledger.paused_for(clock.entries):
            clocks.write(clock, "resume", SYSTEM, reason=reason, cause="laboratory")
    sunday = after(14) + timedelta(days=90 + 30 - 16)
    assert clock.due == sunday + timedelta(days=1)
    assert queries.explain(clock).total.stops[0].days(after(40)) == 14


def test_the_client_has_as_long_for_a_second_answer_as_the_first_examination_took(world):
    clock = find(long_road(world), "nonconformity_minor")
    assert kinds(clock)[:4] == ["start", "pause", "resume", "pause"]
    assert [entry.due for entry in clock.entries[:3]] == [after(46), None, after(49)]
    assert clock.result == "met"


def test_whatever_ends_the_case_ends_its_clocks_without_a_verdict(world):
    case = submitted(world)
    with travel(after(1)):
        case.take("recall", "applicant")
    assert [(clock.result, clock.ended_on) for clock in every(case)] == [("void", after(1))]


@pytest.mark.parametrize(("days", "result"), [(14, "met"), (15, "late")])
def test_what_is_done_by_the_end_of_its_day_is_in_time(world, days, result):
    case = submitted(world)
    with travel(after(days)):
        case.to("accepted")
    clock = find(case, "acceptance")
    assert (clock.result, clock.gross, clock.net) == (result, days, days)


def test_the_clocks_of_a_case_that_meets_no_obstacle(world):
    with travel(MONDAY):
        case = world.case("certified")
    found = {clock.name: clock.result for clock in every(case)}
    assert found.pop("correction", "none") == "none"
    assert set(found) >= {
        "acceptance",
        "acceptance_to_certificate",
        "site_after_documents",
        "site_to_certificate",
        "approval_to_certificate",
    }
    assert set(found.values()) == {"met"}


def test_a_document_review_that_fails_starts_no_clock_for_the_visit_and_stops_the_others(world):
    with travel(MONDAY):
        case = world.case("evaluating")
        case.review_documents("fail")
        assert find(case, "acceptance_to_certificate").paused
        assert "site_after_documents" not in {clock.name for clock in every(case)}
        case.review_documents("pass")
    assert find(case, "acceptance_to_certificate").due == after(91)  # the ninetieth is a Sunday
    assert find(case, "site_after_documents").result == "running"


def test_a_second_document_review_begins_the_wait_for_the_visit_anew(world):
    with travel(MONDAY):
        case = world.case("evaluating")
        case.review_documents()
    with travel(after(7)):
        case.review_documents()
    assert find(case, "site_after_documents", 0).result == "void"
    assert find(case, "site_after_documents").started_on == after(7)


# ask 20
def test_the_deadline_of_a_correction_is_a_clock_and_the_case_repeats_its_day(world):
    case = submitted(world)
    with travel(after(1)):
        ask_correction(case, due=after(9))
    clock = find(case, "correction")
    assert kinds(clock) == ["start", "fix"]
    assert clock.due == after(9) == case.application.correction_due


# ask 20
def test_the_reviewer_may_give_more_time_for_a_correction(world):
    case = submitted(world)
    with travel(after(1)):
        ask_correction(case, due=after(9))
        clock = find(case, "correction")
        version = case.application.version
        clocks.extend(clock, world.actor("application_reviewer"), days=5, reason="企业停产检修")
    assert clock.due == after(14) == case.application.correction_due
    assert case.application.version > version
    entry = clock.entries[-1]
    assert (entry.kind, entry.days, entry.reason, entry.cause) == ("extend", 5, "企业停产检修", "body")
    assert (
        db.session.scalars(select(audit.Entry.verb).order_by(audit.Entry.id.desc())).first() == "clock.extend"
    )
    with travel(after(14)):
        assert terminate_overdue() == 0
    with travel(after(15)):
        assert terminate_overdue() == 1
    assert find(case, "correction").result == "late"


def test_a_named_day_that_is_free_means_the_next_working_day_when_working_days_count():
    rule = Clock(days=5, unit="working", first="next", term="act")
    entries = [
        ClockEntry(kind="start", on=MONDAY),
        ClockEntry(kind="fix", on=MONDAY, until=date(2026, 3, 7)),
    ]
    assert ledger.reckon(rule, entries, Calendar()).due == date(2026, 3, 9)


def test_a_clock_of_months_ends_on_the_same_day_number_and_waits_like_the_others():
    rule = Clock(days=6, unit="months", first="next", term="span")
    entries = [ClockEntry(kind="start", on=date(2026, 8, 31))]
    assert ledger.reckon(rule, entries, Calendar()).due == date(2027, 2, 28)
    entries += [
        ClockEntry(kind="pause", on=date(2026, 9, 1), reason="testing", cause="laboratory"),
        ClockEntry(kind="resume", on=date(2026, 9, 11), reason="testing", cause="laboratory"),
    ]
    assert ledger.reckon(rule, entries, Calendar()).due == date(2027, 3, 10)


def test_a_standstill_after_the_days_are_used_up_changes_nothing():
    rule = Clock(days=2, unit="calendar", first="next", term="act")
    entries = [
        ClockEntry(kind="start", on=MONDAY),
        ClockEntry(kind="pause", on=after(5), reason="testing", cause="laboratory"),
    ]
    assert ledger.reckon(rule, entries, Calendar()).due == after(2)
