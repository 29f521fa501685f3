"""Which 品目 a product belongs to: what the rules say of its parameters, and what was confirmed.  Pure."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from certification.certificate import statement
from core.errors import Invalid
from core.readers import numbers

Code = tuple[str, str]  # edition of the catalogue, and code there
DECIDED = "by-parameter"
UNSTATED = "parameter-not-stated"
FITS_NONE = "fits-no-category"
FITS_SEVERAL = "fits-several-categories"
REASONS = (DECIDED, UNSTATED, FITS_NONE, FITS_SEVERAL)


class Heading(Protocol):
    """A policy rule, as far as it says which products of its scheme belong to its 品目: those whose
    `parameter` is more than `above` and at most `up_to`, or one of `choices`; all where it names none."""

    @property
    def category_edition(self) -> str: ...
    @property
    def category_code(self) -> str: ...
    @property
    def parameter(self) -> str: ...
    @property
    def above(self) -> Decimal | None: ...
    @property
    def up_to(self) -> Decimal | None: ...
    @property
    def choices(self) -> Sequence[str]: ...


Rule = TypeVar("Rule", bound=Heading)


def code_of(rule: Heading) -> Code:
    return rule.category_edition, rule.category_code


def settled(fits: Sequence[Rule], confirmed: Code | None) -> list[Rule] | None:
    """Of the rules for certificates of one scheme, those under which a product is bought; None while that
    waits for somebody to confirm its 品目."""
    if not needs_confirming(fits):
        return list(fits)
    if confirmed is None:
        return None
    return [rule for rule in fits if code_of(rule) == confirmed]


def needs_confirming(fits: Sequence[Heading]) -> bool:
    """Whether the scheme alone does not say it."""
    return len({code_of(rule) for rule in fits}) > 1 or any(rule.parameter for rule in fits)


@dataclass(frozen=True)
class Decided:
    """`code` is None where the rules do not say it, for one of REASONS; `values` are those that were read."""

    code: Code | None
    reason: str
    values: tuple[str, ...]


def decide(fits: Sequence[Heading], stated: Mapping[str, Set[str]]) -> Decided:
    """By what a certificate states of its product and of each model: all of it counts."""
    asked = dict.fromkeys(rule.parameter for rule in fits if rule.parameter)
    values = tuple(value for slug in asked for value in sorted(stated.get(slug, ())))
    if any(not stated.get(slug) for slug in asked):
        return Decided(None, UNSTATED, values)
    codes = {
        code_of(rule) for rule in fits if all(_takes(rule, each) for each in stated.get(rule.parameter, ()))
    }
    if len(codes) != 1:
        return Decided(None, FITS_SEVERAL if codes else FITS_NONE, values)
    return Decided(codes.pop(), DECIDED, values)


def _takes(rule: Heading, value: str) -> bool:
    if rule.choices:
        return value in rule.choices
    try:
        number = numbers.number(value)
    except Invalid:
        return False
    if number is None:
        return False
    return (rule.above is None or number > rule.above) and (rule.up_to is None or number <= rule.up_to)


def stated(said: statement.Read) -> dict[str, set[str]]:
    """By parameter: every value that a certificate states of the product or of one of its models."""
    told, found = statement.stated(said), dict[str, set[str]]()
    for fact in [*told["product"], *(fact for model in told["models"] for fact in model["facts"])]:
        found.setdefault(fact["slug"], set()).add(fact["value"])
    return found
