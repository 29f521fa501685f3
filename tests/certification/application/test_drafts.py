"""Drafts never lost: what is typed is kept while it is typed, offered back, and gone once handed in."""

from datetime import timedelta

import pytest

from accounts.models import HeldForm
from certification.application.models import Draft
from certification.application.operations.drafts import MOST, draft_of, drop_old_drafts, keep_draft
from core.clock import now, travel
from core.db import db
from core.errors import Invalid, NotPermitted
from core.words import sentence
from tests import factories
from tests.certification.application.test_corrections import address, grid, parties, points_on, product
from tests.certification.world import reload

KEEP = "/certification/drafts/"
JSON = {"Accept": "application/json"}


def place(case, form: str) -> str:
    return f"application/{case.id}/{form}"


def kept(world, role: str, case, form: str) -> dict | None:
    found = draft_of(world.actor(role), place(case, form))
    return dict(map(tuple, found.fields)) if found else None


# Keeping


# ask 1
@pytest.mark.parametrize(
    ("state", "role", "step", "field"),
    [
        ("draft", "applicant", "parties", "producer-name"),
        ("draft", "applicant", "product", "product_name"),
        ("draft", "applicant", "inventory", "rows-0-name"),
        ("submitted", "application_reviewer", "correct", "points-0-text"),
        ("submitted", "application_reviewer", "decline", "reason"),
        ("evaluating", "document_reviewer", "review_documents", "findings"),
        ("evaluating", "lead_verifier", "verify_site", "items-0-note"),
        ("in_review", "technical_reviewer", "recommend", "text"),
        ("pending_decision", "decision_maker", "grant", "reason"),
    ],
)
def test_every_long_text_is_kept_while_it_is_typed_the_reviewers_too(
    world, browser, state, role, step, field
):
    case = world.case(state)
    page = pages(case, step)
    shown = browser(role).get(page).text
    assert f'name="draft" value="{place(case, step)}"' in shown
    typed = {field: "写了很久的话"} | ({"rows-0-stage": "use"} if step == "inventory" else {})
    sent = typed | {"draft": place(case, step), "csrf_token": "x"}
    answer = browser(role).post(KEEP, data=sent, headers=JSON)
    assert answer.status_code == 200
    assert len(answer.json["saved_at"]) == 5
    assert kept(world, role, case, step) == typed
    offered = browser(role).get(page).text
    assert "写了很久的话" in offered if step == "correct" else "填的内容没有提交，还在" in offered
    back = browser(role).get(f"{page}{'&' if '?' in page else '?'}restore=1").text
    assert "写了很久的话" in back
    assert "已恢复您" in back


def pages(case, step: str) -> str:
    """Where the form of a section or a step stands."""
    if step in ("parties", "product", "inventory"):
        return address(case, f"/{step}")
    named = {"verify_site": "/inspect", "grant": "/decide"}
    return f"/certification/reviews/{case.id}{named.get(step, f'?step={step}')}"


# ask 1
def test_the_keeper_tells_when_the_sign_in_is_gone(world, client):
    answer = client.post(KEEP, data={"draft": "application/1/product", "product_name": "砖"}, headers=JSON)
    assert (answer.status_code, answer.json["slug"]) == (401, "sign-in-needed")
    assert db.session.query(HeldForm).count() == 0


def test_a_page_whose_sign_in_was_renewed_elsewhere_learns_its_token(world, csrf_app, browser):
    maker = browser("applicant")
    sent = {"draft": "application/1/product", "product_name": "砖"}
    late = maker.post(KEEP, data=sent, headers=JSON)
    assert (late.status_code, late.json["slug"]) == (400, "form-left-open")
    token = maker.get(f"{KEEP}token", headers=JSON).json["csrf_token"]
    assert maker.post(KEEP, data=sent | {"csrf_token": token}, headers=JSON).status_code == 200


def test_without_scripts_a_button_keeps_the_form(world, browser):
    case = world.case("draft")
    maker = browser("applicant")
    assert "保存草稿，不提交" in maker.get(address(case, "/product")).text
    came_from = {"Referer": f"http://localhost{address(case, '/product')}"}
    answer = maker.post(KEEP, data={"draft": place(case, "product"), "product_name": ""}, headers=came_from)
    assert answer.location == address(case, "/product")
    assert kept(world, "applicant", case, "product") == {"product_name": ""}


def test_where_one_is_led_back_to_is_a_page_of_this_site(world, browser):
    sent = {"draft": "application/1/product", "product_name": "砖"}
    answer = browser("applicant").post(KEEP, data=sent, headers={"Referer": "https://evil.example/x"})
    assert answer.location == "/"


def test_what_is_typed_again_takes_the_place_of_the_former(world):
    actor = world.actor("applicant")
    for text in ("一", "二"):
        keep_draft(actor, "application/1/product", [("product_name", text)])
    assert db.session.query(Draft).one().fields == [["product_name", "二"]]


def test_passwords_and_tokens_are_not_kept(world):
    sent = [("csrf_token", "x"), ("new-password", "x"), ("draft", "x"), ("reason", "话")]
    draft = keep_draft(world.actor("applicant"), "application/1/grant", sent)
    assert draft.fields == [["reason", "话"]]


@pytest.mark.parametrize(
    ("where", "fields", "slug"),
    [
        ("", [], "draft-place-unknown"),
        ("application/0/product", [], "draft-place-unknown"),
        ("application/1/../x", [], "draft-place-unknown"),
        ("application/1/product", [("a", "x" * (1024 * 1024))], "draft-too-large"),
    ],
)
def test_what_cannot_be_a_draft_is_refused(world, where, fields, slug):
    with pytest.raises(Invalid) as refused:
        keep_draft(world.actor("applicant"), where, fields)
    assert refused.value.slug == slug


def test_nobody_signed_in_keeps_nothing():
    with pytest.raises(NotPermitted):
        keep_draft(factories.paper_actor(id=None), "application/1/product", [])


def test_nobody_fills_the_house_with_drafts(world):
    actor = world.actor("applicant")
    for number in range(1, MOST + 3):
        keep_draft(actor, f"application/{number}/product", [("a", "b")])
    assert db.session.query(Draft).count() == MOST
    assert draft_of(actor, f"application/{MOST + 2}/product") is not None


def test_a_draft_is_for_its_author_alone(world, browser):
    case = world.case("in_review")
    world.grant("decision_maker", "technical_reviewer")
    keep_draft(world.actor("technical_reviewer"), place(case, "recommend"), [("text", "我的秘密")])
    db.session.commit()
    page = f"/certification/reviews/{case.id}?step=recommend&restore=1"
    assert "我的秘密" in browser("technical_reviewer").get(page).text
    assert "我的秘密" not in browser("decision_maker").get(page).text
    assert "我的秘密" not in browser("applicant").get(address(case)).text


# Coming back


# ask 2
def test_what_was_typed_on_an_older_version_comes_back_and_still_meets_the_conflict(world, browser):
    case = world.case("draft")
    maker = browser("applicant")
    mine = product(case, trademark="我的商标")
    maker.post(KEEP, data=mine | {"draft": place(case, "product")})
    maker.post(address(case, "/product"), data=product(case, trademark="同事的商标"))
    keep_draft(world.actor("applicant"), place(case, "product"), [(n, str(v)) for n, v in mine.items()])
    db.session.commit()
    back = maker.get(address(case, "/product?restore=1")).text
    assert 'value="我的商标"' in back
    answer = maker.post(address(case, "/product"), data=mine)
    assert answer.status_code == 409
    assert "同事的商标" in answer.text


# ask 3
@pytest.mark.parametrize(
    ("section", "typed", "said"),
    [
        ("parties", {"producer-uscc": "9132"}, "9132"),
        ("product", {"product_name": " ", "trademark": "云陶"}, "云陶"),
        ("inventory", {"rows-0-quantity": "很多"}, "很多"),
    ],
)
def test_save_and_exit_keeps_what_is_wrong_as_it_is(world, browser, section, typed, said):
    case = world.case("draft")
    fields = {"parties": parties, "product": product, "inventory": grid}[section](case, **typed)
    maker = browser("applicant")
    answer = maker.post(address(case, f"/{section}"), data=fields | {"action": "later"})
    assert (answer.status_code, answer.location) == (302, address(case))
    assert said in str(kept(world, "applicant", case, section))
    assert "的草稿没有保存" in maker.get(address(case)).text
    assert said in maker.get(address(case, f"/{section}?restore=1")).text


@pytest.mark.parametrize("section", ["parties", "product", "inventory"])
def test_what_was_saved_is_no_draft_any_more(world, browser, section):
    case = world.case("draft")
    fields = {"parties": parties, "product": product, "inventory": grid}[section](case)
    maker = browser("applicant")
    maker.post(KEEP, data=fields | {"draft": place(case, section)})
    assert kept(world, "applicant", case, section) is not None
    assert maker.post(address(case, f"/{section}"), data=fields).status_code == 302
    assert kept(world, "applicant", case, section) is None


def test_the_draft_of_a_step_goes_with_the_step_whichever_way_it_is_signed(world):
    case = world.case("pending_decision")
    keep_draft(world.actor("decision_maker"), place(case, "grant"), [("reason", "话")])
    case.take("refuse", "decision_maker", reason="数据无法核实。", signed=True)
    assert db.session.query(Draft).count() == 0


def test_a_step_that_was_refused_leaves_its_draft(world, browser):
    case = world.case("in_review")
    keep_draft(world.actor("technical_reviewer"), place(case, "recommend"), [("text", "话")])
    db.session.commit()
    sent = {"version": case.application.version, "text": "话"}
    assert browser("technical_reviewer").post(
        f"/certification/reviews/{case.id}/recommend", data=sent
    ).status_code == 422  # fmt: skip
    assert kept(world, "technical_reviewer", case, "recommend") == {"text": "话"}


def test_a_draft_can_be_dropped(world, browser):
    case = world.case("draft")
    maker = browser("applicant")
    maker.post(KEEP, data={"draft": place(case, "product"), "product_name": "砖"})
    came_from = {"Referer": f"http://localhost{address(case, '/product?a=1&restore=1')}"}
    answer = maker.post(f"{KEEP}drop", data={"draft": place(case, "product")}, headers=came_from)
    assert answer.location == address(case, "/product?a=1")
    assert kept(world, "applicant", case, "product") is None


def test_drafts_nobody_came_back_to_go(world):
    actor = world.actor("applicant")
    keep_draft(actor, "application/1/product", [("a", "b")])
    with travel(now() + timedelta(days=60)):
        keep_draft(actor, "application/2/product", [("a", "b")])
    with travel(now() + timedelta(days=91)):
        assert drop_old_drafts() == 1
    assert draft_of(actor, "application/2/product") is not None


# The list a reviewer collects while reading


def test_points_noted_while_reading_wait_in_one_list_until_it_is_sent(world, browser):
    case = world.case("submitted")
    reviewer = browser("application_reviewer")
    page = f"/certification/reviews/{case.id}"
    assert "记一条补正意见" in reviewer.get(f"{page}?tab=inventory").text
    for anchor, text in (("inventory.row:1", "补燃气结算单"), ("factory.address", "写到门牌号")):
        noted = reviewer.post(f"{page}/notes?tab=inventory", data={"anchor": anchor, "text": text})
        assert noted.status_code == 302
    listed = reviewer.get(f"{page}?step=correct").text
    assert "补燃气结算单" in listed
    assert "写到门牌号" in listed
    assert "写到门牌号" not in browser("applicant").get(address(case)).text
    sent = kept(world, "application_reviewer", case, "correct") | {"version": case.application.version}
    assert reviewer.post(f"{page}/correct", data=sent).status_code == 302
    assert [p.anchor for p in reload(case).points] == ["inventory.row:1", "factory.address"]
    assert db.session.query(Draft).count() == 0


def test_a_note_without_text_is_refused(world, browser):
    case = world.case("submitted")
    reviewer = browser("application_reviewer")
    answer = reviewer.post(f"/certification/reviews/{case.id}/notes", data={"anchor": "models", "text": " "})
    assert answer.status_code == 302
    assert sentence("note-empty") in reviewer.get(answer.location).text
    assert db.session.query(Draft).count() == 0


@pytest.mark.parametrize(
    ("role", "state", "status"),
    [
        ("applicant", "submitted", 403),
        ("decision_maker", "submitted", 403),
        ("application_reviewer", "accepted", 409),
    ],
)
def test_points_are_noted_by_who_may_send_them(world, browser, role, state, status):
    case = world.case(state)
    answer = browser(role).post(
        f"/certification/reviews/{case.id}/notes", data={"anchor": "models", "text": "补"}
    )
    assert answer.status_code == status


# A form left open overnight


LONG_FORMS = [
    ("/certification/applications/{id}/parties", "producer-name"),
    ("/certification/applications/{id}/product", "product_name"),
    ("/certification/applications/{id}/inventory", "rows-0-name"),
    ("/certification/applications/{id}/points", "point-1"),
    ("/certification/applications/{id}/recall", "reason"),
    ("/certification/reviews/{id}/correct", "points-0-text"),
    ("/certification/reviews/{id}/notes", "text"),
    ("/certification/reviews/{id}/decline", "reason"),
    ("/certification/reviews/{id}/review_documents", "findings"),
    ("/certification/reviews/{id}/verify_site", "items-0-note"),
    ("/certification/reviews/{id}/raise", "fact"),
    ("/certification/reviews/{id}/recommend", "text"),
    ("/certification/reviews/{id}/return", "reason"),
    ("/certification/reviews/{id}/grant", "reason"),
    ("/certification/reviews/{id}/refuse", "reason"),
    ("/certification/nonconformities/{id}/answer", "answer"),
    ("/certification/reviews/nonconformities/{id}/close", "reason"),
    ("/certification/drafts/", "reason"),
]


# ask 2
@pytest.mark.parametrize(("page", "field"), LONG_FORMS)
def test_every_long_form_left_open_overnight_survives_the_sign_in(client, db, page, field):
    answer = client.post(page.format(id=1), data={field: "写了一夜的话", "version": "1"})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    held = db.session.query(HeldForm).one()
    assert [field, "写了一夜的话"] in held.fields
    assert held.path == page.format(id=1)


def test_a_conflict_over_a_correction_shows_only_what_is_open(world, browser):
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=points_on("trademark"))
    old = product(case, trademark="我的", series="乱改")
    maker = browser("applicant")
    maker.post(address(case, "/product"), data=product(case, trademark="同事的"))
    answer = maker.post(address(case, "/product"), data=old)
    assert answer.status_code == 409
    assert answer.text.count('name="clash"') == 1
