"""What people bring before the regulator: complaints of consumers, reports of violations, and who they are.

Who somebody is stands in a table of its own, which one query reads, for the handler alone
(市场监督管理投诉举报处理暂行办法 art. 33).
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from core.clock import now
from core.columns import Code, Digest, FileName, Name, Reason, Slug, Who
from core.db import Base
from core.states import in_states
from oversight.workflow import COMPLAINT


class Reporter(Base):
    """The name and the way to reach whoever complained or reported; anonymous ones have none."""

    __tablename__ = "reporter"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name]
    contact: Mapped[Name]


class _Grievance:
    """What complaints and reports have in common; `code_digest` opens the follow-up page."""

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code] = mapped_column(unique=True)
    state: Mapped[Slug] = mapped_column(default="received", index=True)
    is_closed = in_states(COMPLAINT.final)
    version: Mapped[int] = mapped_column()
    code_digest: Mapped[Digest]
    about_kind: Mapped[Slug]
    about: Mapped[Name]
    text: Mapped[Reason]
    file: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))
    file_name: Mapped[FileName] = mapped_column(default="")
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("reporter.id"))
    regulator_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    handler: Mapped[Who] = mapped_column(default="")
    received_on: Mapped[date]
    due_on: Mapped[date | None]  # of the next thing the law asks of the regulator
    outcome: Mapped[Reason] = mapped_column(default="")  # what was found or agreed, for the house
    answer: Mapped[Reason] = mapped_column(default="")  # what whoever brought it is told
    created_at: Mapped[datetime] = mapped_column(default=now)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.version}

    @declared_attr
    def reporter(cls) -> Mapped[Reporter | None]:
        return relationship()

    @property
    def real_name(self) -> bool:
        return self.reporter_id is not None

    def party(self, role: str) -> int | None:
        return self.regulator_id if role == "regulator" else None

    def names_reporter(self, text: str) -> bool:
        """Whether a text would give away who brought it."""
        person = self.reporter
        return person is not None and any(part in text for part in (person.name, person.contact) if part)


class Complaint(_Grievance, Base):
    """A consumer's dispute over goods bought for personal use: 投诉 (art. 3)."""

    __tablename__ = "complaint"
    __table_args__ = (CheckConstraint("text <> ''", name="text_given"),)


class ViolationReport(_Grievance, Base):
    """A lead to a violation, by anyone, named or not: 举报."""

    __tablename__ = "violation_report"
    __table_args__ = (CheckConstraint("text <> ''", name="text_given"),)

    extended: Mapped[bool] = mapped_column(default=False)
