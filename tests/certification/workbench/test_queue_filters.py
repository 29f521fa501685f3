"""The list of cases: what is asked of it, what is counted beside it, and what leaves as a workbook."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from accounts import operations as accounts
from certification.application.models import Responsibility
from certification.clocks.models import Clock
from certification.workbench.queries import queue
from certification.workbench.queries.lists import Wanted
from core.clock import today
from core.db import db
from tests.certification.workbench.test_queues import multiply
from tests.support.statements import statements

pytestmark = pytest.mark.engines("order")

REVIEWS = "/certification/reviews"


def numbers(actor, **asks) -> list[str]:
    wanted = Wanted(**asks)
    counts = queue.CASES.counted(actor, wanted, size=500)
    page = queue.CASES.listed(counts, size=500)
    assert len(page.items) == counts.total  # what is counted is what is listed
    return [case.number for case in page.items]


def due(case, day) -> None:
    clock = db.session.query(Clock).filter_by(application_id=case.application.id, name="acceptance").one()
    clock.due = day
    db.session.flush()


def test_overdue_cases_are_found_and_counted_and_stand_first(world):
    late, early, halted = world.case("submitted"), world.case("submitted"), world.case("submitted")
    due(late, today() - timedelta(days=1))
    due(early, today() + timedelta(days=60))
    due(halted, None)
    actor = world.actor("application_reviewer")
    assert numbers(actor) == [case.application.number for case in (late, early, halted)]
    assert numbers(actor, due="late") == [late.application.number]
    assert numbers(actor, due="halted") == [halted.application.number]
    counts = queue.CASES.counted(actor, Wanted(due="late"))
    assert [counts.of("due", answer) for answer in queue.DUE] == [1, 0, 0, 1, 0]


def test_due_today_is_not_late_and_a_working_week_ahead_is_not_soon(world):
    actor = world.actor("application_reviewer")
    first, last = world.case("submitted"), world.case("submitted")
    due(first, today())
    due(last, today() + timedelta(days=20))
    assert numbers(actor, due="next") == numbers(actor, due="soon") == [first.application.number]
    assert numbers(actor, due="late") == []


def test_a_case_nobody_answers_for_is_unassigned_and_so_is_one_whose_officer_left(world):
    free, taken = world.case("submitted").application, world.case("contracted").application
    actor = world.actor("case_officer")
    assert numbers(actor, view="unassigned") == [free.number]
    assert numbers(actor, view="own") == [taken.number]
    gone = db.session.query(Responsibility).filter_by(application_id=taken.id, organisation_id=world.body.id)
    gone.one().user_id = world.people["applicant"].id
    db.session.flush()
    assert set(numbers(actor, view="unassigned")) == {free.number, taken.number}


def test_each_filter_finds_its_cases_and_no_other(world):
    case, other = world.case("evaluating").application, world.case("submitted").application
    other.factory = {**other.factory, "region": "320500"}
    db.session.flush()
    actor = world.actor("case_officer")
    region = f"{case.factory['region'][:4]}00"
    verifier = world.people["lead_verifier"].id
    for asks in (
        {"state": "evaluating"},
        {"region": region},
        {"laboratory": world.laboratory.id},
        {"person": verifier},
        {"person": world.people["case_officer"].id},
        {"text": case.number},
        {"state": "evaluating", "scheme": "lc-tile", "client": world.maker.id, "region": region},
    ):
        assert numbers(actor, **asks) == [case.number], asks
    for asks in ({"scheme": "lc-paint"}, {"client": world.body.id}, {"text": "没有这个"}, {"view": "closed"}):
        assert numbers(actor, **asks) == [], asks


def test_a_count_tells_what_its_answer_would_show_beside_the_other_filters(world):
    world.case("submitted"), world.case("submitted"), world.case("accepted")
    actor = world.actor("case_officer")
    counts = queue.CASES.counted(actor, Wanted(state="accepted"))
    assert (counts.total, counts.of("state", "submitted"), counts.of("view", "open")) == (1, 2, 1)
    for state in ("submitted", "accepted"):
        assert counts.of("state", state) == len(numbers(actor, state=state))


def test_sorting_turns_round(world):
    cases = [world.case("submitted").application.number for _ in range(3)]
    actor = world.actor("case_officer")
    assert numbers(actor, sort="number") == sorted(cases)
    assert numbers(actor, sort="number", falling=True) == sorted(cases, reverse=True)


def test_another_body_sees_none_of_it(world):
    world.case("submitted")
    assert numbers(world.actor("tester")) == []


def test_a_page_of_a_long_list_asks_no_more_than_one_of_a_short_list(world, browser):
    case = world.case("submitted")
    officer = browser("case_officer")
    officer.get(f"{REVIEWS}/?view=open")
    with statements() as few:
        officer.get(f"{REVIEWS}/?view=open")
    multiply(case)
    db.session.commit()
    with statements() as many:
        page = officer.get(f"{REVIEWS}/?view=open").text
    assert "第 5 页" in page
    assert len(many) <= len(few)


def test_the_workbook_holds_every_case_of_the_filter_and_runs_nothing(world, browser):
    case = world.case("submitted")
    multiply(case)
    case.application.product_name = "=HYPERLINK(1)"
    world.case("accepted")
    db.session.commit()
    with browser("case_officer").get(f"{REVIEWS}/cases.xlsx?view=open&state=submitted") as answer:
        assert answer.headers["X-Total-Count"] == "231"
        sheet = openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == 231
    odd = next(row for row in rows if row[1].value == case.application.number)
    assert (odd[0].value, odd[0].data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize(
    "asks", ["view=all", "due=never", "sort=price", "state=draft", "client=x", "order=up"]
)
def test_what_the_list_does_not_know_is_refused(world, browser, asks):
    assert browser("case_officer").get(f"{REVIEWS}/?{asks}").status_code == 422
    assert browser("case_officer").get(f"{REVIEWS}/cases.xlsx?{asks}").status_code == 422


def test_columns_are_chosen(world, browser):
    world.case("submitted")
    page = browser("case_officer").get(f"{REVIEWS}/?view=open&column=team&column=due").text
    assert 'data-l="评审组"' in page
    assert 'data-l="检测机构"' not in page


def test_the_api_asks_by_the_same_filters(world, ask_as):
    case, other = world.case("evaluating").application, world.case("submitted").application

    def told(query: str) -> set[str]:
        answer = ask_as("case_officer", f"/applications?{query}").json
        assert answer["total"] == len(answer["items"])
        return {item["number"] for item in answer["items"]}

    assert told("") == {case.number, other.number}
    assert told("state=evaluating") == told("view=own&sort=due") == {case.number}
    assert told(f"laboratory={world.laboratory.id}&scheme=lc-tile") == {case.number}
    assert told("view=closed") == told("due=late") == set()


@pytest.mark.parametrize("asks", ["view=all", "due=never", "sort=price", "state=nowhere", "client=x"])
def test_the_api_refuses_what_the_list_does_not_know(world, ask_as, asks):
    assert ask_as("case_officer", f"/applications?{asks}").status_code == 422


@pytest.fixture
def ask_as(client, world):
    """ask_as(role, path): the answer of the API to a program of whoever holds the role."""

    def ask(role: str, path: str):
        token = accounts.create_token(world.actor(role), "test")[1]
        db.session.commit()
        return client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})

    return ask
