"""A purchase, and what its product was worth on the day it was bought."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from core.clock import now
from core.columns import Code, Name, Slug, Statement, Who
from core.db import Base, among
from procurement.purchases.counting import LEFT_OUT
from procurement.verdict.judging import OVERALL


class Purchase(Base):
    """`answer` is the verdict of `bought_on` in its one spelling, which says in which version the data were;
    `overall` and `left_out` are read from it: why the purchase does not count
    as low in carbon, "" where it does.  What is written anew is answered anew."""

    __tablename__ = "purchase"
    __table_args__ = (
        UniqueConstraint("organisation_id", "reference", "product", "number", "model"),
        Index("ix_purchase_organisation_id_bought_on", "organisation_id", "bought_on"),
        among("overall", OVERALL),
        among("left_out", ("", *LEFT_OUT)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    unit: Mapped[Name]  # which of its units bought
    reference: Mapped[Name]  # of the contract or the order, with its line
    bought_on: Mapped[date] = mapped_column(index=True)
    category: Mapped[Code] = mapped_column(default="")  # 品目 of the 2022 catalogue
    product: Mapped[Name]
    number: Mapped[Code] = mapped_column(default="")
    model: Mapped[Name] = mapped_column(default="")
    maker: Mapped[Name] = mapped_column(default="")
    spend: Mapped[Decimal]  # yuan
    overall: Mapped[Slug]
    left_out: Mapped[Slug]
    answer: Mapped[Statement] = mapped_column(deferred=True)
    asked_at: Mapped[datetime]
    author: Mapped[Who]  # who wrote last
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}

    organisation: Mapped[Organisation] = relationship()

    @property
    def counts(self) -> bool:
        return not self.left_out
