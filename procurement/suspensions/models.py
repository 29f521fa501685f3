"""A maker that is suspended, with ground and basis."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.calendar.count import DAY
from core.clock import day_of, now
from core.columns import Code, Name, Note, Reason, Slug, Who
from core.db import Base
from core.states import in_states
from procurement.suspensions import workflow


class EnterpriseSuspension(Base):
    """`writers` are the ids of all who wrote in it: none of them approves or lifts it.  `approved_at` and
    `lifted_at` tell since when it, and its end before its day, are known."""

    __tablename__ = "enterprise_suspension"
    __table_args__ = (
        CheckConstraint("valid_to >= valid_from", name="dates_in_order"),
        CheckConstraint("ground <> '' AND basis <> ''", name="ground_given"),
        CheckConstraint("state NOT IN ('standing', 'lifted') OR approved_at IS NOT NULL", name="approved"),
        CheckConstraint("(state = 'lifted') = (lifted_at IS NOT NULL)", name="lifted_complete"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[Slug] = mapped_column(default=workflow.SUSPENSION.start, index=True)
    is_proposed = in_states(workflow.PROPOSED)
    is_public = in_states(workflow.PUBLIC)
    version: Mapped[int] = mapped_column()
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    writers: Mapped[list[int]] = mapped_column(JSON, default=list)
    author: Mapped[Who]  # who wrote last
    uscc: Mapped[Code] = mapped_column(index=True)
    maker: Mapped[Name]
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    ground: Mapped[Reason]
    basis: Mapped[Note]  # 文号 of the decision it rests on
    demo: Mapped[bool] = mapped_column(default=False)
    approved_by: Mapped[Who] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    lifted_on: Mapped[date | None]  # from this day on it does not count
    lifted_at: Mapped[datetime | None]
    lift_reason: Mapped[Reason] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    @property
    def approved_on(self) -> date | None:
        return day_of(self.approved_at) if self.approved_at else None

    @property
    def last_day(self) -> date:
        return min(self.valid_to, self.lifted_on - DAY) if self.lifted_on else self.valid_to

    def party(self, _role: str) -> int:
        return self.owner_id
