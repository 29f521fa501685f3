"""The sites a plan visits, and the photographs taken there."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Digest, Name, Slug, Who
from core.db import Base


class PlannedSite(Base):
    """One place the plan visits: how many person-days, and who of the team goes there."""

    __tablename__ = "planned_site"
    __table_args__ = (CheckConstraint("name <> '' AND address <> ''", name="place_named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("evaluation_plan.id"), index=True)
    name: Mapped[Name]
    address: Mapped[Name]
    person_days: Mapped[Decimal]
    people: Mapped[list[int]] = mapped_column(JSON)  # ids of members of the team


class SitePhotograph(Base):
    """One picture of a visit, kept with the check it shows."""

    __tablename__ = "site_photograph"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("planned_site.id"), index=True)
    check_slug: Mapped[Slug]
    digest: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"))
    name: Mapped[Name]
    taken_by: Mapped[Who]
    taken_at: Mapped[datetime] = mapped_column(default=now)
