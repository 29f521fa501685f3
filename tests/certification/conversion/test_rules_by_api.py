"""Adoption, retirement and amendment of rules by bearer token: the verbs of the pages, with their noes."""

from datetime import timedelta

import pytest

from accounts import operations as accounts
from certification.workflow import MACHINES
from core import clock
from core.clock import today
from registers.adoption import queries as adoptions
from registers.adoption.shapes import ASKS as OF_ADOPTIONS
from registers.adoption.workflow import ADOPTION
from schemes.drafts.shapes import ASKS as OF_DRAFTS
from schemes.drafts.workflow import RETIREMENT
from tests import factories
from tests.certification.conversion.publishing import Writers
from tests.certification.conversion.test_amendments import published, reworded

pytestmark = pytest.mark.engines("walks")


@pytest.fixture
def caller(client, world, db):
    """caller(who): ask the API in the name of a person, given by role of the body or as a user."""
    secrets, people = (
        {},
        {role: factories.user(world.body, role) for role in ("rule_author", "rule_approver")},
    )

    def call(who, method: str, path: str, **more):
        if who not in secrets:
            user = people.get(who) or world.people.get(who) or who
            secrets[who] = accounts.create_token(user.memberships[0].actor(), "test")[1]
            db.session.commit()
        headers = {"Authorization": f"Bearer {secrets[who]}"}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)

    return call


def done(answer, status: int = 200):
    assert answer.status_code == status, answer.json
    return answer.json


def rels(found) -> set[str]:
    return {link["rel"] for link in found["links"]}


# A body adopts


@pytest.fixture
def begun(caller, world):
    answer = caller("rule_author", "POST", "/adoptions", json={"scheme": world.scheme.code})
    made = done(answer, 201)
    assert answer.headers["Location"].endswith(f"/adoptions/{made['id']}")
    return made


def test_a_body_writes_its_adoption_and_another_hand_brings_it_into_force(caller, world, begun):
    place = f"/adoptions/{begun['id']}"
    assert (begun["state"], rels(begun)) == ("draft", {"propose", "withdraw"})
    terms = {"version": begun["version"], "person_days": "3", "pattern": "TB-{year}-{serial:5}"}
    written = done(caller("rule_author", "PUT", place, json=terms | {"checklists": {"site": ["看窑。"]}}))
    assert written["person_days"] == "3"
    assert written["checklists"]["site"] == ["看窑。"]
    assert written["example_number"].startswith(f"TB-{today().year}-")
    wording = {"version": written["version"], "text": "准予受理。"}
    worded = done(caller("rule_author", "PUT", f"{place}/papers/acceptance", json=wording))
    assert worded["papers"] == {"acceptance": "准予受理。"}
    done(caller("rule_author", "POST", f"{place}/propose", json={}))
    assert rels(done(caller("rule_approver", "GET", place))) == {"send_back", "approve"}
    stands = done(caller("rule_approver", "POST", f"{place}/approve", json={}))
    assert (stands["state"], stands["in_force_from"]) == ("in_force", today().isoformat())
    assert adoptions.in_force(world.body.id, world.scheme.code).id == begun["id"]
    listed = done(caller("rule_approver", "GET", "/adoptions"))["items"]
    assert [each["state"] for each in listed] == ["in_force", "superseded"]


@pytest.mark.parametrize(
    ("who", "method", "rest", "body", "status", "slug"),
    [
        ("rule_author", "PUT", "", {"version": 99}, 409, "page-is-stale"),
        ("rule_author", "PUT", "/papers/acceptance", {"version": 99, "text": "好"}, 409, "page-is-stale"),
        ("rule_approver", "PUT", "", {"version": 99}, 403, "role-not-held"),
        ("rule_author", "PUT", "", {"person_days": "0.5"}, 422, "adoption-days-below-rule"),
        ("rule_author", "PUT", "", {"favourite": "green"}, 422, "body-invalid"),
        (
            "rule_author",
            "PUT",
            "/papers/acceptance",
            {"text": "{{ body.secret }}"},
            422,
            "wording-field-unknown",
        ),
        ("rule_author", "PUT", "/papers/poem", {"text": "好"}, 404, "paper-unknown"),
        ("rule_author", "POST", "/approve", {}, 403, "role-not-held"),
        ("rule_approver", "POST", "/approve", {}, 409, "step-out-of-order"),
        ("rule_author", "POST", "/withdraw", {}, 422, "reason-missing"),
        ("applicant", "GET", "", None, 404, "adoption-not-found"),
    ],
)
def test_what_the_pages_of_adoptions_refuse_is_refused_to_programs(
    caller, begun, who, method, rest, body, status, slug
):
    if method == "PUT":
        body = {"version": begun["version"]} | body
    answer = caller(who, method, f"/adoptions/{begun['id']}{rest}", json=body)
    assert (answer.status_code, answer.json["slug"]) == (status, slug)


def test_one_is_written_at_a_time_and_only_by_who_writes_rules(caller, world, begun):
    asked = {"scheme": world.scheme.code}
    for who, json, status, slug in (
        ("rule_author", asked, 422, "adoption-open"),
        ("rule_approver", asked, 403, "role-not-held"),
        ("rule_author", {"scheme": "no-such-rule"}, 404, "scheme-not-found"),
    ):
        head = {"json": json, "query_string": {"lang": "zh"}}
        answer = caller(who, "POST", "/adoptions", **head)
        assert (answer.status_code, answer.json["slug"]) == (status, slug)
    assert caller("head_of_body", "GET", "/adoptions").json["slug"] == "role-not-held"


# A rule is retired


@pytest.fixture
def office(db):
    house = factories.organisation("regulator")
    return [factories.user(house, role) for role in ("rule_author", "rule_approver")]


def test_a_rule_is_retired_by_two_hands(caller, world, office):
    author, approver = office
    day = (today() + timedelta(days=10)).isoformat()
    asked = {"code": world.scheme.code, "day": day, "reason": "有了国家规则"}
    made = done(caller(author, "POST", "/retirements", json=asked), 201)
    assert (made["state"], made["day"], rels(made)) == ("proposed", day, {"drop"})
    assert rels(done(caller(approver, "GET", f"/retirements/{made['id']}"))) == {"confirm", "drop"}
    answer = caller(author, "POST", f"/retirements/{made['id']}/drop", json={})
    assert (answer.status_code, answer.json["slug"]) == (422, "reason-missing")
    assert done(caller(approver, "POST", f"/retirements/{made['id']}/confirm", json={}))["state"] == "retired"
    assert world.scheme.retired_on.isoformat() == day
    listed = done(caller(approver, "GET", "/retirements"))
    assert [(each["code"], each["state"]) for each in listed["items"]] == [(world.scheme.code, "retired")]


@pytest.mark.parametrize(
    ("changed", "status", "slug"),
    [
        ({"day": "2020-01-01"}, 422, "retirement-past"),
        ({"reason": ""}, 422, "reason-missing"),
        ({"code": "no-such-rule"}, 404, "scheme-not-found"),
        ({"day": "soon"}, 422, "body-invalid"),
    ],
)
def test_what_the_page_of_retirements_refuses_is_refused_to_programs(
    caller, world, office, changed, status, slug
):
    asked = {"code": world.scheme.code, "day": (today() + timedelta(days=10)).isoformat(), "reason": "过时"}
    answer = caller(office[0], "POST", "/retirements", json=asked | changed)
    assert (answer.status_code, answer.json["slug"]) == (status, slug)


def test_who_writes_no_rules_neither_reads_nor_proposes(caller, world, office):
    assert caller("case_officer", "GET", "/retirements").json["slug"] == "role-not-held"
    asked = {"code": world.scheme.code, "day": today().isoformat(), "reason": "过时"}
    assert caller("rule_author", "POST", "/retirements", json=asked).json["slug"] == "role-not-held"
    made = done(caller(office[0], "POST", "/retirements", json=asked), 201)
    assert caller("rule_approver", "GET", f"/retirements/{made['id']}").status_code == 404


# A case that runs


def test_a_program_reads_what_a_new_version_says_otherwise_and_takes_the_case_over(caller, world, db):
    case = world.case("contracted").application
    new = published(world, Writers(), **reworded(world))
    db.session.commit()
    place = f"/applications/{case.id}/amendment"
    with clock.travel(new.effective_from):
        found = done(caller("case_officer", "GET", place))
        assert (found["scheme_version"], found["offered"]["scheme_version"]) == ("1", "2")
        assert [each["after"] for each in found["offered"]["changes"]] == [
            "吸水率（抽样）", "Water absorption (sampled)"
        ]  # fmt: skip
        stale = caller("case_officer", "POST", place, json={"version": found["version"] - 1})
        assert (stale.status_code, stale.json["slug"]) == (409, "page-is-stale")
        taken = done(caller("case_officer", "POST", place, json={"version": found["version"]}))
        assert (taken["scheme_version"], taken["offered"]) == ("2", None)
        again = caller("case_officer", "POST", place, json={"version": taken["version"]})
        assert (again.status_code, again.json["slug"]) == (422, "nothing-to-amend")
        for who, slug in (("applicant", "role-not-held"), ("decision_maker", "role-not-held")):
            assert caller(who, "GET", place).json["slug"] == slug


# Every step


def test_every_step_of_an_adoption_and_of_a_retirement_has_an_address(app):
    addresses = {rule.rule for rule in app.url_map.iter_rules()}
    assert not {ADOPTION, RETIREMENT} & set(MACHINES)  # whose steps test_api_road looks for
    for collection, law, asks in (
        ("adoptions", ADOPTION, OF_ADOPTIONS),
        ("retirements", RETIREMENT, OF_DRAFTS),
    ):
        steps = {name for name, row in law.steps.items() if row.roles != {"system"}}
        assert {name for machine, name in asks if machine is law} == steps
        assert {f"/api/v1/{collection}/<id:subject_id>/{name}" for name in steps} <= addresses
