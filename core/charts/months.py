"""A column for each month of a ledger; a month that is missing is an empty box."""

from collections.abc import Sequence

from markupsafe import Markup

from core.charts import shapes
from core.charts.figures import Number, num
from core.i18n import _

TOP = 4


def months(rows: Sequence[tuple[str, Number | None]], *, unit: str = "", height: int = 56) -> Markup:
    """`rows` is [(2025-01, amount or None), …] in order; the first and the last month are named below."""
    base, slot = height - 16, 100 / max(len(rows), 1)
    most = max((float(amount) for _month, amount in rows if amount is not None), default=0) or 1
    parts = []
    for place, (_month, amount) in enumerate(rows):
        tall = base - TOP if amount is None else max((base - TOP) * float(amount) / most, 1)
        cls = "gap" if amount is None else "st st-a"
        box = f"{slot * (place + 0.15):.2f}%", f"{slot * 0.7:.2f}%", f"{base - tall:.1f}", f"{tall:.1f}"
        parts.append(shapes.rect(cls, *box, rx=1.5))
    parts.append(shapes.line("axis", 0, "100%", base, base))
    if rows:
        parts.append(shapes.words("ax-t", rows[0][0], "0%", height - 3, "start"))
        parts.append(shapes.words("ax-t", rows[-1][0], "100%", height - 3, "end"))
    return shapes.chart("months", height, parts, _finding(rows, unit))


def _finding(rows: Sequence[tuple[str, Number | None]], unit: str) -> str:
    amounts = [_("缺") if amount is None else f"{num(amount)} {unit}".strip() for _month, amount in rows]
    return _("，").join(f"{month} {told}" for (month, _amount), told in zip(rows, amounts, strict=True))
