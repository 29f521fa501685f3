"""Checks of bids by program: made once, read and run again, and the very ones the pages show."""

from datetime import timedelta

import pytest

from accounts import operations as accounts
from core import clock, lifecycle
from core.clock import today
from procurement.bids.models import BidCheck
from tests import factories

pytestmark = pytest.mark.engines("walks")

KEY = {"Idempotency-Key": "bid-0001"}


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


@pytest.fixture
def made(client, program, issued, law):
    """made(items): the answer to a check of these lines, for today."""
    law("category")

    def post(items, **headers):
        body = {"title": "第 2 包", "on": today().isoformat(), "items": items}
        return client.post("/api/v1/checks", json=body, headers=program() | headers)

    return post


def test_a_check_made_by_program_is_the_one_the_page_shows(client, made, issued, program):
    headers = program()
    items = [{"number": issued.number, "model": "YT-6015"}, {"model": "X-9"}]
    body = {"title": "第 2 包", "on": today().isoformat(), "items": items}
    answer = client.post("/api/v1/checks", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    told = answer.json
    assert (told["lines"], told["counts"]) == (2, {"buyable": 1, "unknown": 1})
    assert client.get(answer.headers["Location"]).json == told
    assert told["number"] in client.get(path(told["address"])).text
    annex = client.get(path(told["annex"]))
    assert [line["row"] for line in annex.json["lines"]] == [1, 2]
    [head] = client.get("/api/v1/checks", headers=headers).json["items"]
    assert (head["number"], head["buyable"]) == (told["number"], 1)


def test_a_check_sent_again_with_its_key_is_made_once(client, program, issued, law, db):
    law("category")
    headers, body = program() | KEY, {"title": "包", "on": today().isoformat(), "items": [{"model": "X"}]}
    first, second = (client.post("/api/v1/checks", json=body, headers=headers) for _time in range(2))
    assert (first.status_code, second.status_code, first.json) == (201, 201, second.json)
    assert db.session.query(BidCheck).count() == 1


def test_run_again_a_program_is_told_both_times(world, client, made, issued):
    told = made([{"number": issued.number, "model": "YT-6015"}]).json
    again = client.get(path(told["rerun"])).json
    assert (again["whole"], again["same"], again["since"]) == (True, True, [])
    with clock.travel(clock.now() + timedelta(minutes=10)):
        facts = {"cause": "fraud", "reason": "材料造假"}
        lifecycle.take(issued, "withdraw", world.actor("decision_maker"), **facts)
        again = client.get(path(told["rerun"])).json
    assert again["same"]
    [line] = again["since"]
    assert (line["row"], line["then"], line["now"]) == (1, "buyable", "not-buyable")
    assert "材料造假" in line["message"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"items": [{"model": "X"}, {"category": "A02010108"}]}, "/items/1"),
        ({"items": [{"modell": "X"}]}, "/items/0/modell"),
        ({"items": []}, "/items"),
        ({"on": "2026-13-45"}, "/on"),
        ({"title": ""}, "/title"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_member(client, program, db, change, pointer):
    body = {"title": "包", "on": today().isoformat(), "items": [{"model": "X"}]} | change
    answer = client.post("/api/v1/checks", json=body, headers=program())
    assert (answer.status_code, list(answer.json["fields"])) == (422, [pointer])
    assert db.session.query(BidCheck).count() == 0


def test_only_officers_have_bids_checked_by_program(client, db):
    secret = accounts.create_token(factories.actor("manufacturer", "applicant"), "核对")[1]
    db.session.commit()
    headers = {"Authorization": f"Bearer {secret}"}
    body = {"title": "包", "on": today().isoformat(), "items": [{"model": "X"}]}
    for answer in (
        client.post("/api/v1/checks", json=body, headers=headers),
        client.get("/api/v1/checks", headers=headers),
    ):
        assert (answer.status_code, answer.json["slug"]) == (403, "not-an-officer")
    guessed = client.get("/api/v1/checks/HD-2026-00001")
    assert (guessed.status_code, guessed.json["slug"]) == (404, "check-not-found")
