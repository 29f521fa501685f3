"""What is tested, handed in, looked at, counted and paid on the way to a certificate, and after it."""

from typing import Annotated, Literal

from pydantic import Field

from core.calendar.count import TERMS
from core.calendar.ledger import FIRST, UNITS
from schemes.document.base import (
    Count,
    Digest,
    Digits,
    Months,
    Name,
    Note,
    NotNegative,
    Number,
    Part,
    PerhapsNote,
    Positive,
    Sentence,
    Slug,
    Unit,
    Within,
    Words,
)
from schemes.vocabulary import (
    AGAINST,
    CLOCK_NAMES,
    COMBINED,
    DECISION_RULES,
    FEE_BASES,
    RECORDED,
    SHEETS,
    TERM_NAMES,
)


class Test(Part):
    """An item of a laboratory; what it must come to stands in the criteria."""

    __test__ = False  # not a test case, whatever its name
    slug: Slug
    names: Words
    method: Name  # a standard with its year
    unit: Unit
    sampling: PerhapsNote = ""
    specimens: Annotated[int, Field(strict=True), Within(least=1, most=1000)] = 1
    combined: Literal[COMBINED] = "each"  # type: ignore[valid-type]  # spread at run time
    retests: Digits = 1  # how often it may be made again once failed
    decision: Literal[DECISION_RULES] | None = None  # type: ignore[valid-type]  # None: simple
    least: Number | None = None  # what no reading lies below or above, of whatever product
    most: Number | None = None
    uncertainty: Positive | None = None  # the widest that a result may have, expanded
    recorded: tuple[Literal[RECORDED], ...] = ()  # type: ignore[valid-type]  # what goes with every reading
    against: Literal[AGAINST] | None = None  # type: ignore[valid-type]  # activity data held against it
    demo: bool = False


class DocumentKind(Part):
    """What the applicant hands in, and the form there is for it: a file, or a sheet that the house draws.

    One that is `standing` says who the client is, not what was measured, and may come with each of its cases.
    """

    slug: Slug
    names: Words
    standing: bool = False
    blank: PerhapsNote = ""  # the name of the file
    blank_file: Digest = ""  # and its content, which the house keeps
    sheet: Literal[SHEETS] | None = None  # type: ignore[valid-type]  # spread at run time
    columns: tuple[Words, ...] = Field((), max_length=20)  # of a sheet that is a list


class Item(Part):
    """A line of a checklist; `major` says when not meeting it is major."""

    slug: Slug
    names: Words
    guidance: Sentence | None = None
    major: Sentence | None = None


class Checklists(Part):
    """Where one is empty, the lists of the house hold."""

    acceptance: tuple[Item, ...] = ()
    documents: tuple[Item, ...] = ()
    site: tuple[Item, ...] = ()
    review: tuple[Item, ...] = ()


class SizeDays(Part):
    """Person-days for a plant with at least so many people."""

    people: Count
    days: NotNegative


class PersonDays(Part):
    """`people` is the parameter of the product that says how many work at the plant; products that differ in
    a parameter of `unit_by` are units of certification of their own."""

    least: NotNegative
    by_size: tuple[SizeDays, ...] = ()
    people: Slug | None = None
    extra_site: NotNegative | None = None
    extra_unit: NotNegative | None = None
    unit_by: tuple[Slug, ...] = Field((), max_length=5)


class Surveillance(Part):
    tests: tuple[Slug, ...] = ()
    yearly_footprint: bool = False


class Label(Part):
    kind: Slug


class Clock(Part):
    """How long something lasts, from which day on, whether it may end on a day off, and who says so.

    `weak` marks a custom for which no official text was found.
    """

    length: Count
    unit: Literal[UNITS]  # type: ignore[valid-type]  # spread at run time
    first: Literal[FIRST] | None = None  # type: ignore[valid-type]  # None: as the law has it
    term: Literal[TERMS] | None = None  # type: ignore[valid-type]  # likewise
    source: Note
    weak: bool = False


class Transition(Part):
    """How long certificates of earlier versions have to be converted, from the day this one takes over."""

    months: Months
    source: PerhapsNote = ""


class FeeLine(Part):
    slug: Slug
    names: Words
    per: Literal[FEE_BASES]  # type: ignore[valid-type]  # spread at run time
    most: NotNegative | None = None


Clocks = dict[Literal[*CLOCK_NAMES, *TERM_NAMES], Clock]  # type: ignore[valid-type]  # spread at run time
