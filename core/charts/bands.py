"""Many results by class, each where it lies in percent of its limit."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import ceil, floor
from typing import NamedTuple

from markupsafe import Markup

from core.charts import shapes
from core.charts.figures import Axis, Number

WHOLE, STEP = 100, 10  # percent
FARTHEST = 300  # percent of the limit; what lies beyond stands at the rim
MARGIN = 3  # of the width, so that no dot is cut off
NEAR = 1.3  # of the width: nearer dots stand one above the other
LEVELS = (0, -1, 1, -2, 2)
MOST_DOTS = 500
HEAD, BAND, FOOT = 22, 58, 24  # pixels


class Band(NamedTuple):
    """`results` are (percent, CSS class of its dot); `limits` where other limits lie, in percent."""

    name: str
    results: Sequence[tuple[Number, str]]
    limits: Sequence[Number] = ()


def per_dot(rows: Sequence[Band]) -> int:
    """How many results a dot stands for: of very many not every one is drawn."""
    return max(1, ceil(sum(len(row.results) for row in rows) / MOST_DOTS))


def bands(rows: Sequence[Band], *, whole: str, label: str) -> Markup:
    """A band for each row, all on one axis; `whole` is what lies at 100 %."""
    axis, each, base = _axis(rows), per_dot(rows), HEAD + BAND * len(rows)
    x = axis.percent(WHOLE)
    parts = [mark for tick in axis.ticks(8) if tick % STEP == 0 for mark in _tick(axis, tick, base)]
    for place, row in enumerate(rows):
        parts += _band(axis, row, HEAD + BAND * place, each)
    parts += [
        shapes.line("limit", x, x, HEAD - 4, base),
        shapes.words("lim-t", whole, x, 12, "end" if axis.share(WHOLE) > 0.6 else "start"),
        shapes.line("axis", 0, "100%", base, base),
    ]
    return shapes.chart("bands", base + FOOT, parts, label)


def _axis(rows: Sequence[Band]) -> Axis:
    """Whole steps around all that is drawn, and around 100 %."""
    every = [WHOLE, *(min(at, FARTHEST) for row in rows for at, _cls in row.results)]
    every += [min(limit, FARTHEST) for row in rows for limit in row.limits]
    low, high = (floor(min(every) / STEP) - 1) * STEP, (ceil(max(every) / STEP) + 1) * STEP
    return Axis(max(low, 0) if min(every) >= 0 else low, high)


def _tick(axis: Axis, tick: float, base: int) -> list[Markup]:
    x = axis.percent(tick)
    if not MARGIN < axis.share(tick) * 100 < 100 - MARGIN:
        return []
    return [
        shapes.line("gridl", x, x, HEAD, base),
        shapes.words("ax-t", f"{tick:g}%", x, base + 18, "middle"),
    ]


def _band(axis: Axis, row: Band, top: int, each: int) -> Iterator[Markup]:
    foot = top + BAND
    if row.limits:
        ends = (*row.limits, WHOLE)
        low, high = min(ends), min(max(ends), FARTHEST)
        yield shapes.rect("gapz", axis.percent(low), axis.width(low, high), top + 18, BAND - 20)
    yield shapes.words("val-t", row.name, 0, top + 13)
    yield from _dots(axis, row, top + 37, each)
    for limit in row.limits:
        yield shapes.line("newl", axis.percent(limit), axis.percent(limit), top + 16, foot)
    yield shapes.line("tick", 0, "100%", foot, foot)


def _dots(axis: Axis, row: Band, middle: int, each: int) -> Iterator[Markup]:
    """Those that would cover each other, one above the other; of very many, the first of each like few."""
    last = dict.fromkeys(LEVELS, -100.0)
    met: Counter[str] = Counter()
    for at, cls in sorted(row.results):
        met[cls] += 1
        if (met[cls] - 1) % each:
            continue
        place = axis.share(at) * 100
        level = next((one for one in LEVELS if place - last[one] >= NEAR), LEVELS[met.total() % len(LEVELS)])
        last[level] = place
        yield shapes.dot(cls, f"{place:.2f}%", f"{middle + level * 7.6:.1f}", 3.5)
