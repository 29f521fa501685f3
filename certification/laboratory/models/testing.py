"""Samples, their custody, and the results measured on them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User
from certification.application.models import Application
from certification.impartiality.models import Competence
from certification.laboratory.models.report import TestReport
from certification.workflow import sample as law
from certification.workflow.criteria import requirement, values_of
from certification.workflow.judgement import RULES, VERDICTS, failing, undecided
from certification.workflow.sample import METHODS, SEALS
from core import lifecycle
from core.clock import now, today
from core.columns import Code, Name, Reason, Slug, Unit, Who
from core.db import Base, among
from core.states import in_states
from schemes.document.tables import Value

SEALED = text("seal_number <> ''")
STANDING = text("superseded IS FALSE")


class Sample(Base):
    """An order to a laboratory and the sample it is about; `method` is one of 168号令 art. 15's three ways.

    `items` are the slugs of the scheme's tests this laboratory is to do.  A retest points at the
    first sample of its chain; a sample ordered in place of a doubted one points at that one.
    """

    __tablename__ = "sample"
    __table_args__ = (
        among("method", METHODS),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        among("seal", ("", *SEALS)),
        CheckConstraint("retest_of_id IS NULL OR order_reason <> ''", name="retest_has_reason"),
        CheckConstraint("disposed_on IS NULL OR disposed_on >= retained_until", name="kept_long_enough"),
        UniqueConstraint("number"),
        Index("uq_sample_seal", "seal_number", unique=True, sqlite_where=SEALED, postgresql_where=SEALED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[Slug] = mapped_column(default="planned")
    is_ordered = in_states(law.ORDERED)
    is_at_the_laboratory = in_states(law.AT_THE_LABORATORY)
    is_unreported = in_states(law.UNREPORTED)
    is_testing = in_states(law.TESTING)
    is_doubted = in_states(law.DOUBTED)
    is_reported = in_states(law.REPORTED)
    is_given_up = in_states(law.GIVEN_UP)
    awaits_client = hybrid_property(law.awaits_client)
    version: Mapped[int] = mapped_column()
    method: Mapped[Code]
    model: Mapped[Name]
    quantity: Mapped[int]
    items: Mapped[list[str]] = mapped_column(JSON)
    ordered_on: Mapped[date] = mapped_column(default=today)
    ordered_by: Mapped[Who] = mapped_column(default="")
    order_reason: Mapped[Reason] = mapped_column(default="")
    retest_of_id: Mapped[int | None] = mapped_column(ForeignKey("sample.id"), index=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("sample.id"))
    accepted_on: Mapped[date | None]
    accepted_by: Mapped[Who] = mapped_column(default="")
    expected_on: Mapped[date | None]
    seal_number: Mapped[Code] = mapped_column(default="")
    drawn_on: Mapped[date | None]
    drawn_by: Mapped[Who] = mapped_column(default="")
    drawn_at: Mapped[Name] = mapped_column(default="")  # the place
    received_on: Mapped[date | None]
    received_by: Mapped[Who] = mapped_column(default="")
    condition: Mapped[Reason] = mapped_column(default="")
    seal: Mapped[Slug] = mapped_column(default="")  # as found on receipt
    mismatch: Mapped[Reason] = mapped_column(default="")
    doubt: Mapped[Reason] = mapped_column(default="")
    cleared: Mapped[bool] = mapped_column(default=False)  # the body decided that testing goes on
    retained_until: Mapped[date | None]
    retained_at: Mapped[Name] = mapped_column(default="")
    disposed_on: Mapped[date | None]
    disposed_by: Mapped[Who] = mapped_column(default="")
    disposal: Mapped[Name] = mapped_column(default="")
    witness: Mapped[Name] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": version}

    application: Mapped[Application] = relationship(back_populates="samples")
    laboratory: Mapped[Organisation] = relationship(lazy="joined")
    retest_of: Mapped["Sample | None"] = relationship(foreign_keys=[retest_of_id], remote_side=[id])
    replaces: Mapped["Sample | None"] = relationship(foreign_keys=[replaces_id], remote_side=[id])
    report: Mapped[TestReport | None] = relationship(
        primaryjoin="and_(Sample.id == TestReport.sample_id, TestReport.state != 'superseded')",
        viewonly=True,
        lazy="selectin",
    )
    reports: Mapped[list[TestReport]] = relationship(
        order_by="TestReport.id", back_populates="sample", lazy="selectin"
    )
    results: Mapped[list["TestResult"]] = relationship(
        primaryjoin="and_(Sample.id == TestResult.sample_id, TestResult.superseded.is_(False))",
        order_by="TestResult.id",
        lazy="selectin",
    )
    authorisations: Mapped[list["Competence"]] = relationship(  # of the laboratory's people
        primaryjoin="foreign(Competence.body_id) == Sample.laboratory_id", viewonly=True
    )
    custody: Mapped[list["CustodyEntry"]] = relationship(order_by="CustodyEntry.id", lazy="selectin")
    steps = lifecycle.steps_of("sample", "Sample", lazy="selectin")

    @property
    def chain(self) -> int:
        """The first sample of the line of retests this one stands in."""
        return self.retest_of_id or self.id

    @property
    def tests(self) -> list[dict[str, Any]]:  # as schemes.operations.Test wrote them
        """The items of the scheme this sample is ordered for, in the scheme's order, each with what is asked
        of the model that was drawn; where there are grades, what suffices."""
        return [self._asked(item) for item in self.application.scheme.tests if item["slug"] in self.items]

    @property
    def stated(self) -> dict[str, Value]:
        """What is stated of the model that was drawn, as criteria compare it."""
        case = self.application
        said = (model.parameters for model in case.models if model.code == self.model)
        return values_of(case, next(said, {}))

    def _asked(self, item: dict[str, Any]) -> dict[str, Any]:  # as `tests`
        rules = self.application.scheme.rules
        if rules.is_plain:
            return item
        comparator, limit, row = requirement(rules, self.stated, item["slug"]) or (None, None, None)
        asked = {"comparator": comparator, "limit": None if limit is None else f"{limit:f}"}
        return item | asked | {"row": row, "rules": rules}  # in words the class is told by who shows it

    def party(self, role: str) -> int | None:
        if role in ("sample_receiver", "tester", "authorised_signatory"):
            return self.laboratory_id
        return self.application.party(role)


class CustodyEntry(Base):
    """One hand-over: who gave the sample to whom, when, where, under which seal.  Never changed."""

    __tablename__ = "custody_entry"
    __table_args__ = (CheckConstraint("giver <> '' AND taker <> ''", name="both_named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), index=True)
    act: Mapped[Slug]  # the step it was written with
    on: Mapped[date]
    giver: Mapped[Who]
    taker: Mapped[Who]
    place: Mapped[Name]
    seal_number: Mapped[Code] = mapped_column(default="")
    note: Mapped[Reason] = mapped_column(default="")
    entered_by: Mapped[Who]
    entered_at: Mapped[datetime] = mapped_column(default=now)


class TestResult(Base):
    """One measured value; the verdict is computed from the scheme's requirement, never typed.

    A value that was entered stays: another one is a row of its own, which names the one whose place it takes
    and why.
    """

    __tablename__ = "test_result"
    __test__ = False
    __table_args__ = (
        UniqueConstraint("report_id", "item"),
        Index(
            "uq_test_result_standing",
            "sample_id",
            "item",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        among("verdict", VERDICTS),
        among("rule", ("", *RULES)),
        CheckConstraint("replaces_id IS NULL OR reason <> ''", name="change_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sample_id: Mapped[int] = mapped_column(ForeignKey("sample.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("test_report.id"), index=True)
    item: Mapped[Slug]  # slug of the scheme's test item
    method: Mapped[Code]
    value: Mapped[Decimal]
    readings: Mapped[list[str]] = mapped_column(JSON, default=list)  # one for each specimen; none of one
    uncertainty: Mapped[Decimal | None]  # expanded, k = 2
    unit: Mapped[Unit]
    performed_on: Mapped[date]
    verdict: Mapped[Slug]
    external: Mapped[Name] = mapped_column(default="")  # who measured it, when it was not the laboratory
    tester_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    edition: Mapped[Code] = mapped_column(default="")  # of the method that was used
    equipment: Mapped[Name] = mapped_column(default="")
    environment: Mapped[Name] = mapped_column(default="")
    rule: Mapped[Slug] = mapped_column(default="")  # of decision; none of before: as its report says
    entered_at: Mapped[datetime | None] = mapped_column(default=now)  # none: before it was kept
    superseded: Mapped[bool] = mapped_column(default=False)  # another value stands in its place
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("test_result.id"))
    reason: Mapped[Reason] = mapped_column(default="")  # why another value stands in place of that one

    replaces: Mapped["TestResult | None"] = relationship(foreign_keys=[replaces_id], remote_side=[id])
    tester: Mapped[User] = relationship(lazy="joined")

    @property
    def earlier(self) -> list["TestResult"]:
        """The values that stood in this place before, the first first."""
        return [*self.replaces.earlier, self.replaces] if self.replaces else []

    @property
    def undecided(self) -> bool:
        return undecided(self)

    @property
    def falls_short(self) -> bool:
        return bool(failing([self]))
