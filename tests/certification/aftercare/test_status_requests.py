"""Status acts that are asked for or prepared, and reminders of the end."""

from datetime import timedelta
from io import BytesIO

import pytest

from certification.aftercare.operations import proposals, reminders
from certification.aftercare.operations.proposals import request_status
from core import audit, clock, lifecycle
from core.calendar.count import months_after
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from tests import factories
from tests.certification.aftercare.later import (
    another_decider,
    case_about,
    certificate_of,
    looked_at,
    restore,
)
from tests.certification.world import PDF
from tests.support.rules import amend

MONTH = timedelta(days=30)


@pytest.fixture
def issued(world):
    return certificate_of(world.case("certified"))


@pytest.fixture
def act(world, issued):
    def take(step, **more):
        causes = {"suspend": "misuse", "restore": "corrected", "withdraw": "not_corrected"}
        facts = {"cause": causes.get(step, "holder_request"), "reason": "查明事实"}
        if step == "suspend":
            more.setdefault("until", today() + MONTH)
        decider = more.pop("by", None) or world.actor("decision_maker")
        lifecycle.take(issued, step, decider, **facts | more)

    return take


@pytest.fixture
def ask(world, issued):
    def request(kind, reason="订单生产，停产三个月", until=None, actor=None):
        return request_status(issued, actor or world.actor("applicant"), kind, reason, until)

    return request


def test_the_holder_asks_and_the_body_carries_out(issued, ask, act):
    asked = ask("suspend", until=today() + MONTH)
    assert (issued.state, asked.state, asked.cause) == ("valid", "open", "holder_request")
    act("suspend", cause="holder_request")
    assert (issued.state, asked.state) == ("suspended", "carried_out")


def test_the_body_declines_with_a_reason_and_nothing_changes(world, issued, ask):
    asked = ask("cancel")
    with pytest.raises(Unmet, match="reason-missing"):
        lifecycle.take(asked, "decline", world.actor("decision_maker"), reason=" ")
    lifecycle.take(asked, "decline", world.actor("decision_maker"), reason="还有未结的监督检查")
    assert (issued.state, asked.state, asked.answer) == ("valid", "declined", "还有未结的监督检查")


def test_the_same_is_not_asked_for_twice_at_once(world, ask):
    asked = ask("suspend")
    with pytest.raises(Unmet, match="already-requested"):
        ask("suspend")
    lifecycle.take(asked, "decline", world.actor("decision_maker"), reason="不符合条件")
    assert ask("suspend").state == "open"


@pytest.mark.parametrize(
    ("kind", "reason", "error", "slug"),
    [
        ("restore", "已整改", Unmet, "request-not-possible"),
        ("withdraw", "x", Invalid, "request-unknown"),
        ("suspend", "  ", Invalid, "reason-missing"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_name(ask, kind, reason, error, slug):
    with pytest.raises(error, match=slug):
        ask(kind, reason)


def test_only_the_holder_asks(world, ask):
    for actor in (world.actor("decision_maker"), factories.actor("manufacturer", "applicant")):
        with pytest.raises(NotPermitted):
            ask("suspend", actor=actor)


@pytest.fixture
def verify(world):
    def take(asked, verdict="confirmed", role="lead_verifier", **more):
        lifecycle.take(asked, "verify", world.actor(role), **looked_at(verdict) | more)

    return take


def test_a_restoration_is_asked_for_verified_and_decided_by_another_inside_the_period(
    world, issued, ask, act, verify
):
    act("suspend")
    asked = ask("restore", "计量记录已补齐")
    verify(asked)
    assert (asked.state, issued.state) == ("verified", "suspended")  # a verification decides nothing
    act("restore", by=another_decider(world))
    assert (issued.state, asked.state) == ("valid", "carried_out")


def test_nothing_is_restored_that_the_holder_has_not_asked_for(world, issued, act):
    act("suspend")
    with pytest.raises(Unmet, match="restoration-not-requested"):
        act("restore", by=another_decider(world))
    assert issued.state == "suspended"


@pytest.mark.parametrize("found", [None, "not_confirmed"])
def test_nothing_is_restored_before_it_was_found_corrected(world, issued, ask, act, verify, found):
    act("suspend")
    asked = ask("restore")
    if found:
        verify(asked, found)
    with pytest.raises(Unmet, match="restoration-not-verified"):
        act("restore", by=another_decider(world))
    verify(asked)  # looked at again once it is in order
    act("restore", by=another_decider(world))
    assert issued.state == "valid"


def test_whoever_suspended_it_or_verified_it_does_not_restore_it(world, issued, ask, act, verify):
    act("suspend")
    asked = ask("restore")
    verify(asked)
    with pytest.raises(Unmet, match="suspended-by-the-same"):
        act("restore")
    asked.verified_by_id = (other := another_decider(world)).id
    with pytest.raises(Unmet, match="verified-by-the-same"):
        act("restore", by=other)
    assert issued.state == "suspended"


@pytest.mark.parametrize(
    ("wrong", "slug"),
    [
        ({"verification": " "}, "verification-incomplete"),
        ({"verdict": ""}, "verification-incomplete"),
        ({"verdict": "perhaps"}, "verification-incomplete"),
        ({"verified_on": None}, "verification-incomplete"),
        ({"evidence": None}, "evidence-missing"),
        ({"verified_on": MONTH}, "date-in-the-future"),
        ({"verified_on": -MONTH}, "before-the-suspension"),
    ],
)
def test_a_verification_without_its_day_finding_or_proof_is_refused(issued, ask, act, verify, wrong, slug):
    act("suspend")
    asked = ask("restore")
    if shift := wrong.get("verified_on"):
        wrong = {"verified_on": today() + shift}
    with pytest.raises((Unmet, Invalid), match=slug):
        verify(asked, **wrong)
    assert (asked.state, asked.verification) == ("open", "")


def test_only_a_restoration_is_verified_and_only_by_who_evaluates(issued, ask, act, verify):
    with pytest.raises(Unmet, match="nothing-to-verify"):
        verify(ask("cancel"))
    act("suspend")
    with pytest.raises(NotPermitted):
        verify(ask("restore"), role="decision_maker")


def test_what_was_verified_stands_with_its_proof_on_the_page_of_the_certificate(issued, ask, act, browser):
    act("suspend")
    asked = ask("restore")
    db.session.commit()
    place = f"/certification/certificates/proposals/{asked.id}"
    page = browser("lead_verifier")
    typed = {"verdict": "confirmed", "verified_on": str(today()), "verification": "抽查三个月的抄表记录。"}
    refused = page.post(f"{place}/verify", data={"version": asked.version, **typed})
    assert refused.status_code == 422
    assert "证据" in refused.text
    proof = (BytesIO(PDF), "复核记录.pdf")
    sent = {"version": asked.version, **typed, "evidence": proof}
    assert page.post(f"{place}/verify", data=sent).status_code == 303
    for role in ("decision_maker", "applicant"):
        shown = browser(role).get(f"/certification/certificates/{issued.number}/life").text
        assert "抽查三个月的抄表记录。" in shown
        with browser(role).get(f"{place}/evidence") as proof:
            assert proof.data == PDF
    assert browser("tester").get(f"{place}/evidence").status_code == 404


# guard 14
def test_restoring_after_the_end_of_the_suspension_or_after_expiry_is_refused(issued, ask, act):
    act("suspend")
    with clock.travel(issued.acts[0].until + timedelta(days=1)):
        with pytest.raises(Unmet, match="suspension-over"):
            ask("restore")
        with pytest.raises(Unmet, match="suspension-over"):
            act("restore")
    with clock.travel(issued.valid_to + timedelta(days=1)):
        with pytest.raises(Unmet, match="request-not-possible"):
            ask("restore")
        with pytest.raises(OutOfOrder):
            act("restore")


def test_an_act_makes_moot_what_is_no_longer_possible(issued, ask, act):
    asked = ask("suspend")
    act("cancel")
    assert (issued.state, asked.state) == ("cancelled", "lapsed")


# guard 19
def test_a_withdrawal_is_prepared_once_when_a_suspension_ends_and_decided_by_a_person(issued, act):
    act("suspend")
    with clock.travel(issued.acts[0].until):
        assert proposals.prepare_withdrawals() == 0
    with clock.travel(issued.acts[0].until + timedelta(days=300)):
        assert [proposals.prepare_withdrawals() for _ in range(3)] == [1, 0, 0]
        [prepared] = issued.proposals
        assert (prepared.kind, prepared.source, prepared.cause) == (
            "withdraw",
            "suspension_ended",
            "not_corrected",
        )
        assert issued.state == "suspended"  # a timer prepares, a person decides
        act("withdraw")
        assert (issued.state, prepared.state) == ("withdrawn", "carried_out")
        assert proposals.prepare_withdrawals() == 0
    assert audit.verify() > 0


def test_a_restored_certificate_is_not_prepared_for_withdrawal(world, issued, act):
    act("suspend")
    restore(world, issued)
    with clock.travel(today() + timedelta(days=90)):
        assert proposals.prepare_withdrawals() == 0


def test_a_suspension_lasts_no_longer_than_the_scheme_allows(world, issued, act):
    amend(world.scheme, clocks={"suspension_max": {"months": 3, "source": "方案"}})
    db.session.flush()
    with pytest.raises(Unmet, match="suspension-too-long"):
        act("suspend", until=today() + timedelta(days=93))
    act("suspend", until=today() + timedelta(days=89))
    assert issued.state == "suspended"


# Reminders


# guard 19
def test_the_holder_is_reminded_in_time_to_ask_and_before_expiry_and_each_time_once(issued):
    sent = []
    latest = months_after(issued.valid_to, -6)
    for lead, day in (
        ("earliest:0", months_after(issued.valid_to, -12)),
        ("latest:60", latest - timedelta(days=60)),
        ("latest:14", latest - timedelta(days=14)),
        ("days:30", issued.valid_to - timedelta(days=30)),
    ):
        with clock.travel(day - timedelta(days=1)):
            assert reminders.remind_of_expiry() == 0
        with clock.travel(day):
            assert [reminders.remind_of_expiry() for _ in range(2)] == [1, 0]
        sent.append(lead)
    assert [reminder.lead for reminder in issued.reminders] == sent


def test_a_late_timer_skips_no_reminder(issued):
    with clock.travel(issued.valid_to):
        assert [reminders.remind_of_expiry() for _ in range(2)] == [4, 0]
    with clock.travel(issued.valid_to + timedelta(days=1)):
        assert reminders.remind_of_expiry() == 0


def test_whoever_asked_already_is_not_told_to_ask(world, issued):
    with clock.travel(issued.valid_to - timedelta(days=200)):
        case_about(world, issued, "recertification").to("submitted")
        assert reminders.remind_of_expiry() == 0


def test_nobody_is_reminded_of_a_certificate_that_ended(issued, act):
    act("cancel")
    with clock.travel(issued.valid_to):
        assert reminders.remind_of_expiry() == 0
