"""Clocks: every deadline a small ledger that anyone can compute again."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from certification.models import Clock
from certification.workflow import ledger
from core.calendar import book
from core.clock import travel
from core.db import db
from tests.certification.world import World

MONDAY = date(2026, 3, 2)


@pytest.fixture
def world(db):
    return World()


def clock_of(case, name: str) -> Clock:
    query = select(Clock).where(Clock.application_id == case.id, Clock.name == name).order_by(Clock.id.desc())
    return db.session.scalars(query).first()


def days(case) -> list[Clock]:
    return list(db.session.scalars(select(Clock).where(Clock.application_id == case.id).order_by(Clock.id)))


# ask 15
def test_every_due_day_of_a_whole_case_is_what_its_entries_alone_say(world):
    with travel(MONDAY):
        case = world.case("submitted")
        case.take("correct", "application_reviewer", points=[{"anchor": "models", "text": "补"}])
    with travel(MONDAY + timedelta(days=9)):
        from certification import operations
        operations.answer_point(case.application.points[0], case.application, world.actor("applicant"), "补了")
        case.take("resubmit", "applicant")
    with travel(MONDAY + timedelta(days=12)):
        case.to("contracted")
    with travel(MONDAY + timedelta(days=40)):
        case.to("certified")
    clocks = days(case)
    for c in clocks:
        print(c.name, c.started_on, c.due, c.result, c.gross, c.net, [(e.kind, str(e.on), e.reason, str(e.due)) for e in c.entries])
    assert clocks
    for c in clocks:
        total = ledger.reckon(c, c.entries, book.at(c.calendar_version))
        assert (total.due, total.left) == (c.due, c.left)
