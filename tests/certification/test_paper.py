"""Paper that fits: whatever the columns admit, nothing on it overlaps or leaves its frame."""

import io
import re
import subprocess
from base64 import b64decode, b64encode
from typing import NamedTuple

import pypdf
import pytest

from accounts.models import Organisation, User
from certification.application.models import Application, ProductModel
from certification.certificate import document
from certification.certificate.queries import certificates
from core.columns import most

MM = 72 / 25.4
FRAME = (20 * MM, 17 * MM, 190 * MM, 283 * MM)  # left, top, right, bottom: within the drawn frame
PLAIN = (18 * MM, 8 * MM, 192 * MM, 290 * MM)  # the other pages, with their running lines
TOUCHING = 1.0  # points that two boxes may share
ABOVE, BELOW = 0.2, 0.13  # of the box of a word: what the font keeps free above and below its letters
CORNERS = ("QAAQ", "QZZQ")  # what stands in the corners of each picture instead of its letters


class Box(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > TOUCHING and down > TOUCHING

    def leaves(self, frame: tuple) -> bool:
        left, top, right, bottom = frame
        return self.left < left or self.top < top or self.right > right or self.bottom > bottom


@pytest.fixture
def said(world):
    case = world.case("draft")
    return certificates.said(certificates.certificate(certificates.number_of(case.to("certified").id)))


def longest(column, words: str) -> str:
    return (words * most(column))[: most(column)]


def stretched(said: dict, words: str) -> dict:
    """The statement with the longest texts that the columns take."""
    party = {"name": longest(Organisation.name, words), "address": longest(Organisation.address, words)}
    product = {
        "name": longest(Application.product_name, words),
        "name_en": longest(Application.product_name_en, "Very long "),
        "trademark": longest(Application.trademark, words),
        "series": longest(Application.series, words),
    }
    model = {
        "code": longest(ProductModel.code, "WM-9"),
        "specification": longest(ProductModel.specification, words),
    }
    hand = f"{longest(User.name, words)}（{party['name']}）"
    signed = {"decided_by": hand, "countersigned_by": hand}
    more = {who: said[who] | party for who in ("client", "manufacturer", "factory", "body")}
    return (
        said
        | more
        | {
            "number": "LCP-32-123456-2026-00087",  # of a body with as many before it as can be thought of
            "product": said["product"] | product | {"models": [model] * 12},
            "decision": said["decision"] | signed,
        }
    )


def drawn(said: dict) -> list[list[Box]]:
    """The words of each page; a picture shows its corners only, where its letters are set in circles."""

    def cornered(picture: str) -> str:
        width, height = (float(re.search(rf'{side}="([\d.]+)"', picture)[1]) for side in ("width", "height"))
        view = re.search(r'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"', picture)
        width, height = (float(view[1]), float(view[2])) if view else (width, height)
        size = height / 12
        corner = f'<text font-family="{document.FAMILY}" font-size="{size}"'
        first = f'{corner} x="0" y="{size}">{CORNERS[0]}</text>'
        last = f'{corner} x="{width}" y="{height}" text-anchor="end">{CORNERS[1]}</text>'
        return re.sub(r"<text.*?</text>", "", picture, flags=re.DOTALL).replace(
            "</svg>", first + last + "</svg>"
        )

    html = re.sub(
        r"(data:image/svg\+xml;base64,)([^\"]+)",
        lambda found: found[1] + b64encode(cornered(b64decode(found[2]).decode()).encode()).decode(),
        document.html(said, "a" * 64, "b" * 86, full=True),
    )
    return words_of(document.pdf(html))


def words_of(content: bytes) -> list[list[Box]]:
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()
    word = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
    return [
        [lettered(text, *map(float, sides)) for *sides, text in word.findall(page)]
        for page in told.split("<page ")[1:]
    ]


def lettered(text: str, left: float, top: float, right: float, bottom: float) -> Box:
    height = bottom - top
    return Box(text, left, top + ABOVE * height, right, bottom - BELOW * height)


def joined(words: list[Box]) -> tuple[list[Box], list[Box]]:
    """(words, pictures): a picture is what lies between its two corners."""
    ends = [[word for word in words if word.text == corner] for corner in CORNERS]
    pictures = [
        Box("picture", first.left, first.top, last.right, last.bottom)
        for first in ends[0]
        for last in [
            min(
                (end for end in ends[1] if end.bottom > first.top and end.right > first.left),
                key=lambda end: end.bottom - first.top + end.right - first.left,
            )
        ]
    ]
    return [word for word in words if word.text not in CORNERS], pictures


def wrong(pages: list[list[Box]]) -> list[str]:
    found = []
    for number, page in enumerate(pages, 1):
        words, pictures = joined(page)
        framed = not any("页，共" in word.text or word.text.startswith("第") for word in words)
        frame = FRAME if framed else PLAIN
        found += [f"{number}: {box.text} leaves the frame" for box in words + pictures if box.leaves(frame)]
        boxes = words + pictures
        found += [
            f"{number}: {one.text} on {other.text}"
            for place, one in enumerate(boxes)
            for other in boxes[place + 1 :]
            if one.meets(other)
        ]
    return found


@pytest.mark.parametrize("words", ["某某（集团）新材料科技股份有限公司 ", "W"])
def test_the_longest_texts_neither_overlap_nor_leave_the_frame(said, words):
    assert wrong(drawn(stretched(said, words))) == []


def test_an_ordinary_certificate_has_its_front_on_one_page(said):
    pages = drawn(said)
    assert wrong(pages) == []
    front = "".join(word.text for word in pages[0])
    assert "低碳产品认证证书" in front
    assert "扫码查询证书状态" in front


def test_an_overlap_would_be_found():
    one, other = Box("a", 100, 100, 140, 112), Box("b", 130, 105, 160, 117)
    assert wrong([[one, other]]) == ["1: a on b"]
    assert wrong([[Box("far", 580, 100, 600, 112)]]) == ["1: far leaves the frame"]


# What readers for the blind, and other machines, get


def figures(content: bytes) -> list:
    root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        kids = node.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        waiting += [kid for each in kids if isinstance(kid := each.get_object(), dict) and "/S" in kid]
        found += [node] if node.get("/S") == "/Figure" else []
    return found


def test_every_figure_says_what_it_shows(said):
    shown = figures(document.pdf(document.html(said, "a" * 64, "b" * 86)))
    assert len(shown) == 4
    assert [figure for figure in shown if not str(figure.get("/Alt", "")).strip()] == []


def test_a_paper_asks_for_no_font_of_the_system(said):
    pages = pypdf.PdfReader(io.BytesIO(document.pdf(document.html(said, "a" * 64, "b" * 86)))).pages
    names = {
        str(font["/BaseFont"]).partition("+")[2]
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names <= {"Certificate", "Certificate-Serif"}
