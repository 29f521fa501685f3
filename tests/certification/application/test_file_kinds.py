"""Kinds of file are data of a scheme: whatever it names is asked, kept and called by its names everywhere."""

import io

import pytest
from flask_babel import force_locale

from accounts.notices import spoken
from certification.aftercare.queries import evidence
from certification.application.operations.documents import attach_file
from certification.notices.row import at
from core.db import db
from tests.certification.world import PDF
from tests.support import rules

OWN = {"slug": "mill-test", "names": {"zh": "轧制证明", "en": "Mill certificate"}}


@pytest.fixture
def case(world):
    rules.amend(world.scheme, parts={"documents": [OWN]})
    found = world.case("draft").application
    attach_file(found, world.actor("applicant"), "mill-test", io.BytesIO(PDF), "一.pdf")
    db.session.commit()
    return found


@pytest.mark.parametrize(("language", "name"), [("zh", "轧制证明"), ("en", "Mill certificate")])
def test_the_page_calls_a_kind_as_its_scheme_does(case, browser, language, name):
    page = browser("applicant").get(f"/certification/applications/{case.id}/files?lang={language}").text
    assert page.count(name) > 1
    assert "mill-test-title" in page


def test_the_page_where_one_begins_says_what_to_prepare(case, browser):
    assert "轧制证明" in browser("applicant").get("/certification/applications/new").text


def test_the_api_names_the_kind_of_each_file(case, ask):
    found = ask("get", f"/applications/{case.id}").json["files"]
    assert {(file["kind"], file["kind_name"]) for file in found} == {("mill-test", "轧制证明")}


def test_a_kind_of_another_scheme_is_refused_by_page_and_api(case, world, browser, ask):
    sent = {"kind": "business_licence", "file": (io.BytesIO(PDF), "二.pdf")}
    answer = browser("applicant").post(f"/certification/applications/{case.id}/files", data=sent)
    assert (answer.status_code, "规则不收这种文件" in answer.text) == (422, True)
    sent = {"file": (io.BytesIO(PDF), "二.pdf")}
    answer = ask("post", f"/applications/{case.id}/files/business_licence", data=sent)
    assert (answer.status_code, answer.json["slug"]) == (422, "file-kind-unknown")


def test_what_is_told_of_a_file_is_told_in_the_language_of_the_reader(case):
    told = at(case, "file:mill-test")
    assert spoken(told) == "轧制证明"
    with force_locale("en"):
        assert spoken(told) == "Mill certificate"
    assert spoken(at(case, "file:other")) == "其他材料"


@pytest.mark.parametrize(("standing", "found"), [(False, 2), (True, 0)])
def test_only_a_paper_that_the_scheme_calls_standing_may_come_with_each_case(world, standing, found):
    rules.amend(world.scheme, parts={"documents": [OWN | {"standing": standing}]})
    cases = [world.case("submitted").application for _ in range(2)]
    twins = [twin for each in cases for twin in evidence.twins_of(world.actor("application_reviewer"), each)]
    assert len([twin for twin in twins if twin.kind == "file"]) == found
