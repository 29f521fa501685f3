"""Factors that do not change once used, inventories that do, and footprints that never do."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    event,
    inspect,
)
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from carbon import keys
from carbon.footprint import (
    BOUNDARIES,
    CONFIDENCES,
    QUALITIES,
    SETS,
    STAGES,
    FactorCopy,
    Quantity,
    Row,
    exact,
    takes_away,
)
from carbon.footprint.apart import PACT, THEREOF
from carbon.footprint.constants import Noted
from carbon.footprint.gases import APART
from carbon.records import ACTIVITY, KINDS, Around, Record, expand, proof, total
from core.clock import now
from core.columns import (
    Digest,
    Facts,
    Line,
    Name,
    PrintedCode,
    PrintedName,
    PrintedNote,
    Slug,
    Unit,
    Who,
)
from core.db import Base, among
from core.errors import OutOfOrder


class Factor(Base):
    """What a unit of activity emits, or a parameter of a fuel (its `gas_basis` is empty).

    Once a row, of a draft as well, has taken it (`used`), it stays as it is: a correction is a new version.
    """

    __tablename__ = "factor"
    __table_args__ = (
        UniqueConstraint("code", "version"),
        CheckConstraint("version > 0", name="version_positive"),
        among("confidence", CONFIDENCES),
        among("gwp", ("", *SETS)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Line(100, length=100, printed=True))
    version: Mapped[int]
    name_zh: Mapped[PrintedName]
    name_en: Mapped[PrintedName]
    category: Mapped[Slug] = mapped_column(index=True)
    activity_unit: Mapped[Unit]
    value: Mapped[Decimal]
    unit: Mapped[Unit]
    gas_basis: Mapped[Slug]  # CO2e, CO2, CO2-biogenic, CH4 …: what the value covers
    region: Mapped[PrintedCode]  # CN, World, GB; a province as GB/T 2260; a grid as CN-grid-…
    valid_from: Mapped[date]
    source: Mapped[PrintedNote]
    source_en: Mapped[PrintedNote]
    source_year: Mapped[int]
    confidence: Mapped[Slug]
    gwp: Mapped[Slug] = mapped_column(default="")  # the set its CO2e was made with; empty: not said
    used: Mapped[bool] = mapped_column(default=False)

    def copy(self) -> FactorCopy:
        return FactorCopy(
            value=self.value,
            unit=self.unit,
            gas_basis=self.gas_basis,
            code=self.code,
            version=self.version,
            name_zh=self.name_zh,
            name_en=self.name_en,
            category=self.category,
            region=self.region,
            source=self.source,
            source_en=self.source_en,
            source_year=self.source_year,
            confidence=self.confidence,
            gwp=self.gwp,
        )


class Inventory(Base):
    """The activity data of one product over one period; a draft may be as empty as it likes."""

    __tablename__ = "inventory"
    __table_args__ = (
        among("boundary", BOUNDARIES),
        among("gwp", SETS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    title: Mapped[Name]
    declared_amount: Mapped[Decimal]
    declared_unit: Mapped[Unit]
    output_amount: Mapped[Decimal | None]
    output_unit: Mapped[Unit] = mapped_column(default="")
    boundary: Mapped[Slug]
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    gwp: Mapped[Slug] = mapped_column(default="AR6")
    system: Mapped[dict[str, Any] | None] = mapped_column(Facts(500, printed=True))  # JSON
    system_fault: Mapped[Slug] = mapped_column(default="")  # why it cannot be solved as it stands
    # While it cannot be solved, what it came to when it last could.
    system_last: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # JSON
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    updated_by: Mapped[Who]

    __mapper_args__ = {"version_id_col": version}

    rows: Mapped[list["ActivityRow"]] = relationship(
        back_populates="inventory", order_by="ActivityRow.position", cascade="all, delete-orphan"
    )

    @property
    def is_filled(self) -> bool:
        """Whether nothing that the arithmetic needs is missing."""
        sources = bool(self.rows or self.system) and not self.system_fault
        return sources and self.output_amount is not None and all(row.is_filled for row in self.rows)

    @property
    def last_figure(self) -> dict[str, Any] | None:  # total, unit, ways and at, each as what it is
        """What the system came to when it could be solved last, while it cannot be."""
        if (kept := self.system_last) is None:
            return None
        ways = {way: Decimal(total) for way, total in kept["ways"].items()}
        at = datetime.fromisoformat(kept["at"])
        return {"total": Decimal(kept["total"]), "unit": kept["unit"], "ways": ways, "at": at}


class ActivityRow(Base):
    """One source of emissions: how much, with a factor of the library or of a supplier, and what its kind of
    record states besides (see carbon.records)."""

    __tablename__ = "activity_row"
    __table_args__ = (
        among("stage", STAGES),
        among("quality", ("", *QUALITIES)),
        among("kind", KINDS),
        UniqueConstraint("inventory_id", "key"),
        Index(None, "inventory_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inventory_id: Mapped[int] = mapped_column(ForeignKey("inventory.id"))
    position: Mapped[int]
    key: Mapped[Slug] = mapped_column(default=keys.new)  # see carbon.keys
    stage: Mapped[Slug]
    name: Mapped[PrintedName] = mapped_column(default="")
    quantity: Mapped[Decimal | None]
    unit: Mapped[Unit] = mapped_column(default="")
    factor_id: Mapped[int | None] = mapped_column(ForeignKey("factor.id"), index=True)
    own_value: Mapped[Decimal | None]
    own_unit: Mapped[Unit] = mapped_column(default="")
    own_source: Mapped[PrintedNote] = mapped_column(default="")
    kind: Mapped[Slug] = mapped_column(default=ACTIVITY)
    stated: Mapped[dict[str, object]] = mapped_column(Facts(500, printed=True), default=dict)
    evidence: Mapped[PrintedNote] = mapped_column(default="")
    quality: Mapped[Slug] = mapped_column(default="")

    inventory: Mapped[Inventory] = relationship(back_populates="rows")
    factor: Mapped[Factor | None] = relationship(lazy="joined")
    proofs: Mapped[list["RowEvidence"]] = relationship(
        order_by="RowEvidence.digest", cascade="all, delete-orphan", lazy="selectin"
    )
    others: Mapped[list[Factor]] = relationship(
        secondary="row_factor", order_by=Factor.code, lazy="selectin"
    )  # what it is reckoned with besides its own, in the version it was saved with

    @property
    def evidence_digest(self) -> str:
        """The digests of the files that prove it, in order, a blank between two; `evidence` is a note."""
        return " ".join(proof.digest for proof in self.proofs)

    @evidence_digest.setter
    def evidence_digest(self, digests: str) -> None:
        stand = {proof.digest: proof for proof in self.proofs}
        self.proofs = [stand.get(each) or RowEvidence(digest=each) for each in sorted(set(digests.split()))]

    @property
    def proof(self) -> str:
        """The digests of the files that prove all of it, month by month where it has none of its own."""
        return proof(self.evidence_digest, self.stated or {})

    @property
    def factor_code(self) -> str:
        return self.factor.code if self.factor else ""

    @property
    def is_filled(self) -> bool:
        return all(row.quantity is not None and row.factor is not None for row in self._rows())

    @property
    def takes_away(self) -> bool:
        """Whether it makes the total less without a ground."""
        return any(takes_away(row.quantity, row.factor) for row in self._rows())

    @property
    def record(self) -> Record:
        return Record.of(self, {factor.code: factor.copy() for factor in self.every_factor})

    @property
    def every_factor(self) -> list[Factor]:
        """Its own of the library, if it has one, and those inside it."""
        return [*([self.factor] if self.factor else []), *self.others]

    def _rows(self) -> tuple[Row, ...]:
        return expand(self.record, Around(relied_on=True)).rows


class RowFactor(Base):
    """A factor of the library inside a row, such as that of one leg or the heating value of a fuel."""

    __tablename__ = "row_factor"

    row_id: Mapped[int] = mapped_column(ForeignKey("activity_row.id"), primary_key=True)
    factor_id: Mapped[int] = mapped_column(ForeignKey("factor.id"), primary_key=True, index=True)


class RowEvidence(Base):
    """A file that proves a row: a row may have several, and a file may prove several."""

    __tablename__ = "row_evidence"

    row_id: Mapped[int] = mapped_column(ForeignKey("activity_row.id"), primary_key=True)
    digest: Mapped[Digest] = mapped_column(ForeignKey("stored_file.digest"), primary_key=True, index=True)


class Footprint(Base):
    """What an inventory came to, with a copy of everything it rests on; never changed.

    `rows` hold each row with its factor (`confidence` included) and its value; a record of another kind than
    an activity has its `kind`, what was `stated`, and the `lines` it came to.  Numbers in JSON are strings,
    digit for digit.  `digest` is the SHA-256 of `document`.  `arithmetic` is the version
    that computed it, `basis` what that took for granted (see `operations.freeze`); the first had none.
    """

    __tablename__ = "footprint"
    __table_args__ = (
        CheckConstraint("length(digest) = 64", name="digest_length"),
        CheckConstraint("(arithmetic = 1) = (basis IS NULL)", name="basis_since_second"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    inventory_id: Mapped[int] = mapped_column(ForeignKey("inventory.id"), index=True)
    inventory_version: Mapped[int]
    computed_at: Mapped[datetime] = mapped_column(default=now)
    title: Mapped[Name]
    declared_amount: Mapped[Decimal]
    declared_unit: Mapped[Unit]
    output_amount: Mapped[Decimal]
    output_unit: Mapped[Unit]
    boundary: Mapped[Slug]
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    gwp: Mapped[Slug]
    total: Mapped[Decimal]
    unit: Mapped[Unit]  # such as kgCO2e/t
    stages: Mapped[dict[str, str]] = mapped_column(JSON)
    gases: Mapped[dict[str, str]] = mapped_column(JSON)
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # JSON, see above
    warnings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # JSON, cautions
    arithmetic: Mapped[int] = mapped_column(default=1)
    basis: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # JSON
    digest: Mapped[Digest]

    inventory: Mapped[Inventory] = relationship()

    def document(self) -> dict[str, Any]:  # JSON
        """Everything the digest covers."""
        since = {} if self.basis is None else {"arithmetic": self.arithmetic, "basis": self.basis}
        return {
            **since,
            "title": self.title,
            "declared": [f"{self.declared_amount:f}", self.declared_unit],
            "output": [f"{self.output_amount:f}", self.output_unit],
            "boundary": self.boundary,
            "period": [day and day.isoformat() for day in (self.period_from, self.period_to)],
            "gwp": self.gwp,
            "total": f"{self.total:f}",
            "unit": self.unit,
            "stages": self.stages,
            "gases": self.gases,
            "rows": self.rows,
            "warnings": self.warnings,
        }

    @property
    def exact(self) -> Fraction:
        """The total, without the rounding of its last digit: what a limit is held against."""
        if self.basis is None:
            return Fraction(self.total)
        declared = Quantity(self.declared_amount, self.declared_unit)
        output = Quantity(self.output_amount, self.output_unit)
        return exact(Decimal(self.basis["kilograms"]), declared, output, Noted(self.basis))

    @property
    def apart(self) -> dict[str, Decimal]:
        """What is reported apart, by gases.APART; empty in footprints of before it was noted."""
        return self._noted("apart", APART)

    @property
    def thereof(self) -> dict[str, Decimal]:
        """Of the total, by apart.THEREOF, what rows were said to be."""
        return self._noted("thereof", THEREOF)

    @property
    def pact(self) -> dict[str, Decimal]:
        """By the members of PACT's data model; empty where it has none for what was computed."""
        return self._noted("pact", PACT)

    def _noted(self, name: str, keys: tuple[str, ...]) -> dict[str, Decimal]:
        noted = (self.basis or {}).get(name, {})
        return {key: Decimal(noted[key]) for key in keys if key in noted}

    @property
    def at_grid(self) -> Decimal | None:
        """The total with all electricity at the factor of the grid, where that was another."""
        noted = (self.basis or {}).get("at_grid")
        return None if noted is None else Decimal(noted)

    def largest(self, count: int = 3) -> list[dict[str, Any]]:  # JSON, see above
        """The rows that weigh most."""
        weighed = [row for row in self.rows if row["value"] is not None]
        return sorted(weighed, key=lambda row: abs(Decimal(row["value"])), reverse=True)[:count]


@event.listens_for(ActivityRow.factor, "set")
def _use(_row: ActivityRow, factor: Factor | None, _former: object, _initiator: object) -> None:
    if factor is not None and not factor.used:
        factor.used = True


@event.listens_for(ActivityRow.others, "append")
def _use_inside(_row: ActivityRow, factor: Factor, _initiator: object) -> None:
    factor.used = True


@event.listens_for(ActivityRow, "before_insert")
@event.listens_for(ActivityRow, "before_update")
def _keep_to_ledger(_mapper: object, _connection: object, row: ActivityRow) -> None:
    if total(row.stated or {}) not in (None, row.quantity):
        raise OutOfOrder("amount-not-of-ledger")


@event.listens_for(Factor, "before_update")
@event.listens_for(Factor, "before_delete")
def _keep_used_factor(_mapper: object, _connection: object, factor: Factor) -> None:
    state = inspect(factor)
    history = state.attrs.used.history
    was_used = (history.deleted or history.unchanged or [False])[0]
    if was_used and _differs(factor):
        raise OutOfOrder("factor-in-use", code=factor.code)


@event.listens_for(Footprint, "before_update")
@event.listens_for(Footprint, "before_delete")
def _keep_footprint(_mapper: object, _connection: object, footprint: Footprint) -> None:
    if _differs(footprint):
        raise OutOfOrder("footprint-is-frozen")


def _differs(row: Base) -> bool:
    """Whether its session is about to change or to delete it."""
    session = object_session(row)
    return session is not None and (session.is_modified(row) or row in session.deleted)
