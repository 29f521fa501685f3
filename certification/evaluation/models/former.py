"""What a plan said before it was changed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Facts, Reason, Who
from core.db import Base, freeze


class FormerPlan(Base):
    """A plan as it stood until it was changed: `team` is a list of {user_id, name, function},
    `laboratories` of {name, items}, `sites` of {name, address, person_days}."""

    __tablename__ = "former_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    parts: Mapped[list[str]] = mapped_column(JSON)
    team: Mapped[list[dict[str, Any]]] = mapped_column(Facts())  # JSON, see above
    laboratories: Mapped[list[dict[str, Any]]] = mapped_column(Facts())  # JSON, see above
    sites: Mapped[list[dict[str, Any]]] = mapped_column(Facts())  # JSON, see above
    person_days: Mapped[Decimal | None]
    site_from: Mapped[date | None]
    site_to: Mapped[date | None]
    planned_by: Mapped[Who]
    planned_at: Mapped[datetime]
    reason: Mapped[Reason]  # why it was changed
    replaced_by: Mapped[Who]
    replaced_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def people(self) -> set[int]:
        return {member["user_id"] for member in self.team}


freeze(
    FormerPlan,
    "plan-is-frozen",
    *("parts", "team", "laboratories", "sites", "person_days", "site_from", "site_to"),
    *("planned_by", "planned_at", "reason", "replaced_by", "replaced_at"),
)
