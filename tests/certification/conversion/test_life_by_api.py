"""The life of a draft by programs: reviewed, shown to all, answered, approved by two, published."""

import html
from datetime import timedelta
from io import BytesIO

import pytest

from accounts import operations as accounts
from accounts.actor import SYSTEM
from core import clock
from core.clock import today
from core.db import db
from core.words import sentence
from schemes import operations as register
from schemes import queries as rules
from schemes.document import read
from schemes.drafts.models import RuleDraft
from schemes.drafts.shapes import ASKS
from schemes.drafts.workflow import COMMENT, DRAFT
from tests import factories
from tests.certification.world import PDF
from tests.schemes.drafting import advanced, draft, said
from tests.schemes.examples import tyre

DAY = timedelta(days=1)
AHEAD = (("/identity/code", "lc-tyre"), ("/identity/effective_from", "2031-01-01"))


@pytest.fixture
def office(db):
    house = factories.organisation("regulator")
    names = ("rule_author", "rule_approver", "rule_approver", "rule_author")
    return [factories.user(house, role) for role in names]


@pytest.fixture
def caller(client):
    secrets = {}

    def call(user, method, path, status=200, **more):
        if user.id not in secrets:
            secrets[user.id] = accounts.create_token(user.memberships[0].actor(), "test")[1]
            db.session.commit()
        headers = {"Authorization": f"Bearer {secrets[user.id]}"} | more.pop("headers", {})
        answer = client.open(f"/api/v1{path}", method=method, headers=headers, **more)
        assert answer.status_code == status, answer.json
        return answer.json

    return call


@pytest.fixture
def stands(office):
    """stands(place): a draft that has come so far."""

    def make(place):
        author, *approvers = (each.memberships[0].actor() for each in office[:3])
        made = advanced(draft(author, f"lc-{place}"), author, approvers, place)
        db.session.commit()
        return made

    return make


def rels(found):
    return {link["rel"] for link in found["links"]}


def test_a_rule_is_brought_from_an_empty_draft_to_its_publication(caller, office, world):
    author, first, second, _other = office
    made = caller(author, "POST", "/rule-drafts", 201, json={})
    place = f"/rule-drafts/{made['id']}"
    written = {"version": made["version"], "document": tyre(*AHEAD)}
    made = caller(author, "PUT", place, json=written)
    assert (made["state_name"], rels(made)) == ("起草中", {"submit", "withdraw"})

    def take(who, step, at=place, **given):
        seen = caller(who, "GET", at)["version"]
        return caller(who, "POST", f"{at}/{step}", json={"version": seen, **given})

    sent = take(author, "submit", summary="新规则")
    assert (sent["state"], sent["summary"]) == ("review", "新规则")
    last = today() + timedelta(days=40)
    days = {"comment_from": today().isoformat(), "comment_to": last.isoformat()}
    shown = take(first, "open_comment", **days)
    assert {name: shown[name] for name in days} == days
    brought = {"text": "请延长过渡期。", "place": "/transition", "name": "某轮胎厂", "anonymous": True}
    maker = world.people["applicant"]
    number = caller(maker, "POST", f"{place}/comments", 201, json=brought)["number"]
    (kept,) = caller(first, "GET", f"{place}/comments")["items"]
    assert (kept["number"], kept["name"], kept["text"]) == (number, "某轮胎厂", "请延长过渡期。")
    assert rels(kept) == {"show", "hide", "answer"}
    at = f"/rule-comments/{kept['id']}"
    assert caller(maker, "GET", f"{place}/public-comments")["items"] == []
    assert take(first, "show", at)["state"] == "shown"
    assert caller(author, "GET", place)["unanswered"] == 1
    assert take(first, "answer", at, adopted="adopted", answer="改为两年。")["state"] == "answered"
    (public,) = caller(maker, "GET", f"{place}/public-comments")["items"]
    assert (public["name"], public["text"], public["answer"]) == ("", "请延长过渡期。", "改为两年。")
    with clock.travel(last + DAY):
        take(first, "close_comment")
        take(author, "ask_approval")
        assert take(first, "approve")["approvals"] == 1
        assert take(second, "approve")["approvals"] == 2
        done = take(second, "publish")
    assert (done["state"], done["published"], done["links"]) == ("published", "2027", [])
    assert rules.version("lc-tyre", "2027").effective_from.isoformat() == "2031-01-01"


@pytest.mark.parametrize(
    ("place", "who", "step", "given", "status", "slug"),
    [
        ("drafted", 0, "submit", {}, 422, "rule-summary-missing"),
        ("drafted", 1, "submit", {"summary": "新"}, 403, "role-not-held"),
        ("drafted", 0, "withdraw", {}, 422, "reason-missing"),
        ("drafted", 1, "approve", {}, 409, "step-out-of-order"),
        ("reviewed", 1, "send_back", {}, 422, "reason-missing"),
        ("reviewed", 1, "open_comment", {}, 422, "rule-comment-dates-missing"),
        ("reviewed", 1, "open_comment", {"comment_from": "soon"}, 422, "body-invalid"),
        ("commented", 1, "close_comment", {}, 422, "rule-comment-open"),
        ("waiting", 0, "approve", {}, 403, "role-not-held"),
        ("waiting", 1, "publish", {}, 422, "rule-approvals-missing"),
        ("approved", 1, "approve", {}, 422, "rule-approved-once"),
        ("approved", 1, "publish", {"convert_by": "x"}, 422, "body-invalid"),
    ],
)
def test_what_the_page_refuses_is_refused_to_programs(
    caller, office, stands, place, who, step, given, status, slug
):
    found = stands(place)
    sent = {"version": found.version} | given
    answer = caller(office[who], "POST", f"/rule-drafts/{found.id}/{step}", status, json=sent)
    slugs = {answer["slug"], *(each["slug"] for each in answer.get("unmet", []))}
    assert slug in slugs, answer
    db.session.expire_all()
    assert db.session.get(RuleDraft, found.id).version == sent["version"]


def test_a_comment_period_that_is_too_short_or_begins_in_the_past_is_refused(caller, office, stands):
    found = stands("reviewed")
    for first, last in ((today(), today() + 3 * DAY), (today() - DAY, today() + 90 * DAY)):
        sent = {"version": found.version, "comment_from": first.isoformat(), "comment_to": last.isoformat()}
        answer = caller(office[1], "POST", f"/rule-drafts/{found.id}/open_comment", 422, json=sent)
        assert [each["slug"] for each in answer["unmet"]] == ["rule-comment-too-short"]


# The version that was read


@pytest.mark.parametrize(("version", "status"), [(99, 409), (None, 422), ("x", 422), ([1], 422), (True, 422)])
def test_nobody_decides_on_a_text_that_they_did_not_read(caller, office, stands, version, status):
    found = stands("waiting")
    sent = {} if version is None else {"version": version}
    answer = caller(office[1], "POST", f"/rule-drafts/{found.id}/approve", status, json=sent)
    assert answer["slug"] == ("page-is-stale" if status == 409 else "body-invalid")
    assert caller(office[1], "GET", f"/rule-drafts/{found.id}")["approvals"] == 0


def test_a_text_that_was_changed_since_is_not_approved_for_the_old_one(caller, office, stands):
    found = stands("waiting")
    author, approver, place = office[0], office[1], f"/rule-drafts/{found.id}"
    read = caller(approver, "GET", place)
    back = caller(author, "POST", f"{place}/return", json={"version": read["version"], "reason": "错字"})
    changed = read["document"] | {"transition": {"months": 24}}
    kept = caller(author, "PUT", place, json={"version": back["version"], "document": changed})
    caller(author, "POST", f"{place}/ask_approval", json={"version": kept["version"]})
    late = caller(approver, "POST", f"{place}/approve", 409, json={"version": read["version"]})
    assert late["slug"] == "page-is-stale"


def test_a_comment_is_answered_on_the_version_that_was_read(caller, office, stands):
    found = said(stands("commented"))
    db.session.commit()
    sent = {"version": found.version + 1, "adopted": "noted", "answer": "已记录。"}
    late = caller(office[1], "POST", f"/rule-comments/{found.id}/answer", 409, json=sent)
    assert late["slug"] == "page-is-stale"


def test_a_step_that_is_sent_again_by_its_key_is_done_once(caller, office, stands):
    found = stands("drafted")
    sent = {
        "json": {"version": found.version, "summary": "新规则"},
        "headers": {"Idempotency-Key": "draft-0001"},
    }
    answers = [caller(office[0], "POST", f"/rule-drafts/{found.id}/submit", **sent) for _time in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["state"] == "review"


# Who may


def test_a_stranger_meets_no_draft_and_no_comment(caller, office, stands, world):
    found = stands("commented")
    remark = said(found)
    db.session.commit()
    other = factories.user(factories.organisation("regulator"), "rule_approver")
    for stranger in (other, world.people["applicant"]):
        sent = {"json": {"version": found.version}}
        caller(stranger, "POST", f"/rule-drafts/{found.id}/close_comment", 404, **sent)
        caller(stranger, "GET", f"/rule-drafts/{found.id}/comments", 404)
        caller(stranger, "GET", f"/rule-comments/{remark.id}", 404)
        caller(stranger, "POST", f"/rule-comments/{remark.id}/show", 404, json={"version": 1})


def test_what_is_hidden_is_named_with_its_ground_and_not_quoted(caller, office, stands, client):
    found = stands("commented")
    remark = said(found)
    db.session.commit()
    sent = {"version": remark.version, "reason": "与规则无关"}
    caller(office[1], "POST", f"/rule-comments/{remark.id}/hide", json=sent)
    (public,) = client.get(f"/api/v1/rule-drafts/{found.id}/public-comments").json["items"]
    assert (public["text"], public["ground"], public["state"]) == ("", "与规则无关", "hidden")


@pytest.mark.parametrize(
    ("place", "status", "slug"),
    [("closed", 409, "rule-comment-closed"), ("reviewed", 404, "rule-draft-not-found")],
)
def test_a_comment_comes_while_its_period_runs(caller, stands, world, place, status, slug):
    found, asked = stands(place), {"text": "意见", "name": "某人"}
    answer = caller(
        world.people["applicant"], "POST", f"/rule-drafts/{found.id}/comments", status, json=asked
    )
    assert answer["slug"] == slug


@pytest.mark.parametrize(("missing", "slug"), [("text", "text-missing"), ("name", "rule-name-missing")])
def test_a_comment_says_something_and_by_whom(caller, stands, world, missing, slug):
    found, asked = stands("commented"), {"text": "意见", "name": "某人", missing: " "}
    answer = caller(world.people["applicant"], "POST", f"/rule-drafts/{found.id}/comments", 422, json=asked)
    assert answer["fields"][f"/{missing}"]["slug"] == slug


# Files, and a run of it


def test_a_form_is_handed_in_for_a_kind_of_file(caller, office, stands):
    found = stands("drafted")

    def send(kind, version, status, content=PDF, name="表.pdf"):
        data = {"version": str(version), "upload": (BytesIO(content), name)}
        return caller(office[0], "POST", f"/rule-drafts/{found.id}/blanks/{kind}", status, data=data)

    assert send("stray", found.version, 422)["slug"] == "file-kind-unknown"
    assert send("application_form", found.version + 1, 409)["slug"] == "page-is-stale"
    assert send("application_form", found.version, 422, b"x")["slug"] != "body-invalid"
    kept = send("application_form", found.version, 200)
    kinds = {each["slug"]: each for each in kept["document"]["documents"]}
    assert kinds["application_form"]["blank"] == "表.pdf"


def test_a_dry_run_is_begun_and_read(caller, office, stands):
    found = stands("drafted")
    begun = caller(office[0], "POST", f"/rule-drafts/{found.id}/dry-run", 202)
    assert (begun["finished_at"], begun["stale"]) == (None, False)
    assert caller(office[1], "GET", f"/rule-drafts/{found.id}/dry-run")["digest"] == begun["digest"]
    empty = caller(office[0], "POST", "/rule-drafts", 201, json={})
    refused = caller(office[0], "POST", f"/rule-drafts/{empty['id']}/dry-run", 422)
    assert refused["slug"] == "rule-document-faulty"


def test_every_step_of_a_draft_and_of_a_comment_has_an_address_that_asks_for_the_version(client, db):
    document = client.get("/api/v1/openapi.json").json
    for collection, law in (("rule-drafts", DRAFT), ("rule-comments", COMMENT)):
        assert {name for machine, name in ASKS if machine is law} == set(law.steps)
        for name in law.steps:
            asked = document["paths"][f"/api/v1/{collection}/{{subject_id}}/{name}"]["post"]["requestBody"]
            ref = asked["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            assert "version" in document["components"]["schemas"][ref]["required"], name


# What no rule may be, at its last door


def test_a_day_that_has_passed_is_not_published(caller, office, stands):
    found = stands("approved")
    with clock.travel(found.effective_from):
        sent = {"version": found.version}
        answer = caller(office[1], "POST", f"/rule-drafts/{found.id}/publish", 422, json=sent)
    assert [each["slug"] for each in answer["unmet"]] == ["rule-effective-past"]
    assert not rules.is_known(found.code, "2027")


def test_a_version_is_not_published_twice(caller, office, stands):
    found = stands("approved")
    register.take(read(found.document), SYSTEM)
    db.session.commit()
    answer = caller(
        office[1], "POST", f"/rule-drafts/{found.id}/publish", 422, json={"version": found.version}
    )
    assert [each["slug"] for each in answer["unmet"]] == ["version-published-twice"]
    assert caller(office[1], "GET", f"/rule-drafts/{found.id}")["state"] == "approval"


def test_of_two_authors_at_once_the_later_is_told_and_the_text_of_the_first_stands(caller, office, stands):
    found, place = stands("drafted"), "/rule-drafts/{}"
    first, second = office[0], office[3]
    read_by_both = caller(first, "GET", place.format(found.id))
    for who, name, status in ((first, "甲的名字", 200), (second, "乙的名字", 409)):
        document = tyre(*AHEAD, ("/identity/names/zh", name))
        sent = {"version": read_by_both["version"], "document": document}
        answer = caller(who, "PUT", place.format(found.id), status, json=sent)
    assert answer["slug"] == "page-is-stale"
    stands_now = caller(second, "GET", place.format(found.id))["document"]
    assert stands_now["identity"]["names"]["zh"] == "甲的名字"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_the_same_of_a_day_that_has_passed_and_of_a_version_published_twice(
    app, office, stands, sign_in, language
):
    found = stands("approved")
    browser, address = sign_in(app.test_client(), office[1]), f"/rules/drafts/{found.id}/steps/publish"
    with clock.travel(found.effective_from):
        late = browser.post(f"{address}?lang={language}", data={"version": found.version})
    register.take(read(found.document), SYSTEM)
    db.session.commit()
    twice = browser.post(f"{address}?lang={language}", data={"version": found.version})
    for answer, slug in ((late, "rule-effective-past"), (twice, "version-published-twice")):
        assert answer.status_code == 422
        with app.test_request_context(f"/?lang={language}"):
            assert sentence(slug) in html.unescape(answer.text), slug
    db.session.expire_all()
    assert db.session.get(RuleDraft, found.id).state == "approval"
