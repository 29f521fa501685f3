"""A gap in service costs nobody a right: it is known and credited before the system ends anything."""

from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from accounts.actor import SYSTEM
from certification import chores
from certification.acts import queries as questions
from certification.acts.models import WrittenAct
from certification.acts.operations.appeals import file_appeal
from certification.clocks.models import Heartbeat, Outage
from certification.clocks.operations import gaps
from certification.clocks.operations.calendar import record_outage
from certification.evaluation.operations.nonconformities import escalate_overdue
from core import clock
from core.clock import SHANGHAI, travel
from core.worker import keep_doing
from tests import factories
from tests.architecture.tree import ROOT, calls, python
from tests.certification.acts.test_acts import refused
from tests.certification.acts.test_appeals import act_of, filed, heard
from tests.certification.clocks.ticking import (
    MONDAY,
    after,
    answer_correction,
    ask_correction,
    find,
    submitted,
)

pytestmark = pytest.mark.engines("sql")

DUE = after(9)  # a Wednesday
MINUTE = timedelta(minutes=1)


def at(days: int, hour: int, minute: int = 0) -> datetime:
    day = after(days)
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


def periodic(name: str):
    return next(step for step in chores.PERIODIC if step.__name__ == name)


def worker_round(moment: datetime) -> int:
    """What the worker's first round does about corrections."""
    with travel(moment):
        return periodic("terminate_overdue")()


def web_beats(moment: datetime) -> Outage | None:
    with travel(moment):
        return gaps.beat()


@pytest.fixture
def case(world):
    """A correction is due on day 9; the service is last heard of that day at six in the evening."""
    case = submitted(world)
    with travel(after(1)):
        ask_correction(case, due=DUE)
    web_beats(at(1, 9))
    web = gaps.db.session.get(Heartbeat, 1)
    web.at = at(9, 18)
    gaps.db.session.flush()
    return case


@pytest.fixture
def officer(world):
    return factories.user(world.body, "appeals_officer").memberships[0].actor()


def serve_on(since: int, until: int) -> None:
    """The web beats on without a gap."""
    gaps.db.session.get(Heartbeat, 1).at = at(until, 9)
    gaps.db.session.flush()


# The probe


def test_a_worker_that_starts_first_ends_nothing_before_the_gap_is_known(case):
    assert worker_round(at(10, 2)) == 0
    assert case.state == "correcting"


def test_a_gap_on_the_last_evening_is_credited_before_anything_ends(case):
    gap = web_beats(at(10, 2))
    assert (gap.begins, gap.noticed) == (at(9, 18), True)
    assert gap.ends - at(10, 2) < MINUTE
    assert (gap.credited, gap.entered_by) == (1, "system")
    assert find(case, "correction").due == after(11) == case.application.correction_due
    entry = find(case, "correction").entries[-1]
    assert (entry.kind, entry.cause, entry.days) == ("credit", "service", 2)
    assert worker_round(at(10, 2, 1)) == 0
    with travel(at(11, 20)):
        answer_correction(case)
    assert case.state == "submitted"


def test_after_the_credited_term_without_an_answer_the_case_ends_by_an_act_that_can_be_appealed(
    db, case, world, officer
):
    web_beats(at(10, 2))
    serve_on(10, 14)
    assert worker_round(at(14, 9)) == 1
    act = act_of(db, case, "termination")
    said = questions.said(act)
    assert "没有收到补正材料" in said["reasons"][0]["text"]
    assert said["appeal"]["to"] == world.body.name
    with travel(at(14, 10)):
        appeal = filed(db, world, case, "termination")
        heard(appeal, officer, "annulled")
    assert case.state == "correcting"
    clock = find(case, "correction")
    assert (clock.result, clock.due) == ("running", after(44))
    assert find(case, "acceptance").paused


@pytest.mark.parametrize("person_first", [True, False])
def test_a_gap_is_credited_once_whoever_writes_it_down_first(db, case, person_first):
    def person():
        with travel(at(10, 2)):
            record_outage(SYSTEM, at(9, 18), at(10, 2), "机房断电")

    if person_first:
        person()
        assert web_beats(at(10, 2)) is None
    else:
        web_beats(at(10, 2))
        with pytest.raises(Exception, match="outage-twice"):
            person()
    assert find(case, "correction").due == after(11)
    assert db.session.query(Outage).count() == 1


def test_the_part_of_a_gap_that_nobody_wrote_down_is_written_down(case):
    with travel(at(9, 23)):
        record_outage(SYSTEM, at(9, 18), at(9, 22), "机房断电")
    gap = web_beats(at(10, 2))
    assert gap.begins == at(9, 22)


def test_after_a_gap_the_system_waits_a_whole_working_day(case):
    """The gap ended on Thursday of day 10; Friday is waited out."""
    web_beats(at(10, 2))
    assert find(case, "correction").due == after(11)
    with travel(at(11, 9)):
        gaps.beat()  # one more gap, which ends on the Friday
    serve_on(11, 14)
    assert worker_round(at(14, 23)) == 0  # Monday is waited out
    serve_on(11, 15)
    assert worker_round(at(15, 9)) == (find(case, "correction").due < after(15))


def test_a_silence_that_still_lasts_is_no_time_to_end_anything(case):
    web_beats(at(9, 18, 4))
    assert worker_round(at(30, 9)) == 0


def test_a_restart_of_some_seconds_is_no_gap(case):
    assert web_beats(at(9, 18, 4)) is None
    assert gaps.db.session.query(Outage).count() == 0


def test_setting_the_clock_of_a_demonstration_is_no_gap(case, monkeypatch):
    monkeypatch.setattr(clock, "days_ahead", lambda: 300)
    assert web_beats(at(9, 18) + timedelta(days=300)) is None


def test_an_installation_that_never_beat_knows_no_gap_and_waits_for_the_first_beat(db, world):
    case = submitted(world)
    with travel(after(1)):
        ask_correction(case, due=after(9))
    assert worker_round(at(14, 9)) == 0
    assert web_beats(at(14, 9)) is None
    assert worker_round(at(14, 9, 1)) == 1


def test_the_way_of_appeal_is_credited_too(db, world):
    with travel(MONDAY):
        case = refused(world)
        act = act_of(db, case, "refusal")
        gaps.beat()
    until = act.appeal_until
    gaps.db.session.get(Heartbeat, 1).at = datetime(until.year, until.month, until.day, 18, tzinfo=SHANGHAI)
    back = datetime(until.year, until.month, until.day, 2, tzinfo=SHANGHAI) + timedelta(days=1)
    web_beats(back)
    with travel(back + timedelta(hours=12)):
        assert file_appeal(act, world.actor("applicant"), "停机一夜。").state == "filed"


def test_a_finding_made_graver_by_the_clock_is_told_in_writing_and_undone_on_appeal(db, world, officer):
    with travel(MONDAY):
        case = world.case("evaluating")
        finding = case.raise_finding()
    with travel(after(31)):
        assert escalate_overdue() == 1
        assert "没有收到答复" in questions.said(act_of(db, case, "escalation"))["reasons"][1]["text"]
        heard(filed(db, world, case, "escalation"), officer, "annulled")
        assert (finding.grade, finding.state, finding.due) == ("minor", "raised", date(2026, 5, 6))
    with travel(date(2026, 5, 7)):
        escalate_overdue()
    with travel(after(90)):
        escalate_overdue()
        assert finding.state == "overdue"
        heard(filed(db, world, case, "lapse"), officer, "annulled")
        assert (finding.grade, finding.state) == ("major", "raised")


def test_gaps_are_public_and_say_who_noticed_them(db, case, client):
    web_beats(at(10, 2))
    db.session.commit()
    page = client.get("/certification/clocks/outages").text
    assert gaps.NOTICED in page
    assert "平台自己发现" in page


def test_the_beating_goes_on_whatever_goes_wrong(app, caplog):
    stopping, beats = Event(), []

    def failing():
        beats.append(1)
        if len(beats) == 2:
            stopping.set()
        raise RuntimeError("the database is away")

    keep_doing(app, failing, 0, stopping)
    assert len(beats) == 2
    assert "did not go well" in caplog.text


# The kind: every step of the system


# What follows in the transaction of a person's step, and so needs no gap to be known.
A_PERSON_DECIDED = {
    "certification/steps.py": "what a person's step brings with it at once",
    "certification/acts/operations/appeals.py": "an appeal that was decided; close_settled is gated",
    "certification/aftercare/operations/batches.py": "a report that a laboratory retracted",
    "certification/aftercare/operations/proposals.py": "an act of a person; prepare_withdrawals is gated",
    "certification/laboratory/operations/reports.py": "a report that a laboratory retracted",
    "certification/aftercare/operations/surveillance.py": "a certificate that a person ended",
    "certification/questions/operations.py": "a question about facts that a person has changed since",
}
GATED = {"close_settled", "terminate_overdue", "escalate_overdue", "prepare_withdrawals", "end_transitions"}
HARMLESS = {
    "ask_about_drafts": "asks, of what is not handed in yet",
    "begin_own": "the key of the installation itself",
    "drop_old_drafts": "unsent text of ninety days ago",
    "raise_alarms": "tells and proposes",
    "remind_of_deadlines": "tells",
    "remind_of_expiry": "tells",
    "remind_of_registers": "tells",
    "tell_of_changes": "tells",
}


def test_every_chore_is_gated_or_harms_nobody():
    assert {step.__name__ for step in chores.PERIODIC} == GATED | HARMLESS.keys()
    assert {step.__name__ for step in chores.LEGAL} == GATED


@pytest.mark.parametrize("name", sorted(GATED))
def test_a_gated_chore_does_nothing_while_gaps_are_unknown(db, monkeypatch, name):
    step = periodic(name)
    monkeypatch.setattr(gaps, "settled", lambda: False)
    called = step.__wrapped__.__globals__
    monkeypatch.setitem(called, "select", None)  # whoever asks the database has gone too far
    assert step() == 0


def by_the_system(root: Path) -> set[str]:
    """The files that take a step as the system."""
    return {
        str(path)
        for path, tree in python(root, "certification", "procurement", "oversight", "catalog", "accounts")
        for call in calls(tree, "take")
        if any(getattr(argument, "id", "") == "SYSTEM" for argument in call.args)
    }


def test_every_step_of_the_system_is_gated_or_follows_a_persons_step():
    gated = {f"{step.__wrapped__.__module__.replace('.', '/')}.py" for step in map(periodic, sorted(GATED))}
    assert by_the_system(ROOT) <= gated | A_PERSON_DECIDED.keys()
    assert A_PERSON_DECIDED.keys() <= by_the_system(ROOT)


def test_what_ends_or_worsens_by_the_clock_is_told_by_an_act_the_client_may_appeal_against():
    from certification.acts import statement as acts

    told = {kind.slug for kind in acts.KINDS.values() if kind.against_client}
    assert {"termination", "escalation", "lapse"} <= told
    assert select(WrittenAct) is not None
