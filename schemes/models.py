"""What each product category demands, by version."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import ForeignKey, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, Mapper, mapped_column, validates
from sqlalchemy.schema import UniqueConstraint

from carbon.checks import Demands, Tolerances
from carbon.footprint import rounded
from core.columns import Code, Digest, LongRecord, PrintedCode, PrintedName, Slug
from core.db import Base, among
from core.i18n import language
from schemes import stated
from schemes.document import PROVINCE, Clock, Document, Test, digest, stored
from schemes.stated import Stated
from schemes.terms import late_after
from schemes.vocabulary import FAMILIES, OTHER_KIND, TERM_NAMES


class SchemeVersion(Base):
    """One version of one scheme.  A running case stays on the version it was accepted under.

    The document is the version.  The other columns are what SQL asks of it; they are derived when it is set.
    """

    __tablename__ = "scheme_version"
    __table_args__ = (UniqueConstraint("code", "version"), among("family", FAMILIES))

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(LongRecord)  # schemes.document.written
    digest: Mapped[Digest]
    code: Mapped[Code] = mapped_column(index=True)
    version: Mapped[PrintedCode]
    family: Mapped[Slug]
    category: Mapped[Slug]
    name: Mapped[PrintedName]
    name_en: Mapped[PrintedName]
    category_name: Mapped[PrintedName]
    category_name_en: Mapped[PrintedName]
    is_tested: Mapped[bool]
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    paper: Mapped[Digest | None] = mapped_column(ForeignKey("stored_file.digest"))  # the PDF
    retired_on: Mapped[date | None]  # the first day on which it takes no new case, since its rule was retired
    superseded_on: Mapped[date | None]  # the day on which the next version took over; no document says it

    @validates("document")
    def _derive(self, _name: str, text: str) -> str:
        for column, value in _derived(text).items():
            setattr(self, column, value)
        return text

    @property
    def said_name(self) -> str:
        """What the rule is called, in the language of the page."""
        return self.name_en if language() == "en" else self.name

    @property
    def said_category(self) -> str:
        return self.category_name_en if language() == "en" else self.category_name

    @property
    def rules(self) -> Document:
        return stored(self.document)

    @property
    def owner(self) -> str:
        """Whose rule it is: PROVINCE, or the credit code of the body that filed it."""
        return self.rules.identity.owner

    @property
    def is_of_a_body(self) -> bool:
        return self.owner != PROVINCE

    @property
    def rule_number(self) -> str:
        return self.rules.identity.rule.number

    @property
    def rule_source(self) -> str:
        return self.rules.identity.rule.source

    @property
    def demo(self) -> bool:
        """Whether the rule, or a figure in it, is a sample: 演示数据."""
        return self.rules.identity.demo

    @property
    def mode(self) -> str:
        return self.rules.identity.mode.zh

    @property
    def mode_en(self) -> str:
        return self.rules.identity.mode.en

    @property
    def declared_amount(self) -> Decimal:
        return self.rules.identity.declared.amount

    @property
    def declared_unit(self) -> str:
        return self.rules.identity.declared.unit

    @property
    def carbon_unit(self) -> str:
        """The unit a footprint of this scheme is stated in, such as kgCO2e/t."""
        return self.rules.identity.carbon_unit

    @property
    def boundary(self) -> str:
        found: str = self.rules.identity.boundary
        return found

    @property
    def validity_years(self) -> int:
        return self.rules.identity.validity.years

    @property
    def validity_source(self) -> str:
        return self.rules.identity.validity.source

    @property
    def limit_value(self) -> Decimal | None:
        """What a footprint must not exceed, where one limit holds for every product."""
        found = self.rules.footprint
        return found.rows[0].limit if found and found.is_single else None

    @property
    def limit_source(self) -> str:
        found = self.rules.footprint
        return found.source.text if found else ""

    @property
    def limit_demo(self) -> bool:
        found = self.rules.footprint
        return found is not None and found.source.demo

    @property
    def comparison(self) -> str:
        """How a footprint is held against its limit (GB/T 8170): 全数值 | 修约值."""
        found = self.rules.footprint
        return found.comparison if found else "full"

    @property
    def rounding_digits(self) -> int:
        return self.rules.accounting.digits

    @property
    def gwp(self) -> str:
        """The set of warming potentials that its footprints are reckoned with."""
        found: str = self.rules.accounting.gwp
        return found

    @property
    def materiality(self) -> Decimal | None:
        """The share of the rows' contributions that files must prove."""
        return self.rules.accounting.materiality

    @property
    def misstatement(self) -> Decimal | None:
        """The part of a footprint from which on a misstatement is material, where the version says it."""
        return self.rules.accounting.misstatement

    @property
    def assurance(self) -> str:
        """The level of assurance with which an opinion is given."""
        found: str = self.rules.accounting.assurance
        return found

    @property
    def certificates(self) -> str:
        """Whether electricity by contract counts as its certificates say, or as electricity of the grid."""
        found: str = self.rules.accounting.certificates
        return found

    @property
    def counts_certificates(self) -> bool:
        return self.certificates == "counted"

    @property
    def fuel_default(self) -> str:
        """Whose value a fuel has by default, where two official ones differ."""
        return self.rules.accounting.fuel_source or ""

    @property
    def tolerances(self) -> Tolerances:
        """From where on an experienced reader asks about the activity data."""
        return Tolerances(**dict(self.rules.accounting.tolerances))

    @property
    def demands(self) -> Demands:
        """What it asks of an inventory."""
        asked = self.rules.accounting
        return Demands(
            stages=asked.stages,
            rows=tuple((row.stage, (row.names.zh, row.names.en)) for row in asked.rows),
            factor_kinds=asked.factor_kinds,
            oldest_factor_years=asked.oldest_factor_years,
            primary_share=asked.primary_share,
            period_months=asked.period_months,
            grid_factor=asked.grid_factor or "",
        )

    @property
    def person_days(self) -> Decimal:
        return self.rules.person_days.least

    def visit_days(self, people: int | Decimal | None = None, sites: int = 1, units: int = 1) -> Decimal:
        """Person-days of a visit, at least, for so many people and units; what is not known adds none."""
        return self.rules.visit_days(people, sites, units)

    def people_of(self, product: Stated) -> Decimal | None:
        return stated.people(self.rules, product)

    def units_of(self, product: Stated, models: Iterable[Stated]) -> int:
        return stated.units(self.rules, product, models)

    @property
    def late_after(self) -> int:
        """After how many days the day of an event is typed late."""
        return late_after(self)

    @property
    def asks_size(self) -> bool:
        """Whether the days of a visit hang on how many people work at the plant."""
        return bool(self.rules.person_days.by_size)

    @property
    def site_days(self) -> Decimal:
        """Person-days of one place of several, at least."""
        extra = self.rules.person_days.extra_site
        return self.person_days if extra is None else min(extra, self.person_days)

    @property
    def required_files(self) -> list[str]:
        return [kind.slug for kind in self.rules.documents]

    @property
    def file_kinds(self) -> list[str]:
        """Every kind of file that a case may hold, those that need not be there last."""
        return [*self.required_files, OTHER_KIND]

    @property
    def tests(self) -> list[dict[str, Any]]:  # of texts, flags and what is left out
        """The items of a laboratory, each with its requirement where it has one."""
        return [self._item(test) for test in self.rules.tests]

    @property
    def clocks(self) -> dict[str, dict[str, Any]]:  # of texts, numbers and flags
        return {name: _stated(name, clock) for name, clock in self.rules.clocks.items()}

    def retests(self, items: list[str]) -> int:
        """How often these items may be made again once they failed."""
        return min((test.retests for slug, test in self.rules.items.items() if slug in items), default=0)

    def rounded(self, value: Decimal | Fraction) -> Decimal:
        """An exact footprint as everything states it that is signed, printed, shown or exported."""
        return rounded(value, self.rounding_digits)

    def retired_by(self, day: date) -> bool:
        return self.retired_on is not None and day >= self.retired_on

    def in_force_on(self, day: date) -> bool:
        ended = self.retired_by(day) or (self.superseded_on is not None and day >= self.superseded_on)
        return (
            self.effective_from <= day
            and not ended
            and (self.effective_to is None or day <= self.effective_to)
        )

    def _item(self, test: Test) -> dict[str, Any]:  # as `tests`
        found = self.rules.on(f"test:{test.slug}")
        single = found if found and found.is_single else None
        limit = single.rows[0].limit if single else None
        return {
            "slug": test.slug,
            "name": test.names.zh,
            "name_en": test.names.en,
            "method": test.method,
            "unit": test.unit,
            "comparator": single.comparator if single and limit is not None else None,
            "limit": None if limit is None else f"{limit:f}",
            "demo": test.demo,
        }


def _derived(text: str) -> dict[str, Any]:  # a value for each column
    found = stored(text)
    about = found.identity
    return {
        "digest": digest(text),
        "code": about.code,
        "version": about.version,
        "family": about.family,
        "category": about.category,
        "name": about.names.zh,
        "name_en": about.names.en,
        "category_name": about.category_names.zh,
        "category_name_en": about.category_names.en,
        "is_tested": bool(found.tests),
        "effective_from": about.effective_from,
        "effective_to": about.effective_to,
    }


def _stated(name: str, clock: Clock) -> dict[str, Any]:  # as `clocks`
    """As the clocks of the law read it: a length in days of a kind, or in months."""
    if name in TERM_NAMES:
        return {"months": clock.length, "source": clock.source, "weak": clock.weak}
    counted = {"first": clock.first, "term": clock.term}
    found = {"days": clock.length, "unit": clock.unit, "source": clock.source}
    return found | {rule: stated for rule, stated in counted.items() if stated}


def _keep_equal(_mapper: Mapper[SchemeVersion], _connection: Connection, row: SchemeVersion) -> None:
    """Whatever was set beside the document gives way to it."""
    for column, value in _derived(row.document).items():
        setattr(row, column, value)


for moment in ("before_insert", "before_update"):
    event.listen(SchemeVersion, moment, _keep_equal)
