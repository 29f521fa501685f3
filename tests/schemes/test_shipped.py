"""The categories of the national list, and what of them is invented."""

import re
from decimal import Decimal

import pytest

from schemes import operations, stated
from schemes.document import Criterion, Document, read
from schemes.judging import Figure, judge, total
from tests.schemes import cases

STANDARD = re.compile(r"(GB|GB/T|JGJ/T) \d+(\.\d+)?—\d{4}")  # with its year
LISTED = {
    # code, and what the declared unit is
    "lc-cement": "t",
    "lc-flat-glass": "weight_case",
    "lc-aluminium-profile": "t",
    "lc-three-phase-motor": "kW",
    "lc-ceramic-tile": "m2",
    "lc-textile-fabric": "kg",
    "lc-tyres": "kg",
}


@pytest.fixture(scope="module")
def shipped() -> dict[str, Document]:
    found = [read(each) for _place, each in operations.given(operations.SHIPPED)]
    return {document.identity.code: document for document in found}


def test_every_category_of_the_national_list_is_there_in_its_own_unit(shipped):
    found = {code: shipped[code].identity.declared.unit for code in LISTED}
    assert found == LISTED
    assert {shipped[code].identity.family for code in LISTED} == {"low_carbon"}


def test_a_building_is_rated_by_stars_for_its_running_by_floor_area_and_year(shipped):
    about = shipped["building-energy"].identity
    assert (about.family, about.boundary) == ("building_energy", "operation")
    assert about.carbon_unit == "kgCO2e/m2·year"
    assert [grade.names.zh for grade in about.conclusion.grades] == ["三星", "二星", "一星"]


def official(criterion: Criterion) -> bool:
    return not criterion.source.demo


def test_a_limit_is_marked_as_invented_or_names_a_standard_with_its_year(shipped):
    every = [(code, each) for code, document in shipped.items() for each in document.criteria]
    assert [(code, each.slug) for code, each in every if official(each)] == [
        ("lc-textile-fabric", "formaldehyde"),
        ("lc-textile-fabric", "ph_least"),
        ("lc-textile-fabric", "ph_most"),
    ]
    assert all(STANDARD.fullmatch(each.source.text) for _code, each in every if official(each))


def test_a_method_is_marked_as_invented_or_is_a_standard_with_its_year(shipped):
    methods = [test.method for each in shipped.values() for test in each.tests if not test.demo]
    assert methods
    assert [method for method in methods if not STANDARD.fullmatch(method)] == []


def test_a_rule_whose_limits_are_invented_says_so_itself(shipped):
    invented = [each for each in shipped.values() if not all(map(official, each.criteria))]
    assert all(document.identity.demo for document in invented)


# (code, parameters, figures, outcome and grade): worked by hand from the tables of the files.
@pytest.mark.parametrize(("code", "parameters", "figures", "expected"), cases.SHIPPED)
def test_a_product_comes_to_what_the_tables_say(shipped, code, parameters, figures, expected):
    document = shipped[code]
    known = {name: Figure(value) for name, value in figures.items()}
    found = total(document, judge(document, parameters, known))
    assert (found.outcome, found.grade) == expected


COUNTED = {
    # what tells one unit of certification from another, as the rule's own sentence about it says
    "lc-flat-glass": ("colour", "thickness"),
    "lc-aluminium-profile": ("alloy", "temper", "surface"),
    "lc-textile-fabric": ("structure", "fibre", "finish"),
    "lc-three-phase-motor": ("poles", "power"),
    "lc-tyres": ("tyre_class",),
}


@pytest.mark.parametrize("code", COUNTED)
def test_a_rule_names_the_people_and_the_units_its_days_are_counted_by(shipped, code):
    document = shipped[code]
    days = document.person_days
    assert days.unit_by == COUNTED[code]
    staff = document.fields[days.people or ""]
    assert (staff.names.zh, staff.kind, staff.per) == ("生产企业人数", "whole", "product")
    assert staff.required == "never"  # a case of before lacks nothing


# Worked by hand: four days, five from a hundred people on, six from five hundred on (演示数据).
@pytest.mark.parametrize(
    ("staff", "days"), [({}, "4"), ({"plant_staff": "99"}, "4"), ({"plant_staff": "100"}, "5"),
                        ({"plant_staff": "499"}, "5"), ({"plant_staff": "2000"}, "6")]
)  # fmt: skip
def test_the_days_of_a_visit_follow_from_what_is_stated_of_the_plant(shipped, staff, days):
    for code in COUNTED:
        found = shipped[code].visit_days(stated.people(shipped[code], staff))
        assert found == Decimal(days)


def test_products_that_differ_in_what_a_unit_is_told_by_are_two_units(shipped):
    glass = shipped["lc-flat-glass"]
    models = [{"colour": "clear", "thickness": "5"}, {"colour": "clear", "thickness": "6"}]
    assert stated.units(glass, {}, models) == 2
    assert (
        stated.units(glass, {"colour": "clear", "thickness": "5"}, [{"length": "2000"}, {"length": "3000"}])
        == 1
    )
