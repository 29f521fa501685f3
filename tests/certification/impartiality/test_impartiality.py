"""Impartiality: one gate, no way around it."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from accounts.operations import create_token
from certification.workflow import MACHINES
from certification.workflow.impartiality import bars_until, clear_to, hindrances
from core.clock import today, travel
from core.db import db
from core.errors import Unmet
from tests import factories
from tests.certification.impartiality.ungated import NEEDS_NO_GATE, TAKEN_AS
from tests.certification.world import LONG

DAY = date(2026, 11, 22)
EVALUATING = ("document_reviewer", "lead_verifier", "verifier")

# Who plans, evaluates, reviews, decides and countersigns are five people.  ISO/IEC 17065 parts the
# evaluation from review and decision (7.5, 7.6); the rest is stricter than it, by the choice of this house.
# Whoever plans is kept from evaluating when the team is named, so that no running case is left without one.
JUDGING = {"review", "decision", "countersignature"}
# What each function asks beside being free of ties, by the rule book: registered (条例 38), competent (17065
# 6.1.2), apart from the duties named (7.5, 7.6, 7.13), declared before the files open.
OF_WHO_EVALUATES = {"registered", "competent", "declared", *JUDGING}
ASKED = {
    "accept": {"competent"},
    "plan": {"competent", *JUDGING},
    **dict.fromkeys(("evaluate", "review_documents", "verify"), OF_WHO_EVALUATES),
    "order": JUDGING,
    "test": set(),
    "review": {"competent", "planning", "evaluation", "decision", "countersignature", "declared"},
    "decide": {"competent", "planning", "evaluation", "review", "countersignature", "declared"},
    "countersign": {"planning", "evaluation", "review", "decision"},
    "change_status": {"competent", "evaluation"},
    "license_label": set(),
    "handle_appeal": {"competent", "evaluation", *JUDGING},
    "handle_complaint": {"competent", "evaluation", *JUDGING},
}
JUDGES_THE_EVALUATION = [function for function, asked in ASKED.items() if "evaluation" in asked]


def why_not(world, case, role: str, function: str, day: date | None = None) -> list[str]:
    db.session.expire_all()
    return hindrances(case.application, world.people[role].id, function, day or today())


# Ties


# guard 2
@pytest.mark.parametrize("function", ASKED)
def test_a_tie_to_the_client_keeps_its_owner_from_every_function(world, function):
    case = world.case("draft")
    world.conflict(world.people["technical_reviewer"])
    assert "conflict-of-interest" in why_not(world, case, "technical_reviewer", function)


# guard 2
@pytest.mark.parametrize(
    ("ended", "asked", "barred"),
    [
        (None, date(2039, 1, 1), True),
        (date(2024, 11, 22), date(2026, 11, 22), True),
        (date(2024, 11, 21), date(2026, 11, 22), False),
        (date(2024, 2, 29), date(2026, 2, 28), True),
        (date(2024, 2, 29), date(2026, 3, 1), False),
    ],
)
def test_a_tie_keeps_its_owner_out_for_two_years_after_its_end(world, ended, asked, barred):
    tie = world.conflict(world.people["decision_maker"], valid_to=ended)
    assert tie.bars_on(asked) is barred
    assert not tie.bars_on(date(2019, 12, 31))


def test_the_last_day_a_tie_bars_is_the_second_anniversary_of_its_end():
    assert bars_until(date(2024, 5, 31)) == date(2026, 5, 31)


def test_a_tie_to_another_client_bars_nobody_here(world):
    case = world.case("draft")
    tie = world.conflict(world.people["decision_maker"])
    tie.client_id = factories.organisation("manufacturer").id
    db.session.flush()
    assert why_not(world, case, "decision_maker", "decide") == []


@pytest.mark.parametrize("owner", ["applicant", "body", "producer", "factory"])
def test_a_body_under_one_owner_with_the_client_may_not_take_the_case(world, owner):
    case = world.case("draft")
    application, code = case.application, factories.uscc(9001)
    world.body.parent_uscc = code
    if owner == "applicant":
        application.applicant.parent_uscc = code
    elif owner == "body":
        application.applicant.parent_uscc = world.body.uscc
    else:
        setattr(application, owner, getattr(application, owner) | {"uscc": code})
    db.session.flush()
    assert "body-tied-to-client" in why_not(world, case, "application_reviewer", "accept")


# One body, registered, competent


# guard 3
@pytest.mark.parametrize("function", ASKED)
def test_a_person_registered_with_another_body_is_appointed_to_nothing(world, function):
    case = world.case("draft")
    world.registration(world.people["lead_verifier"], factories.organisation("certification_body"))
    assert "registered-elsewhere" in why_not(world, case, "lead_verifier", function)


# guard 4
def test_the_registration_of_a_person_is_asked_on_the_day_of_the_act(world):
    case = world.case("draft")
    assert why_not(world, case, "lead_verifier", "evaluate") == []
    after = LONG["valid_to"] + timedelta(days=1)
    assert "verifier-not-registered" in why_not(world, case, "lead_verifier", "evaluate", after)


# guard 4
def test_a_registration_that_ran_out_after_the_plan_stops_the_evaluation(world):
    case = world.case("evaluating")
    with travel(LONG["valid_to"] + timedelta(days=1)), pytest.raises(Unmet, match="verifier-not-registered"):
        case.review_documents()


def test_a_registration_for_another_family_does_not_serve(world):
    case = world.case("draft")
    for row in list(case.application.registrations):
        row.family = "footprint_label"
    db.session.flush()
    assert why_not(world, case, "lead_verifier", "evaluate") == ["verifier-not-registered"]


@pytest.mark.parametrize(("role", "function", "other"), [
    ("application_reviewer", "accept", "case_officer"), ("case_officer", "plan", "application_reviewer"),
    ("document_reviewer", "review_documents", "lead_verifier"),
    ("lead_verifier", "verify", "document_reviewer"),
    ("technical_reviewer", "review", "decision_maker"), ("decision_maker", "decide", "technical_reviewer"),
    ("decision_maker", "change_status", "technical_reviewer"),
])  # fmt: skip
def test_who_does_anything_in_a_case_has_been_found_competent_for_it_in_the_family(
    world, role, function, other
):
    case = world.case("draft")
    assert why_not(world, case, role, function) == []
    assert why_not(world, case, other, function) == ["not-competent"]
    after = LONG["valid_to"] + timedelta(days=1)
    assert "not-competent" in why_not(world, case, role, function, after)


# Other hands


# guard 1
@pytest.mark.parametrize("evaluator", ["document_reviewer", "lead_verifier", "tester"])
@pytest.mark.parametrize("function", JUDGES_THE_EVALUATION)
def test_who_evaluated_does_nothing_that_judges_the_evaluation(world, evaluator, function):
    case = world.case("in_review")
    assert "took-part-in-evaluation" in why_not(world, case, evaluator, function)


DONE_BY = {
    "case_officer": "planning",
    "lead_verifier": "evaluation",
    "technical_reviewer": "review",
    "decision_maker": "decision",
    "head_of_body": "countersignature",
}
TOLD = {
    "planning": "took-part-in-planning",
    "evaluation": "took-part-in-evaluation",
    "review": "took-part-in-review",
    "decision": "took-part-in-decision",
    "countersignature": "took-part-in-countersignature",
}
OTHERS = [
    (person, function)
    for person, duty in DONE_BY.items()
    for function, asked in ASKED.items()
    if duty in asked
]


# guard 1
@pytest.mark.parametrize(("person", "function"), OTHERS)
def test_who_did_one_duty_of_a_case_does_none_of_the_others(world, person, function):
    case = world.case("certified")
    assert TOLD[DONE_BY[person]] in why_not(world, case, person, function)


# guard 1
@pytest.mark.parametrize("function", EVALUATING)
def test_who_plans_is_never_of_the_team(world, function):
    case, planner = world.case("contracted"), world.people["case_officer"]
    world.registration(planner, world.body)
    facts = case.plan()
    with pytest.raises(Unmet, match="took-part-in-planning"):
        case.take("plan", "case_officer", **facts | {"team": [*facts["team"], (planner.id, function)]})


@pytest.mark.parametrize("function", ["handle_appeal", "handle_complaint"])
def test_who_planned_may_hear_what_is_said_against_the_outcome(world, function):
    world.competence(world.people["case_officer"], "handle_appeal")
    assert why_not(world, world.case("certified"), "case_officer", function) == []


def test_who_sent_a_case_back_once_has_reviewed_it_too(world):
    case = world.case("in_review")
    case.take("return", "technical_reviewer", reason="补证据")
    assert "took-part-in-review" in why_not(world, case, "technical_reviewer", "handle_appeal")


# ask 33
def test_an_administrator_passes_the_same_gate(world):
    case = world.case("in_review")
    for role in ("technical_reviewer", "organisation_admin", "administrator"):
        world.grant("lead_verifier", role)
    with pytest.raises(Unmet, match="took-part-in-evaluation"):
        case.take("recommend", "lead_verifier", recommendation="grant", text="同意")


# Every path

STAFF = {
    "application_reviewer", "case_officer", "document_reviewer", "verifier", "lead_verifier",
    "technical_reviewer", "decision_maker", "head_of_body", "label_officer", "appeals_officer",
    "tester", "authorised_signatory", "sample_receiver",
}  # fmt: skip


def gates(step) -> list:
    return [guard for guard in step.guards if guard.__name__.startswith("clear_to_")]


STAFF_STEPS = [
    (machine.kind, step) for machine in MACHINES for step in machine.steps.values() if step.roles & STAFF
]


# ask 33
@pytest.mark.parametrize(("kind", "step"), STAFF_STEPS, ids=lambda value: getattr(value, "name", value))
def test_every_step_of_a_staff_function_passes_the_gate_or_says_why_it_need_not(kind, step):
    assert bool(gates(step)) != ((kind, step.name) in NEEDS_NO_GATE)


# ask 33
def test_every_step_passes_the_gate_of_what_it_is():
    taken = {f"{kind}.{step.name}": {gate.function for gate in gates(step)} for kind, step in STAFF_STEPS}
    named = {step: {function} for function, steps in TAKEN_AS.items() for step in steps.split()}
    assert {step: functions for step, functions in taken.items() if functions} == named


def test_no_reason_stands_for_a_step_that_is_gone():
    assert NEEDS_NO_GATE.keys() <= {(kind, step.name) for kind, step in STAFF_STEPS}
    assert all(NEEDS_NO_GATE.values())


def paper_case(**changes):
    """A case in which person 1 has every hindrance that `changes` names."""
    good = {
        "body_id": 1,
        "scheme": SimpleNamespace(family="low_carbon", category="ceramic_tile"),
        "body_codes": {"B"},
        "client_codes": {"C"},
        "conflicts": [],
        "registrations": [entry(family="low_carbon")],
        "competences": [entry(family="low_carbon", function=name) for name in COMPETENCES],
        "declarations": [SimpleNamespace(user_id=1, free=True)],
        "hands": {},
    }
    return SimpleNamespace(**good | changes)


def entry(**values):
    good = {"user_id": 1, "body_id": 1, "category": "ceramic_tile", "valid_on": lambda _day: True}
    return SimpleNamespace(**good | values)


COMPETENCES = ("accept", "plan", "review_documents", "verify", "review", "decide", "handle_appeal")
TIED = {"conflicts": [SimpleNamespace(user_id=1, bars_on=lambda _day: True)]}
ELSEWHERE = {"registrations": [entry(family="low_carbon", body_id=2)]}


# What is wrong with person 1, which demand of ASKED refuses that ("" for all functions), and by which slug.
HINDERED = [
    ("", TIED, "conflict-of-interest"),
    ("", {"declarations": [SimpleNamespace(user_id=1, free=False)]}, "conflict-of-interest"),
    ("", ELSEWHERE, "registered-elsewhere"),
    ("", {"client_codes": {"B"}}, "body-tied-to-client"),
    *(
        (duty, {"hands": {duty: {1}}}, f"took-part-in-{duty}")
        for duty in ("planning", "evaluation", "review", "decision", "countersignature")
    ),
    ("registered", {"registrations": []}, "verifier-not-registered"),
    ("competent", {"competences": []}, "not-competent"),
    ("declared", {"declarations": []}, "impartiality-not-declared"),
]


# ask 33
@pytest.mark.parametrize("function", ASKED)
def test_the_gate_of_each_function_refuses_what_the_rule_book_says_and_nothing_else(function):
    gate, actor = clear_to(function), SimpleNamespace(id=1)
    assert gate(paper_case(), actor) is None
    for demand, wrong, slug in HINDERED:
        refuses = not demand or demand in ASKED[function]
        assert gate(paper_case(**wrong), actor) == (slug if refuses else None), slug


# ask 33
@pytest.mark.parametrize(
    ("state", "step", "role", "facts"),
    [
        ("in_review", "recommend", "technical_reviewer", {"recommendation": "grant", "text": "同意"}),
        ("pending_decision", "grant", "decision_maker", {"signed": True, "reason": "符合"}),
        ("granted", "countersign", "head_of_body", {"signed": True}),
    ],
)
def test_page_and_api_refuse_an_evaluator_like_the_verb_does(app, world, browser, state, step, role, facts):
    case = world.case(state)
    world.grant("lead_verifier", role)
    world.grant("lead_verifier", "organisation_admin")
    db.session.commit()
    actor = world.actor("lead_verifier")
    secret = create_token(actor, "test")[1]
    db.session.commit()
    typed = {name: "y" if value is True else value for name, value in facts.items()}
    page = browser("lead_verifier").post(
        f"/certification/reviews/{case.id}/{step}", data=typed | {"version": case.application.version}
    )
    answer = app.test_client().post(
        f"/api/v1/applications/{case.id}/{step}", json=facts, headers={"Authorization": f"Bearer {secret}"}
    )
    assert page.status_code == 422
    assert "参加过本案的评审" in page.text
    assert answer.json["slug"] == "took-part-in-evaluation"
    db.session.expire_all()
    assert case.state == state


# Assigning


def test_the_assignment_list_says_beside_each_grey_name_why_it_is_grey(world, browser):
    case = world.case("contracted")
    world.conflict(world.people["verifier"])
    elsewhere = factories.organisation("certification_body")
    world.registration(world.people["lead_verifier"], elsewhere)
    db.session.commit()
    page = browser("case_officer").get(f"/certification/reviews/{case.id}?step=plan").text
    for role, reason in (("verifier", "须回避"), ("lead_verifier", "一人只能在一家机构执业")):
        name = page.index(world.people[role].name)
        assert reason in page[name : name + 200]
    free = page.index(world.people["document_reviewer"].name)
    assert "<small>" not in page[free : free + 60]


# ask 35
@pytest.mark.parametrize("tied", ["document_reviewer", "lead_verifier"])
def test_a_conflict_of_interest_blocks_the_assignment(world, tied):
    case = world.case("contracted")
    world.conflict(world.people[tied])
    with pytest.raises(Unmet, match="conflict-of-interest"):
        case.to_evaluating()


# ask 35
@pytest.mark.parametrize("role", ["application_reviewer", "case_officer"])
def test_a_conflict_of_interest_applies_to_who_accepts_and_who_plans_as_well(world, role):
    case = world.case({"application_reviewer": "submitted", "case_officer": "contracted"}[role])
    world.conflict(world.people[role])
    with pytest.raises(Unmet, match="conflict-of-interest"):
        (case.to_accepted if role == "application_reviewer" else case.to_evaluating)()


def test_a_gate_is_one_guard_for_each_function():
    assert clear_to("review") is clear_to("review")
    with pytest.raises(KeyError):
        clear_to("sing")
