"""Charts are pictures that can be read aloud, obey the content policy and survive any figure."""

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from core import charts
from core.charts import stages as stage_charts

STAGES = [
    ("raw_material", Decimal("2.38")),
    ("manufacturing", Decimal("5.36")),
    ("distribution", Decimal("0.43")),
    ("end_of_life", Decimal("0.28")),
]


@pytest.fixture(autouse=True)
def stage_words(monkeypatch):
    """The slug itself stands for the word, so that the drawing is tested without the house."""
    monkeypatch.setattr(stage_charts, "word", lambda key: key.removeprefix("stage."))


def scaled(factor: str) -> list:
    return [(stage, value * Decimal(factor)) for stage, value in STAGES]


def parts(svg, cls: str) -> list[ET.Element]:
    return [part for part in ET.fromstring(svg).iter() if cls in part.get("class", "").split()]


def texts(svg) -> list[str]:
    return [part.text for part in ET.fromstring(svg).iter() if part.tag.endswith("text")]


DRAWINGS = {
    "stack": charts.stage_stack,
    "print": charts.stack_print,
    "bar": lambda values, **more: charts.bar(values[0][1], values[1][1], key="use", **more),
    "mini": lambda values, **more: charts.mini_strip(values[0][1], uncertainty=values[1][1], **more),
    "strip": lambda values, **more: charts.strip([v for _, v in values], values[0][1], unit="kg", **more),
    "trend": lambda values, **more: charts.trend([(name, value, None) for name, value in values], **more),
    "columns": lambda values, limit=None: charts.columns([(n, [abs(v)]) for n, v in values], label="x"),
    "spark": lambda values, limit=None: charts.spark([value for _, value in values]),
    "bands": lambda values, limit=None: charts.bands(
        [charts.Band("a", [(v, "d-p") for _, v in values], [limit] if limit else [])], whole="100%", label="x"
    ),
    "ridges": lambda values, limit=None: charts.ridges([("a", [v for _, v in values]), ("b", [])]),
}


@pytest.mark.parametrize("factor", ["0.0001", "1", "-1", "100000"])
@pytest.mark.parametrize("limit", [None, Decimal("0.002"), Decimal("10.80"), Decimal("900000")])
@pytest.mark.parametrize("kind", DRAWINGS)
def test_a_chart_of_any_size_is_xml_without_style_and_inside_its_box(kind, limit, factor):
    svg = DRAWINGS[kind](scaled(factor), limit=limit)
    for part in ET.fromstring(svg).iter():
        assert "style" not in part.attrib
        assert not any(name.startswith("on") for name in part.attrib)
        for name in ("x", "x1", "x2", "cx", "width"):
            value = part.get(name, "0")
            if value.endswith("%"):
                assert 0 <= float(value[:-1]) <= 100.01


@pytest.mark.parametrize("kind", [kind for kind in DRAWINGS if kind not in ("bar", "spark")])
def test_a_chart_says_its_finding(kind):
    root = ET.fromstring(DRAWINGS[kind](STAGES, limit=None))
    assert root.get("role") == "img"
    assert root.get("aria-label")


@pytest.mark.parametrize("kind", ["bar", "spark"])
def test_a_bar_beside_its_number_is_not_read_twice(kind):
    assert ET.fromstring(DRAWINGS[kind](STAGES, limit=None)).get("aria-hidden") == "true"


def test_the_stack_tells_total_limit_and_every_stage():
    spoken = ET.fromstring(charts.stage_stack(STAGES, limit=Decimal("10.80"))).get("aria-label")
    for told in ("8.45", "10.80", "raw_material 2.38", "manufacturing 5.36", "end_of_life 0.28"):
        assert told in spoken


def test_stages_stand_in_their_fixed_order_and_colours():
    svg = charts.stage_stack(reversed(STAGES))
    assert [part.get("class") for part in parts(svg, "st")] == ["st st-a", "st st-b", "st st-c", "st st-e"]


def test_without_a_limit_no_limit_is_drawn():
    assert parts(charts.stage_stack(STAGES), "limit") == []
    assert len(parts(charts.stage_stack(STAGES, limit=10), "limit")) == 1


def test_a_credit_lies_left_of_zero():
    svg = charts.stage_stack([("raw_material", 400), ("end_of_life", -100)])
    [zero], [credit], [piece] = parts(svg, "zero"), parts(svg, "neg"), parts(svg, "st-a")
    ends = float(credit.get("x")[:-1]) + float(credit.get("width")[:-1])
    assert ends == pytest.approx(float(zero.get("x1")[:-1]), abs=0.3)
    assert piece.get("x") == zero.get("x1")


def test_captions_of_a_low_limit_change_sides():
    svg = charts.stage_stack(STAGES, limit=1)
    assert parts(svg, "lim-t")[0].get("text-anchor") == "start"
    assert parts(svg, "val-t")[0].get("text-anchor") == "end"


@pytest.mark.parametrize("draw", [charts.stage_stack, charts.stack_print, charts.trend, charts.ridges])
def test_nothing_is_drawn_as_nothing(draw):
    ET.fromstring(draw([]))


def test_a_name_from_outside_cannot_break_out():
    svg = charts.trend([('<script>"x"', 1, None)], label='<b a="1">')
    assert "<script>" not in svg
    assert ET.fromstring(svg).get("aria-label") == '<b a="1">'
    assert '<script>"x"' in texts(svg)


@pytest.mark.parametrize(("used", "tone"), [(2, "sla-ok"), (8, "sla-warn"), (11, "sla-stop")])
def test_a_deadline_changes_colour_when_it_is_near_and_when_it_is_over(used, tone):
    assert len(parts(charts.sla(used, 10), tone)) == 1


def test_a_pause_is_grey_and_stretches_the_axis():
    [pause] = parts(charts.sla(8, 10, paused=2), "sla-p")
    assert pause.get("width") == "16.67%"


def test_peers_fall_into_quarters():
    spoken = ET.fromstring(charts.strip([1, 2, 3, 4, 5], 2, unit="kg")).get("aria-label")
    assert "3" in spoken
    assert "2 至 4" in spoken


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        ("", "—"),
        (float("nan"), "—"),
        (0, "0"),
        (Decimal("10.80"), "10.80"),
        (Decimal("688"), "688"),
        (688.0, "688"),
        (8.4491, "8.45"),
        (Decimal("9840.25"), "9\u202f840"),
        (1234567, "1\u202f234\u202f567"),
        (-21.6, "\u221221.6"),
        (0.0123456, "0.0123"),
        (Decimal("0.001"), "0.001"),
        (2.5, "2.5"),
    ],
)
def test_a_figure_is_written_as_long_as_its_size_makes_sensible(value, text):
    assert charts.num(value) == text


@pytest.mark.parametrize(("value", "text"), [(0.125, "0.12"), (0.135, "0.14"), (-0.001, "0.00"), (3, "3.00")])
def test_fixed_places_round_halves_to_the_even_digit(value, text):
    assert charts.num(value, 2) == text


@pytest.mark.parametrize(("part", "text"), [(1, "25%"), (0.001, "<1%"), (0, "0%"), (-1, "\u221225%")])
def test_a_share_is_never_rounded_to_nothing(part, text):
    assert charts.share(part, 4) == text
    assert charts.share(part, 0) == ""


# Many results by class


def banded(*rows):
    return charts.bands(rows, whole="现行限值 100%", label="x")


def places(svg, cls: str, name: str = "cx") -> list[float]:
    return [float(part.get(name).rstrip("%")) for part in parts(svg, cls)]


def test_a_result_lies_where_it_is_in_percent_of_its_limit():
    svg = banded(charts.Band("a", [(80, "low"), (100, "at"), (110, "high")], [90]))
    (low,), (at,), (high,) = (places(svg, cls) for cls in ("low", "at", "high"))
    (whole,), (new,) = places(svg, "limit", "x1"), places(svg, "newl", "x1")
    assert at == whole
    assert new - low == pytest.approx(whole - new, abs=0.02)
    assert high - at == pytest.approx(at - new, abs=0.02)
    (zone,) = parts(svg, "gapz")
    assert float(zone.get("x").rstrip("%")) == new
    assert float(zone.get("width").rstrip("%")) == pytest.approx(whole - new, abs=0.02)


def test_each_class_has_a_band_with_its_name_and_no_zone_where_nothing_changes():
    svg = banded(charts.Band("甲", [(80, "d")]), charts.Band("乙", [(90, "d")]))
    assert {"甲", "乙", "现行限值 100%"} <= set(texts(svg))
    first, second = places(svg, "d", "cy")
    assert second - first == pytest.approx(58, abs=1)
    assert parts(svg, "gapz") == parts(svg, "newl") == []


def test_dots_that_would_cover_each_other_stand_one_above_the_other():
    heights = places(banded(charts.Band("a", [(80, "d")] * 5)), "d", "cy")
    assert len(set(heights)) == 5


def test_of_very_many_results_a_dot_stands_for_several_and_each_kind_is_there():
    row = charts.Band("a", [(90, "many")] * 2400 + [(110, "one")])
    svg = banded(row)
    assert charts.per_dot([row]) == 5
    assert len(parts(svg, "many")) == 480
    assert len(parts(svg, "one")) == 1


def test_columns_are_marked_where_a_day_lies():
    rows = [("1", (1, 1)), ("2", (0, 2))]
    assert places(charts.columns(rows, label="x", keys=("r", "c"), mark=0.5), "limit", "x1") == [25]
    assert parts(charts.columns(rows, label="x", keys=("r", "c")), "limit") == []
