"""What a maker said of one of its products in an edition that is shown."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import Code, Name, Reason, Slug, Who
from core.db import Base, among
from procurement.models import Edition

CONFIRMED, REFUSED = ANSWERS = ("confirmed", "refused")


class SupplyAnswer(Base):
    """`pledge` is the text the maker gave its word to, as it read on that day; no part of the edition."""

    __tablename__ = "supply_answer"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        among("answer", ANSWERS),
        CheckConstraint("contact <> ''", name="contact_given"),
        CheckConstraint("answer <> 'refused' OR reason <> ''", name="refused_with_reason"),
        CheckConstraint("answer <> 'confirmed' OR pledge <> ''", name="confirmed_with_pledge"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    edition_id: Mapped[int] = mapped_column(ForeignKey("list_edition.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[Code]  # of the certificate
    answer: Mapped[Slug]
    reason: Mapped[Reason] = mapped_column(default="")
    contact: Mapped[Name]
    pledge: Mapped[Reason] = mapped_column(default="")
    person: Mapped[Who]
    at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    edition: Mapped[Edition] = relationship()
