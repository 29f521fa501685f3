"""For what a body finds its people competent: proposed by one on evidence, approved by another."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from accounts.operations import create_token
from certification.impartiality.models import Competence
from certification.workflow.impartiality import hindrances
from core.clock import today, travel
from core.db import db
from tests import factories
from tests.support.papers import PDF as PAPER

PAGE = "/certification/impartiality/competences"
TILES = "low_carbon/ceramic_tile"


@pytest.fixture
def second(world):
    """A second person who tends the people of the body."""
    world.people["minder"] = factories.user(world.body, "organisation_admin", name="管人员的")
    db.session.commit()
    return world.people["minder"]


@pytest.fixture
def desk(world, second, browser):
    """desk(who, path, **typed): what the page answers."""

    def send(who: str, path: str, **typed):
        return browser(who).post(PAGE + path, data=typed)

    return send


@pytest.fixture
def program(world, second, client):
    """program(who, path, **members): what the API answers."""
    secrets = {}

    def send(who: str, path: str, **members):
        if who not in secrets:
            secrets[who] = create_token(world.actor(who), "t")[1]
            db.session.commit()
        headers, said = {"Authorization": f"Bearer {secrets[who]}"}, {"json" if path else "data": members}
        kind = {} if path else {"content_type": "multipart/form-data"}
        return client.post(f"/api/v1/competences{path}", headers=headers, **said, **kind)

    return send


def asked(world, **change):
    """What is typed about the case officer as a reviewer."""
    good = {"user_id": world.people["case_officer"].id, "basis": "评定 01"}
    good |= {"valid_from": today().isoformat(), "valid_to": (today() + timedelta(days=365)).isoformat()}
    good |= {"functions": "review", "classes": TILES, "evidence": (BytesIO(PAPER), "评定.pdf")}
    given = good | change
    return {name: value for name, value in given.items() if value is not None}


def found() -> list[Competence]:
    db.session.rollback()
    return list(
        db.session.scalars(select(Competence).where(Competence.basis == "评定 01").order_by(Competence.id))
    )


def keeps_out(world, case) -> bool:
    db.session.expire_all()
    person = world.people["case_officer"].id
    return "not-competent" in hindrances(case.application, person, "review", today())


# ask 33
def test_what_one_proposes_on_evidence_holds_once_another_approves_it(world, desk, browser):
    case = world.case("draft")
    assert desk("head_of_body", "", **asked(world)).status_code == 302
    (entry,) = found()
    assert keeps_out(world, case)
    assert "待另一人批准" in browser("minder").get(PAGE).text
    assert desk("minder", f"/{entry.id}/steps/approve", version=entry.version).status_code == 303
    assert not keeps_out(world, case)
    page = browser("head_of_body").get(f"{PAGE}/{entry.id}").text
    assert world.people["head_of_body"].name in page
    assert "管人员的" in page
    assert browser("head_of_body").get(f"{PAGE}/{entry.id}/evidence", buffered=True).data == PAPER


def test_the_same_by_program(world, program):
    case = world.case("draft")
    made = program("head_of_body", "", **asked(world))
    (entry,) = made.json["items"]
    assert (made.status_code, entry["state"], entry["approved_on"]) == (201, "proposed", None)
    assert keeps_out(world, case)
    done = program("minder", f"/{entry['id']}/approve")
    assert (done.status_code, done.json["state"]) == (200, "approved")
    assert not keeps_out(world, case)


def test_each_function_in_each_class_is_found_and_approved_by_itself(world, desk):
    typed = asked(world, functions=["review", "decide"], classes=[TILES, "footprint_label"])
    assert desk("head_of_body", "", **typed).status_code == 302
    assert [(entry.function, entry.product_class) for entry in found()] == [
        ("review", TILES),
        ("review", "footprint_label"),
        ("decide", TILES),
        ("decide", "footprint_label"),
    ]


# ask 33
def test_nobody_approves_what_they_proposed_or_what_is_found_of_them(world, desk, program):
    world.grant("case_officer", "organisation_admin")
    db.session.commit()
    assert desk("head_of_body", "", **asked(world)).status_code == 302
    (entry,) = found()
    for who, slug in (
        ("head_of_body", "competence-own-proposal"),
        ("case_officer", "competence-for-oneself"),
    ):
        told = program(who, f"/{entry.id}/approve")
        assert (told.status_code, told.json["slug"]) == (422, slug)
        assert desk(who, f"/{entry.id}/steps/approve", version=entry.version).status_code == 422
    assert found()[0].state == "proposed"


WRONG = [
    ({"user_id": None}, "user_id", "competence-incomplete"),
    ({"basis": " "}, "basis", "competence-incomplete"),
    ({"evidence": None}, "evidence", "competence-incomplete"),
    ({"valid_to": None}, "valid_to", "competence-incomplete"),
    ({"valid_from": "2020-01-01"}, "valid_from", "date-in-the-past"),
    ({"valid_from": "2098-01-01", "valid_to": "2097-01-01"}, "valid_to", "dates-out-of-order"),
]


@pytest.mark.parametrize(("change", "at", "slug"), WRONG)
def test_a_proposal_that_cannot_be_right_is_refused_where_it_is_wrong(world, desk, program, change, at, slug):
    told = program("head_of_body", "", **asked(world, **change))
    assert (told.status_code, told.json["fields"][f"/{at}"]["slug"]) == (422, slug)
    assert desk("head_of_body", "", **asked(world, **change)).status_code == 422
    assert found() == []


def test_a_proposal_names_a_colleague_and_a_class_that_there_is(world, program):
    other = factories.user(factories.organisation("certification_body"), "verifier")
    db.session.commit()
    for change, at, slug in [
        ({"user_id": other.id}, "user_id", "person-not-of-the-body"),
        ({"user_id": world.people["head_of_body"].id}, "user_id", "competence-for-oneself"),
        ({"classes": "low_carbon/hats"}, "classes", "value-not-known"),
        ({"functions": "review sing"}, "functions", "value-not-known"),
    ]:
        told = program("head_of_body", "", **asked(world, **change))
        assert told.status_code == 422
        assert told.json["fields"][f"/{at}"]["slug"] == slug
    assert found() == []


def test_the_same_is_not_proposed_twice_nor_beside_what_stands(world, desk, program):
    assert program("head_of_body", "", **asked(world)).status_code == 201
    again = program("head_of_body", "", **asked(world))
    assert (again.status_code, again.json["slug"]) == (409, "competence-proposed")
    (entry,) = found()
    assert program("minder", f"/{entry.id}/approve").status_code == 200
    beside = program("head_of_body", "", **asked(world))
    assert (beside.status_code, beside.json["fields"]["/valid_from"]["slug"]) == (422, "competence-stands")
    assert desk("head_of_body", "", **asked(world)).status_code == 422
    begins, ends = (entry.valid_to + timedelta(days=day) for day in (1, 300))
    span = {"valid_from": begins.isoformat(), "valid_to": ends.isoformat()}
    assert program("head_of_body", "", **asked(world, **span)).status_code == 201


# ask 33
def test_suspended_it_does_not_hold_resumed_it_does_and_ended_it_is_over(world, desk, program):
    case = world.case("draft")
    entry = world.competence(world.people["case_officer"], "review")
    db.session.commit()
    assert desk("minder", f"/{entry.id}/steps/suspend", version=1).status_code == 422
    assert program("minder", f"/{entry.id}/terminate").json["slug"] == "reason-missing"
    for step, out in (("suspend", True), ("resume", False), ("terminate", True)):
        assert program("minder", f"/{entry.id}/{step}", reason="见证记录").status_code == 200
        assert keeps_out(world, case) is out
    with travel(today() + timedelta(days=1)):
        late = program("minder", f"/{entry.id}/resume", reason="再试")
        assert (late.status_code, late.json["slug"]) == (409, "step-out-of-order")


def test_nobody_resumes_what_is_found_of_them(world, program):
    world.grant("case_officer", "organisation_admin")
    entry = world.competence(world.people["case_officer"], "review")
    db.session.commit()
    assert program("minder", f"/{entry.id}/suspend", reason="投诉").status_code == 200
    told = program("case_officer", f"/{entry.id}/resume", reason="没事了")
    assert (told.status_code, told.json["slug"]) == (422, "competence-for-oneself")


def test_the_days_it_stood_are_those_within_its_span_its_approval_and_its_pauses(world):
    first = today()
    day = lambda number: first + timedelta(days=number)  # noqa: E731  # reads as the days of a calendar
    entry = world.competence(
        world.people["verifier"], "verify", valid_from=day(0), valid_to=day(20), approved_on=day(2)
    )
    entry.pauses = [[day(5).isoformat(), day(7).isoformat()], [day(9).isoformat(), None]]
    assert [number for number in range(-1, 22) if entry.valid_on(day(number))] == [2, 3, 4, 7, 8]
    entry.pauses, entry.ended_on = [], day(4)
    assert [number for number in range(-1, 22) if entry.valid_on(day(number))] == [2, 3]


def test_a_finding_for_one_category_does_not_hold_for_another(world):
    case, reviewer = world.case("draft"), world.people["technical_reviewer"]
    held = select(Competence).where(Competence.user_id == reviewer.id, Competence.family == "low_carbon")
    entry = db.session.scalars(held).one()
    for category, out in (("cement", True), ("ceramic_tile", False), ("", False)):
        entry.category = category
        db.session.flush()
        db.session.expire_all()
        assert ("not-competent" in hindrances(case.application, reviewer.id, "review", today())) is out


def test_who_does_not_tend_the_people_of_a_body_neither_sees_nor_proposes(world, desk, program, browser):
    entry = world.competence(world.people["case_officer"], "review")
    db.session.commit()
    assert browser("decision_maker").get(PAGE).status_code == 403
    assert browser("decision_maker").get(f"{PAGE}/{entry.id}").status_code == 404
    assert desk("decision_maker", "", **asked(world)).status_code == 403
    assert program("decision_maker", "", **asked(world)).json["slug"] == "role-not-held"
    other = factories.user(factories.organisation("certification_body"), "head_of_body")
    world.people["stranger"] = other
    db.session.commit()
    assert program("stranger", f"/{entry.id}/terminate", reason="别家").json["slug"] == "competence-not-found"
