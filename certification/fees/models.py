"""What certification costs: a body's published rules, the quote of a case, invoices and proofs of payment.

Every amount is the body's own; the platform takes no payment and stops no case for one.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation
from certification.application.models import Application
from core.clock import now
from core.columns import Code, Digest, FileName, Note, Reason, Slug, Who
from core.db import Base, among

ENTRIES = ("reduction", "invoice", "payment")


class FeeRule(Base):
    """One published version of a body's fees for one scheme, in yuan; never edited, a newer one follows."""

    __tablename__ = "fee_rule"
    __table_args__ = (UniqueConstraint("body_id", "scheme_code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    scheme_code: Mapped[Slug] = mapped_column(index=True)
    version: Mapped[int]
    effective_from: Mapped[date]
    application_fee: Mapped[Decimal]
    person_day: Mapped[Decimal]  # for each day of one person on site
    test_item: Mapped[Decimal]  # for each test the scheme asks for
    model: Mapped[Decimal]  # for each model after the first
    certificate_fee: Mapped[Decimal]
    source: Mapped[Note]
    demo: Mapped[bool] = mapped_column(default=False)
    published_by: Mapped[Who]
    published_at: Mapped[datetime] = mapped_column(default=now)

    body: Mapped[Organisation] = relationship(lazy="joined")


class Quote(Base):
    """What a case is expected to cost, as told with its application; `lines` is a list of
    {slug, quantity, price, amount} with the numbers as text."""

    __tablename__ = "quote"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), unique=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("fee_rule.id"))
    lines: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    total: Mapped[Decimal]
    made_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship()
    rule: Mapped[FeeRule] = relationship(lazy="joined")


class FeeEntry(Base):
    """A reduction with its ground, an invoice, or a proof of payment; what was entered stays."""

    __tablename__ = "fee_entry"
    __table_args__ = (
        among("kind", ENTRIES),
        CheckConstraint("kind <> 'reduction' OR note <> ''", name="reduction_has_ground"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    kind: Mapped[Slug]
    amount: Mapped[Decimal]
    on: Mapped[date]
    number: Mapped[Code] = mapped_column(default="")  # of the invoice or the transfer
    note: Mapped[Reason] = mapped_column(default="")
    file: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))
    file_name: Mapped[FileName] = mapped_column(default="")
    entered_by: Mapped[Who]
    entered_at: Mapped[datetime] = mapped_column(default=now)

    application: Mapped[Application] = relationship()
