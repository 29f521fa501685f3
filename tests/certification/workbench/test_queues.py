"""Lists at the size of a real body: what is counted is all there is, and nothing hides behind a cut."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from sqlalchemy import insert, inspect

from certification.aftercare.models import Surveillance
from certification.aftercare.queries import evidence, life
from certification.application.models import Application
from certification.application.operations.documents import attach_file
from certification.application.queries import responsibility
from certification.clocks.models import Clock
from certification.laboratory.queries import laboratory
from certification.workbench.queries import applicant, turns, workbench
from core.clock import today
from core.db import db
from tests.certification.world import PDF, World
from tests.support.statements import statements

pytestmark = pytest.mark.engines("order")

MANY = 230  # more than any list once showed
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def multiply(case, many: int = MANY) -> list[int]:
    """So many more cases like this one, in the database alone; their ids."""
    table = Application.__table__
    row = {column.key: getattr(case.application, column.key) for column in inspect(Application).column_attrs}
    del row["id"]
    rows = [row | {"number": f"{case.application.number}-{place}"} for place in range(many)]
    return list(db.session.scalars(insert(table).returning(table.c.id), rows))


def both(world, role: str) -> tuple[int, int]:
    actor = world.actor(role)
    return tuple(workbench.inbox(actor, mine=mine).total for mine in (True, False))


def test_the_queue_counts_every_case_that_waits(world, browser):
    multiply(world.case("submitted"))
    assert both(world, "application_reviewer") == (MANY + 1, 0)
    page = browser("application_reviewer").get("/certification/reviews/").text
    assert f"{MANY + 1} 件轮到您办，0 件在等别人" in page
    last = browser("application_reviewer").get("/certification/reviews/?page=5").text
    assert last.count('<a class="b6 tall" href="/certification/reviews/') == MANY + 1 - 4 * 50


def test_the_one_case_of_a_verifier_is_found_among_all_of_the_body(world):
    older = multiply(world.case("evaluating"))
    case = world.case("evaluating")
    table = Application.__table__
    db.session.execute(table.update().where(table.c.id.in_(older)).values(updated_at=LONG_AGO))
    found = workbench.inbox(world.actor("lead_verifier"), mine=True)
    assert case.application.id in {line.application.id for line in found.items}


def test_a_case_due_today_comes_first_however_lately_it_was_touched(world):
    multiply(world.case("submitted"))
    pressing = world.case("submitted")
    clock = db.session.query(Clock).filter_by(application_id=pressing.id, name="acceptance").one()
    clock.due = clock.started_on
    first = workbench.inbox(world.actor("application_reviewer"), mine=True, size=1).items
    assert [line.application.id for line in first] == [pressing.id]


STAND = {
    "submitted": ["role.application_reviewer"],
    "accepted": ["role.case_officer"],
    "contracted": ["role.case_officer"],
    "evaluating": ["role.document_reviewer", "role.lead_verifier"],
    "in_review": ["role.technical_reviewer"],
    "pending_decision": ["role.decision_maker"],
    "granted": ["role.head_of_body"],
    "certified": [],
    "draft": ["role.applicant"],
}


@pytest.mark.parametrize(("state", "keys"), STAND.items())
def test_every_state_says_whose_turn_it_is(world, state, keys):
    assert turns.holders(world.case(state).application) == keys


def test_while_a_case_is_evaluated_each_thing_done_passes_the_turn_on(world):
    case = world.case("evaluating")
    assert turns.holders(case.application) == ["role.document_reviewer", "role.lead_verifier"]
    case.review_documents()
    sample = case.order()
    assert turns.holders(case.application) == ["role.verifier", "role.lead_verifier"]
    case.take("dispatch", "lead_verifier", sample, drawn_on=today(), seal_number="F-1")
    assert turns.holders(case.application) == ["kind.testing_body", "role.lead_verifier"]
    case.raise_finding()
    assert "role.applicant" in turns.holders(case.application)


def test_when_nobody_owes_anything_the_lead_concludes(world):
    case = world.case("evaluating")
    case.review_documents()
    case.test()
    case.visit()
    assert turns.holders(case.application) == ["role.lead_verifier"]


def test_once_the_agreement_is_offered_it_is_the_clients_turn(world):
    case = world.case("accepted")
    case.take("offer", "case_officer")
    assert turns.holders(case.application) == ["role.applicant"]
    assert both(world, "case_officer") == (0, 1)


def test_the_applicants_tasks_and_cases_are_counted_whole(world, browser):
    multiply(world.case("draft"))
    world.case("submitted")
    actor = world.actor("applicant")
    assert applicant.tasks(actor).total == MANY + 1
    assert applicant.set_aside(actor).total == MANY + 1
    assert applicant.open_cases(actor).total == 1
    assert browser("applicant").get("/certification/?tasks=12&others=12").text.count("填完并提交申请") == 11


def test_the_open_cases_of_an_applicant_are_counted_whole(world):
    multiply(world.case("submitted"))
    assert applicant.open_cases(world.actor("applicant")).total == MANY + 1


def test_follow_up_checks_are_counted_whole(world, browser):
    world.case("certified")
    row = db.session.query(Surveillance).first()
    columns = {column.key: getattr(row, column.key) for column in inspect(Surveillance).column_attrs}
    del columns["id"]
    rows = [columns | {"ordinal": 100 + place} for place in range(MANY)]
    db.session.execute(insert(Surveillance.__table__), rows)
    actor = world.actor("case_officer")
    planned = db.session.query(Surveillance).count()
    assert life.late(actor) == 0
    assert (
        f'待办<span class="n">{planned}</span>'
        in browser("case_officer").get("/certification/surveillance/").text
    )


def test_cases_to_hand_over_are_counted_whole_and_filtered_before_they_are_cut(world):
    multiply(world.case("submitted"))
    case = world.case("contracted")
    actor = world.actor("case_officer")
    assert responsibility.open_cases(actor).total == MANY + 2
    mine = responsibility.open_cases(actor, person=world.people["case_officer"].id)
    assert [held.application.id for held in mine.items] == [case.id]
    assert len(responsibility.open_numbers(actor)) == MANY + 2


def test_those_nobody_answers_for_stand_first(world):
    held = world.case("contracted")
    [alone] = multiply(held, 1)
    found = responsibility.open_cases(world.actor("case_officer")).items
    assert [each.application.id for each in found] == [alone, held.id]


def test_samples_that_wait_are_counted_whole(world):
    case = world.case("evaluating")
    for _ in range(3):
        case.deliver()
    waiting = laboratory.waiting(world.actor("tester"), size=2)
    assert (waiting.total, len(waiting.items)) == (3, 2)


def test_papers_found_twice_are_counted_whole(world):
    for _ in range(3):
        case = world.case("draft")
        paper = BytesIO(PDF + b"meter")
        attach_file(case.application, world.actor("applicant"), "other", paper, "台账.pdf")
        case.application.files[-1].kind = "energy_records"
        case.to("submitted")
    twins = evidence.twins(world.actor("case_officer"), size=1)
    assert twins.total >= 6  # each of the three with both others
    assert len(twins.items) == 1


@pytest.mark.parametrize("role", ["application_reviewer", "lead_verifier", "case_officer"])
def test_a_queue_asks_the_database_no_more_when_more_waits(world: World, role):
    case = world.case("submitted" if role == "application_reviewer" else "evaluating")
    few = asked(lambda: workbench.inbox(world.actor(role), mine=True))
    multiply(case)
    assert asked(lambda: workbench.inbox(world.actor(role), mine=True)) <= few


def asked(question) -> int:
    db.session.flush()
    db.session.expire_all()
    with statements() as sent:
        question()
    return len(sent)
