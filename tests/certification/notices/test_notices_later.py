"""Who is told after the certificate: appeals, follow-up checks, requests, reports that were taken back."""

from datetime import timedelta

import pytest

from accounts.models import Notice
from accounts.notices import say
from accounts.queries import unread
from certification.aftercare.operations import surveillance as checks
from certification.aftercare.operations.proposals import request_status
from core import lifecycle
from core.clock import today, travel
from core.db import db as tables
from tests import factories
from tests.certification.acts.test_acts import refused
from tests.certification.acts.test_appeals import GROUNDS, filed, heard
from tests.certification.aftercare.later import certificate_of
from tests.certification.aftercare.test_surveillance import check, in_window, issued  # noqa: F401

pytestmark = pytest.mark.engines("chores")


@pytest.fixture
def officer(world):
    return factories.user(world.body, "appeals_officer").memberships[0].actor()


def last(person_id: int) -> Notice:
    query = tables.select(Notice).where(Notice.user_id == person_id).order_by(Notice.id.desc())
    return tables.session.scalars(query).first()


def title(notice: Notice, app) -> str:
    with app.test_request_context():
        return say(notice).title


def lines(notice: Notice) -> list[str]:
    return [line["text"] for line in notice.facts["lines"]]


def test_an_appeal_is_told_to_officers_who_took_no_part_in_the_case(db, world, officer, app):
    world.grant("case_officer", "appeals_officer")
    appeal = filed(db, world, refused(world))
    notice = last(officer.id)
    assert (notice.kind, notice.link) == ("appeal.file", f"/certification/appeals/{appeal.id}")
    assert appeal.number in title(notice, app)
    assert lines(notice) == [GROUNDS]
    assert last(world.people["case_officer"].id).kind != "appeal.file"


# ask 22
def test_the_outcome_of_an_appeal_reaches_the_client_with_reasons_and_the_way_on(db, world, officer, app):
    appeal = heard(filed(db, world, refused(world)), officer, "upheld")
    notice = last(world.people["applicant"].id)
    until = appeal.second_until
    assert (notice.kind, notice.urgent) == ("appeal.serve", True)
    assert "维持原决定" in title(notice, app)
    assert f"{until.month} 月 {until.day} 日前可以向监管部门申诉" in title(notice, app)
    assert lines(notice) == ["整改证据未被评价。"]


def test_who_heard_an_appeal_is_not_quoted_to_the_client(db, world, officer):
    heard(filed(db, world, refused(world)), officer, "upheld")
    told = tables.session.query(Notice).filter_by(user_id=world.people["applicant"].id)
    assert not [notice for notice in told if "调阅证据" in str(notice.facts)]


def test_a_decision_annulled_on_appeal_is_told_to_the_client_and_the_reviewer(db, world, officer, app):
    heard(filed(db, world, refused(world)), officer, "annulled")
    kinds = {notice.kind for notice in tables.session.query(Notice)}
    assert {"application.reopen", "application.reopen.client"} <= kinds


def test_an_appeal_that_goes_on_is_told_to_the_regulator(db, world, officer):
    regulator = factories.user(factories.organisation("regulator"), "regulator")
    appeal = heard(filed(db, world, refused(world)), officer, "upheld")
    lifecycle.take(appeal, "escalate", world.actor("applicant"), reason="不服")
    assert last(regulator.id).kind == "appeal.escalate"
    lifecycle.take(
        appeal, "conclude", regulator.memberships[0].actor(), conclusion="body_upheld", reason="事实清楚"
    )
    assert last(world.people["applicant"].id).kind == "appeal.conclude"


def test_a_follow_up_check_tells_its_team_and_the_holder_the_day(in_window, world, app):  # noqa: F811
    in_window.notify()
    day = f"{today().month} 月 {today().day} 日"
    for role in ("lead_verifier", "applicant"):
        assert day in title(last(world.people[role].id), app)
    in_window.conduct(found={"label_use": "minor"})
    in_window.take("require", "decision_maker", reason="清理旧包装", due=today() + timedelta(days=30))
    notice = last(world.people["applicant"].id)
    assert (notice.kind, notice.urgent, lines(notice)) == ("surveillance.require", True, ["清理旧包装"])
    in_window.answer()
    notice = last(world.people["lead_verifier"].id)
    assert (notice.kind, lines(notice)) == ("check_finding.answer", ["已整改。"])
    in_window.judge("reject", reason="没有照片。")
    notice = last(world.people["applicant"].id)
    assert (notice.kind, notice.urgent, lines(notice)) == ("check_finding.reject", True, ["没有照片。"])
    in_window.answer()
    in_window.judge()
    assert last(world.people["applicant"].id).kind == "check_finding.close"
    assert last(world.people["decision_maker"].id).kind == "check_finding.close.last"
    in_window.take("pass", "decision_maker", reason="已清理")
    assert last(world.people["applicant"].id).kind == "surveillance.pass"


def test_a_missed_check_is_told_to_the_body_and_the_regulator_once(check, world):  # noqa: F811
    regulator = factories.user(factories.organisation("regulator"), "regulator")
    with travel(check.row.due + timedelta(days=1)):
        checks.raise_alarms()
        checks.raise_alarms()
    assert last(world.people["case_officer"].id).kind == "surveillance.miss"
    assert unread(regulator.memberships[0].actor()) == 1


def test_what_a_holder_asks_for_is_told_to_who_decides_and_the_answer_to_the_holder(world, app):
    certificate = certificate_of(world.case("certified"))
    proposal = request_status(certificate, world.actor("applicant"), "cancel", "停产")
    notice = last(world.people["decision_maker"].id)
    assert "注销" in title(notice, app)
    assert lines(notice) == ["停产"]
    lifecycle.take(proposal, "decline", world.actor("decision_maker"), reason="仍有库存")
    assert lines(last(world.people["applicant"].id)) == ["仍有库存"]


def test_a_report_that_was_taken_back_is_told_at_once(world, app):
    case = world.case("evaluating")
    case.test()
    report = case.application.reports[-1]
    case.take("retract", "authorised_signatory", report, reason="设备未校准")
    told = tables.session.query(Notice).filter_by(kind="test_report.retract")
    assert {notice.user_id for notice in told} == {
        world.people[role].id for role in ("case_officer", "lead_verifier", "applicant")
    }
    assert all(report.number in title(notice, app) for notice in told)


def test_an_order_a_laboratory_declines_is_told_to_the_body_at_once(world, app):
    case = world.case("evaluating")
    sample = case.order()
    case.take("decline_order", "sample_receiver", sample, reason="设备检修")
    notice = last(world.people["case_officer"].id)
    assert (notice.kind, notice.urgent) == ("sample.decline_order", True)
    assert lines(notice) == ["设备检修"]
