"""A small amendment of a rule is offered to the cases that run; nothing else changes a running case."""

import json

import pytest
from sqlalchemy import select

from accounts.models import Notice
from certification.conversion import operations, queries
from certification.workflow import amendment
from core import clock
from core.clock import today
from core.db import db
from core.errors import NotFound, NotPermitted, Unmet
from schemes.document import differences
from tests.certification.conversion.publishing import DAY, Writers, stranger, stricter
from tests.schemes.examples import tyre


def reworded(world) -> dict[str, object]:
    tests = json.loads(world.scheme.document)["tests"]
    tests[0]["names"] = {"zh": "吸水率（抽样）", "en": "Water absorption (sampled)"}
    return {"tests": tests}


@pytest.fixture
def writers(db):
    return Writers()


@pytest.fixture
def case(world):
    return world.case("contracted").application


def published(world, writers, **members):
    first = today() + 10 * DAY
    return writers.publish(world.scheme, first, first + 90 * DAY, **members)


# Which amendments are small


@pytest.mark.parametrize(
    "change",
    [
        ("/identity/names/zh", "轮胎（乘用车）"),
        ("/parameters/0/names/en", "Kind of vehicle"),
        ("/parameters/0/help", {"zh": "按登记", "en": "As registered"}),
        ("/parameters/0/choices/9", {"slug": "tractor", "names": {"zh": "拖拉机", "en": "Tractor"}}),
        ("/tests/0/names/zh", "滚阻"),
        ("/transition", {"months": 3}),
    ],
)
def test_names_explanations_and_further_options_are_small(change):
    assert amendment.is_small(between(change))


@pytest.mark.parametrize(
    "change",
    [
        ("/parameters/0/required", "never"),
        ("/tests/0/method", "GB/T 29040-2031"),
        ("/criteria/0/comparison", "rounded"),
        ("/documents", []),
        ("/person_days/least", "9"),
        ("/identity/validity/years", 1),
        ("/identity/rule/number", "T/XX 9"),
    ],
)
def test_whatever_is_asked_or_judged_is_not_small(change):
    assert not amendment.is_small(between(change))


def test_an_option_that_is_gone_is_not_small():
    before, after = tyre(), tyre()
    after["parameters"][0]["choices"].pop()
    assert not amendment.is_small(differences(before, after))


def between(change):
    place, value = change
    before, after = tyre(), tyre()
    *way, last = place.split("/")[1:]
    here = after
    for name in way:
        here = here[int(name)] if isinstance(here, list) else here[name]
    if isinstance(here, list):
        here.append(value)
    else:
        assert here.get(last) != value
        here[last] = value
    return differences(before, after)


# What is offered


def test_a_case_that_runs_is_offered_what_only_words_otherwise(world, writers, case):
    new = published(world, writers, **reworded(world))
    assert queries.amendment(case) is None  # it is not in force yet
    with clock.travel(new.effective_from):
        offered = queries.amendment(case)
        assert offered.scheme == new
        assert [(each.before, each.after) for each in offered.changes] == [
            ("吸水率", "吸水率（抽样）"),
            ("Water absorption", "Water absorption (sampled)"),
        ]
        assert case.scheme == world.scheme  # nothing changed by itself


def test_a_stricter_limit_is_offered_to_no_case_that_runs(world, writers, case):
    new = published(world, writers, criteria=stricter(world.scheme, "10.50"))
    with clock.travel(new.effective_from):
        assert queries.amendment(case) is None
        with pytest.raises(Unmet, match="nothing-to-amend"):
            operations.amend(case, world.actor("case_officer"))
        assert case.scheme == world.scheme


@pytest.mark.parametrize("state", ["draft", "pending_decision", "granted", "certified"])
def test_what_is_not_handed_in_or_is_with_the_decision_stays_as_it_is(world, writers, state):
    other = world.case(state).application
    new = published(world, writers, **reworded(world))
    with clock.travel(new.effective_from):
        assert queries.amendment(other) is None


# What follows


def test_the_case_goes_on_under_the_new_version_and_its_applicant_is_told(world, writers, case):
    new = published(world, writers, **reworded(world))
    with clock.travel(new.effective_from):
        operations.amend(case, world.actor("case_officer"))
        assert case.scheme == new
        assert queries.amendment(case) is None
        told = db.session.scalars(select(Notice).where(Notice.kind == "application.amend")).all()
        assert {each.facts["version"] for each in told} == {"2"}
        assert {each.user_id for each in told} == {world.people["applicant"].id}


def test_who_is_hindered_in_the_case_does_not_amend_it(world, writers, case):
    new = published(world, writers, **reworded(world))
    world.conflict(world.people["case_officer"])
    with clock.travel(new.effective_from), pytest.raises(Unmet, match="conflict"):
        operations.amend(case, world.actor("case_officer"))


def test_only_who_handles_the_case_in_its_body_is_offered_it(world, case):
    assert queries.case_to_amend(world.actor("case_officer"), case.id) == case
    for role in ("applicant", "decision_maker"):
        with pytest.raises(NotPermitted, match="role-not-held"):
            queries.case_to_amend(world.actor(role), case.id)
        assert queries.offered_to(world.actor(role), case) is None
    with pytest.raises(NotFound):
        queries.case_to_amend(stranger("certification_body", "case_officer"), case.id)


def test_the_page_shows_what_would_change_and_takes_the_case_over(world, writers, case, browser):
    new = published(world, writers, **reworded(world))
    db.session.commit()
    place = f"/certification/rule-changes/cases/{case.id}"
    with clock.travel(new.effective_from):
        client = browser("case_officer")
        assert place in client.get(f"/certification/reviews/{case.id}").text
        page = client.get(place).text
        assert "吸水率（抽样）" in page
        stale = client.post(place, data={"version": case.version - 1})
        assert (stale.status_code, "吸水率（抽样）" in stale.text) == (409, True)
        answer = client.post(place, data={"version": case.version})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/certification/reviews/{case.id}")
        db.session.expire_all()
        assert case.scheme == new
        assert "没有可以改用的新版" in client.get(place).text
        again = client.post(place, data={"version": case.version})
        assert (again.status_code, "新版不只是改名称" in again.text) == (422, True)
