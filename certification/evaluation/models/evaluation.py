"""What the body does with a case: plan, reviews, site, nonconformities, decision."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User
from certification.evaluation.models.site import PlannedSite
from certification.laboratory.models import PlannedLaboratory
from certification.workflow.evaluation import FUNCTIONS, RECOMMENDATIONS, RESULTS
from certification.workflow.purpose import PARTS
from certification.workflow.site import CONCLUSIONS
from core.clock import now
from core.columns import Facts, PrintedReason, Reason, Slug, Unit, Who
from core.db import Base, among, freeze

STANDING = text("NOT superseded")  # of the decisions of a case one stands


class EvaluationPlan(Base):
    __tablename__ = "evaluation_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    parts: Mapped[list[str]] = mapped_column(JSON, default=lambda: [*PARTS])  # to be evaluated
    parts_reason: Mapped[Reason] = mapped_column(default="")  # why one is left out
    laboratory_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    headcount: Mapped[int | None]  # people at the plant, where the rule counts the days by them
    person_days: Mapped[Decimal | None]
    site_from: Mapped[date | None]
    site_to: Mapped[date | None]
    overlap_reason: Mapped[Reason] = mapped_column(default="")  # why somebody is booked twice
    planned_by: Mapped[Who]
    planned_at: Mapped[datetime] = mapped_column(default=now)

    laboratory: Mapped[Organisation | None] = relationship(lazy="joined")
    laboratories: Mapped[list[PlannedLaboratory]] = relationship(order_by=PlannedLaboratory.id)
    team: Mapped[list["TeamMember"]] = relationship(order_by="TeamMember.id", lazy="selectin")
    sites: Mapped[list[PlannedSite]] = relationship(order_by=PlannedSite.id)

    def holders(self, function: str) -> set[int]:
        return {member.user_id for member in self.team if member.function == function}


class TeamMember(Base):
    """Who evaluates, in which function."""

    __tablename__ = "team_member"
    __table_args__ = (
        UniqueConstraint("plan_id", "user_id", "function"),
        among("function", FUNCTIONS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("evaluation_plan.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    function: Mapped[Slug]

    user: Mapped[User] = relationship(lazy="joined")


class DocumentReview(Base):
    __tablename__ = "document_review"
    __table_args__ = (among("result", RESULTS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    result: Mapped[Slug]
    findings: Mapped[PrintedReason]
    items: Mapped[list[dict[str, str]]] = mapped_column(Facts(), default=list)  # as `answered` keeps them
    reviewer: Mapped[Who]
    reviewed_at: Mapped[datetime] = mapped_column(default=now)
    superseded: Mapped[bool] = mapped_column(default=False)


class SiteVerification(Base):
    """The record of the visit.  `items` holds every check of the rule at every site:
    a list of {site (its place in the plan, from 0), slug, name and name_en (of that day), finding
    (conform|minor|major), note, photographs (digests)}; `meetings` a list of {kind (opening|closing), on,
    participants, confirmed_by}."""

    __tablename__ = "site_verification"
    __table_args__ = (
        among("conclusion", CONCLUSIONS),
        CheckConstraint("ended_on >= started_on", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    started_on: Mapped[date]
    ended_on: Mapped[date]
    person_days: Mapped[Decimal]
    items: Mapped[list[dict[str, Any]]] = mapped_column(Facts())  # JSON, see above
    meetings: Mapped[list[dict[str, Any]]] = mapped_column(Facts(), default=list)  # JSON, see above
    conclusion: Mapped[Slug]
    summary: Mapped[PrintedReason]
    lead: Mapped[Who]
    recorded_at: Mapped[datetime] = mapped_column(default=now)
    superseded: Mapped[bool] = mapped_column(default=False)


class Review(Base):
    __tablename__ = "technical_review"
    __table_args__ = (among("recommendation", RECOMMENDATIONS),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    recommendation: Mapped[Slug]
    text: Mapped[Reason]
    items: Mapped[list[dict[str, str]]] = mapped_column(Facts(), default=list)  # as `answered` keeps them
    reviewer: Mapped[Who]
    reviewed_at: Mapped[datetime] = mapped_column(default=now)
    superseded: Mapped[bool] = mapped_column(default=False)


class Decision(Base):
    """The decision as it was signed: the value, the limit, and how the two were compared.

    `value` is rounded as the scheme says, `exact` is what it was before; a decision without that was signed
    with an exact value.
    """

    __tablename__ = "decision"
    __table_args__ = (
        among("kind", RECOMMENDATIONS),
        CheckConstraint("kind = 'grant' OR reasons <> ''", name="refusal_has_reasons"),
        Index(
            "uq_decision_standing",
            "application_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[Slug]
    basis: Mapped[Slug]  # absolute_limit | quantified (a footprint label has no limit)
    value: Mapped[Decimal]
    exact: Mapped[Decimal | None]
    unit: Mapped[Unit]
    limit: Mapped[Decimal | None]
    comparison: Mapped[Slug]
    grade: Mapped[Slug] = mapped_column(default="")  # the one that is granted, where a rule has grades
    criteria: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # JSON, see workflow.criteria
    reasons: Mapped[PrintedReason]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    decided_by: Mapped[Who]
    decided_on: Mapped[date]
    decided_at: Mapped[datetime] = mapped_column(default=now)
    countersigned_by: Mapped[Who] = mapped_column(default="")
    countersigned_at: Mapped[datetime | None]
    superseded: Mapped[bool] = mapped_column(default=False)  # annulled on appeal; never edited


freeze(
    Decision,
    "decision-is-frozen",
    *("kind", "basis", "value", "exact", "unit", "limit", "comparison", "grade", "criteria", "reasons"),
    *("decided_by_id", "decided_by", "decided_on", "decided_at"),
)
