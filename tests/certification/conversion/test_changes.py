"""A version of a rule is published: who is told, what a certificate lacks, how it is converted."""

import json
import re

import pytest
from sqlalchemy import select

from accounts.models import Notice
from certification.aftercare.models import StatusProposal, SuspensionBatch
from certification.aftercare.operations import batches
from certification.certificate.operations.versions import open_case
from certification.conversion import operations, queries
from certification.conversion.models import ConversionNotice, RuleChange
from core import clock, jobs, lifecycle
from core.clock import today
from core.db import db
from core.errors import NotFound, Unmet
from schemes.document.checklists import checklist
from schemes.judging import beyond
from tests.certification.aftercare.later import case_about, certificate_of, plan_documents_only
from tests.certification.conversion.publishing import DAY, Writers, stranger, stricter

pytestmark = pytest.mark.engines("chores")


@pytest.fixture
def writers(db):
    return Writers()


@pytest.fixture
def certificate(world):
    return certificate_of(world.case("certified"))


@pytest.fixture
def change(world, certificate, writers):
    """Published today, in force in ten days, converted by within a hundred; the limit is one that no tile of
    the world meets."""
    first = today() + 10 * DAY
    criteria = stricter(world.scheme, "1.00")
    writers.publish(world.scheme, first, first + 90 * DAY, criteria=criteria)
    return db.session.scalars(select(RuleChange)).one()


def told(lead="published"):
    return db.session.scalars(select(ConversionNotice).where(ConversionNotice.lead == lead)).all()


def notices(kind):
    return db.session.scalars(select(Notice).where(Notice.kind == kind)).all()


def test_a_publication_is_written_down_once_and_queues_the_telling(change, world):
    assert (change.former, change.scheme.version) == (world.scheme, "2")
    assert change.convert_by == today() + 100 * DAY
    assert [job.kind for job in db.session.scalars(select(jobs.Job)) if job.kind.startswith("conv")] == [
        "conversion.tell"
    ]


def test_a_first_version_of_a_rule_concerns_nobody(writers, world):
    made = writers.approved(world.scheme, today() + 10 * DAY)
    made.based_on_id = None
    made.based_on = None
    made.document = made.document | {"identity": made.document["identity"] | {"code": "lc-new-rule"}}
    made.code = "lc-new-rule"
    for approver in writers.approvers:
        lifecycle.take(made, "approve", approver)
    lifecycle.take(made, "publish", writers.approvers[0], convert_by=None)
    assert db.session.scalars(select(RuleChange)).all() == []


# rule 11
def test_holder_and_body_are_told_once_in_both_languages(change, certificate):
    assert operations.tell_of_changes() == 1
    assert operations.tell_of_changes() == 0
    assert [each.certificate_id for each in told()] == [certificate.id]
    mine = notices("certificate.convert")
    assert {each.link for each in mine} == {f"/certification/certificates/{certificate.number}/life"}
    assert len(notices("rule_change.open")) == 2  # the officer and the head
    assert mine[0].facts["version"] == change.number


def test_a_certificate_that_a_running_case_brings_is_told_of_as_well(change, certificate, world):
    operations.tell_of_changes()
    other = certificate_of(world.case("certified"))
    assert operations.tell_of_changes() == 1
    assert {each.certificate_id for each in told()} == {certificate.id, other.id}


@pytest.mark.parametrize(("days", "lead"), [(60, "days:60"), (14, "days:14")])
def test_the_holder_is_reminded_before_the_last_day(change, days, lead):
    operations.tell_of_changes()
    with clock.travel(change.convert_by - (days + 1) * DAY):
        operations.tell_of_changes()
        assert told(lead) == []
    with clock.travel(change.convert_by - days * DAY):
        operations.tell_of_changes()
        assert len(told(lead)) == 1
        assert operations.tell_of_changes() == 0


def test_many_are_told_in_several_transactions(change, world):
    certificate_of(world.case("certified"))
    assert operations.tell_of_changes(limit=1) == 1
    assert operations.tell_of_changes(limit=1) == 1
    assert operations.tell_of_changes(limit=1) == 0


def test_what_has_ended_is_not_converted(change, certificate, world):
    facts = {"cause": "production_ended", "reason": "停产"}
    lifecycle.take(certificate, "cancel", world.actor("decision_maker"), **facts)
    assert operations.tell_of_changes() == 0
    with clock.travel(certificate.valid_to + DAY):
        assert db.session.scalars(queries.to_convert(change)).all() == []


# rule 11
def test_a_certificate_lacks_what_the_new_version_asks_and_it_has_not(world, certificate, writers):
    document = json.loads(world.scheme.document)
    tests = [*document["tests"], {**document["tests"][0], "slug": "strength", "method": "GB/T 3810.4"}]
    tests[0] = tests[0] | {"method": "GB/T 3810.3-2030"}
    kinds = [*document["documents"], {"slug": "management_system", "names": {"zh": "节能计划", "en": "Plan"}}]
    fields = [
        {"slug": "thickness", "names": {"zh": "厚度", "en": "Thickness"}, "kind": "number", "unit": "m",
         "least": "1", "most": "9"},
        {"slug": "note", "names": {"zh": "说明", "en": "Note"}, "kind": "text", "required": "never"},
    ]  # fmt: skip
    criteria = stricter(world.scheme, "1.00")
    criteria[0] |= {"comparison": "full"}
    members = {"tests": tests, "documents": kinds, "parameters": fields, "criteria": criteria}
    new = writers.publish(world.scheme, today() + 10 * DAY, today() + 50 * DAY, **members)
    found = queries.line(new.rules, certificate).lacks
    assert found.tests == ("absorption", "strength")
    assert found.documents == ("management_system",)
    assert found.parameters == ("thickness",)
    assert [each.criterion.quantity for each in found.failed] == ["footprint"]
    assert beyond(found.failed[0]) == certificate.application.footprint.exact - 1
    assert found.unknown == ()


def test_the_version_it_was_issued_under_lacks_nothing(world, certificate):
    assert queries.line(world.scheme.rules, certificate).lacks.nothing


def test_tests_of_an_earlier_edition_count_where_this_one_was_issued_without(world, certificate):
    case = case_about(world, certificate)
    case.to("contracted")
    plan_documents_only(case, "只改商标")
    case.take("review_documents", "document_reviewer", result="pass", findings="可信")
    case.finish()
    case.to("certified")
    assert queries.line(world.scheme.rules, certificate).lacks.tests == ()


# Converting


def test_a_certificate_is_not_converted_before_the_new_version_is_in_force(change, certificate, world):
    with pytest.raises(Unmet, match="conversion-too-early"):
        open_case(certificate, world.actor("applicant"), "conversion")


def test_what_is_under_the_newest_version_has_nothing_to_convert(certificate, world):
    with pytest.raises(Unmet, match="nothing-to-convert"):
        open_case(certificate, world.actor("applicant"), "conversion")


def test_a_conversion_begins_filled_in_and_is_told_only_what_is_new(change, certificate, world):
    with clock.travel(change.scheme.effective_from):
        case = case_about(world, certificate, "conversion")
        made = case.application
        assert (made.purpose, made.scheme, made.about) == ("conversion", change.scheme, certificate)
        assert [model.code for model in made.models] == [model.code for model in certificate.models]
        asked = queries.demands(made)
        assert (asked.tests, asked.documents) == ((), ())
        assert [each.criterion.quantity for each in asked.failed] == ["footprint"]
        assert queries.demands(certificate.application) is None


def converted(world, certificate):
    case = case_about(world, certificate, "conversion")
    case.to("contracted")
    plan_documents_only(case, "新版只改文字")
    case.take("review_documents", "document_reviewer", result="pass", findings="可信")
    case.finish()
    case.to("certified")
    return case


@pytest.fixture
def mild(world, certificate, writers):
    """The limit stays one that the tiles of the world meet."""
    first = today() + 10 * DAY
    writers.publish(world.scheme, first, first + 90 * DAY, criteria=stricter(world.scheme, "10.50"))
    return db.session.scalars(select(RuleChange)).one()


# rule 11
def test_a_converted_certificate_keeps_number_and_last_day_under_the_new_version(mild, certificate, world):
    number, last = certificate.number, certificate.valid_to
    with clock.travel(mild.scheme.effective_from):
        converted(world, certificate)
        assert (certificate.number, certificate.valid_to, certificate.edition) == (number, last, 2)
        assert certificate.scheme == mild.scheme
        assert db.session.scalars(queries.to_convert(mild)).all() == []
        assert certificate.differs == []


def planned(world, certificate, writers, browser, **members):
    """The boxes of a conversion's plan as the page shows them, (ticked parts, reason)."""
    first = today() + 10 * DAY
    members = {"criteria": stricter(world.scheme, "10.50")} | members
    version = writers.publish(world.scheme, first, first + 90 * DAY, **members)
    with clock.travel(version.effective_from):
        case = case_about(world, certificate, "conversion").to("contracted").application
        db.session.commit()
        page = browser("case_officer").get(f"/certification/reviews/{case.id}?step=plan").text
    boxes = [box for box in re.findall("<input[^>]*>", page) if 'name="parts"' in box and " checked" in box]
    reason = next(iter(re.findall(r'<textarea[^>]*name="parts_reason"[^>]*>\s*([^<]*)', page)), "")
    return [re.findall(r'value="(\w+)"', box)[0] for box in boxes], reason


def test_the_plan_of_a_conversion_begins_with_what_the_new_version_asks_alone(
    world, certificate, writers, browser
):
    ticked, reason = planned(world, certificate, writers, browser)
    assert ticked == ["documents"]
    assert reason == "换版（1 → 2）：新版没有增加要求的部分：产品检测、现场核查"


def test_a_test_by_another_method_is_planned_in_a_conversion(world, certificate, writers, browser):
    tests = json.loads(world.scheme.document)["tests"]
    tests[0]["method"] = "GB/T 3810.3-2030"
    assert planned(world, certificate, writers, browser, tests=tests)[0] == ["documents", "tests"]


def test_a_check_that_a_visit_did_not_have_is_planned_in_a_conversion(world, certificate, writers, browser):
    names = {"zh": "计量器具", "en": "Meters"}
    items = [each.model_dump(mode="json") for each in checklist(world.scheme.rules, "site")]
    lists = json.loads(world.scheme.document)["checklists"] | {
        "site": [*items, {"slug": "meters", "names": names}]
    }
    assert planned(world, certificate, writers, browser, checklists=lists)[0] == ["documents", "site"]


# rule 11
def test_what_is_not_converted_at_the_end_becomes_one_batch_of_proposals(mild, certificate, world):
    other = certificate_of(world.case("certified"))
    with clock.travel(mild.convert_by):
        assert batches.end_transitions() == 0
        converted(world, other)
    with clock.travel(mild.convert_by + DAY):
        assert batches.end_transitions() == 1
        assert batches.end_transitions() == 0
        batch = db.session.scalars(select(SuspensionBatch)).one()
        assert (batch.change, batch.number) == (mild, mild.number)
        assert [each["certificate_id"] for each in batch.found] == [certificate.id]
        proposal = db.session.scalars(select(StatusProposal)).one()
        assert (proposal.kind, proposal.cause, proposal.source) == ("suspend", "not_converted", "rule_change")
        assert certificate.state == "valid"  # a person decides
        until = today() + 60 * DAY
        decider = world.actor("decision_maker")
        assert batches.carry_out(batch, decider, until=until, reason="期满没有换版") == [certificate]
        assert (certificate.state, certificate.acts[-1].cause) == ("suspended", "not_converted")


def test_a_conversion_after_the_end_lets_the_proposal_lapse(mild, certificate, world):
    with clock.travel(mild.convert_by + DAY):
        batches.end_transitions()
        converted(world, certificate)
        proposal = db.session.scalars(select(StatusProposal)).one()
        assert (proposal.state, certificate.state) == ("lapsed", "valid")


@pytest.fixture
def unconverted(mild, certificate, world):
    """A certificate that a person suspended after the batch at the end."""
    with clock.travel(mild.convert_by + DAY):
        batches.end_transitions()
        batch = db.session.scalars(select(SuspensionBatch)).one()
        until = today() + 60 * DAY
        batches.carry_out(batch, world.actor("decision_maker"), until=until, reason="期满没有换版")
    return certificate


# rule 11
def test_a_certificate_suspended_for_want_of_it_is_restored_by_its_conversion(unconverted, mild, world):
    with clock.travel(mild.convert_by + 2 * DAY):
        case = converted(world, unconverted)
        assert (unconverted.state, unconverted.edition, unconverted.scheme) == ("valid", 2, mild.scheme)
        act = unconverted.acts[-1]
        assert (act.kind, act.cause, act.on) == ("restore", "converted", today())
        assert case.application.number in act.reason
        db.session.expire(unconverted, ["written"])
        assert sorted(each.kind for each in unconverted.written) == ["restoration", "suspension"]
        assert len(notices("certificate.resume")) > 0
        assert unconverted.differs == []


def test_what_is_suspended_for_another_cause_is_not_restored_by_a_conversion(mild, certificate, world):
    with clock.travel(mild.scheme.effective_from):
        facts = {"cause": "rule_breach", "reason": "整改", "until": today() + 60 * DAY}
        lifecycle.take(certificate, "suspend", world.actor("decision_maker"), **facts)
        with pytest.raises(Unmet, match="certificate-not-ready"):
            converted(world, certificate)
        assert certificate.state == "suspended"


def test_what_is_suspended_at_the_end_is_named_and_not_proposed_again(mild, certificate, world):
    until = mild.convert_by + 10 * DAY
    with clock.travel(mild.convert_by):
        facts = {"cause": "rule_breach", "reason": "整改", "until": until}
        lifecycle.take(certificate, "suspend", world.actor("decision_maker"), **facts)
    with clock.travel(mild.convert_by + DAY):
        batches.end_transitions()
        batch = db.session.scalars(select(SuspensionBatch)).one()
        assert [each["state"] for each in batch.found] == ["suspended"]
        assert batches.open_proposals(batch) == []


# Who sees it


def test_a_body_sees_its_own_certificates_and_the_regulator_every_one(change, certificate, world):
    own, regulator = world.actor("case_officer"), stranger("regulator", "regulator")
    assert [each.certificate for each in queries.lines(own, change).items] == [certificate]
    assert [each.certificate for each in queries.lines(regulator, change).items] == [certificate]
    other = stranger("certification_body", "case_officer")
    assert queries.lines(other, change).items == []


@pytest.mark.parametrize(
    ("kind", "roles"),
    [("manufacturer", ("applicant",)), ("testing_body", ("tester",)), ("regulator", ("rule_author",))],
)
def test_nobody_else_sees_a_change(change, kind, roles):
    with pytest.raises(NotFound, match="rule-change-not-found"):
        queries.change_of(stranger(kind, *roles), change.id)


def test_the_pages_list_what_each_certificate_lacks(change, certificate, browser):
    db.session.commit()
    client = browser("case_officer")
    index = client.get("/certification/rule-changes/")
    assert "1 → 2" in index.text
    page = client.get(f"/certification/rule-changes/{change.id}").text
    assert certificate.number in page
    assert "按新版还差" in page
    assert client.get("/certification/rule-changes/999").status_code == 404
    assert client.get("/certification/rule-changes/?page=9").status_code == 200
    assert browser("applicant").get("/certification/rule-changes/").status_code == 403


def test_the_batch_of_a_change_has_its_page(mild, certificate, browser):
    with clock.travel(mild.convert_by + DAY):
        batches.end_transitions()
        db.session.commit()
        client = browser("decision_maker")
        batch = db.session.scalars(select(SuspensionBatch)).one()
        page = client.get(f"/certification/evidence/batches/{batch.id}").text
        assert "换版期已满" in page
        assert mild.number in client.get("/certification/evidence/").text
        assert "这一批暂停建议" in client.get(f"/certification/rule-changes/{mild.id}").text


def test_the_holder_finds_the_change_and_opens_the_conversion(mild, certificate, browser):
    db.session.commit()
    with clock.travel(mild.scheme.effective_from):
        client = browser("applicant")
        life = f"/certification/certificates/{certificate.number}/life"
        assert "这张证书在" in client.get(life).text
        place = life.replace("/life", "/cases")
        answer = client.post(place, data={"version": 0, "purpose": "conversion"})
        assert answer.status_code == 303
        case = client.get(answer.headers["Location"]).text
        assert "换版：新版规则 2 多要求的" in case
        assert "不差什么" in case


def test_a_conversion_that_comes_too_early_is_refused_on_the_page(mild, certificate, browser):
    db.session.commit()
    place = f"/certification/certificates/{certificate.number}/cases"
    answer = browser("applicant").post(place, data={"version": 0, "purpose": "conversion"})
    assert answer.status_code == 422
    assert "新版规则还没有生效" in answer.text
