"""Which laboratory of the plan is to do which tests."""

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from core.db import Base


class PlannedLaboratory(Base):
    """One laboratory of a plan; `items` are the slugs of the scheme's tests it was given."""

    __tablename__ = "planned_laboratory"
    __table_args__ = (UniqueConstraint("plan_id", "laboratory_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("evaluation_plan.id"), index=True)
    laboratory_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    items: Mapped[list[str]] = mapped_column(JSON)

    laboratory: Mapped[Organisation] = relationship(lazy="joined")
