"""Who may certify, test and verify: dated entries of the registers, read as of the day of an act."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User
from core.db import Base


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
    approval_number: Mapped[str]
    scheme_code: Mapped[str]

    body: Mapped[Organisation] = relationship(lazy="joined")


class LaboratoryScope(_Dated, Base):
    """A laboratory's CMA approval for one test method (168号令 art. 10)."""

    __tablename__ = "laboratory_scope"
    __table_args__ = (UniqueConstraint("laboratory_id", "method", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    cma_number: Mapped[str]
    method: Mapped[str]

    laboratory: Mapped[Organisation] = relationship(lazy="joined")


class Registration(_Dated, Base):
    """A person registered with the national personnel register, competent for one family."""

    __tablename__ = "registration"
    __table_args__ = (
        UniqueConstraint("number", "family"),
        CheckConstraint("grade IN ('inspector', 'verifier')", name="grade_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[str]
    grade: Mapped[str]
    family: Mapped[str]

    user: Mapped[User] = relationship(lazy="joined")
    body: Mapped[Organisation] = relationship(lazy="joined")
