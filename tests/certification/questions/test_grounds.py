"""What is taken away counts nothing until who evaluates accepts its ground; then it counts, everywhere."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from accounts import operations as accounts
from accounts.models import Notice
from carbon import operations as carbon
from certification.application.operations.applications import save_inventory
from certification.application.queries.around import around
from certification.workflow import APPLICATION
from core import lifecycle
from core.clock import day_of
from core.db import db as tables
from core.errors import Unmet
from tests.certification.world import reload

OWN = {"own_unit": "kgCO2e/m2", "own_source": "企业实测", "evidence": "台账"}
FIRED = {"stage": "manufacturing", "name": "烧成", "quantity": "1", "unit": "m2", "own_value": "7"} | OWN
BODY = {"stage": "raw_material", "name": "坯料", "quantity": "1", "unit": "m2", "own_value": "1"} | OWN
HEAT = {
    "kind": "avoided", "stage": "manufacturing", "name": "余热供出", "quantity": "10", "unit": "MJ",
    "displaced": "燃气锅炉蒸汽", "source": "热力合同与计量", "own_value": "0.06", "own_unit": "kgCO2e/MJ",
}  # fmt: skip
HEAD = {"output_amount": "1", "output_unit": "m2", "period_from": "2025-01-01", "period_to": "2025-12-31"}
WITHOUT, WITH = Decimal(8), Decimal("7.4")  # 7 + 1, and less the 10 MJ at 0.06
ACCEPTED = {"reason": "热表检定有效，供出量与合同相符。"}


@pytest.fixture
def case(world):
    made = world.case("draft")
    save(made, FIRED, BODY, HEAT)
    return made


def save(case, *rows) -> None:
    application, actor = case.application, case.world.actor("applicant")
    save_inventory(application, actor, HEAD, list(rows), application.inventory.version)
    tables.session.commit()


def the(case):
    return next(each for each in reload(case).questions if each.is_ground and not each.is_gone)


def explain(case, **facts) -> None:
    for question in reload(case).questions:
        if question.is_red:
            lifecycle.take(question, "explain", case.world.actor("applicant"), answer="见所附文件。", **facts)
    tables.session.commit()


@pytest.fixture
def evaluated(case):
    explain(case, file=reload(case).current_files[0].id)
    case.to("evaluating")
    tables.session.commit()
    return case


def settle(case, step: str, **facts) -> None:
    lifecycle.take(the(case), step, case.world.actor("document_reviewer"), **facts)
    tables.session.commit()


def hindered(case, step: str, role: str) -> bool:
    return "question-open" in APPLICATION.named(step).unmet(reload(case), case.world.actor(role))


def test_what_nobody_accepted_counts_nothing_and_bars_the_grant(evaluated):
    assert evaluated.application.footprint.total == WITHOUT
    assert hindered(evaluated, "finish", "lead_verifier")
    assert hindered(evaluated, "grant", "decision_maker")


def test_what_is_asked_says_what_would_be_accepted(case):
    asked = the(case).detail
    assert (asked["amount"], asked["displaced"]) == ("10 MJ", "燃气锅炉蒸汽")
    explain(case)
    save(case, FIRED, BODY, HEAT | {"quantity": "1000"})
    assert the(case).is_unanswered


def test_accepted_it_counts_in_the_one_reckoning_and_says_by_whom(evaluated):
    before = evaluated.application.footprint
    settle(evaluated, "accept_ground", **ACCEPTED)
    case = reload(evaluated)
    assert case.footprint.total == WITH == carbon.compute(case.inventory, around(case)).total
    assert case.stated_carbon == Decimal("7.40")
    who = case.footprint.rows[2]["accepted"]
    assert who == {
        "by": evaluated.world.actor("document_reviewer").label,
        "on": day_of(the(evaluated).settled_at).isoformat(),
        **ACCEPTED,
    }
    assert "ground-not-accepted" not in {warning["slug"] for warning in case.footprint.warnings}
    assert carbon.recompute(case.footprint).total == WITH
    assert not hindered(evaluated, "grant", "decision_maker")
    assert (before.total, carbon.recompute(before).total) == (WITHOUT, WITHOUT)  # what was handed in stays


def test_the_certificate_rests_on_what_was_accepted(evaluated):
    settle(evaluated, "accept_ground", **ACCEPTED)
    evaluated.to("certified")
    assert reload(evaluated).decision.value == Decimal("7.40")


@pytest.mark.parametrize(("unit", "granted"), [("kgCO2e/m2", False), ("kgCO2-biogenic/m2", True)])
def test_a_footprint_below_zero_is_granted_only_where_plants_took_up_carbon(case, unit, granted):
    """8 kg, less 200 MJ at 0.06: 4 kg below zero; and less a tenth of a kilogram that a plant took up."""
    wood = BODY | {"name": "木粉", "own_unit": unit, "own_value": "-0.1"}
    save(case, FIRED, BODY, HEAT | {"quantity": "200"}, *([wood] if granted else []))
    explain(case, file=reload(case).current_files[0].id)
    case.to("evaluating")
    settle(case, "accept_ground", **ACCEPTED)
    assert reload(case).footprint.total == (Decimal("-4.1") if granted else -4)
    decider = case.world.actor("decision_maker")
    unmet = APPLICATION.named("grant").unmet(reload(case), decider)
    assert ("total-below-zero" in unmet) != granted


def test_an_explanation_is_no_ground(evaluated):
    with pytest.raises(Unmet) as refused:
        settle(evaluated, "accept_answer", **ACCEPTED)
    assert refused.value.detail["unmet"] == ["ground-is-accepted"]


def test_nothing_is_accepted_without_a_file(case):
    explain(case)
    case.to("evaluating")
    with pytest.raises(Unmet) as refused:
        settle(case, "accept_ground", **ACCEPTED)
    assert refused.value.detail["unmet"] == ["ground-without-file"]


def test_a_file_of_its_row_proves_it_as_well(case):
    explain(case)
    case.application.inventory.rows[2].evidence_digest = reload(case).current_files[0].digest
    case.to("evaluating")
    settle(case, "accept_ground", **ACCEPTED)
    assert reload(case).footprint.total == WITH


def test_nothing_is_accepted_without_a_reason(evaluated):
    with pytest.raises(Unmet) as refused:
        settle(evaluated, "accept_ground", reason=" ")
    assert refused.value.detail["unmet"] == ["reason-missing"]


@pytest.mark.parametrize("state", ["evaluating", "in_review", "pending_decision"])
def test_until_it_is_decided_an_acceptance_is_taken_back_and_all_is_as_before(evaluated, state):
    settle(evaluated, "accept_ground", **ACCEPTED)
    evaluated.to(state)
    tables.session.commit()
    settle(evaluated, "withdraw_ground", reason="热表检定已过期。")
    case = reload(evaluated)
    assert (case.state, case.review, case.footprint.total) == ("evaluating", None, WITHOUT)
    assert (the(evaluated).state, the(evaluated).reason, the(evaluated).settled_at) == ("answered", "", None)
    assert hindered(evaluated, "finish", "lead_verifier")


def raise_finding(case):
    settle(case, "raise_finding", grade="minor", fact="热表检定证书过期。")
    return reload(case).nonconformities[-1]


# rule 9
def test_raised_as_a_nonconformity_it_bars_the_grant_also_once_that_is_closed(evaluated):
    finding = raise_finding(evaluated)
    evaluated.answer_finding(finding)
    evaluated.take("close", "document_reviewer", finding, reason="证据充分")
    assert hindered(evaluated, "finish", "lead_verifier")
    assert hindered(evaluated, "grant", "decision_maker")
    assert reload(evaluated).footprint.total == WITHOUT


def test_raised_as_a_nonconformity_it_is_accepted_after_the_correction(evaluated):
    finding = raise_finding(evaluated)
    evaluated.answer_finding(finding)
    with pytest.raises(Unmet) as refused:
        settle(evaluated, "accept_ground", **ACCEPTED)
    assert refused.value.detail["unmet"] == ["nonconformity-open"]
    evaluated.take("close", "document_reviewer", finding, reason="证据充分")
    settle(evaluated, "accept_ground", **ACCEPTED)
    case = reload(evaluated)
    assert (case.footprint.total, the(evaluated).nonconformity_id) == (WITH, finding.id)
    assert not hindered(evaluated, "grant", "decision_maker")
    settle(evaluated, "withdraw_ground", reason="热表检定已过期。")
    assert (reload(evaluated).footprint.total, the(evaluated).state) == (WITHOUT, "answered")


def test_what_corrected_it_proves_it_and_answers_it(case):
    """Nobody attached a file to the row or to the answer; the nonconformity brought one."""
    explain(case)
    case.to("evaluating")
    tables.session.commit()
    finding = raise_finding(case)
    case.answer_finding(finding)
    case.take("close", "document_reviewer", finding, reason="证据充分")
    settle(case, "accept_ground", **ACCEPTED)
    assert reload(case).footprint.total == WITH


@pytest.mark.parametrize("state", ["evaluating", "in_review", "pending_decision"])
def test_settled_by_its_explanation_before_it_is_accepted_and_counted(evaluated, state):
    """As such questions stand since before there was an acceptance."""
    settle(evaluated, "accept_ground", **ACCEPTED)
    evaluated.to(state)
    old = the(evaluated)
    old.state, old.reason, old.settled_by = "accepted", "见说明。", "某人"
    tables.session.commit()
    assert hindered(evaluated, "grant", "decision_maker")
    settle(evaluated, "accept_ground", **ACCEPTED)
    case = reload(evaluated)
    assert (case.state, case.footprint.total) == ("evaluating", WITH)


def test_after_the_decision_it_is_not_taken_back(evaluated):
    settle(evaluated, "accept_ground", **ACCEPTED)
    evaluated.to("granted")
    with pytest.raises(Unmet) as refused:
        settle(evaluated, "withdraw_ground", reason="热表检定已过期。")
    assert refused.value.detail["unmet"] == ["not-on-the-team"]


def test_the_reviewer_accepts_on_the_page_and_takes_it_back_there(evaluated, browser):
    reviewer, page = browser("document_reviewer"), f"/certification/reviews/{evaluated.id}?tab=inventory"
    address = f"/certification/reviews/questions/{the(evaluated).id}/"
    shown = reviewer.get(page).text
    assert (address + "accept_ground" in shown, address + "accept_answer" in shown) == (True, False)
    empty = {"version": the(evaluated).version, "reason": ""}
    assert reviewer.post(address + "accept_ground", data=empty).status_code == 422
    fields = ACCEPTED | {"version": the(evaluated).version}
    assert reviewer.post(address + "accept_ground", data=fields).status_code == 302
    assert the(evaluated).state == "counted"
    shown = reviewer.get(page).text
    assert f"认可人：{evaluated.world.actor('document_reviewer').label}" in shown
    fields = {"reason": "热表检定已过期。", "version": the(evaluated).version}
    assert reviewer.post(address + "withdraw_ground", data=fields).status_code == 302
    assert reload(evaluated).footprint.total == WITHOUT


def test_a_program_accepts_it_and_the_applicant_is_told(evaluated, client, world):
    secret = accounts.create_token(world.actor("document_reviewer"), "test")[1]
    tables.session.commit()
    answer = client.post(
        f"/api/v1/questions/{the(evaluated).id}/accept_ground",
        json=ACCEPTED,
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 200
    assert (answer.json["state"], reload(evaluated).footprint.total) == ("counted", WITH)
    told = select(Notice).where(Notice.kind == "question.accept_ground")
    assert [each.user_id for each in tables.session.scalars(told)] == [world.people["applicant"].id]
