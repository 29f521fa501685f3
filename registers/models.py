"""Who may certify, test and verify: dated entries of the registers, read as of the day of an act."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User
from core.clock import now
from core.columns import Code, Name, PrintedCode, Reason, Slug, Who
from core.db import Base, among

GRADES = ("inspector", "verifier")
ACTS = ("enter", "end")


class _Dated:
    valid_from: Mapped[date]
    valid_to: Mapped[date]

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


class BodyScope(_Dated, Base):
    """A certification body's approval for one scheme (认证认可条例 art. 9, 10)."""

    __tablename__ = "body_scope"
    __table_args__ = (UniqueConstraint("body_id", "scheme_code", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    approval_number: Mapped[PrintedCode]
    scheme_code: Mapped[Slug]

    body: Mapped[Organisation] = relationship(lazy="joined")


class LaboratoryScope(_Dated, Base):
    """A laboratory's CMA approval for one test method (168号令 art. 10)."""

    __tablename__ = "laboratory_scope"
    __table_args__ = (UniqueConstraint("laboratory_id", "method", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    cma_number: Mapped[Code]
    method: Mapped[Code]

    laboratory: Mapped[Organisation] = relationship(lazy="joined")


class Registration(_Dated, Base):
    """A person registered with the national personnel register, competent for one family."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("number", "family", "valid_from"),
        among("grade", GRADES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[Code]
    grade: Mapped[Slug]
    family: Mapped[Slug]

    user: Mapped[User] = relationship(lazy="joined")
    body: Mapped[Organisation] = relationship(lazy="joined")


class Accreditation(_Dated, Base):
    """A voluntary accreditation (CNAS) of a body or a laboratory, a record beside the legal one."""

    __tablename__ = "accreditation"
    __table_args__ = (UniqueConstraint("organisation_id", "number", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[Code]
    scope: Mapped[Reason]

    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Training(_Dated, Base):
    """A course somebody of a body passed; `valid_from` is the day it was passed."""

    __tablename__ = "training"
    __table_args__ = (CheckConstraint("hours > 0", name="hours_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    course: Mapped[Name]
    provider: Mapped[Name]
    hours: Mapped[int]
    number: Mapped[Code] = mapped_column(default="")  # of the certificate of attendance

    user: Mapped[User] = relationship(lazy="joined")
    body: Mapped[Organisation] = relationship(lazy="joined")


Entry = BodyScope | LaboratoryScope | Registration | Accreditation | Training


class RegisterAct(Base):
    """How an entry of a register came to be and to end: entries are never overwritten or deleted."""

    __tablename__ = "register_act"
    __table_args__ = (
        among("act", ACTS),
        CheckConstraint(
            "act = 'enter' OR (former_end IS NOT NULL AND reason <> '')", name="ending_explained"
        ),
        Index("ix_register_act_entry", "register", "entry_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[Slug]
    entry_id: Mapped[int]
    act: Mapped[Slug]
    former_end: Mapped[date | None]
    reason: Mapped[Reason] = mapped_column(default="")
    entered_by: Mapped[Who]
    entered_at: Mapped[datetime] = mapped_column(default=now)
