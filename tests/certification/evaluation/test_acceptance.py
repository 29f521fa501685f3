"""Before an application is accepted each condition is confirmed by itself, with a note and with evidence."""

import pytest

from accounts.operations import create_token
from core.db import db
from tests.certification.lists import CONDITIONS, confirmed, confirming
from tests.certification.world import reload

PLACE = "/certification/reviews/%s"


@pytest.fixture
def caller(client, world):
    """caller(role): ask the API in the name of whoever holds the role."""

    def call(role, method, path, **more):
        secret = create_token(world.actor(role), "test")[1]
        db.session.commit()
        headers = {"Authorization": f"Bearer {secret}"}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)

    return call


@pytest.fixture
def case(world):
    return world.case("submitted")


def send(browser, case, fields):
    version = {"version": case.application.version}
    return browser("application_reviewer").post(f"{PLACE % case.id}/accept", data=fields | version)


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ("note", "写明核对了什么、看到了什么"),
        ("evidence", "选一份本案文件，或写明其他依据"),
        ("confirmed", "受理条件要逐条确认"),
    ],
)
def test_what_is_lacking_is_said_at_its_condition_and_nothing_is_accepted(case, browser, lacking, said):
    fields = confirming()
    del fields[f"conditions-2-{lacking}"]
    answer = send(browser, case, fields)
    assert answer.status_code == 422
    box = answer.text.index(f'id="conditions-2-{lacking}"')
    assert 0 < answer.text.index(said) < box or said in answer.text[box : box + 600]
    assert "与登记信息一致" in answer.text  # what was typed is still there
    assert reload(case).state == "submitted"


def test_no_condition_is_confirmed_before_somebody_has_done_so(case, browser):
    page = browser("application_reviewer").get(f"{PLACE % case.id}?step=accept").text
    form = page[page.index("conditions-0-about") :]
    assert form.count('type="checkbox"') >= len(CONDITIONS)
    assert " checked" not in form[: form.index(f"conditions-{len(CONDITIONS) - 1}-confirmed")]


def test_what_was_seen_and_where_is_kept_with_the_words_of_the_day(case, browser, caller):
    file = case.application.current_files[0]
    fields = confirming() | {"conditions-1-file": str(file.id), "conditions-1-evidence": ""}
    assert send(browser, case, fields).status_code == 302
    kept = reload(case).acceptance
    assert kept["by"] == case.world.actor("application_reviewer").label
    assert [each["note"] for each in kept["said"]] == ["与登记信息一致"] * len(CONDITIONS)
    assert kept["said"][1]["file"] == {"id": file.id, "name": file.name, "digest": file.digest}
    page = browser("application_reviewer").get(PLACE % case.id).text
    assert "依据：登记系统查询" in page
    told = caller("application_reviewer", "GET", f"/applications/{case.id}/acceptance").json
    assert [each["slug"] for each in told["conditions"]] == list(CONDITIONS)
    assert (told["conditions"][1]["file"]["id"], told["conditions"][1]["evidence"]) == (file.id, "")
    assert caller("applicant", "GET", f"/applications/{case.id}/acceptance").status_code == 404


@pytest.mark.parametrize(
    ("change", "place", "slug"),
    [
        ({"note": " "}, "note", "condition-note-missing"),
        ({"evidence": ""}, "evidence", "condition-evidence-missing"),
        ({"file": 987654}, "file", "file-not-of-the-case"),
    ],
)
def test_programs_are_refused_at_the_member(case, caller, change, place, slug):
    sent = confirmed()
    sent[3] |= change
    no = caller("application_reviewer", "POST", f"/applications/{case.id}/accept", json={"conditions": sent})
    assert no.status_code == 422
    assert no.json["fields"][f"/conditions/3/{place}"]["slug"] == slug
    assert reload(case).state == "submitted"


def test_a_file_of_another_case_is_no_evidence(world, case, caller):
    other = world.case("submitted").application.current_files[0]
    sent = confirmed()
    sent[0]["file"] = other.id
    no = caller("application_reviewer", "POST", f"/applications/{case.id}/accept", json={"conditions": sent})
    assert no.json["fields"]["/conditions/0/file"]["slug"] == "file-not-of-the-case"


@pytest.mark.parametrize("sent", [list(CONDITIONS), [None], ["x"], {"slug": "x"}, [[]]])
def test_conditions_in_the_form_of_before_are_refused_whole(case, caller, sent):
    no = caller("application_reviewer", "POST", f"/applications/{case.id}/accept", json={"conditions": sent})
    assert (no.status_code, no.json["slug"]) == (422, "body-invalid")
    assert reload(case).state == "submitted"
