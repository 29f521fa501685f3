"""Test reports."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from certification.workflow.judgement import CONCLUSIONS, failing
from certification.workflow.report import REPORT, RETRACTED, STANDING
from core import lifecycle
from core.clock import now
from core.columns import Digest, FileName, Name, PrintedCode, Reason, Slug, Who
from core.db import Base, among
from core.states import in_states

if TYPE_CHECKING:
    from certification.aftercare.models import SuspensionBatch
    from certification.application.models import Application
    from certification.laboratory.models.testing import Sample, TestResult


class TestReport(Base):
    """A report, complete as ISO/IEC 17025:2017 7.8.2.1 asks; issued once, never edited.

    An amendment is a report of its own that names the one before it (7.8.8).
    """

    __tablename__ = "test_report"
    __test__ = False  # not a test case, whatever its name
    __table_args__ = (
        UniqueConstraint("laboratory_id", "number"),
        CheckConstraint("started_on >= received_on", name="started_after_receipt"),
        CheckConstraint("ended_on >= started_on", name="ended_after_start"),
        CheckConstraint("issued_on >= ended_on", name="issued_after_end"),
        among("conclusion", CONCLUSIONS),
        among("state", REPORT.states),
        CheckConstraint("amends_id IS NULL OR amendment <> ''", name="amendment_has_reason"),
        CheckConstraint("state <> 'retracted' OR retraction <> ''", name="retraction_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), index=True)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[Slug] = mapped_column(default="issued")
    stands = in_states(STANDING)
    is_retracted = in_states(RETRACTED)
    version: Mapped[int] = mapped_column()
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("test_report.id"), unique=True)
    amendment: Mapped[Reason] = mapped_column(default="")  # the reason
    number: Mapped[PrintedCode] = mapped_column(index=True)
    title: Mapped[Name]
    cma_number: Mapped[PrintedCode]
    laboratory_name: Mapped[Name]
    laboratory_address: Mapped[Name]
    place: Mapped[Name]
    customer: Mapped[Name]
    item_description: Mapped[Name]
    condition: Mapped[Reason]
    sampling: Mapped[Name]  # plan and method
    sampled_on: Mapped[date | None]
    received_on: Mapped[date]
    started_on: Mapped[date]
    ended_on: Mapped[date]
    issued_on: Mapped[date]
    decision_rule: Mapped[Slug]  # simple | guard_band
    deviations: Mapped[Name]
    statement: Mapped[Name]
    conclusion: Mapped[Slug]
    tester: Mapped[Who]
    signatory: Mapped[Who]
    file: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"), index=True)
    file_name: Mapped[FileName] = mapped_column(default="")
    retracted_on: Mapped[date | None]
    retracted_by: Mapped[Who] = mapped_column(default="")
    retraction: Mapped[Reason] = mapped_column(default="")  # the reason
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    application: Mapped["Application"] = relationship(back_populates="reports")
    sample: Mapped["Sample"] = relationship(back_populates="reports", lazy="selectin")
    laboratory: Mapped[Organisation] = relationship(lazy="joined")
    results: Mapped[list["TestResult"]] = relationship(order_by="TestResult.id", lazy="selectin")
    amends: Mapped["TestReport | None"] = relationship(remote_side=[id], back_populates="amended_by")
    amended_by: Mapped["TestReport | None"] = relationship(back_populates="amends")
    steps = lifecycle.steps_of("test_report", "TestReport")
    batch: Mapped["SuspensionBatch | None"] = relationship(back_populates="report")

    @property
    def falls_short(self) -> bool:
        return bool(failing(self.results))

    @property
    def dating(self) -> "list[lifecycle.StepTaken]":
        """The steps with which its days were typed: those of its sample, and of the reports it amends."""
        return [*self.amends.dating, *self.amends.steps] if self.amends else self.sample.steps

    def party(self, role: str) -> int | None:
        return self.sample.party(role)
