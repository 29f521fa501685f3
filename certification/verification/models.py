"""What a verifier found of each thing that was declared, and the opinion on the whole."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from carbon.models import Footprint
from certification.workflow.verification import OPINIONS, OUTCOMES, UNRECORDED
from core.clock import now
from core.columns import Digest, Facts, FileName, Note, Reason, Slug, Who
from core.db import Base, among, freeze

STANDING = text("NOT superseded")  # of what was said of one thing one stands


class VerifiedItem(Base):
    """One row, parameter or fact (`subject`, see certification.workflow.verification) as it was declared and
    as it was found; what is said of it later stands in its place, and both stay."""

    __tablename__ = "verified_item"
    __table_args__ = (
        among("outcome", OUTCOMES),
        CheckConstraint("outcome = 'agreed' OR reason <> ''", name="reason_given"),
        CheckConstraint("samples IS NULL OR samples > 0", name="samples_counted"),
        Index(
            "uq_verified_item_standing",
            "application_id",
            "subject",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    subject: Mapped[Note]
    outcome: Mapped[Slug]
    declared: Mapped[dict[str, Any]] = mapped_column(Facts())  # JSON, what was looked at
    found: Mapped[dict[str, Any]] = mapped_column(Facts(), default=dict)  # JSON, the values that are others
    samples: Mapped[int | None]  # how many source documents or readings were looked at
    reason: Mapped[Reason] = mapped_column(default="")
    verified_by: Mapped[Who]
    verified_at: Mapped[datetime] = mapped_column(default=now)
    superseded: Mapped[bool] = mapped_column(default=False)

    evidence: Mapped[list["VerifiedEvidence"]] = relationship(order_by="VerifiedEvidence.id", lazy="selectin")


class VerifiedEvidence(Base):
    """A file that an item rests on: one of the case, or one that the verifier brought."""

    __tablename__ = "verified_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("verified_item.id"), index=True)
    digest: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"), index=True)
    name: Mapped[FileName]


class Opinion(Base):
    """What the lead said of the whole, with what it rests on: the footprint that was declared, the one that
    was verified, and every misstatement, a list of {subject, name, declared, verified, difference} in the
    unit of the footprint."""

    __tablename__ = "verification_opinion"
    __table_args__ = (
        among("opinion", (*OPINIONS, UNRECORDED)),
        Index(
            "uq_verification_opinion_standing",
            "application_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    declared_id: Mapped[int] = mapped_column(ForeignKey("footprint.id"), index=True)
    verified_id: Mapped[int] = mapped_column(ForeignKey("footprint.id"), index=True)
    materiality: Mapped[Decimal]
    assurance: Mapped[Slug]
    misstatements: Mapped[list[dict[str, str]]] = mapped_column(JSON)  # see above
    opinion: Mapped[Slug]
    text: Mapped[Reason]
    given_by: Mapped[Who]
    given_at: Mapped[datetime] = mapped_column(default=now)
    superseded: Mapped[bool] = mapped_column(default=False)

    declared: Mapped[Footprint] = relationship(foreign_keys=[declared_id])
    verified: Mapped[Footprint] = relationship(foreign_keys=[verified_id])


freeze(
    VerifiedItem,
    "verified-item-is-frozen",
    *("subject", "outcome", "declared", "found", "samples", "reason", "verified_by", "verified_at"),
)
freeze(
    Opinion,
    "opinion-is-frozen",
    *("declared_id", "verified_id", "materiality", "assurance", "misstatements", "opinion", "text"),
    *("given_by", "given_at"),
)
