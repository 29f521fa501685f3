"""Leave to use the label, and where it is used."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.workflow import label as law
from core.clock import now
from core.columns import Digest, FileName, Name, Reason, Slug, Who
from core.db import Base, among
from core.states import in_states
from schemes.vocabulary import FAMILIES

MEDIA = ("product", "packaging", "advertising", "brochure")  # 168号令 art. 28
OPEN = text("state = 'requested'")  # a label is asked for once at a time


class LabelLicence(Base):
    """The body's leave to use the label; the artwork is given only while the certificate is 有效."""

    __tablename__ = "label_licence"
    __table_args__ = (
        among("kind", FAMILIES),
        Index(
            "uq_label_licence_open", "certificate_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    state: Mapped[Slug] = mapped_column(default="requested")
    is_requested = in_states(law.REQUESTED)
    is_licensed = in_states(law.LICENSED)
    version: Mapped[int] = mapped_column()
    kind: Mapped[Slug]
    uses: Mapped[Reason]  # where the holder will put it, in the holder's words
    requested_by: Mapped[Who]
    requested_at: Mapped[datetime] = mapped_column(default=now)
    answered_by: Mapped[Who] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}

    certificate: Mapped[Certificate] = relationship(back_populates="licences")

    @property
    def application(self) -> Application:
        return self.certificate.application

    def party(self, role: str) -> int | None:
        return self.certificate.party(role)


class LabelUse(Base):
    """Where the holder uses the label, since when, how often: the register of 168号令 art. 28."""

    __tablename__ = "label_use"
    __table_args__ = (
        among("medium", MEDIA),
        CheckConstraint("place <> ''", name="place_given"),
        CheckConstraint("until IS NULL OR until >= since", name="dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    medium: Mapped[Slug]
    place: Mapped[Name]
    since: Mapped[date]
    until: Mapped[date | None]
    quantity: Mapped[Decimal | None]
    picture: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))
    picture_name: Mapped[FileName] = mapped_column(default="")
    recorded_by: Mapped[Who]
    recorded_at: Mapped[datetime] = mapped_column(default=now)

    certificate: Mapped[Certificate] = relationship(back_populates="uses")
