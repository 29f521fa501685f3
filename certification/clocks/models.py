"""Clocks: each a small ledger whose due day anyone can compute again from its entries."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certification.application.models import Application
from certification.workflow.clocks import EXTENDERS
from core.calendar.count import TERMS
from core.calendar.ledger import FIRST, KINDS, RESULTS, UNITS
from core.clock import now
from core.columns import Note, Reason, Slug, Who
from core.db import Base, among

RUNNING = text("result = 'running'")


class Clock(Base):
    """One deadline of one thing.  The rule is copied when it starts: a rule that changes later does not
    change it.  `due` is None while it stands still, and then `left` days remain; `gross` and `net` are
    calendar days, known once it has ended."""

    __tablename__ = "clock"
    __table_args__ = (
        among("result", RESULTS),
        among("unit", UNITS),
        among("first", FIRST),
        among("term", TERMS),
        among("owner", EXTENDERS),
        CheckConstraint("days >= 0", name="days_not_negative"),
        CheckConstraint("(result = 'running') = (ended_on IS NULL)", name="ended_when_not_running"),
        Index("ix_clock_subject", "kind", "subject_id"),
        Index(
            "uq_clock_running", "name", "kind", "subject_id",
            unique=True, sqlite_where=RUNNING, postgresql_where=RUNNING,
        ),
        Index("ix_clock_result_due", "result", "due"),
        Index("ix_clock_name_ended", "name", "ended_on"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Slug]
    kind: Mapped[Slug]  # the machine of the thing it runs on
    subject_id: Mapped[int]
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"), index=True)
    body_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    scheme_code: Mapped[Slug] = mapped_column(default="")
    owner: Mapped[Slug]
    days: Mapped[int]
    unit: Mapped[Slug]
    first: Mapped[Slug]
    term: Mapped[Slug]  # whether it ends on a working day: see core.calendar.count.TERMS
    source: Mapped[Note]
    calendar_version: Mapped[int]
    started_on: Mapped[date]
    due: Mapped[date | None]
    left: Mapped[int] = mapped_column(default=0)
    result: Mapped[Slug] = mapped_column(default="running")
    ended_on: Mapped[date | None]
    gross: Mapped[int | None]
    net: Mapped[int | None]

    entries: Mapped[list["ClockEntry"]] = relationship(order_by="ClockEntry.id", back_populates="clock")
    application: Mapped[Application | None] = relationship(viewonly=True)

    @property
    def paused(self) -> bool:
        return self.result == "running" and self.due is None


class ClockEntry(Base):
    """One line of the ledger; lines are added, none is changed."""

    __tablename__ = "clock_entry"
    __table_args__ = (
        among("kind", KINDS),
        CheckConstraint("kind NOT IN ('extend', 'credit') OR days > 0", name="added_days_positive"),
        CheckConstraint("kind <> 'fix' OR until IS NOT NULL", name="fix_names_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("clock.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    on: Mapped[date]  # the day in Asia/Shanghai
    kind: Mapped[Slug]
    step: Mapped[Slug] = mapped_column(default="")  # kind.step that brought it
    reason: Mapped[Reason] = mapped_column(default="")
    cause: Mapped[Slug] = mapped_column(default="")  # who caused it: client, laboratory, body, service
    days: Mapped[int | None]
    until: Mapped[date | None]
    by: Mapped[Who] = mapped_column(default="")
    calendar_version: Mapped[int]
    due: Mapped[date | None]  # after this line

    clock: Mapped[Clock] = relationship(back_populates="entries")


class Outage(Base):
    """A time the service was down, told to everybody; clocks due then were given the days back."""

    __tablename__ = "outage"
    __table_args__ = (CheckConstraint("ends > begins", name="ends_after_it_begins"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    begins: Mapped[datetime]
    ends: Mapped[datetime]
    reason: Mapped[Reason]
    entered_by: Mapped[Who]
    entered_at: Mapped[datetime] = mapped_column(default=now)
    credited: Mapped[int] = mapped_column(default=0)
    noticed: Mapped[bool] = mapped_column(default=False)  # by the service itself, from its heartbeat


class Heartbeat(Base):
    """When the service last said that people could act: one row.  `ahead` is how many days the clock of
    a demonstration had been set ahead; to set it is no gap."""

    __tablename__ = "heartbeat"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    ahead: Mapped[int] = mapped_column(default=0)
