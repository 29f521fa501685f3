"""The artwork of the label, drawn from what the certificate says.  Pure.

A low-carbon label carries pattern, body, number and QR code, and no figure (168号令 art. 27); a
footprint label carries the figure with its unit and declared unit.  Neither imitates a national mark.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any, TypedDict, Unpack
from unicodedata import east_asian_width

import segno

from certification.certificate.statement import shown_at, stated
from core import brand
from core.charts import stated as stated_figure
from core.words import unit_text

VARIANTS = ("full", "square", "qr", "badge", "micro")
LANGUAGES = ("zh", "en")

LEVEL = 0.78  # the water of the pattern, where there is no limit to measure it against
RULE = "#d9dfda"
WIDEST = frozenset("MWmw@%")  # Latin, and as wide as high
QUIET = 4  # white around a QR code, in its own modules

TEXTS = {
    "zh": {
        "low_carbon": "低碳产品认证",
        "footprint_label": "产品碳足迹",
        "building_energy": "建筑节能标识",
        "voluntary": "自愿性认证，非国家统一标志",
        "voluntary_short": "自愿性认证",
        "scan": "扫码查询证书",
        "demo": "演示",
        "per": "每 {unit}",
        "item": "件",
    },
    "en": {
        "low_carbon": "Low-carbon certified",
        "footprint_label": "Product carbon footprint",
        "building_energy": "Building energy label",
        "voluntary": "Voluntary, not a national mark",
        "voluntary_short": "Voluntary scheme",
        "scan": "Scan to verify",
        "demo": "DEMO",
        "per": "per {unit}",
        "item": "item",
    },
}


Statement = Mapping[str, Any]  # JSON, as it was signed


@dataclass(frozen=True)
class Facts:
    """What a label may say, in its language; `value` and `unit` are empty on a low-carbon label."""

    title: str
    product: str
    body: str
    number: str
    address: str
    value: str
    unit: str
    per: str
    level: float
    demo: bool
    mono: bool
    said: Mapping[str, str]
    narrow: bool  # Latin letters: half as wide, so set in longer lines

    @property
    def ink(self) -> str:
        return brand.INK if self.mono else brand.AZURITE

    @property
    def measure(self) -> str:
        return f"{self.unit} {self.per}".strip()

    @property
    def measured(self) -> str:
        return f"{self.value} {self.measure}".strip()

    @property
    def spoken(self) -> str:
        return " ".join(filter(None, [self.title, self.product, self.measured, self.body, self.number]))


def draw(variant: str, statement: Statement, language: str = "zh", mono: bool = False) -> str:
    """The label as an SVG document; mono is for lasers, firing and one-colour print."""
    facts = _facts(statement, language if language in LANGUAGES else "zh", mono)
    width, height, body = DRAWINGS[variant](facts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{escape(facts.spoken)}" font-family="{brand.SANS}">'
        f"{body}</svg>\n"
    )


def _facts(statement: Statement, language: str, mono: bool) -> Facts:
    family, said = statement["family"], TEXTS[language]
    footprint, shown = statement["inventory"], family == "footprint_label"
    product, body = statement["product"], statement["body"]
    return Facts(
        title=" ".join(filter(None, [said[family], _grade(statement, language)])),
        product=" ".join(
            [
                _in(language, product["category_name"], product["category_name_en"]),
                *_facts_shown(statement, language),
            ]
        ),
        body=_in(language, body["name"], body["name_en"]),
        number=statement["number"],
        address=statement["query"]["short"],
        value=stated_figure(footprint["total"]) if shown else "",
        unit=footprint["unit"].partition("/")[0] if shown else "",
        per=_per(footprint["declared_unit"], said) if shown else "",
        level=_level(statement) if shown else LEVEL,
        demo=statement["demo"],
        mono=mono,
        said=said,
        narrow=language == "en",
    )


def _grade(statement: Statement, language: str) -> str:
    grade = stated(statement)["grade"]
    return _in(language, grade["name"], grade["name_en"]) if grade else ""


def _facts_shown(statement: Statement, language: str) -> list[str]:
    """What the rule wants on the label of the product, each as name and value."""
    return [
        " ".join(
            filter(
                None,
                [
                    _in(language, fact["name"], fact["name_en"]),
                    _in(language, fact["text"], fact["text_en"]),
                    unit_text(fact["unit"]),
                ],
            )
        )
        for fact in shown_at(stated(statement)["product"], "label")
    ]


def _per(declared_unit: str, said: Mapping[str, str]) -> str:
    return said["per"].format(unit=declared_unit.replace("item", said["item"]))


def _in(language: str, chinese: str, english: str) -> str:
    return english or chinese if language == "en" else chinese


def _level(statement: Statement) -> float:
    limit = statement["decision"]["limit"]
    return float(Decimal(statement["inventory"]["total"]) / Decimal(limit)) if limit else LEVEL


# Pieces


def _text(
    x: float,
    y: float,
    size: float,
    content: str,
    *,
    color: str = brand.INK_2,
    weight: int = 400,
    anchor: str = "start",
    room: float = 0.0,
) -> str:
    """A line of text; with `room` it is set smaller when it would be wider than that."""
    size = _fitting(content, size, room) if room else size
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" font-weight="{weight}" fill="{color}" '
        f'text-anchor="{anchor}">{_lowered(escape(content), size)}</text>'
    )


def _fitting(content: str, size: float, room: float) -> float:
    wide = sum(map(_breadth, content)) * size
    return size if wide <= room else round(size * room / wide, 2)


def _breadth(letter: str) -> float:
    """Of a letter, in its size, whatever font the reader of the drawing has."""
    if letter in WIDEST or east_asian_width(letter) in "WFA":
        return 1.0
    return 0.74 if letter.isupper() else 0.58


def _block(x: float, y: float, size: float, content: str, room: float, **look: Unpack["Look"]) -> str:
    """A name on one line, or on two when one would make it small; `y` is the middle of them."""
    if _fitting(content, size, room) >= size * 0.75:
        return _text(x, y, size, content, room=room, **look)
    middle = len(content) // 2
    breaks = [place for place, letter in enumerate(content) if letter == " "] or [middle]
    at = min(breaks, key=lambda place: abs(place - middle))
    lines = content[:at].strip(), content[at:].strip()
    size = min(_fitting(line, size, room) for line in lines)
    return _text(x, y - size * 0.6, size, lines[0], **look) + _text(x, y + size * 0.6, size, lines[1], **look)


def _lowered(content: str, size: float) -> str:
    """CO2 with its two lowered: many fonts lack the letter for it."""
    down, up = f"{size * 0.18:.2f}", f"{-size * 0.18:.2f}"
    two = f'<tspan dy="{down}" font-size="{size * 0.7:.2f}">2</tspan><tspan dy="{up}">e</tspan>'
    return content.replace("CO2e", f"CO{two}").replace("m2", "m²").replace("m3", "m³")


def _board(facts: Facts, width: int, height: int, radius: int) -> str:
    return (
        f'<rect x="1" y="1" width="{width - 2}" height="{height - 2}" rx="{radius}" fill="{brand.PAPER}" '
        f'stroke="{facts.ink}" stroke-width="2"/>'
    )


def _gauge(facts: Facts, x: int, y: int, width: int, height: int) -> str:
    return brand.gauge(x, y, width, height, facts.level, ink=facts.ink, mono=facts.mono)


def _code(facts: Facts, x: float, y: float, size: float) -> str:
    """The QR code with its quiet zone inside `size`."""
    modules = segno.make(facts.address, error="m", micro=False).symbol_size(border=0)[0]
    quiet = size * QUIET / (modules + 2 * QUIET)
    white = f'<rect x="{x:g}" y="{y:g}" width="{size:g}" height="{size:g}" fill="{brand.PAPER}"/>'
    return white + brand.qr_path(facts.address, x + quiet, y + quiet, size - 2 * quiet)


def _rule(path: str) -> str:
    return f'<path d="{path}" stroke="{RULE}" stroke-width="1"/>'


def _demo(facts: Facts, right: float, bottom: float) -> str:
    """A demonstration label says so, on every variant."""
    if not facts.demo:
        return ""
    word, size = facts.said["demo"], 8.5
    wide = len(word) * size * (0.72 if facts.narrow else 1) + 8
    x, y = right - wide, bottom - size - 5
    board = f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{size + 5:g}" rx="3" '
    return (
        f'{board}fill="{brand.PAPER}" stroke="{brand.INK}" stroke-width="1"/>'
        f"{_text(x + wide / 2, y + size + 1.2, size, word, **STRONG, **MIDDLE)}"
    )


# The variants: each returns its width, its height and its drawing


class Strong(TypedDict):
    color: str
    weight: int


class Middle(TypedDict):
    anchor: str


class Look(TypedDict, total=False):
    color: str
    weight: int
    anchor: str


STRONG: Strong = {"color": brand.INK, "weight": 700}
MIDDLE: Middle = {"anchor": "middle"}


def _title(facts: Facts) -> Strong:
    return {"color": facts.ink, "weight": 700}


def _full(facts: Facts) -> tuple[int, int, str]:
    """96 x 44 mm: packaging, manuals."""
    parts = [_board(facts, 384, 176, 14), _gauge(facts, 16, 16, 66, 144)]
    parts += [
        _text(100, 36, 17, facts.title, **_title(facts), room=156),
        _text(100, 54, 10.5, facts.product, room=156),
    ]
    if facts.value:
        parts += [
            _text(99, 98, 40, facts.value, **STRONG, room=150),
            _text(100, 117, 12.5, facts.measure, room=156),
        ]
        parts += [_text(100, 162, 9, facts.body, room=156)]
    else:
        parts += [_block(100, 92, 15, facts.body, 156, **STRONG)]
    parts += [_rule("M100 129h156"), _text(100, 146, 10.5, facts.number, **_title(facts), room=156)]
    parts += [
        _code(facts, 264, 12, 108),
        _text(318, 134, 10.5, facts.said["scan"], **_title(facts), **MIDDLE),
    ]
    parts += [_text(318, 149, 8.6, facts.said["voluntary"], **MIDDLE, room=108), _demo(facts, 372, 167)]
    return 384, 176, "".join(parts)


def _square(facts: Facts) -> tuple[int, int, str]:
    """26 mm and more: small packaging."""
    parts = [_board(facts, 176, 196, 14), _gauge(facts, 14, 16, 40, 92)]
    parts += [_text(64, 32, 13.5, facts.title, **_title(facts), room=100)]
    if facts.value:
        parts += [_text(64, 64, 28, facts.value, **STRONG, room=98), _text(64, 80, 10, facts.unit, room=98)]
        parts += [_text(64, 95, 9, facts.per, room=98), _code(facts, 104, 108, 64)]
        first, room = 134, 88
    else:
        parts += [_text(64, 48, 9.5, facts.product, room=100), _code(facts, 66, 54, 100)]
        first, room = 162, 148
    parts += [_text(14, first, 8.6, facts.number, **_title(facts), room=room)]
    parts += [_text(14, first + 13, 8.2, facts.body, room=room)]
    parts += [_text(14, first + 26, 8.2, facts.said["voluntary_short"], room=room), _demo(facts, 166, 188)]
    return 176, 196, "".join(parts)


def _qr(facts: Facts) -> tuple[int, int, str]:
    """Portrait with the QR code, for nameplates; the code 18 mm or more."""
    parts = [_board(facts, 132, 208, 14), _code(facts, 13, 30, 106)]
    parts += [_gauge(facts, 12, 9, 13, 21), _text(31, 26, 13.5, facts.title, **_title(facts), room=90)]
    if facts.value:
        parts += [_text(66, 152, 18, facts.value, **STRONG, **MIDDLE, room=112)]
        parts += [_text(66, 164, 9, facts.measure, **MIDDLE, room=112)]
        parts += [_text(66, 175, 8, facts.body, **MIDDLE, room=112)]
    else:
        parts += [_block(66, 150, 10, facts.body, 112, **STRONG, **MIDDLE)]
        parts += [_text(66, 168, 9, facts.product, **MIDDLE, room=112)]
    parts += [_text(66, 187, 8.6, facts.number, **_title(facts), **MIDDLE, room=112)]
    parts += [_text(12, 200, 8, facts.said["voluntary_short"], room=70), _demo(facts, 122, 203)]
    return 132, 208, "".join(parts)


def _badge(facts: Facts) -> tuple[int, int, str]:
    """For shops and sites, where it must lead to the verification page."""
    parts = [_board(facts, 332, 64, 10), _gauge(facts, 9, 11, 26, 42), _code(facts, 268, 4, 56)]
    parts += [_text(46, 28, 13.5, facts.title, **_title(facts), room=94), _demo(facts, 178, 30)]
    parts += [_text(46, 47, 10.2, facts.number, room=132), _rule("M186 12v40")]
    if facts.value:
        parts += [
            _text(194, 28, 17, facts.value, **STRONG, room=72),
            _text(194, 41, 8.4, facts.measure, room=72),
        ]
        parts += [_text(194, 53, 8, facts.body, room=72)]
    else:
        parts += [_block(194, 35, 9.4, facts.body, 72, **STRONG)]
    return 332, 64, "".join(parts)


def _micro(facts: Facts) -> tuple[int, int, str]:
    """10 mm and more, on white: pattern, body, number and code, and the figure where there is one."""
    parts = [_gauge(facts, 2, 2, 22, 40), _text(32, 13, 12, facts.title, **_title(facts), room=92)]
    parts += [_text(32, 24, 8.4, facts.measured or facts.product, room=122), _demo(facts, 154, 15)]
    parts += [_text(32, 34, 8, facts.body, room=122), _text(32, 43, 8, facts.number, room=122)]
    return 204, 46, "".join([*parts, _code(facts, 158, 0, 46)])


DRAWINGS: dict[str, Callable[[Facts], tuple[int, int, str]]] = {
    "full": _full,
    "square": _square,
    "qr": _qr,
    "badge": _badge,
    "micro": _micro,
}
