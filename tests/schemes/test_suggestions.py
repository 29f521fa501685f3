"""Boxes that name other things of a draft offer them, and lose nothing that is not there."""

import pytest

from schemes.document import Document
from schemes.drafts import editor
from schemes.drafts.sections import BY_SLUG

NAMES = {"zh": "质量", "en": "Mass"}
MASS, WIDTH = {"slug": "mass", "names": NAMES, "kind": "number"}, {"slug": "width", "kind": "number"}
TEST = {"slug": "strength", "names": {"zh": "强度", "en": "Strength"}}
DRAFT = {"parameters": [MASS, WIDTH], "tests": [TEST]}


@pytest.fixture(autouse=True)
def asked(app):
    with app.test_request_context():
        yield


def boxes(nodes):
    for node in nodes:
        if isinstance(node, editor.Box):
            yield node
        elif isinstance(node, editor.Rows):
            yield from boxes(node.rows)
        elif isinstance(node, editor.Group):
            yield from boxes(node.parts)


def box(section, document, field):
    return next(each for each in boxes(BY_SLUG[section].nodes(document)) if each.field == field)


def test_a_figure_may_be_taken_from_what_the_draft_has():
    criteria = DRAFT | {"criteria": [{"quantity": "test:gone"}]}
    figure = box("criteria", criteria, "criterion.quantity")
    assert (figure.offers, figure.kind, figure.value) == ("quantities", "line", "test:gone")


def test_parameters_of_a_table_are_ticked_in_their_order_and_one_that_is_gone_stays():
    criteria = DRAFT | {"criteria": [{"by": ["width", "gone"]}]}
    by = box("criteria", criteria, "criterion.by")
    assert (by.kind, by.value) == ("checks", ["width", "gone"])
    assert by.choices == ("width", "gone", "mass")
    assert by.labels == ("width", "gone", "质量")
    sent = editor.tree([("criteria-0-by", ["width", "mass"])])
    assert editor.written(Document, sent, ("criteria",))["criteria"][0]["by"] == ["width", "mass"]


def test_where_nothing_is_written_yet_the_words_are_typed():
    assert box("criteria", {"criteria": [{"by": []}]}, "criterion.by").kind == "words"
    assert box("course", {}, "surveillance.tests").kind == "words"
    assert box("course", DRAFT, "surveillance.tests").labels == ("强度",)
