"""The categories of the national list, and what of them is invented."""

import re

import pytest

from schemes import operations
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
    stated = [(code, each) for code, document in shipped.items() for each in document.criteria]
    assert [(code, each.slug) for code, each in stated if official(each)] == [
        ("lc-textile-fabric", "formaldehyde"),
        ("lc-textile-fabric", "ph_least"),
        ("lc-textile-fabric", "ph_most"),
    ]
    assert all(STANDARD.fullmatch(each.source.text) for _code, each in stated if official(each))


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
