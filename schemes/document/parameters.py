"""What the applicant says of a product or a model, in typed fields, and what is derived from it."""

from typing import Annotated, Literal

from pydantic import Field

from schemes.document.base import (
    Line,
    Match,
    Number,
    Part,
    PerhapsNote,
    Positive,
    Sentence,
    Slug,
    Unit,
    Words,
)
from schemes.vocabulary import DERIVATIONS, PARAMETER_KINDS, REQUIRED, SHOWN

QUANTITY = r"^(footprint|(test|parameter|derived):[a-z][a-z0-9_-]*)$"
# A figure that a criterion may ask: footprint, test:rolling_resistance, parameter:mass, derived:per_item.
Quantity = Annotated[str, Field(pattern=QUANTITY, max_length=80)]


class Choice(Part):
    slug: Slug
    names: Words


class Parameter(Part):
    """A field; which of its members a kind may have stands in `OF_KIND`."""

    slug: Slug
    names: Words
    help: Sentence | None = None
    kind: Literal[PARAMETER_KINDS]  # type: ignore[valid-type]  # spread at run time
    unit: Unit = ""
    least: Number | None = None
    most: Number | None = None
    step: Positive | None = None
    choices: tuple[Choice, ...] = ()
    pattern: Annotated[str, Line(200, empty=True)] = ""
    example: PerhapsNote = ""
    past: bool = False  # a day not after that on which it is stated
    per: Literal["product", "model"] = "product"
    required: Literal[REQUIRED] = "always"  # type: ignore[valid-type]  # spread at run time
    when: tuple[Match, ...] = ()
    shown: tuple[Literal[SHOWN], ...] = ()  # type: ignore[valid-type]  # spread at run time


# The members that only some kinds have.
OF_KIND = {
    "number": {"unit", "least", "most", "step"},
    "whole": {"unit", "least", "most", "step"},
    "choice": {"choices"},
    "text": {"pattern", "example"},
    "date": {"past"},
    "yes_no": set(),
}
NUMBERS = ("number", "whole")
WORDS = {"yes_no": ("yes", "no")}  # what a parameter of a kind without choices of its own may be


class Derived(Part):
    """A figure reckoned from others: their product, sum, or the first over, or without, the rest."""

    slug: Slug
    names: Words
    unit: Unit = ""
    kind: Literal[DERIVATIONS]  # type: ignore[valid-type]  # spread at run time
    of: tuple[Quantity, ...] = Field(min_length=2, max_length=10)


def values_of(parameter: Parameter) -> tuple[str, ...]:
    """What it may be, where that is a list."""
    return WORDS.get(parameter.kind, tuple(choice.slug for choice in parameter.choices))
