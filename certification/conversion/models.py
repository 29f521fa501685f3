"""A version of a rule that takes over from another, and whom that was told."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certification.workflow.conversion import LEADS
from core.clock import now, today
from core.columns import Slug
from core.db import Base, among
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
