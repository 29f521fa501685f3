"""How single readings of specimens become the result of a test, and by which rule it is decided.  Pure."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from core.errors import Invalid
from schemes.document import Criterion, Document, Test
from schemes.judging import UPPER

FINER = (
    6  # decimal places beyond those of the readings: no limit can lie between a mean and what is kept of it
)


def reckoned(document: Document, test: Test, value: Decimal | None, readings: Sequence[Decimal]) -> Decimal:
    """The result: what was typed of one specimen, or what the readings of all come to.

    Raises Invalid `readings-missing` when they are not as many as the rule has specimens, `value-missing`,
    `value-not-of-readings` when a value was typed that is another.
    """
    if not readings and test.specimens == 1:
        if value is None:
            raise Invalid("value-not-measurable")
        return value
    if len(readings) != test.specimens:
        raise Invalid("readings-missing", specimens=test.specimens, count=len(readings))
    found = combined(document, test, readings)
    if value is not None and value != found:
        raise Invalid("value-not-of-readings", value=f"{value:f}", reckoned=f"{found:f}")
    return found


def combined(document: Document, test: Test, readings: Sequence[Decimal]) -> Decimal:
    """The mean, or the reading that is worst for the product: each is enough when that one is."""
    mean = sum(map(Fraction, readings), Fraction(0)) / len(readings)
    upper = {each.comparator in UPPER for each in asking(document, test.slug)}
    if test.combined == "mean" or not upper:
        return _kept(mean, readings)
    if len(upper) > 1:  # too much and too little are both bad
        return max(readings, key=lambda reading: abs(Fraction(reading) - _middle(document, test, mean)))
    return max(readings) if True in upper else min(readings)


def _middle(document: Document, test: Test, mean: Fraction) -> Fraction:
    """Between the two limits where each is one for every product, else the mean."""
    limits = [each.rows[0].limit for each in asking(document, test.slug) if each.is_single]
    known = [limit for limit in limits if limit is not None]
    return Fraction(min(known) + max(known)) / 2 if len(known) > 1 else mean


def _kept(mean: Fraction, readings: Sequence[Decimal]) -> Decimal:
    places = max(max(0, -int(reading.as_tuple().exponent)) for reading in readings) + FINER
    exact = Decimal(mean.numerator) / Decimal(mean.denominator)
    kept = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    return Decimal(f"{kept:f}".rstrip("0").rstrip(".")) if "." in f"{kept:f}" else kept


def asking(document: Document, slug: str) -> list[Criterion]:
    """The criteria that ask the result of a test."""
    return [each for each in document.criteria if each.quantity == f"test:{slug}"]


def decided_by(document: Document, slug: str) -> str:
    """The decision rule of a test, the stricter of two: simple acceptance where the scheme states none."""
    test = document.items[slug]
    rules = {row.decision or each.decision for each in asking(document, slug) for row in each.rows}
    rules = {rule or test.decision for rule in rules} if rules else {test.decision}
    found = rules - {None}
    return "guard_band" if "guard_band" in found else "simple"
