"""What supplies what: boxes in levels, the last of which is what is asked for, and lines between them."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from core.charts import shapes

WIDTH, HEIGHT, ACROSS, DOWN = 150, 46, 170, 92  # of a box, and from one to the next
LETTERS = 11  # of a title that fit into a box


def chain(
    levels: Sequence[Sequence[str]],
    boxes: Mapping[str, tuple[str, str]],
    links: Sequence[tuple[str, str]],
    label: str,
) -> Markup:
    """`boxes` are title and note by name, `links` (supplier, user); the same in words stands beside it."""
    at = {name: (ACROSS * x, DOWN * y + 24) for y, level in enumerate(levels) for x, name in enumerate(level)}
    width = ACROSS * max(len(level) for level in levels)
    parts = [_link(at[one], at[other]) for one, other in links if one in at and other in at]
    parts += [part for name, place in at.items() for part in _box(place, *boxes[name])]
    height = DOWN * len(levels)
    body = Markup("").join(parts)
    drawn = {"cls": "ch ch-chain", "width": width, "height": height, "role": "img", "aria_label": label}
    return shapes.tag("svg", body, **drawn)


def _box(place: tuple[int, int], title: str, note: str) -> list[Markup]:
    x, y = place
    short = title if len(title) <= LETTERS else f"{title[: LETTERS - 1]}…"
    middle = x + WIDTH // 2
    return [
        shapes.rect("chain-box", x, WIDTH, y, HEIGHT, rx=6),
        shapes.words("chain-t", short, middle, y + 20, "middle"),
        shapes.words("chain-n", note, middle, y + 37, "middle"),
    ]


def _link(one: tuple[int, int], other: tuple[int, int]) -> Markup:
    """Down from a supplier to its user; what leads back up, or to itself, is a bow."""
    (x, y), (u, v) = (one[0] + WIDTH // 2, one[1] + HEIGHT), (other[0] + WIDTH // 2, other[1])
    if v > y:
        return shapes.tag("path", cls="chain-l", d=f"M{x} {y}C{x} {y + 22} {u} {v - 22} {u} {v}")
    side = max(x, u) + WIDTH // 2 + 14
    start, end = y - HEIGHT // 2, v + HEIGHT // 2
    top = end - 10 if start == end else end
    edge, goal = x + WIDTH // 2, u + WIDTH // 2
    return shapes.tag(
        "path",
        cls="chain-l chain-b",
        d=f"M{edge} {start + 8}C{side} {start + 8} {side} {top - 8} {goal} {top}",
    )
