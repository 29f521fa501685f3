"""What is stated of a product is read against the parameters of its rule, and kept in one spelling."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import Invalid
from schemes import document, stated
from tests.schemes.examples import tyre

DAY = date(2026, 11, 29)


def read(per="product", *changes, **given):
    return stated.read(document.read(tyre(*changes)), per, given, DAY)


def fault(per="product", *changes, **given):
    with pytest.raises(Invalid) as refused:
        read(per, *changes, **given)
    assert refused.value.slug == "parameters-wrong"
    return refused.value.fields


@pytest.mark.parametrize(
    ("per", "slug", "typed", "kept"),
    [
        ("model", "rim", " 16.50 ", "16.5"),
        ("model", "rim", "１６", "16"),
        ("model", "rim", 16.5, "16.5"),
        ("model", "rim", Decimal("1.6E1"), "16"),
        ("model", "vehicle", "car", "car"),
        ("product", "share", "-0", "0"),
        ("product", "mass", "100", "100"),
        ("product", "size", "205/55\u00a0R16".replace("\u00a0", " "), "205/55 R16"),
        ("product", "snow", True, "yes"),
        ("product", "snow", "no", "no"),
        ("product", "since", "2026年11月29日", "2026-11-29"),
        ("product", "since", "", ""),
        ("product", "mass", None, ""),
    ],
)
def test_a_value_is_kept_in_one_spelling_however_it_was_typed(per, slug, typed, kept):
    assert read(per, **{slug: typed}) == {slug: kept}


# rule 13
@pytest.mark.parametrize(
    ("per", "slug", "typed", "why"),
    [
        ("model", "rim", "9.5", "parameter-too-small"),
        ("model", "rim", "25.5", "parameter-too-large"),
        ("model", "rim", "16.2", "parameter-between-steps"),
        ("model", "rim", "sixteen", "number-unreadable"),
        ("model", "rim", "1,5", "number-comma"),
        ("model", "rim", True, "body-member-invalid"),
        ("model", "rim", ["16"], "body-member-invalid"),
        ("model", "vehicle", "Car", "value-not-known"),
        ("model", "vehicle", 1, "body-member-invalid"),
        ("product", "snow", "maybe", "value-not-known"),
        ("product", "size", "205-55 R16", "parameter-of-another-pattern"),
        ("product", "size", "205/55 R16\u202e", "text-has-controls"),
        ("product", "size", "2" * 201, "text-too-long"),
        ("product", "size", 205, "body-member-invalid"),
        ("product", "since", "2026-11-30", "date-in-the-future"),
        ("product", "since", "29.11.2026", "date-unreadable"),
        ("product", "since", 20261129, "body-member-invalid"),
        ("product", "rim", "16", "parameter-not-of-the-rule"),
        ("product", "colour", "red", "parameter-not-of-the-rule"),
    ],
)
def test_what_cannot_be_the_parameter_is_refused_at_it(per, slug, typed, why):
    assert fault(per, **{slug: typed}) == {slug: why}


def test_every_fault_is_told_at_once_each_with_what_its_sentence_needs():
    with pytest.raises(Invalid) as refused:
        read("model", rim="9", vehicle="tank")
    assert refused.value.fields == {"rim": "parameter-too-small", "vehicle": "value-not-known"}
    assert refused.value.detail_of("rim") == {"least": "10", "unit": "in"}


def test_a_whole_number_has_no_fraction():
    plies = {
        "slug": "plies", "names": {"zh": "层数", "en": "Plies"}, "kind": "whole", "least": "1", "most": "20",
    }  # fmt: skip
    assert read("product", ("/parameters/-", plies), plies="6.0") == {"plies": "6"}
    assert fault("product", ("/parameters/-", plies), plies="6.5") == {"plies": "number-not-whole"}


def test_a_step_too_fine_for_floats_is_counted_exactly_and_a_huge_number_does_not_break_it():
    fine = ("/parameters/3", {**tyre()["parameters"][3], "step": "0.000000000001", "most": "900000000000"})
    assert read("product", fine, mass="3.000000000001") == {"mass": "3.000000000001"}
    assert read("product", fine, mass="899999999999.000000000001")["mass"].startswith("899999999999.0000")


def test_a_parameter_is_required_always_never_or_when_another_says_so():
    rules = document.read(tyre())
    assert stated.lacking(rules, {}, [{}]) == (["size", "mass", "share"], [["vehicle", "rim"]])
    car, truck = {"vehicle": "car", "rim": "16"}, {"vehicle": "truck", "rim": "20"}
    rest = {"size": "205/55 R16", "mass": "9", "share": "10"}
    assert stated.lacking(rules, rest, [truck]) == ([], [[]])
    assert stated.lacking(rules, rest, [truck, car]) == (["snow"], [[], []])
    assert stated.lacking(rules, rest | {"snow": "no"}, [truck, car]) == ([], [[], []])


def test_a_product_without_a_model_still_tells_what_it_lacks():
    assert stated.lacking(document.read(tyre()), {}, []) == (["size", "mass", "share"], [])


def test_values_are_compared_as_numbers_and_words():
    found = stated.typed(document.read(tyre()), {"rim": "16.5", "vehicle": "car", "gone": "1", "size": ""})
    assert found == {"rim": Decimal("16.5"), "vehicle": "car"}


def test_another_version_takes_what_it_can_read_and_leaves_the_rest():
    narrower = document.read(tyre(("/parameters/3/most", "5")))
    kept = stated.fitting(narrower, "product", {"mass": "9", "share": "10", "gone": "1"}, DAY)
    assert kept == {"share": "10"}
