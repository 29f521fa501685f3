"""How much of a time limit is used."""

from markupsafe import Markup

from core.charts import shapes

NEARLY = 0.7  # from this share on a deadline asks for attention
MOST_TICKS = 40


def sla(used: int, total: int, *, paused: int = 0, pause_at: int | None = None, height: int = 10) -> Markup:
    """Counted working days of those allowed; a paused stretch is grey and does not count.

    The axis is the days allowed and the days paused; `pause_at` is the counted day the pause began.
    """
    axis = max(total, used, 1) + paused
    began = max(0, used - 2) if pause_at is None else pause_at
    tone = "stop" if used > total else "warn" if used > total * NEARLY else "ok"

    def part(days: int) -> str:
        return f"{days / axis * 100:.2f}%"

    round_ends = {"rx": height / 2}
    parts = [
        shapes.rect("track", 0, "100%", 0, height, **round_ends),
        shapes.rect(f"sla-{tone}", 0, part(used + paused), 0, height, **round_ends),
    ]
    if paused:
        parts.append(shapes.rect("sla-p", part(began), part(paused), 0, height))
    if axis <= MOST_TICKS:
        parts += [shapes.line("sla-t", part(day), part(day), 0, height) for day in range(1, axis)]
    return shapes.chart("sla", height, parts, None)
