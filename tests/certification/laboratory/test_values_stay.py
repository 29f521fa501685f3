"""A value that a laboratory entered stays: another in its place is a reading of its own, with a reason."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from accounts import operations as accounts
from certification.laboratory.models import TestResult
from core.audit import Entry
from core.clock import today
from core.db import db
from core.errors import Invalid, Unmet
from tests.certification.laboratory.test_laboratory import LABORATORY, post, results
from tests.certification.world import reload

pytestmark = pytest.mark.engines("constraints")

WHY = "天平未归零，重新称量"
SIGNATORY = "authorised_signatory"
CHANGED = "reading-changed-without-reason"


def measured(text="0.9", item="absorption", **more):
    given = {"item": item, "value": Decimal(text), "uncertainty": Decimal("0.01"), "performed_on": today()}
    return given | more


@pytest.fixture
def case(world):
    return world.case("evaluating")


@pytest.fixture
def sample(case):
    """At the bench, its absorption measured once."""
    sample = case.deliver()
    case.take("record", "tester", sample, results=[measured(equipment="天平 T-07")])
    db.session.commit()
    return sample


def change(case, sample, **more):
    case.take("record", "tester", sample, results=[measured("0.3", **more)])


def test_another_value_is_a_reading_of_its_own_and_both_stay(case, sample):
    change(case, sample, reason=WHY, equipment="天平 T-07")
    (row,) = sample.results
    assert (row.value, row.verdict, row.reason) == (Decimal("0.3"), "pass", WHY)
    (former,) = row.earlier
    assert (former.value, former.verdict, former.superseded) == (Decimal("0.9"), "fail", True)


def test_the_record_holds_both_values_and_why(case, sample):
    change(case, sample, reason=WHY)
    query = select(Entry).where(Entry.subject == f"sample/{sample.id}", Entry.verb.like("sample.%measure"))
    first, second = [json.loads(row.data) for row in db.session.scalars(query.order_by(Entry.id))]
    assert (first["item"], first["value"], first["equipment"]) == ("absorption", "0.9", "天平 T-07")
    assert (second["value"], second["former"]["value"], second["reason"]) == ("0.3", "0.9", WHY)


@pytest.mark.parametrize(
    "other",
    [
        {"value": Decimal("0.3")},
        {"uncertainty": Decimal("0.02")},
        {"equipment": "天平 T-08"},
        {"edition": "2016"},
        {"environment": "23 ℃"},
    ],
)
def test_without_a_reason_nothing_that_was_entered_changes(case, sample, other):
    same = {"value": Decimal("0.9"), "equipment": "天平 T-07"}
    with pytest.raises(Invalid) as no:
        case.take("record", "tester", sample, results=[measured(**(same | other))])
    assert no.value.fields == {"results.0.reason": CHANGED}
    (row,) = sample.results
    assert (row.value, row.uncertainty, row.equipment) == (Decimal("0.9"), Decimal("0.01"), "天平 T-07")


def test_the_same_value_sent_again_changes_nothing(case, sample):
    (before,) = sample.results
    case.take("record", "tester", sample, results=[measured(equipment="天平 T-07")])
    assert sample.results == [before]
    assert before.earlier == []


def test_an_item_is_entered_once_at_a_time(case, sample):
    twice = [measured("22", "density"), measured("23", "density")]
    with pytest.raises(Invalid) as no:
        case.take("record", "tester", sample, results=twice)
    assert no.value.fields == {"results.1.item": "test-item-twice"}


def test_the_database_keeps_no_change_without_a_reason(sample):
    (row,) = sample.results
    with pytest.raises(IntegrityError):
        db.session.execute(update(TestResult).where(TestResult.id == row.id).values(replaces_id=row.id))
    db.session.rollback()


def test_who_measured_what_was_replaced_does_not_sign(world, case, sample):
    change(case, sample, reason=WHY)
    for row in sample.results:
        row.tester_id = world.actor("sample_receiver").id
    case.take("record", "tester", sample, results=[measured("22", "density")])
    sample.results[1].tester_id = world.actor("sample_receiver").id
    db.session.flush()
    world.grant("tester", "authorised_signatory")
    with pytest.raises(Unmet, match="signatory-tested"):
        case.take("report", "tester", sample, number="T", place="南京", issued_on=today())


def test_an_amended_report_names_what_each_corrected_value_was_before(case, sample):
    case.take("record", "tester", sample, results=[measured("22", "density")])
    case.take("report", "authorised_signatory", sample, number="T-1", place="南京", issued_on=today())
    issued = sample.report
    facts = {"number": "T-2", "issued_on": today(), "reason": "小数点误录"}
    case.take("amend", "authorised_signatory", issued, results=[measured("0.09")], **facts)
    rows = {row.item: row for row in case.application.reports[-1].results}
    assert [(row.value, row.reason) for row in (*rows["absorption"].earlier, rows["absorption"])] == [
        (Decimal("0.9"), ""),
        (Decimal("0.09"), "小数点误录"),
    ]
    assert rows["density"].earlier == []
    assert [row.value for row in issued.results] == [Decimal("0.9"), Decimal("22")]


# Pages and API


def test_the_page_asks_why_and_shows_both_values(world, browser, case, sample):
    tester = browser("tester")
    lines = results("0.3") | {"results-0-uncertainty": "0.01", "results-0-equipment": "天平 T-07"}
    refused = post(tester, sample, "record", **lines)
    assert refused.status_code == 422
    assert "写明更改理由，原来的值保留" in refused.text
    assert 'results-0-reason-e"' in refused.text
    assert (
        post(tester, reload(case).samples[0], "record", **lines, **{"results-0-reason": WHY}).status_code
        == 302
    )
    page = tester.get(f"{LABORATORY}/samples/{sample.id}").text
    assert "<del>0.9 %</del>" in page
    assert WHY in page
    assert f'value="{WHY}"' not in page
    sample = reload(case).samples[0]
    said = {"title": "检测报告", "customer": "x", "item_description": "x", "condition": "x", "sampling": "x"}
    said |= {
        "deviations": "x",
        "statement": "x",
        "number": "T-1",
        "place": "南京",
        "issued_on": today().isoformat(),
    }
    assert post(browser("authorised_signatory"), sample, "report", **said).status_code == 302
    report = reload(case).reports[0]
    for role in ("authorised_signatory", "lead_verifier", "applicant"):
        page = browser(role).get(f"/certification/reports/{report.id}").text
        assert ("<del>0.9 %</del>" in page, WHY in page, "天平 T-07" in page) == (True, True, True)


def test_the_api_refuses_a_change_without_a_reason_and_answers_both_values(world, client, case, sample):
    tokens = {role: accounts.create_token(world.actor(role), "t")[1] for role in ("tester", SIGNATORY)}
    db.session.commit()

    def head(role):
        return {"Authorization": f"Bearer {tokens[role]}"}

    def send(role, step, body):
        return client.post(f"/api/v1/samples/{sample.id}/{step}", json=body, headers=head(role))

    line = {"item": "absorption", "value": "0.3", "uncertainty": "0.01", "performed_on": today().isoformat()}
    refused = send("tester", "record", {"results": [line]})
    assert refused.status_code == 422
    assert refused.json["fields"]["/results/0/reason"]["slug"] == CHANGED
    other = line | {"item": "density", "value": "22"}
    assert send("tester", "record", {"results": [line | {"reason": WHY}, other]}).status_code == 200
    report = {"number": "T-1", "place": "南京", "issued_on": today().isoformat()}
    assert send(SIGNATORY, "report", report | {"decision_rule": "guard_band"}).status_code == 422
    assert send(SIGNATORY, "report", report).status_code == 200
    issued = reload(case).reports[0]
    found = client.get(f"/api/v1/reports/{issued.id}", headers=head("tester"))
    row = next(row for row in found.json["results"] if row["item"] == "absorption")
    assert (row["value"], row["reason"], row["rule"]) == ("0.3", WHY, "simple")
    assert [(each["value"], each["equipment"]) for each in row["earlier"]] == [("0.9", "天平 T-07")]
