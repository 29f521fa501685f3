"""Time that runs out is told before it does, and when it has; whoever answered is left alone."""

from datetime import timedelta

import pytest

from accounts.models import Delivery, Notice
from accounts.notices import say
from certification.certificate.models import Certificate
from certification.clocks.models import Clock
from certification.clocks.notices import HANDLERS, OWNERS, remind_of_deadlines
from certification.label.operations.labels import request_label
from certification.workflow.clocks import BY_NAME
from core import lifecycle
from core.clock import today, travel
from core.db import db as tables
from core.words import known

pytestmark = pytest.mark.engines("chores")


def clock(name: str) -> Clock:
    return tables.session.query(Clock).filter_by(name=name, result="running").one()


def reminders(world, role: str) -> list[Notice]:
    query = tables.select(Notice).where(
        Notice.user_id == world.people[role].id, Notice.kind.like("deadline.%")
    )
    return list(tables.session.scalars(query.order_by(Notice.id)))


def remind_on(day) -> int:
    with travel(day):
        return remind_of_deadlines()


# ask 19
def test_handlers_are_warned_once_in_amber_and_once_in_red(world):
    world.case("submitted")
    due = clock("acceptance").due
    assert remind_on(today()) == 0
    assert [remind_on(due - timedelta(days=1)) for _ in range(2)] == [1, 0]
    assert [remind_on(due + timedelta(days=1)) for _ in range(2)] == [1, 0]
    amber, red = reminders(world, "application_reviewer")
    assert (amber.kind, amber.urgent) == ("deadline.amber", False)
    assert (red.kind, red.urgent) == ("deadline.red", True)


# ask 20
def test_the_applicant_is_reminded_of_the_correction_and_its_day(world, app):
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=[{"anchor": "trademark", "text": "请改"}])
    due = case.application.correction_due
    remind_on(due)
    [notice] = reminders(world, "applicant")
    with app.test_request_context():
        title = say(notice).title
    assert title.endswith(f"：补正将于 {due.year} 年 {due.month} 月 {due.day} 日到期")
    assert reminders(world, "application_reviewer") == []  # their clock stands still meanwhile


# ask 20
def test_a_day_that_was_moved_is_told_of_anew(world):
    world.case("submitted")
    found = clock("acceptance")
    assert remind_on(found.due) == 1
    found.due += timedelta(days=20)
    assert remind_on(found.due - timedelta(days=20)) == 0
    assert remind_on(found.due) == 1


# ask 24
def test_reminders_stop_when_it_was_answered(world):
    case = world.case("submitted")
    due = clock("acceptance").due
    remind_on(due - timedelta(days=1))
    [notice] = reminders(world, "application_reviewer")
    case.to("accepted")
    tables.session.refresh(notice)
    assert notice.settled_at is not None
    remind_on(due + timedelta(days=1))
    assert len(reminders(world, "application_reviewer")) == 1


def test_a_red_reminder_goes_into_the_post_at_once(world):
    world.case("submitted")
    remind_on(clock("acceptance").due + timedelta(days=1))
    [delivery] = tables.session.query(Delivery)
    assert delivery.user_id == world.people["application_reviewer"].id


@pytest.mark.parametrize("name", BY_NAME)
def test_every_clock_has_somebody_to_remind_and_a_word(app, name):
    assert name in HANDLERS or BY_NAME[name].owner in OWNERS
    with app.app_context():
        assert known(f"clock.{name}")


def test_the_answer_to_a_nonconformity_is_reminded_of(world):
    case = world.case("evaluating")
    finding = case.raise_finding()
    remind_on(finding.due)
    assert reminders(world, "applicant")[-1].subject == f"nonconformity/{finding.id}"


def test_the_asking_for_a_label_is_told_to_who_answers_it(world):
    world.grant("case_officer", "label_officer")
    world.case("certified")
    certificate = tables.session.query(Certificate).one()
    licence = request_label(certificate, world.actor("applicant"), "外包装")
    asked = tables.session.query(Notice).filter_by(kind="label.request").one()
    assert asked.user_id == world.people["case_officer"].id
    lifecycle.take(licence, "refuse", world.actor("case_officer"), reason="位置不当")
    answer = tables.session.query(Notice).filter_by(kind="label.refuse").one()
    assert answer.user_id == world.people["applicant"].id
    assert answer.link == f"/certification/labels/{certificate.number}"


def test_a_holder_is_told_that_a_certificate_ends(world):
    from certification.aftercare.operations.reminders import remind_of_expiry

    world.case("certified")
    certificate = tables.session.query(Certificate).one()
    with travel(certificate.valid_to - timedelta(days=20)):
        remind_of_expiry()
    [notice] = tables.session.query(Notice).filter_by(kind="certificate.remind")
    assert notice.user_id == world.people["applicant"].id
