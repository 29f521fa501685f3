"""What a 资质认定 (CMA) number must look like (certification-rules 4.3)."""

import pytest

from core.errors import Invalid
from registers.numbers import check_cma


@pytest.mark.parametrize(
    ("number", "authority", "field"),
    [
        ("231002110001", "10", "02"),
        ("160021181234", "00", "21"),
        (" 250000219999 ", "00", "00"),
        ("253121219999", "31", "21"),
    ],
)
def test_a_number_of_the_published_structure_is_read_into_its_parts(number, authority, field):
    parts = check_cma(number)
    assert (parts.authority, parts.field) == (authority, field)
    assert "".join(parts) == number.strip()


@pytest.mark.parametrize(
    ("number", "slug"),
    [
        ("", "cma-number-malformed"),
        ("23100211000", "cma-number-malformed"),
        ("2310021100011", "cma-number-malformed"),
        ("23100211OOO1", "cma-number-malformed"),
        ("２３１００２１１０００１", "cma-number-malformed"),
        ("231002110000", "cma-number-malformed"),
        ("233202110001", "cma-authority-unknown"),
        ("231022110001", "cma-field-unknown"),
    ],
)
def test_a_number_of_another_structure_is_refused(number, slug):
    with pytest.raises(Invalid) as refused:
        check_cma(number)
    assert refused.value.slug == slug
