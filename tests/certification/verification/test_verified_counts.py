"""What was verified is what is judged, decided and certified; nobody rests on what nobody verified."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from accounts.operations import create_token
from carbon import operations as carbon
from certification.certificate.models import Certificate
from core.db import db
from core.errors import Invalid, Unmet
from tests.certification.verification.test_verified_data import GAS, WHY, corrected, row, verify
from tests.certification.world import reload


@pytest.fixture
def case(world):
    """Evaluated, but for the data."""
    case = world.case("evaluating")
    case.review_documents()
    case.test()
    case.visit()
    return case


def judge(case, quantity: str, opinion: str = "unmodified") -> None:
    """The gas is found to be another amount, all else is agreed."""
    verify(case, *case.agreed(row(case, GAS)), corrected(case, values={"quantity": quantity}))
    case.take("give_opinion", "lead_verifier", opinion=opinion, text=WHY)


def test_no_evaluation_ends_before_the_data_are_verified(case, browser, world, client):
    with pytest.raises(Unmet) as refused:
        case.take("finish", "lead_verifier")
    assert refused.value.detail["unmet"] == ["opinion-missing"]
    secret = create_token(world.actor("lead_verifier"), "test")[1]
    db.session.commit()
    head = {"Authorization": f"Bearer {secret}"}
    answer = client.post(f"/api/v1/applications/{case.id}/finish", json={}, headers=head)
    assert (answer.status_code, [each["slug"] for each in answer.json["unmet"]]) == (422, ["opinion-missing"])
    data = {"version": case.application.version}
    answer = browser("lead_verifier").post(f"/certification/reviews/{case.id}/finish", data=data)
    assert answer.status_code == 422
    assert "还没有核查意见" in answer.text


def test_the_certificate_states_the_verified_value_and_its_annex_the_verified_amount(case):
    """By hand: 3.45 and 5 declared make 8.45; with 1.05 of the gas it is 8.70: no other number is signed."""
    judge(case, "1.05")
    case.take("finish", "lead_verifier")
    case.to("certified")
    assert case.application.decision.value == Decimal("8.70")
    certificate = db.session.scalars(select(Certificate)).one()
    assert certificate.carbon == Decimal("8.70")
    statement = (
        certificate.statement if isinstance(certificate.statement, str) else str(certificate.statement)
    )
    assert "1.05" in statement
    assert "8.45" not in statement
    opinion = case.application.opinion
    assert (opinion.declared.total, case.application.footprint.total) == (Decimal("8.45"), Decimal("8.7"))


def test_the_limit_is_held_against_what_was_verified(world, case):
    judge(case, "1.48", "modified")  # 3.45 and 7.40 make 10.85, above 10.80
    case.take("finish", "lead_verifier")
    case.to("pending_decision")
    with pytest.raises(Unmet) as refused:
        case.to_granted()
    assert refused.value.detail["unmet"] == ["footprint-over-limit"]


@pytest.mark.parametrize("opinion", ["adverse", "disclaimed"])
def test_against_such_an_opinion_a_case_goes_on_as_failed_alone(case, opinion):
    judge(case, "1.2", opinion)
    with pytest.raises(Unmet, match="opinion-against"):
        case.take("finish", "lead_verifier")
    case.take("report_failure", "lead_verifier", reason="申报数据有实质性错报。")
    assert case.state == "in_review"


def test_another_finding_brings_the_declared_number_back_until_the_next_opinion(case):
    judge(case, "1.05")
    verify(case, corrected(case, values={"quantity": "1.04"}))
    assert (case.application.opinion, case.application.footprint.total) == (None, Decimal("8.45"))
    with pytest.raises(Unmet, match="opinion-missing"):
        case.take("finish", "lead_verifier")
    case.take("give_opinion", "lead_verifier", opinion="unmodified", text=WHY)
    assert case.application.footprint.total == Decimal("8.65")


def test_an_opinion_that_is_given_again_is_of_what_was_declared(case):
    judge(case, "1.05")
    case.take("give_opinion", "lead_verifier", opinion="unmodified", text="再次发表。")
    assert case.application.opinion.declared.total == Decimal("8.45")


def test_reviewer_and_decider_see_both_numbers_and_the_row_that_differs(case, browser):
    judge(case, "1.05")
    case.take("finish", "lead_verifier")
    db.session.commit()
    page = browser("technical_reviewer").get(f"/certification/reviews/{case.id}").text
    case = reload(case)
    assert "核实，证书用这个数" in page
    for text in ("8.45", "8.70", "烧成用天然气", "+0.25", "无保留意见"):
        assert text in page, text
    assert case.declared_footprint.total == Decimal("8.45")


def test_a_factor_of_co2_alone_is_settled_by_somebody(world):
    case = world.case("evaluating")
    key = case.application.inventory.rows[GAS].key
    case.application.footprint.warnings.append({"slug": "co2-counted-as-co2e", "row": GAS, "detail": {}})
    agreed = {"subject": f"row:{key}", "outcome": "agreed", "samples": 3}
    with pytest.raises(Invalid) as refused:
        verify(case, agreed)
    assert refused.value.fields == {"items.0.reason": "co2-alone-unsettled"}
    verify(case, agreed | {"reason": "甲烷和氧化亚氮合计低于万分之一。"})


def test_what_was_verified_is_computed_again_from_its_own_copy(case):
    judge(case, "1.05")
    assert carbon.recompute(case.application.footprint).total == Decimal("8.7")


@pytest.fixture
def answered(case):
    """A nonconformity on the row of the gas, which the client has answered."""
    finding = case.raise_finding(anchor="row:烧成用天然气")
    case.answer_finding(finding)
    return finding


def test_a_nonconformity_on_a_row_closes_with_another_value_alone(case, answered, browser, world, client):
    with pytest.raises(Unmet, match="row-not-corrected"):
        case.take("close", "lead_verifier", answered, reason="看过说明。")
    secret = create_token(world.actor("lead_verifier"), "test")[1]
    db.session.commit()
    head = {"Authorization": f"Bearer {secret}"}
    said = {"reason": "看过说明。"}
    answer = client.post(f"/api/v1/nonconformities/{answered.id}/close", json=said, headers=head)
    assert [each["slug"] for each in answer.json["unmet"]] == ["row-not-corrected"]
    data = said | {"version": answered.version}
    place = f"/certification/reviews/nonconformities/{answered.id}/close"
    answer = browser("lead_verifier").post(place, data=data)
    assert answer.status_code == 422
    assert "要等企业改了这一行" in answer.text
    verify(case, corrected(case))
    case.take("close", "lead_verifier", answered, reason="已按核实值更正。")
    assert answered.is_closed


def test_or_it_is_withdrawn_with_reasons(case, answered, browser):
    with pytest.raises(Unmet, match="reason-missing"):
        case.take("withdraw_finding", "lead_verifier", answered, reason=" ")
    db.session.commit()
    data = {"version": answered.version, "reason": "漏看了另一张表的抄见数。"}
    place = f"/certification/reviews/nonconformities/{answered.id}/withdraw_finding"
    assert browser("lead_verifier").post(place, data=data).status_code == 302
    assert reload(case).nonconformities[0].is_closed
