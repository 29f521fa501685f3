"""Where one product stands among others."""

from collections.abc import Iterable, Sequence
from math import exp
from random import Random

from markupsafe import Markup

from core.charts import shapes
from core.charts.figures import Axis, Number, num, quantile, stated
from core.i18n import _

Groups = Sequence[tuple[str, Sequence[Number]]]

BINS = 100
SPREAD = 3.0  # how far one product reaches in a ridge, in bins


def mini_strip(
    value: Number,
    *,
    uncertainty: Number | None = None,
    limit: Number | None = None,
    low: Number | None = None,
    high: Number | None = None,
    q1: Number | None = None,
    q3: Number | None = None,
    label: str | None = None,
) -> Markup:
    """For cards and table cells: middle half of the peers, limit, the product with its interval.

    `low` and `high` fix the axis, so that strips beneath each other can be compared.
    """
    ends = _interval(value, uncertainty)
    axis = Axis.around([*ends, limit, q1, q3]) if low is None or high is None else Axis(low, high)
    parts = [shapes.line("axis", 0, "100%", 13, 13)]
    if q1 is not None and q3 is not None:
        parts.append(shapes.rect("iqr", axis.percent(q1), axis.width(q1, q3), 7, 12, rx=3))
    if limit is not None:
        parts.append(shapes.line("limit", axis.percent(limit), axis.percent(limit), 2, 24))
    if uncertainty is not None:
        parts.append(shapes.line("whisk", axis.percent(ends[0]), axis.percent(ends[1]), 13, 13))
    parts.append(shapes.dot("me", axis.percent(value), 13, 5.5))
    return shapes.chart("mini", 26, parts, label or _short_finding(value, limit))


def _interval(value: Number, uncertainty: Number | None) -> tuple[float, float]:
    reach = float(uncertainty or 0)
    return float(value) - reach, float(value) + reach


def _short_finding(value: Number, limit: Number | None) -> str:
    if limit is None:
        return _("碳足迹 %(value)s", value=stated(value))
    return _("碳足迹 %(value)s，限值 %(limit)s", value=stated(value), limit=stated(limit))


def strip(
    points: Iterable[Number],
    value: Number,
    *,
    unit: str,
    uncertainty: Number | None = None,
    limit: Number | None = None,
    label: str | None = None,
    height: int = 158,
) -> Markup:
    """Peers as dots, their middle half as a box, their median as a line, the product with its interval."""
    peers = sorted(float(point) for point in points)
    ends, base = _interval(value, uncertainty), height - 34
    axis = Axis.around([*ends, limit, *peers[:1], *peers[-1:]], margin=0.05)
    quarters = [quantile(peers, part) for part in (0.25, 0.5, 0.75)] if peers else None
    parts = [*_peers(axis, peers, quarters, base), *_scale(axis, base)]
    if limit is not None:
        parts += _limit_line(axis, limit, base)
    parts += _product(axis, value, uncertainty, ends, base)
    spoken = label or _strip_finding(value, limit, unit, quarters)
    return shapes.chart("strip", height, parts, spoken)


def _peers(axis: Axis, peers: list[float], quarters: list[float] | None, base: float) -> list[Markup]:
    if not quarters:
        return []
    q1, middle, q3 = quarters
    chance = Random(7)  # the same picture every time
    dots = [
        shapes.dot("pt", axis.percent(peer), f"{56 + chance.random() * (base - 66):.1f}", 3.6)
        for peer in peers
    ]
    box = shapes.rect("iqr", axis.percent(q1), axis.width(q1, q3), 46, base - 46, rx=3)
    return [box, shapes.line("med", axis.percent(middle), axis.percent(middle), 46, base), *dots]


def _scale(axis: Axis, base: float) -> list[Markup]:
    marks = [shapes.line("axis", 0, "100%", base, base)]
    for tick in axis.ticks():
        x, place = axis.percent(tick), axis.share(tick)
        anchor = "start" if place < 0.03 else "end" if place > 0.97 else "middle"
        marks.append(shapes.line("tick", x, x, base, base + 5))
        marks.append(shapes.words("ax-t", num(tick), x, base + 19, anchor))
    return marks


def _limit_line(axis: Axis, limit: Number, base: float) -> list[Markup]:
    x, right = axis.percent(limit), axis.share(limit) < 0.8
    caption = _("限值 %(value)s", value=stated(limit))
    return [
        shapes.line("limit", x, x, 26, base),
        shapes.words("lim-t", caption, x, 36, "start" if right else "end", dx=6 if right else -6),
    ]


def _product(
    axis: Axis, value: Number, uncertainty: Number | None, ends: tuple[float, float], base: float
) -> list[Markup]:
    x, left = axis.percent(value), axis.share(value) < 0.5
    caption = _("本产品 %(value)s", value=stated(value))
    parts = [shapes.line("me-l", x, x, 26, base)]
    if uncertainty is not None:
        caption += f" ± {num(uncertainty)}"
        parts.append(shapes.rect("ci", axis.percent(ends[0]), axis.width(*ends), base - 26, 12, rx=6))
    parts.append(shapes.dot("me", x, base - 20, 7))
    anchor, dx = ("start", -3) if left else ("end", 3)
    return [*parts, shapes.words("me-t", caption, x, 18, anchor, dx=dx)]


def _strip_finding(value: Number, limit: Number | None, unit: str, quarters: list[float] | None) -> str:
    own = _short_finding(value, limit)
    if not quarters:
        return _("%(own)s，单位 %(unit)s；还没有同类产品", own=own, unit=unit)
    q1, middle, q3 = (num(round(quarter, 6)) for quarter in quarters)
    told = {"own": own, "unit": unit, "q1": q1, "middle": middle, "q3": q3}
    return _("%(own)s，单位 %(unit)s；同类中位 %(middle)s，中间一半在 %(q1)s 至 %(q3)s", **told)


def ridges(
    groups: Groups, *, low: Number = 40, high: Number = 140, height: int = 300, label: str | None = None
) -> Markup:
    """One ridge per product category, far to near; x is footprint / limit in percent.

    `groups` is [(name, [percent of the limit, ...]), ...]; the last is drawn in front.
    """
    axis, floor = Axis(low, high), height - 30
    paths = [_ridge(axis, values, row, len(groups)) for row, (_name, values) in enumerate(groups)]
    inner = {"y": 0, "width": "100%", "height": floor, "viewBox": "0 0 1000 300"}
    mountains = shapes.tag(
        "svg", Markup("").join(paths), cls="ridge-in", x=0, preserveAspectRatio="none", **inner
    )
    x = axis.percent(100)
    parts = [
        mountains,
        shapes.line("limit", x, x, 8, floor),
        shapes.words("rl-t", _("限值 %(value)s", value="100%"), x, 20, "start", dx=8),
    ]
    parts += [
        shapes.words("rx-t", f"{tick:g}%", axis.percent(tick), height - 10, "middle")
        for tick in axis.ticks(5)
        if 0.02 < axis.share(tick) < 0.98
    ]
    spoken = label or _ridge_finding(groups)
    named = {"role": "img", "aria_label": spoken}
    return shapes.tag("svg", Markup("").join(parts), cls="ridge", width="100%", height=height, **named)


def _ridge(axis: Axis, values: Sequence[Number], row: int, rows: int) -> Markup:
    """A density over 0 to 1000, its foot a little lower the nearer the ridge."""
    density = _density(axis, values)
    peak = max(density) or 1
    foot = 300 - (rows - 1 - row) * 15
    height = 176 - row * 19 if rows > 1 else 176
    points = [
        f"{place * 1000 / BINS:g},{foot - 6 - height * value / peak:.1f}"
        for place, value in enumerate(density)
    ]
    return shapes.tag(
        "path", cls=f"rg rg{max(0, 6 - rows + row)}", d=f"M0,300 L{' L'.join(points)} L1000,300 Z"
    )


def _density(axis: Axis, values: Sequence[Number]) -> list[float]:
    """How many products lie around each place; counted into bins first, so ten thousand cost no more."""
    counts = [0] * (BINS + 1)
    for value in values:
        counts[round(axis.share(value) * BINS)] += 1
    reach = [exp(-((step / SPREAD) ** 2) / 2) for step in range(BINS + 1)]
    return [
        sum(count * reach[abs(place - here)] for here, count in enumerate(counts) if count)
        for place in range(BINS + 1)
    ]


def _ridge_finding(groups: Groups) -> str:
    parts = [
        _("%(name)s中位 %(value)s%%", name=name, value=num(quantile(sorted(map(float, values)), 0.5), 0))
        for name, values in groups
        if values
    ]
    listed = _("，").join(parts)
    return _("各类产品碳足迹占限值的百分比：%(listed)s", listed=listed)
