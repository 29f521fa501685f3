"""A follow-up check, and the verification of a restoration, rest on the rights of their day like a visit."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from accounts.operations import create_token
from certification.aftercare.operations.proposals import request_status
from certification.late.operations import answer_late, file_late
from certification.workflow.surveillance import CHECKS
from core import clock, lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid, OutOfOrder, Unmet
from registers.models import BodyScope, Registration
from tests.certification.aftercare.later import certificate_of, looked_at
from tests.certification.world import PDF

WHY = "现场没有网络，回来后补录。"
PAGE = "/certification/cases/%s/late-entries"


@pytest.fixture
def case(world):
    return world.case("certified")


@pytest.fixture
def check(case, world):
    """Announced for its day, with a verifier beside the lead; now it is two days later."""
    row = certificate_of(case).surveillance[0]
    team = [(world.people["lead_verifier"].id, "lead_verifier"), (world.people["verifier"].id, "verifier")]
    with clock.travel(row.window_from + timedelta(days=30)):
        facts = {"team": team, "on": today(), "person_days": Decimal(1)}
        lifecycle.take(row, "notify", world.actor("case_officer"), **facts)
    with clock.travel(row.window_from + timedelta(days=32)):
        yield row


def the_day() -> date:
    return today() - timedelta(days=2)


def ended(world, right: str, last: date) -> str:
    """The right of the verifier, or of the body, ended on that day; the name of whose it was."""
    if right == "approval":
        rows, who = db.session.query(BodyScope).filter_by(body_id=world.body.id), world.body.name
    elif right == "registration":
        rows = db.session.query(Registration).filter_by(user_id=world.people["verifier"].id)
        who = world.people["verifier"].name
    else:
        verifier = world.people["verifier"]
        found = world.found_case.competences
        rows, who = [each for each in found if each.user_id == verifier.id], verifier.name
    for row in rows:
        row.valid_to = last
    db.session.flush()
    db.session.expire_all()
    return who


def record(**more) -> dict:
    items = [{"slug": slug, "finding": "conform", "note": "看到的事实"} for slug in CHECKS]
    return {"items": items, "conducted_on": the_day(), "person_days": Decimal(1)} | more


def conduct(check, world) -> None:
    lifecycle.take(check, "conduct", world.actor("lead_verifier"), **record())


def hand_in(case, world, day: date | None = None):
    days = {"first": day or the_day(), "last": day or the_day()}
    paper = FileStorage(BytesIO(PDF), "签到表.pdf")
    return file_late(case.application, world.actor("lead_verifier"), **days, reason=WHY, document=paper)


RIGHTS = {"approval": "body-out-of-scope-on-day", "registration": "unregistered-on-day",
          "competence": "not-competent-on-day"}  # fmt: skip


@pytest.mark.parametrize("right", RIGHTS)
def test_a_check_on_a_day_without_a_right_is_refused_at_its_day_and_names_who(check, case, world, right):
    world.found_case = case.application
    who = ended(world, right, the_day() - timedelta(days=1))
    with pytest.raises(Invalid) as no:
        conduct(check, world)
    assert no.value.fields == {"conducted_on": RIGHTS[right]}
    assert (no.value.detail["who"], no.value.detail["day"]) == (who, the_day().isoformat())
    assert check.conducted_on is None


@pytest.mark.parametrize("right", RIGHTS)
def test_one_typed_after_a_right_ended_needs_a_document_of_the_day_and_a_second_person(
    check, case, world, right
):
    world.found_case = case.application
    ended(world, right, the_day())
    with pytest.raises(Invalid) as no:
        conduct(check, world)
    assert no.value.fields == {"conducted_on": "right-ended-since"}
    entry = hand_in(case, world)
    with pytest.raises(Invalid, match="right-ended-since"):
        conduct(check, world)
    answer_late(entry, world.actor("case_officer"), True, "")
    conduct(check, world)
    assert check.conducted_on == the_day()


def test_while_every_right_stands_a_check_is_recorded(check, world):
    conduct(check, world)
    assert check.conducted_on == the_day()


def test_the_second_person_is_none_of_the_team_of_the_check(check, case, world):
    entry = hand_in(case, world)
    world.grant("verifier", "case_officer")
    with pytest.raises(Unmet, match="late-entry-of-own-visit"):
        answer_late(entry, world.actor("verifier"), True, "")


def test_where_nothing_is_under_way_no_visit_is_shown(case, world):
    with pytest.raises(OutOfOrder, match="late-entry-not-now"):
        hand_in(case, world, today())


@pytest.fixture
def wish(case, world):
    """The holder of a suspended certificate asks for its restoration."""
    certificate = certificate_of(case)
    why = {"cause": "misuse", "reason": "查明事实", "until": today() + timedelta(days=60)}
    lifecycle.take(certificate, "suspend", world.actor("decision_maker"), **why)
    asked = request_status(certificate, world.actor("applicant"), "restore", "计量记录已补齐")
    with clock.travel(today() + timedelta(days=2)):
        yield asked


def verify(wish, world, role="verifier") -> None:
    lifecycle.take(wish, "verify", world.actor(role), **looked_at(on=the_day()))


def test_a_restoration_is_verified_on_a_day_on_which_the_right_stood(wish, case, world):
    for entry in db.session.query(Registration).filter_by(user_id=world.people["verifier"].id):
        entry.valid_from = today()
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(Invalid) as no:
        verify(wish, world)
    assert no.value.fields == {"verified_on": "unregistered-on-day"}
    assert no.value.detail["who"] == world.people["verifier"].name
    assert wish.verified_on is None
    verify(wish, world, "lead_verifier")
    assert wish.verified_on == the_day()


def test_a_restoration_verified_before_the_approval_ended_is_proved_before_it_is_typed(wish, case, world):
    ended(world, "approval", the_day())
    with pytest.raises(Invalid) as no:
        verify(wish, world)
    assert no.value.fields == {"verified_on": "right-ended-since"}
    answer_late(hand_in(case, world), world.actor("case_officer"), True, "")
    verify(wish, world)
    verify(wish, world)  # what stands is not judged again
    assert wish.verified_on == the_day()


def test_the_page_and_programs_refuse_it_at_the_day(check, case, world, browser, client):
    ended(world, "registration", the_day())
    db.session.commit()
    place = f"/certification/surveillance/{check.id}"
    sent = {"version": check.version, "conducted_on": the_day().isoformat(), "person_days": "1"}
    for number in range(len(CHECKS)):
        sent |= {f"items-{number}-finding": "conform", f"items-{number}-note": "看到的事实"}
    no = browser("lead_verifier").post(f"{place}/conduct", data=sent)
    assert no.status_code == 422
    assert f"{world.people['verifier'].name}在 {the_day()} 有资格" in no.text
    assert PAGE % case.id in no.text
    secret = create_token(world.actor("lead_verifier"), "test")[1]
    db.session.commit()
    told = record(conducted_on=the_day().isoformat(), person_days="1")
    answer = client.post(
        f"/api/v1/surveillance/{check.id}/conduct", json=told, headers={"Authorization": f"Bearer {secret}"}
    )
    assert answer.status_code == 422, answer.json
    assert answer.json["fields"]["/conducted_on"]["slug"] == "right-ended-since"
