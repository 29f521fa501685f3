"""GB/T 8170: half to even, once, of the exact value."""

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbon.footprint import rounded


@pytest.mark.parametrize(
    ("exact", "digits", "stated"),
    [
        ("0.15", 1, "0.2"), ("0.25", 1, "0.2"), ("0.35", 1, "0.4"), ("10.805", 2, "10.80"),
        ("10.815", 2, "10.82"), ("720.5", 0, "720"), ("721.5", 0, "722"), ("15.4546", 0, "15"),
        ("-10.815", 2, "-10.82"), ("0", 2, "0.00"), ("1E+20", 1, "100000000000000000000.0"),
    ],
)  # fmt: skip
def test_a_half_goes_to_the_even_digit_and_every_digit_is_written(exact, digits, stated):
    assert f"{rounded(Decimal(exact), digits):f}" == stated
    assert f"{rounded(Fraction(exact), digits):f}" == stated


def test_what_is_a_hair_above_the_half_is_not_a_half():
    hair = Fraction(1, 10**60)
    half = Fraction("10.805")
    assert [str(rounded(half + each, 2)) for each in (-hair, 0, hair)] == ["10.80", "10.80", "10.81"]
    assert str(rounded(Fraction(32, 3), 2)) == "10.67"


@given(st.decimals(-(10**12), 10**12, places=8), st.integers(0, 8), st.integers(2, 40))
def test_it_is_the_rounding_of_decimals_whatever_the_precision_of_the_caller(value, digits, precision):
    with localcontext(prec=precision):
        found = rounded(value, digits)
    with localcontext(prec=60):
        expected = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
        assert str(found) == str(expected + 0)  # zero has no sign
    assert rounded(found, digits) == found
