"""The whole road by bearer token: create, fill, attach, take every step that the links offer."""

import re
from datetime import timedelta
from io import BytesIO

import pytest

from accounts import operations as accounts
from certification.steps import ASKS
from certification.workflow import MACHINES
from core.clock import now, today
from tests.certification.lists import SITE_CHECKS, confirmed
from tests.certification.world import DECLARING, PDF

pytestmark = pytest.mark.engines("roads")


@pytest.fixture
def caller(client, world, db):
    """caller(role): ask the API in the name of whoever holds the role."""
    secrets = {}

    def call(role: str, method: str, path: str, **more):
        if role not in secrets:
            secrets[role] = accounts.create_token(world.actor(role), "test")[1]
            db.session.commit()
        headers = {"Authorization": f"Bearer {secrets[role]}"}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)

    return call


@pytest.fixture
def draft(caller, world):
    """A draft made and filled by API; the answer's body."""
    asked = {"scheme": world.scheme.code, "body": world.body.uscc, "product_name": "抛釉砖 YT-6015"}
    made = caller("applicant", "POST", "/applications", json=asked)
    assert made.status_code == 201
    case = made.json
    models = {"version": case["version"], "models": [{"code": "YT-6015"}]}
    assert caller("applicant", "PATCH", f"/applications/{case['id']}", json=models).status_code == 200
    row = {
        "stage": "manufacturing", "name": "烧成", "quantity": "8.45", "unit": "kg",
        "own_value": "1", "own_unit": "kgCO2e/kg", "own_source": "企业实测", "note": "台账",
    }  # fmt: skip
    inventory = {
        "version": case["inventory"]["version"],
        "output_amount": "1",
        "output_unit": "m2",
        "rows": [row],
    }
    assert (
        caller("applicant", "PUT", f"/applications/{case['id']}/inventory", json=inventory).status_code == 200
    )
    for asked in caller("applicant", "GET", f"/applications/{case['id']}/questions").json["items"]:
        answer = {"answer": "其余过程没有直接排放。"}
        path = f"/questions/{asked['id']}/explain"
        assert caller("applicant", "POST", path, json=answer).status_code == 200
    for kind in world.scheme.required_files:
        file = {"file": (BytesIO(PDF), "paper.pdf")}
        answer = caller("applicant", "POST", f"/applications/{case['id']}/files/{kind}", data=file)
        assert answer.status_code == 201
    return case


SYSTEM = {
    "processes": [
        {
            "name": "tile",
            "stage": "manufacturing",
            "unit": "m2",
            "inputs": {"clay": {"amount": "8", "unit": "kg"}},
        },
        {"name": "clay", "stage": "raw_material", "unit": "t", "emissions": {"CO2e": 12}},
    ],
    "demand": {"tile": "1"},
}


def test_a_system_that_was_sent_reads_back_stays_until_it_is_taken_away(caller, draft):
    path = f"/applications/{draft['id']}/inventory"
    rows = caller("applicant", "GET", path).json["rows"]
    assert [(row["name"], row["quantity"], row["factor_code"]) for row in rows] == [("烧成", "8.45", "")]
    for sent, stands in [({"system": SYSTEM}, SYSTEM), ({}, SYSTEM), ({"system": None}, None)]:
        version = caller("applicant", "GET", path).json["version"]
        body = {"version": version, "rows": rows, **sent}
        assert caller("applicant", "PUT", path, json=body).status_code == 200
        got = caller("applicant", "GET", path).json
        assert (got["system"], got["rows"], got["output_unit"]) == (stands, rows, "m2")


def test_what_is_wrong_in_a_system_is_named_where_it_stands(caller, draft):
    body = {
        "version": draft["inventory"]["version"] + 1,
        "system": SYSTEM | {"processes": [SYSTEM["processes"][0] | {"shares_": {}}]},
    }
    answer = caller("applicant", "PUT", f"/applications/{draft['id']}/inventory", json=body)
    assert (answer.status_code, answer.json["slug"]) == (422, "body-invalid")
    assert answer.json["fields"]["/system/processes/0/shares_"]["slug"] == "body-member-unknown"


def step(caller, role: str, subject: str, name: str, **facts):
    answer = caller(role, "POST", f"/{subject}/{name}", json=facts)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_a_case_walks_the_whole_road_by_token(caller, draft, world):
    case = f"applications/{draft['id']}"
    step(caller, "applicant", case, "submit", declared=True)
    for role in DECLARING:
        assert caller(role, "POST", f"/{case}/declaration", json={"free": True}).status_code == 201
    step(caller, "application_reviewer", case, "accept", conditions=confirmed())
    step(caller, "case_officer", case, "offer")
    step(caller, "applicant", case, "sign", agreed=True)
    team = [
        {"user_id": world.people[role].id, "function": role}
        for role in ("document_reviewer", "lead_verifier")
    ]
    day = today().isoformat()
    plan = {"laboratory_id": world.laboratory.id, "person_days": "2", "site_from": day}
    plan["site_to"] = (today() + timedelta(days=1)).isoformat()
    step(caller, "case_officer", case, "plan", team=team, **plan)
    for asked in caller("document_reviewer", "GET", f"/{case}/questions").json["items"]:
        step(caller, "document_reviewer", f"questions/{asked['id']}", "accept_answer", reason="看过台账")
    step(caller, "document_reviewer", case, "review_documents", result="pass", findings="一致")
    ordered = step(caller, "lead_verifier", case, "order_sample", method="drawn", model="YT-6015", quantity=2)
    _test_sample(caller, f"samples/{ordered['samples'][0]['id']}", day)
    raised = step(
        caller, "lead_verifier", case, "raise",
        grade="minor", anchor="energy_monitoring", fact="标签磨损",
    )  # fmt: skip
    _close(caller, f"nonconformities/{raised['nonconformities'][0]['id']}")
    items = [{"slug": slug, "finding": "conform"} for slug in SITE_CHECKS]
    visit = {"person_days": "2", "started_on": day, "ended_on": day, "conclusion": "pass"}
    people = {"on": day, "participants": "核查组、厂长", "confirmed_by": "厂长"}
    visit["meetings"] = [{"kind": kind, **people} for kind in ("opening", "closing")]
    step(caller, "lead_verifier", case, "verify_site", items=items, **visit)
    sheet = caller("lead_verifier", "GET", f"/{case}/verification").json
    agreed = {"outcome": "agreed", "samples": 2, "reason": "一致"}
    found = [{"subject": line["subject"], **agreed} for line in sheet["items"]]
    step(caller, "lead_verifier", case, "verify_data", items=found)
    rows = caller("lead_verifier", "GET", f"/{case}/evidence-plan").json["items"]
    traces = [{"subject": row["subject"], "samples": 2} for row in rows if "heavy" in row["risks"]]
    assert (
        caller("lead_verifier", "POST", f"/{case}/evidence-plan", json={"traces": traces}).status_code == 200
    )
    step(caller, "lead_verifier", case, "give_opinion", opinion="unmodified", text="没有错报")
    step(caller, "lead_verifier", case, "finish")
    step(caller, "technical_reviewer", case, "recommend", recommendation="grant", text="评审完整")
    step(caller, "decision_maker", case, "grant", signed=True)
    done = step(caller, "head_of_body", case, "countersign", signed=True)
    assert done["state"] == "certified"
    public = caller("applicant", "GET", f"/certificates/{done['certificate']}").json
    assert public["status"] == "valid"
    assert public["demo"] is True


def _test_sample(caller, sample: str, day: str) -> None:
    step(caller, "lead_verifier", sample, "dispatch", drawn_on=day, seal_number="F-1")
    step(caller, "sample_receiver", sample, "receive", received_on=day, condition="完好", seal="intact")
    results = [
        {"item": "absorption", "value": "0.21", "performed_on": day},
        {"item": "density", "value": "22.4", "performed_on": day},
    ]
    step(caller, "tester", sample, "record", results=results)
    reported = step(
        caller, "authorised_signatory", sample, "report", number="TR-1", place="南京", issued_on=day
    )
    assert reported["state"] == "reported"


def _close(caller, finding: str) -> None:
    data = {"answer": "已更换", "evidence": (BytesIO(PDF), "证据.pdf")}
    answered = caller("applicant", "POST", f"/{finding}/answer", data=data)
    assert answered.json["state"] == "answered"
    assert step(caller, "lead_verifier", finding, "close", reason="证据充分")["state"] == "closed"


def test_a_case_shows_the_steps_open_to_the_caller_as_links_with_what_hinders_them(caller, world, db):
    case = world.case()
    for file in case.application.files:
        file.superseded_at = now()
    db.session.commit()
    links = {
        link["rel"]: link for link in caller("applicant", "GET", f"/applications/{case.id}").json["links"]
    }
    assert set(links) == {"submit", "recall"}
    assert [reason["slug"] for reason in links["submit"]["unmet"]] == ["files-missing"]
    assert [links["submit"]["ready"], links["recall"]["ready"]] == [False, True]


def test_what_is_refused_bears_the_slug_of_the_guard(caller, draft):
    answer = caller("applicant", "POST", f"/applications/{draft['id']}/submit", json={})
    assert (answer.status_code, answer.json["slug"]) == (422, "declaration-missing")
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize(
    ("role", "method", "path", "body", "status", "slug"),
    [
        ("applicant", "POST", "submit", {"declared": True, "declaired": True}, 422, "body-invalid"),
        ("applicant", "POST", "accept", {"conditions": []}, 403, "role-not-held"),
        ("applicant", "POST", "accept", {"conditions": 7, "more": 1}, 403, "role-not-held"),
        ("application_reviewer", "POST", "accept", {"conditions": []}, 404, "application-not-found"),
        ("applicant", "POST", "sign", {}, 409, "step-out-of-order"),
        ("applicant", "PATCH", "", {"version": 99, "product_name": "x"}, 409, "page-is-stale"),
    ],
)
def test_the_api_says_no_as_the_pages_do(caller, draft, role, method, path, body, status, slug):
    address = f"/applications/{draft['id']}" + (f"/{path}" if path else "")
    answer = caller(role, method, address, json=body)
    assert (answer.status_code, answer.json["slug"]) == (status, slug)


def test_nobody_without_a_token_learns_of_a_case(client, draft):
    assert client.get(f"/api/v1/applications/{draft['id']}").status_code == 401


def test_a_point_of_another_case_is_not_found(caller, world, db):
    mine, other = world.case("submitted"), world.case("submitted")
    for case in (mine, other):
        case.take("correct", "application_reviewer", points=[{"anchor": "product_name", "text": "补英文名"}])
    db.session.commit()
    path = f"/applications/{mine.id}/points/{other.application.points[0].id}"
    assert caller("applicant", "POST", path, json={"answer": "好"}).status_code == 404
    path = f"/applications/{mine.id}/points/{mine.application.points[0].id}"
    assert caller("applicant", "POST", path, json={"answer": "好"}).json["points"][0]["answer"] == "好"


def test_every_step_a_person_takes_has_a_shape_and_an_address(app):
    addresses = {rule.rule for rule in app.url_map.iter_rules()}
    collections = {
        "question": "questions",
        "application": "applications", "sample": "samples", "nonconformity": "nonconformities",
        "certificate": "certificates", "label": "labels", "test_report": "reports", "appeal": "appeals",
        "surveillance": "surveillance", "status_proposal": "status_proposals",
        "body_complaint": "body_complaints",
        "competence": "competences", "check_finding": "check_findings",
    }  # fmt: skip
    on_pages_only = {("appeal", "conclude")}  # the regulator's, above this office
    for machine in MACHINES:
        for name, row in machine.steps.items():
            if row.roles == {"system"}:
                assert (machine.kind, name) not in ASKS
            elif (machine.kind, name) not in on_pages_only:
                assert f"/api/v1/{collections[machine.kind]}/<id:subject_id>/{name}" in addresses


def test_the_document_describes_every_address_of_the_api(app, client):
    described = client.get("/api/v1/openapi.json").json["paths"]
    served = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and not rule.rule.endswith("openapi.json")
    }
    assert served == set(described)
