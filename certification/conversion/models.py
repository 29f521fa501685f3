"""A version of a rule that takes over from another, and whom that was told."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certification.workflow.conversion import LEADS
from core.clock import now, today
from core.columns import Digest, Slug, Who
from core.db import Base, among
from schemes.drafts.models import RuleDraft
from schemes.models import SchemeVersion

if TYPE_CHECKING:
    from certification.aftercare.models import SuspensionBatch


class RuleChange(Base):
    """Certificates of the versions before `scheme` are converted to it until the day `convert_by`.

    Which certificates those are is asked anew each time: some are issued under the former version by cases
    that ran when the new one was published.
    """

    __tablename__ = "rule_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"), unique=True)
    former_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    convert_by: Mapped[date]
    opened_at: Mapped[datetime] = mapped_column(default=now)

    scheme: Mapped[SchemeVersion] = relationship(foreign_keys=[scheme_id], lazy="joined")
    former: Mapped[SchemeVersion] = relationship(foreign_keys=[former_id], lazy="joined")
    batch: Mapped["SuspensionBatch | None"] = relationship(back_populates="change")

    @property
    def number(self) -> str:
        return f"{self.scheme.rule_number} {self.scheme.version}"

    @property
    def is_over(self) -> bool:
        return self.convert_by < today()

    @property
    def days_left(self) -> int:
        return (self.convert_by - today()).days


class ConversionNotice(Base):
    """The holder of a certificate was told of a change; once for each of the LEADS."""

    __tablename__ = "conversion_notice"
    __table_args__ = (UniqueConstraint("change_id", "certificate_id", "lead"), among("lead", LEADS))

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("rule_change.id"), index=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    lead: Mapped[Slug]
    sent_on: Mapped[date] = mapped_column(default=today)


class DryRun(Base):
    """How what was decided and what is in force would fare under a draft, as its text and the figures were.

    `lines` is a list of what `queries.tried` says of each; `after` is the last certificate that was tried, so
    that whoever goes on knows where.
    """

    __tablename__ = "dry_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("rule_draft.id"), index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)  # as the draft had it
    digest: Mapped[Digest]  # of that text
    asked_by: Mapped[Who]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    total: Mapped[int] = mapped_column(default=0)
    after: Mapped[int] = mapped_column(default=0)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # as above
    finished_at: Mapped[datetime | None]

    draft: Mapped[RuleDraft] = relationship()

    @property
    def is_stale(self) -> bool:
        """Whether the draft says something else by now."""
        return self.digest != self.draft.text_digest

    @property
    def done(self) -> int:
        return len(self.lines)
