"""Views of the list of cases under a name of one's own, and what each colleague has in hand."""

from datetime import timedelta

import pytest

from accounts import operations as accounts
from certification.application.operations.responsibility import current, hand_over, hand_over_each
from certification.clocks.models import Clock
from certification.workbench import operations
from certification.workbench.models import SavedView
from certification.workbench.queries import views
from certification.workbench.queries.loads import loads
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted
from tests import factories

pytestmark = pytest.mark.engines("sql")

REVIEWS = "/certification/reviews/"


def test_a_view_is_kept_with_its_filter_order_and_columns_and_opened_again(world, browser):
    page = browser("case_officer")
    asked = "view=open&due=late&sort=state&order=falling&column=due&column=region"
    assert page.post(f"{REVIEWS}views?{asked}", data={"name": "逾期的"}).status_code == 303
    assert db.session.query(SavedView).one().asked == {
        "view": "open",
        "due": "late",
        "sort": "state",
        "order": "falling",
        "column": ["due", "region"],
    }
    shown = page.get(REVIEWS).text
    assert "逾期的" in shown
    assert "due=late&amp;order=falling" in shown or "due=late&amp;sort=state" in shown
    assert "逾期的" not in browser("application_reviewer").get(REVIEWS).text


def test_a_view_of_the_same_name_takes_the_place_of_the_one_before(world):
    actor = world.actor("case_officer")
    operations.keep_view(actor, "cases", "我的", {"due": "late"})
    operations.keep_view(actor, "cases", " 我的 ", {"due": "soon"})
    assert [view.asked for view in views.kept(actor, "cases")] == [{"due": "soon"}]


def test_a_view_is_let_go_by_whoever_kept_it_and_by_nobody_else(world):
    actor, other = world.actor("case_officer"), world.actor("application_reviewer")
    view = operations.keep_view(actor, "cases", "我的", {})
    with pytest.raises(NotFound, match="view-unknown"):
        operations.drop_view(other, view.id)
    operations.drop_view(actor, view.id)
    operations.drop_view(actor, view.id)
    assert views.kept(actor, "cases") == []


def test_a_view_without_a_name_one_too_many_and_one_of_an_applicant_are_refused(world, browser):
    actor = world.actor("case_officer")
    assert browser("case_officer").post(f"{REVIEWS}views", data={"name": ""}).status_code == 422
    with pytest.raises(Invalid, match="view-unnamed"):
        operations.keep_view(actor, "cases", " ", {})
    for number in range(operations.MOST_VIEWS):
        operations.keep_view(actor, "cases", str(number), {})
    with pytest.raises(Invalid) as no:
        operations.keep_view(actor, "cases", "又一个", {})
    assert no.value.slug == "views-too-many"
    with pytest.raises(NotPermitted):
        operations.keep_view(world.actor("applicant"), "cases", "我的", {})


# Who takes a case on


@pytest.fixture
def chief(world):
    return factories.user(world.body, "organisation_admin").memberships[0].actor()


def test_what_each_has_in_hand_is_counted_with_what_is_late_and_who_is_away(world, chief):
    case = world.case("contracted").application
    world.case("contracted")
    db.session.query(Clock).filter_by(application_id=case.id, result="running").update(
        {"due": today() - timedelta(days=1), "owner": "body"}
    )
    idle = factories.user(world.body, "case_officer", name="空闲")
    gone = factories.user(world.body, "case_officer", name="休假")
    accounts.state_absence(chief, today(), today(), user_id=gone.id)
    found = [(load.person.name, load.open, load.late, load.is_away) for load in loads(chief)]
    officer = world.people["case_officer"].name
    assert found == [("空闲", 0, 0, False), (officer, 2, 1, False), ("休假", 0, 0, True)]
    world.conflict(idle)
    hindered = {load.person.name: load.hindered for load in loads(chief, case)}
    assert "conflict-of-interest" in hindered["空闲"]


def test_a_case_is_not_handed_to_somebody_who_is_away(world, chief):
    case, gone = world.case("contracted").application, factories.user(world.body, "case_officer")
    accounts.state_absence(chief, today(), today(), user_id=gone.id)
    with pytest.raises(Invalid) as no:
        hand_over(case, chief, gone.id, "换人")
    assert no.value.slug == "successor-away"


def test_of_several_cases_each_is_told_what_became_of_it(world, chief):
    first, second = world.case("contracted").application, world.case("contracted").application
    other = factories.user(world.body, "case_officer")
    hand_over(second, chief, other.id, "先交一件")
    told = hand_over_each([first, second], chief, other.id, "分派")
    assert [told[first.id], told[second.id].slug] == [None, "successor-has-it"]
    assert current(first, world.body.id).user_id == other.id


def test_the_page_says_of_each_case_that_was_not_handed_over_why(app, world, chief, sign_in):
    first, second = world.case("contracted").application, world.case("contracted").application
    other = factories.user(world.body, "case_officer")
    hand_over(second, chief, other.id, "先交一件")
    page = sign_in(app.test_client(), db.session.get(type(other), chief.id))
    fields = {"cases": [first.id, second.id], "user_id": other.id, "reason": "分派"}
    answer = page.post("/certification/handover/", data=fields, follow_redirects=True)
    assert "已移交 1 个案卷" in answer.text
    assert f"案卷 {second.number} 没有移交" in answer.text
    assert page.post("/certification/handover/", data=fields).status_code == 422
