"""A certificate, the acts that changed what it is worth, its label, and its number series."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from certification.models.application import Application
from certification.models.scheme import SchemeVersion
from certification.workflow.certificate import status_on
from core.clock import now, today
from core.db import Base

OPEN = text("state = 'requested'")  # a label is asked for once at a time


class Certificate(Base):
    """What was attested, frozen.  Its status is computed from dated acts, for any day."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("valid_to >= issued_on", name="validity_in_order"),
        CheckConstraint("length(statement) > 2", name="statement_present"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)  # 核验码 of the QR, without hyphens
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    product_name: Mapped[str]
    issued_on: Mapped[date]
    valid_to: Mapped[date]
    carbon: Mapped[Decimal]
    carbon_unit: Mapped[str]
    statement: Mapped[str]  # canonical JSON (RFC 8785)
    digest: Mapped[str] = mapped_column(unique=True)  # SHA-256 of the statement
    signature: Mapped[str]  # detached JWS, ES256
    document: Mapped[str | None] = mapped_column(ForeignKey("stored_file.digest"))  # the PDF
    full_document: Mapped[str | None] = mapped_column(ForeignKey("stored_file.digest"))  # for the parties
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship()
    scheme: Mapped[SchemeVersion] = relationship(lazy="joined")
    body: Mapped[Organisation] = relationship(foreign_keys=[body_id], lazy="joined")
    holder: Mapped[Organisation] = relationship(foreign_keys=[holder_id], lazy="joined")
    models: Mapped[list["CertificateModel"]] = relationship(order_by="CertificateModel.id")
    acts: Mapped[list["StatusAct"]] = relationship(order_by="StatusAct.id", back_populates="certificate")
    licences: Mapped[list["LabelLicence"]] = relationship(
        order_by="LabelLicence.id", back_populates="certificate"
    )

    @property
    def licence(self) -> "LabelLicence | None":
        """The newest one: a request that was refused may be followed by another."""
        return self.licences[-1] if self.licences else None

    @property
    def version(self) -> int:
        """How many acts were entered: a page made before the last of them is stale."""
        return len(self.acts)

    def status_on(self, day: date) -> str:
        return status_on(self.issued_on, self.valid_to, self.acts, day)

    @property
    def state(self) -> str:
        """The status as of today: what the table of status acts starts from."""
        return self.status_on(today())

    @state.setter
    def state(self, _status: str) -> None:
        """Nothing is stored: the act entered beside the step is what changes the status."""

    def party(self, role: str) -> int | None:
        return self.holder_id if role == "applicant" else self.body_id


class CertificateModel(Base):
    __tablename__ = "certificate_model"
    __table_args__ = (UniqueConstraint("certificate_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    code: Mapped[str]
    specification: Mapped[str] = mapped_column(default="")


class StatusAct(Base):
    """A dated act: from `on` (and, for a suspension, through `until`) the status is another."""

    __tablename__ = "status_act"
    __table_args__ = (
        CheckConstraint("kind IN ('suspend', 'restore', 'withdraw', 'cancel')", name="kind_known"),
        CheckConstraint("kind <> 'suspend' OR until IS NOT NULL", name="suspension_ends"),
        CheckConstraint('until IS NULL OR until >= "on"', name="dates_in_order"),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    kind: Mapped[str]
    on: Mapped[date]
    until: Mapped[date | None]
    cause: Mapped[str]
    reason: Mapped[str]
    entered_by: Mapped[str]
    entered_at: Mapped[datetime] = mapped_column(default=now)

    certificate: Mapped[Certificate] = relationship(back_populates="acts")


class LabelLicence(Base):
    """The body's leave to use the label; the artwork is given only while the certificate is 有效."""

    __tablename__ = "label_licence"
    __table_args__ = (
        CheckConstraint("kind IN ('low_carbon', 'footprint_label')", name="kind_known"),
        Index(
            "uq_label_licence_open", "certificate_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    state: Mapped[str] = mapped_column(default="requested")
    version: Mapped[int] = mapped_column()
    kind: Mapped[str]
    uses: Mapped[str]  # where the holder will put it, in the holder's words
    requested_by: Mapped[str]
    requested_at: Mapped[datetime] = mapped_column(default=now)
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]

    __mapper_args__ = {"version_id_col": version}

    certificate: Mapped[Certificate] = relationship(back_populates="licences")

    def party(self, role: str) -> int | None:
        return self.certificate.party(role)


class NumberSeries(Base):
    """The last number given in a series of a year: a body's certificates of a family, cases, samples."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("body_id", "series", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int]
    series: Mapped[str]
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)
