"""Appeals: filed inside their days, heard by other hands, and never an edit of what was decided."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from certification.acts import queries as questions
from certification.acts.models import Appeal, WrittenAct
from certification.acts.operations.appeals import close_settled, file_appeal
from certification.certificate.queries import certificates
from certification.evaluation.models import Decision
from core import clock, lifecycle
from core.clock import today
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from core.words import sentence
from tests import factories
from tests.certification.acts.test_acts import certified, refused
from tests.certification.clocks.ticking import in_days
from tests.certification.world import PDF

GROUNDS = "两项不符合在决定前已经整改并提交证据。"


@pytest.fixture
def officer(world):
    return factories.user(world.body, "appeals_officer").memberships[0].actor()


@pytest.fixture
def regulator(db):
    office = factories.organisation("regulator", name="示例监管局")
    return factories.user(office, "regulator").memberships[0].actor()


def act_of(db, case, kind: str) -> WrittenAct:
    return db.session.query(WrittenAct).filter_by(application_id=case.id, kind=kind).one()


def filed(db, world, case, kind: str = "refusal") -> Appeal:
    return file_appeal(act_of(db, case, kind), world.actor("applicant"), GROUNDS)


def heard(appeal: Appeal, officer, outcome: str) -> Appeal:
    lifecycle.take(appeal, "accept", officer)
    lifecycle.take(appeal, "investigate", officer, findings="调阅证据，两项整改证据提交于决定前。")
    lifecycle.take(appeal, "decide", officer, outcome=outcome, reason="整改证据未被评价。", signed=True)
    return appeal


def test_an_appeal_is_filed_by_the_client_with_grounds_and_proof(db, world):
    case = refused(world)
    upload = FileStorage(BytesIO(PDF), "证据.pdf")
    act = act_of(db, case, "refusal")
    appeal = file_appeal(act, world.actor("applicant"), GROUNDS, upload)
    assert (appeal.state, appeal.file_name) == ("filed", "证据.pdf")
    assert appeal.due_on == in_days(60)


def test_an_appeal_needs_grounds(db, world):
    act = act_of(db, refused(world), "refusal")
    with pytest.raises(Invalid, match="grounds-missing"):
        file_appeal(act, world.actor("applicant"), " ")


def test_only_the_client_appeals(db, world):
    act = act_of(db, refused(world), "refusal")
    stranger = factories.actor("manufacturer", "applicant")
    for somebody in (world.actor("case_officer"), stranger):
        with pytest.raises(NotPermitted, match="role-not-held"):
            file_appeal(act, somebody, GROUNDS)


def test_an_appeal_after_its_last_day_is_refused(db, world):
    act = act_of(db, refused(world), "refusal")
    late = clock.travel(act.appeal_until + timedelta(days=1))
    with late, pytest.raises(Unmet, match="appeal-too-late"):
        file_appeal(act, world.actor("applicant"), GROUNDS)
    with clock.travel(act.appeal_until):
        file_appeal(act, world.actor("applicant"), GROUNDS)


def test_an_act_is_appealed_against_once(db, world):
    case = refused(world)
    filed(db, world, case)
    with pytest.raises(Unmet, match="appeal-already-filed"):
        filed(db, world, case)


def test_what_favours_the_client_cannot_be_appealed_against(db, world):
    act = act_of(db, world.case("accepted"), "acceptance")
    with pytest.raises(Unmet, match="act-not-appealable"):
        file_appeal(act, world.actor("applicant"), GROUNDS)


# guard 1
@pytest.mark.parametrize(
    "role", ["lead_verifier", "technical_reviewer", "decision_maker", "application_reviewer", "case_officer"]
)
def test_whoever_had_a_hand_in_the_case_does_not_hear_the_appeal(db, world, role):
    appeal = filed(db, world, refused(world))
    world.grant(role, "appeals_officer")
    with pytest.raises(Unmet) as told:
        lifecycle.take(appeal, "accept", world.actor(role))
    assert "took-part-in-the-case" in told.value.detail["unmet"]


def test_somebody_without_the_role_does_not_hear_an_appeal(db, world):
    appeal = filed(db, world, refused(world))
    with pytest.raises(NotPermitted):
        lifecycle.take(appeal, "accept", factories.user(world.body, "verifier").memberships[0].actor())


# guard 7
def test_an_appeal_is_not_turned_away_or_decided_without_reasons(db, world, officer):
    appeal = filed(db, world, refused(world))
    with pytest.raises(Unmet, match="reason-missing"):
        lifecycle.take(appeal, "reject", officer, reason="")
    lifecycle.take(appeal, "accept", officer)
    with pytest.raises(Unmet, match="findings-missing"):
        lifecycle.take(appeal, "investigate", officer, findings=" ")
    lifecycle.take(appeal, "investigate", officer, findings="已查。")
    with pytest.raises(Unmet) as told:
        lifecycle.take(appeal, "decide", officer, outcome="perhaps", reason="", signed=False)
    assert set(told.value.detail["unmet"]) == {"outcome-missing", "reason-missing", "signature-missing"}


# guard 6
def test_an_appeal_is_investigated_before_it_is_decided(db, world, officer):
    appeal = filed(db, world, refused(world))
    lifecycle.take(appeal, "accept", officer)
    with pytest.raises(OutOfOrder):
        lifecycle.take(appeal, "decide", officer, outcome="upheld", reason="x", signed=True)


# ask 23
def test_an_annulled_refusal_stays_in_the_record_and_the_case_is_reviewed_anew(db, world, officer):
    case = refused(world)
    former = case.application.decision
    heard(filed(db, world, case), officer, "annulled")
    assert case.state == "in_review"
    assert case.application.decision is None
    assert (former.kind, former.superseded, former.reasons) == (
        "refuse", True, "不符合项逾期未整改，不能证明结果可靠。",
    )  # fmt: skip
    assert [taken.step for taken in lifecycle.history("application", case.id)][-1] == "reopen"
    case.take("recommend", "technical_reviewer", recommendation="refuse", text="仍不符合。")
    case.take("refuse", "decision_maker", signed=True, reason="重新评价后仍不符合。")
    decisions = db.session.query(Decision).filter_by(application_id=case.id).order_by(Decision.id).all()
    assert [decision.superseded for decision in decisions] == [True, False]
    acts = [act.kind for act in questions.of_case(world.actor("applicant"), case.id)]
    assert acts == ["acceptance", "refusal", "appeal_acceptance", "appeal_decision", "refusal"]


def test_a_refusal_that_is_upheld_stands(db, world, officer):
    case = refused(world)
    appeal = heard(filed(db, world, case), officer, "upheld")
    assert (case.state, appeal.state) == ("refused", "served")
    assert case.application.decision.superseded is False
    said = questions.said(act_of(db, case, "appeal_decision"))
    assert said["consequence"] == "upheld"
    assert said["reasons"][-1] == {"on": "决定理由", "text": "整改证据未被评价。"}


# ask 23
def test_nobody_reopens_a_decided_case_but_the_appeal(db, world):
    case = refused(world)
    with pytest.raises(NotPermitted):
        case.take("reopen", "decision_maker", appeal="SS-1")
    from accounts.actor import SYSTEM

    with pytest.raises(Unmet, match="appeal-missing"):
        lifecycle.take(case.application, "reopen", SYSTEM)


def test_an_annulled_non_acceptance_brings_the_application_back(db, world, officer):
    case = world.case("submitted")
    case.take("decline", "application_reviewer", reason="材料不全。")
    heard(filed(db, world, case, "non_acceptance"), officer, "annulled")
    assert case.state == "submitted"


def test_an_annulled_suspension_ends_at_once_and_in_writing(db, world, officer):
    case, certificate = certified(world)
    until = today() + timedelta(days=90)
    decider = world.actor("decision_maker")
    lifecycle.take(certificate, "suspend", decider, cause="misuse", reason="误用标志。", until=until)
    heard(filed(db, world, case, "suspension"), officer, "annulled")
    assert certificates.certificate(certificate.number).state == "valid"
    assert [act.kind for act in certificate.acts] == ["suspend", "restore"]
    assert act_of(db, case, "restoration").certificate_id == certificate.id


def test_a_withdrawn_certificate_stays_withdrawn_whatever_the_appeal_says(db, world, officer):
    case, certificate = certified(world)
    lifecycle.take(certificate, "withdraw", world.actor("decision_maker"), cause="fraud", reason="造假。")
    appeal = heard(filed(db, world, case, "withdrawal"), officer, "annulled")
    assert (appeal.state, certificate.state) == ("served", "withdrawn")


# The second level


def test_the_client_may_go_on_to_the_regulator_who_may_order_a_new_decision(db, world, officer, regulator):
    case = refused(world)
    appeal = heard(filed(db, world, case), officer, "upheld")
    lifecycle.take(appeal, "escalate", world.actor("applicant"), reason="机构未评价证据。")
    lifecycle.take(appeal, "conclude", regulator, conclusion="body_to_decide_anew", reason="证据未评价。")
    assert (appeal.state, case.state) == ("closed", "in_review")


def test_the_regulator_may_leave_it_as_it_is(db, world, officer, regulator):
    case = refused(world)
    appeal = filed(db, world, case)
    lifecycle.take(appeal, "reject", officer, reason="没有新的事实。")
    lifecycle.take(appeal, "escalate", world.actor("applicant"), reason="不服。")
    with pytest.raises(Unmet, match="outcome-missing"):
        lifecycle.take(appeal, "conclude", regulator, conclusion="", reason="x")
    lifecycle.take(appeal, "conclude", regulator, conclusion="body_upheld", reason="并无不当。")
    assert (appeal.state, case.state) == ("closed", "refused")


# rule 6
def test_the_second_level_is_closed_when_its_days_are_over(db, world, officer):
    appeal = heard(filed(db, world, refused(world)), officer, "upheld")
    with clock.travel(appeal.second_until):
        assert close_settled() == 0
    with clock.travel(appeal.second_until + timedelta(days=1)):
        with pytest.raises(Unmet, match="appeal-too-late"):
            lifecycle.take(appeal, "escalate", world.actor("applicant"), reason="不服。")
        assert (close_settled(), close_settled()) == (1, 0)
    assert appeal.state == "closed"


# The pages


def test_an_appeal_is_filed_and_decided_through_the_pages(db, app, world, browser, sign_in):
    case = refused(world)
    number = act_of(db, case, "refusal").number
    applicant = browser("applicant")
    assert "申诉期限" not in applicant.get(f"/certification/appeals/new/{number}").text
    again = applicant.post(f"/certification/appeals/new/{number}", data={"grounds": ""})
    assert (again.status_code, "写明申诉的事实和理由" in again.text) == (422, True)
    answer = applicant.post(f"/certification/appeals/new/{number}", data={"grounds": GROUNDS})
    address = answer.location
    officer = sign_in(app.test_client(), factories.user(world.body, "appeals_officer"))
    assert "SS-" in officer.get("/certification/appeals/").text
    for step, data in (
        ("accept", {}),
        ("investigate", {"findings": "调阅了证据。"}),
        ("decide", {"outcome": "annulled", "reason": "应重新评价。", "signed": "y"}),
    ):
        page = officer.get(address)
        version = page.text.split('name="version"')[1].split('value="')[1].split('"')[0]
        answer = officer.post(f"{address}/{step}", data={"version": version, **data})
        assert answer.status_code == 303, answer.text
    shown = applicant.get(address).text
    assert "撤销原决定" in shown
    assert "应重新评价。" in shown


def test_a_stale_or_unknown_step_is_refused_on_the_page(db, app, world, browser, sign_in):
    appeal = filed(db, world, refused(world))
    officer = sign_in(app.test_client(), factories.user(world.body, "appeals_officer"))
    assert (
        officer.post(f"/certification/appeals/{appeal.id}/accept", data={"version": "99"}).status_code == 409
    )
    assert officer.post(f"/certification/appeals/{appeal.id}/fly").status_code == 409


def test_bodies_and_clients_never_see_each_others_appeals(db, app, world, client, browser, sign_in):
    appeal = filed(db, world, refused(world))
    other = factories.organisation("certification_body")
    stranger = factories.user(factories.organisation(), "applicant")
    for visitor in (factories.user(other, "appeals_officer"), stranger):
        page = sign_in(app.test_client(), visitor)
        hidden = page.get(f"/certification/appeals/{appeal.id}")
        assert (hidden.status_code, sentence("appeal-not-found") in hidden.text) == (404, True)
        assert appeal.number not in page.get("/certification/appeals/").text


def test_the_form_can_be_sent_as_it_is_shown(db, csrf_app, world, browser):
    number = act_of(db, refused(world), "refusal").number
    applicant = browser("applicant")
    page = applicant.get(f"/certification/appeals/new/{number}").text
    form = page.split("<main")[1]
    names = re.findall(r'<input[^>]*type="hidden"[^>]*>', form)
    hidden = {re.search('name="([^"]+)"', tag)[1]: re.search('value="([^"]*)"', tag)[1] for tag in names}
    sent = applicant.post(f"/certification/appeals/new/{number}", data=hidden | {"grounds": GROUNDS})
    assert sent.status_code == 303, sent.text
