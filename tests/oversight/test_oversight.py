"""The regulator reads everything, does nothing, and leaves a trace of what was confidential."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from core import audit, lifecycle
from core.audit import Entry
from core.words import sentence
from oversight.queries import laboratories
from tests import factories
from tests.certification.world import BODY_ROLES, PDF

CONFIDENTIAL = ("/oversight/cases", "/oversight/cases/1", "/oversight/files/1", "/oversight/record")
OPEN_IN_THE_HOUSE = (
    "/oversight/",
    "/oversight/registers/bodies",
    "/oversight/registers/laboratories",
    "/oversight/registers/people",
)


def traces(db) -> list[str]:
    db.session.rollback()
    query = select(Entry.subject).where(Entry.verb == "oversight.read").order_by(Entry.id)
    return list(db.session.scalars(query))


@pytest.mark.parametrize("kind", ["manufacturer", "certification_body", "testing_body", "purchasing_unit"])
@pytest.mark.parametrize("address", [*CONFIDENTIAL, *OPEN_IN_THE_HOUSE])
def test_nobody_else_sees_these_pages(app, db, sign_in, kind, address):
    stranger = factories.user(factories.organisation(kind), *(BODY_ROLES if "body" in kind else ()))
    assert sign_in(app.test_client(), stranger).get(address).status_code == 403


@pytest.mark.parametrize("address", CONFIDENTIAL)
def test_confidential_pages_ask_for_the_role_itself(app, world, house, sign_in, address):
    world.case("submitted")
    editor = sign_in(app.test_client(), factories.user(house, "list_editor"))
    answer = editor.get(address)
    assert (answer.status_code, sentence("not-the-regulator") in answer.text) == (403, True)


@pytest.mark.parametrize("address", OPEN_IN_THE_HOUSE)
def test_the_house_sees_counts_and_registers(app, world, house, sign_in, address):
    editor = sign_in(app.test_client(), factories.user(house, "list_editor"))
    assert editor.get(address).status_code == 200


def test_who_may_not_see_cases_is_not_told_that_there_are_none(app, world, house, sign_in):
    world.case("submitted")
    told = [
        sign_in(app.test_client(), factories.user(house, role)).get("/oversight/").text
        for role in ("regulator", "list_editor")
    ]
    assert ["在办案卷" in page for page in told] == [True, False]
    assert ["案卷在各环节" in page for page in told] == [True, False]


def test_there_is_nothing_to_do_here_but_to_order(app):
    methods = {rule.endpoint: rule.methods for rule in app.url_map.iter_rules()}
    mine = {name: found for name, found in methods.items() if name.startswith("oversight.")}
    assert mine
    assert [name for name, found in mine.items() if not found <= {"GET", "HEAD", "OPTIONS"}] == [
        "oversight.give_order"
    ]


# The log of confidential reads


# guard 21
@pytest.mark.parametrize("tab", ["summary", "parties", "inventory", "files", "tests", "site", "history"])
def test_opening_a_case_is_written_down_once(db, world, regulator, tab):
    case = world.case("certified")
    page = regulator.get(f"/oversight/cases/{case.id}?tab={tab}")
    assert page.status_code == 200
    assert case.application.number in page.text
    assert "<form" not in page.text[page.text.index("<main") :]
    assert traces(db) == [f"application/{case.id}"]


def test_a_case_that_does_not_exist_leaves_no_trace(db, world, regulator):
    assert regulator.get("/oversight/cases/99").status_code == 404
    assert traces(db) == []


def test_what_an_applicant_has_not_handed_in_is_the_applicants_alone(db, world, regulator):
    case = world.case("draft")
    assert regulator.get(f"/oversight/cases/{case.id}").status_code == 404


# guard 21
def test_opening_a_file_is_written_down(db, world, regulator):
    file = world.case("submitted").application.files[0]
    answer = regulator.get(f"/oversight/files/{file.id}")
    assert answer.data == PDF
    answer.close()
    assert traces(db) == [f"file/{file.id}"]


# guard 21
def test_there_is_no_way_to_a_case_or_a_file_around_the_log(db, world, regulator):
    case = world.case("submitted")
    file = case.application.files[0]
    for address in (
        f"/certification/applications/{case.id}",
        f"/certification/reviews/{case.id}",
        f"/certification/files/{file.id}",
        f"/api/v1/applications/{case.id}",
    ):
        assert regulator.get(address).status_code in (403, 404)


def test_reading_the_record_is_itself_recorded_and_the_chain_holds(db, world, regulator):
    world.case("accepted")
    page = regulator.get("/oversight/record").text
    assert "application.accept" in page
    assert traces(db) == ["record"]
    audit.verify()


def test_the_record_is_searched_by_who_what_and_whom(db, world, regulator):
    case = world.case("accepted")
    for text in ("application.submit", f"application/{case.id}", world.actor("applicant").name):
        page = regulator.get(f"/oversight/record?q={text}").text
        assert "application.submit" in page
    assert "没有符合条件的记录" in regulator.get("/oversight/record?q=nothing.like.it").text


def test_the_record_comes_in_pages(db, world, regulator):
    for number in range(60):
        audit.record(world.actor("applicant"), "test.entry", f"thing/{number}")
    first, second = (regulator.get(f"/oversight/record?q=test.entry&page={n}").text for n in (1, 2))
    assert "thing/59" in first
    assert "thing/5<" not in first
    assert "thing/5<" in second


# What the pages say


def test_the_front_page_counts_cases_by_state_and_certificates_by_status(world, regulator):
    for state in ("submitted", "evaluating", "evaluating", "certified"):
        world.case(state)
    page = regulator.get("/oversight/").text
    assert re.search(r"有效证书</p>\s*<b>1 ", page)
    assert re.search(r"在办案卷</p>\s*<b>3 ", page)
    assert re.search(r"评审中</a>\s*</th>.*?<td class=\"num b6\">2</td>", page, re.S)
    assert world.body.name in page


def test_a_suspension_shows_among_the_latest_acts(world, regulator):
    from certification.certificate.queries.supervision import latest_certificates
    from core.clock import today

    world.case("certified")
    certificate = latest_certificates()[0]
    facts = {"cause": "misuse", "reason": "标识误用，责令整改", "until": today()}
    lifecycle.take(certificate, "suspend", world.actor("decision_maker"), **facts)
    page = regulator.get("/oversight/").text
    assert "标识误用，责令整改" in page
    assert re.search(r"已暂停</p>\s*<b[^>]*>1 ", page)


def test_cases_are_found_by_number_and_state(world, regulator):
    submitted, accepted = world.case("submitted").application, world.case("accepted").application
    table = regulator.get("/oversight/cases?state=accepted").text
    assert accepted.number in table
    assert submitted.number not in table
    assert submitted.number in regulator.get(f"/oversight/cases?q={submitted.number}").text


def test_the_registers_say_who_may_do_what_until_when(world, regulator):
    assert world.scheme.name in regulator.get("/oversight/registers/bodies").text
    page = regulator.get("/oversight/registers/laboratories").text
    assert "231002110001" in page
    assert "GB/T 3810.3" in page
    people = regulator.get("/oversight/registers/people").text
    assert world.people["lead_verifier"].name in people
    assert "2039-12-31" in people


def test_an_entry_that_has_run_out_is_shown_as_such(db, world, regulator):
    world.registration(
        world.people["case_officer"], world.body, valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1)
    )
    assert regulator.get("/oversight/registers/people").text.count("不在有效期") == 1


def test_a_cma_number_that_cannot_be_one_is_pointed_out(db, world, regulator):
    world.scope(factories.organisation("testing_body"), "GB 6566", cma_number="233202110001")
    assert [bool(approval.problem) for approval in laboratories()].count(True) == 1
    assert "（32）不是发证机关代码" in regulator.get("/oversight/registers/laboratories").text


@pytest.mark.parametrize("address", [*OPEN_IN_THE_HOUSE, "/oversight/cases", "/oversight/record"])
def test_every_page_speaks_english_too(world, regulator, address):
    world.case("certified")
    answer = regulator.get(f"{address}?lang=en")
    assert answer.status_code == 200
    assert '<html lang="en"' in answer.text
