"""What the public may find: certified products, declared ones from public data, technologies."""

import secrets
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certification.workflow.certificate import LOST, status_on
from core.clock import now
from core.columns import Address, Code, Name, Reason, Slug, Unit
from core.db import Base, among
from core.i18n import language

KINDS = ("certified", "declared")
TECHNOLOGIES = ("demonstration", "promotion")  # 示范类 | 推广类


class Feed(Base):
    """How far the catalogue has changed.  One row, locked by each writer.

    Because the lock is held until the commit, positions become visible in
    order: whoever has read up to a position has missed nothing below it.
    `key` tells this catalogue from any other, whose index would lie.
    """

    __tablename__ = "catalog_feed"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[Slug] = mapped_column(default=lambda: secrets.token_hex(8))
    position: Mapped[int] = mapped_column(default=0)


class Entry(Base):
    """A product anybody may look up.

    With a certificate it mirrors what was attested; without one it is a
    declared product of a public data set, which no list may carry.  `stages`
    is a list of [stage slug, decimal text] in `carbon_unit`.
    """

    __tablename__ = "catalog_entry"
    __table_args__ = (
        among("kind", KINDS),
        CheckConstraint(
            "(kind = 'certified') = (certificate_id IS NOT NULL AND number IS NOT NULL"
            " AND issued_on IS NOT NULL AND begins_on IS NOT NULL AND valid_to IS NOT NULL)",
            name="certified_has_certificate",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Slug] = mapped_column(default="certified")
    position: Mapped[int] = mapped_column(unique=True)  # in the feed, of the last change
    certificate_id: Mapped[int | None] = mapped_column(unique=True)
    number: Mapped[Code | None] = mapped_column(unique=True)
    scheme_code: Mapped[Slug] = mapped_column(default="")
    scheme_version_id: Mapped[int | None]
    family: Mapped[Slug] = mapped_column(default="")
    category: Mapped[Slug] = mapped_column(index=True)
    name: Mapped[Name]
    name_en: Mapped[Name] = mapped_column(default="")
    trademark: Mapped[Name] = mapped_column(default="")
    maker: Mapped[Name]  # 生产者
    holder_id: Mapped[int | None]
    holder: Mapped[Name] = mapped_column(default="")
    body: Mapped[Name] = mapped_column(default="")
    region: Mapped[Code] = mapped_column(default="")  # GB/T 2260 of the factory; "" when unknown
    models: Mapped[list[str]] = mapped_column(JSON, default=list)
    carbon: Mapped[Decimal]
    carbon_unit: Mapped[Unit]
    declared_unit: Mapped[Unit]
    boundary: Mapped[Slug]
    limit: Mapped[Decimal | None] = mapped_column("limit_value")
    stages: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    issued_on: Mapped[date | None] = mapped_column(index=True)
    begins_on: Mapped[date | None] = mapped_column(index=True)
    valid_to: Mapped[date | None]
    grade: Mapped[Slug] = mapped_column(default="")
    grade_name: Mapped[Name] = mapped_column(default="")
    grade_name_en: Mapped[Name] = mapped_column(default="")
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    facts: Mapped[list["EntryFact"]] = relationship(cascade="all, delete-orphan", order_by="EntryFact.id")
    codes: Mapped[list["EntryModel"]] = relationship(cascade="all, delete-orphan", order_by="EntryModel.id")
    acts: Mapped[list["EntryAct"]] = relationship(order_by="EntryAct.id", back_populates="entry")
    device: Mapped["ImportedDevice | None"] = relationship(back_populates="entry")

    def status_on(self, day: date) -> str:
        """What certification's law says of the mirrored acts; a declared product has no status."""
        if self.kind == "declared" or self.begins_on is None or self.valid_to is None:
            return "not_certified"
        return status_on(self.begins_on, self.valid_to, self.acts, day)

    def has_fallen_on(self, day: date) -> bool:
        return self.status_on(day) in LOST

    @property
    def stage_values(self) -> list[tuple[str, Decimal]]:
        return [(slug, Decimal(value)) for slug, value in self.stages]

    def said_grade(self) -> str:
        """What the grade is called, in the language of the page."""
        return self.grade_name_en if language() == "en" else self.grade_name

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The values by which it may be looked for."""
        found: dict[str, list[str]] = {}
        for fact in self.facts:
            found.setdefault(fact.parameter, []).append(fact.value)
        return found

    @property
    def below_limit(self) -> Decimal | None:
        """The share of the limit that is not used, such as 0.22; None where there is no limit."""
        return 1 - self.carbon / self.limit if self.limit else None


class EntryModel(Base):
    """One model of a product, with its code squashed so that punctuation does not matter."""

    __tablename__ = "catalog_entry_model"
    __table_args__ = (UniqueConstraint("entry_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("catalog_entry.id"), index=True)
    code: Mapped[Name]
    squashed: Mapped[Code] = mapped_column(index=True)


class EntryFact(Base):
    """A parameter of the product, or of one of its models, by which people look for it.

    `number` is there to be compared with, and no value of anything.
    """

    __tablename__ = "catalog_entry_fact"
    __table_args__ = (UniqueConstraint("entry_id", "parameter", "value"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("catalog_entry.id"), index=True)
    parameter: Mapped[Slug] = mapped_column(index=True)
    value: Mapped[Name]
    number: Mapped[float | None]


class EntryAct(Base):
    """A status act, mirrored so that the status can be computed here for any day."""

    __tablename__ = "catalog_entry_act"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("catalog_entry.id"), index=True)
    kind: Mapped[Slug]
    on: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[Reason]

    entry: Mapped[Entry] = relationship(back_populates="acts")


class ImportedDevice(Base):
    """Where a declared product comes from, and the facts only its maker's report holds."""

    __tablename__ = "imported_device"
    __table_args__ = (UniqueConstraint("source_hash", "name"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("catalog_entry.id"), primary_key=True)
    source_hash: Mapped[Code]
    name: Mapped[Name]
    dataset: Mapped[Name]
    licence: Mapped[Name]
    source: Mapped[Address]  # address of the maker's report
    lifetime_years: Mapped[Decimal | None]
    weight_kg: Mapped[Decimal | None]
    yearly_kwh: Mapped[Decimal | None]
    used_in: Mapped[Name] = mapped_column(default="")
    assembled_in: Mapped[Name] = mapped_column(default="")

    entry: Mapped[Entry] = relationship(back_populates="device")


class Technology(Base):
    """A low-carbon technology of the promotion catalogue."""

    __tablename__ = "technology"
    __table_args__ = (
        UniqueConstraint("name", "provider"),
        among("kind", TECHNOLOGIES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Slug]  # 示范类 | 推广类
    name: Mapped[Name]
    name_en: Mapped[Name] = mapped_column(default="")
    field: Mapped[Name]  # 所属领域
    provider: Mapped[Name]
    principle: Mapped[Reason]
    source: Mapped[Address]
    demo: Mapped[bool] = mapped_column(default=False)
