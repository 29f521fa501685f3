"""A dry run and a conversion reckon with the figures that a verdict would be given on."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from certification.workflow.conversion import figures
from schemes.document import read
from schemes.judging import Figure
from tests.schemes.examples import tyre


def result(item: str, value: str, uncertainty: str | None):
    wide = None if uncertainty is None else Decimal(uncertainty)
    return SimpleNamespace(item=item, value=Decimal(value), uncertainty=wide)


@pytest.mark.parametrize(
    ("combined", "uncertainties", "expected"),
    [
        ("mean", ("0.2", "0.5"), Figure(Fraction(2), Fraction(1, 2))),
        ("mean", ("0.2", None), Figure(Fraction(2))),
        ("each", ("0.2", "0.5"), Figure(Fraction(3), Fraction(1, 2))),
    ],
)
def test_the_mean_keeps_the_widest_uncertainty_and_the_worst_its_own(combined, uncertainties, expected):
    document = read(tyre(("/tests/0/combined", combined)))
    item = document.tests[0].slug
    measured = [result(item, value, wide) for value, wide in zip(("1", "3"), uncertainties, strict=True)]
    assert figures(document, None, measured) == {f"test:{item}": expected}
