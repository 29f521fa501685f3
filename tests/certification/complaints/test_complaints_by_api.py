"""A complaint by API: bounded as the page is, handled by the body on the version it saw."""

from io import BytesIO

import pytest

from accounts import operations as accounts
from certification.complaints.models import BodyComplaint
from core.db import db as tables
from core.words import sentence
from tests import factories
from tests.certification.aftercare.later import certificate_of
from tests.certification.world import PDF

pytestmark = pytest.mark.engines("constraints")

SAID = {"subject": "label", "text": "展厅里贴错了标签。", "name": "石磊", "contact": "13900001234"}


@pytest.fixture
def path(world):
    issued = certificate_of(world.case("certified"))
    world.people["appeals_officer"] = factories.user(world.body, "appeals_officer")
    tables.session.commit()
    return f"/api/v1/certificates/{issued.number}/complaints"


@pytest.fixture
def program(world, path):
    """program(role): what a program of the holder of the role sends along."""

    def headers(role: str, **more: str) -> dict[str, str]:
        token = accounts.create_token(world.actor(role), "program")[1]
        tables.session.commit()
        return {"Authorization": f"Bearer {token}"} | more

    return headers


def bring(client, path, **more):
    return client.post(path, data=SAID | more, content_type="multipart/form-data")


def the_one() -> BodyComplaint:
    tables.session.expire_all()
    return tables.session.query(BodyComplaint).one()


def test_anybody_brings_one_without_signing_in_and_is_told_number_code_and_day(client, path):
    answer = bring(client, path, file=(BytesIO(PDF), "照片.pdf"))
    assert answer.status_code == 201
    found = the_one()
    assert (answer.json["number"], answer.json["due_on"]) == (found.number, found.due_on.isoformat())
    assert (found.state, found.channel, found.file_name) == ("received", "public", "照片.pdf")
    assert answer.json["code"] not in str(vars(found))
    assert found.complainant.name == "石磊"


@pytest.mark.parametrize(
    ("wrong", "member"),
    [({"subject": ""}, "/subject"), ({"text": " "}, "/text"), ({"contact": ""}, "/contact")],
)
def test_what_cannot_be_brought_is_refused_at_its_member(client, path, wrong, member):
    answer = bring(client, path, **wrong)
    assert (answer.status_code, list(answer.json["fields"])) == (422, [member])
    assert tables.session.query(BodyComplaint).count() == 0


def test_page_and_api_share_one_bound(client, path):
    page = path.removeprefix("/api/v1").removesuffix("s")
    codes = [bring(client, path, text=f"第 {n} 件。").status_code for n in range(5)]
    codes.append(client.post(page, data=SAID).status_code)
    assert codes == [201] * 5 + [200]
    refused = bring(client, path, text="第七件。")
    assert (refused.status_code, refused.json["slug"]) == (429, "http-429")
    refused = client.post(page, data=SAID)
    assert (refused.status_code, sentence("complaints-too-often") in refused.text) == (429, True)
    assert tables.session.query(BodyComplaint).count() == 6


def test_the_body_reads_it_without_who_brought_it(client, path, program):
    bring(client, path)
    headers = program("appeals_officer")
    listed = client.get("/api/v1/body_complaints", headers=headers)
    assert (listed.json["total"], listed.json["items"][0]["real_name"]) == (1, True)
    one = client.get(f"/api/v1/body_complaints/{the_one().id}", headers=headers)
    for answer in (listed, one):
        assert "石磊" not in answer.text
        assert "13900001234" not in answer.text
    assert client.get("/api/v1/body_complaints", headers=program("applicant")).json["total"] == 0
    assert (
        client.get(f"/api/v1/body_complaints/{the_one().id}", headers=program("applicant")).status_code == 404
    )


def test_a_step_is_taken_on_the_version_that_was_seen(client, path, program):
    bring(client, path)
    place = f"/api/v1/body_complaints/{the_one().id}"
    seen = client.get(place, headers=program("appeals_officer")).json["version"]
    assert seen == the_one().version
    headers = program("appeals_officer")
    refused = client.post(f"{place}/acknowledge", headers=headers, json={"version": seen + 1})
    assert (refused.status_code, refused.json["slug"]) == (409, "page-is-stale")
    unseen = client.post(f"{place}/acknowledge", headers=headers, json={})
    assert (unseen.status_code, list(unseen.json["fields"])) == (422, ["/version"])
    assert the_one().state == "received"
    done = client.post(f"{place}/acknowledge", headers=headers, json={"version": seen})
    assert (done.status_code, done.json["state"]) == (200, "acknowledged")
    assert done.json["version"] == the_one().version > seen


def test_a_step_sent_twice_with_its_key_is_taken_once(client, path, program):
    bring(client, path)
    place = f"/api/v1/body_complaints/{the_one().id}"
    headers = program("appeals_officer", **{"Idempotency-Key": "acknowledge-0001"})
    said = {"version": the_one().version}
    answers = [client.post(f"{place}/acknowledge", headers=headers, json=said) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json == answers[1].json
    assert the_one().version == answers[0].json["version"]
