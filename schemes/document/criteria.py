"""What must hold: a figure, how it is compared, and the table of its limits."""

from typing import Literal

from pydantic import Field

from schemes.document.base import (
    Digits,
    Match,
    Mode,
    Number,
    Part,
    PerhapsNote,
    Positive,
    Slug,
    Source,
    Unit,
    Words,
)
from schemes.document.parameters import Quantity
from schemes.vocabulary import COMPARATORS, DECISION_RULES, GROUNDS, SHOWN


class Benchmark(Part):
    """What is usual in the category: the footprint is compared as its percentage."""

    value: Positive
    source: Source


class LimitRow(Part):
    """One class of products and its limit, or its limit for each grade; None asks for nothing."""

    when: tuple[Match, ...] = ()
    limit: Number | None = None
    grades: dict[str, Number | None] = Field(default_factory=dict)
    comparison: Mode | None = None
    decision: Literal[DECISION_RULES] | None = None  # type: ignore[valid-type]  # spread at run time
    source: PerhapsNote = ""

    @property
    def limits(self) -> dict[str, Number | None]:
        """By grade; by the empty name where there are none."""
        return self.grades or {"": self.limit}


class Criterion(Part):
    """`unit`, `comparison`, `digits` and `decision` hold for every row that does not say otherwise."""

    slug: Slug
    names: Words
    quantity: Quantity
    ground: Literal[GROUNDS] = "absolute_limit"  # type: ignore[valid-type]  # spread at run time
    benchmark: Benchmark | None = None
    baseline: Quantity | None = None  # of the product itself, from which a reduction is counted
    comparator: Literal[COMPARATORS]  # type: ignore[valid-type]  # spread at run time
    unit: Unit = ""
    comparison: Mode = "full"
    digits: Digits | None = None  # of a rounded comparison; a footprint has those it is stated with
    decision: Literal[DECISION_RULES] | None = None  # type: ignore[valid-type]  # spread at run time
    by: tuple[Slug, ...] = Field((), max_length=5)
    rows: tuple[LimitRow, ...] = Field(min_length=1, max_length=500)
    interpolate: Slug | None = None  # between the rows, along this parameter
    source: Source = Source()
    # Where the figure that was held to its limits is told, once a case is decided.
    shown: tuple[Literal[SHOWN], ...] = ()  # type: ignore[valid-type]  # spread at run time

    @property
    def is_single(self) -> bool:
        """Whether one limit holds for every product and every grade."""
        return not self.by and not self.rows[0].grades
