"""What supplies what: boxes in levels, the last of which is what is asked for, and lines between them."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from core.charts import shapes

WIDTH, HEIGHT, ACROSS, DOWN = 118, 46, 138, 92  # of a box, and from one to the next
EDGE = 10  # left free on every side
LETTERS = 9  # of a title that fit into a box
NONE: Mapping[str, str] = {}


def chain(
    levels: Sequence[Sequence[str]],
    boxes: Mapping[str, tuple[str, str]],
    links: Sequence[tuple[str, str]],
    label: str,
    marks: Mapping[str, str] = NONE,
) -> Markup:
    """`boxes` are title and note by name, `links` (supplier, user), `marks` say of some boxes that they are
    asked for (goal), chosen (here) or wrong (bad); the same in words stands beside it."""
    at = {
        name: (ACROSS * x + EDGE, DOWN * y + 24)
        for y, level in enumerate(levels)
        for x, name in enumerate(level)
    }
    width = ACROSS * max(len(level) for level in levels) + EDGE
    drawn = [(one, other) for one, other in links if one in at and other in at]
    parts = [part for one, other in drawn for part in _link(at[one], at[other], _wrong(marks, one, other))]
    parts += [part for name, place in at.items() for part in _box(place, *boxes[name], marks.get(name, ""))]
    body = Markup("").join(parts)
    size = {"width": width, "height": DOWN * len(levels)}
    return shapes.tag("svg", body, cls="ch ch-chain", role="img", aria_label=label, **size)


def _wrong(marks: Mapping[str, str], *names: str) -> bool:
    return all(marks.get(name) == "bad" for name in names)


def _box(place: tuple[int, int], title: str, note: str, mark: str) -> list[Markup]:
    x, y = place
    short = title if len(title) <= LETTERS else f"{title[: LETTERS - 1]}…"
    middle = x + WIDTH // 2
    return [
        shapes.rect(f"chain-box chain-{mark}" if mark else "chain-box", x, WIDTH, y, HEIGHT, rx=6),
        shapes.words("chain-t", short, middle, y + 20, "middle"),
        shapes.words("chain-n", note, middle, y + 37, "middle"),
    ]


def _link(one: tuple[int, int], other: tuple[int, int], wrong: bool) -> list[Markup]:
    """Down from a supplier to its user; what leads back up, or to itself, is a bow."""
    (x, y), (u, v) = (one[0] + WIDTH // 2, one[1] + HEIGHT), (other[0] + WIDTH // 2, other[1])
    tone = " chain-w" if wrong else ""
    if v > y:
        path, head = f"M{x} {y}C{x} {y + 22} {u} {v - 26} {u} {v - 4}", f"M{u} {v}l-4 -7h8z"
        return [_path(f"chain-l{tone}", path), _path(f"chain-h{tone}", head)]
    side = max(x, u) + WIDTH // 2 + 14
    start, end = y - HEIGHT // 2, v + HEIGHT // 2
    top = end - 10 if start == end else end
    edge, goal = x + WIDTH // 2, u + WIDTH // 2
    path = f"M{edge} {start + 8}C{side} {start + 8} {side} {top - 8} {goal + 4} {top}"
    return [
        _path(f"chain-l chain-b{tone}", path),
        _path(f"chain-h{tone}", f"M{goal} {top}l7 -4v8z"),
    ]


def _path(cls: str, d: str) -> Markup:
    return shapes.tag("path", cls=cls, d=d)
