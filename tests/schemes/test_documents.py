"""A scheme is one typed document: what it cannot be is named at its place, what was taken is read again."""

import json
import re
from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from jsonschema import Draft202012Validator
from pydantic import AfterValidator, BaseModel

from core.errors import Invalid
from schemes import document
from schemes.document import tables
from schemes.document.base import Line
from tests.schemes.examples import TYRE, tyre
from tests.schemes.wrong import FAULTS


def faults(given) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        document.read(given)
    assert refused.value.slug == "scheme-document-wrong"
    return refused.value.fields


def test_a_sound_scheme_is_read():
    read = document.read(tyre())
    assert read.identity.carbon_unit == "kgCO2e/kg"
    assert read.criteria[0].rows[0].grades == {"one": Decimal("2.18"), "two": Decimal("2.74")}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_at_its_place(fault):
    change, pointer, slug = FAULTS[fault]
    assert faults(tyre(change)).get(pointer) == slug


def test_parameters_that_require_each_other_go_round_in_a_circle():
    asked = [{"parameter": "snow", "one_of": ["yes"]}]
    given = tyre(("/parameters/0/required", "when"), ("/parameters/0/when", asked))
    assert "condition-circular" in faults(given).values()


def texts(value, pointer=""):
    """The pointers of what people write, which papers may print."""
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for name, inner in members:
        if isinstance(inner, str) and name in ("zh", "en", "text", "clause", "source", "method", "number"):
            yield f"{pointer}/{name}"
        yield from texts(inner, f"{pointer}/{name}")


@pytest.mark.parametrize("pointer", list(texts(TYRE)))
def test_no_text_has_a_letter_that_no_paper_shows(pointer):
    assert faults(tyre((pointer, "ş"))) == {pointer: "glyph-missing"}


def test_all_faults_are_named_at_once():
    given = tyre(("/identity/family", "x"), ("/accounting/materiality", "-1"), ("/tests/0/method", ""))
    assert set(faults(given)) == {"/identity/family", "/accounting/materiality", "/tests/0/method"}


def test_the_place_of_a_hole_and_of_an_overlap_is_said():
    with pytest.raises(Invalid) as refused:
        document.read(tyre(("/criteria/0/rows/1/when/1/from", "18")))
    assert refused.value.detail_of("/criteria/0/rows") == {
        "cell": "vehicle car, rim 17–18",
        "place": (("vehicle", "car"), ("rim", "17–18")),
    }


def test_a_table_of_more_cells_than_are_gone_through_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_CELLS", 3)  # two kinds of vehicle, and rims in two ranges
    assert faults(tyre())["/criteria/0/rows"] == "limits-too-many"


@pytest.mark.parametrize("given", [None, [], "text", 5])
def test_what_is_no_document_is_refused(given):
    assert faults(given) == {"": "body-member-invalid"}


def test_the_greatest_value_that_can_be_belongs_to_the_last_row():
    """The rows end at 25, which they do not hold, and so does the parameter, which does."""
    document.read(tyre())


def test_what_was_written_is_read_as_the_same_and_keeps_its_digest():
    one = document.read(tyre())
    text = document.written(one)
    assert document.stored(text) == one
    assert document.written(document.stored(text)) == text
    assert len(document.digest(text)) == 64
    assert document.digest(text) != document.digest(text.replace("2.18", "2.17"))


def test_what_is_exported_is_whole_and_may_be_handed_in_again():
    exported = json.loads(document.written(document.read(tyre())))
    assert exported["accounting"]["tolerances"]["limit_times"] == "10"
    assert document.read(exported) == document.read(tyre())


def test_what_is_stored_is_read_whatever_today_would_refuse():
    text = json.dumps(tyre(("/criteria/1/rows/0/limit", "-5"), ("/identity/declared/unit", "cake")))
    read = document.stored(text)
    assert read.criteria[1].rows[0].limit == -5
    assert read.identity.declared.unit == "cake"


def test_the_json_schema_takes_what_is_sound_and_refuses_what_has_another_shape():
    schema = document.schema()
    Draft202012Validator.check_schema(schema)
    judge = Draft202012Validator(schema)
    assert not list(judge.iter_errors(tyre()))
    assert not list(judge.iter_errors(json.loads(document.written(document.read(tyre())))))
    for change in (("/favourite", 1), ("/identity/family", "x"), ("/criteria/1/comparator", "between")):
        assert list(judge.iter_errors(tyre(change)))


def test_a_version_is_published_once_and_not_for_a_day_that_is_over():
    one = document.read(tyre())
    document.published(one, date(2027, 1, 1), [("lc-tyre", "2025")])
    with pytest.raises(Invalid) as refused:
        document.published(one, date(2027, 1, 2), [("lc-tyre", "2027")])
    assert refused.value.fields == {
        "/identity/effective_from": "effective-in-the-past",
        "/identity/version": "version-published-twice",
    }


def test_two_versions_differ_member_by_member_and_what_moved_does_not():
    later = tyre(
        ("/criteria/1/rows/0/limit", "8.5"), ("/parameters/0/shown", ["label"]), ("/tests/0/method", ...)
    )
    later["parameters"].append(later["parameters"].pop(2))
    assert document.differences(TYRE, later) == [
        document.Difference("/parameters/vehicle/shown", ["certificate", "public", "filter"], ["label"]),
        document.Difference("/criteria/rolling/rows", [{"limit": "9.0"}], [{"limit": "8.5"}]),
        document.Difference("/tests/rolling/method", "GB/T 29040—2024", None),
    ]


def parts(model, found):
    """Every part that a document is made of."""
    found.add(model)
    for member in model.model_fields.values():
        for inner in types_in(member.annotation):
            if isinstance(inner, type) and issubclass(inner, BaseModel) and inner not in found:
                parts(inner, found)
    return found


def types_in(annotation):
    yield annotation
    for inner in get_args(annotation):
        yield from types_in(inner)


def test_every_text_is_read_as_printed_or_is_a_word_of_the_program():
    """Papers print them: rule numbers, sources of limits and terms, names of test items."""
    bare = [
        f"{part.__name__}.{name}"
        for part in parts(document.Document, set())
        for name, member in part.model_fields.items()
        if member.annotation is str
        and not any(isinstance(said, Line | AfterValidator) for said in member.metadata)
        and "pattern" not in repr(member.metadata)
    ]
    assert bare == []


def shapes(value, way="", seen=None):
    """A pointer to a member of each shape: one of a list stands for all of it."""
    seen = set() if seen is None else seen
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        shape = re.sub(r"/\d+", "/0", f"{way}/{name}")
        if shape not in seen:
            seen.add(shape)
            yield f"{way}/{name}"
        if isinstance(inner, dict | list):
            yield from shapes(inner, f"{way}/{name}", seen)


@pytest.mark.parametrize("pointer", list(shapes(TYRE)))
def test_a_member_of_another_type_is_refused_at_its_place(pointer):
    """Whatever JSON can be: a reader that asks before the type is known would fail instead."""
    for other in ({"no": []}, [["no"], {}]):
        found = faults(tyre((pointer, other)))
        assert pointer in found or any(each.startswith(pointer) for each in found), (other, found)
