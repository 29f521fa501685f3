"""A dry run as pictures: how far from its limit everything lies, and when what no longer passes ends."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.charts import Band
from core.i18n import _
from schemes.document import Criterion, Document
from schemes.drafts.classes import class_of
from schemes.judging import FAIL, OUTCOMES, PASS, UNDECIDED, UNKNOWN

Line = Mapping[str, Any]  # JSON, as queries.tried_certificate has it
Lines = Sequence[Line]
DOTS = {PASS: "d-p", FAIL: "d-f", UNDECIDED: "d-e", UNKNOWN: "d-e"}
QUARTERS = 24  # that are drawn
OF_A_YEAR = 4


@dataclass(frozen=True)
class Spread:
    """In percent of the limit in force, or of that of the draft where it takes over from none (`is_new`)."""

    bands: tuple[Band, ...]
    is_new: bool


@dataclass(frozen=True)
class _Point:
    at: Decimal  # percent
    limit: Decimal  # of the draft, in percent
    row: int
    dot: str


def drawable(document: Document, lines: Lines) -> list[Criterion]:
    """The criteria of which some figure and a limit are known."""
    known = {each["slug"] for line in lines for each in line["criteria"] if _point(line, each)}
    return [criterion for criterion in document.criteria if criterion.slug in known]


def asked_first(document: Document, lines: Lines) -> Criterion | None:
    """Of what can be drawn the criterion that most fail; of several the first."""
    failed = Counter(each["slug"] for line in lines for each in line["criteria"] if each["outcome"] == FAIL)
    return max(drawable(document, lines), key=lambda criterion: failed[criterion.slug], default=None)


def spread(document: Document, criterion: Criterion, lines: Lines) -> Spread:
    """Everything that was tried, by class of products."""
    found = [(line, each) for line in lines for each in line["criteria"] if each["slug"] == criterion.slug]
    is_new = all(each.get("former") is None for _line, each in found)
    classes: dict[int, list[_Point]] = {}
    for line, each in found:
        if point := _point(line, each):
            classes.setdefault(point.row, []).append(point)
    bands = [
        _band(class_of(document, criterion.rows[row]) or _("全部产品"), classes[row], is_new)
        for row in sorted(classes)
    ]
    return Spread(tuple(bands), is_new)


def _band(name: str, points: list[_Point], is_new: bool) -> Band:
    """Of limits that go evenly from class to class, the least and the greatest are drawn."""
    limits = sorted({point.limit for point in points})
    ends = () if is_new else tuple(dict.fromkeys((limits[0], limits[-1])))
    return Band(name, [(point.at, point.dot) for point in points], ends)


def _point(line: Line, each: Line) -> _Point | None:
    """None where nothing is known, a limit is nought, or it was tried before limits were kept with it."""
    held, limit = each["held"], each.get("limit")
    against = each.get("former") or limit
    if each.get("row") is None or held is None or limit is None or against is None:
        return None
    if not (whole := Decimal(against)):
        return None
    times = 100 / whole
    kind = " d-c" if line["kind"] == "case" else ""
    dot = DOTS[each["outcome"]] + kind
    return _Point(Decimal(held) * times, Decimal(limit) * times, each["row"], dot)


@dataclass(frozen=True)
class Quarter:
    """`counts` are the certificates that end in it and do not pass, by outcome, in the order of OUTCOMES."""

    year: int
    quarter: int
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def column(self) -> tuple[str, tuple[int, int]]:
        """As a chart takes it: those that fail beneath the others; the year at its first quarter."""
        name = f"{self.year}" if self.quarter == 1 else f"Q{self.quarter}"
        failed = self.counts[FAIL]
        return name, (failed, self.total - failed)


def ending(lines: Lines) -> list[Quarter]:
    """When the certificates end that do not pass under the draft, quarter by quarter without a gap; what ends
    after QUARTERS of them counts in the last."""
    ends = [(_number(_day(line)), line["outcome"]) for line in _held(lines) if line["outcome"] != PASS]
    if not ends:
        return []
    first = min(place for place, _outcome in ends)
    last = min(max(place for place, _outcome in ends), first + QUARTERS - 1)
    counted = Counter((min(place, last), outcome) for place, outcome in ends)
    return [
        Quarter(
            place // OF_A_YEAR,
            place % OF_A_YEAR + 1,
            {outcome: counted[place, outcome] for outcome in OUTCOMES},
        )
        for place in range(first, last + 1)
    ]


def mark(quarters: Sequence[Quarter], last: date) -> float | None:
    """Where a day lies, in quarters from the first; None outside."""
    if not quarters:
        return None
    first = quarters[0].year * OF_A_YEAR + quarters[0].quarter - 1
    begun = _number(last) - first + ((last.month - 1) % 3 + last.day / 31) / 3
    return begun if 0 <= begun <= len(quarters) else None


def _number(on: date) -> int:
    return on.year * OF_A_YEAR + (on.month - 1) // 3


def _day(line: Line) -> date:
    return date.fromisoformat(line["day"])


def _held(lines: Lines) -> Iterator[Line]:
    return (line for line in lines if line["kind"] == "certificate")


@dataclass(frozen=True)
class Concerned:
    """Whom the change concerns: certificates that end by the last day to convert, and those that do not; of
    the latter, those that fail."""

    holders: int
    bodies: int
    ended: int
    to_convert: int
    failing: int


def concerned(lines: Lines, last: date) -> Concerned:
    held = list(_held(lines))
    left = [line for line in held if _day(line) > last]
    return Concerned(
        holders=len({line["holder"] for line in held}),
        bodies=len({line["body"] for line in held if line.get("body")}),
        ended=len(held) - len(left),
        to_convert=len(left),
        failing=sum(line["outcome"] == FAIL for line in left),
    )
