"""Whoever performs a test or signs for it was authorised by the laboratory for the method, on the day."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from accounts.operations import create_token
from certification.impartiality.models import Competence
from certification.impartiality.operations import propose_competence
from certification.late.operations import answer_late, file_late
from core import clock, lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, Refused
from tests.certification.world import PDF

DENSITY = "GB 6566"


@pytest.fixture
def case(world):
    found = world.case("evaluating")
    found.sample = found.deliver()
    found.methods = {item["slug"]: item["method"] for item in found.sample.tests}
    return found


def of(world, role: str) -> Competence:
    person = world.people[role]
    return db.session.query(Competence).filter_by(user_id=person.id, body_id=world.laboratory.id).one()


def limited(world, role: str, method: str) -> None:
    """To one method; nothing else."""
    of(world, role).category = method
    db.session.flush()
    db.session.expire_all()


def measure(case, item="absorption", on: date | None = None, value="0.21") -> None:
    measured = {"value": Decimal(value), "uncertainty": Decimal("0.01"), "performed_on": on or today()}
    case.take("record", "tester", case.sample, results=[{"item": item} | measured])


def report(case) -> None:
    facts = {"number": "TR-7", "place": "南京某路 3 号", "issued_on": today()}
    case.take("report", "authorised_signatory", case.sample, **facts)


# Who performs


def test_whoever_is_authorised_for_the_method_measures_by_it_and_by_no_other(case, world):
    limited(world, "tester", case.methods["absorption"])
    measure(case)
    with pytest.raises(Invalid) as no:
        measure(case, "density", value="22.46")
    assert no.value.fields == {"results.0.performed_on": "tester-not-authorised"}
    assert (no.value.detail["who"], no.value.detail["method"]) == (
        world.people["tester"].name,
        case.methods["density"],
    )
    assert [row.item for row in case.sample.results] == ["absorption"]


@pytest.mark.parametrize("lack", ["proposed", "not-begun", "suspended"])
def test_what_does_not_stand_on_the_day_authorises_nothing(case, world, lack):
    row = of(world, "tester")
    if lack == "proposed":
        row.state, row.approved_on = "proposed", None
    elif lack == "not-begun":
        row.valid_from = today() + timedelta(days=1)
    else:
        row.state, row.pauses = "suspended", [[today().isoformat(), None]]
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(Invalid, match="tester-not-authorised"):
        measure(case)
    assert case.sample.results == []


def test_the_authorisation_of_another_laboratory_counts_for_nothing(case, world):
    of(world, "tester").body_id = world.body.id
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(Invalid, match="tester-not-authorised"):
        measure(case)


def test_typed_after_the_authorisation_ended_it_needs_a_document_and_a_second_person(case, world):
    day = today()
    of(world, "tester").valid_to = day
    db.session.flush()
    db.session.expire_all()
    with clock.travel(day + timedelta(days=2)):
        with pytest.raises(Invalid) as no:
            measure(case, on=day)
        assert no.value.fields == {"results.0.performed_on": "right-ended-since"}
        assert no.value.detail["who"] == world.people["tester"].name
        shown = {
            "first": day,
            "last": day,
            "reason": "停机",
            "document": FileStorage(BytesIO(PDF), "打印.pdf"),
        }
        entry = file_late(case.application, world.actor("tester"), **shown)
        answer_late(entry, world.actor("authorised_signatory"), True, "")
        measure(case, on=day)
    assert [row.performed_on for row in case.sample.results] == [day]


# Who signs


@pytest.fixture
def measured(case):
    measure(case)
    measure(case, "density", value="22.46")
    return case


def test_a_signatory_signs_for_the_methods_of_the_own_field_alone(measured, world):
    limited(world, "authorised_signatory", measured.methods["absorption"])
    with pytest.raises(Invalid) as no:
        report(measured)
    assert no.value.fields == {"issued_on": "signatory-out-of-field"}
    assert no.value.detail["methods"] == measured.methods["density"]
    assert (measured.sample.state, measured.application.reports) == ("testing", [])


def test_a_signatory_whose_field_ended_yesterday_signs_nothing_today(measured, world):
    of(world, "authorised_signatory").valid_to = today() - timedelta(days=1)
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(Invalid, match="signatory-out-of-field"):
        report(measured)


def test_a_report_is_amended_within_the_field_alone(measured, world):
    report(measured)
    limited(world, "authorised_signatory", measured.methods["absorption"])
    facts = {"number": "TR-8", "issued_on": today(), "reason": "笔误", "title": "检测报告"}
    with pytest.raises(Refused) as no:
        measured.take("amend", "authorised_signatory", measured.application.reports[-1], **facts)
    assert no.value.slug == "signatory-out-of-field"


# How it comes about


def proposal(world, role="tester", **more) -> dict:
    span = {"valid_from": today(), "valid_to": today() + timedelta(days=365)}
    paper = FileStorage(BytesIO(PDF), "考核.pdf")
    said = {"user_id": world.people[role].id, "functions": ["perform_test"], "classes": [f"method/{DENSITY}"]}
    return said | span | {"basis": "上岗考核 7", "evidence": paper} | more


@pytest.fixture
def minder(world):
    world.grant("sample_receiver", "organisation_admin")
    return world.actor("sample_receiver")


def test_one_proposes_and_another_approves_and_from_then_on_it_holds(case, world, minder):
    db.session.delete(of(world, "tester"))
    db.session.flush()
    method = case.methods["density"]
    [entry] = propose_competence(minder, **proposal(world, classes=[f"method/{method}"]))
    with pytest.raises(Invalid, match="tester-not-authorised"):
        measure(case, "density", value="22.46")
    with pytest.raises(Refused, match="competence-own-proposal"):
        lifecycle.take(entry, "approve", minder)
    lifecycle.take(entry, "approve", world.actor("authorised_signatory"))
    db.session.expire_all()
    measure(case, "density", value="22.46")
    assert [row.item for row in case.sample.results] == ["density"]


def test_nobody_authorises_themselves(world, minder):
    signatory = world.actor("authorised_signatory")
    with pytest.raises(Invalid, match="competence-for-oneself"):
        propose_competence(signatory, **proposal(world, "authorised_signatory", functions=["sign_report"]))
    of(world, "authorised_signatory").state = "ended"
    [entry] = propose_competence(
        minder, **proposal(world, "authorised_signatory", functions=["sign_report"], classes=["method"])
    )
    with pytest.raises(Refused, match="competence-for-oneself"):
        lifecycle.take(entry, "approve", signatory)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"functions": ["decide"]}, "functions"),
        ({"classes": ["low_carbon"]}, "classes"),
        ({"classes": ["method/GB 1"]}, "classes"),
    ],
)
def test_a_laboratory_finds_nobody_competent_for_what_is_a_bodys_or_outside_its_scope(
    world, minder, more, field
):
    with pytest.raises(Invalid) as no:
        propose_competence(minder, **proposal(world) | more)
    assert no.value.fields == {field: "value-not-known"}


def test_a_tester_and_a_body_authorise_nobody_in_a_laboratory(world):
    with pytest.raises(NotPermitted):
        propose_competence(world.actor("tester"), **proposal(world))
    with pytest.raises(Invalid, match="person-not-of-the-body"):
        propose_competence(world.actor("head_of_body"), **proposal(world, functions=["verify"]))


def test_a_laboratory_proposes_on_its_page(world, browser):
    world.grant("sample_receiver", "organisation_admin")
    db.session.commit()
    keeper = browser("sample_receiver")
    page = keeper.get("/certification/impartiality/competences").text
    assert "报告授权签字" in page
    assert "认证决定" not in page
    scope = world.scheme.tests[0]["method"]
    sent = {"user_id": world.people["tester"].id, "functions": "sign_report", "classes": f"method/{scope}"}
    sent |= {"basis": "考核", "valid_from": today().isoformat(), "valid_to": today().isoformat()}
    bare = keeper.post("/certification/impartiality/competences", data=sent)
    assert bare.status_code == 422
    kept = sent | {"evidence": (BytesIO(PDF), "考核.pdf")}
    assert keeper.post("/certification/impartiality/competences", data=kept).status_code == 302
    assert "待另一人批准" in keeper.get("/certification/impartiality/competences").text
    assert browser("tester").get("/certification/impartiality/competences").status_code == 403


def test_a_program_proposes_by_method_and_is_told_who_may_not(world, client):
    def call(role, **more):
        secret = create_token(world.actor(role), "test")[1]
        db.session.commit()
        head = {"Authorization": f"Bearer {secret}"}
        return client.post("/api/v1/competences", headers=head, content_type="multipart/form-data", **more)

    def said(**more):
        sent = {"user_id": world.people["tester"].id, "functions": "sign_report", "basis": "考核"}
        sent |= {"valid_from": today().isoformat(), "valid_to": today().isoformat()}
        return sent | {"evidence": (BytesIO(PDF), "考核.pdf")} | more

    method = world.scheme.tests[0]["method"]
    made = call("authorised_signatory", data=said(methods=f"{method}\n*"))
    assert made.status_code == 201
    assert {each["product_class"] for each in made.json["items"]} == {"method", f"method/{method}"}
    no = call("authorised_signatory", data=said(methods="GB 1"))
    assert (no.status_code, no.json["fields"]["/classes"]["slug"]) == (422, "value-not-known")
    assert call("tester", data=said(methods="*")).status_code == 403


def test_a_value_outside_the_authorisation_is_refused_at_its_day_on_the_page_and_by_api(
    case, world, browser, client
):
    limited(world, "tester", case.methods["absorption"])
    db.session.commit()
    tester, place = browser("tester"), f"/certification/laboratory/samples/{case.sample.id}"
    typed = {"version": case.sample.version}
    for number, value in enumerate(("0.21", "22.46")):
        row = {"value": value, "uncertainty": "0.01", "performed_on": today().isoformat()}
        typed |= {f"results-{number}-{name}": said for name, said in row.items()}
    page = tester.post(f"{place}/record", data=typed)
    assert page.status_code == 422
    assert "没有得到本机构对" in page.text
    secret = create_token(world.actor("tester"), "test")[1]
    db.session.commit()
    value = {"item": "density", "value": "22.46", "uncertainty": "0.01", "performed_on": today().isoformat()}
    answer = client.post(
        f"/api/v1/samples/{case.sample.id}/record",
        json={"results": [value]},
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 422
    assert answer.json["fields"]["/results/0/performed_on"]["slug"] == "tester-not-authorised"
