"""A version of a scheme, whole: one document of typed parts."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Literal

from pydantic import Field

from schemes.document.accounting import Accounting
from schemes.document.base import Count, Part, PerhapsNote
from schemes.document.criteria import Criterion
from schemes.document.identity import Identity
from schemes.document.parameters import Derived, Parameter
from schemes.document.procedure import (
    Checklists,
    Clocks,
    DocumentKind,
    FeeLine,
    Label,
    PersonDays,
    Surveillance,
    Test,
    Transition,
)

FORMAT = 1  # of the document; an older one is brought to the newest by a migration


class Document(Part):
    format: Literal[FORMAT] = FORMAT  # type: ignore[valid-type]  # spread at run time
    identity: Identity
    parameters: tuple[Parameter, ...] = ()
    derived: tuple[Derived, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    tests: tuple[Test, ...] = ()
    accounting: Accounting = Accounting()
    documents: tuple[DocumentKind, ...] = ()
    checklists: Checklists = Checklists()
    person_days: PersonDays
    division: PerhapsNote = ""  # how products are divided into units of certification
    surveillance: Surveillance = Surveillance()
    late_after: Count | None = None  # days after which a day that is typed is late; None: as the house has it
    label: Label
    clocks: Clocks = Field(default_factory=dict)
    fees: tuple[FeeLine, ...] = ()
    transition: Transition | None = None

    @cached_property
    def footprint(self) -> Criterion | None:
        """The criterion that limits the footprint, if one does."""
        return self.on("footprint")

    @cached_property
    def fields(self) -> dict[str, Parameter]:
        return {parameter.slug: parameter for parameter in self.parameters}

    @cached_property
    def items(self) -> dict[str, Test]:
        return {test.slug: test for test in self.tests}

    @cached_property
    def kinds(self) -> dict[str, DocumentKind]:
        return {kind.slug: kind for kind in self.documents}

    @cached_property
    def figures(self) -> dict[str, Derived]:
        return {figure.slug: figure for figure in self.derived}

    @cached_property
    def is_plain(self) -> bool:
        """Whether a product is judged by one limit for each figure that cases have today."""
        asked = {"footprint", *(f"test:{test.slug}" for test in self.tests)}
        single = all(each.is_single and each.quantity in asked for each in self.criteria)
        by_itself = all(each.ground == "absolute_limit" and len(each.rows) == 1 for each in self.criteria)
        once = len({each.quantity for each in self.criteria}) == len(self.criteria)
        return (
            single and by_itself and once and not self.parameters and self.identity.conclusion.kind == "pass"
        )

    def visit_days(self, people: int | Decimal | None = None, sites: int = 1, units: int = 1) -> Decimal:
        """Person-days of a visit, at least: by the people there, and for each further site and unit."""
        days = self.person_days
        sized = [size.days for size in days.by_size if people is not None and people >= size.people]
        further = (sites - 1, days.extra_site), (units - 1, days.extra_unit)
        return max(days.least, *sized, Decimal(0)) + sum(
            (number * extra for number, extra in further if extra is not None), Decimal(0)
        )

    def on(self, quantity: str) -> Criterion | None:
        """The first criterion that asks this figure."""
        return next((each for each in self.criteria if each.quantity == quantity), None)

    def unit_of(self, quantity: str) -> str | None:
        """In what a figure is stated; None where there is no such figure."""
        kind, _colon, slug = quantity.partition(":")
        if kind == "footprint":
            return self.identity.carbon_unit
        held: Mapping[str, Mapping[str, Test | Parameter | Derived]] = {
            "test": self.items,
            "parameter": self.fields,
            "derived": self.figures,
        }
        found = held[kind].get(slug)
        return found.unit if found else None
