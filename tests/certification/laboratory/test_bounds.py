"""A rule says where a reading can lie, how sure it must be and what goes with it; another is refused."""

from decimal import Decimal

import pytest

from accounts import operations as accounts
from core.clock import today
from core.db import db
from core.errors import Invalid
from tests.certification.laboratory.test_laboratory import LABORATORY, post, results
from tests.certification.world import TESTS
from tests.support import rules

BOUNDS = {"least": "0", "most": "50", "uncertainty": "0.05", "recorded": ["equipment", "environment"]}
BENCH = {"equipment": "天平 T-07", "environment": "23 ℃"}


def bound(world, **more):
    rules.amend(world.scheme, tests=[TESTS[0] | BOUNDS | more, TESTS[1]])
    db.session.commit()


def given(value="0.2", **more):
    line = {"item": "absorption", "performed_on": today(), "uncertainty": Decimal("0.05"), **BENCH}
    return line | {"value": value and Decimal(value)} | more


@pytest.fixture
def sample(world):
    bound(world)
    return world.case("evaluating").deliver()


@pytest.mark.parametrize(
    ("line", "place", "slug"),
    [
        (given("-0.01"), "value", "reading-out-of-range"),
        (given("50.01"), "value", "reading-out-of-range"),
        (given(uncertainty=None), "uncertainty", "uncertainty-missing"),
        (given(uncertainty=Decimal("0.06")), "uncertainty", "uncertainty-too-wide"),
        (given(equipment=" "), "equipment", "reading-without-equipment"),
        (given(environment=""), "environment", "reading-without-environment"),
    ],
)
def test_a_reading_beyond_what_the_rule_asks_is_refused_at_its_member(world, line, place, slug):
    bound(world)
    case = world.case("evaluating")
    sample = case.deliver()
    with pytest.raises(Invalid) as no:
        case.take("record", "tester", sample, results=[line])
    assert (no.value.slug, no.value.fields) == (slug, {f"results.0.{place}": slug})
    assert sample.results == []


def test_a_reading_says_the_edition_of_the_method_where_the_rule_asks_for_it(world):
    bound(world, recorded=["edition"])
    case = world.case("evaluating")
    sample = case.deliver()
    with pytest.raises(Invalid) as no:
        case.take("record", "tester", sample, results=[given(edition=" ")])
    assert no.value.fields == {"results.0.edition": "reading-without-edition"}
    case.take("record", "tester", sample, results=[given(edition="2016")])
    assert sample.results[0].edition == "2016"


@pytest.mark.parametrize("value", ["0", "50"])
def test_what_lies_on_the_ends_is_taken(world, value):
    bound(world)
    case = world.case("evaluating")
    sample = case.deliver()
    case.take("record", "tester", sample, results=[given(value)])
    assert sample.results[0].value == Decimal(value)


def test_each_reading_of_several_specimens_is_held_to_the_range(world):
    bound(world, specimens=3, combined="mean")
    case = world.case("evaluating")
    sample = case.deliver()
    readings = [Decimal(text) for text in ("0.2", "-0.2", "0.3")]
    with pytest.raises(Invalid) as no:
        case.take("record", "tester", sample, results=[given(None, readings=readings)])
    assert no.value.fields == {"results.0.readings": "reading-out-of-range"}


def test_an_amended_report_is_held_to_the_range_too(world):
    case = world.case("evaluating")
    sample = case.test()
    bound(world)
    facts = {"number": "T-2", "issued_on": today(), "reason": "录入笔误"}
    with pytest.raises(Invalid) as no:
        case.take("amend", "authorised_signatory", sample.report, results=[given("-3")], **facts)
    assert no.value.fields == {"results.0.value": "reading-out-of-range"}


# Pages and API


def test_the_page_says_the_range_and_refuses_at_the_box(sample, browser):
    db.session.commit()
    tester = browser("tester")
    page = tester.get(f"{LABORATORY}/samples/{sample.id}").text
    assert "读数在 0 ～ 50 % 之间" in page
    assert "U ≤ 0.05 %" in page
    assert "写明仪器设备" in page
    lines = results("-3") | {"results-0-uncertainty": "0.05"}
    lines |= {f"results-0-{name}": text for name, text in BENCH.items()}
    refused = post(tester, sample, "record", **lines)
    assert refused.status_code == 422
    assert 'results-0-value-e"' in refused.text
    assert "读数 -3 不在这个项目可能的范围 0 ～ 50 % 内" in refused.text
    assert post(tester, sample, "record", **(lines | {"results-0-value": "0.3"})).status_code == 302


def test_the_api_refuses_a_reading_out_of_range_at_its_member(sample, world, client):
    token = accounts.create_token(world.actor("tester"), "test")[1]
    db.session.commit()
    line = {"item": "absorption", "value": "-3", "uncertainty": "0.05", "performed_on": today().isoformat()}
    address, head = f"/api/v1/samples/{sample.id}/record", {"Authorization": f"Bearer {token}"}
    refused = client.post(address, json={"results": [line | BENCH]}, headers=head)
    assert refused.status_code == 422
    assert refused.json["fields"]["/results/0/value"]["slug"] == "reading-out-of-range"
