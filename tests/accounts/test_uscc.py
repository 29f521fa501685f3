"""The credit code's own law: GB 32100-2015.  Vectors are codes printed in public registers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import uscc
from core.errors import Invalid

REAL = ["914403001922038216", "91330100799655058B", "9144030071526726XG", "91110108551385082Q"]
SYNTHETIC = [
    "91000000000000019G",
    "91000000000000027B",
    "910000000000000356",
    "910000000000000431",
    "91000000000000051U",
    "9100000000000006XK",
]

valid_codes = st.builds(
    lambda head, region, body: head + region + body + uscc.check_character(head + region + body),
    st.text(uscc.ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(uscc.ALPHABET, min_size=9, max_size=9),
)
positions = st.integers(0, 17)


@pytest.mark.parametrize("code", REAL + SYNTHETIC)
def test_codes_in_use_pass(code):
    assert uscc.check(code) == code


@pytest.mark.parametrize(
    "typed", [" 91330100799655058b ", "９１３３０１００７９９６５５０５８Ｂ", "91330100 799655058\u3000B"]
)
def test_what_people_type_is_normalised(typed):
    assert uscc.check(typed) == "91330100799655058B"


@pytest.mark.parametrize(
    ("code", "slug", "detail"),
    [
        ("", "uscc-length", {"length": 0}),
        ("913301007996550", "uscc-length", {"length": 15}),
        ("91330100799655058BB", "uscc-length", {"length": 19}),
        ("91330100799655058I", "uscc-letter", {"letter": "I", "position": 18}),
        ("9133O100799655058B", "uscc-letter", {"letter": "O", "position": 5}),
        ("91330100799655058乙", "uscc-letter", {"letter": "乙", "position": 18}),
        ("9133A100799655058B", "uscc-region", {"region": "33A100"}),
        ("914403001922038217", "uscc-check-digit", {}),
        ("91330100799655058C", "uscc-check-digit", {}),
        ("9133010057462616XH", "uscc-check-digit", {}),
    ],
)
def test_each_fault_has_its_own_word(code, slug, detail):
    with pytest.raises(Invalid) as refusal:
        uscc.check(code, field="maker_uscc")
    assert (refusal.value.slug, refusal.value.detail) == (slug, detail)
    assert refusal.value.fields == {"maker_uscc": slug}


@given(valid_codes)
def test_every_well_formed_code_passes(code):
    assert uscc.check(code) == code


@given(valid_codes, positions, st.sampled_from(uscc.ALPHABET))
def test_no_single_wrong_character_passes(code, position, letter):
    if letter != code[position]:
        with pytest.raises(Invalid):
            uscc.check(code[:position] + letter + code[position + 1 :])


@given(valid_codes, st.integers(0, 16))
def test_no_two_neighbours_can_change_places(code, i):
    if code[i] != code[i + 1]:
        with pytest.raises(Invalid):
            uscc.check(code[:i] + code[i + 1] + code[i] + code[i + 2 :])


def test_the_first_synthetic_codes_are_these():
    assert [uscc.synthetic(n) for n in range(1, 7)] == SYNTHETIC


@given(st.integers(1, 10**8 - 1), st.integers(1, 10**8 - 1))
def test_synthetic_codes_pass_differ_and_belong_to_no_region(n, m):
    assert uscc.check(uscc.synthetic(n))[2:8] == "000000"
    assert (uscc.synthetic(n) == uscc.synthetic(m)) == (n == m)


@pytest.mark.parametrize("n", [0, -1, 10**8])
def test_there_are_no_synthetic_codes_beyond_eight_digits(n):
    with pytest.raises(ValueError):
        uscc.synthetic(n)
