"""Checklists are data of a scheme: what it lists is asked, guided, answered and kept in its words."""

import pytest

from certification.application.words.anchors import anchor_text
from core import lifecycle
from core.db import db
from core.errors import Unmet
from tests.certification.lists import CONDITIONS, confirmed
from tests.support import rules

WELD = {
    "slug": "weld",
    "names": {"zh": "焊缝核对", "en": "Welds"},
    "guidance": {"zh": "抽三处", "en": "Look at three"},
    "major": {"zh": "有裂缝", "en": "A crack"},
}
PAINT = {"slug": "coat", "names": {"zh": "涂层核对", "en": "Coating"}}


def listed(world, name, *items):
    rules.amend(world.scheme, parts={"checklists": {name: list(items)}})
    db.session.commit()


def answer(slug="weld", finding="conform", note=""):
    return {"slug": slug, "finding": finding, "note": note}


@pytest.fixture
def take(world):
    def act(case, step, role, **facts):
        lifecycle.take(case, step, world.actor(role), **facts)

    return act


@pytest.fixture
def no(take):
    def act(*what, **facts):
        with pytest.raises(Unmet) as refusal:
            take(*what, **facts)
        return refusal.value.slug

    return act


# Acceptance


def test_the_conditions_of_acceptance_are_those_of_the_scheme_and_kept_in_their_words(world, take, no):
    listed(world, "acceptance", WELD, PAINT)
    case = world.case("submitted").application
    for given in (["weld"], CONDITIONS, ["weld", "coat", "stray"]):
        said = confirmed(*given)
        assert no(case, "accept", "application_reviewer", conditions=said) == "conditions-unconfirmed"
    take(case, "accept", "application_reviewer", conditions=confirmed("weld", "coat"))
    seen = {"note": "与登记信息一致", "evidence": "登记系统查询"}
    said = [{"slug": "weld", "name": "焊缝核对", "name_en": "Welds", **seen}]
    said += [{"slug": "coat", "name": "涂层核对", "name_en": "Coating", **seen}]
    assert case.acceptance["said"] == said


def test_the_page_of_acceptance_lists_what_the_scheme_lists(world, browser):
    listed(world, "acceptance", WELD)
    case = world.case("submitted").application
    page = browser("application_reviewer").get(f"/certification/reviews/{case.id}?step=accept").text
    assert "焊缝核对" in page
    assert "均为依法登记的法人" not in page


# Documents and review


STEPS = [
    ("documents", "evaluating", "review_documents", "document_reviewer",
     {"result": "pass", "findings": "已核对"}),
    ("review", "in_review", "recommend", "technical_reviewer",
     {"recommendation": "grant", "text": "已复核"}),
]  # fmt: skip
BAD = [
    ([], "checklist-unanswered"),
    ([answer("stray")], "checklist-unanswered"),
    ([answer(), answer()], "checklist-unanswered"),
    ([answer(finding="")], "checklist-unanswered"),
    ([answer(finding="minor")], "site-finding-without-fact"),
    ([answer(finding="major", note="有裂缝")], "checklist-major-open"),
]


# rule 38
@pytest.mark.parametrize(("name", "state", "step", "role", "facts"), STEPS)
def test_each_item_is_answered_once_and_nothing_major_goes_through(
    world, take, no, name, state, step, role, facts
):
    case = world.case(state).application
    listed(world, name, WELD)
    for items, slug in BAD:
        assert no(case, step, role, **facts, items=items) == slug
    take(case, step, role, **facts, items=[answer(finding="minor", note="一处气孔")])
    kept = (case.document_review if name == "documents" else case.review).items
    assert kept == [answer(finding="minor", note="一处气孔") | {"name": "焊缝核对", "name_en": "Welds"}]


@pytest.mark.parametrize(("name", "state", "step", "role", "facts"), STEPS)
def test_the_page_asks_each_item_with_its_guidance_and_refuses_at_its_form(
    world, browser, name, state, step, role, facts
):
    case = world.case(state).application
    listed(world, name, WELD)
    client, address = browser(role), f"/certification/reviews/{case.id}"
    page = client.get(f"{address}?step={step}").text
    for text in ("焊缝核对", "抽三处", "严重：有裂缝"):
        assert text in page
    data = {"version": case.version, **facts, "items-0-note": ""}
    again = client.post(f"{address}/{step}", data=data)
    assert (again.status_code, "核查表的每一项都要写结论" in again.text) == (422, True)
    taken = client.post(f"{address}/{step}", data=data | {"items-0-finding": "conform"})
    assert taken.status_code == 302


def test_a_scheme_without_lists_of_its_own_asks_nothing_new(world, take):
    case = world.case("evaluating").application
    take(case, "review_documents", "document_reviewer", result="pass", findings="已核对")
    assert case.document_review.items == []


# The visit


def test_the_visit_looks_at_what_the_scheme_lists(world, browser):
    listed(world, "site", WELD, PAINT)
    case = world.case("evaluating").application
    page = browser("lead_verifier").get(f"/certification/reviews/{case.id}/inspect").text
    assert page.count("抽三处") == 1
    assert "1　焊缝核对" in page
    assert "2　涂层核对" in page
    assert "能源与物料平衡" not in page


def test_a_record_keeps_what_an_item_was_called_on_its_day(world):
    case = world.case("in_review").application
    assert case.site.items[0]["name"] == "工艺流程与申报文件一致"
    assert anchor_text(case, "energy_material_balance") == "能源与物料平衡"
    listed(world, "site", WELD)
    assert anchor_text(case, "weld") == "焊缝核对"
