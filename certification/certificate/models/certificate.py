"""A certificate, the acts that changed what it is worth, its label, and its number series."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from certification.application.models import Application
from certification.certificate import attested
from certification.workflow.certificate import (
    BECOMES,
    ENDED_EARLY,
    IN_FORCE,
    NOT_BEGUN,
    STANDING,
    SUSPENDED,
    VALID,
    gap,
    status_on,
)
from certification.workflow.label import why_not_usable
from core import lifecycle
from core.calendar.count import months_after
from core.clock import now, today
from core.columns import Code, Digest, Name, PrintedReason, Sealed, Slug, Statement, Unit, Who
from core.db import Base, among
from schemes.models import SchemeVersion
from schemes.terms import months

if TYPE_CHECKING:
    from certification.acts.models import WrittenAct
    from certification.aftercare.models import ExpiryReminder, StatusProposal, Surveillance
    from certification.label.models import LabelLicence, LabelUse


class Certificate(Base):
    """What was attested, frozen.  Its status is computed from dated acts, for any day."""

    __tablename__ = "certificate"
    __table_args__ = (
        CheckConstraint("valid_to >= begins_on", name="validity_in_order"),
        CheckConstraint("begins_on >= issued_on", name="begins_once_issued"),
        CheckConstraint("length(statement) > 2", name="statement_present"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code] = mapped_column(unique=True)
    code: Mapped[Code] = mapped_column(unique=True)  # 核验码 of the QR, without hyphens
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"), unique=True)  # 再认证
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    product_name: Mapped[Name]
    issued_on: Mapped[date]
    begins_on: Mapped[date]  # the day after the last of the one it replaces, when issued before that
    reissued_on: Mapped[date | None]  # of the version that stands; the first has none
    edition: Mapped[int] = mapped_column(default=1)  # which version of the certificate stands
    valid_to: Mapped[date]
    carbon: Mapped[Decimal]
    carbon_unit: Mapped[Unit]
    statement: Mapped[Statement]  # canonical JSON (RFC 8785)
    digest: Mapped[Digest] = mapped_column(unique=True)  # SHA-256 of the statement
    signature: Mapped[Sealed]  # detached JWS, ES256
    document: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))  # the PDF
    full_document: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))  # for the parties
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship(foreign_keys=[application_id])
    replaces: Mapped["Certificate | None"] = relationship(
        remote_side=[id], back_populates="replaced_by", foreign_keys=[replaces_id]
    )
    replaced_by: Mapped["Certificate | None"] = relationship(
        back_populates="replaces", foreign_keys=[replaces_id]
    )
    former: Mapped[list["CertificateVersion"]] = relationship(
        order_by="CertificateVersion.edition", back_populates="certificate"
    )
    scheme: Mapped[SchemeVersion] = relationship(lazy="joined")
    body: Mapped[Organisation] = relationship(foreign_keys=[body_id], lazy="joined")
    holder: Mapped[Organisation] = relationship(foreign_keys=[holder_id], lazy="joined")
    models: Mapped[list["CertificateModel"]] = relationship(
        order_by="CertificateModel.id", cascade="all, delete-orphan"
    )
    steps = lifecycle.steps_of("certificate", "Certificate")
    acts: Mapped[list["StatusAct"]] = relationship(order_by="StatusAct.id", back_populates="certificate")
    cases: Mapped[list[Application]] = relationship(  # those about this certificate, the first apart
        foreign_keys=[Application.certificate_id], order_by=Application.id, viewonly=True
    )
    licences: Mapped[list["LabelLicence"]] = relationship(
        order_by="LabelLicence.id", back_populates="certificate"
    )

    surveillance: Mapped[list["Surveillance"]] = relationship(
        order_by="Surveillance.ordinal", back_populates="certificate"
    )
    proposals: Mapped[list["StatusProposal"]] = relationship(
        order_by="StatusProposal.id", back_populates="certificate"
    )
    written: Mapped[list["WrittenAct"]] = relationship(viewonly=True)
    uses: Mapped[list["LabelUse"]] = relationship(order_by="LabelUse.id", back_populates="certificate")
    reminders: Mapped[list["ExpiryReminder"]] = relationship(order_by="ExpiryReminder.id")

    @property
    def licence(self) -> "LabelLicence | None":
        """The newest one: a request that was refused may be followed by another."""
        return self.licences[-1] if self.licences else None

    @property
    def version(self) -> int:
        """How many acts and versions there are: a page made before the last of them is stale."""
        return len(self.acts) + self.edition - 1

    def status_on(self, day: date) -> str:
        return status_on(self.begins_on, self.valid_to, self.acts, day)

    @property
    def state(self) -> str:
        """The status as of today: what the table of status acts starts from."""
        return self.status_on(today())

    @state.setter
    def state(self, _status: str) -> None:
        """Nothing is stored: the act entered beside the step is what changes the status."""

    @property
    def dated(self) -> date:
        """When the version that stands was issued."""
        return self.reissued_on or self.issued_on

    @property
    def versions(self) -> list["Certificate | CertificateVersion"]:
        """Every version, the first first; the last is the certificate as it stands."""
        return [*self.former, self]

    @property
    def listed_models(self) -> list[dict[str, str]]:
        return [{"code": model.code, "specification": model.specification} for model in self.models]

    @property
    def differs(self) -> list[str]:
        """The columns that are not as they were signed, by name; for lists, which draw columns."""
        return attested.differing(self, self, orjson.loads(self.statement))

    @property
    def open_cases(self) -> list[Application]:
        """变更中: what the holder asks for and nobody has decided."""
        return [case for case in self.cases if not case.is_closed]

    @property
    def stands(self) -> bool:
        """Whether an act may still change what it is worth."""
        return self.state in STANDING

    @property
    def is_valid(self) -> bool:
        return self.state in VALID

    @property
    def is_suspended(self) -> bool:
        return self.state in SUSPENDED

    @property
    def is_in_force(self) -> bool:
        """Whether it is looked after: it has begun and nothing has ended it."""
        return self.state in IN_FORCE

    @property
    def ended_early(self) -> bool:
        return self.state in ENDED_EARLY

    @property
    def label_usable(self) -> bool:
        """Whether the label may be used today."""
        return why_not_usable(self) is None

    @property
    def has_begun(self) -> bool:
        return self.state not in NOT_BEGUN

    @property
    def waiting(self) -> "Certificate | None":
        """The one that was issued early to take this one's place, until it begins or is ended before."""
        new = self.replaced_by
        return new if new and today() < new.begins_on and new.stands else None

    @property
    def gap(self) -> tuple[date, date] | None:
        """The days without a certificate between the one that this follows and this, first and last."""
        return gap(self.begins_on, self.replaces)

    @property
    def suspended_until(self) -> date | None:
        """The last day of the latest suspension."""
        ends = [act.until for act in self.acts if act.kind == "suspend"]
        return ends[-1] if ends else None

    @property
    def suspender_id(self) -> int | None:
        """Who suspended it last."""
        taken = [step.actor_id for step in self.steps if step.step == "suspend"]
        return taken[-1] if taken else None

    @property
    def waiting_until(self) -> date | None:
        """After a withdrawal: the last day on which the holder may not apply for the same kind again."""
        ends = [act.on for act in self.acts if act.kind == "withdraw" and act.on <= today()]
        return months_after(ends[0], months(self.scheme, "reapplication_wait")) if ends else None

    def party(self, role: str) -> int | None:
        return self.holder_id if role == "applicant" else self.body_id


class CertificateVersion(Base):
    """What a certificate said before it was issued anew under the same number: frozen, kept, readable.

    `models` is a list of {code, specification}; `dated` is the day this version was issued.
    """

    __tablename__ = "certificate_version"
    __table_args__ = (UniqueConstraint("certificate_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    edition: Mapped[int]
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    dated: Mapped[date]
    superseded_on: Mapped[date]
    product_name: Mapped[Name]
    carbon: Mapped[Decimal]
    carbon_unit: Mapped[Unit]
    models: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    statement: Mapped[Statement]
    digest: Mapped[Digest] = mapped_column(unique=True)
    signature: Mapped[Sealed]
    document: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))
    full_document: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))

    certificate: Mapped[Certificate] = relationship(back_populates="former")
    application: Mapped[Application] = relationship()

    @property
    def number(self) -> str:
        return self.certificate.number

    @property
    def listed_models(self) -> list[dict[str, str]]:
        return self.models


class CertificateModel(Base):
    __tablename__ = "certificate_model"
    __table_args__ = (UniqueConstraint("certificate_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    code: Mapped[Code]
    specification: Mapped[Name] = mapped_column(default="")


class StatusAct(Base):
    """A dated act: from `on` (and, for a suspension, through `until`) the status is another."""

    __tablename__ = "status_act"
    __table_args__ = (
        among("kind", BECOMES),
        CheckConstraint("kind <> 'suspend' OR until IS NOT NULL", name="suspension_ends"),
        CheckConstraint('until IS NULL OR until >= "on"', name="dates_in_order"),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    kind: Mapped[Slug]
    on: Mapped[date]
    until: Mapped[date | None]
    cause: Mapped[Slug]
    reason: Mapped[PrintedReason]
    entered_by: Mapped[Who]
    entered_at: Mapped[datetime] = mapped_column(default=now)

    certificate: Mapped[Certificate] = relationship(back_populates="acts")
