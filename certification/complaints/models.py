"""A complaint about a certificate, and who brought it, in a table of its own."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.workflow.complaint import CHANNELS, MEASURES, OUTCOMES, SUBJECTS, UNSETTLED
from core import lifecycle
from core.clock import now, today
from core.columns import Code, Digest, FileName, Name, Reason, Slug, Who
from core.db import Base, among
from core.states import in_states


class Complainant(Base):
    """The name and the way to reach whoever complained; one query reads it, for the handler alone."""

    __tablename__ = "complainant"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name]
    contact: Mapped[Name]


class BodyComplaint(Base):
    """What somebody brings against a certificate, its label, or how the body handled it."""

    __tablename__ = "body_complaint"
    __table_args__ = (
        among("subject", SUBJECTS),
        among("channel", CHANNELS),
        among("outcome", ("", *OUTCOMES)),
        among("measure", ("", *MEASURES)),
        CheckConstraint("text <> ''", name="text_given"),
        CheckConstraint("state <> 'answered' OR (outcome <> '' AND answer <> '')", name="answered_in_full"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code] = mapped_column(unique=True)
    state: Mapped[Slug] = mapped_column(default="received", index=True)
    is_unsettled = in_states(UNSETTLED)
    version: Mapped[int] = mapped_column()
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificate.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    subject: Mapped[Slug]
    channel: Mapped[Slug] = mapped_column(default="public")
    referred: Mapped[Code] = mapped_column(default="")  # the number it has with the regulator
    text: Mapped[Reason]
    file: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))
    file_name: Mapped[FileName] = mapped_column(default="")
    code_digest: Mapped[Digest]  # opens the page of how it stands
    complainant_id: Mapped[int | None] = mapped_column(ForeignKey("complainant.id"))
    received_on: Mapped[date] = mapped_column(default=today)
    due_on: Mapped[date | None]  # of the next thing that is to be done, as its clock says
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    handler: Mapped[Who] = mapped_column(default="")
    findings: Mapped[Reason] = mapped_column(default="")
    outcome: Mapped[Slug] = mapped_column(default="")
    measure: Mapped[Slug] = mapped_column(default="")
    answer: Mapped[Reason] = mapped_column(default="")  # what whoever complained is told
    answered_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    certificate: Mapped[Certificate] = relationship(lazy="joined")
    complainant: Mapped[Complainant | None] = relationship()

    @property
    def application(self) -> Application:
        return self.certificate.application

    @property
    def real_name(self) -> bool:
        return self.complainant_id is not None

    @property
    def is_late(self) -> bool:
        return self.is_unsettled and self.due_on is not None and self.due_on < today()

    @property
    def involved(self) -> set[int]:
        """Everyone who evaluated the case, or took any step in it or on its certificate."""
        things = [("application", self.application.id), ("certificate", self.certificate_id)]
        taken = [step for thing in things for step in lifecycle.history(*thing)]
        return {step.actor_id for step in taken if step.actor_id} | self.application.evaluators

    def names_complainant(self, text: str) -> bool:
        """Whether a text would give away who complained."""
        person = self.complainant
        return person is not None and any(part in text for part in (person.name, person.contact) if part)

    def party(self, role: str) -> int | None:
        return self.certificate.holder_id if role == "applicant" else self.body_id
