"""Once the decision is told, the applicant reads with the case how each part of the evaluation ended."""

import pytest

from accounts.operations import create_token
from core.db import db

PLACE = "/certification/applications/%s"


@pytest.fixture
def ask(world, client):
    def call(role, case):
        secret = create_token(world.actor(role), "test")[1]
        db.session.commit()
        headers = {"Authorization": f"Bearer {secret}"}
        return client.get(f"/api/v1/applications/{case.id}/evaluation", headers=headers)

    return call


def test_the_applicant_finds_the_conclusions_and_the_reports_with_the_case(world, browser, ask):
    case = world.case("certified").application
    page = browser("applicant").get(PLACE % case.id).text
    told = page[page.index('id="evaluation"') :]
    assert case.document_review.findings in told
    assert f"/certification/reports/{case.reports[0].id}" in told
    items = ask("applicant", case).json["items"]
    assert [each["part"] for each in items] == ["documents", "tests", "site", "findings", "verification"]
    assert items[0]["conclusion"] == "result.pass"
    assert items[0]["text"] == case.document_review.findings


def test_what_the_body_wrote_for_itself_is_not_told(world, browser):
    case = world.case("certified").application
    page = browser("applicant").get(PLACE % case.id).text
    assert case.review.text not in page
    assert "登记系统查询" not in page  # what the conditions of acceptance rest on


@pytest.mark.parametrize("state", ["evaluating", "in_review", "pending_decision", "granted"])
def test_before_the_decision_is_told_nothing_is(world, browser, ask, state):
    case = world.case(state).application
    assert 'id="evaluation"' not in browser("applicant").get(PLACE % case.id).text
    assert ask("applicant", case).json == {"items": []}


def test_a_laboratory_does_not_read_it(world, ask):
    assert ask("tester", world.case("certified").application).status_code in (403, 404)
