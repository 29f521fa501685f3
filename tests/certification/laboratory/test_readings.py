"""A laboratory enters a reading for each specimen; the result, its rule and its verdict follow."""

from decimal import Decimal

import pytest

from accounts import operations as accounts
from core.clock import today
from core.db import db
from core.errors import Invalid
from tests.certification.world import TESTS
from tests.support import rules

REPORT = {"number": "TR-1", "place": "南京"}


def amended(world, **first):
    rules.amend(world.scheme, tests=[TESTS[0] | first, TESTS[1]])
    db.session.commit()


def result(item="absorption", **more):
    return {"item": item, "performed_on": today(), **more}


def readings(*texts, **more):
    return result(readings=[Decimal(text) for text in texts], **more)


DENSITY = result("density", value=Decimal(22))


@pytest.fixture
def three(world):
    """A sample at the bench whose first item wants three specimens, of which each must be enough."""
    amended(world, specimens=3, combined="each")
    case = world.case("evaluating")
    return case, case.deliver()


def record(case, sample, first):
    case.take("record", "tester", sample, results=[first, DENSITY])
    return sample.results[0]


def test_the_result_follows_from_the_readings_and_both_are_kept(three):
    found = record(*three, readings("0.2", "0.6", "0.3"))
    assert (found.value, found.readings, found.verdict) == (Decimal("0.6"), ["0.2", "0.6", "0.3"], "fail")


def test_the_mean_of_the_same_readings_passes(world):
    amended(world, specimens=3, combined="mean")
    case = world.case("evaluating")
    found = record(case, case.deliver(), readings("0.2", "0.6", "0.3"))
    assert found.verdict == "pass"


@pytest.mark.parametrize(
    ("given", "slug", "place"),
    [
        (readings("0.2", "0.3"), "readings-missing", "results.0.readings"),
        (result(value=Decimal("0.2")), "readings-missing", "results.0.readings"),
        (readings("0.2", "0.3", "0.4", value=Decimal("0.2")), "value-not-of-readings", "results.0.readings"),
        (readings("0.2", "0.3", "NaN"), "value-not-measurable", "results.0.value"),
    ],
)
def test_what_is_not_a_reading_of_each_specimen_is_refused(three, given, slug, place):
    with pytest.raises(Invalid) as no:
        record(*three, given)
    assert (no.value.slug, no.value.fields) == (slug, {place: slug})


def test_a_sample_has_a_piece_for_each_specimen(world):
    amended(world, specimens=5)
    case = world.case("evaluating")
    with pytest.raises(Invalid) as no:
        case.order(quantity=4)
    assert no.value.fields == {"quantity": "specimens-too-few"}
    assert case.order(quantity=5).quantity == 5


# Pages and API


def typed(sample, text):
    lines = {"results-0-readings": text, "results-1-value": "22"}
    return lines | {
        "version": sample.version,
        **{f"results-{place}-performed_on": today().isoformat() for place in (0, 1)},
    }


def test_the_page_asks_the_readings_in_one_box_and_shows_them(three, browser):
    _case, sample = three
    db.session.commit()
    client, address = browser("tester"), f"/certification/laboratory/samples/{sample.id}"
    page = client.get(address).text
    assert "3 个试样" in page
    assert 'name="results-0-readings"' in page
    assert 'name="results-0-value"' not in page
    again = client.post(f"{address}/record", data=typed(sample, "0.2 0.3"))
    assert (again.status_code, "现在写了 2 个" in again.text) == (422, True)
    again = client.post(f"{address}/record", data=typed(sample, "0.2 abc 0.3"))
    assert (again.status_code, "应填写数字" in again.text) == (422, True)
    assert client.post(f"{address}/record", data=typed(sample, "0.2、0.6；0.3")).status_code == 302
    assert (
        "0.2、0.6、0.3" in client.get(f"{address}?lang=zh").text or "0.2 0.6 0.3" in client.get(address).text
    )


def test_the_api_takes_readings_and_refuses_a_value_beside_them(three, client, world):
    _case, sample = three
    token = accounts.create_token(world.actor("tester"), "test")[1]
    db.session.commit()
    path = f"/api/v1/samples/{sample.id}/record"
    day = today().isoformat()

    def sent(**first):
        lines = [{"item": "absorption", "performed_on": day, **first}]
        lines.append({"item": "density", "value": "22", "performed_on": day})
        body = {"results": lines}
        return client.post(path, json=body, headers={"Authorization": f"Bearer {token}"})

    refused = sent(readings=["0.2", "0.3"])
    assert (refused.status_code, refused.json["slug"]) == (422, "readings-missing")
    assert sent(readings=["0.2", "0.3", "0.1"]).status_code == 200


# The rule of decision


def report(case, sample, rule=""):
    facts = REPORT | {"issued_on": today(), "decision_rule": rule}
    case.take("report", "authorised_signatory", sample, **facts)
    return sample.report


def test_a_guard_band_that_the_scheme_states_wants_an_uncertainty_and_decides(world):
    amended(world, decision="guard_band")
    case = world.case("evaluating")
    sample = case.deliver()
    with pytest.raises(Invalid) as no:
        record(case, sample, result(value=Decimal("0.45")))
    assert no.value.fields == {"results.0.uncertainty": "uncertainty-missing"}
    found = record(case, sample, result(value=Decimal("0.45"), uncertainty=Decimal("0.1")))
    assert found.verdict == "undecided"
    assert report(case, sample).decision_rule == "guard_band"
    assert found.verdict == "undecided"


@pytest.mark.parametrize(("stated", "named"), [({"decision": "simple"}, "guard_band"), ({}, "guard_band")])
def test_nobody_chooses_another_rule_than_that_of_the_item_once_values_were_seen(world, stated, named):
    rules.amend(world.scheme, tests=[test | stated for test in TESTS])
    case = world.case("evaluating")
    sample = case.deliver()
    record(case, sample, result(value=Decimal("0.45"), uncertainty=Decimal("0.1")))
    with pytest.raises(Invalid) as no:
        report(case, sample, named)
    assert no.value.fields == {"decision_rule": "decision-rule-fixed"}
    assert report(case, sample, "simple").decision_rule == "simple"


def test_an_amendment_cannot_change_the_rule_of_decision(world):
    """0.48 ± 0.05 against ≤ 0.5 under a guard band: to be told otherwise, a report was amended."""
    amended(world, decision="guard_band")
    case = world.case("evaluating")
    sample = case.deliver()
    record(case, sample, result(value=Decimal("0.48"), uncertainty=Decimal("0.05")))
    issued = report(case, sample)
    amendment = REPORT | {"number": "TR-2", "issued_on": today(), "reason": "地点写错"}
    with pytest.raises(Invalid) as no:
        case.take("amend", "authorised_signatory", issued, decision_rule="simple", **amendment)
    assert no.value.fields == {"decision_rule": "decision-rule-fixed"}
    case.take("amend", "authorised_signatory", issued, **amendment)
    found = {row.item: (row.rule, row.verdict) for row in case.application.reports[-1].results}
    assert found["absorption"] == ("guard_band", "undecided")


def test_an_amended_report_reckons_its_readings_anew(three):
    case, sample = three
    record(case, sample, readings("0.2", "0.6", "0.3"))
    issued = report(case, sample, "simple")
    facts = REPORT | {
        "number": "TR-2",
        "issued_on": today(),
        "reason": "小数点误录",
    }
    corrected = [readings("0.2", "0.4", "0.3")]
    case.take("amend", "authorised_signatory", issued, results=corrected, **facts)
    found = {row.item: row for row in case.application.reports[-1].results}["absorption"]
    assert (found.value, found.readings, found.verdict) == (Decimal("0.4"), ["0.2", "0.4", "0.3"], "pass")
