"""Where a footprint comes from: one bar of life-cycle stages, on the page and on paper."""

from collections.abc import Iterable

from markupsafe import Markup

from core.charts import shapes
from core.charts.figures import Axis, Number, num, share, stated
from core.i18n import _
from core.words import word

Stages = Iterable[tuple[str, Number | None]]
Piece = tuple[str, float, float, float]  # stage, value, start, end

# The fixed order of the stages, each with the letter of its colour.
STAGES = {"raw_material": "a", "manufacturing": "b", "distribution": "c", "use": "d", "end_of_life": "e"}
PRINTED = {"a": "#1c5588", "b": "#247a60", "c": "#a8660b", "d": "#7a5aa0", "e": "#5f6d70"}
LIMIT_RED, TRACK, INK, INK_2, PAPER = "#a92a1d", "#eef1ed", "#14211f", "#41504c", "#fff"
FONT = "'Noto Sans CJK SC','Microsoft YaHei',sans-serif"
ROOM_FOR_TEXT = 11  # percent of the width below which a piece is too narrow for its share


def stage_name(stage: str) -> str:
    return str(word(f"stage.{stage}"))


def in_order(stages: Stages) -> list[tuple[str, float]]:
    """(slug, value) of the stages that count, in the fixed order."""
    given = {stage: float(value) for stage, value in stages if value}
    return [(stage, given[stage]) for stage in STAGES if stage in given]


def _layout(stages: Stages, total: Number, limit: Number | None) -> tuple[Axis, list[Piece]]:
    """The axis, and (slug, value, start, end) of each piece: what is taken up lies left of zero."""
    right = left = 0.0
    pieces = []
    for stage, value in in_order(stages):
        if value < 0:
            pieces.append((stage, value, left + value, left))
            left += value
        else:
            pieces.append((stage, value, right, right + value))
            right += value
    high = max(right, float(total), float(limit or 0), 0)
    return Axis(left * 1.04, high * 1.04 or 1), pieces


def stage_stack(
    stages: Stages,
    *,
    total: Number | None = None,
    limit: Number | None = None,
    unit: str = "kgCO₂e",
    height: int = 28,
    label: str | None = None,
) -> Markup:
    """The stages in one bar, with the limit as a dashed line when there is one."""
    stages = list(stages)
    total = sum(value or 0 for _stage, value in stages) if total is None else total
    axis, pieces = _layout(stages, total, limit)
    top = 0 if limit is None else 22
    parts = [shapes.rect("track", 0, "100%", top, height, rx=4)]
    for piece in pieces:
        parts += _piece(axis, piece, total, top, height, unit)
    if axis.low < 0:
        parts.append(shapes.line("zero", axis.percent(0), axis.percent(0), top - 3, top + height + 3))
    if limit is not None:
        parts += _limit(axis, total, limit, top, height)
    spoken = label or finding(stages, total, limit, unit)
    return shapes.chart("stack", height + (26 if limit is not None else 0), parts, spoken)


def _piece(axis: Axis, piece: Piece, total: Number, top: int, height: int, unit: str) -> list[Markup]:
    stage, value, start, end = piece
    width = (axis.share(end) - axis.share(start)) * 100
    part = share(value, total) if value > 0 else ""
    hover = shapes.tag("title", f"{stage_name(stage)} {num(value)} {unit}" + (f" ({part})" if part else ""))
    cls = f"st st-{STAGES[stage]}" + (" neg" if value < 0 else "")
    shown = [shapes.rect(cls, axis.percent(start), f"{max(width - 0.25, 0.3):.2f}%", top, height, hover)]
    if part and width > ROOM_FOR_TEXT:
        middle = f"{axis.share(start) * 100 + width / 2:.2f}%"
        shown.append(shapes.words("inbar", part, middle, top + height / 2 + 4.5, "middle"))
    return shown


def _limit(axis: Axis, total: Number, limit: Number, top: int, height: int) -> list[Markup]:
    """The limit line; the two captions take the sides on which they cannot meet."""
    x = axis.percent(limit)
    left = axis.share(limit) < 0.5
    caption, own = _("限值 %(value)s", value=stated(limit)), _("本产品 %(value)s", value=stated(total))
    return [
        shapes.line("limit", x, x, top - 5, top + height + 4),
        shapes.words("lim-t", caption, x, 13, "start" if left else "end", dx=5 if left else -5),
        shapes.words("val-t", own, "100%" if left else 0, 13, "end" if left else "start"),
    ]


def finding(stages: Stages, total: Number, limit: Number | None, unit: str) -> str:
    """What the bar shows, in one sentence."""
    if not in_order(stages):
        return _("还没有数据")
    parts = _("，").join(f"{stage_name(stage)} {num(value)}" for stage, value in in_order(stages))
    told = {"total": stated(total), "unit": unit, "parts": parts}
    if limit is None:
        return _("碳足迹 %(total)s %(unit)s，其中%(parts)s", **told)
    return _("碳足迹 %(total)s %(unit)s，限值 %(limit)s，其中%(parts)s", limit=stated(limit), **told)


def bar(
    value: Number, most: Number, *, key: str = "x", height: int = 10, limit: Number | None = None
) -> Markup:
    """One bar beside its number; `key` is a stage or one of x, m, q, r, w (see tanbiao.css)."""
    axis = Axis(0, float(most) or 1)
    width = max(0.6, axis.share(abs(float(value))) * 100)
    cls = f"st st-{STAGES.get(key, key)}" + (" neg" if value < 0 else "")
    parts = [
        shapes.rect("track", 0, "100%", 0, height, rx=2),
        shapes.rect(cls, 0, f"{width:.2f}%", 0, height, rx=2),
    ]
    if limit is not None:
        parts.append(shapes.line("limit", axis.percent(limit), axis.percent(limit), 0, height))
    return shapes.chart("bar", height, parts, None)


def stack_print(
    stages: Stages, *, total: Number | None = None, limit: Number | None = None, width: float = 620
) -> Markup:
    """The same bar for PDF: viewBox and explicit fills, with the key beneath."""
    stages = list(stages)
    total = sum(value or 0 for _stage, value in stages) if total is None else total
    axis, pieces = _layout(stages, total, limit)
    parts = [shapes.tag("rect", x=0, y=18, width=width, height=24, fill=TRACK)]
    for place, piece in enumerate(pieces):
        parts += _printed_piece(axis, piece, total, width)
        parts += _printed_key(piece, place * width / max(len(pieces), 1))
    parts.append(_print(0, 11, 11, INK, _("本产品 %(value)s", value=stated(total)), weight=700))
    if limit is not None:
        parts += _printed_limit(axis.share(limit) * width, limit)
    named = {"role": "img", "aria_label": finding(stages, total, limit, "kgCO₂e")}
    space = {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} 62"}
    return shapes.tag("svg", Markup("").join(parts), width=width, height=62, **space, **named)


def _print(
    x: float, y: float, size: float, fill: str, text: str, anchor: str = "start", weight: int = 400
) -> Markup:
    looks = {"font_size": size, "font_weight": weight, "font_family": FONT, "fill": fill}
    return shapes.tag("text", text, x=f"{x:.1f}", y=y, text_anchor=anchor, **looks)


def _printed_piece(axis: Axis, piece: Piece, total: Number, width: float) -> list[Markup]:
    stage, value, start, end = piece
    x, wide = axis.share(start) * width, (axis.share(end) - axis.share(start)) * width
    fill = PRINTED[STAGES[stage]]
    box = {"x": f"{x:.1f}", "y": 18, "width": f"{max(wide - 1, 0.5):.1f}", "height": 24}
    shown = [shapes.tag("rect", **box, fill=fill, fill_opacity=0.55 if value < 0 else None)]
    if value > 0 and wide > 40:
        shown.append(_print(x + wide / 2, 34, 11, PAPER, share(value, total), "middle", 700))
    return shown


def _printed_key(piece: Piece, x: float) -> list[Markup]:
    stage, value, _start, _end = piece
    swatch = shapes.tag("rect", x=f"{x:.1f}", y=51, width=8, height=8, fill=PRINTED[STAGES[stage]])
    return [swatch, _print(x + 12, 58.5, 9.5, INK_2, f"{stage_name(stage)} {num(value)}")]


def _printed_limit(x: float, limit: Number | None) -> list[Markup]:
    dashes = {"stroke": LIMIT_RED, "stroke_width": 1.6, "stroke_dasharray": "4 2.5"}
    caption = _("限值 %(value)s", value=stated(limit))
    return [
        shapes.tag("path", d=f"M{x:.1f} 10V46", **dashes),
        _print(max(x - 5, 190), 11, 11, LIMIT_RED, caption, "end", 700),
    ]
