"""Faults of criteria and of the tables of their limits."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, pairwise

from carbon.footprint import rounded
from core.readers import pointer_of
from schemes.document.base import Match
from schemes.document.criteria import Criterion
from schemes.document.faults.fault import Fault, Faults
from schemes.document.faults.parameters import is_a_number, unmatched
from schemes.document.parameters import NUMBERS, values_of
from schemes.document.tables import findings
from schemes.document.whole import Document

MOST_FINDINGS = 20  # of one table; who mends them sees the rest
Ends = tuple[Decimal | None, Decimal | None]


def _each(document: Document) -> Iterator[tuple[str, Criterion]]:
    for index, criterion in enumerate(document.criteria):
        yield f"/criteria/{index}", criterion


def _limits(document: Document) -> Iterator[tuple[str, Criterion, Decimal]]:
    """(place, criterion, limit), for whatever is asked of anything."""
    for place, criterion in _each(document):
        for index, row in enumerate(criterion.rows):
            for grade, limit in row.limits.items():
                member = pointer_of(["grades", grade] if grade else ["limit"])
                if limit is not None:
                    yield f"{place}/rows/{index}{member}", criterion, limit


def known(document: Document) -> Faults:
    for place, criterion in _each(document):
        quantity = criterion.quantity
        if document.unit_of(quantity) is None or not is_a_number(document, quantity):
            yield Fault(f"{place}/quantity", "quantity-unknown", {"name": quantity})


def units(document: Document) -> Faults:
    """A limit is of the unit of what it limits; a share of something is a percentage."""
    for place, criterion in _each(document):
        asked = document.unit_of(criterion.quantity)
        if criterion.ground != "absolute_limit":
            asked = "%"
        if asked is None or criterion.unit == asked:
            continue
        slug = "limit-unit-differs" if criterion.unit else "limit-without-unit"
        yield Fault(f"{place}/unit", slug, {"unit": asked})


def told(document: Document) -> Faults:
    """What is told of a product has one name, whether it is stated or measured."""
    for place, criterion in _each(document):
        if criterion.shown and criterion.slug in document.fields:
            yield Fault(f"{place}/slug", "slug-twice", {"name": criterion.slug})


def grounds(document: Document) -> Faults:
    """What is compared with others has a benchmark, what is reduced a baseline; only carbon has grounds."""
    for place, criterion in _each(document):
        if (criterion.ground == "benchmark") != (criterion.benchmark is not None):
            yield Fault(f"{place}/benchmark", "ground-incomplete")
        if (criterion.ground == "reduction") != (criterion.baseline is not None):
            yield Fault(f"{place}/baseline", "ground-incomplete")
        if criterion.ground != "absolute_limit" and criterion.quantity != "footprint":
            yield Fault(f"{place}/ground", "ground-only-of-carbon")
        if criterion.baseline and document.unit_of(criterion.baseline) != document.identity.carbon_unit:
            yield Fault(f"{place}/baseline", "quantity-unknown", {"name": criterion.baseline})


def limits(document: Document) -> Faults:
    """No limit is negative, unless it is of a parameter that can be; that of a footprint names its source."""
    for place, criterion, limit in _limits(document):
        low, _high = _ends(document, criterion)
        is_carbon = criterion.quantity == "footprint"
        if (limit < 0 and low is not None and low >= 0) or (is_carbon and limit <= 0):
            yield Fault(place, "limit-negative", {"limit": f"{limit:f}"})
    for place, criterion in _each(document):
        if criterion.quantity == "footprint" and not criterion.source.text:
            yield Fault(f"{place}/source/text", "limit-without-source")


def digits(document: Document) -> Faults:
    """A limit has no more digits than the footprints held against it; what is rounded says to what."""
    for place, criterion, limit in _limits(document):
        if criterion.quantity == "footprint" and rounded(limit, document.accounting.digits) != limit:
            yield Fault(place, "limit-digits", {"digits": document.accounting.digits})
    for place, criterion in _each(document):
        asks = criterion.comparison == "rounded" and criterion.quantity != "footprint"
        if asks and criterion.digits is None:
            yield Fault(f"{place}/digits", "rounding-incomplete")


def graded(document: Document) -> Faults:
    """A row has a limit for each grade, or one for all; where there are no grades, one."""
    grades = {grade.slug for grade in document.identity.conclusion.grades}
    for place, criterion in _each(document):
        for index, row in enumerate(criterion.rows):
            at = f"{place}/rows/{index}/grades"
            for stranger in row.grades.keys() - grades:
                yield Fault(at + pointer_of([stranger]), "body-member-unknown")
            if row.grades and (grades - row.grades.keys() or row.limit is not None):
                yield Fault(at, "grades-do-not-fit")


def keys(document: Document) -> Faults:
    """A table hangs on parameters that are there, have ends, and are stated."""
    for place, criterion in _each(document):
        for index, slug in enumerate(criterion.by):
            found = document.fields.get(slug)
            if found is None or slug in criterion.by[:index]:
                yield Fault(f"{place}/by/{index}", "limit-hangs-on-nothing", {"name": slug})
            elif not values_of(found) and (found.kind not in NUMBERS or None in (found.least, found.most)):
                yield Fault(f"{place}/by/{index}", "limit-hangs-on-the-endless", {"name": slug})
            elif found.required == "never":
                yield Fault(f"{place}/by/{index}", "limit-hangs-on-the-optional", {"name": slug})
        if criterion.interpolate and criterion.interpolate not in criterion.by:
            yield Fault(f"{place}/interpolate", "limit-hangs-on-nothing", {"name": criterion.interpolate})


def matches(document: Document) -> Faults:
    """A row names parameters of its table, and values they can have."""
    for place, criterion in _each(document):
        for index, row in enumerate(criterion.rows):
            for number, match in enumerate(row.when):
                yield from _match(document, criterion, match, f"{place}/rows/{index}/when/{number}")


def _match(document: Document, criterion: Criterion, match: Match, place: str) -> Faults:
    found = document.fields.get(match.parameter)
    if found is None or match.parameter not in criterion.by:
        yield Fault(f"{place}/parameter", "limit-hangs-on-nothing", {"name": match.parameter})
        return
    if values_of(found):
        yield from unmatched(found, match.one_of, f"{place}/one_of")
        if not match.one_of or match.least is not None or match.below is not None:
            yield Fault(f"{place}/one_of", "choices-missing")
        return
    low = match.least if match.least is not None else found.least
    high = match.below if match.below is not None else found.most
    if match.one_of or (low is not None and high is not None and low >= high):
        yield Fault(f"{place}/below", "range-turned")


def tables(document: Document) -> Faults:
    """Every product has one limit."""
    for index, (place, criterion) in enumerate(_each(document)):
        found = list(_misfits(document, index))
        if found:
            continue  # a table that names what is not there has no cells
        for finding in islice(findings(criterion, document.fields), MOST_FINDINGS):
            row = f"/{finding.rows[1]}" if finding.rows else ""
            yield Fault(f"{place}/rows{row}", finding.slug, {"cell": finding.cell, "place": finding.place})


def _misfits(document: Document, index: int) -> Faults:
    """What makes a table unreadable."""
    for fault in (*keys(document), *matches(document)):
        if fault.pointer.startswith(f"/criteria/{index}/"):
            yield fault


def reachable(document: Document) -> Faults:
    """No limit lies where no result can be."""
    for place, criterion, limit in _limits(document):
        low, high = _ends(document, criterion)
        beyond = {
            "le": low is not None and limit < low,
            "lt": low is not None and limit <= low,
            "ge": high is not None and limit > high,
            "gt": high is not None and limit >= high,
        }
        if beyond[criterion.comparator]:
            yield Fault(place, "criterion-unreachable", {"limit": f"{limit:f}"})


def _ends(document: Document, criterion: Criterion) -> Ends:
    """Between which a figure can lie; None where it has no end."""
    if criterion.ground == "reduction":
        return None, Decimal(100)
    kind, _colon, slug = criterion.quantity.partition(":")
    if kind == "parameter" and slug in document.fields:
        return document.fields[slug].least, document.fields[slug].most
    if kind != "test":
        return None, None
    test = document.items.get(slug)
    least, most = (test.least, test.most) if test else (None, None)
    return (Decimal(0) if least is None else least), most


def every_grade(document: Document) -> Faults:
    """A better grade asks more: one that asks less than a worse one makes that one unreachable."""
    order = [grade.slug for grade in document.identity.conclusion.grades]
    for place, criterion in _each(document):
        for index, row in enumerate(criterion.rows):
            if row.grades.keys() != set(order):
                continue
            for better, worse in pairwise(order):
                if _asks_less(criterion.comparator, row.grades[better], row.grades[worse]):
                    yield Fault(
                        f"{place}/rows/{index}/grades/{better}", "grade-unreachable", {"grade": worse}
                    )


def _asks_less(comparator: str, better: Decimal | None, worse: Decimal | None) -> bool:
    if worse is None:
        return False
    if better is None:
        return True
    return better > worse if comparator in ("le", "lt") else better < worse
