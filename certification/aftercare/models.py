"""What becomes of a certificate after issue: checks, proposed acts, reminders,
and the batch of acts that a report taken back opens."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.conversion.models import RuleChange
from certification.laboratory.models import TestReport
from certification.workflow import impartiality
from certification.workflow import surveillance as law
from certification.workflow.nonconformity import ANSWERED, CLOSED, GRADES, OUTCOMES, WAITING
from certification.workflow.proposal import KINDS, OPEN, SOURCES, VERDICTS, VERIFIED, confirmed, ordered
from certification.workflow.surveillance import FUNCTIONS
from core import lifecycle
from core.clock import now, today
from core.columns import Code, Digest, Facts, FileName, Name, Note, Reason, Slug, Who
from core.db import Base, among
from core.states import in_states

# A holder asks for one thing once at a time.
ASKED = text("source = 'holder' AND state IN ('open', 'verified')")
IN_FULL = "state <> 'verified' OR (verified_on IS NOT NULL AND verification <> '' AND verdict <> '')"


class FactoryVisit(Base):
    """One visit of a body to a factory that serves the follow-up checks of several certificates."""

    __tablename__ = "factory_visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    factory: Mapped[Name]
    address: Mapped[Name]
    on: Mapped[date]
    person_days: Mapped[Decimal]

    checks: Mapped[list["Surveillance"]] = relationship(order_by="Surveillance.id", back_populates="visit")


class Surveillance(Base):
    """One follow-up check: its window, its team, what was looked at, how it ended.

    `items` is a list of {slug, finding (conform|minor|major), note}; `weak` says that no official text
    was seen for the window, and `source` what it follows.
    """

    __tablename__ = "surveillance"
    __table_args__ = (
        UniqueConstraint("certificate_id", "ordinal"),
        CheckConstraint("due >= window_from", name="window_in_order"),
        CheckConstraint("state <> 'conducted' OR conducted_on IS NOT NULL", name="conducted_on_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("factory_visit.id"), index=True)
    ordinal: Mapped[int]
    state: Mapped[Slug] = mapped_column(default="planned", index=True)
    is_planned = in_states(law.PLANNED)
    is_announced = in_states(law.ANNOUNCED)
    is_passed = in_states(law.PASSED)
    is_correcting = in_states(law.CORRECTING)
    is_concluded = in_states(law.CONCLUDED)
    is_open = in_states(law.OPEN)
    is_unmade = in_states(law.MISSED)
    version: Mapped[int] = mapped_column()
    window_from: Mapped[date]
    due: Mapped[date]
    source: Mapped[Note]
    weak: Mapped[bool]
    person_days: Mapped[Decimal | None]
    on: Mapped[date | None]  # the day the holder was told of
    conducted_on: Mapped[date | None]
    items: Mapped[list[dict[str, str]]] = mapped_column(Facts(), default=list)
    summary: Mapped[Reason] = mapped_column(default="")
    footprint_from: Mapped[date | None]  # the span of the yearly footprint, and its two values
    footprint_to: Mapped[date | None]
    footprint_declared: Mapped[Decimal | None]  # in the unit of the certificate
    footprint_verified: Mapped[Decimal | None]
    lead: Mapped[Who] = mapped_column(default="")
    requirement: Mapped[Reason] = mapped_column(default="")  # what is to be corrected
    correction_due: Mapped[date | None]
    conclusion: Mapped[Reason] = mapped_column(default="")
    concluded_by: Mapped[Who] = mapped_column(default="")
    concluded_on: Mapped[date | None]
    ordered_on: Mapped[date | None]  # the day the regulator ordered it, beside the plan
    ordered_by: Mapped[Who] = mapped_column(default="")
    order_reason: Mapped[Reason] = mapped_column(default="")
    alarmed_on: Mapped[date | None]  # when the missed day was told to the body and to the regulator

    __mapper_args__ = {"version_id_col": version}

    certificate: Mapped[Certificate] = relationship(back_populates="surveillance", lazy="joined")
    visit: Mapped[FactoryVisit | None] = relationship(back_populates="checks")
    steps = lifecycle.steps_of("surveillance", "Surveillance")
    team: Mapped[list["SurveillanceMember"]] = relationship(
        order_by="SurveillanceMember.id", cascade="all, delete-orphan"
    )
    findings: Mapped[list["CheckFinding"]] = relationship(order_by="CheckFinding.id", back_populates="check")

    @property
    def application(self) -> Application:
        return self.certificate.application

    @property
    def number(self) -> str:
        return f"{self.certificate.number}/{self.ordinal}"

    @property
    def hands(self) -> dict[str, set[int]]:
        """Who did which duty in it, by the names of the impartiality law."""
        done = impartiality.hands("surveillance", self.steps)
        return {**done, "evaluation": {member.user_id for member in self.team}}

    @property
    def is_missed(self) -> bool:
        """The day by which it had to be made is over, and it was not."""
        return self.is_unmade and self.due < today()

    def party(self, role: str) -> int | None:
        return self.certificate.party(role)


class SurveillanceMember(Base):
    __tablename__ = "surveillance_member"
    __table_args__ = (
        UniqueConstraint("surveillance_id", "user_id", "function"),
        among("function", FUNCTIONS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    surveillance_id: Mapped[int] = mapped_column(ForeignKey("surveillance.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    function: Mapped[Slug]

    user: Mapped[User] = relationship(lazy="joined")


class CheckFinding(Base):
    """A nonconformity of a follow-up check.  It has a life of its own; all of a check are due on one day."""

    __tablename__ = "check_finding"
    __table_args__ = (UniqueConstraint("surveillance_id", "number"), among("grade", GRADES))

    id: Mapped[int] = mapped_column(primary_key=True)
    surveillance_id: Mapped[int] = mapped_column(ForeignKey("surveillance.id"), index=True)
    number: Mapped[Code]  # NC-01
    state: Mapped[Slug] = mapped_column(default="raised")
    awaits_client = in_states(WAITING)
    is_answered = in_states(ANSWERED)
    is_closed = in_states(CLOSED)
    version: Mapped[int] = mapped_column()
    grade: Mapped[Slug]
    anchor: Mapped[Slug]  # one of the questions of the check
    fact: Mapped[Reason]
    clause: Mapped[Note] = mapped_column(default="")
    raised_by: Mapped[Who]
    raised_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    check: Mapped[Surveillance] = relationship(back_populates="findings", lazy="joined")
    answers: Mapped[list["CheckAnswer"]] = relationship(order_by="CheckAnswer.id", lazy="selectin")

    @property
    def certificate(self) -> Certificate:
        return self.check.certificate

    @property
    def application(self) -> Application:
        return self.check.application

    @property
    def hands(self) -> dict[str, set[int]]:
        return self.check.hands

    @property
    def latest(self) -> "CheckAnswer | None":
        return self.answers[-1] if self.answers else None

    def party(self, role: str) -> int | None:
        return self.check.party(role)


class CheckAnswer(Base):
    """One answer to it and what was made of it; an answer sent back stays, and another follows."""

    __tablename__ = "check_answer"
    __table_args__ = (
        UniqueConstraint("finding_id", "round"),
        among("outcome", ("", *OUTCOMES)),
        CheckConstraint("outcome = '' OR verdict <> ''", name="verdict_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    finding_id: Mapped[int] = mapped_column(ForeignKey("check_finding.id"), index=True)
    round: Mapped[int]
    text: Mapped[Reason]
    evidence: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"))
    evidence_name: Mapped[FileName] = mapped_column(default="")
    answered_by: Mapped[Who]
    answered_at: Mapped[datetime] = mapped_column(default=now)
    outcome: Mapped[Slug] = mapped_column(default="")
    verdict: Mapped[Reason] = mapped_column(default="")
    judged_by: Mapped[Who] = mapped_column(default="")
    judged_at: Mapped[datetime | None]


class StatusProposal(Base):
    """A status act somebody asks for, or that is prepared for a person to decide."""

    __tablename__ = "status_proposal"
    __table_args__ = (
        UniqueConstraint("certificate_id", "kind", "source", "source_id"),
        Index(
            "uq_status_proposal_asked",
            "certificate_id",
            "kind",
            unique=True,
            sqlite_where=ASKED,
            postgresql_where=ASKED,
        ),
        among("kind", KINDS),
        among("source", SOURCES),
        among("verdict", ("", *VERDICTS)),
        CheckConstraint(IN_FULL, name="verified_in_full"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    kind: Mapped[Slug]
    cause: Mapped[Slug]
    reason: Mapped[Reason]
    until: Mapped[date | None]
    source: Mapped[Slug]
    source_id: Mapped[int | None]  # the act or the follow-up check it comes from
    state: Mapped[Slug] = mapped_column(default="open", index=True)
    is_open = in_states(OPEN)
    is_verified = in_states(VERIFIED)
    version: Mapped[int] = mapped_column()
    proposed_by: Mapped[Who]
    proposed_on: Mapped[date] = mapped_column(default=today)
    due_on: Mapped[date | None]  # the day by which what the regulator ordered is done or answered
    answer: Mapped[Reason] = mapped_column(default="")
    answered_by: Mapped[Who] = mapped_column(default="")
    verdict: Mapped[Slug] = mapped_column(default="")  # of a restoration, by whoever verified it
    verification: Mapped[Reason] = mapped_column(default="")  # what was looked at, and how it stands
    verified_on: Mapped[date | None]
    verified_by: Mapped[Who] = mapped_column(default="")
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    evidence: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))
    evidence_name: Mapped[FileName] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": version}

    certificate: Mapped[Certificate] = relationship(back_populates="proposals", lazy="joined")
    steps = lifecycle.steps_of("status_proposal", "StatusProposal")

    @property
    def application(self) -> Application:
        return self.certificate.application

    @property
    def is_wish_to_restore(self) -> bool:
        """Whether the holder asks for the restoration and nobody has decided."""
        return self.is_open and (self.kind, self.source) == ("restore", "holder")

    @property
    def is_ordered(self) -> bool:
        """Whether the regulator ordered it."""
        return ordered(self)

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today()

    @property
    def is_confirmed(self) -> bool:
        """Whether what was corrected was verified and found so."""
        return self.is_verified and confirmed(self.verdict)

    @property
    def suspended_on(self) -> date | None:
        """The day of the suspension that is to be lifted."""
        return max((act.on for act in self.certificate.acts if act.kind == "suspend"), default=None)

    def party(self, role: str) -> int | None:
        return self.certificate.party(role)


class ExpiryReminder(Base):
    """The holder was reminded to ask for recertification; once for each of the REMINDERS."""

    __tablename__ = "expiry_reminder"
    __table_args__ = (UniqueConstraint("certificate_id", "lead"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    lead: Mapped[Who]  # such as latest:60, days:30
    sent_on: Mapped[date] = mapped_column(default=today)


class SuspensionBatch(Base):
    """Everything that rested on a report when it was taken back, or on an earlier version of a rule when the
    time to convert was over; opened once, decided by people.

    `found` is a list of {certificate_id, state}: what each certificate was worth on that day.  Those that
    can be suspended stand before their bodies as proposals whose source is this batch.
    """

    __tablename__ = "suspension_batch"
    __table_args__ = (CheckConstraint("(report_id IS NULL) <> (change_id IS NULL)", name="one_cause"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("test_report.id"), unique=True)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("rule_change.id"), unique=True)
    found: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # as above
    opened_at: Mapped[datetime] = mapped_column(default=now)
    opened_by: Mapped[Who]

    report: Mapped[TestReport | None] = relationship(back_populates="batch")
    change: Mapped[RuleChange | None] = relationship(back_populates="batch")

    @property
    def source(self) -> str:
        """What its proposals say they come from."""
        return "retraction" if self.report else "rule_change"

    @property
    def cause(self) -> str:
        return "evidence_retracted" if self.report else "not_converted"

    @property
    def number(self) -> str:
        """What it is known by: the number of the report, or the rule and its version."""
        if self.change:
            return self.change.number
        return self.report.number if self.report else ""
