"""A dry run as pictures: how far from its limit everything lies, and when what no longer passes ends.

Only places are reckoned here, in percent of the width; what is drawn there, a template says.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil, floor
from typing import Any

from schemes.document import Criterion, Document
from schemes.drafts.classes import class_of
from schemes.judging import FAIL, OUTCOMES, PASS

Lines = Sequence[Mapping[str, Any]]  # as queries.tried_certificate has them

WHOLE = 100  # percent
STEP = 10
FARTHEST = 300  # percent of the limit; what lies beyond stands at the edge
MARGIN = 2  # of the width, on either side
NEAR = 1.3  # of the width: nearer ones stand one above the other
LEVELS = (0, -1, 1, -2, 2)
MOST_DOTS = 500
QUARTERS = 24


@dataclass(frozen=True)
class Dot:
    """`level` is how many dots above or below the middle it stands."""

    x: float
    level: int
    outcome: str
    kind: str


@dataclass(frozen=True)
class Band:
    """One class of products; `new` is where the limits of the draft lie, `zone` from there to the former."""

    name: str
    dots: tuple[Dot, ...]
    new: tuple[float, ...]
    zone: tuple[float, float] | None  # (start, width)


@dataclass(frozen=True)
class Spread:
    """`ticks` are (percent, place); `whole` is where 100 % lies: the limit in force, or that of the draft
    where it takes over from none (`is_new`); each dot stands for about `dot` results."""

    bands: tuple[Band, ...]
    ticks: tuple[tuple[int, float], ...]
    whole: float
    is_new: bool
    dot: int


@dataclass(frozen=True)
class _Point:
    at: Decimal  # percent
    new: Decimal
    row: int
    outcome: str
    kind: str


def asked_first(document: Document, lines: Lines) -> Criterion | None:
    """The criterion that most fail; of several the first; one that nothing can be drawn of is none."""
    failed = Counter(each["slug"] for line in lines for each in line["criteria"] if each["outcome"] == FAIL)
    drawn = drawable(document, lines)
    return max(drawn, key=lambda criterion: failed[criterion.slug], default=None)


def drawable(document: Document, lines: Lines) -> list[Criterion]:
    """The criteria of which some figure and a limit are known."""
    there = {each.slug: each for each in document.criteria}
    known = {slug for line in lines for slug in _drawn(line)}
    return [criterion for slug, criterion in there.items() if slug in known]


def _drawn(line: Mapping[str, Any]) -> Iterator[str]:
    yield from (each["slug"] for each in line["criteria"] if _point(each, "") is not None)


def spread(document: Document, criterion: Criterion, lines: Lines) -> Spread | None:
    """Everything that was tried, by class, in percent of the limit in force."""
    found = [(line, each) for line in lines for each in line["criteria"] if each["slug"] == criterion.slug]
    points = [point for line, each in found if (point := _point(each, line["kind"])) is not None]
    if not points:
        return None
    axis = _axis(points)
    dot = -(-len(points) // MOST_DOTS)
    classes = {row: class_of(document, criterion.rows[row]) for row in sorted({each.row for each in points})}
    bands = [
        _band(name, [each for each in points if each.row == row], axis, dot) for row, name in classes.items()
    ]
    is_new = all(each.get("former") is None for _line, each in found)
    return Spread(tuple(bands), axis.ticks, axis.place(Decimal(WHOLE)), is_new, dot)


def _point(each: Mapping[str, Any], kind: str) -> _Point | None:
    """None where it was tried before limits were kept with it, nothing is known, or a limit is nought."""
    limit, row = each.get("limit"), each.get("row")
    against = each.get("former") or limit
    if row is None or each["held"] is None or limit is None or against is None or not Decimal(against):
        return None
    times = WHOLE / Decimal(against)
    at, new = (min(Decimal(value) * times, Decimal(FARTHEST)) for value in (each["held"], limit))
    return _Point(at, new, row, each["outcome"], kind)


@dataclass(frozen=True)
class _Axis:
    """From `low` to `high` percent."""

    low: int
    high: int

    def place(self, percent: Decimal) -> float:
        part = min(max((percent - self.low) / (self.high - self.low), Decimal(0)), Decimal(1))
        return round(MARGIN + float(part) * (WHOLE - 2 * MARGIN), 2)

    @property
    def ticks(self) -> tuple[tuple[int, float], ...]:
        """No more than ten beside each other."""
        wide = self.high - self.low
        step = next(each for each in (STEP, 2 * STEP, 5 * STEP) if wide <= each * STEP)
        every = range(-(-self.low // step) * step, self.high + 1, step)
        return tuple((percent, self.place(Decimal(percent))) for percent in every)


def _axis(points: Sequence[_Point]) -> _Axis:
    """Whole steps around all that is drawn, and around 100 %."""
    every = [Decimal(WHOLE), *(value for point in points for value in (point.at, point.new))]
    low, high = floor(min(every) / STEP) * STEP, ceil(max(every) / STEP) * STEP
    return _Axis(low - STEP * (low == WHOLE), high + STEP * (high == WHOLE))


def _band(name: str, points: Sequence[_Point], axis: _Axis, dot: int) -> Band:
    limits = sorted({axis.place(point.new) for point in points})
    ends = (*limits, axis.place(Decimal(WHOLE)))
    zone = (min(ends), round(max(ends) - min(ends), 2)) if max(ends) > min(ends) else None
    return Band(name, tuple(_dots(points, axis, dot)), tuple(dict.fromkeys((limits[0], limits[-1]))), zone)


def _dots(points: Iterable[_Point], axis: _Axis, dot: int) -> Iterator[Dot]:
    """Those that would cover each other, one above the other; of many, each for several of its like."""
    last = dict.fromkeys(LEVELS, -float(WHOLE))
    met: Counter[tuple[str, str]] = Counter()
    for point in sorted(points, key=lambda each: each.at):
        like = point.outcome, point.kind
        met[like] += 1
        if (met[like] - 1) % dot:
            continue
        x = axis.place(point.at)
        level = next((each for each in LEVELS if x - last[each] >= NEAR), LEVELS[met.total() % len(LEVELS)])
        last[level] = x
        yield Dot(x, level, point.outcome, point.kind)


@dataclass(frozen=True)
class Quarter:
    """`counts` are the certificates that end in it and do not pass, by outcome, in the order of OUTCOMES."""

    year: int
    quarter: int
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def ending(lines: Lines) -> list[Quarter]:
    """When the certificates end that do not pass under the draft, quarter by quarter without a gap; what ends
    after QUARTERS of them counts in the last."""
    ends = [(_number(date.fromisoformat(each["day"])), each["outcome"]) for each in lines
            if each["kind"] == "certificate" and each["outcome"] != PASS]  # fmt: skip
    if not ends:
        return []
    first = min(number for number, _outcome in ends)
    last = min(max(number for number, _outcome in ends), first + QUARTERS - 1)
    counted = Counter((min(number, last), outcome) for number, outcome in ends)
    return [
        Quarter(number // 4, number % 4 + 1, {outcome: counted[number, outcome] for outcome in OUTCOMES})
        for number in range(first, last + 1)
    ]


def mark(quarters: Sequence[Quarter], day: date) -> float | None:
    """Where a day lies among them, in percent of the width; None outside."""
    if not quarters:
        return None
    first = quarters[0].year * 4 + quarters[0].quarter - 1
    begun = (_number(day) - first) + ((day.month - 1) % 3 + day.day / 31) / 3
    return round(begun / len(quarters) * WHOLE, 2) if 0 <= begun <= len(quarters) else None


def _number(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


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
    held = [line for line in lines if line["kind"] == "certificate"]
    left = [line for line in held if date.fromisoformat(line["day"]) > last]
    return Concerned(
        holders=len({line["holder"] for line in held}),
        bodies=len({line["body"] for line in held if line.get("body")}),
        ended=len(held) - len(left),
        to_convert=len(left),
        failing=sum(line["outcome"] == FAIL for line in left),
    )
