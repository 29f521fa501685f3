"""The story of the bad certificate, of which each step is refused for a reason of its own.

A case officer who also tends the people of her body once gave herself two roles and her own competence,
granted what she had planned and countersigned it, on a visit and tests whose days were invented.
"""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from accounts.operations import set_roles
from certification.impartiality.operations import propose_competence
from core import lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid, Refused
from tests.certification.world import PDF, reload


def long_ago() -> date:
    """Eleven months before the application."""
    return today() - timedelta(days=335)


@pytest.fixture
def officer(world):
    """The case officer tends the people of the body as well, as administrators of small bodies do."""
    world.grant("case_officer", "organisation_admin")
    return world.actor("case_officer")


def slugs(refused) -> set[str]:
    error = refused.value
    return {error.slug, *error.detail.get("unmet", ()), *(getattr(error, "fields", None) or {}).values()}


def as_if_lawful(world, *functions: str) -> None:
    """Somebody else gave her the roles and found her competent: the roles alone must not be enough."""
    for role in ("decision_maker", "head_of_body"):
        world.grant("case_officer", role)
    for function in functions:
        world.competence(world.people["case_officer"], function)


def test_she_gives_herself_no_role(world, officer):
    own = world.people["case_officer"].memberships[0]
    with pytest.raises(Invalid, match="role-for-oneself"):
        set_roles(officer, own.id, {*own.roles, "decision_maker", "head_of_body"})


def proposal(of: int) -> dict:
    paper = FileStorage(BytesIO(PDF), "自评.pdf")
    span = {"valid_from": today(), "valid_to": today() + timedelta(days=365)}
    named = {"user_id": of, "functions": ["decide"], "classes": ["low_carbon/ceramic_tile"]}
    return named | span | {"basis": "自评", "evidence": paper}


def test_she_proposes_no_competence_of_her_own(world, officer):
    with pytest.raises(Invalid, match="competence-for-oneself"):
        propose_competence(officer, **proposal(officer.id))


def test_she_dates_no_competence_back(world, officer):
    with pytest.raises(Invalid, match="date-in-the-past"):
        propose_competence(officer, **proposal(world.people["verifier"].id) | {"valid_from": long_ago()})


def test_she_approves_neither_what_she_proposed_nor_what_was_proposed_of_her(world, officer):
    (own,) = propose_competence(officer, **proposal(world.people["verifier"].id))
    (of_her,) = propose_competence(world.actor("head_of_body"), **proposal(officer.id))
    for entry, slug in ((own, "competence-own-proposal"), (of_her, "competence-for-oneself")):
        with pytest.raises(Refused) as refused:
            lifecycle.take(entry, "approve", officer)
        assert slugs(refused) == {slug}
        assert not entry.valid_on(today())


def test_with_the_roles_and_without_the_competence_she_grants_nothing(world, officer):
    case = world.case("pending_decision")
    as_if_lawful(world)
    world.declare(case.application, "case_officer")
    with pytest.raises(Refused) as refused:
        case.take("grant", "case_officer", signed=True, reason="符合规则。")
    assert {"not-competent", "took-part-in-planning"} & slugs(refused)


def test_found_competent_by_another_she_still_does_not_grant_what_she_planned(world, officer):
    case = world.case("pending_decision")
    as_if_lawful(world, "decide")
    world.declare(case.application, "case_officer")
    db.session.flush()
    reload(case)
    with pytest.raises(Refused) as refused:
        case.take("grant", "case_officer", signed=True, reason="符合规则。")
    assert slugs(refused) == {"took-part-in-planning"}


@pytest.mark.parametrize(("role", "slug"), [
    ("case_officer", "took-part-in-planning"),
    ("decision_maker", "took-part-in-decision"),
])  # fmt: skip
def test_neither_she_nor_whoever_decided_countersigns(world, officer, role, slug):
    case = world.case("granted")
    world.grant(role, "head_of_body")
    with pytest.raises(Refused) as refused:
        case.take("countersign", role, signed=True)
    assert slugs(refused) == {slug}


def test_no_visit_is_planned_for_a_day_that_is_over(world):
    case = world.case("contracted")
    with pytest.raises(Refused) as refused:
        case.take("plan", "case_officer", **case.plan(site_from=long_ago(), site_to=long_ago()))
    assert {"site_from", "site_to"} & refused.value.fields.keys()
    assert case.state == "contracted"


def test_a_visit_eleven_months_before_the_application_is_none(world):
    case = world.case("evaluating")
    case.review_documents()
    with pytest.raises(Refused) as refused:
        case.visit(on=long_ago())
    assert "before-the-plan" in slugs(refused)


def test_a_sample_drawn_before_it_was_ordered_is_none(world):
    case = world.case("evaluating")
    sample = case.order()
    with pytest.raises(Refused) as refused:
        case.take("dispatch", "lead_verifier", sample, drawn_on=long_ago(), seal_number="F-1")
    assert "before-the-order" in slugs(refused)


def test_tests_made_before_the_sample_came_are_none(world):
    case = world.case("evaluating")
    sample = case.deliver()
    results = [{"item": "absorption", "value": "0.21", "performed_on": long_ago()}]
    with pytest.raises(Refused) as refused:
        case.take("record", "tester", sample, results=results)
    assert "before-the-receipt" in slugs(refused)


def test_a_report_twenty_one_months_before_its_order_is_none(world):
    case = world.case("evaluating")
    sample = case.measure()
    facts = {"number": "TR-1", "place": "南京某路 3 号", "issued_on": today() - timedelta(days=640)}
    with pytest.raises(Refused) as refused:
        case.take("report", "authorised_signatory", sample, decision_rule="simple", **facts)
    assert "before-the-tests" in slugs(refused)


def test_a_seventh_more_than_was_declared_is_neither_called_sound_nor_certified_as_declared(world):
    """By hand: 3.45 and 5 declared make 8.45; 1.14 of the gas makes 9.15, 8.3 % above it."""
    case = world.case("evaluating")
    rows = {row.name: f"row:{row.key}" for row in case.application.inventory.rows}
    proof = case.application.current_files[0].digest
    found = {"subject": rows["烧成用天然气"], "outcome": "corrected", "values": {"quantity": "1.14"}}
    found |= {"evidence": [proof], "samples": 12, "reason": "抄表数比申报多 14%。"}
    items = [*case.agreed(found["subject"]), found]
    case.take("verify_data", "lead_verifier", items=items)
    with pytest.raises(Refused) as refused:
        case.take("give_opinion", "lead_verifier", opinion="unmodified", text="没有错报。")
    assert slugs(refused) == {"opinion-contradicts-misstatements"}
    with pytest.raises(Refused) as refused:
        case.take("finish", "lead_verifier")
    assert "opinion-missing" in slugs(refused)
    case.take("give_opinion", "lead_verifier", opinion="modified", text="一行错报，按核实值计。")
    assert case.application.footprint.total == Decimal("9.15")
