"""An appeal of the client against one written act."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from certification.acts.models.act import WrittenAct
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.workflow.appeal import OUTCOMES
from core import lifecycle
from core.clock import now
from core.columns import Code, Digest, FileName, PrintedReason, Reason, Slug, Who
from core.db import Base, among


class Appeal(Base):
    """Heard inside the body by people who took no step in the case; a second time by the regulator."""

    __tablename__ = "appeal"
    __table_args__ = (
        among("outcome", ("", *OUTCOMES)),
        CheckConstraint("outcome = '' OR reasons <> ''", name="decision_has_reasons"),
        CheckConstraint("grounds <> ''", name="grounds_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code] = mapped_column(unique=True)
    state: Mapped[Slug] = mapped_column(default="filed", index=True)
    version: Mapped[int] = mapped_column()
    act_id: Mapped[int] = mapped_column(ForeignKey("written_act.id"), unique=True)  # an act is appealed once
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    appellant_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    regulator_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    grounds: Mapped[Reason]
    file: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))
    file_name: Mapped[FileName] = mapped_column(default="")
    filed_by: Mapped[Who]
    filed_at: Mapped[datetime] = mapped_column(default=now)
    due_on: Mapped[date]  # by when the body is to have decided
    handler: Mapped[Who] = mapped_column(default="")
    findings: Mapped[PrintedReason] = mapped_column(default="")
    outcome: Mapped[Slug] = mapped_column(default="")
    reasons: Mapped[PrintedReason] = mapped_column(default="")
    decided_on: Mapped[date | None]
    second_until: Mapped[date | None]  # by when the client may go to the regulator
    conclusion: Mapped[Slug] = mapped_column(default="")  # of the regulator
    conclusion_reasons: Mapped[PrintedReason] = mapped_column(default="")

    __mapper_args__ = {"version_id_col": version}

    act: Mapped[WrittenAct] = relationship(lazy="joined")
    application: Mapped[Application] = relationship()
    body: Mapped[Organisation] = relationship(foreign_keys=[body_id])
    appellant: Mapped[Organisation] = relationship(foreign_keys=[appellant_id])

    @property
    def certificate(self) -> Certificate | None:
        return self.act.certificate

    @property
    def involved(self) -> set[int]:
        """Everyone who evaluated the case or took any step in it or on its certificate."""
        things = [("application", self.application_id)]
        if self.act.certificate_id:
            things.append(("certificate", self.act.certificate_id))
        taken = [step for thing in things for step in lifecycle.history(*thing)]
        return {step.actor_id for step in taken if step.actor_id} | self.application.evaluators

    def party(self, role: str) -> int | None:
        if role == "applicant":
            return self.appellant_id
        return self.regulator_id if role == "regulator" else self.body_id
