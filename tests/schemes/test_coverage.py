"""The picture of a table of limits: what is covered once, not at all, and twice; and when there is none."""

from decimal import Decimal

import pytest

from schemes.drafts.coverage import strips

CLASS = {"slug": "class", "kind": "choice", "choices": [{"slug": "c1"}, {"slug": "c2"}]}
RIM = {"slug": "rim", "kind": "number", "least": "10", "most": "20"}
FIELDS = {"class": CLASS, "rim": RIM}


def row(words, start, below):
    return {
        "when": [{"parameter": "class", "one_of": words}, {"parameter": "rim", "from": start, "below": below}]
    }


def told(*rows, keys=("class", "rim"), fields=FIELDS):
    return {
        strip.choices: [(str(part.first), str(part.last), part.rows) for part in strip.parts]
        for strip in strips(keys, fields, rows)
    }


def test_a_hole_and_an_overlap_are_told_apart_from_what_has_one_limit():
    found = told(row(["c1"], "10", "14"), row(["c1"], "13", "16"), row(["c1", "c2"], "17", "20"))
    assert found["c1",] == [
        ("10", "13", 1), ("13", "14", 2), ("14", "16", 1), ("16", "17", 0), ("17", "20", 1)
    ]  # fmt: skip
    assert found["c2",] == [("10", "17", 0), ("17", "20", 1)]


def test_the_shares_of_the_parts_are_those_of_the_range():
    (first, second), _other = (
        strip.parts for strip in strips(["class", "rim"], FIELDS, [row([], "10", "15")])
    )
    assert (first.start, first.width) == (0, 50)
    assert (second.start, second.width) == (Decimal(50), Decimal(50))


def test_a_row_that_says_nothing_of_a_parameter_holds_all_of_it():
    assert told({"when": []}) == {("c1",): [("10", "20", 1)], ("c2",): [("10", "20", 1)]}


@pytest.mark.parametrize(
    ("keys", "fields"),
    [
        (["class"], FIELDS),
        (["rim", "load"], FIELDS | {"load": RIM | {"slug": "load"}}),
        (["rim"], {"rim": {"kind": "number", "least": "10"}}),
        (["rim"], {"rim": {"kind": "number", "least": "20", "most": "10"}}),
        (["rim"], {"rim": {"kind": "number", "least": "十", "most": "20"}}),
        (["gone", "rim"], FIELDS),
        (["class", "rim"], FIELDS | {"class": {"kind": "choice", "choices": "c1"}}),
        (["class", "rim"], FIELDS | {"class": 7}),
    ],
)
def test_what_has_no_one_bounded_number_or_no_classes_has_no_picture(keys, fields):
    assert told(row(["c1"], "10", "20"), keys=keys, fields=fields) == {}


@pytest.mark.parametrize(
    "odd", [None, 7, {"when": 7}, {"when": [7]}, row(7, [], {}), row(["c1"], "1,5", "x")]
)
def test_what_cannot_be_read_is_left_out_of_the_picture(odd):
    assert [parts[0][0] for parts in told(odd).values()] == ["10", "10"]


def test_more_classes_than_can_be_drawn_are_not_drawn():
    many = {"kind": "choice", "choices": [{"slug": f"c{number}"} for number in range(25)]}
    assert told(row(["c1"], "10", "20"), fields={"class": many, "rim": RIM}) == {}
