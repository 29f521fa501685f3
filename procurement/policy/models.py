"""A policy rule that is proposed, and what became of it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import Slug, Who
from core.db import Base, among
from core.states import in_states
from procurement.models import PolicyRule, PolicySaid
from procurement.policy import workflow
from procurement.rules import TREATMENTS
from procurement.verdict.judging import MODES


class PolicyProposal(PolicySaid, Base):
    """`writers` are the ids of all who wrote in it: none of them approves it."""

    __tablename__ = "policy_proposal"
    __table_args__ = (
        among("treatment", TREATMENTS),
        among("mode", MODES),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="dates_in_order"),
        CheckConstraint("basis <> ''", name="basis_given"),
        CheckConstraint("state <> 'approved' OR rule_id IS NOT NULL", name="approved_complete"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[Slug] = mapped_column(default=workflow.POLICY.start, index=True)
    is_proposed = in_states(workflow.PROPOSED)
    version: Mapped[int] = mapped_column()
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    writers: Mapped[list[int]] = mapped_column(JSON, default=list)
    author: Mapped[Who]  # who wrote last
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("policy_rule.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    rule: Mapped[PolicyRule | None] = relationship()

    def party(self, _role: str) -> int:
        return self.owner_id
