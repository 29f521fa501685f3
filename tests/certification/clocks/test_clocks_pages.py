"""What the pages say of deadlines: the sum, the light, and how long it took others."""

import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from accounts.operations import create_token
from certification.clocks import queries
from certification.clocks.models import Clock
from certification.workbench.queries import workbench
from core.calendar import book, ledger
from core.clock import today, travel
from core.db import db
from core.words import sentence
from tests import factories
from tests.certification.clocks.ticking import MONDAY, POINT, after, find

WHY = "/certification/clocks"
LINES = "day,kind,name,source,provisional\n{day},holiday,临时放假,演示数据,no\n"


@pytest.fixture
def case(world):
    with travel(MONDAY):
        made = world.case("submitted")
    db.session.commit()
    return made


@pytest.fixture
def keeper(db, app, sign_in):
    user = factories.user(factories.organisation("regulator"), "administrator")
    db.session.commit()
    return sign_in(app.test_client(), user)


# The sum


@pytest.mark.parametrize("role", ["applicant", "application_reviewer", "head_of_body"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_parties_of_a_case_read_why_a_day_is_due(case, browser, role, language):
    with travel(after(3)):
        case.take("correct", "application_reviewer", points=[POINT], due=after(9))
    db.session.commit()
    for name, day in [("acceptance", MONDAY), ("acceptance", after(3)), ("correction", after(9))]:
        answer = browser(role).get(f"{WHY}/{find(case, name).id}?lang={language}")
        assert answer.status_code == 200
        assert day.isoformat() in answer.text


def test_the_sum_names_each_day_that_did_not_count(world, browser):
    with travel(date(2026, 2, 12)):
        case = world.case("submitted")
    db.session.commit()
    page = browser("applicant").get(f"{WHY}/{find(case).id}").text
    assert "“受理决定”为什么是 2026-03-04 到期" in page
    assert "春节 9 天：2026-02-15 至 2026-02-23" in page
    assert "2026-02-14 调休上班，照算" in page
    assert "周末 1 天" in page
    assert "结果与登记的到期日一致" in page


def test_the_sum_says_when_a_year_is_not_announced_yet(world, browser):
    with travel(date(2027, 1, 25)):
        case = world.case("submitted")
    db.session.commit()
    assert "2027 年的放假安排还没有公布" in browser("applicant").get(f"{WHY}/{find(case).id}").text


def test_nobody_outside_a_case_reads_its_clocks(case, app, sign_in, client):
    strangers = [
        factories.user(factories.organisation("manufacturer"), "applicant"),
        factories.user(factories.organisation("certification_body"), "case_officer"),
        factories.user(factories.organisation("testing_body"), "tester"),
        factories.user(factories.organisation("purchasing_unit"), "procurement_officer"),
    ]
    db.session.commit()
    clock_id = find(case).id
    for stranger in strangers:
        assert sign_in(app.test_client(), stranger).get(f"{WHY}/{clock_id}").status_code == 404
    assert client.get(f"{WHY}/{clock_id}").status_code == 303
    assert client.get(f"{WHY}/999").status_code == 303


def test_a_clock_that_does_not_exist_is_not_found(case, browser):
    answer = browser("applicant").get(f"{WHY}/999999")
    assert (answer.status_code, sentence("clock-not-found") in answer.text) == (404, True)


# ask 20
def test_the_reviewer_gives_more_time_on_the_page_of_the_sum(case, browser):
    with travel(after(1)):
        case.take("correct", "application_reviewer", points=[POINT], due=after(9))
        db.session.commit()
        clock_id = find(case, "correction").id
        reviewer = browser("application_reviewer")
        refused = reviewer.post(f"{WHY}/{clock_id}/extend", data={"days": "0", "reason": "停产"})
        assert refused.status_code == 422
        assert "延长的天数至少是 1" in refused.text
        assert (
            reviewer.post(f"{WHY}/{clock_id}/extend", data={"days": "五", "reason": "停"}).status_code == 422
        )
        reviewer.post(f"{WHY}/{clock_id}/extend", data={"days": "5", "reason": "企业停产检修"})
        page = browser("applicant").get(f"{WHY}/{clock_id}").text
        assert after(14).isoformat() in page
        assert "企业停产检修" in page
        assert "/extend" not in page
        assert browser("applicant").post(
            f"{WHY}/{clock_id}/extend", data={"days": "5", "reason": "自己延"}
        ).status_code == 403  # fmt: skip


# The light


# ask 19
@pytest.mark.parametrize(
    ("values", "day", "light"),
    [
        ({}, 10, "ok"),
        ({}, 23, "ok"),
        ({}, 24, "amber"),
        ({}, 30, "amber"),
        ({}, 31, "red"),
        ({"due": after(3)}, 0, "ok"),
        ({"due": after(3)}, 1, "amber"),
        ({"due": None}, 90, "ok"),
        ({"result": "met"}, 90, "ok"),
        ({"result": "void"}, 90, "ok"),
        ({"result": "late"}, 0, "red"),
    ],
)
def test_the_light_turns_amber_in_the_last_fifth_and_red_after_the_day(values, day, light):
    clock = SimpleNamespace(**{"started_on": MONDAY, "due": after(30), "result": "running"} | values)
    assert ledger.light(clock, after(day)) == light


# ask 19
def test_the_same_light_shines_on_the_queue_the_workbench_and_the_applicants_pages(case, browser):
    with travel(after(15)):
        assert queries.light(find(case)) == "red"
        for role, page, late in [
            ("application_reviewer", "/certification/reviews/", "逾期 1 天"),
            ("application_reviewer", f"/certification/reviews/{case.id}", "已逾期"),
            ("applicant", f"/certification/applications/{case.id}", "已逾期"),
        ]:
            text = browser(role).get(page).text
            assert late in text, page
            assert f"{WHY}/{find(case).id}" in text, page


# ask 19
def test_the_queue_puts_what_is_due_first_before_what_is_only_old(world):
    with travel(MONDAY):
        old = world.case("contracted")
    with travel(after(5)):
        pressing = world.case("submitted")
        world.grant("application_reviewer", "case_officer")
        lines = workbench.inbox(world.actor("application_reviewer"), mine=True).items
    assert [line.application.id for line in lines] == [pressing.id, old.id]
    assert lines[0].clock.name == "acceptance"


def test_the_applicants_list_links_each_day_to_its_sum(case, browser):
    with travel(after(1)):
        case.take("correct", "application_reviewer", points=[POINT], due=after(3))
        db.session.commit()
        page = browser("applicant").get("/certification/").text
    assert f"{WHY}/{find(case, 'correction').id}" in page
    assert re.search(r'class="d hot"', page)


# How long it took others


def ended(world, days: list[int], on: date | None = None, **values) -> None:
    """Clocks that ended, each after so many days; the last 10 of them it stood still."""
    for taken in days:
        end = on or today()
        db.session.add(
            Clock(
                **{
                    "name": "acceptance_to_certificate", "kind": "application", "subject_id": 10_000 + taken,
                    "body_id": world.body.id, "scheme_code": world.scheme.code, "owner": "body", "days": 90,
                    "unit": "calendar", "first": "next", "term": "act", "source": "演示数据",
                    "calendar_version": 0,
                    "started_on": end - timedelta(days=taken), "due": end, "result": "met",
                    "ended_on": end, "gross": taken, "net": taken - 10,
                } | values
            )
        )  # fmt: skip
    db.session.flush()


# ask 15, ask 21
def test_half_within_and_nine_of_ten_within_are_values_that_occurred(world):
    ended(world, [20, 30, 40, 50, 60, 70, 80, 90, 100, 400])
    told = queries.durations("acceptance_to_certificate", world.scheme.code)
    assert (told.sample, told.half, told.nine) == (10, 60, 100)
    assert (told.half_net, told.nine_net) == (50, 90)


# ask 21
def test_fewer_than_ten_cases_tell_nothing(world):
    ended(world, [20, 30, 40, 50, 60, 70, 80, 90, 100])
    assert queries.durations("acceptance_to_certificate", world.scheme.code) is None


# ask 21
def test_only_the_last_year_counts_unless_it_had_too_few(world):
    ended(world, [100] * 10, on=today() - timedelta(days=366))
    assert queries.durations("acceptance_to_certificate", world.scheme.code).half == 100
    ended(world, [30] * 9)
    assert queries.durations("acceptance_to_certificate", world.scheme.code).sample == 19
    ended(world, [30])
    told = queries.durations("acceptance_to_certificate", world.scheme.code)
    assert (told.sample, told.nine) == (10, 30)


def test_cases_of_the_demonstration_are_not_counted(world):
    ended(world, [30] * 9)
    made_up, real = world.case("draft").application, world.case("draft").application
    made_up.demo, real.demo = True, False
    ended(world, [0] * 20, application_id=made_up.id)
    assert queries.durations("acceptance_to_certificate", world.scheme.code) is None
    ended(world, [30], application_id=real.id)
    told = queries.durations("acceptance_to_certificate", world.scheme.code)
    assert (told.sample, told.half) == (10, 30)


# ask 15
def test_a_case_that_was_taken_back_or_of_another_scheme_or_body_is_not_counted(world):
    ended(world, [20, 30, 40, 50, 60] * 2)
    ended(world, [900] * 9, result="void")
    ended(world, [900] * 9, scheme_code="other")
    ended(world, [900] * 9, body_id=world.laboratory.id)
    told = queries.durations("acceptance_to_certificate", world.scheme.code, world.body.id)
    assert (told.sample, told.nine) == (10, 60)


@pytest.mark.parametrize(("values", "percent", "found"), [([7], 50, 7), ([1, 2], 50, 1), ([1, 2, 3], 90, 3)])
def test_a_quantile_is_the_smallest_value_that_enough_do_not_exceed(values, percent, found):
    assert queries.quantile(values, percent) == found


# ask 21
def test_applicants_are_told_how_long_it_took_others_before_and_after_they_apply(world, browser):
    ended(world, [40, 45, 50, 55, 60] * 2)
    case = world.case("submitted")
    db.session.commit()
    for page in ("/certification/applications/new", f"/certification/applications/{case.id}"):
        text = browser("applicant").get(page).text
        assert "一半在 50 天内，十件中九件在 60 天内" in text
        assert "分别是 40 天和 50 天" in text
        assert "10 件已办结的案卷，不是承诺" in text


# The calendar and the outages


def test_everybody_reads_the_calendar_and_the_outages(client):
    page = client.get(f"{WHY}/calendar?year=2026").text
    assert "国庆节调休上班" in page
    assert "更正日历" not in page
    assert "这一年的放假安排还没有公布" in client.get(f"{WHY}/calendar?year=2027").text
    assert client.get(f"{WHY}/calendar?year=1999").status_code == 200
    assert "没有中断记录" in client.get(f"{WHY}/outages").text


# ask 16
def test_a_late_holiday_is_first_shown_with_what_it_moves_and_then_entered(case, keeper):
    sent = {"entries": LINES.format(day=after(4)), "reason": "临时放假通知", "version": "0"}
    with travel(after(1)):
        shown = keeper.post(f"{WHY}/calendar", data=sent)
        assert shown.status_code == 200
        assert after(14).isoformat() in shown.text
        assert after(15).isoformat() in shown.text
        assert case.application.number in shown.text
        assert book.head() == 0
        done = keeper.post(f"{WHY}/calendar", data=sent | {"agreed": "y"}, follow_redirects=True)
        assert "日历已更正为第 1 版，重算 1 项时限" in done.text
        db.session.expire_all()
        assert find(case).due == after(15)
        assert keeper.post(f"{WHY}/calendar", data=sent | {"agreed": "y"}).status_code == 409


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"entries": "", "reason": "通知"}, "粘贴要更正的日子"),
        ({"entries": LINES.format(day=MONDAY), "reason": ""}, "写明依据"),
        ({"entries": "day,kind\n", "reason": "通知"}, "第一行要有这些列"),
        ({"entries": LINES.format(day="三月"), "reason": "通知"}, "第 2 行读不懂"),
    ],
)
def test_a_correction_that_cannot_be_read_is_answered_at_its_field(keeper, sent, said):
    answer = keeper.post(f"{WHY}/calendar", data=sent | {"version": "0"})
    assert answer.status_code == 422
    assert said in answer.text
    assert book.head() == 0


def test_an_outage_is_written_down_on_its_page(case, keeper):
    with travel(after(16)):
        sent = {"begins": f"{after(14)}T08:00", "ends": f"{after(14)}T18:00", "reason": "机房断电"}
        assert "补回 1 项时限" in keeper.post(f"{WHY}/outages", data=sent, follow_redirects=True).text
        again = keeper.post(f"{WHY}/outages", data=sent)
        assert (again.status_code, "已经登记过" in again.text) == (422, True)
        assert keeper.post(f"{WHY}/outages", data={"begins": "昨天"}).status_code == 422


@pytest.mark.parametrize("page", ["calendar", "outages"])
def test_nobody_else_writes_into_calendar_or_outages(world, browser, page):
    db.session.commit()
    assert browser("head_of_body").post(f"{WHY}/{page}", data={}).status_code == 403
    assert browser("applicant").post(f"{WHY}/{page}", data={}).status_code == 403


# For machines


@pytest.fixture
def caller(client, world):
    """caller(role): ask the API in the name of whoever holds the role."""

    def call(role: str, method: str, path: str, **more):
        secret = create_token(world.actor(role), "test")[1]
        db.session.commit()
        headers = {"Authorization": f"Bearer {secret}"}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)

    return call


def test_a_machine_does_the_sum_again_from_ledger_and_calendar(case, caller, client):
    days = {entry["day"]: entry["kind"] for entry in client.get("/api/v1/calendar").json["days"]}
    [clock] = caller("applicant", "GET", f"/applications/{case.id}/clocks").json["items"]
    assert (clock["rule"]["unit"], clock["rule"]["first"], clock["days_left"]) == ("working", "next", None)
    day, left = date.fromisoformat(clock["started_on"]), clock["rule"]["days"]
    while left:
        day += timedelta(days=1)
        kind = days.get(day.isoformat(), "workday" if day.weekday() < 5 else "holiday")
        left -= kind == "workday"
    assert clock["due"] == day.isoformat() == clock["entries"][-1]["due"]


def test_more_time_is_given_by_token_under_the_same_law(case, caller):
    path = f"/clocks/{find(case).id}/extend"
    asked = {"days": 2, "reason": "人员培训"}
    with travel(after(1)):
        given = caller("head_of_body", "POST", path, json=asked)
        assert (given.status_code, given.json["due"]) == (200, after(16).isoformat())
        assert caller("case_officer", "POST", path, json=asked).json["slug"] == "role-not-held"
        refused = caller("head_of_body", "POST", path, json=asked | {"days": 0})
        assert (refused.status_code, refused.json["slug"]) == (422, "extension-not-positive")


def test_nobody_lists_the_clocks_of_a_case_that_is_not_theirs(case, caller):
    assert caller("tester", "GET", f"/applications/{case.id}/clocks").status_code == 404


# ask 19
def test_the_applicants_open_cases_show_their_light_and_the_nearest_day_stands_first(world, browser):
    with travel(MONDAY):
        first = world.case("submitted")
    with travel(after(4)):
        second = world.case("submitted")
        db.session.commit()
    with travel(after(15)):
        page = browser("applicant").get("/certification/").text
    cases = page[page.index("在办案卷") :]
    assert cases.index(first.application.number) < cases.index("已逾期")
    assert cases.index("已逾期") < cases.index(second.application.number)
    assert f"{WHY}/{find(second).id}" in cases
