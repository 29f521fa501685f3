"""What changed from year to year or month to month."""

from collections.abc import Sequence

from markupsafe import Markup

from core.charts import shapes
from core.charts.figures import Axis, Number, num, stated
from core.charts.stages import STAGES
from core.i18n import _

Moment = tuple[str, Number, Number | None]  # name, value, uncertainty


def trend(
    rows: Sequence[Moment],
    *,
    limit: Number | None = None,
    unit: str = "",
    label: str | None = None,
    height: int = 150,
) -> Markup:
    """`rows` is [(name, value, uncertainty or None), ...], oldest first."""
    ends = [end for _name, value, reach in rows for end in _interval(value, reach)]
    axis, base = Axis.around([*ends, limit]), height - 26
    places = [
        (f"{8 + 84 * row / max(len(rows) - 1, 1):.2f}%", _y(axis, height, v))
        for row, (_n, v, _u) in enumerate(rows)
    ]
    parts = [shapes.line("axis", 0, "100%", base, base)]
    if limit is not None:
        y = _y(axis, height, limit)
        parts.append(shapes.line("limit", 0, "100%", f"{y:.1f}", f"{y:.1f}"))
        parts.append(
            shapes.words("lim-t", _("限值 %(value)s", value=stated(limit)), "100%", f"{y - 5:.1f}", "end")
        )
    parts += [
        shapes.line("tl", x1, x2, f"{y1:.1f}", f"{y2:.1f}")
        for (x1, y1), (x2, y2) in zip(places, places[1:], strict=False)
    ]
    for row, place in zip(rows, places, strict=True):
        parts += _moment(axis, height, row, place, last=row is rows[-1] and len(rows) > 1)
    return shapes.chart("trend", height, parts, label or _finding(rows, unit))


def _interval(value: Number, uncertainty: Number | None) -> tuple[float, float]:
    reach = float(uncertainty or 0)
    return float(value) - reach, float(value) + reach


def _y(axis: Axis, height: int, value: Number) -> float:
    return 18 + (height - 52) * (1 - axis.share(value))


def _moment(axis: Axis, height: int, row: Moment, place: tuple[str, float], last: bool) -> list[Markup]:
    (name, value, reach), (x, y) = row, place
    parts = []
    if reach is not None:
        top, bottom = (_y(axis, height, end) for end in reversed(_interval(value, reach)))
        parts.append(shapes.line("whisk", x, x, f"{top:.1f}", f"{bottom:.1f}"))
    anchor, dx, dy = ("end", -9, 16) if last else ("start", 9, -7)
    return [
        *parts,
        shapes.dot("me", x, f"{y:.1f}", 5),
        shapes.words("pt-t", num(value), x, f"{y + dy:.1f}", anchor, dx=dx),
        shapes.words("ax-t", name, x, height - 8, "middle"),
    ]


def _finding(rows: Sequence[Moment], unit: str) -> str:
    if not rows:
        return _("还没有数据")
    listed = _("，").join(f"{name} {num(value)}" for name, value, _reach in rows)
    return f"{listed} {unit}".strip()


def columns(
    rows: Sequence[tuple[str, Sequence[Number]]],
    *,
    label: str,
    keys: Sequence[str] = ("raw_material",),
    height: int = 150,
    mark: float | None = None,
) -> Markup:
    """Stacked columns: `rows` is [(name, [value per key]), ...]; `keys` are stages or colour letters; `mark`
    is where a line is drawn, in columns from the left."""
    base, slot = height - 24, 100 / max(len(rows), 1)
    most = max((float(sum(values)) for _name, values in rows), default=0) * 1.12 or 1
    parts = [
        shapes.line("gridl", 0, "100%", f"{y:.1f}", f"{y:.1f}")
        for y in (base - (base - 10) * part / 4 for part in (1, 2, 3, 4))
    ]
    for place, (name, values) in enumerate(rows):
        parts += _column(name, values, keys, slot * (place + 0.22), slot * 0.56, base, (base - 10) / most)
        parts.append(shapes.words("ax-t", name, f"{slot * (place + 0.5):.2f}%", height - 6, "middle"))
    parts.append(shapes.line("axis", 0, "100%", base, base))
    if mark is not None:
        parts.append(shapes.line("limit", f"{slot * mark:.2f}%", f"{slot * mark:.2f}%", 4, base))
    return shapes.chart("col", height, parts, label)


def _column(
    name: str,
    values: Sequence[Number],
    keys: Sequence[str],
    x: float,
    width: float,
    base: float,
    scale: float,
) -> list[Markup]:
    parts, top = [], float(base)
    for key, value in zip(keys, values, strict=True):
        tall = float(value) * scale
        top -= tall
        box = (f"{x:.2f}%", f"{width:.2f}%", f"{top:.1f}", f"{max(tall - 1, 0.5):.1f}")
        parts.append(shapes.rect(f"st st-{STAGES.get(key, key)}", *box, rx=1.5))
    parts.append(shapes.words("pt-t", num(sum(values)), f"{x + width / 2:.2f}%", f"{top - 4:.1f}", "middle"))
    return parts


def spark(values: Sequence[Number], *, height: int = 26) -> Markup:
    """A line without axes beside its number."""
    if not values:
        return Markup("")
    axis = Axis(min(values), max(values))
    places = [
        (
            f"{3 + 94 * row / max(len(values) - 1, 1):.2f}%",
            f"{4 + (height - 8) * (1 - axis.share(value)):.1f}",
        )
        for row, value in enumerate(values)
    ]
    parts = [
        shapes.line("tl", x1, x2, y1, y2) for (x1, y1), (x2, y2) in zip(places, places[1:], strict=False)
    ]
    return shapes.chart("spark", height, [*parts, shapes.dot("me", *places[-1], 3)], None)
