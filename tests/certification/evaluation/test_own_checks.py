"""What a body adds to the checklists of a rule is asked in its cases as its own, and kept in its words."""

import pytest

from accounts.operations import create_token
from certification.application.words.anchors import anchor_text
from certification.notices.row import at
from certification.workflow.checks import own_slug
from core import lifecycle
from core.db import db
from core.errors import Unmet
from tests.certification.lists import CONDITIONS, SITE_CHECKS, confirmed
from tests.registers.adopting import in_force
from tests.support import rules

ASKED = "核对进厂原料台账与过磅单"
SLUG = own_slug(ASKED)
SAID = {"name": ASKED, "name_en": ASKED, "body": "示例认证中心"}
RULED = {"slug": "weld", "names": {"zh": "焊缝核对", "en": "Welds"}}


@pytest.fixture
def caller(client, world):
    """caller(role): ask the API in the name of whoever holds the role."""

    def call(role, method, path, **more):
        secret = create_token(world.actor(role), "test")[1]
        db.session.commit()
        headers = {"Authorization": f"Bearer {secret}"}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)

    return call


@pytest.fixture
def adds(world):
    def write(**lists):
        made = in_force(world, checklists=lists)
        db.session.commit()
        return made

    return write


def answer(slug=SLUG, finding="conform", note=""):
    return {"slug": slug, "finding": finding, "note": note}


def refused(world, case, step, role, **facts):
    with pytest.raises(Unmet) as refusal:
        lifecycle.take(case, step, world.actor(role), **facts)
    return refusal.value.slug


STEPS = [
    ("documents", "evaluating", "review_documents", "document_reviewer",
     {"result": "pass", "findings": "已核对"}, "document_review"),
    ("review", "in_review", "recommend", "technical_reviewer",
     {"recommendation": "grant", "text": "已复核"}, "review"),
]  # fmt: skip


def test_acceptance_asks_what_the_body_adds_beside_the_rule_and_keeps_its_words(world, adds, browser):
    case = world.case("submitted").application
    adds(acceptance=[ASKED])
    wanting = refused(world, case, "accept", "application_reviewer", conditions=confirmed())
    assert wanting == "conditions-unconfirmed"
    page = browser("application_reviewer").get(f"/certification/reviews/{case.id}?step=accept").text
    assert ASKED in page
    assert "示例认证中心增加" in page
    lifecycle.take(
        case, "accept", world.actor("application_reviewer"), conditions=confirmed(*CONDITIONS, SLUG)
    )
    assert case.acceptance["said"][-1] == {
        "slug": SLUG,
        **SAID,
        "note": "与登记信息一致",
        "evidence": "登记系统查询",
    }
    assert "body" not in case.acceptance["said"][0]


@pytest.mark.parametrize(("name", "state", "step", "role", "facts", "record"), STEPS)
def test_reviews_ask_and_demand_what_the_body_adds(
    world, adds, browser, name, state, step, role, facts, record
):
    case = world.case(state).application
    rules.amend(world.scheme, parts={"checklists": {name: [RULED]}})
    adds(**{name: [ASKED]})
    ruled = answer("weld")
    for items in ([ruled], [ruled, answer(finding="")], [ruled, answer("own-0000000000000000")]):
        assert refused(world, case, step, role, **facts, items=items) == "checklist-unanswered"
    major = [ruled, answer(finding="major", note="对不上")]
    assert refused(world, case, step, role, **facts, items=major) == "checklist-major-open"
    page = browser(role).get(f"/certification/reviews/{case.id}?step={step}").text
    assert page.index("焊缝核对") < page.index(ASKED) < page.index("示例认证中心增加")
    lifecycle.take(
        case, step, world.actor(role), **facts, items=[ruled, answer(finding="minor", note="缺一张")]
    )
    kept = getattr(case, record).items
    assert kept[1] == answer(finding="minor", note="缺一张") | SAID
    assert "body" not in kept[0]


def test_a_visit_asks_what_the_body_adds_at_every_site_and_findings_hang_on_it(world, adds, browser):
    made = world.case("evaluating")
    case = made.application
    adds(site=[ASKED])
    made.review_documents()
    with pytest.raises(Unmet) as refusal:
        made.visit()
    assert refusal.value.slug == "site-check-unanswered"
    page = browser("lead_verifier").get(f"/certification/reviews/{case.id}/inspect").text
    assert f"8　{ASKED}" in page
    assert "示例认证中心增加" in page
    assert anchor_text(case, SLUG) == ASKED
    assert at(case, SLUG)["zh"] == ASKED


def test_a_record_says_whose_check_it_was_after_the_body_took_it_off_its_list(world, adds, browser):
    case = world.case("evaluating").application
    adds(documents=[ASKED])
    facts = {"result": "pass", "findings": "已核对"}
    lifecycle.take(case, "review_documents", world.actor("document_reviewer"), **facts, items=[answer()])
    adds(documents=["另一项"])
    page = browser("document_reviewer").get(f"/certification/reviews/{case.id}").text
    assert ASKED in page
    assert "示例认证中心增加" in page
    assert anchor_text(case, SLUG) == ASKED
    lifecycle.take(
        case,
        "review_documents",
        world.actor("document_reviewer"),
        **facts,
        items=[answer(own_slug("另一项"))],
    )


def test_an_answer_stays_with_its_item_when_the_list_changes_while_the_page_is_open(world, adds, browser):
    case = world.case("evaluating").application
    adds(documents=["甲", "乙"])
    client, address = browser("document_reviewer"), f"/certification/reviews/{case.id}"
    assert f'value="{own_slug("甲")}"' in client.get(f"{address}?step=review_documents").text
    data = {"version": case.version, "result": "pass", "findings": "已核对"}
    for place, (text, note) in enumerate((("甲", "看过甲"), ("乙", "看过乙"))):
        row = {"about": own_slug(text), "finding": "conform", "note": note}
        data |= {f"items-{place}-{name}": said for name, said in row.items()}
    adds(documents=["丙", "乙"])
    again = client.post(f"{address}/review_documents", data=data)
    assert again.status_code == 422
    assert "看过乙" in again.text
    assert "看过甲" not in again.text
    data |= {"items-0-about": own_slug("丙"), "items-0-note": "看过丙"}
    assert client.post(f"{address}/review_documents", data=data).status_code == 302
    db.session.refresh(case)
    assert [(item["name"], item["note"]) for item in case.document_review.items] == [
        ("丙", "看过丙"),
        ("乙", "看过乙"),
    ]


def test_another_body_and_an_adoption_that_is_not_in_force_ask_nothing(world, adds):
    case = world.case("evaluating").application
    made = adds(documents=[ASKED])
    made.scheme_code = "another-rule"
    db.session.flush()
    db.session.refresh(case)
    facts = {"result": "pass", "findings": "已核对", "items": []}
    lifecycle.take(case, "review_documents", world.actor("document_reviewer"), **facts)
    assert case.document_review.items == []


def test_programs_read_what_is_asked_and_are_refused_as_the_page_is(world, adds, caller):
    case = world.case("submitted").application
    adds(acceptance=[ASKED], site=[ASKED])
    place = f"applications/{case.id}"
    lists = caller("application_reviewer", "GET", f"/{place}/checklists").json
    assert [line["slug"] for line in lists["site"]] == [*SITE_CHECKS, SLUG]
    own = {"slug": SLUG, **SAID, "guidance": "", "guidance_en": "", "major": "", "major_en": ""}
    assert lists["acceptance"][-1] == own
    assert {line["body"] for line in lists["acceptance"][:-1]} == {""}
    assert caller("applicant", "GET", f"/{place}/checklists").status_code == 404
    asked = {"conditions": confirmed()}
    no = caller("application_reviewer", "POST", f"/{place}/accept", json=asked)
    assert "conditions-unconfirmed" in no.text
    yes = caller(
        "application_reviewer",
        "POST",
        f"/{place}/accept",
        json=asked | {"conditions": confirmed(*CONDITIONS, SLUG)},
    )
    assert yes.json["state"] == "accepted"
