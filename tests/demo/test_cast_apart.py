"""The demonstration ships no account that may do what the rules forbid."""

from collections import Counter

import pytest

from accounts.actor import ROLES
from demo.cast import CAST

# The duty of a case that each role leads to; whoever does one does none of the others.
DUTY = {
    "case_officer": "planning",
    "document_reviewer": "evaluation",
    "verifier": "evaluation",
    "lead_verifier": "evaluation",
    "technical_reviewer": "review",
    "decision_maker": "decision",
    "head_of_body": "countersignature",
}
# Two hands: whoever does the first of these never does the second.
TWO_HANDS = [
    ("tester", "authorised_signatory"),
    ("rule_author", "rule_approver"),
    ("organisation_admin", "decision_maker"),
    ("organisation_admin", "head_of_body"),
    ("appeals_officer", "decision_maker"),
    ("administrator", "list_editor"),
]
PEOPLE = CAST["people"]
KINDS = {each["key"]: each["kind"] for each in CAST["organisations"]}
BODIES = [key for key, kind in KINDS.items() if kind == "certification_body"]


def email(person: dict) -> str:
    return person["email"]


@pytest.mark.parametrize("person", PEOPLE, ids=email)
def test_nobody_holds_the_roles_of_two_duties_of_a_case(person):
    assert len({DUTY[role] for role in person["roles"] if role in DUTY}) <= 1


@pytest.mark.parametrize("person", PEOPLE, ids=email)
def test_nobody_is_both_hands_where_two_are_asked(person):
    assert [pair for pair in TWO_HANDS if set(pair) <= set(person["roles"])] == []


@pytest.mark.parametrize("person", PEOPLE, ids=email)
def test_everybody_has_roles_of_the_kind_of_the_organisation_alone(person):
    assert set(person["roles"]) <= set(ROLES[KINDS[person["organisation"]]])


def test_everybody_works_for_one_organisation():
    assert set(Counter(map(email, PEOPLE)).values()) == {1}


@pytest.mark.parametrize("body", BODIES)
def test_a_body_has_a_person_for_each_duty_and_two_who_tend_its_people(body):
    staff = [person for person in PEOPLE if person["organisation"] == body]
    duties = {DUTY[role] for person in staff for role in person["roles"] if role in DUTY}
    assert duties == set(DUTY.values())
    keepers = [each for each in staff if {"organisation_admin", "head_of_body"} & set(each["roles"])]
    assert len(keepers) >= 2
