"""An application and what the applicant hands in."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from accounts.models import Membership, Organisation
from carbon import records
from carbon.models import Footprint, Inventory
from carbon.operations import weights
from carbon.operations.spreads import of_frozen
from certification.application.models.correction import CorrectionPoint
from certification.application.models.submission import Submission
from certification.workflow import application as law
from certification.workflow import criteria, impartiality
from certification.workflow.correction import open_places
from certification.workflow.judgement import verdicts
from certification.workflow.materiality import unproved
from certification.workflow.purpose import PARTS, PURPOSES, may_leave_parts_out
from core import lifecycle
from core.clock import now
from core.columns import Code, Digest, Facts, Name, PrintedName, Slug, Who
from core.db import Base, among
from core.errors import Invalid
from core.states import in_states
from registers.adoption.models import Adoption
from registers.models import BodyScope, Registration
from schemes.models import SchemeVersion
from schemes.stated import LONGEST

if TYPE_CHECKING:  # what later desks add to a case: its tables lie above this one
    from certification.application.models.agreement import Agreement
    from certification.certificate.models import Certificate
    from certification.evaluation.models import (
        Decision,
        DocumentReview,
        EvaluationPlan,
        FormerPlan,
        Nonconformity,
        Review,
        SitePhotograph,
        SiteVerification,
    )
    from certification.impartiality.models import CaseDeclaration, Competence, ConflictDeclaration
    from certification.laboratory.models import Sample, TestReport
    from certification.late.models import LateEntry
    from certification.messages.models import Opening
    from certification.questions.models import Question
    from certification.reporting.models import EvaluationReport
    from certification.tracing.models import PlannedTrace, WorkingPaper
    from certification.verification.models import Opinion, VerifiedItem
    from certification.workbooks.models import SheetRow, SheetUpload

APPLICANT_ROLES = frozenset({"applicant"})
LABORATORY_ROLES = frozenset({"sample_receiver", "tester", "authorised_signatory"})


class Application(Base):
    """One certification unit on its road from draft to certificate, or to a reasoned no."""

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'recalled') OR footprint_id IS NOT NULL", name="footprint_once_submitted"
        ),
        UniqueConstraint("number"),
        among("purpose", PURPOSES),
        CheckConstraint("(purpose = 'initial') = (certificate_id IS NULL)", name="purpose_names_certificate"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code]  # case number, LC-2026-000123
    state: Mapped[Slug] = mapped_column(default="draft", index=True)
    is_draft = in_states(law.DRAFT)
    is_correcting = in_states(law.CORRECTING)
    is_editable = in_states(law.EDITABLE)
    awaits_acceptance = in_states(law.AWAITING_ACCEPTANCE)
    awaits_agreement = in_states(law.AWAITING_AGREEMENT)
    is_evaluating = in_states(law.EVALUATING)
    is_reviewed = in_states(law.REVIEWING)
    is_visited = in_states(law.VISITED)
    awaits_countersigning = in_states(law.APPLICATION.sources("countersign"))
    is_amendable = in_states(law.AMENDABLE)
    is_certified = in_states(law.CERTIFIED)
    is_refused = in_states(law.REFUSED)
    is_recalled = in_states(law.RECALLED)
    is_closed = in_states(law.CLOSED)
    is_in_vain = in_states(law.ENDED_WITHOUT)
    tells_decision = in_states(law.DECISION_TOLD)
    version: Mapped[int] = mapped_column()
    demo: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[Slug] = mapped_column(default="initial")
    certificate_id: Mapped[int | None] = mapped_column(  # the one the case is about
        ForeignKey("certificate.id", use_alter=True), index=True
    )
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    applicant_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)  # 认证委托人
    producer: Mapped[dict[str, str]] = mapped_column(
        Facts(200, printed=True)
    )  # 生产者: {name, uscc, address}
    factory: Mapped[dict[str, str]] = mapped_column(
        Facts(200, printed=True)
    )  # 生产企业: {name, uscc, address, region}
    product_name: Mapped[PrintedName]
    product_name_en: Mapped[PrintedName] = mapped_column(default="")
    trademark: Mapped[PrintedName] = mapped_column(default="")
    series: Mapped[PrintedName] = mapped_column(default="")
    parameters: Mapped[dict[str, str]] = mapped_column(Facts(LONGEST, printed=True), default=dict)
    inventory_id: Mapped[int] = mapped_column(ForeignKey("inventory.id"))
    footprint_id: Mapped[int | None] = mapped_column(ForeignKey("footprint.id"))
    acceptance: Mapped[dict[str, Any]] = mapped_column(  # JSON: {conditions, said: a list of {slug, name,
        Facts(),
        default=dict,  # name_en, note, evidence, file}, on, by}; before notes were asked, without them
    )
    correction_due: Mapped[date | None]
    body_signed_by: Mapped[Who] = mapped_column(default="")
    client_signed_by: Mapped[Who] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    __mapper_args__ = {"version_id_col": version}

    scheme: Mapped[SchemeVersion] = relationship(lazy="joined")
    body: Mapped[Organisation] = relationship(foreign_keys=[body_id], lazy="joined")
    applicant: Mapped[Organisation] = relationship(foreign_keys=[applicant_id], lazy="joined")
    about: Mapped["Certificate | None"] = relationship(foreign_keys=[certificate_id], viewonly=True)
    held: Mapped[list["Certificate"]] = relationship(  # what the applicant holds already
        primaryjoin="foreign(Certificate.holder_id) == Application.applicant_id", viewonly=True
    )
    inventory: Mapped[Inventory] = relationship()
    footprint: Mapped[Footprint | None] = relationship()
    models: Mapped[list["ProductModel"]] = relationship(
        order_by="ProductModel.id", cascade="all, delete-orphan"
    )
    files: Mapped[list["ApplicationFile"]] = relationship(order_by="ApplicationFile.id")
    points: Mapped[list[CorrectionPoint]] = relationship(order_by="CorrectionPoint.id")
    unread: Mapped[list["SheetRow"]] = relationship(  # rows of a workbook that could not be read
        secondary="sheet_upload",
        primaryjoin="Application.id == SheetUpload.application_id",
        secondaryjoin="and_(SheetUpload.id == SheetRow.upload_id, SheetRow.outcome == 'waiting')",
        order_by="(SheetRow.upload_id, SheetRow.number)",
        viewonly=True,
    )
    staged: Mapped[list["SheetUpload"]] = relationship(  # workbooks whose difference is only shown
        primaryjoin="and_(Application.id == SheetUpload.application_id, SheetUpload.outcome == 'staged')",
        viewonly=True,
    )
    openings: Mapped[list["Opening"]] = relationship(order_by="Opening.id", back_populates="application")
    late_entries: Mapped[list["LateEntry"]] = relationship(
        order_by="LateEntry.id", back_populates="application"
    )
    submissions: Mapped[list[Submission]] = relationship(order_by="Submission.number")
    questions: Mapped[list["Question"]] = relationship(
        order_by="Question.id", back_populates="application", cascade="all, delete-orphan"
    )
    plan: Mapped["EvaluationPlan | None"] = relationship()
    former_plans: Mapped[list["FormerPlan"]] = relationship(order_by="FormerPlan.id")
    steps = lifecycle.steps_of("application", "Application")
    document_review: Mapped["DocumentReview | None"] = relationship(
        primaryjoin="and_(Application.id == DocumentReview.application_id,"
        " DocumentReview.superseded.is_(False))"
    )
    samples: Mapped[list["Sample"]] = relationship(order_by="Sample.id", back_populates="application")
    reports: Mapped[list["TestReport"]] = relationship(order_by="TestReport.id", back_populates="application")
    site: Mapped["SiteVerification | None"] = relationship(
        primaryjoin="and_(Application.id == SiteVerification.application_id,"
        " SiteVerification.superseded.is_(False))"
    )
    nonconformities: Mapped[list["Nonconformity"]] = relationship(
        order_by="Nonconformity.id", back_populates="application"
    )
    photographs: Mapped[list["SitePhotograph"]] = relationship(order_by="SitePhotograph.id")
    verified_items: Mapped[list["VerifiedItem"]] = relationship(  # those that stand
        primaryjoin="and_(Application.id == VerifiedItem.application_id, VerifiedItem.superseded.is_(False))",
        order_by="VerifiedItem.id",
    )
    planned_traces: Mapped[list["PlannedTrace"]] = relationship(  # those that stand
        primaryjoin="and_(Application.id == PlannedTrace.application_id, PlannedTrace.superseded.is_(False))",
        order_by="PlannedTrace.id",
    )
    working_papers: Mapped[list["WorkingPaper"]] = relationship(order_by="WorkingPaper.id")
    opinion: Mapped["Opinion | None"] = relationship(
        primaryjoin="and_(Application.id == Opinion.application_id, Opinion.superseded.is_(False))"
    )
    review: Mapped["Review | None"] = relationship(
        primaryjoin="and_(Application.id == Review.application_id, Review.superseded.is_(False))"
    )
    decision: Mapped["Decision | None"] = relationship(
        primaryjoin="and_(Application.id == Decision.application_id, Decision.superseded.is_(False))"
    )
    body_scopes: Mapped[list[BodyScope]] = relationship(
        primaryjoin="foreign(BodyScope.body_id) == Application.body_id", viewonly=True
    )
    evaluation_reports: Mapped[list["EvaluationReport"]] = relationship(
        order_by="EvaluationReport.id", back_populates="application"
    )
    agreement: Mapped["Agreement | None"] = relationship(viewonly=True)
    adoptions: Mapped[list[Adoption]] = relationship(  # of the body, of whichever rules
        primaryjoin="foreign(Adoption.body_id) == Application.body_id", viewonly=True
    )
    conflicts: Mapped[list["ConflictDeclaration"]] = relationship(
        primaryjoin="foreign(ConflictDeclaration.client_id) == Application.applicant_id", viewonly=True
    )
    registrations: Mapped[list[Registration]] = relationship(  # of the body's people, with whichever body
        secondary=Membership.__table__,
        primaryjoin=lambda: Application.body_id == foreign(Membership.organisation_id),
        secondaryjoin=lambda: foreign(Membership.user_id) == Registration.user_id,
        viewonly=True,
    )
    competences: Mapped[list["Competence"]] = relationship(
        primaryjoin="foreign(Competence.body_id) == Application.body_id", viewonly=True
    )
    declarations: Mapped[list["CaseDeclaration"]] = relationship(order_by="CaseDeclaration.id")

    @property
    def label(self) -> str:
        return f"{self.product_name} {self.number}"

    @property
    def may_leave_parts_out(self) -> bool:
        """Whether the plan may, with its reason."""
        return may_leave_parts_out(self)

    @property
    def planned_parts(self) -> tuple[str, ...]:
        """The parts of the evaluation that are to be done; every one unless the plan says otherwise."""
        return tuple(self.plan.parts) if self.plan else PARTS

    @property
    def barred_until(self) -> date | None:
        """The last day of the waiting period after a withdrawal of the same kind, for a first certificate."""
        same = (each for each in self.held if each.scheme.category == self.scheme.category)
        ends = [end for each in same if (end := each.waiting_until)]
        return max(ends, default=None) if self.purpose == "initial" else None

    @property
    def current_files(self) -> list["ApplicationFile"]:
        return [file for file in self.files if file.superseded_at is None]

    @property
    def file_digests(self) -> list[str]:
        """What whoever takes a step has before them: the files in force, the photographs, the evidence."""
        answers = [answer for finding in self.nonconformities for answer in finding.answers]
        lying = [file.digest for file in self.current_files]
        return lying + [found.digest for found in self.photographs] + [answer.evidence for answer in answers]

    @property
    def unproved(self) -> list[int]:
        """The places of the rows that still need a file; none where the scheme asks for no share, or while
        nothing can be computed."""
        share = self.scheme.materiality
        if share is None or not self.inventory.is_filled:
            return []
        proved = [bool(row.proof) for row in self.inventory.rows]
        return unproved(weights(self.inventory), proved, share)

    @property
    def bare_months(self) -> dict[int, list[str]]:
        """By place, of the rows that no file proves as a whole, the months of their ledger without one."""
        rows = enumerate(self.inventory.rows)
        found = {place: records.bare_months(row.stated) for place, row in rows if not row.proof}
        return {place: months for place, months in found.items() if months}

    @property
    def open_points(self) -> list[CorrectionPoint]:
        """The points of the latest request for correction."""
        latest = max((point.round for point in self.points), default=0)
        return [point for point in self.points if point.round == latest]

    @property
    def open_places(self) -> list[str]:
        """What of the application that was handed in may be changed now."""
        return open_places(self)

    @property
    def evaluators(self) -> set[int]:
        """Everyone who took part in the evaluation: the team, also of a plan that was changed since, who
        raised findings, who tested."""
        people = {finding.raised_by_id for finding in self.nonconformities}
        people |= {result.tester_id for sample in self.samples for result in sample.results}
        people |= {person for former in self.former_plans for person in former.people}
        return people | ({member.user_id for member in self.plan.team} if self.plan else set())

    @property
    def hands(self) -> dict[str, set[int]]:
        """Who did which duty in it, by the names of the impartiality law."""
        done = impartiality.hands("application", self.steps)
        return {**done, "evaluation": self.evaluators}

    @property
    def body_codes(self) -> set[str]:
        """The credit codes of the body and of who owns it."""
        return {self.body.uscc, self.body.parent_uscc} - {""}

    @property
    def client_codes(self) -> set[str]:
        """The credit codes on the client's side: client and owner, producer, factory."""
        client, makers = self.applicant, (self.producer, self.factory)
        return {client.uscc, client.parent_uscc, *(maker.get("uscc", "") for maker in makers)} - {""}

    @property
    def test_verdicts(self) -> dict[str, str]:
        """The verdict per test item over the reports that stand; what failed stays failed until retested."""
        return verdicts(self.reports)

    @property
    def gwp(self) -> str:
        """The set of warming potentials its rule asks for; what was handed in keeps its own."""
        return self.scheme.gwp if self.is_draft else self.inventory.gwp

    def in_set(self, head: Mapping[str, object]) -> dict[str, object]:
        """The head of its activity data with that set; raise Invalid when another was typed."""
        if (head.get("gwp") or self.gwp) != self.gwp:
            raise Invalid("gwp-not-of-scheme", {"gwp": "gwp-not-of-scheme"}, gwp=self.gwp)
        return {**head, "gwp": self.gwp}

    @property
    def declared_footprint(self) -> Footprint | None:
        """What was handed in; once a number was verified, that is the `footprint`, which alone counts."""
        return self.opinion.declared if self.opinion else self.footprint

    @property
    def stated_carbon(self) -> Decimal | None:
        """The footprint that counts, as its scheme has it rounded."""
        return None if self.footprint is None else self.scheme.rounded(self.footprint.exact)

    @property
    def is_over_limit(self) -> bool:
        """Whether the footprint that counts is above the limit of its scheme."""
        return self.footprint is not None and criteria.over_limit(self.footprint.exact, self)

    @property
    def footprint_limit(self) -> Decimal | None:
        """What its footprint must not exceed, by the class of the product."""
        return criteria.footprint_limit(self)

    @property
    def footprint_width(self) -> Fraction | None:
        """The expanded uncertainty of the footprint: half of what 95 % of it may lie in; None if unstated."""
        found = self.footprint and of_frozen(self.footprint, None)
        return Fraction(found.computed.high - found.computed.low) / 2 if found else None

    @property
    def verdict(self) -> criteria.Verdict:
        """What it comes to, criterion by criterion."""
        return criteria.verdict(self)

    def competent_people(self, day: date) -> set[int]:
        """Who of the body is registered for this family of schemes on `day`."""
        return {
            entry.user_id
            for entry in self.registrations
            if (entry.body_id, entry.family) == (self.body_id, self.scheme.family) and entry.valid_on(day)
        }

    def party(self, role: str) -> int | None:
        """The organisation whose people hold `role` in this case."""
        if role in APPLICANT_ROLES:
            return self.applicant_id
        if role in LABORATORY_ROLES:
            return self.plan.laboratory_id if self.plan else None
        return self.body_id


class ProductModel(Base):
    """One model the unit covers, 规格型号."""

    __tablename__ = "product_model"
    __table_args__ = (UniqueConstraint("application_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    code: Mapped[PrintedName]
    specification: Mapped[PrintedName] = mapped_column(default="")
    parameters: Mapped[dict[str, str]] = mapped_column(Facts(LONGEST, printed=True), default=dict)


class ApplicationFile(Base):
    """A file of the case.  A newer one supersedes it; nothing is deleted."""

    __tablename__ = "application_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[Slug]
    name: Mapped[Name]
    digest: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"), index=True)
    size: Mapped[int]
    uploaded_by: Mapped[Who]
    uploaded_at: Mapped[datetime] = mapped_column(default=now)
    superseded_at: Mapped[datetime | None]
