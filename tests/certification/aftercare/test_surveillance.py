"""Follow-up checks: planned at issue, made in their window by a clear team, concluded by other hands."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from certification.aftercare.operations import surveillance as checks
from certification.workflow.surveillance import CHECKS
from core import audit, clock, lifecycle
from core.calendar.count import months_after
from core.clock import today, travel
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from core.files import store
from tests import factories
from tests.certification.aftercare.later import case_about, certificate_of
from tests.certification.world import PDF
from tests.support.rules import amend

pytestmark = pytest.mark.engines("walks")

REASON = "证据充分。"


@pytest.fixture
def issued(world):
    return certificate_of(world.case("certified"))


@pytest.fixture
def check(world, issued):
    """check(step, role, ...): a step on the first follow-up check."""

    class Check:
        row = issued.surveillance[0]

        def take(self, step, role, **facts):
            lifecycle.take(self.row, step, world.actor(role), **facts)

        def notify(self, **more):
            team = [(world.people["lead_verifier"].id, "lead_verifier")]
            facts = {"team": team, "on": today(), "person_days": Decimal(1)} | more
            self.take("notify", "case_officer", **facts)

        def conduct(self, **more):
            found = more.pop("found", {})
            items = [
                {"slug": slug, "finding": found.get(slug, "conform"), "note": "看到的事实"} for slug in CHECKS
            ]
            facts = {"items": items, "conducted_on": today(), "person_days": Decimal(1)} | more
            self.take("conduct", "lead_verifier", **facts)

        def answer(self, **more):
            from io import BytesIO

            evidence = store(BytesIO(PDF), "证据.pdf").digest
            facts = {"answer": "已整改。", "evidence": evidence, "evidence_name": "证据.pdf"} | more
            for finding in self.row.findings:
                lifecycle.take(finding, "answer", world.actor("applicant"), **facts)

        def judge(self, step="close", role="lead_verifier", reason="照片清楚。"):
            for finding in self.row.findings:
                lifecycle.take(finding, step, world.actor(role), reason=reason)

    return Check()


@pytest.fixture
def in_window(check):
    with clock.travel(check.row.window_from + timedelta(days=30)):
        yield check


def test_the_plan_is_made_at_issue_from_six_months_and_never_more_than_twelve_apart(issued):
    rows = issued.surveillance
    assert [row.ordinal for row in rows] == [1, 2]
    assert rows[0].window_from == months_after(issued.issued_on, 6)
    due = [issued.issued_on, *(row.due for row in rows)]
    assert all(later <= months_after(earlier, 12) for earlier, later in zip(due, due[1:], strict=False))
    assert all(row.weak and row.source for row in rows)


def test_a_scheme_may_state_its_own_window(world):
    amend(
        world.scheme,
        clocks={
            "surveillance_from": {"months": 3, "source": "方案"},
            "surveillance_interval": {"months": 9, "source": "方案"},
        },
    )
    issued = certificate_of(world.case("certified"))
    assert issued.surveillance[0].window_from == months_after(issued.issued_on, 3)
    assert [row.due for row in issued.surveillance] == [
        months_after(issued.issued_on, months) for months in (9, 18, 27)
    ]
    assert not issued.surveillance[0].weak


@pytest.mark.parametrize("issued_on", [date(2026, 11, 30), date(2026, 8, 31), date(2027, 1, 29)])
def test_a_february_on_the_way_adds_no_check_and_shortens_no_month(world, issued_on):
    amend(world.scheme, clocks={"surveillance_interval": {"months": 9, "source": "方案"}})
    with travel(issued_on):
        issued = certificate_of(world.case("certified"))
    assert [row.due for row in issued.surveillance] == [
        months_after(issued_on, months) for months in (9, 18, 27)
    ]


def test_a_version_adds_no_checks(world, issued):
    before = len(issued.surveillance)
    case_about(world, issued).to("certified")
    assert len(issued.surveillance) == before


def test_a_check_that_finds_nothing_passes_and_moves_the_next(in_window):
    in_window.notify()
    in_window.conduct()
    in_window.take("pass", "decision_maker", reason=REASON)
    row, following = in_window.row, in_window.row.certificate.surveillance[1]
    assert (row.state, row.conclusion, row.concluded_on) == ("passed", REASON, today())
    assert (following.window_from, following.due) == (months_after(today(), 6), months_after(today(), 12))
    assert [taken.step for taken in lifecycle.history("surveillance", row.id)] == [
        "notify",
        "conduct",
        "pass",
    ]


def test_an_early_check_leaves_no_year_without_one(check):
    certificate = check.row.certificate
    for row in list(certificate.surveillance):
        check.row = row
        with clock.travel(row.window_from):
            check.notify()
            check.conduct()
            check.take("pass", "decision_maker", reason=REASON)
    assert certificate.surveillance[-1].state == "planned"
    last = certificate.surveillance[-2].conducted_on
    assert certificate.surveillance[-1].due == months_after(last, 12)


def test_what_is_found_is_corrected_on_evidence_before_it_passes(in_window):
    in_window.notify()
    in_window.conduct(found={"label_use": "minor"})
    with pytest.raises(Unmet, match="surveillance-finding-open"):
        in_window.take("pass", "decision_maker", reason=REASON)
    in_window.take("require", "decision_maker", reason="清理旧包装", due=today() + timedelta(days=30))
    with pytest.raises(Unmet, match="correction-not-answered"):
        in_window.take("pass", "decision_maker", reason=REASON)
    in_window.answer()
    with pytest.raises(Unmet, match="correction-not-judged"):
        in_window.take("pass", "decision_maker", reason=REASON)
    in_window.judge()
    in_window.take("pass", "decision_maker", reason=REASON)
    assert in_window.row.state == "passed"


@pytest.mark.parametrize(
    ("grade", "kind", "cause"),
    [("minor", "suspend", "surveillance_finding"), ("major", "withdraw", "serious_defect")],
)
def test_a_failed_check_touches_nothing_and_puts_an_act_before_a_person(in_window, grade, kind, cause):
    in_window.notify()
    in_window.conduct(found={"footprint_kept": grade})
    in_window.take("fail", "decision_maker", reason="碳足迹已超过限值")
    certificate = in_window.row.certificate
    [proposal] = certificate.proposals
    assert (proposal.kind, proposal.cause, proposal.source, proposal.source_id) == (
        kind,
        cause,
        "surveillance",
        in_window.row.id,
    )
    assert (certificate.state, proposal.state) == ("valid", "open")


def test_who_conducted_the_check_does_not_conclude_it(world, in_window):
    world.grant("lead_verifier", "decision_maker")
    in_window.notify()
    in_window.conduct()
    with pytest.raises(Unmet) as refused:
        in_window.take("pass", "lead_verifier", reason=REASON)
    assert "took-part-in-evaluation" in refused.value.detail["unmet"]


def test_somebody_with_a_tie_to_the_holder_is_not_sent(world, in_window):
    world.conflict(world.people["lead_verifier"])
    with pytest.raises(Unmet, match="conflict-of-interest"):
        in_window.notify()


def test_only_the_team_conducts(world, in_window):
    other = factories.user(world.body, "lead_verifier")
    in_window.notify()
    with pytest.raises(Unmet) as refused:
        lifecycle.take(in_window.row, "conduct", other.memberships[0].actor())
    assert "not-on-the-team" in refused.value.detail["unmet"]


def test_people_of_another_body_are_not_sent(in_window):
    stranger = factories.user(factories.organisation("certification_body"), "lead_verifier")
    with pytest.raises(Invalid, match="person-not-of-the-body"):
        in_window.notify(team=[(stranger.id, "lead_verifier")])


@pytest.mark.parametrize(
    ("more", "slug"),
    [
        ({"on": None}, "surveillance-plan-incomplete"),
        ({"person_days": None}, "surveillance-plan-incomplete"),
        ({"team": []}, "surveillance-plan-incomplete"),
        ({"days": 400}, "outside-the-window"),
    ],
)
def test_a_check_is_announced_completely_and_inside_its_window(in_window, more, slug):
    if "days" in more:
        more = {"on": today() + timedelta(days=more["days"])}
    with pytest.raises(Unmet, match=slug):
        in_window.notify(**more)


def test_a_check_is_announced_for_a_day_to_come(in_window):
    with pytest.raises(Invalid, match="date-in-the-past"):
        in_window.notify(on=today() - timedelta(days=1))


def test_a_check_is_not_made_before_its_window_opens(check):
    with pytest.raises(Unmet, match="outside-the-window"):
        check.notify()


@pytest.mark.parametrize(
    ("more", "slug"),
    [
        ({"items": []}, "surveillance-check-unanswered"),
        ({"conducted_on": None}, "conducted-on-missing"),
        ({"person_days": Decimal("0.5")}, "person-days-too-few"),
    ],
)
def test_an_incomplete_record_is_refused(in_window, more, slug):
    in_window.notify()
    with pytest.raises(Unmet, match=slug):
        in_window.conduct(**more)


def test_a_finding_without_its_fact_is_refused(in_window):
    in_window.notify()
    items = [{"slug": slug, "finding": "minor", "note": ""} for slug in CHECKS]
    with pytest.raises(Unmet, match="site-finding-without-fact"):
        in_window.conduct(items=items)


@pytest.mark.parametrize(
    ("facts", "slug"),
    [
        ({"reason": "", "due": 1}, "reason-missing"),
        ({"reason": "整改", "due": None}, "correction-due-missing"),
    ],
)
def test_a_demand_for_correction_names_what_and_until_when(in_window, facts, slug):
    in_window.notify()
    in_window.conduct(found={"label_use": "minor"})
    due = None if facts["due"] is None else today() + timedelta(days=facts["due"])
    with pytest.raises(Unmet, match=slug):
        in_window.take("require", "decision_maker", reason=facts["reason"], due=due)


def test_a_check_without_findings_cannot_fail(in_window):
    in_window.notify()
    in_window.conduct()
    with pytest.raises(Unmet, match="nothing-failed"):
        in_window.take("fail", "decision_maker", reason="x")


# A missed one


# guard 19
def test_a_missed_check_raises_one_alarm_however_late_the_timer_comes(check):
    with clock.travel(check.row.due):
        assert checks.raise_alarms() == 0
    with clock.travel(check.row.due + timedelta(days=200)):
        assert [checks.raise_alarms() for _ in range(3)] == [1, 0, 0]
        assert check.row.alarmed_on == today()
        assert check.row in checks.missed()
    assert audit.verify() > 0


def overdue(certificate):
    return [each for each in certificate.proposals if each.source == "check_missed"]


def test_a_missed_check_puts_the_suspension_before_a_person_once(world, check):
    certificate = check.row.certificate
    with clock.travel(check.row.due):
        checks.raise_alarms()
        assert overdue(certificate) == []
    with clock.travel(check.row.due + timedelta(days=1)):
        for _ in range(3):
            checks.raise_alarms()
        (proposal,) = overdue(certificate)
        assert (proposal.kind, proposal.cause, proposal.source_id) == (
            "suspend",
            "check_missed",
            check.row.id,
        )
        assert certificate.state == "valid"
        lifecycle.take(proposal, "decline", world.actor("decision_maker"), reason="机构的原因，下周补查")
        checks.raise_alarms()
        assert [each.state for each in overdue(certificate)] == ["declined"]


def test_a_check_made_late_makes_the_proposal_moot_and_may_still_fail(check):
    with clock.travel(check.row.due + timedelta(days=1)):
        checks.raise_alarms()
        check.notify()
        check.conduct(found={"label_use": "minor"})
        check.take("fail", "decision_maker", reason="没有整改")
        proposals = check.row.certificate.proposals
        assert [(each.source, each.state) for each in proposals] == [
            ("check_missed", "lapsed"),
            ("surveillance", "open"),
        ]


def test_a_suspension_for_a_missed_check_carries_out_what_was_proposed(world, check):
    certificate = check.row.certificate
    with clock.travel(check.row.due + timedelta(days=1)):
        checks.raise_alarms()
        facts = {"cause": "check_missed", "reason": "没有按期接受检查", "until": today() + timedelta(days=30)}
        lifecycle.take(certificate, "suspend", world.actor("decision_maker"), **facts)
        assert (certificate.state, overdue(certificate)[0].state) == ("suspended", "carried_out")
        checks.raise_alarms()
        assert len(overdue(certificate)) == 1


def test_a_suspended_certificate_is_not_proposed_to_be_suspended_again(world, check):
    certificate = check.row.certificate
    with clock.travel(check.row.due - timedelta(days=1)):
        facts = {"cause": "misuse", "reason": "误用", "until": today() + timedelta(days=30)}
        lifecycle.take(certificate, "suspend", world.actor("decision_maker"), **facts)
    with clock.travel(check.row.due + timedelta(days=1)):
        checks.raise_alarms()
        assert overdue(certificate) == []


def test_a_missed_check_is_still_made_step_by_step(check):
    with clock.travel(check.row.due + timedelta(days=20)):
        with pytest.raises(OutOfOrder):
            check.conduct()
        check.notify()
        check.conduct()
        check.take("pass", "decision_maker", reason=REASON)
        assert check.row.state == "passed"
        assert check.row not in checks.missed()


def test_a_certificate_that_ended_is_not_checked_any_more(world, check):
    certificate = check.row.certificate
    facts = {"cause": "holder_request", "reason": "停产"}
    lifecycle.take(certificate, "cancel", world.actor("decision_maker"), **facts)
    assert {row.state for row in certificate.surveillance} == {"lapsed"}
    with clock.travel(check.row.due + timedelta(days=1)):
        assert checks.raise_alarms() == 0
        with pytest.raises(OutOfOrder):
            check.notify()


def test_an_expired_certificate_raises_no_alarm(check):
    with clock.travel(check.row.certificate.valid_to + timedelta(days=1)):
        assert checks.raise_alarms() == 0
        with pytest.raises(Unmet, match="certificate-not-open"):
            check.notify()


@pytest.mark.parametrize("role", ["applicant", "lead_verifier", "decision_maker"])
def test_only_a_case_officer_announces(in_window, role):
    with pytest.raises(NotPermitted):
        in_window.take("notify", role)


@pytest.mark.parametrize(("asked", "said"), [({}, False), ({"tests": ["absorption"]}, True)])
def test_the_page_says_what_the_rule_has_tested_and_reported_again(world, issued, browser, asked, said):
    surveillance = asked and asked | {"yearly_footprint": True}
    amend(world.scheme, parts={"surveillance": surveillance})
    page = browser("applicant").get(f"/certification/surveillance/{issued.surveillance[0].id}").text
    for text in ("重新检测：吸水率", "每年报送一次碳足迹"):
        assert (text in page) == said
