"""How a body carries out a published rule, by version: what it adds, its papers and its numbers."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from core.clock import now
from core.columns import Code, Digest, Facts, FileName, Slug, Who
from core.db import Base
from core.states import in_states
from registers.adoption import workflow


class Adoption(Base):
    """One version of it; never edited once proposed, a newer one follows.

    What it does not say is as the house has it: the rule's person-days, its checklists, the papers and
    numbers of the platform.
    """

    __tablename__ = "adoption"
    __table_args__ = (
        UniqueConstraint("body_id", "scheme_code", "number"),
        CheckConstraint(
            "state NOT IN ('in_force', 'superseded', 'ended') OR in_force_from IS NOT NULL",
            name="dated",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    scheme_code: Mapped[Slug] = mapped_column(index=True)
    number: Mapped[int]  # of this body for this rule, from 1
    state: Mapped[Slug] = mapped_column(default=workflow.ADOPTION.start, index=True)
    is_editable = in_states(workflow.EDITABLE)
    is_open = in_states(workflow.OPEN)
    is_in_force = in_states(workflow.IN_FORCE)
    version: Mapped[int] = mapped_column()
    person_days: Mapped[Decimal | None]  # the least it sends, where that is more than the rule asks
    checklists: Mapped[dict[str, list[str]]] = mapped_column(Facts(500), default=dict)  # what it adds to each
    papers: Mapped[dict[str, str]] = mapped_column(Facts(printed=True), default=dict)  # wordings, by kind
    pattern: Mapped[Code] = mapped_column(default="")  # of its certificates' numbers
    logo: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))
    logo_name: Mapped[FileName] = mapped_column(default="")
    seal: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))
    seal_name: Mapped[FileName] = mapped_column(default="")
    previews: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)  # of text and PDF
    writers: Mapped[list[int]] = mapped_column(JSON, default=list)  # whoever wrote in it, ever
    approved_by: Mapped[Who] = mapped_column(default="")
    in_force_from: Mapped[date | None]
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    body: Mapped[Organisation] = relationship(lazy="joined")

    def party(self, _role: str) -> int:
        return self.body_id
