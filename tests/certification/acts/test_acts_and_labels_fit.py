"""Acts and labels that fit: whatever the columns admit, nothing on them overlaps or leaves its frame."""

import itertools
import re
import xml.etree.ElementTree as xml
from base64 import b64encode

import pytest

from accounts.models import Organisation, User
from certification.acts import papers
from certification.acts import statement as acts
from certification.application.models import Application, CorrectionPoint
from certification.certificate import document
from certification.label import artwork as label
from core.columns import most
from schemes.models import SchemeVersion
from tests.certification.label.test_label import said as label_says
from tests.certification.test_paper import Box, longest, words_of, wrong

CHINESE, LATIN = "某某（集团）新材料科技股份有限公司 ", "W"
PX = 0.75  # points
SVG = "{http://www.w3.org/2000/svg}"


def act(kind: str, words: str, reason: int) -> dict:
    """An act of this kind with the longest texts its columns take; its reasons have `reason` characters."""
    party = {
        "name": longest(Organisation.name, words),
        "uscc": "91000000000000027B",
        "address": longest(Organisation.address, words),
    }
    case = {
        "number": "A-32-01-2026-00001",
        "product": longest(Application.product_name, words),
        "rule": longest(SchemeVersion.name, words),
        "rule_number": longest(SchemeVersion.version, words),  # as long as that of a rule may be
    }
    reasons = [{"on": longest(CorrectionPoint.anchor, words), "text": (words * reason)[:reason]}] * 3
    clock = {"days": 15, "unit": "working", "source": words * 6}
    return acts.compose(
        number=acts.number(acts.BY_SLUG[kind], "32", 99, 2026, 99999),
        kind=kind,
        demo=True,
        body=party | {"telephone": longest(Organisation.telephone, "0")},
        recipient=party,
        case=case,
        certificate={"number": "LCP-32-01-2026-00087", "valid_to": "2031-01-01"},
        served_on="2026-11-28",
        due="2026-12-28",
        due_source=words * 6,
        reasons=reasons,
        consequence="annulled" if kind == "appeal_decision" else "",
        signed_by=f"{longest(User.name, words)}（{party['name']}）",
        appeal=acts.appeal_route(party["name"], "2026-12-28", clock, words * 6),
    )


def test_every_kind_of_act_fits_with_the_longest_texts(db):
    faults = {}
    for place, kind in enumerate(acts.BY_SLUG):
        words = (CHINESE, LATIN)[place % 2]
        pages = words_of(papers.render(act(kind, words, 400), "a" * 64, "b" * 86))
        faults[kind] = wrong(pages)
    assert {kind: found[:3] for kind, found in faults.items() if found} == {}


@pytest.mark.parametrize("words", [CHINESE, LATIN])
def test_an_act_with_a_reason_of_the_greatest_length_goes_on_over_its_pages(db, words):
    said = act("correction", words, most(CorrectionPoint.text))
    pages = words_of(papers.render(said, "a" * 64, "b" * 86))
    assert wrong(pages) == []
    written = "".join(word.text for page in pages for word in page)
    told = re.sub(r"[A-Z]{2}-32-99-2026-99999第\d+页，共\d+页|演示数据", "", written)
    assert told.count(words.strip()[:17]) >= 3 * most(CorrectionPoint.text) // len(words)


# Labels: the words where they are set, the code and the pattern where the drawing puts them


NAMES = {
    "long": (CHINESE * 12, "Very long name " * 12),
    "wide": (LATIN * 200, "WMW " * 50),
    "full": ("某某（集团）新材料科技股份有限", "Some certification centre"),  # as long as keeps its size
    "short": ("某中心", "Centre"),
}


def plates() -> dict[tuple, str]:
    """Every variant, family and language with each length of names, one or the other ink; demonstrations."""
    drawings = {}
    kinds = itertools.product(NAMES, ("low_carbon", "footprint_label"), label.VARIANTS, label.LANGUAGES)
    for place, (length, family, variant, language) in enumerate(kinds):
        chinese, english = (name[: most(Organisation.name)] for name in NAMES[length])
        statement = label_says(family) | {"demo": True}
        statement["product"] |= {"category_name": chinese, "category_name_en": english}
        statement["body"] |= {"name": chinese, "name_en": english}
        if length != "short":
            statement["inventory"] |= {"total": "123456789012.345", "declared_unit": "1000000 kWh"}
        drawings[length, family, variant, language] = label.draw(variant, statement, language, place % 3 == 0)
    return drawings


def words_on(drawings: list[str]) -> list[list[Box]]:
    """The words of each drawing, in its own units: one drawing a page, at its left upper corner."""
    pages = "".join(
        f'<img alt="a label" src="data:image/svg+xml;base64,{b64encode(own.encode()).decode()}">'
        for each in drawings
        if (own := document._in_own_font(each))
    )
    sheet = "<style>@page{size:500px 300px;margin:0}body{margin:0}img{display:block;break-after:page}</style>"
    page = f'<html lang="zh"><title>labels</title>{sheet}<body>{pages}</body></html>'
    return [
        [Box(text, *(side / PX for side in sides)) for text, *sides in page]
        for page in words_of(document.pdf(page))
    ]


def rectangles(drawing: str) -> tuple[Box, list[Box], list[Box]]:
    """(the rim, the code and the pattern, the mark of a demonstration)"""
    root = xml.fromstring(drawing)
    rects = [Box(*placed(rect)) for rect in root.findall(f"{SVG}rect")]
    wide, high = (float(root.get(side)) for side in ("width", "height"))
    rim = Box("rim", 0, 0, wide, high)
    within = [rect for rect in rects if rect.right - rect.left < wide - 2]
    marks = [rect for rect in within if rect.text == "mark"]
    code = [rect for rect in within if rect.right - rect.left == rect.bottom - rect.top]
    pattern = [rect for rect in within if rect.text == "pattern"]
    assert (len(marks), len(code), len(pattern)) == (1, 1, 1)
    return rim, code + pattern, marks


def placed(rect) -> tuple:
    x, y, width, height = (float(rect.get(name)) for name in ("x", "y", "width", "height"))
    name = "mark" if rect.get("rx") == "3" else "pattern" if rect.get("fill") == "none" else "code"
    return name, x, y, x + width, y + height


def faults_of(drawing: str, words: list[Box]) -> list[str]:
    rim, pictures, marks = rectangles(drawing)
    others = [word for word in words if word.text not in ("演示", "DEMO")]
    found = [f"{word.text} leaves the rim" for word in words if word.leaves(rim[1:])]
    found += [
        f"{one.text} on {other.text}" for one, other in itertools.combinations(words, 2) if one.meets(other)
    ]
    found += [
        f"{one.text} on the {other.text}" for one in others for other in pictures + marks if one.meets(other)
    ]
    found += [f"the mark on the {other.text}" for other in pictures if marks[0].meets(other)]
    return found


def test_no_word_on_any_label_meets_another_the_code_the_pattern_or_the_rim(app):
    drawings = plates()
    with app.app_context():
        pages = words_on(list(drawings.values()))
    found = {
        name: faults[:3]
        for (name, drawing), words in zip(drawings.items(), pages, strict=True)
        if (faults := faults_of(drawing, words))
    }
    assert found == {}


def test_a_word_on_the_code_would_be_found(app):
    drawing = label.draw("badge", label_says() | {"demo": True})
    assert faults_of(drawing, [Box("a", 260, 20, 275, 30)]) == ["a on the code"]
    assert faults_of(drawing, [Box("a", 325, 20, 340, 30)]) == ["a leaves the rim"]
    assert faults_of(drawing, [Box("a", 60, 20, 80, 30), Box("b", 70, 25, 90, 35)]) == ["a on b"]
