"""Programs write drafts of rules; what a document may not be is refused at its place."""

import io
import json

import pytest

from accounts import operations as accounts
from core.db import db
from core.words import sentence
from schemes.drafts.models import RuleDraft
from tests import factories
from tests.schemes.examples import tyre
from tests.schemes.wrong import FAULTS

AHEAD = (("/identity/code", "lc-tyre"), ("/identity/effective_from", "2031-01-01"))


@pytest.fixture
def office(db):
    house = factories.organisation("regulator")
    return [factories.user(house, role) for role in ("rule_author", "rule_approver", "rule_approver")]


@pytest.fixture
def caller(client):
    secrets = {}

    def call(user, method, path, **more):
        if user.id not in secrets:
            secrets[user.id] = accounts.create_token(user.memberships[0].actor(), "test")[1]
            db.session.commit()
        headers = {"Authorization": f"Bearer {secrets[user.id]}"}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)

    return call


@pytest.fixture
def begun(caller, office):
    answer = caller(office[0], "POST", "/rule-drafts", json={})
    assert answer.status_code == 201, answer.json
    assert answer.headers["Location"].endswith(f"/rule-drafts/{answer.json['id']}")
    return answer.json


def written(caller, office, begun, *changes):
    asked = {"version": begun["version"], "document": tyre(*AHEAD, *changes)}
    return caller(office[0], "PUT", f"/rule-drafts/{begun['id']}", json=asked)


def test_what_is_handed_in_is_kept_whole(caller, office, begun):
    answer = written(caller, office, begun)
    assert (answer.status_code, answer.json["faults"], answer.json["code"]) == (200, [], "lc-tyre")
    assert answer.json["document"]["parameters"][0]["slug"] == "vehicle"
    listed = caller(office[1], "GET", "/rule-drafts").json
    assert [(each["state"], each["code"]) for each in listed["items"]] == [("draft", "lc-tyre")]


@pytest.mark.parametrize("name", FAULTS)
def test_what_no_rule_may_be_is_refused_at_its_place_and_nothing_is_kept(caller, office, begun, name):
    change, at, slug = FAULTS[name]
    answer = written(caller, office, begun, change)
    assert (answer.status_code, answer.json["slug"]) == (422, "scheme-document-wrong")
    assert answer.json["fields"][f"/document{at}"]["slug"] == slug
    assert caller(office[0], "GET", f"/rule-drafts/{begun['id']}").json["document"] == begun["document"]


def test_what_was_read_before_another_wrote_is_not_written_over(caller, office, begun):
    assert written(caller, office, begun).status_code == 200
    late = written(caller, office, begun, ("/identity/names/zh", "另一个名字"))
    assert (late.status_code, late.json["slug"]) == (409, "page-is-stale")


def test_nobody_else_reads_or_writes_it(caller, office, begun, world):
    other = factories.user(factories.organisation("regulator"), "rule_author")
    for stranger in (other, world.people["applicant"]):
        assert caller(stranger, "GET", f"/rule-drafts/{begun['id']}").status_code == 404
        assert written(caller, [stranger], begun).status_code == 404
    assert caller(world.people["applicant"], "GET", "/rule-drafts").json["slug"] == "role-not-held"
    assert caller(world.people["applicant"], "POST", "/rule-drafts", json={}).json["slug"] == "role-not-held"
    assert written(caller, office[1:], begun).json["slug"] == "role-not-held"


def owner_said(scheme):
    return json.loads(scheme.document)["identity"].get("owner")


def test_a_draft_begins_as_the_next_version_of_a_rule(caller, office, world):
    asked = {"code": world.scheme.code, "of_version": "1", "next_version": True}
    made = caller(office[0], "POST", "/rule-drafts", json=asked).json
    assert {fault["at"] for fault in made["faults"]} == {"/identity/version", "/identity/effective_from"}
    assert all(fault["message"] for fault in made["faults"])
    assert made["document"]["identity"].get("owner") == owner_said(world.scheme)
    gone = caller(office[0], "POST", "/rule-drafts", json=asked | {"of_version": "9"})
    assert gone.status_code == 404


# The same as a file, on the page


@pytest.fixture
def page(client, sign_in, office, begun):
    return sign_in(client, office[0]), f"/rules/drafts/{begun['id']}"


def send(page, content, version):
    browser, address = page
    sent = {"version": version, "upload": (io.BytesIO(content), "规则.json")}
    return browser.post(f"{address}/document", data=sent)


def draft_of(begun):
    db.session.expire_all()
    return db.session.get(RuleDraft, begun["id"])


def test_a_file_becomes_the_draft(page, begun):
    assert "从文件改写" in page[0].get(page[1]).text
    assert send(page, json.dumps(tyre(*AHEAD)).encode(), begun["version"]).status_code == 303
    assert draft_of(begun).faults == {}
    assert draft_of(begun).code == "lc-tyre"


@pytest.mark.parametrize(
    "name", ["a limit with no unit", "a negative limit", "a hole", "a member nobody knows"]
)
def test_a_file_that_does_not_fit_changes_nothing_and_each_fault_is_told(page, begun, name):
    change, at, slug = FAULTS[name]
    answer = send(page, json.dumps(tyre(*AHEAD, change)).encode(), begun["version"])
    assert answer.status_code == 422
    assert f"{at}：" in answer.text
    assert draft_of(begun).document == begun["document"]


@pytest.mark.parametrize(
    ("content", "slug"),
    [(b"", "body-not-json"), (b"{", "body-not-json"), (b"\xff\xfe", "body-not-json"),
     (b"[1]", "body-member-invalid"), (b"{}", "body-member-missing")],
)  # fmt: skip
def test_what_is_no_document_at_all_is_refused_in_a_sentence(page, begun, content, slug):
    answer = send(page, content, begun["version"])
    assert (answer.status_code, sentence(slug) in answer.text) == (422, True)
    assert draft_of(begun).document == begun["document"]


def test_a_file_for_a_page_that_is_stale_changes_nothing(page, begun):
    answer = send(page, json.dumps(tyre(*AHEAD)).encode(), begun["version"] + 1)
    assert (answer.status_code, sentence("page-is-stale") in answer.text) == (409, True)
    assert draft_of(begun).document == begun["document"]


def test_a_file_larger_than_any_rule_is_refused(page, begun, monkeypatch):
    monkeypatch.setattr("schemes.drafts.files.LARGEST", 20)
    answer = send(page, json.dumps(tyre(*AHEAD)).encode(), begun["version"])
    assert (answer.status_code, "文件不能超过" in answer.text) == (422, True)
    assert draft_of(begun).document == begun["document"]
