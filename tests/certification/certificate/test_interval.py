"""How far off a footprint may be is signed with the number, in what is signed from now on."""

import json

import pytest

from certification.certificate import document, statement
from certification.certificate.queries import certificates
from core.db import db as tables

# The two rows of the case are 3.45 and 5.  Each with GSD 1.2, of s = ln 1.2 = 0.18232 and s² = 0.033241:
# mean 8.45 × exp(s²/2) = 8.5916; variance (3.45² + 5²) × exp(s²) × (exp(s²) − 1) = 1.2893; of the lognormal
# with these two 95 % lie from LOW to HIGH.
SPREAD = {"gsd": "1.2", "gsd_source": "电表准确度等级"}
LOW, HIGH = "6.5811", "11.024"


def certified(world, *spreads: dict):
    case = world.case("draft")
    for row, stated in zip(case.application.inventory.rows, spreads, strict=True):
        row.stated = stated
    tables.session.commit()
    return certificates.certificate(certificates.number_of(case.to("certified").id))


def test_the_interval_is_signed_printed_and_shown_with_the_number(world, client):
    issued = certified(world, SPREAD, SPREAD)
    said = json.loads(issued.statement)
    assert said["format"] == "tanbiao/certificate/7"
    assert said["inventory"]["interval"] == said["annex"]["interval"] == {
        "covered": "0.95", "low": LOW, "high": HIGH, "stated": 2, "unstated": 0, "uncovered": "0.0000",
    }  # fmt: skip
    assert issued.digest == statement.digest(said)
    drawn = document.html(said, issued.digest, issued.signature)
    beside, annex = "95% 区间 6.58 至 11.02<br>", "95% 区间 6.58 至 11.02 kgCO<sub>2</sub>e/m²"
    assert (drawn.count(beside), drawn.count(annex)) == (1, 1)
    assert "由 2 个说明了离散程度的排放源按对数正态合成。" in drawn
    for page in (f"/certificates/{issued.number}", f"/verify/{issued.number}"):
        assert "95% 区间 6.58～11.02" in client.get(page).text
    page = client.get(f"/certificates/{issued.number}?lang=en", headers={"Accept-Language": "en"}).text
    assert "95% interval 6.58 to 11.02" in page


# rule 27
def test_rows_that_say_no_spread_are_named_as_a_gap_beside_the_interval(world, client):
    issued = certified(world, {}, SPREAD)
    said = json.loads(issued.statement)
    interval = said["inventory"]["interval"]
    assert (interval["stated"], interval["unstated"], interval["uncovered"]) == (1, 1, "0.4083")
    drawn = document.html(said, issued.digest, issued.signature)
    assert "（不完整）" in drawn
    assert "其余 1 个（占排放量的 41%）没有说明，按没有偏差计，区间不完整。" in drawn
    assert "不完整：1 个排放源（占排放量的 41%）" in client.get(f"/certificates/{issued.number}").text


def test_where_no_row_says_a_spread_the_paper_says_so(world):
    issued = certified(world, {}, {})
    said = json.loads(issued.statement)
    assert said["inventory"]["interval"] == {}
    drawn = document.html(said, issued.digest, issued.signature)
    assert "没有排放源说明离散程度，不给出区间。" in drawn
    assert "95% 区间" not in drawn


@pytest.mark.parametrize("older", range(1, 6))
def test_what_was_signed_before_says_nothing_of_it(world, older):
    issued = certified(world, SPREAD, SPREAD)
    said = json.loads(issued.statement) | {"format": f"tanbiao/certificate/{older}"}
    del said["inventory"]["interval"]
    drawn = document.html(said, issued.digest, issued.signature)
    assert "区间" not in drawn
