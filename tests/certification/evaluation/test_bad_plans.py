"""A plan that leaves a site or a test uncovered, or a day outside its bounds, is refused at its member."""

from datetime import timedelta

import pytest

from accounts.operations import create_token
from core.clock import today
from core.db import db
from tests import factories
from tests.certification.world import reload

ELSEWHERE = {"name": "二车间", "address": "宜兴另一路 2 号", "person_days": "2"}


@pytest.fixture
def case(world):
    found = world.case("contracted")
    db.session.commit()
    return found


@pytest.fixture
def narrow(world):
    """A laboratory that has one of the methods."""
    found = factories.organisation("testing_body", name="单项检测所")
    world.scope(found, world.scheme.tests[1]["method"])
    db.session.commit()
    return found


def named(world) -> list[dict[str, object]]:
    roles = ("document_reviewer", "lead_verifier")
    return [{"user_id": world.people[role].id, "function": role} for role in roles]


def plan(world) -> dict[str, object]:
    """What is right, in the words of the API."""
    visit = {"site_from": today().isoformat(), "site_to": (today() + timedelta(days=3)).isoformat()}
    return {"team": named(world), "laboratory_id": world.laboratory.id, "person_days": "4", **visit}


def wrong(which: str, world, narrow) -> tuple[dict, str, str]:
    """(what is changed, member, slug)"""
    lead = world.people["lead_verifier"].id
    yesterday = (today() - timedelta(days=1)).isoformat()
    return {
        "a site": ({"sites": [ELSEWHERE | {"people": [lead]}]}, "sites", "site-not-covered"),
        "a test": (
            {"allotments": {world.scheme.tests[0]["slug"]: narrow.id}},
            "laboratory_id",
            "laboratory-out-of-scope",
        ),
        "a day": ({"site_from": yesterday}, "site_from", "date-in-the-past"),
        "a person": ({"team": [*named(world), named(world)[-1]]}, "team", "person-named-twice"),
    }[which]


BAD = ("a site", "a test", "a day", "a person")


def send(world, client, case, facts: dict):
    secret = create_token(world.actor("case_officer"), "test")[1]
    db.session.commit()
    head = {"Authorization": f"Bearer {secret}"}
    return client.post(f"/api/v1/applications/{case.id}/plan", json=facts, headers=head)


@pytest.mark.parametrize("which", BAD)
def test_a_program_is_told_the_member_and_nothing_is_planned(world, case, narrow, client, which):
    change, member, slug = wrong(which, world, narrow)
    answer = send(world, client, case, plan(world) | change)
    assert answer.status_code == 422, answer.json
    assert f"/{member}" in answer.json["fields"]
    assert slug in answer.text
    assert (case.state, reload(case).plan) == ("contracted", None)


def test_the_same_plan_without_the_fault_is_taken(world, case, narrow, client):
    answer = send(world, client, case, plan(world))
    assert answer.status_code == 200, answer.json


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"sites-0-people": []}, "每个场所都要有评审组的核查员或组长到场"),
        ({"laboratory_id": "narrow"}, "检测方法不在检测机构当日的资质认定范围内"),
        ({"site_from": "yesterday"}, "不能早于"),
    ],
)
def test_the_page_says_it_at_the_box_and_keeps_what_was_typed(world, case, narrow, browser, change, text):
    """On the page the factory is always among the sites, so what is left is a site without anybody."""
    lead = world.people["lead_verifier"].id
    stands_for = {"narrow": str(narrow.id), "yesterday": (today() - timedelta(days=1)).isoformat()}
    typed = {name: value for name, value in plan(world).items() if name != "team"}
    typed |= {f"sites-0-{name}": value for name, value in ELSEWHERE.items()} | {"sites-0-people": [lead]}
    typed |= {"version": case.application.version, "lead_verifiers": [lead]}
    typed |= {"document_reviewers": [world.people["document_reviewer"].id]}
    typed |= {name: stands_for.get(str(value), value) for name, value in change.items()}
    answer = browser("case_officer").post(f"/certification/reviews/{case.id}/plan", data=typed)
    assert answer.status_code == 422
    assert text in answer.text
    assert ELSEWHERE["address"] in answer.text
    assert reload(case).plan is None
