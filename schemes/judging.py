"""Whether a product meets what a scheme asks, criterion by criterion, and which grade it reaches.

Pure: it is told the document, the parameters of the product and the figures there are, and answers what was
compared with what.  A page, a check, the decision and a dry run ask the same function.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from carbon.footprint import rounded
from schemes.document import Criterion, Document, LimitRow
from schemes.document.tables import Value, fits

UPPER, STRICT = ("le", "lt"), ("lt", "gt")
PASS, FAIL, UNDECIDED, UNKNOWN = OUTCOMES = ("pass", "fail", "undecided", "unknown")


@dataclass(frozen=True)
class Figure:
    """A value in the unit of the scheme, and its expanded uncertainty where one is stated.  `rule` is that of
    the report it stands in, which decides where the scheme leaves it open."""

    value: Fraction
    uncertainty: Fraction | None = None
    rule: str = ""


@dataclass(frozen=True)
class Judged:
    """`held` is what was compared, rounded where the scheme says so; `limits` are those of the row that the
    product belongs to, by grade, or by the empty name.  `grade` is the best that is reached.

    unknown: a figure or a parameter is not there yet, or the product belongs to no row.
    undecided: the limit is met, but not by as much as the decision rule asks.
    """

    criterion: Criterion
    outcome: str
    row: int | None = None
    held: Fraction | None = None
    limits: Mapping[str, Decimal | None] = field(default_factory=dict)
    grade: str = ""


@dataclass(frozen=True)
class Sum:
    """Of all criteria: the worst outcome, and the best grade that every criterion reaches."""

    outcome: str
    grade: str = ""


def judge(
    document: Document, parameters: Mapping[str, Value], figures: Mapping[str, Figure]
) -> tuple[Judged, ...]:
    """Each criterion in turn.  `figures` are named as criteria name them: footprint, test:…"""
    return tuple(_judged(document, each, parameters, figures) for each in document.criteria)


def total(document: Document, judged: tuple[Judged, ...]) -> Sum:
    """A case passes when all criteria do; where there are grades, with the worst of those reached."""
    outcomes = [each.outcome for each in judged]
    outcome = next((each for each in (FAIL, UNKNOWN, UNDECIDED) if each in outcomes), PASS)
    order = [grade.slug for grade in document.identity.conclusion.grades]
    if outcome != PASS or not order:
        return Sum(outcome)
    return Sum(PASS, order[max((order.index(each.grade) for each in judged if each.grade), default=0)])


def beyond(judged: Judged) -> Fraction | None:
    """By how much a criterion is not met: beyond the limit that is asked least; None where it is met."""
    return distance(judged) if judged.outcome == FAIL else None


def distance(judged: Judged) -> Fraction | None:
    """How far beyond the limit that is asked least, below zero within it; None where nothing is asked of
    some grade, or nothing is known."""
    bound = asked_least(judged)
    if judged.held is None or bound is None:
        return None
    held = judged.held
    return held - bound if judged.criterion.comparator in UPPER else bound - held


def asked_least(judged: Judged) -> Fraction | None:
    """The limit of the grade that asks least; None where nothing is asked of some grade, or nothing is
    known."""
    limits = [limit for limit in judged.limits.values() if limit is not None]
    if not limits or len(limits) < len(judged.limits):
        return None
    return Fraction(max(limits) if judged.criterion.comparator in UPPER else min(limits))


def on_footprint(document: Document, value: Fraction, parameters: Mapping[str, Value] | None = None) -> str:
    """The outcome of the criterion about the footprint, by its value and class; pass where there is none."""
    found = document.footprint
    if found is None:
        return PASS
    return _judged(document, found, parameters or {}, {"footprint": Figure(value)}).outcome


def on(
    document: Document,
    quantity: str,
    parameters: Mapping[str, Value],
    figures: Mapping[str, Figure],
) -> tuple[Judged, ...]:
    """The criteria that ask this figure."""
    asked = (each for each in document.criteria if each.quantity == quantity)
    return tuple(_judged(document, each, parameters, figures) for each in asked)


def row_of(document: Document, criterion: Criterion, parameters: Mapping[str, Value]) -> int | None:
    """The row of the table that a product belongs to."""
    fields = document.fields
    return next((n for n, row in enumerate(criterion.rows) if fits(row, parameters, fields)), None)


def limits_of(
    document: Document, criterion: Criterion, parameters: Mapping[str, Value]
) -> dict[str, Decimal | None]:
    """By grade, or by the empty name; none where the product belongs to no row."""
    index = row_of(document, criterion, parameters)
    return {} if index is None else _limits(criterion, criterion.rows[index], parameters)


def _judged(
    document: Document,
    criterion: Criterion,
    parameters: Mapping[str, Value],
    figures: Mapping[str, Figure],
) -> Judged:
    index = row_of(document, criterion, parameters)
    figure = _compared(document, criterion, parameters, figures)
    if index is None or figure is None:
        return Judged(criterion, UNKNOWN, index)
    row = criterion.rows[index]
    held = _held(document, criterion, row, figure.value)
    limits = _limits(criterion, row, parameters)
    rule = row.decision or criterion.decision or _rule_of_test(document, criterion)
    band = _band(rule, figure)
    outcomes = {grade: _outcome(criterion.comparator, held, limit, band) for grade, limit in limits.items()}
    reached = next((grade for grade, outcome in outcomes.items() if outcome == PASS), None)
    if reached is None:
        return Judged(criterion, list(outcomes.values())[-1], index, held, limits)
    return Judged(criterion, PASS, index, held, limits, reached)


def _compared(
    document: Document,
    criterion: Criterion,
    parameters: Mapping[str, Value],
    figures: Mapping[str, Figure],
) -> Figure | None:
    """The figure itself, or as a percentage of its benchmark, or of what its baseline was reduced by."""
    found = figure_of(document, criterion.quantity, parameters, figures)
    if found is None or criterion.ground == "absolute_limit":
        return found
    if criterion.ground == "benchmark" and criterion.benchmark:
        return _scaled(found, Fraction(100) / Fraction(criterion.benchmark.value))
    baseline = criterion.baseline and figure_of(document, criterion.baseline, parameters, figures)
    if not baseline or not baseline.value:
        return None
    part = _scaled(found, Fraction(100) / baseline.value)
    return Figure(100 - part.value, part.uncertainty)


def figure_of(
    document: Document, quantity: str, parameters: Mapping[str, Value], figures: Mapping[str, Figure]
) -> Figure | None:
    """A figure that is there, a parameter, or one derived from them; None while a part of it is missing."""
    kind, _colon, slug = quantity.partition(":")
    if kind == "parameter":
        value = parameters.get(slug)
        return Figure(Fraction(value)) if isinstance(value, Decimal) else None
    if kind != "derived":
        return figures.get(quantity)
    derived = document.figures[slug]
    parts = [figure_of(document, each, parameters, figures) for each in derived.of]
    values = [part.value for part in parts if part]
    if len(values) < len(parts) or (derived.kind == "quotient" and 0 in values[1:]):
        return None
    return Figure(reduce(OPERATIONS[derived.kind], values))


OPERATIONS = {
    "product": lambda one, other: one * other,
    "quotient": lambda one, other: one / other,
    "sum": lambda one, other: one + other,
    "difference": lambda one, other: one - other,
}


def spelt(value: Fraction) -> Decimal:
    """In as many digits as anybody reads, without zeros that say nothing."""
    found = rounded(value, 12)
    return found.normalize() if found else Decimal(0)


def _scaled(figure: Figure, times: Fraction) -> Figure:
    wide = None if figure.uncertainty is None else figure.uncertainty * times
    return Figure(figure.value * times, wide)


def _held(document: Document, criterion: Criterion, row: LimitRow, value: Fraction) -> Fraction:
    """By GB/T 8170 the full value is held against a limit, or the rounded one where the scheme says so."""
    if (row.comparison or criterion.comparison) == "full":
        return value
    digits = document.accounting.digits if criterion.digits is None else criterion.digits
    return Fraction(rounded(value, digits))


def _rule_of_test(document: Document, criterion: Criterion) -> str | None:
    kind, _colon, slug = criterion.quantity.partition(":")
    return document.items[slug].decision if kind == "test" and slug in document.items else None


def _band(rule: str | None, figure: Figure) -> Fraction | None:
    """By how much the limit must be met; None where that is not known.  What the scheme leaves open, a report
    decides, and one that states no uncertainty claims to have none."""
    if rule is None and figure.rule == "guard_band":
        return figure.uncertainty or Fraction(0)
    return figure.uncertainty if rule == "guard_band" else Fraction(0)


def _outcome(comparator: str, held: Fraction, limit: Decimal | None, band: Fraction | None) -> str:
    if limit is None:
        return PASS
    bound = Fraction(limit)
    distance = bound - held if comparator in UPPER else held - bound
    if distance < 0 or (distance == 0 and comparator in STRICT):
        return FAIL
    return PASS if band is not None and distance >= band else UNDECIDED


def _limits(
    criterion: Criterion, row: LimitRow, parameters: Mapping[str, Value]
) -> dict[str, Decimal | None]:
    """Those of the row; where the scheme interpolates, a limit stands at the lower bound of its row and goes
    evenly to that of the row which begins where this one ends."""
    along = criterion.interpolate
    value = parameters.get(along) if along else None
    here = next((match for match in row.when if match.parameter == along), None)
    if not isinstance(value, Decimal) or here is None or here.least is None or here.below is None:
        return dict(row.limits)
    beside = {match for match in row.when if match is not here}
    for other in criterion.rows:
        there = next((match for match in other.when if match.parameter == along), None)
        if there and there.least == here.below and {*other.when} - {there} == beside:
            share = (value - here.least) / (here.below - here.least)
            return dict(_between(row, other, share))
    return dict(row.limits)


def _between(row: LimitRow, other: LimitRow, share: Decimal) -> Iterator[tuple[str, Decimal | None]]:
    for grade, limit in row.limits.items():
        end = other.limits.get(grade)
        yield grade, limit if limit is None or end is None else limit + (end - limit) * share
