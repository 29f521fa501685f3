"""Whether the checks after issue were made, passed, or are overdue: what anybody is told of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest

from certification.workflow.surveillance import CHECKS, Followed, followed
from core import clock, lifecycle
from core.clock import today
from core.db import db
from tests.certification.aftercare.later import certificate_of

DUE, NEXT, DAY = date(2027, 3, 1), date(2028, 2, 1), timedelta(days=1)
MADE, CONCLUDED = date(2027, 2, 1), date(2027, 2, 10)


@dataclass
class Check:
    state: str = "planned"
    due: date = DUE
    conducted_on: date | None = None
    concluded_on: date | None = None


FIRST, SECOND = Check(), Check(due=NEXT)
PASSED = Check("passed", DUE, MADE, CONCLUDED)
FAILED = Check("failed", DUE, MADE, CONCLUDED)
CORRECTING = Check("correcting", DUE, MADE)


@pytest.mark.parametrize(
    ("checks", "day", "known"),
    [
        ([], DUE, Followed()),
        ([FIRST, SECOND], DUE, Followed(due=DUE)),
        ([FIRST, SECOND], DUE + DAY, Followed(due=DUE, late=True)),
        ([Check("notified"), SECOND], DUE + DAY, Followed(due=DUE, late=True)),
        ([PASSED, SECOND], MADE - DAY, Followed(due=DUE)),
        ([PASSED, SECOND], MADE, Followed(MADE, "open", NEXT)),
        ([PASSED, SECOND], CONCLUDED, Followed(MADE, "passed", NEXT)),
        ([PASSED, SECOND], NEXT + DAY, Followed(MADE, "passed", NEXT, True)),
        ([FAILED], CONCLUDED, Followed(MADE, "failed")),
        ([CORRECTING, SECOND], NEXT, Followed(MADE, "open", NEXT)),
    ],
)
def test_what_was_known_on_a_day(checks, day, known):
    assert followed(checks, day, in_force=True) == known


@pytest.mark.parametrize(
    ("checks", "known"),
    [([Check("lapsed")], Followed()), ([PASSED, Check("lapsed", NEXT)], Followed(MADE, "passed"))],
)
def test_of_a_certificate_that_ended_no_check_is_due(checks, known):
    assert followed(checks, NEXT + DAY, in_force=False) == known


# At the doors


@pytest.fixture
def issued(world):
    return certificate_of(world.case("certified"))


def told(client, certificate, on=None):
    """The sentences of the page, and what machines are told, which is the same at both their doors."""
    asked = f"?on={on}" if on else ""
    page = client.get(f"/verify/{certificate.number}{asked}").text
    card = page.split("获证后的跟踪检查</h2>")[1].split("</section>")[0]
    answers = [
        client.get(f"{door}{asked}").json["followed"]
        for door in (f"/certificates/{certificate.number}.json", f"/api/v1/certificates/{certificate.number}")
    ]
    assert answers[0] == answers[1]
    return card, answers[0]


def test_anybody_reads_when_the_first_check_is_due(client, issued):
    due = issued.surveillance[0].due.isoformat()
    card, answer = told(client, issued)
    assert f"第一次跟踪检查在 {due} 前实施" in card
    assert answer == {"made": None, "result": None, "due": due, "late": False}


def test_anybody_reads_that_a_check_is_overdue_once_it_is(client, issued):
    due = issued.surveillance[0].due
    with clock.travel(due + DAY):
        card, answer = told(client, issued)
        assert "已经逾期" in card
        assert answer == {"made": None, "result": None, "due": due.isoformat(), "late": True}
        card, answer = told(client, issued, due)
        assert "逾期" not in card
        assert answer["late"] is False


def test_of_a_day_to_come_nothing_is_said_to_be_overdue(client, issued):
    card, answer = told(client, issued, issued.surveillance[0].due + DAY)
    assert "逾期" not in card
    assert answer["late"] is False


@pytest.mark.parametrize(
    ("found", "step", "result", "word"),
    [("conform", "pass", "passed", "合格"), ("minor", "fail", "failed", "不合格")],
)
def test_anybody_reads_that_a_check_was_made_and_how_it_ended(
    client, world, issued, found, step, result, word
):
    row = issued.surveillance[0]
    with clock.travel(row.due - timedelta(days=20)):
        team = [(world.people["lead_verifier"].id, "lead_verifier")]
        officer, lead, decider = (
            world.actor(role) for role in ("case_officer", "lead_verifier", "decision_maker")
        )
        lifecycle.take(row, "notify", officer, team=team, on=today(), person_days=Decimal(1))
        items = [{"slug": slug, "finding": found, "note": "看到的事实"} for slug in CHECKS]
        lifecycle.take(row, "conduct", lead, items=items, conducted_on=today(), person_days=Decimal(1))
        db.session.commit()
        assert told(client, issued)[1]["result"] == "open"
        lifecycle.take(row, step, decider, reason="记录齐全")
        db.session.commit()
        card, answer = told(client, issued)
        assert (answer["made"], answer["result"]) == (today().isoformat(), result)
        assert f"于 {today()} 实施" in card
        assert word in card
        assert "看到的事实" not in card
