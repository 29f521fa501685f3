"""A complaint about a certificate: brought by anybody, handled by who took no part, answered in its days."""

from datetime import timedelta
from io import BytesIO

import pytest

from accounts.models import Notice
from certification.clocks import queries as clocks
from certification.complaints import operations, queries
from certification.complaints.models import BodyComplaint
from certification.complaints.operations import bring
from core import audit, clock, lifecycle
from core.clock import today
from core.db import db as tables
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from oversight import operations as oversight
from oversight import queries as public
from tests import factories
from tests.certification.aftercare.later import certificate_of
from tests.certification.world import PDF

pytestmark = pytest.mark.engines("constraints")

NAMED = {"name": "石磊", "contact": "13900001234"}


@pytest.fixture
def issued(world):
    found = certificate_of(world.case("certified"))
    tables.session.commit()
    return found


@pytest.fixture
def officer(world):
    world.people["appeals_officer"] = factories.user(world.body, "appeals_officer")
    return world.actor("appeals_officer")


@pytest.fixture
def brought(issued, officer):
    return bring(issued, subject="label", text="展厅里贴错了标签。", **NAMED)[0]


def handle(complaint, officer, *steps, **facts) -> None:
    said = {
        "findings": "到场看过。",
        "outcome": "founded",
        "measure": "suspend",
        "answer": "已责成整改。",
        "reason": "理由",
    }
    for step in steps:
        lifecycle.take(complaint, step, officer, **said | facts)


def test_it_is_received_acknowledged_investigated_and_answered(issued, brought, officer):
    handle(brought, officer, "acknowledge", "investigate", "answer")
    assert (brought.state, brought.outcome, brought.answer) == ("answered", "founded", "已责成整改。")
    assert brought.handler_id == officer.id
    [proposal] = issued.proposals
    assert (proposal.kind, proposal.cause, proposal.source, proposal.source_id) == (
        "suspend",
        "misuse",
        "complaint",
        brought.id,
    )
    assert issued.state == "valid"  # the answer proposes, a decision maker decides


def test_what_was_unfounded_proposes_nothing(issued, brought, officer):
    handle(brought, officer, "acknowledge", "investigate")
    with pytest.raises(Unmet, match="measure-without-ground"):
        handle(brought, officer, "answer", outcome="unfounded")
    handle(brought, officer, "answer", outcome="unfounded", measure="")
    assert (brought.measure, issued.proposals) == ("none", [])


def test_its_days_run_in_the_ledger_and_the_receipt_says_the_first(brought, officer):
    first = clocks.on("body_complaint", brought.id)
    assert (first.name, first.unit, first.days, brought.due_on) == (
        "complaint_acknowledgement",
        "working",
        5,
        first.due,
    )
    handle(brought, officer, "acknowledge")
    then = clocks.on("body_complaint", brought.id)
    assert (then.name, brought.due_on) == ("complaint_answer", then.due)
    assert not brought.is_late
    with clock.travel(then.due + timedelta(days=1)):
        assert brought.is_late
    handle(brought, officer, "investigate", "answer")
    assert clocks.on("body_complaint", brought.id) is None


@pytest.mark.parametrize("role", ["case_officer", "decision_maker", "head_of_body", "applicant", "tester"])
def test_only_who_has_that_duty_handles_it(world, brought, role):
    with pytest.raises(NotPermitted):
        lifecycle.take(brought, "acknowledge", world.actor(role))


def test_whoever_took_any_step_in_the_certification_does_not_handle_it(world, brought):
    for role in ("lead_verifier", "technical_reviewer", "case_officer", "application_reviewer"):
        world.grant(role, "appeals_officer")
        actor = factories_actor(world, role)
        with pytest.raises(Unmet) as refused:
            lifecycle.take(brought, "acknowledge", actor)
        assert refused.value.detail["unmet"]
    assert brought.state == "received"


def factories_actor(world, role):
    tables.session.expire_all()
    return world.actor(role)


def test_nobody_of_another_body_learns_of_it(brought):
    stranger = factories.actor("certification_body", "appeals_officer")
    with pytest.raises(NotFound, match="complaint-not-found"):
        queries.complaint(stranger, brought.id)


def test_who_complained_is_told_to_the_handler_alone_and_each_look_is_on_record(
    world, brought, officer, browser
):
    tables.session.commit()
    place = f"/certification/complaints/{brought.id}"
    page = browser("appeals_officer")
    assert page.get(f"{place}/complainant").status_code == 403
    assert page.post(f"{place}/acknowledge", data={"version": brought.version}).status_code == 303
    assert "石磊" in page.get(f"{place}/complainant").text
    assert [entry.verb for entry in audit.every_entry()].count("body_complaint.read") == 1
    for role in ("appeals_officer", "head_of_body", "decision_maker"):
        assert "石磊" not in browser(role).get(place).text
    assert browser("head_of_body").get(f"{place}/complainant").status_code == 403


def test_of_a_complaint_without_a_name_there_is_nobody_to_look_up(issued, officer):
    nameless = bring(issued, subject="label", text="展厅里贴错了标签。")[0]
    handle(nameless, officer, "acknowledge")
    with pytest.raises(NotFound, match="complainant-anonymous"):
        queries.complainant(officer, nameless)


def test_what_is_written_does_not_name_who_complained(brought, officer):
    handle(brought, officer, "acknowledge")
    with pytest.raises(Unmet, match="complainant-named"):
        handle(brought, officer, "investigate", findings="问了石磊本人。")
    handle(brought, officer, "investigate")
    with pytest.raises(Unmet, match="complainant-named"):
        handle(brought, officer, "answer", answer="已电话 13900001234 告知。")


@pytest.mark.parametrize(
    ("wrong", "place", "slug"),
    [
        ({"text": " "}, "text", "complaint-text-missing"),
        ({"subject": "gossip"}, "subject", "complaint-subject-missing"),
        ({"name": "石磊"}, "contact", "complainant-half-named"),
    ],
)
def test_what_cannot_be_brought_is_refused_at_its_box(issued, wrong, place, slug):
    with pytest.raises(Invalid) as refused:
        operations.bring(issued, **{"subject": "label", "text": "事实"} | wrong)
    assert refused.value.fields == {place: slug}
    assert tables.session.query(BodyComplaint).count() == 0


def test_anybody_brings_one_from_the_page_of_the_certificate_and_follows_it_up(
    client, world, issued, officer, browser
):
    place = f"/certificates/{issued.number}/complaint"
    assert place in client.get(f"/verify/{issued.number}").text
    assert client.post(place, data={"subject": "label", "text": " "}).status_code == 422
    sent = {"subject": "label", "text": "展厅里贴错了标签。", "upload": (BytesIO(PDF), "照片.pdf")} | NAMED
    receipt = client.post(place, data=sent)
    assert receipt.status_code == 200
    found = tables.session.query(BodyComplaint).one()
    assert found.number in receipt.text
    told = tables.session.scalars(tables.select(Notice).where(Notice.user_id == officer.id)).all()
    assert [notice.kind for notice in told] == ["body_complaint.file"]
    shown = browser("decision_maker").get(f"/certification/certificates/{issued.number}").text
    assert found.number in shown  # it stands on the page of the certificate, for its body
    assert found.number not in browser("applicant").get(f"/certification/certificates/{issued.number}").text
    assert found.number not in client.get(f"/verify/{issued.number}").text


def test_its_code_opens_how_it_stands(issued, officer):
    found, code = bring(issued, subject="handling", text="没有答复过。")
    handle(found, officer, "acknowledge", "investigate", "answer")
    assert public.followed_up(found.number, code.lower()).answer == "已责成整改。"
    with pytest.raises(NotFound, match="follow-up-unknown"):
        public.followed_up(found.number, "ABCDEFGHJKMN")


def test_the_regulator_refers_a_report_without_saying_who_brought_it(issued, officer):
    regulator = factories.actor("regulator", "regulator")
    facts = {"about_kind": "product", "about": issued.number, "text": "我是石磊，在展厅看到。", **NAMED}
    report, _code = oversight.file_report(**facts)
    lifecycle.take(report, "take_on", regulator)
    with pytest.raises(Unmet, match="reporter-named"):
        lifecycle.take(report, "refer", regulator, reason="石磊反映。")
    lifecycle.take(report, "refer", regulator, reason="请核实展厅里的标签。")
    found = queries.referred(report.number)
    assert (found.channel, found.text, found.complainant, found.file) == (
        "regulator",
        "请核实展厅里的标签。",
        None,
        None,
    )
    assert report.state == "checking"
    with pytest.raises(Unmet, match="referred-already"):
        lifecycle.take(report, "refer", regulator, reason="再转一次。")


def test_what_is_about_no_certificate_is_not_referred(issued):
    regulator = factories.actor("regulator", "regulator")
    report, _code = oversight.file_report(about_kind="holder", about="某厂", text="宣传不实。")
    lifecycle.take(report, "take_on", regulator)
    with pytest.raises(Unmet, match="certificate-not-named"):
        lifecycle.take(report, "refer", regulator, reason="请核实。")


def test_the_page_refuses_at_the_box(brought, officer, browser):
    handle(brought, officer, "acknowledge")
    tables.session.commit()
    place = f"/certification/complaints/{brought.id}"
    answer = browser("appeals_officer").post(f"{place}/investigate", data={"version": brought.version})
    assert answer.status_code == 422
    assert "写明调查了什么" in answer.text
    assert today() <= brought.due_on
