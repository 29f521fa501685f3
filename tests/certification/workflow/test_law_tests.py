"""What a laboratory may enter, and what its values are worth."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.clock import today
from core.errors import Invalid, OutOfOrder, Unmet
from registers.models import LaboratoryScope
from tests.certification.world import TESTS
from tests.support import rules


def result(value: str, item: str = "absorption", uncertainty: str = "0.04", on: date | None = None) -> dict:
    return {
        "item": item,
        "value": Decimal(value),
        "uncertainty": Decimal(uncertainty),
        "performed_on": on or today(),
    }


def test_a_method_must_be_in_scope_on_the_day_it_was_performed(db, world):
    case = world.case("evaluating")
    sample = case.deliver()
    scope = db.session.scalar(select(LaboratoryScope).where(LaboratoryScope.method == "GB/T 3810.3"))
    scope.valid_to = today() - timedelta(days=1)
    with pytest.raises(Unmet, match="laboratory-out-of-scope"):
        case.take("record", "tester", sample, results=[result("0.2")])
    case.take("record", "tester", sample, results=[result("22", "density")])


def test_another_value_before_the_report_takes_the_place_of_the_former(world):
    case = world.case("evaluating")
    sample = case.deliver()
    case.take("record", "tester", sample, results=[result("0.9")])
    case.take("record", "tester", sample, results=[result("0.2") | {"reason": "天平未归零"}])
    assert [(row.item, row.value, row.verdict) for row in sample.results] == [
        ("absorption", Decimal("0.2"), "pass")
    ]


@pytest.mark.parametrize(
    ("wrong", "slug"),
    [
        (result("0.2", "colour"), "test-item-unknown"),
        (result("0.2", on=date(2099, 1, 1)), "date-in-the-future"),
        (result("NaN"), "value-not-measurable"),
        (result("0.2", uncertainty="-1"), "value-not-measurable"),
    ],
)
def test_a_result_that_cannot_be_right_is_refused(world, wrong, slug):
    case = world.case("evaluating")
    sample = case.deliver()
    with pytest.raises(Invalid) as refused:
        case.take("record", "tester", sample, results=[wrong])
    assert refused.value.slug == slug
    assert sample.state == "received"


def test_under_the_guard_band_a_value_too_near_the_limit_passes_nobody(world):
    rules.amend(world.scheme, tests=[test | {"decision": "guard_band"} for test in TESTS])
    case = world.case("evaluating")
    sample = case.deliver()
    near = result("0.48") | {"uncertainty": Decimal("0.05")}
    case.take("record", "tester", sample, results=[near, result("22", "density")])
    facts = {"number": "TR-1", "place": "南京", "issued_on": today()}
    case.take("report", "authorised_signatory", sample, **facts)
    assert {row.item: row.verdict for row in sample.results} == {
        "absorption": "undecided",
        "density": "reported",
    }
    assert sample.report.conclusion == "fail"


def test_one_laboratory_gives_a_report_number_once(world):
    case = world.case("evaluating")
    case.test()
    sample = case.deliver()
    case.take("record", "tester", sample, results=[result("0.2"), result("22", "density")])
    number = case.application.reports[0].number
    with pytest.raises(Invalid) as refused:
        case.take("report", "authorised_signatory", sample, number=number, place="南京", issued_on=today())
    assert refused.value.slug == "report-number-twice"


def test_a_sample_in_doubt_goes_no_further(world):
    case = world.case("evaluating")
    sample = case.deliver()
    case.take("doubt", "sample_receiver", sample, reason="封条号与委托不符")
    with pytest.raises(OutOfOrder):
        case.take("record", "tester", sample, results=[result("0.2")])
