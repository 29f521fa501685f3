"""What the tests of clocks share: a Monday, and cases that stand at some point of their road."""

from datetime import date, timedelta

from sqlalchemy import select

from certification.application.operations.applications import answer_point
from certification.clocks.models import Clock
from core.calendar import book
from core.clock import today, travel
from core.db import db

MONDAY = date(2026, 3, 2)  # four working weeks without a holiday follow it
POINT = {"anchor": "models", "text": "补型号"}


def after(days: int) -> date:
    return MONDAY + timedelta(days=days)


def in_days(days: int) -> date:
    """So many days from today, or the next day that is worked."""
    day = today() + timedelta(days=days)
    while not book.shipped().is_working(day):
        day += timedelta(days=1)
    return day


def find(case, name: str = "acceptance", nth: int = -1) -> Clock:
    query = select(Clock).where(Clock.application_id == case.id, Clock.name == name).order_by(Clock.id)
    return list(db.session.scalars(query))[nth]


def every(case) -> list[Clock]:
    return list(db.session.scalars(select(Clock).where(Clock.application_id == case.id)))


def kinds(clock: Clock) -> list[str]:
    return [entry.kind for entry in clock.entries]


def submitted(world, day: date = MONDAY):
    with travel(day):
        return world.case("submitted")


def ask_correction(case, **more) -> None:
    case.take("correct", "application_reviewer", points=[POINT], **more)


def answer_correction(case) -> None:
    for point in case.application.open_points:
        answer_point(point, case.application, case.world.actor("applicant"), "补了", True)
    case.take("resubmit", "applicant")
