"""From where on one asks about activity data is data of the scheme."""

import pytest

from carbon.checks import Tolerances
from certification.application.queries.around import around
from core.errors import Unmet
from schemes.document.accounting import Tolerances as Stated
from tests.support.rules import amend


def test_a_scheme_may_state_every_tolerance_there_is_and_no_other():
    assert Stated.model_fields.keys() == Tolerances.__dataclass_fields__.keys()


def test_what_a_scheme_does_not_state_is_usual(world):
    assert world.scheme.tolerances == Tolerances()


@pytest.mark.parametrize(("times", "asked"), [("10", False), ("1.1", True)])
def test_a_reader_asks_from_where_the_scheme_says(world, times, asked):
    """8.45 under a limit of 10.80 is 1.28 times less."""
    amend(world.scheme, tolerances={"limit_times": times})
    if not asked:
        assert world.case("submitted").application.state == "submitted"
        return
    with pytest.raises(Unmet, match="question-unanswered"):
        world.case("submitted")


def test_whose_fuel_values_count_is_said_by_the_scheme(world):
    case = world.case("draft").application
    assert around(case).fuel_default == ""
    amend(world.scheme, fuel_source="industry_guideline")
    assert around(case).fuel_default == "industry_guideline"
