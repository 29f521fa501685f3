"""Samples and test reports."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from core.clock import now
from core.db import Base


class Sample(Base):
    """A sample on its way; `method` is one of the three ways of 168号令 art. 15."""

    __tablename__ = "sample"
    __table_args__ = (
        CheckConstraint("method IN ('submitted', 'drawn', 'sealed')", name="method_known"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        UniqueConstraint("number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[str] = mapped_column(default="planned")
    version: Mapped[int] = mapped_column()
    method: Mapped[str]
    model: Mapped[str]
    quantity: Mapped[int]
    seal_number: Mapped[str] = mapped_column(default="")
    drawn_on: Mapped[date | None]
    drawn_by: Mapped[str] = mapped_column(default="")
    received_on: Mapped[date | None]
    received_by: Mapped[str] = mapped_column(default="")
    condition: Mapped[str] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": version}

    application: Mapped["Application"] = relationship(back_populates="samples")  # noqa: F821
    laboratory: Mapped[Organisation] = relationship(lazy="joined")
    report: Mapped["TestReport | None"] = relationship(back_populates="sample")
    results: Mapped[list["TestResult"]] = relationship(order_by="TestResult.id")

    def party(self, role: str) -> int | None:
        if role in ("sample_receiver", "tester", "authorised_signatory"):
            return self.laboratory_id
        return self.application.party(role)


class TestReport(Base):
    """A report, complete as ISO/IEC 17025:2017 7.8.2.1 asks; issued once, never edited."""

    __tablename__ = "test_report"
    __test__ = False  # not a test case, whatever its name
    __table_args__ = (
        UniqueConstraint("laboratory_id", "number"),
        CheckConstraint("started_on >= received_on", name="started_after_receipt"),
        CheckConstraint("ended_on >= started_on", name="ended_after_start"),
        CheckConstraint("issued_on >= ended_on", name="issued_after_end"),
        CheckConstraint("conclusion IN ('pass', 'fail', 'reported')", name="conclusion_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), unique=True)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[str]
    cma_number: Mapped[str]
    place: Mapped[str]
    received_on: Mapped[date]
    started_on: Mapped[date]
    ended_on: Mapped[date]
    issued_on: Mapped[date]
    decision_rule: Mapped[str]  # simple | guard_band
    conclusion: Mapped[str]
    tester: Mapped[str]
    signatory: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped["Application"] = relationship(back_populates="reports")  # noqa: F821
    sample: Mapped[Sample] = relationship(back_populates="report")
    laboratory: Mapped[Organisation] = relationship(lazy="joined")
    results: Mapped[list["TestResult"]] = relationship(order_by="TestResult.id")


class TestResult(Base):
    """One measured value; the verdict is computed from the scheme's requirement, never typed."""

    __tablename__ = "test_result"
    __test__ = False
    __table_args__ = (
        UniqueConstraint("sample_id", "item"),
        CheckConstraint("verdict IN ('pass', 'fail', 'undecided', 'reported')", name="verdict_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("test_report.id"), index=True)
    item: Mapped[str]  # slug of the scheme's test item
    method: Mapped[str]
    value: Mapped[Decimal]
    uncertainty: Mapped[Decimal | None]  # expanded, k = 2
    unit: Mapped[str]
    performed_on: Mapped[date]
    verdict: Mapped[str]
    tester_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
