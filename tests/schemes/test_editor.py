"""A document goes out as boxes and comes back the same; rows come, go and move; nonsense stays as typed."""

import pytest

from schemes.document import Document, read, written
from schemes.drafts import editor, limits, names
from schemes.drafts.sections import BY_SLUG, SECTIONS, faults_in
from tests.schemes.examples import tyre


def sent(nodes):
    """The names and values a browser would send for these boxes."""
    for node in nodes:
        if isinstance(node, editor.Box):
            if node.kind == "tick":
                yield from [(node.name, ["1"])] if node.value else []
            elif node.kind == "checks":
                yield node.name, list(node.value)
            else:
                value = "、".join(node.value) if node.kind == "words" else str(node.value)
                yield node.name, [value]
        elif isinstance(node, editor.Rows):
            for row in node.rows:
                yield from sent((row,))
        elif isinstance(node, limits.Table):
            for line in node.lines:
                yield from sent(box for cell in line.cells for box in cell)
        else:
            yield from sent(((node.key,) if node.key else ()) + node.parts)


def models(model=Document, seen=()):
    for _key, what in editor.members(model):
        if what.part and what.part not in seen:
            seen = (*seen, what.part)
            yield what.part
            yield from models(what.part, seen)


def test_every_member_is_asked_on_one_page_and_no_other():
    asked = [name for section in SECTIONS for name in section.members]
    assert sorted([*asked, "format"]) == sorted(Document.model_fields)


def test_every_member_and_every_choice_has_a_name(app):
    for model in {Document, *models()}:
        for key, what in editor.members(model):
            field = editor.called(model, key)
            assert names.named(field)
            for word in () if field == "document.format" else what.words + what.keys:
                assert names.chosen(field if what.words else f"{field}.key", word), (field, word)


def test_a_document_that_goes_out_as_boxes_comes_back_the_same():
    document = written_json(tyre())
    back = {}
    for section in SECTIONS:
        back = section.written(back, sent(section.nodes(document)))
    assert written(read(back)) == written(read(document))


def written_json(document):
    return read(document).model_dump(mode="json", by_alias=True)


def test_a_box_left_empty_says_nothing_and_the_model_says_what_is_missing():
    document = BY_SLUG["identity"].written({}, [("identity-code", [""]), ("identity-demo", ["1"])])
    assert document == {"identity": {"demo": True, **empty_groups(document)}}
    assert faults_in(document)["/identity/code"][0] == "body-member-missing"


def empty_groups(document):
    return {name: value for name, value in document["identity"].items() if name != "demo"}


def test_what_cannot_be_read_stays_as_it_was_typed_and_is_named_at_its_place():
    document = BY_SLUG["identity"].written(tyre(), [("identity-validity-years", ["三年"])])
    assert document["identity"]["validity"]["years"] == "三年"
    assert "/identity/validity/years" in faults_in(document)


def test_a_name_without_its_row_number_is_nothing():
    assert BY_SLUG["tests"].written({}, [("tests-x-slug", ["a"]), ("tests", ["b"]), ("strange", ["c"])]) == {
        "tests": []
    }


def test_rows_keep_the_order_of_their_numbers_whatever_is_left_out():
    typed = [("tests-10-slug", ["ten"]), ("tests-2-slug", ["two"])]
    assert [row["slug"] for row in BY_SLUG["tests"].written({}, typed)["tests"]] == ["two", "ten"]


def test_no_more_rows_are_read_than_a_document_can_have():
    typed = [(f"tests-{number}-slug", ["a"]) for number in range(editor.MOST_ROWS + 5)]
    assert len(BY_SLUG["tests"].written({}, typed)["tests"]) == editor.MOST_ROWS


@pytest.mark.parametrize(
    ("do", "pointer", "left"),
    [
        ("add", "/tests", ["a", "b", None]),
        ("drop", "/tests/0", ["b"]),
        ("up", "/tests/1", ["b", "a"]),
        ("down", "/tests/0", ["b", "a"]),
        ("up", "/tests/0", ["a", "b"]),
        ("down", "/tests/1", ["a", "b"]),
        ("up", "/tests/7", ["a", "b"]),
        ("drop", "/tests/x", ["a", "b"]),
        ("burn", "/tests/0", ["a", "b"]),
        ("drop", "/tests/0/slug/x", ["a", "b"]),
    ],
)
def test_rows_come_go_and_move(do, pointer, left):
    document = {"tests": [{"slug": "a"}, {"slug": "b"}]}
    assert [row.get("slug") for row in editor.changed(document, do, pointer)["tests"]] == left


def test_a_row_by_name_comes_and_goes():
    grown = editor.changed({"clocks": {"acceptance": {"length": 1}}}, "add", "/clocks")
    assert list(grown["clocks"]) == ["acceptance", ""]
    assert list(editor.changed(grown, "drop", "/clocks/acceptance")["clocks"]) == [""]


def test_a_row_is_added_inside_a_row_that_has_none_yet():
    unsaid = editor.changed({}, "add", "/checklists/acceptance")
    assert unsaid == {"checklists": {"acceptance": [{}]}}
    grown = editor.changed({"criteria": [{}]}, "add", "/criteria/0/rows")
    assert grown == {"criteria": [{"rows": [{}]}]}
    assert editor.place("add", "/criteria/0/rows", grown) == "criteria-0-rows-0"


@pytest.mark.parametrize("pointer", ["", "/", "/nothing/3/4", "//", "/tests/0/0/0"])
def test_a_pointer_to_nothing_changes_nothing_that_was_there(pointer):
    document = {"tests": [{"slug": "a"}]}
    for do in ("drop", "up", "down"):
        assert editor.changed(document, do, pointer)["tests"] == [{"slug": "a"}]


def test_a_row_that_says_nothing_of_a_parameter_holds_for_all_of_it():
    """Handed in by the table, which has a column for each parameter the limits hang on."""
    criteria = BY_SLUG["criteria"]
    document = written_json(tyre())
    document["criteria"][0]["rows"][0]["when"] = document["criteria"][0]["rows"][0]["when"][1:]
    back = criteria.written(document, sent(criteria.nodes(document)))
    assert [each["parameter"] for each in back["criteria"][0]["rows"][0]["when"]] == ["rim"]


@pytest.mark.parametrize(
    "odd", [None, "x", 3, [], {}, [None], ["x"], [{"rows": "x"}], [{"rows": [None, "y", {"when": 3}]}]]
)
def test_a_table_is_drawn_of_whatever_was_written(odd):
    BY_SLUG["criteria"].nodes({"criteria": odd, "parameters": odd, "identity": odd})
