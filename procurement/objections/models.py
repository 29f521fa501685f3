"""What somebody brings against an edition, who that is, and what became of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import day_of, now
from core.columns import Code, Digest, FileName, Name, Reason, Slug, Who
from core.db import Base, among
from core.states import in_states
from procurement.models import Edition
from procurement.objections import workflow


class Objector(Base):
    """The name and the way to reach whoever brought one, for those who decide; anonymous ones have none."""

    __tablename__ = "list_objector"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name]
    contact: Mapped[Name]


class ListObjection(Base):
    """About a line, named by the certificate and perhaps a model, or about the whole edition: then
    `number_named` is empty.  `due_on` is the last day to decide.  `answered_at` is when an edition to which
    one about the whole was upheld was drawn up anew."""

    __tablename__ = "list_objection"
    __table_args__ = (
        among("kind", workflow.KINDS),
        among("remedy", ("", *workflow.REMEDIES)),
        CheckConstraint("text <> ''", name="text_given"),
        CheckConstraint("(state = 'received') = (decided_at IS NULL)", name="decided_complete"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Slug]
    state: Mapped[Slug] = mapped_column(default=workflow.OBJECTION_LAW.start, index=True)
    is_open = in_states(workflow.OPEN)
    is_upheld = in_states(workflow.UPHELD)
    version: Mapped[int] = mapped_column()
    edition_id: Mapped[int] = mapped_column(ForeignKey("list_edition.id"), index=True)
    number_named: Mapped[Code] = mapped_column(default="")
    model_named: Mapped[Name] = mapped_column(default="")
    product: Mapped[Name] = mapped_column(default="")
    maker: Mapped[Name] = mapped_column(default="")
    text: Mapped[Reason]
    file: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))
    file_name: Mapped[FileName] = mapped_column(default="")
    objector_id: Mapped[int | None] = mapped_column(ForeignKey("list_objector.id"))
    received_on: Mapped[date]
    due_on: Mapped[date]
    decided_by: Mapped[Who] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    reason: Mapped[Reason] = mapped_column(default="")
    remedy: Mapped[Slug] = mapped_column(default="")
    corrected: Mapped[Reason] = mapped_column(default="")  # what is to be read instead
    answered_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    edition: Mapped[Edition] = relationship(back_populates="objections")
    objector: Mapped[Objector | None] = relationship()

    @property
    def decided_on(self) -> date | None:
        return day_of(self.decided_at) if self.decided_at else None

    @property
    def strikes(self) -> bool:
        return self.is_upheld and self.remedy == workflow.STRIKE

    def is_about(self, number: str, model: str) -> bool:
        return self.number_named == number and self.model_named in ("", model)

    def party(self, _role: str) -> int:
        return self.edition.owner_id
