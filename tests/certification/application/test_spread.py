"""How far off a row may be, through the page, the API and Excel, and the interval beside the number."""

import pytest

from carbon import operations as carbon
from carbon.records import spread as deviations
from certification.application.queries import inventories
from core.db import db as tables
from tests.certification.application.test_ledger_pages import address, draft, grid, maker  # noqa: F401
from tests.certification.world import reload

STATED = {"gsd": "1.2", "gsd_source": "电表准确度等级"}
PEDIGREE = {
    "data_kind": "demand",
    "reliability": "2",
    "completeness": "1",
    "temporal": "3",
    "geographical": "2",
    "technological": "4",
}
AMOUNT = {"quantity": "200", "unit": "kWh"}  # 1 kgCO2e/m2 of the hundred


@pytest.mark.parametrize("spread", [STATED, PEDIGREE], ids=["stated", "pedigree"])
def test_a_spread_that_is_typed_is_kept_and_typed_again(draft, maker, spread):  # noqa: F811
    assert maker.post(address(draft), data=grid(draft, **AMOUNT, **spread)).status_code == 302
    assert reload(draft).inventory.rows[0].stated == spread
    page = maker.get(address(draft)).text
    for name in spread:
        assert f'name="rows-0-{name}"' in page


def test_the_page_offers_a_spread_at_the_row_that_asks(draft, maker):  # noqa: F811
    sent = grid(draft, number=4, **AMOUNT) | {"spread": "4"}
    del sent["action"]
    assert 'name="rows-0-gsd"' in maker.post(address(draft), data=sent).text
    for other in ("9", "x", ""):
        page = maker.post(address(draft), data=sent | {"spread": other}).text
        assert ('name="spread"' in page, 'name="rows-0-gsd"' in page) == (True, False)


@pytest.mark.parametrize(
    ("spread", "said"),
    [
        ({"gsd": "0.5", "gsd_source": "x"}, "几何标准差应在 1 与 10 之间"),
        ({"gsd": "12", "gsd_source": "x"}, "几何标准差应在 1 与 10 之间"),
        ({"gsd": "1.2"}, "填写这一项"),  # from where is it known?
        (PEDIGREE | {"temporal": ""}, "填写这一项"),
        (PEDIGREE | {"temporal": "6"}, "不在允许的取值之内"),
        (STATED | PEDIGREE, "几何标准差和谱系评分只能填一种"),
    ],
)
def test_a_spread_that_cannot_be_is_refused_at_its_row(draft, maker, spread, said):  # noqa: F811
    answer = maker.post(address(draft), data=grid(draft, **AMOUNT, **spread))
    assert answer.status_code == 422
    assert said in answer.text
    for name, typed in spread.items():  # nothing that was typed is lost
        assert f'name="rows-0-{name}"' in answer.text
        assert typed in answer.text
    assert not any(row.stated for row in reload(draft).inventory.rows)


def test_the_panel_says_which_rows_an_interval_leaves_out(draft, maker):  # noqa: F811
    panel = address(draft, "/preview")
    whole = grid(draft, **AMOUNT, **STATED)
    assert "没有一项说明离散程度，不给出区间" in maker.post(panel, data=grid(draft, **AMOUNT)).text
    page = maker.post(panel, data=whole).text
    assert "0.700～1.43" in page  # of 1 kgCO2e/m2 with GSD 1.2
    assert "1 项都说明了离散程度" in page
    assert "&gt;99%" in page  # far below the limit, which nobody can promise
    second = {name.replace("-0-", "-1-"): value for name, value in grid(draft, **AMOUNT).items()}
    page = maker.post(panel, data=whole | second).text
    assert "区间不完整" in page
    assert "其余 1 项（占排放量的 50%）没有说明" in page


@pytest.fixture
def handed_in(world):
    """A case in which one row has a spread, and a footprint that was frozen with it."""
    case = world.case("draft")
    inventory = case.application.inventory
    power = {
        "stage": "manufacturing",
        "name": "外购电力",
        "own_value": "0.5",
        "own_unit": "kgCO2e/kWh",
    } | AMOUNT
    rows = [power | PEDIGREE, power | {"name": "外购蒸汽"}]
    head = {"output_amount": "100", "output_unit": "m2"}
    actor = world.actor("applicant")
    carbon.save_inventory(inventory, actor, head, rows, inventory.version)
    case.application.footprint = carbon.freeze(inventory, actor)
    tables.session.commit()
    return case


def test_a_frozen_footprint_keeps_what_a_pedigree_came_to(handed_in, monkeypatch):
    case = reload(handed_in)
    stated, bare = case.footprint.rows
    assert (stated["gsd"], stated["stated"]) == ("1.231083", PEDIGREE)
    assert "gsd" not in bare
    monkeypatch.setitem(deviations.BASIC, "demand", 4.0)  # whatever the tables say later
    found = inventories.uncertainty_of(case)
    assert (found.stated, found.unstated, found.uncovered) == (1, 1, 0.5)
    assert [f"{end:f}" for end in found.computed.interval] == ["1.6336", "2.4744"]
    assert carbon.recompute(case.footprint).total == case.footprint.total


def test_the_api_answers_the_interval_beside_the_number(handed_in, ask):
    found = ask("GET", f"/applications/{handed_in.id}").json["footprint"]["uncertainty"]
    assert found["interval"] == {"low": "1.6336", "high": "2.4744"}
    assert (found["unstated"], found["uncovered"], found["shares"]) == (1, "0.5000", ["1.0000", "0.0000"])
