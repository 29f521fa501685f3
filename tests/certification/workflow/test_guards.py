"""Guards of certification-rules 6.6 that belong to no single noun."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from accounts.operations import create_token
from certification.certificate.models import Certificate
from certification.workflow import APPLICATION
from certification.workflow.application import footprint_in_scheme_unit
from core import lifecycle
from core.audit import Entry
from core.db import db
from core.errors import OutOfOrder, Unmet
from core.lifecycle import history
from tests.certification.steps import in_hand
from tests.certification.world import BODY_ROLES, ROAD, reload

MANDATORY = {
    "accept": "application_reviewer",
    "plan": "case_officer",
    "review_documents": "document_reviewer",
    "verify_site": "lead_verifier",
    "finish": "lead_verifier",
    "recommend": "technical_reviewer",
    "grant": "decision_maker",
    "countersign": "head_of_body",
}
# In which state each mandatory step stands, in the order of the road.
STANDS_IN = {
    "accept": "submitted",
    "plan": "contracted",
    "review_documents": "evaluating",
    "verify_site": "evaluating",
    "finish": "evaluating",
    "recommend": "in_review",
    "grant": "pending_decision",
    "countersign": "granted",
}


# guard 6
@pytest.mark.parametrize("state", ROAD[1:])
def test_no_mandatory_stage_is_skipped_or_reordered_by_page_or_by_token(app, world, browser, state):
    case = world.case(state)
    db.session.commit()
    for step, role in MANDATORY.items():
        if STANDS_IN[step] == state:
            continue
        secret = create_token(world.actor(role), "test")[1]
        db.session.commit()
        head = {"Authorization": f"Bearer {secret}"}
        client = app.test_client()
        assert client.post(f"/api/v1/applications/{case.id}/{step}", json={}, headers=head).status_code in (
            409,
            422,
        )
        typed = {"version": case.application.version}
        page = browser(role).post(f"/certification/reviews/{case.id}/{step}", data=typed)
        assert page.status_code in (409, 422)
        with pytest.raises(OutOfOrder):
            lifecycle.take(case.application, step, world.actor(role), **in_hand(case, case.application, step))
        assert reload(case).state == state


# guard 6
def test_inside_the_evaluation_the_visit_waits_for_the_documents_and_the_end_for_all_parts(world):
    case = world.case("evaluating")
    with pytest.raises(Unmet, match="documents-not-passed"):
        case.visit()
    with pytest.raises(Unmet) as refused:
        case.take("finish", "lead_verifier")
    missing = {"documents-not-passed", "test-report-missing", "site-not-passed"}
    assert missing <= set(refused.value.detail["unmet"])


# guard 6
def test_no_step_of_the_road_leads_past_a_mandatory_stage():
    """Taking any stage away cuts the draft off from the certificate."""
    for left_out in ("submit", "accept", "sign", "plan", "recommend", "grant", "countersign", "issue"):
        reached = {"draft"}
        for _ in APPLICATION.steps:
            reached |= {
                step.target
                for step in APPLICATION.steps.values()
                if step.name != left_out and step.sources & reached
            }
        assert "certified" not in reached, left_out


# guard 7
@pytest.mark.parametrize(
    ("state", "step", "role"),
    [("submitted", "decline", "application_reviewer"), ("pending_decision", "refuse", "decision_maker")],
)
@pytest.mark.parametrize("reason", ["", "   "])
def test_a_refusal_without_reasons_is_rejected(world, state, step, role, reason):
    case = world.case(state)
    with pytest.raises(Unmet, match="reason-missing"):
        case.take(step, role, signed=True, reason=reason)
    assert case.state == state


# guard 10
@pytest.mark.parametrize(
    ("unit", "boundary", "slug"),
    [
        ("kgCO2e/m2", "cradle_to_gate", None),
        ("kgCO2e/t", "cradle_to_gate", "footprint-in-another-unit"),
        ("kgCO2e/m2", "cradle_to_grave", "footprint-in-another-unit"),
    ],
)
def test_a_footprint_is_compared_in_the_unit_and_the_boundary_of_its_limit(unit, boundary, slug):
    scheme = SimpleNamespace(carbon_unit="kgCO2e/m2", boundary="cradle_to_gate")
    case = SimpleNamespace(scheme=scheme, footprint=SimpleNamespace(unit=unit, boundary=boundary))
    assert footprint_in_scheme_unit(case, None) == slug


# guard 11
@pytest.mark.parametrize("name", ["购买 CCER 碳抵消", "Carbon credits bought", "绿电证书权益", "余热外供"])
def test_nothing_is_subtracted_whatever_it_is_called(world, name):
    """As a draft may hold it that was saved before it was refused there."""
    case = world.case("draft")
    row = case.application.inventory.rows[0]
    row.name, row.factor, row.own_value, row.own_unit = name, None, Decimal(-3), "kgCO2e/kg"
    row.unit = "kg"
    db.session.flush()
    with pytest.raises(Unmet, match="negative-without-ground"):
        case.to_submitted()


# guard 17
@pytest.mark.parametrize(
    ("model", "covered"), [("YT-6015", True), ("YT-6016", True), ("YT-6017", False), ("YT-60", False)]
)
def test_a_certificate_covers_the_models_it_lists_and_says_of_another_that_it_is_not_covered(
    world, client, model, covered
):
    case = world.case("certified")
    number = db.session.scalar(select(Certificate.number).where(Certificate.application_id == case.id))
    db.session.commit()
    page = client.get(f"/verify/{number}", query_string={"model": model}).text
    assert (f"型号 {model} 不在证书范围内" in page) is not covered
    assert (f"型号 {model} 在证书范围内" in page) is covered


# guard 18
@pytest.mark.parametrize("field", ["product_name", "product_name_en", "series", "trademark"])
@pytest.mark.parametrize(
    "claim", ["ISO 14001 认证企业", "能源管理体系认证", "Energy management system certified"]
)
def test_the_text_of_a_product_may_not_claim_a_certified_system(world, field, claim):
    case = world.case("draft")
    setattr(case.application, field, claim)
    with pytest.raises(Unmet, match="product-claims-system"):
        case.to_submitted()


# guard 18
def test_the_certificate_of_a_product_says_nothing_of_a_certified_system(world):
    case = world.case("certified")
    found = db.session.scalar(select(Certificate).where(Certificate.application_id == case.id))
    assert not any(word in found.statement.lower() for word in ("体系认证", "system certif", "iso 9001"))


# guard 22
def test_every_step_writes_who_when_why_and_the_hash_of_the_files_seen(world):
    case = world.case("certified")
    lying = {file.digest for file in case.application.current_files}
    steps = history("application", case.id)
    assert [step.step for step in steps][-1] == "issue"
    for step in steps:
        assert step.actor
        assert step.at is not None
        assert step.source
        assert step.target
        assert lying <= set(step.files)
    granted = next(step for step in steps if step.step == "grant")
    assert (granted.actor_id, granted.reason) == (world.people["decision_maker"].id, "符合规则。")


# guard 22
def test_the_record_nobody_edits_holds_the_same_hashes(world):
    case = world.case("submitted")
    entry = db.session.scalar(select(Entry).where(Entry.verb == "application.submit"))
    assert all(file.digest in entry.data for file in case.application.current_files)


# guard 22
def test_evidence_and_photographs_are_among_the_files_seen(world):
    case = world.case("evaluating")
    finding = case.raise_finding()
    case.answer_finding(finding)
    case.take("close", "lead_verifier", finding, reason="证据充分")
    closed = history("nonconformity", finding.id)[-1]
    assert finding.evidence in closed.files


# ask 34
@pytest.mark.parametrize("role", BODY_ROLES)
def test_each_role_of_the_body_sees_who_is_assigned_and_what_is_its_own_to_do(world, browser, role):
    case = world.case("evaluating")
    db.session.commit()
    page = browser(role).get("/certification/reviews/?view=open").text
    assert case.application.number in page
    assert world.people["lead_verifier"].name in page


# ask 34
@pytest.mark.parametrize("role", ["applicant", "tester", "sample_receiver"])
def test_nobody_outside_the_body_sees_what_its_reviewers_wrote(world, browser, role):
    case = world.case("pending_decision")
    db.session.commit()
    note = case.application.review.text
    for address in (f"/certification/reviews/{case.id}", f"/certification/applications/{case.id}"):
        assert note not in browser(role).get(address).text
    assert note not in browser(role).get(f"/api/v1/applications/{case.id}").text
