"""An act is read, appealed against and decided by bearer token, as through the pages."""

import pytest

from accounts import operations as accounts
from tests import factories
from tests.certification.acts.test_acts import refused
from tests.certification.acts.test_appeals import GROUNDS, act_of


@pytest.fixture
def caller(db, client, world):
    """caller(actor, method, address, **json): what the API answers to the actor's token."""

    def call(actor, method: str, address: str, **json):
        secret = accounts.create_token(actor, "test")[1]
        headers = {"Authorization": f"Bearer {secret}"}
        return client.open(f"/api/v1{address}", method=method, headers=headers, json=json or None)

    return call


def test_an_appeal_walks_its_road_by_token(db, caller, world):
    number = act_of(db, refused(world), "refusal").number
    applicant = world.actor("applicant")
    officer = factories.user(world.body, "appeals_officer").memberships[0].actor()
    act = caller(applicant, "GET", f"/acts/{number}").json
    assert act["statement"]["kind"] == "refusal"
    filed = caller(applicant, "POST", f"/acts/{number}/appeals", grounds=GROUNDS)
    assert (filed.status_code, filed.json["state"]) == (201, "filed")
    address = f"/appeals/{filed.json['id']}"
    accepted = caller(officer, "POST", f"{address}/accept").json
    assert [link["rel"] for link in accepted["links"]] == ["investigate"]
    caller(officer, "POST", f"{address}/investigate", findings="已查。")
    decided = caller(officer, "POST", f"{address}/decide", outcome="upheld", reason="决定正确。", signed=True)
    assert decided.json["state"] == "served"
    again = caller(applicant, "POST", f"/acts/{number}/appeals", grounds=GROUNDS)
    assert (again.status_code, again.json["slug"]) == (422, "appeal-already-filed")


def test_nobody_else_reads_an_act_by_token(db, caller, world):
    number = act_of(db, refused(world), "refusal").number
    regulator = factories.actor("regulator", "regulator")
    for stranger in (factories.actor("manufacturer", "applicant"), regulator):
        hidden = caller(stranger, "GET", f"/acts/{number}")
        assert (hidden.status_code, hidden.json["slug"]) == (404, "act-not-found")
