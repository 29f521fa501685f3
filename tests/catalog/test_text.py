"""How text becomes terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.search.index import ordered
from catalog.search.text import normalise, squash, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("抛釉砖", ["抛釉", "釉砖", "砖"]),
        ("砖", ["砖"]),
        ("YT-6012", ["yt", "6012"]),
        ("YT6012", ["yt", "6012"]),
        ("ＹＴ－６０１２", ["yt", "6012"]),
        ("600×1200", ["600", "x", "1200"]),
        ("云陶YT-6012砖", ["云陶", "陶", "yt", "6012", "砖"]),
        ("、。（）", []),
    ],
)
def test_text_becomes_pairs_and_words(text, expected):
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("P·O 42.5", "PO425"),
        ("p.o42.5", "PO425"),
        ("L37-7.5PM", "L3775PM"),
        ("600*1200", "600X1200"),
        ("水泥", ""),
    ],
)
def test_a_code_is_compared_without_its_punctuation(typed, kept):
    assert squash(typed) == kept


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert terms(normalise(text)) == terms(text)


@given(st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_sort_keys_compare_as_the_numbers_do(one, other):
    if one != other:
        assert (ordered(one) < ordered(other)) == (one < other)
