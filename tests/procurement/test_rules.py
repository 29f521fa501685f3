"""What may enter an edition, and what differs from the last: rules without a database."""

import json
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
import rfc8785

from procurement import rules
from procurement.rules import Candidate, Policy, compose, difference


def candidate(**facts) -> Candidate:
    values = {
        "entry_id": 1,
        "certificate_id": 1,
        "number": "LCP-1",
        "scheme_code": "lc-tile",
        "status": "valid",
        "as_signed": True,
        "suspended": False,
        "maker": "示例厂",
        "trademark": "",
        "product": "砖",
        "models": ("A-1", "A-2"),
        "issued_on": date(2026, 5, 1),
        "valid_to": date(2029, 4, 30),
        "carbon": Decimal("8.450"),
        "carbon_unit": "kgCO2e/m2",
        "boundary": "cradle_to_gate",
        "demo": False,
    }
    return Candidate(**values | facts)


def policy(**facts) -> Policy:
    values = {
        "category_edition": "2022",
        "category_code": "A07010327",
        "category_name": "瓷质砖",
        "scheme_code": "lc-tile",
        "treatment": "priority",
        "basis": "文号",
        "mode": "list",
        "bodies": [],
        "demo": False,
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
    }
    return Policy(**values | facts)


DAY = date(2026, 6, 30)


def test_what_is_encouraged_is_listed_and_what_is_not_required_is_left_out_with_that_reason():
    lines, left_out = compose([candidate()], [policy(treatment="encouraged")], DAY)
    assert ({line.treatment for line in lines}, left_out) == ({"encouraged"}, [])
    lines, left_out = compose([candidate()], [policy(treatment="not-required")], DAY)
    assert (lines, [reason for _product, reason in left_out]) == ([], ["not-required"])


@pytest.mark.parametrize(
    ("product", "rule", "reason"),
    [
        ({}, {}, None),
        ({"status": "suspended"}, {}, "status-suspended"),
        ({"status": "withdrawn"}, {}, "status-withdrawn"),
        ({"status": "expired"}, {}, "status-expired"),
        ({"status": "not_issued"}, {}, "status-not_issued"),
        ({"scheme_code": "other"}, {}, "no-policy"),
        ({}, {"valid_from": date(2026, 7, 1)}, "no-policy"),
        ({}, {"valid_to": date(2026, 6, 29)}, "no-policy"),
        ({}, {"valid_to": DAY}, None),
        ({}, {"valid_from": DAY}, None),
        ({"status": "suspended", "scheme_code": "other"}, {}, "status-suspended"),
        ({"suspended": True}, {}, "maker-suspended"),
        ({"suspended": True, "status": "suspended"}, {}, "status-suspended"),
        ({"as_signed": False}, {}, "not-as-signed"),
        ({"as_signed": False, "status": "suspended"}, {}, "not-as-signed"),
    ],
)
def test_a_product_enters_when_its_certificate_was_valid_and_its_category_opened(product, rule, reason):
    lines, left_out = compose([candidate(**product)], [policy(**rule)], DAY)
    assert [why for _, why in left_out] == ([reason] if reason else [])
    assert len(lines) == (0 if reason else 2)


def test_each_model_has_a_line_of_its_own():
    lines, _ = compose([candidate()], [policy()], DAY)
    assert [(line.model, line.category_code, line.category_edition) for line in lines] == [
        ("A-1", "A07010327", "2022"),
        ("A-2", "A07010327", "2022"),
    ]


def test_what_may_belong_to_several_categories_is_printed_under_none_until_it_is_confirmed():
    several = [policy(), policy(category_code="A07010328", treatment="not-required")]
    lines, left_out = compose([candidate(), candidate(scheme_code="other")], several, DAY)
    assert (lines, [reason for _product, reason in left_out]) == (
        [],
        ["category-to-be-confirmed", "no-policy"],
    )
    ended = [several[0], policy(category_code="A07010328", valid_to=date(2026, 6, 29))]
    lines, left_out = compose([candidate()], ended, DAY)
    assert ([line.category_code for line in lines], left_out) == (["A07010327", "A07010327"], [])


@pytest.mark.parametrize(("product", "rule", "demo"), [(0, 0, False), (1, 0, True), (0, 1, True)])
def test_a_line_that_rests_on_anything_invented_is_marked(product, rule, demo):
    lines, _ = compose([candidate(demo=bool(product))], [policy(demo=bool(rule))], DAY)
    assert {line.demo for line in lines} == {demo}


def test_the_order_does_not_depend_on_who_came_first():
    some = [candidate(number=f"LCP-{n}", maker=f"厂{n % 3}", entry_id=n) for n in range(9)]
    assert compose(some, [policy()], DAY) == compose(some[::-1], [policy()], DAY)


def test_what_differs_is_told_by_product_with_its_reason():
    before, _ = compose([candidate(), candidate(number="LCP-2", entry_id=2)], [policy()], DAY)
    new = candidate(number="LCP-3", entry_id=3, issued_on=date(2026, 8, 1))
    back = candidate(number="LCP-4", entry_id=4)
    lines, _ = compose([candidate(), new, back], [policy()], DAY)
    found = difference(lines, {"LCP-2": "status-suspended"}, before, DAY)
    assert [(change.number, change.models, change.reason) for change in found.added] == [
        ("LCP-3", ("A-1", "A-2"), "issued"),
        ("LCP-4", ("A-1", "A-2"), "admitted"),
    ]
    assert [(change.number, change.reason) for change in found.removed] == [("LCP-2", "status-suspended")]


def test_nothing_differs_from_itself():
    lines, _ = compose([candidate()], [policy()], DAY)
    assert difference(lines, {}, lines, DAY) == rules.Difference([], [])


def test_an_edition_is_spelt_piece_by_piece_as_the_standard_spells_it_whole():
    lines, _ = compose([candidate()], [policy()], DAY)
    head = SimpleNamespace(**dict.fromkeys((*rules.HEAD, *rules.LATER), "x") | {"cutoff": DAY, "demo": False})
    spelt = b"".join(rules.spelt(head, lines, len(lines)))
    content = json.loads(spelt)
    assert content["lines"][0]["carbon"] == "8.450"
    assert (content["total"], len(content["lines"])) == (2, 2)
    assert spelt == rfc8785.dumps(content)


def test_no_text_of_an_edition_is_taken_for_the_place_of_its_lines():
    head = SimpleNamespace(**dict.fromkeys((*rules.HEAD, *rules.LATER), '"lines":[]'))
    lines, _ = compose([candidate()], [policy()], DAY)
    content = json.loads(b"".join(rules.spelt(head, lines, len(lines))))
    assert (content["number"], len(content["lines"])) == ('"lines":[]', 2)
