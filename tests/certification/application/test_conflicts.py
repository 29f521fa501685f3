"""Two people on one draft: both values are shown, one chooses, and nothing is lost unseen."""

import json
import re

import pytest

from core.words import sentence
from tests.certification.application.test_corrections import address, grid, parties, product
from tests.certification.world import reload

pytestmark = pytest.mark.engines("locks")


@pytest.fixture
def maker(browser):
    return browser("applicant")


@pytest.fixture
def draft(world):
    return world.case("draft")


def version_in(page: str) -> str:
    return re.search(r'name="version" type="hidden" value="(\d+)"', page)[1]


def carried(page: str) -> dict:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


def opened(client, case, section: str) -> str:
    """What the page carries of how things stood when it was opened."""
    page = client.get(address(case, f"/{section}")).text
    found = re.search(r'name="base" value="([^"]*)"', page)[1]
    return found.replace("&#34;", '"').replace("&amp;", "&")


def test_both_values_of_a_field_are_shown_and_one_is_chosen(draft, maker):
    base = opened(maker, draft, "parties")
    old = parties(draft, **{"producer-name": "我填的名称", "base": base})
    maker.post(address(draft, "/parties"), data=parties(draft, **{"producer-name": "同事填的名称"}))
    answer = maker.post(address(draft, "/parties"), data=old)
    assert answer.status_code == 409
    assert "<title>错误：两个人改了同一处" in answer.text
    for said in ("内容已被改动", "我填的名称", "同事填的名称", "生产者名称", "保存过"):
        assert said in answer.text
    assert answer.text.count('name="clash"') == 1
    assert reload(draft).producer["name"] == "同事填的名称"
    chosen = old | {"version": version_in(answer.text), "clash": "producer-name"}
    for side, kept in (("theirs", "同事填的名称"), ("mine", "我填的名称")):
        sent = chosen | {"version": draft.application.version, "pick-producer-name": side}
        assert maker.post(address(draft, "/parties"), data=sent).status_code == 302
        assert reload(draft).producer["name"] == kept


def test_a_clash_that_is_not_decided_is_asked_again_and_nothing_is_saved(draft, maker):
    sent = parties(draft, **{"producer-name": "我填的名称", "clash": "producer-name"})
    answer = maker.post(address(draft, "/parties"), data=sent)
    assert answer.status_code == 422
    assert sentence("clash-undecided") in answer.text
    assert carried(answer.text)["producer-name"] == "我填的名称"
    assert reload(draft).producer["name"] != "我填的名称"


def test_what_only_one_of_the_two_changed_is_settled_beforehand(draft, maker):
    base = opened(maker, draft, "product")
    old = product(draft, trademark="我的商标", base=base)
    maker.post(address(draft, "/product"), data=product(draft, series="同事的系列"))
    page = maker.post(address(draft, "/product"), data=old)
    assert page.status_code == 409
    assert "您没有改过这一处" in page.text
    assert "只有您改过这一处" in page.text
    assert len(re.findall(r'type="radio"[^>]* checked', page.text)) == 2
    chosen = {"clash": ["trademark", "series"], "pick-trademark": "mine", "pick-series": "theirs"}
    sent = old | chosen | {"version": reload(draft).version}
    assert maker.post(address(draft, "/product"), data=sent).status_code == 302
    case = reload(draft)
    assert (case.trademark, case.series) == ("我的商标", "同事的系列")


@pytest.mark.parametrize(("side", "kept"), [("mine", ["MINE"]), ("theirs", ["THEIRS"])])
def test_lists_of_models_are_chosen_as_lists(draft, maker, side, kept):
    mine = {"product_name": "抛釉砖 YT-6015", "action": "next", "models-0-code": "MINE"}
    old = mine | {"version": draft.application.version}
    maker.post(address(draft, "/product"), data=old | {"models-0-code": "THEIRS"})
    page = maker.post(address(draft, "/product"), data=old)
    assert page.status_code == 409
    assert "THEIRS" in page.text
    sent = mine | {"version": reload(draft).version, "clash": "models", "pick-models": side}
    assert maker.post(address(draft, "/product"), data=sent).status_code == 302
    assert [model.code for model in reload(draft).models] == kept


def test_a_third_save_meanwhile_is_a_conflict_again(draft, maker):
    mine = parties(draft, **{"producer-name": "我的"})
    maker.post(address(draft, "/parties"), data=parties(draft, **{"producer-name": "第二人"}))
    page = maker.post(address(draft, "/parties"), data=mine)
    reload(draft)
    maker.post(address(draft, "/parties"), data=parties(draft, **{"producer-name": "第三人"}))
    picks = {"clash": "producer-name", "pick-producer-name": "mine", "version": version_in(page.text)}
    again = maker.post(address(draft, "/parties"), data=mine | picks)
    assert again.status_code == 409
    assert "第三人" in again.text
    assert reload(draft).producer["name"] == "第三人"


def test_a_base_somebody_made_up_harms_nothing(draft, maker):
    for base in ("[]", "{", json.dumps({"producer-name": 5})):
        sent = parties(draft, **{"producer-name": "我的", "base": base, "version": 0})
        assert maker.post(address(draft, "/parties"), data=sent).status_code == 409


# Activity data


def test_rows_two_people_left_differently_are_shown_beside_each_other(draft, maker):
    old = grid(draft, **{"rows-0-quantity": "7", "output_amount": "2"})
    maker.post(address(draft, "/inventory"), data=grid(draft, **{"rows-0-quantity": "9"}))
    answer = maker.post(address(draft, "/inventory"), data=old)
    assert answer.status_code == 409
    for said in ("内容已被改动", "活动量 7", "活动量 9", "坯料", "产量"):
        assert said in answer.text
    assert answer.text.count('name="clash"') == 2
    picks = {"clash": ["output_amount", "row-0-0"], "pick-output_amount": "mine", "pick-row-0-0": "theirs"}
    sent = old | picks | {"version": reload(draft).inventory.version}
    assert maker.post(address(draft, "/inventory"), data=sent).status_code == 302
    inventory = reload(draft).inventory
    assert (str(inventory.output_amount), str(inventory.rows[0].quantity)) == ("2", "9")


@pytest.mark.parametrize(
    ("side", "names"), [("mine", ["坯料", "烧成用天然气"]), ("theirs", ["坯料", "烧成用天然气", "同事加的"])]
)
def test_a_row_a_colleague_added_is_kept_or_not_as_one_chooses(draft, maker, side, names):
    old = grid(draft)
    added = {"rows-2-stage": "use", "rows-2-name": "同事加的"}
    maker.post(address(draft, "/inventory"), data=grid(draft, **added))
    answer = maker.post(address(draft, "/inventory"), data=old)
    assert "同事加的" in answer.text
    assert "（没有这一行）" in answer.text
    picks = {"clash": "row-2-x", "pick-row-2-x": side, "version": reload(draft).inventory.version}
    assert maker.post(address(draft, "/inventory"), data=old | picks).status_code == 302
    assert [row.name for row in reload(draft).inventory.rows] == names
