"""What each product category demands, by version."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from carbon.footprint import SETS, rounded
from core.columns import Code, Facts, Note, PrintedCode, PrintedName, PrintedNote, Slug, Unit
from core.db import Base, among
from schemes.vocabulary import CERTIFICATES, COMPARISONS, FAMILIES


class SchemeVersion(Base):
    """One version of one scheme.  A running case stays on the version it was accepted under.

    `required_files` is a list of file kinds; `tests` a list of
    {slug, name, name_en, method, unit, comparator (le|ge|None), limit (text|None), demo};
    `clocks` maps a clock's name to {days, unit (working|calendar), source}.
    """

    __tablename__ = "scheme_version"
    __table_args__ = (
        UniqueConstraint("code", "version"),
        among("family", FAMILIES),
        CheckConstraint("validity_years > 0", name="validity_positive"),
        among("comparison", COMPARISONS),
        among("gwp", SETS),
        among("certificates", CERTIFICATES),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[Code] = mapped_column(index=True)
    version: Mapped[PrintedCode]
    family: Mapped[Slug]
    category: Mapped[Slug]
    name: Mapped[PrintedName]
    name_en: Mapped[PrintedName]
    category_name: Mapped[PrintedName]
    category_name_en: Mapped[PrintedName]
    rule_number: Mapped[PrintedCode]
    rule_source: Mapped[PrintedNote]
    demo: Mapped[bool]  # the rule, or a figure in it, is a sample: 演示数据
    mode: Mapped[PrintedName]  # 认证模式
    mode_en: Mapped[PrintedName]
    declared_amount: Mapped[Decimal]
    declared_unit: Mapped[Unit]
    boundary: Mapped[Slug]
    validity_years: Mapped[int]
    validity_source: Mapped[Note]
    limit_value: Mapped[Decimal | None]
    limit_source: Mapped[PrintedNote] = mapped_column(default="")
    limit_demo: Mapped[bool] = mapped_column(default=False)
    comparison: Mapped[Slug] = mapped_column(default="full")  # GB/T 8170: 全数值 | 修约值
    rounding_digits: Mapped[int] = mapped_column(default=2)
    gwp: Mapped[Slug] = mapped_column(default="AR6")  # the set its footprints are reckoned with
    person_days: Mapped[Decimal]
    retests: Mapped[int] = mapped_column(default=1)  # how often a failed test may be made again
    materiality: Mapped[Decimal | None]  # the share of the rows' contributions that files must prove
    # Whether electricity by contract counts as its certificates say, or as electricity of the grid.
    certificates: Mapped[Slug] = mapped_column(default="outside")
    required_files: Mapped[list[str]] = mapped_column(JSON)
    tests: Mapped[list[dict[str, Any]]] = mapped_column(Facts(300, printed=True))  # operations.Test
    clocks: Mapped[dict[str, Any]] = mapped_column(Facts(300, printed=True))  # operations.Clocks
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]

    @property
    def carbon_unit(self) -> str:
        """The unit a footprint of this scheme is stated in, such as kgCO2e/t."""
        amount = "" if self.declared_amount == 1 else f"{self.declared_amount.normalize():f} "
        return f"kgCO2e/{amount}{self.declared_unit}"

    @property
    def counts_certificates(self) -> bool:
        return self.certificates == "counted"

    def rounded(self, value: Decimal | Fraction) -> Decimal:
        """An exact footprint as everything states it that is signed, printed, shown or exported."""
        return rounded(value, self.rounding_digits)

    def in_force_on(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)
