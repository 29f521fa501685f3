"""A shortlist, what stands on it, and what later befell a chosen one."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import Code, Digest, Name, Note, Reason, Slug, Statement, Who
from core.db import Base, among
from core.errors import OutOfOrder
from core.states import in_states
from procurement.shortlists import workflow


class Shortlist(Base):
    """`query` is what was looked for; `on` the day every answer is for.  Once it is awarded, `content` is all
    of it in its one spelling, and `digest` that of these bytes."""

    __tablename__ = "shortlist"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[Code] = mapped_column(unique=True)
    state: Mapped[Slug] = mapped_column(default=workflow.SHORTLIST.start, index=True)
    is_open = in_states(workflow.OPEN)
    is_awarded = in_states(workflow.AWARDED)
    version: Mapped[int] = mapped_column()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[Name]
    query: Mapped[Note]
    on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    author: Mapped[Who]  # who wrote last
    outcome: Mapped[Reason] = mapped_column(default="")
    until: Mapped[date | None]  # the last day of the contract
    awarded_at: Mapped[datetime | None]
    digest: Mapped[Digest] = mapped_column(default="")
    content: Mapped[bytes | None] = mapped_column(deferred=True)

    __mapper_args__ = {"version_id_col": version}

    lines: Mapped[list["ShortlistLine"]] = relationship(
        order_by="ShortlistLine.id", back_populates="shortlist"
    )

    def party(self, _role: str) -> int:
        return self.organisation_id


class ShortlistLine(Base):
    """A product as it was answered for when it was put there: `answer` is JSON in its one spelling, which
    says in which version the data were, and what the catalogue told."""

    __tablename__ = "shortlist_line"
    __table_args__ = (
        UniqueConstraint("shortlist_id", "number", "model"),
        among("decision", workflow.DECISIONS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shortlist_id: Mapped[int] = mapped_column(ForeignKey("shortlist.id"))
    number: Mapped[Code]
    model: Mapped[Name]
    maker: Mapped[Name]
    answer: Mapped[Statement]
    asked_at: Mapped[datetime]
    decision: Mapped[Slug] = mapped_column(default="undecided")
    reason: Mapped[Reason] = mapped_column(default="")

    shortlist: Mapped[Shortlist] = relationship(back_populates="lines")


class ShortlistLoss(Base):
    """A chosen product that lost its footing during the contract, of which its officers were told once."""

    __tablename__ = "shortlist_loss"
    __table_args__ = (UniqueConstraint("line_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("shortlist_line.id"))
    seen_at: Mapped[datetime] = mapped_column(default=now)
    answer: Mapped[Statement]
    digest: Mapped[Digest]

    line: Mapped[ShortlistLine] = relationship()


def _refuse(_mapper: object, _connection: object, row: ShortlistLine) -> None:
    if row.shortlist.is_awarded:
        raise OutOfOrder("shortlist-is-awarded")


for _moment in ("before_insert", "before_update", "before_delete"):
    event.listen(ShortlistLine, _moment, _refuse)
