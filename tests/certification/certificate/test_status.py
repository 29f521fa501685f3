"""What an act does to a certificate, at once and on paper."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from certification.certificate.models import StatusAct
from certification.certificate.queries import certificates
from certification.events import CertificateStatusChanged
from core import audit, clock, events, lifecycle
from core.clock import today
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from tests import factories
from tests.certification.aftercare.later import restore

pytestmark = pytest.mark.engines("constraints")

NEXT_MONTH = {"days": 30}


@pytest.fixture
def issued(world):
    return certificates.certificate(certificates.number_of(world.case("certified").id))


@pytest.fixture
def act(world, issued):
    """act(step, ...): the decision maker takes a step on the certificate."""
    causes = {"suspend": "misuse", "restore": "corrected", "withdraw": "fraud", "cancel": "holder_request"}

    def take(step: str, **facts):
        facts = {"cause": causes[step], "reason": "查明事实", **facts}
        if step == "restore" and issued.is_suspended and not facts.pop("unasked", False):
            restore(world, issued, **facts)
            return issued
        if step == "suspend":
            facts.setdefault("until", today() + timedelta(**NEXT_MONTH))
        lifecycle.take(issued, step, world.actor("decision_maker"), **facts)
        return issued

    return take


def test_a_suspension_counts_from_the_day_it_is_entered(issued, act):
    with clock.travel(today() + timedelta(days=10)):
        act("suspend")
        assert issued.state == "suspended"
        assert issued.status_on(today() - timedelta(days=1)) == "valid"
    assert issued.acts[0].on == today() + timedelta(days=10)


def test_a_restored_certificate_is_valid_and_its_past_stays(issued, act):
    with clock.travel(today() + timedelta(days=10)):
        act("suspend")
    with clock.travel(today() + timedelta(days=20)):
        act("restore")
        assert issued.state == "valid"
    assert [issued.status_on(today() + timedelta(days=days)) for days in (9, 15, 20)] == [
        "valid",
        "suspended",
        "valid",
    ]


def test_restoring_after_the_end_of_the_suspension_is_refused(act):
    act("suspend")
    with clock.travel(today() + timedelta(days=31)), pytest.raises(Unmet, match="suspension-over"):
        act("restore", unasked=True)


@pytest.mark.parametrize("end", ["withdraw", "cancel"])
@pytest.mark.parametrize("after", ["suspend", "restore", "withdraw", "cancel"])
def test_nothing_leads_back_from_the_end(act, end, after):
    act(end)
    with pytest.raises(OutOfOrder):
        act(after)


def test_an_expired_certificate_cannot_be_suspended(issued, act):
    with clock.travel(issued.valid_to + timedelta(days=1)):
        assert issued.state == "expired"
        with pytest.raises(OutOfOrder):
            act("suspend")


@pytest.mark.parametrize(
    ("facts", "slug"),
    [
        ({"reason": " "}, "reason-missing"),
        ({"cause": "production_ended"}, "cause-unknown"),
        ({"until": None}, "suspension-end-missing"),
        ({"until": date(2019, 1, 1)}, "date-in-the-past"),
        ({"until": date(2099, 1, 1)}, "suspension-too-long"),
    ],
)
def test_a_suspension_without_ground_or_end_is_refused_and_changes_nothing(issued, act, facts, slug):
    with pytest.raises((Unmet, Invalid), match=slug):
        act("suspend", **facts)
    assert (issued.acts, issued.state) == ([], "valid")


@pytest.mark.parametrize("role", ["head_of_body", "technical_reviewer", "applicant", "tester"])
def test_only_a_decision_maker_of_the_issuing_body_may_act(world, issued, role):
    with pytest.raises(NotPermitted):
        lifecycle.take(issued, "cancel", world.actor(role), cause="holder_request", reason="申请")


def test_a_decision_maker_of_another_body_may_not(issued):
    elsewhere = factories.actor("certification_body", "decision_maker")
    with pytest.raises(NotPermitted):
        lifecycle.take(issued, "cancel", elsewhere, cause="holder_request", reason="申请")


def test_every_act_is_announced_recorded_and_kept(monkeypatch, issued, act):
    told = []
    monkeypatch.setitem(events._listeners, CertificateStatusChanged, [told.append])
    act("suspend", reason="  监督发现不符合 ")
    [event] = told
    assert (event.number, event.act, event.status, event.reason) == (
        issued.number,
        "suspend",
        "suspended",
        "监督发现不符合",
    )
    assert event.until == today() + timedelta(**NEXT_MONTH)
    [taken] = lifecycle.history("certificate", issued.id)
    assert (taken.step, taken.source, taken.target) == ("suspend", "valid", "suspended")
    assert audit.verify() > 0


def test_each_act_makes_open_pages_stale(issued, act):
    before = issued.version
    act("suspend")
    assert issued.version == before + 1


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"kind": "forget"}, "kind_known"),
        ({"kind": "suspend", "until": None}, "suspension_ends"),
        ({"kind": "suspend", "until": date(2026, 1, 1)}, "dates_in_order"),
        ({"reason": ""}, "reason_given"),
    ],
)
def test_the_database_refuses_an_act_that_cannot_be(db, issued, values, constraint):
    sound = {
        "kind": "cancel",
        "on": date(2026, 6, 1),
        "cause": "misuse",
        "reason": "事实",
        "entered_by": "某人",
    }
    db.session.add(StatusAct(certificate_id=issued.id, **sound | values))
    with pytest.raises(IntegrityError, match=constraint):
        db.session.flush()
