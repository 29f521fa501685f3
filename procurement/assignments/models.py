"""Products that are assigned to a 品目, and what that rests on."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.clock import now
from core.columns import Code, Name, Reason, Slug, Who
from core.db import Base, among
from core.states import in_states
from procurement.assignments import workflow
from procurement.assignments.deciding import REASONS


class CategoryAssignment(Base):
    """Several products at once; `confirmed_at` tells since when it is known."""

    __tablename__ = "category_assignment"
    __table_args__ = (
        CheckConstraint("(state = 'confirmed') = (confirmed_at IS NOT NULL)", name="confirmed_complete"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[Slug] = mapped_column(default=workflow.ASSIGNMENT.start, index=True)
    is_confirmed = in_states(workflow.CONFIRMED)
    is_proposed = in_states(workflow.PROPOSED)
    version: Mapped[int] = mapped_column()
    owner_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    writer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    author: Mapped[Who]
    note: Mapped[Reason] = mapped_column(default="")  # why, where it is not what the rules decide
    confirmed_by: Mapped[Who] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    products: Mapped[list["AssignedProduct"]] = relationship(
        order_by="AssignedProduct.id", back_populates="assignment", cascade="all, delete-orphan"
    )

    def party(self, _role: str) -> int:
        return self.owner_id


class AssignedProduct(Base):
    """`reason` and `values` are what the rules decided and what it was read from when it was proposed."""

    __tablename__ = "assigned_product"
    __table_args__ = (
        UniqueConstraint("assignment_id", "number"),
        among("reason", REASONS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("category_assignment.id"))
    number: Mapped[Code] = mapped_column(index=True)  # of the certificate
    entry_id: Mapped[int]
    product: Mapped[Name]
    maker: Mapped[Name]
    category_edition: Mapped[Code]
    category_code: Mapped[Code]
    category_name: Mapped[Name]
    decided: Mapped[Code] = mapped_column(default="")  # the code by the rules, "" where they say none
    reason: Mapped[Slug]
    values: Mapped[Name] = mapped_column(default="")

    assignment: Mapped[CategoryAssignment] = relationship(back_populates="products")
