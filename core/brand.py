"""The project's own marks as SVG text: platform mark, water gauge, QR code, issue rosette, certificate frame.

Nothing here follows an official certification mark, an energy label, the national emblem or a
round seal with a star.  Colours are written into the shapes, because these pictures are also
printed, where no stylesheet reaches them.
"""

from collections.abc import Iterable
from html import escape
from math import cos, hypot, pi, sin

import segno

AZURITE, MALACHITE, SHALLOWS = "#1c5588", "#0f6b50", "#3c9c7d"
INK, INK_2, PAPER = "#14211f", "#41504c", "#ffffff"
SANS = "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif"
SERIF = "'Songti SC','Noto Serif CJK SC','Source Han Serif SC',serif"

FULL_SCALE = 1.25  # the top of the gauge, as a share of the limit
ORG_SIZE, ORG_ARC, ORG_STEP = 9.6, 216, 19  # letters of the organisation around the rosette


def svg(width: float, height: float, body: str, title: str = "") -> str:
    """A picture that stands alone; with a title it is announced, without it is decoration."""
    if title:
        named = f'role="img" aria-label="{escape(title)}"'
    else:
        named = 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" {named}>{body}</svg>'
    )


def mark(size: int = 48, title: str = "") -> str:
    """The platform mark: a gauge board, the dashed limit, a falling arrow, two waves."""
    wave = "0 0 1-11 11H11A11 11 0 0 1 0 37z"
    body = (
        f'<rect width="48" height="48" rx="11" fill="{AZURITE}"/>'
        f'<path d="M0 29.5c5-4 10-4 15-.6s10 3.4 15.5-.2 11.5-4 17.5-.2V37a11 11 {wave}" fill="{SHALLOWS}"/>'
        f'<path d="M0 36.5c5-3.6 10-3.6 15-.4s10 3.2 15.5 0 11.5-3.6 17.5 0V37a11 11 {wave}" '
        f'fill="{MALACHITE}"/>'
        f'<g fill="none" stroke="{PAPER}" stroke-width="2.6">'
        '<path d="M8.5 11.5h19" stroke-dasharray="4.2 3.2"/>'
        '<path d="M18 15.5v8.2M13.8 20l4.2 4.2 4.2-4.2" stroke-linecap="round" stroke-linejoin="round"/>'
        '<path d="M36 8h5.5M38.3 14h3.200M36 20h5.500M38.3 26h3.2" stroke-width="2.4" '
        'stroke-linecap="round"/></g>'
    )
    return svg(48, 48, body, title).replace('width="48" height="48" ', f'width="{size}" height="{size}" ', 1)


def qr_path(data: str, x: float, y: float, size: float, color: str = INK, error: str = "m") -> str:
    """A QR code as one path, runs of dark modules joined so that no hairlines show in print."""
    matrix = [list(row) for row in segno.make(data, error=error, micro=False).matrix]
    module = size / len(matrix)
    runs = [
        f"M{x + start * module:.3f} {y + row * module:.3f}h{length * module:.3f}v{module:.3f}"
        f"h-{length * module:.3f}z"
        for row, modules in enumerate(matrix)
        for start, length in _dark_runs(modules)
    ]
    return f'<path d="{"".join(runs)}" fill="{color}" shape-rendering="crispEdges"/>'


def qr(data: str, size: float = 100, title: str = "") -> str:
    """A QR code as a picture of its own, with the four modules of white that readers ask for."""
    quiet = size * 4 / (len(segno.make(data, error="m", micro=False).matrix) + 8)
    body = f'<rect width="{size:g}" height="{size:g}" fill="{PAPER}"/>'
    return svg(size, size, body + qr_path(data, quiet, quiet, size - 2 * quiet), title)


def _dark_runs(modules: Iterable[int]) -> list[tuple[int, int]]:
    """(start, length) of each run of dark modules in one row."""
    runs, start = [], None
    for column, dark in enumerate([*modules, 0]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            runs.append((start, column - start))
            start = None
    return runs


def gauge(
    x: float, y: float, width: float, height: float, ratio: float, *, ink: str = AZURITE, mono: bool = False
) -> str:
    """The water gauge: the dashed line is the limit, the level is footprint / limit.

    The board shows 0 to 125 % of the limit; a higher `ratio` fills it.
    """
    level = y + height * (1 - min(max(ratio, 0), FULL_SCALE) / FULL_SCALE)
    limit = y + height * (1 - 1 / FULL_SCALE)
    clip = f"g{x * 10:.0f}-{y * 10:.0f}-{ratio * 1000:.0f}-{width:.0f}{'m' if mono else ''}"
    board = f'x="{x}" y="{y}" width="{width}" height="{height}" rx="{width * 0.2:.2f}"'
    water = _mono_water if mono else _water
    dashed = PAPER if level < limit else ink  # under water the line must still be seen
    dash = f"{width * 0.1:.2f} {width * 0.07:.2f}"
    return (
        f'<defs><clipPath id="{clip}"><rect {board}/></clipPath></defs><rect {board} fill="{PAPER}"/>'
        f'<g clip-path="url(#{clip})">{water(x, level, width, y + height, height, ink)}</g>'
        f"{_ticks(x, y, width, height, level, ink)}"
        f'<path d="M{x + width * 0.1:.2f} {limit:.2f}H{x + width * 0.72:.2f}" stroke="{dashed}" '
        f'stroke-width="{height * 0.022:.2f}" stroke-dasharray="{dash}"/>'
        f'<rect {board} fill="none" stroke="{ink}" stroke-width="{height * 0.026:.2f}"/>'
    )


def _crest(x: float, y: float, width: float, swell: float) -> str:
    """The line of two waves across the board."""
    rise = f"c{width * 0.12:.2f} {-swell:.2f} {width * 0.21:.2f} {-swell:.2f} {width * 0.33:.2f} 0"
    fall = f"s{width * 0.21:.2f} {swell:.2f} {width * 0.34:.2f} 0"
    return f"M{x} {y:.2f}{rise}{fall} {width * 0.21:.2f} {-swell:.2f} {width * 0.33:.2f} 0"


def _water(x: float, level: float, width: float, bottom: float, height: float, ink: str) -> str:
    layers = [
        (level, 0.045, SHALLOWS),
        (level + height * 0.13, 0.039, MALACHITE),
        (level + height * 0.28, 0.039, ink),
    ]
    return "".join(
        f'<path d="{_crest(x, top, width, height * swell)}V{bottom}H{x}z" fill="{color}"/>'
        for top, swell, color in layers
    )


def _mono_water(x: float, level: float, width: float, bottom: float, height: float, ink: str) -> str:
    body = f'<path d="{_crest(x, level, width, height * 0.045)}V{bottom}H{x}z" fill="{ink}"/>'
    lines = "".join(_crest(x, level + height * 0.1 * row, width, height * 0.028) for row in (1, 2, 3))
    return f'{body}<path d="{lines}" stroke="{PAPER}" stroke-width="{height * 0.014:.2f}" fill="none"/>'


def _ticks(x: float, y: float, width: float, height: float, level: float, ink: str) -> str:
    marks = []
    for tenth in range(1, 10):
        top, length = y + height * tenth / 10, width * (0.13 if tenth % 2 else 0.22)
        color = PAPER if top > level else ink
        marks.append(
            f'<path d="M{x + width - length:.2f} {top:.2f}H{x + width:.2f}" stroke="{color}" '
            f'stroke-width="{height * 0.013:.2f}"/>'
        )
    return "".join(marks)


# The rosette and the frame are drawn of sines, as banknotes are.


def _ring(
    cx: float,
    cy: float,
    outer: float,
    inner: float,
    petals: int,
    *,
    points: int = 360,
    color: str = MALACHITE,
    stroke: float = 0.35,
    phase: float = 0.0,
) -> str:
    """One closed line that swings `petals` times between two radii."""
    path = []
    for step in range(points + 1):
        turn = 2 * pi * step / points
        radius = (outer + inner) / 2 + (outer - inner) / 2 * sin(petals * turn + phase)
        path.append(f"{cx + radius * cos(turn):.2f} {cy + radius * sin(turn):.2f}")
    return f'<path d="M{"L".join(path)}z" fill="none" stroke="{color}" stroke-width="{stroke}"/>'


def _ring_text(
    text: str,
    radius: float,
    size: float,
    first: float,
    last: float,
    *,
    weight: int = 700,
    inward: bool = False,
) -> str:
    """Letters set on a circle around (75, 75), from angle `first` to `last`, 0 being the top."""
    letters = []
    for place, letter in enumerate(text):
        angle = first + (last - first) * (place / (len(text) - 1) if len(text) > 1 else 0.5)
        x, y = 75 + radius * sin(angle * pi / 180), 75 - radius * cos(angle * pi / 180)
        turned = angle + (180 if inward else 0)
        letters.append(
            f'<text x="{x:.2f}" y="{y:.2f}" transform="rotate({turned:.2f} {x:.2f} {y:.2f})" '
            f'text-anchor="middle" font-size="{size:.2f}" font-weight="{weight}" fill="{MALACHITE}" '
            f'font-family="{SERIF}">{escape(letter)}</text>'
        )
    return "".join(letters)


def issue_rosette(organisation: str, code: str, day: str, caption: str, ratio: float = 0.78) -> str:
    """The mark of an electronic issue, 150 x 150; it is no seal, the signature is what binds.

    `caption` (电子签发) stands at the foot of the ring; a long name is set smaller to fit the arc.
    """
    arc = min(ORG_ARC, ORG_STEP * max(len(organisation) - 1, 1))
    size = min(ORG_SIZE, arc / max(len(organisation), 1) * 0.87)
    rings = "".join(_ring(75, 75, 73, 64, 24, stroke=0.4, phase=turn * pi / 6) for turn in range(6))
    rings += "".join(_ring(75, 75, 44, 35, 14, color=AZURITE, phase=turn * pi / 4) for turn in range(4))
    circles = "".join(
        f'<circle cx="75" cy="75" r="{r}" fill="none" stroke="{MALACHITE}" stroke-width=".8"/>'
        for r in (62, 45.5)
    )
    text = (
        f'<text x="75" y="86" font-size="7.4" font-weight="700" fill="{INK}">{escape(code)}</text>'
        f'<text x="75" y="95" font-size="6.6" fill="{INK_2}">{escape(day)}</text>'
    )
    body = (
        f"{rings}{circles}{_ring_text(organisation, 50, size, -arc / 2, arc / 2)}"
        f"{_ring_text(caption, 57.5, 8.2, 204, 156, weight=600, inward=True)}"
        f'<circle cx="75" cy="75" r="33.5" fill="{PAPER}"/>{gauge(67, 46, 16, 27, ratio)}'
        f'<g text-anchor="middle" font-family="{SANS}">{text}</g>'
    )
    return svg(150, 150, body, f"{caption} {code}")


def guilloche_frame(width: int = 794, height: int = 1123, margin: int = 30) -> str:
    """The border of the certificate page, A4 at 96 dpi, with a faint field in the middle."""
    left, top, right, bottom = margin, margin, width - margin, height - margin
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    edges = "".join(_edge(*corners[side], *corners[(side + 1) % 4]) for side in range(4))
    knots = "".join(_knot(x, y) for x, y in corners)
    inside = margin + 14
    line = (
        f'<rect x="{inside}" y="{inside}" width="{width - 2 * inside}" height="{height - 2 * inside}" '
        f'fill="none" stroke="{MALACHITE}" stroke-width=".7"/>'
    )
    field = "".join(
        _ring(width / 2, height * 0.53, 250, 120, 18, points=720, stroke=0.6, phase=turn * pi / 10)
        for turn in range(10)
    )
    return svg(width, height, f'{edges}{knots}{line}<g opacity=".1">{field}</g>')


def _knot(x: float, y: float) -> str:
    rings = "".join(_ring(x, y, 14, 6, 8, points=120, stroke=0.45, phase=turn * pi / 4) for turn in range(4))
    return f'<circle cx="{x}" cy="{y}" r="15" fill="{PAPER}"/>{rings}'


def _edge(x0: float, y0: float, x1: float, y1: float) -> str:
    """Nine interleaved waves from one corner to the next, a whole number of periods long."""
    length = hypot(x1 - x0, y1 - y0)
    period = length / round(length / 42)
    wide = [(7.0, period, turn * pi / 6, MALACHITE, 0.45) for turn in range(6)]
    fine = [(3.2, period / 2, turn * pi / 3, AZURITE, 0.35) for turn in range(3)]
    return "".join(_wave((x0, y0), (x1, y1), *wave) for wave in wide + fine)


def _wave(
    start: tuple[float, float],
    end: tuple[float, float],
    swell: float,
    period: float,
    phase: float,
    color: str,
    stroke: float,
) -> str:
    length = hypot(end[0] - start[0], end[1] - start[1])
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    steps, path = int(length / 3), []
    for step in range(steps + 1):
        along = length * step / steps
        aside = swell * sin(2 * pi * along / period + phase)
        path.append(f"{start[0] + ux * along - uy * aside:.1f} {start[1] + uy * along + ux * aside:.1f}")
    return f'<path d="M{"L".join(path)}" fill="none" stroke="{color}" stroke-width="{stroke}"/>'
