"""One spelling, whichever of the two writes it: held against the library that knows the whole RFC."""

from enum import StrEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as some

from core.canonical import canonical

LARGEST = 2**53 - 1
texts = some.text(some.characters(exclude_categories=["Cs"]))
scalars = (
    some.none()
    | some.booleans()
    | some.integers(-LARGEST, LARGEST)
    | texts
    | some.floats(allow_nan=False, allow_infinity=False)
)
values = some.recursive(
    scalars, lambda inner: some.lists(inner) | some.dictionaries(texts, inner), max_leaves=30
)


@given(some.dictionaries(texts, values))
def test_every_statement_is_spelt_as_the_rfc_says(statement):
    assert canonical(statement) == rfc8785.dumps(statement)


class Word(StrEnum):
    YES = "yes"


@pytest.mark.parametrize(
    "statement",
    [
        {"\ufb33": 1, "\U0001f600": 2, "z": 3},  # sorted by halves of letters, not by letters
        {"text": '\x00\x1f\x7f"\\/\b\f\n\r\t\u2028é＝'},
        {"b": [(), [], {}, None, True, 0, -0], "a": Word.YES},
        {"large": LARGEST, "small": -LARGEST},
        {"float": 1e21, "other": 1e-7, "whole": 1.0},
    ],
)
def test_what_the_quick_one_would_spell_otherwise_is_spelt_as_the_rfc_says(statement):
    assert canonical(statement) == rfc8785.dumps(statement)


@pytest.mark.parametrize(
    "statement", [{"n": 2**53}, {"t": "\ud800"}, {"n": float("nan")}, {1: "x"}, {"o": object()}]
)
def test_what_has_no_spelling_is_refused(statement):
    with pytest.raises(rfc8785.CanonicalizationError):
        canonical(statement)
