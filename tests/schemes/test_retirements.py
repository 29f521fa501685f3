"""A rule is retired: proposed by one, confirmed by another; from its day on it takes no new case."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import operations as accounts
from accounts.models import Notice, User
from certification.application.operations.applications import create_application
from certification.conversion import operations as conversion
from core import clock, jobs, lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder, Unmet
from schemes import queries as rules
from schemes.drafts import retirements
from tests import factories
from tests.certification.aftercare.later import certificate_of
from tests.certification.world import World

DAY = timedelta(days=1)
WHY = "有了国家规则"

pytestmark = pytest.mark.engines("constraints")


@pytest.fixture
def world(db):
    return World.begun()


@pytest.fixture
def proposed(world, author):
    return retirements.propose(author, world.scheme.code, today() + 10 * DAY, WHY)


# rule 14
def test_another_than_who_proposed_it_confirms(world, person, house):
    both = person("rule_author", "rule_approver")
    made = retirements.propose(both, world.scheme.code, today() + DAY, WHY)
    with pytest.raises(Unmet, match="retirement-own"):
        lifecycle.take(made, "confirm", both)
    lifecycle.take(made, "confirm", person("rule_approver"))
    assert (made.state, world.scheme.retired_on) == ("retired", today() + DAY)


# rule 14
def test_a_retired_rule_is_in_force_until_the_eve_of_its_day(proposed, world, approvers):
    lifecycle.take(proposed, "confirm", approvers[0])
    assert world.scheme.in_force_on(proposed.day - DAY)
    assert not world.scheme.in_force_on(proposed.day)
    assert world.scheme.code in {each.code for each in rules.schemes(proposed.day - DAY)}
    assert world.scheme.code not in {each.code for each in rules.schemes(proposed.day)}


def test_until_it_is_confirmed_nothing_changes_and_it_may_be_dropped(proposed, world, approvers, author):
    assert world.scheme.retired_on is None
    with pytest.raises(Unmet, match="reason-missing"):
        lifecycle.take(proposed, "drop", author, reason="")
    lifecycle.take(proposed, "drop", author, reason="还要用")
    with pytest.raises(OutOfOrder):
        lifecycle.take(proposed, "confirm", approvers[0])
    assert world.scheme.retired_on is None
    retirements.propose(author, world.scheme.code, today(), WHY)


def test_a_day_that_is_over_by_then_is_not_confirmed(proposed, approvers):
    with clock.travel(proposed.day + DAY), pytest.raises(Unmet, match="retirement-past"):
        lifecycle.take(proposed, "confirm", approvers[0])


@pytest.mark.parametrize(
    ("ahead", "reason", "fields"),
    [
        (-1, WHY, {"day": "retirement-past"}),
        (None, WHY, {"day": "retirement-past"}),
        (1, "  ", {"reason": "reason-missing"}),
        (None, "", {"day": "retirement-past", "reason": "reason-missing"}),
    ],
)
def test_a_day_and_a_reason_are_given(world, author, ahead, reason, fields):
    day = None if ahead is None else today() + ahead * DAY
    with pytest.raises(Invalid) as no:
        retirements.propose(author, world.scheme.code, day, reason)
    assert no.value.fields == fields


def test_it_is_proposed_once_at_a_time_and_retired_once(proposed, author, approvers, world):
    with pytest.raises(Unmet, match="retirement-open"):
        retirements.propose(author, world.scheme.code, today(), WHY)
    lifecycle.take(proposed, "confirm", approvers[0])
    with pytest.raises(Unmet, match="rule-retired"):
        retirements.propose(author, world.scheme.code, today(), WHY)


def test_a_rule_nobody_knows_is_not_retired(world, author):
    with pytest.raises(NotFound, match="scheme-not-found"):
        retirements.propose(author, "lc-nothing", today(), WHY)


@pytest.mark.parametrize("roles", [("rule_approver",), ("regulator",)])
def test_only_who_writes_rules_proposes(world, person, roles):
    with pytest.raises(NotPermitted):
        retirements.propose(person(*roles), world.scheme.code, today(), WHY)


def test_a_body_retires_no_rule_of_others(world):
    with pytest.raises(NotPermitted):
        retirements.propose(
            factories.actor("certification_body", "rule_author"), world.scheme.code, today(), WHY
        )


def test_strangers_decide_nothing(proposed):
    other = factories.actor("regulator", "rule_approver")
    with pytest.raises(NotFound, match="retirement-not-found"):
        retirements.of(other, proposed.id)
    with pytest.raises(NotPermitted):
        lifecycle.take(proposed, "confirm", other)


def test_it_takes_no_new_case_and_running_ones_go_on(proposed, world, approvers):
    running, begun = world.case("accepted"), world.case("draft")
    lifecycle.take(proposed, "confirm", approvers[0])
    with clock.travel(proposed.day):
        with pytest.raises(Invalid, match="scheme-retired"):
            create_application(world.actor("applicant"), world.scheme, world.body.id)
        with pytest.raises(NotFound, match="scheme-retired"):
            rules.scheme_by_code(world.scheme.code)
        with pytest.raises(Unmet) as no:
            begun.take("submit", "applicant", declared=True)
        assert no.value.slug == "scheme-retired"
        running.to("contracted")


# What follows


# rule 14
def test_the_holders_of_what_stands_under_it_are_told_once_and_the_certificate_stands(
    proposed, world, approvers
):
    certificate = certificate_of(world.case("certified"))
    lifecycle.take(proposed, "confirm", approvers[0])
    queued = [job for job in db.session.scalars(select(jobs.Job)) if job.kind == "conversion.tell_retired"]
    assert len(queued) == 1
    for _time in range(2):  # a job may be run once more
        conversion.tell_retired(world.scheme.code, world.scheme.name, proposed.day.isoformat())
    told = db.session.scalars(select(Notice).where(Notice.kind == "certificate.rule_retired")).all()
    assert [each.user_id for each in told] == [world.actor("applicant").id]
    assert told[0].facts["certificate"] == certificate.number
    assert certificate.state == "valid"


def test_many_holders_are_told_in_several_transactions(world, monkeypatch):
    for _each in range(2):
        world.case("certified")
    monkeypatch.setattr(conversion, "CHUNK", 1)
    conversion.tell_retired(world.scheme.code, "规则", "2030-01-01")
    queued = [job for job in db.session.scalars(select(jobs.Job)) if job.kind == "conversion.tell_retired"]
    assert [job.payload["after"] > 0 for job in queued] == [True]


# The doors


@pytest.fixture
def browsers(app, sign_in, author, approvers):
    db.session.commit()
    return [sign_in(app.test_client(), db.session.get(User, each.id)) for each in (author, approvers[0])]


def test_it_is_proposed_and_confirmed_on_the_page_and_the_public_reads_it(world, browsers, client):
    writer, approver = browsers
    address, code = "/rules/retirements/", world.scheme.code
    assert writer.post(address, data={"code": code, "day": "2020-01-01", "reason": WHY}).status_code == 422
    assert writer.post(address, data={"code": code, "day": "", "reason": WHY}).status_code == 422
    assert (
        writer.post(address, data={"code": "lc-nothing", "day": "2030-01-01", "reason": WHY}).status_code
        == 422
    )
    given = {"code": code, "day": today().isoformat(), "reason": WHY}
    assert writer.post(address, data=given).status_code == 303
    assert "等另一人确认" in writer.post(address, data=given).text
    step = f"{address}1/steps"
    assert writer.post(f"{step}/confirm", data={"version": 1}).status_code == 403
    assert approver.post(f"{step}/drop", data={"version": 1, "reason": ""}).status_code == 422
    assert approver.post(f"{step}/confirm", data={"version": 9}).status_code == 409
    assert approver.post(f"{step}/burn", data={"version": 1}).status_code == 404
    assert approver.post(f"{step}/confirm", data={"version": 1}).status_code == 303
    assert WHY in approver.get(address).text
    public = client.get(f"/rules/{code}").text
    assert "不再受理新的申请" in public
    assert WHY in public
    assert approver.post(address, data=given).status_code in (403, 422)
    assert client.get(address).status_code in (302, 303, 401)


def test_the_api_says_that_a_rule_is_retired(world, proposed, approvers, client):
    token = accounts.create_token(world.actor("applicant"), "t")[1]
    lifecycle.take(proposed, "confirm", approvers[0])
    db.session.commit()
    with clock.travel(proposed.day):
        body = {"scheme": world.scheme.code, "body": world.body.uscc, "product_name": "砖"}
        answer = client.post("/api/v1/applications", json=body, headers={"Authorization": f"Bearer {token}"})
        assert "scheme-retired" in answer.text
