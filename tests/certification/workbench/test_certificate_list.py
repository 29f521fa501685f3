"""The list of certificates: what is asked of it, who sees which, and what leaves as a workbook."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from certification.certificate.models import Certificate, StatusAct
from certification.certificate.queries import certificates as questions
from certification.workbench.models import SavedView
from certification.workbench.queries.certificates import CERTIFICATES
from certification.workbench.queries.lists import Wanted
from certification.workflow.certificate import BECOMES
from core.clock import today
from core.db import db
from tests import factories
from tests.support.statements import statements

pytestmark = pytest.mark.engines("order")

PAGE = "/certification/certificates/"
DAY = timedelta(days=1)


def numbers(actor, **asks) -> list[str]:
    counts = CERTIFICATES.counted(actor, Wanted(**asks), size=500)
    page = CERTIFICATES.listed(counts, size=500)
    assert len(page.items) == counts.total  # what is counted is what is listed
    return [each.number for each in page.items]


def act(certificate, kind: str, on, until=None) -> None:
    told = {"cause": "holder_request", "reason": "停产", "entered_by": "某人"}
    certificate.acts.append(StatusAct(kind=kind, on=on, until=until, **told))
    db.session.flush()


@pytest.fixture
def issued(world):
    case = world.case("certified").application
    return db.session.query(Certificate).filter_by(application_id=case.id).one()


@pytest.fixture
def officer(world):
    return world.actor("case_officer")


ACTS = [
    [],
    [("suspend", -5)],
    [("suspend", -5), ("restore", -2)],
    [("suspend", -5), ("restore", 2)],
    [("suspend", -5), ("withdraw", -1)],
    [("withdraw", -3), ("restore", -1)],
    [("cancel", 3)],
    [("withdraw", 400)],
    [("supersede", -1), ("cancel", -1)],
]


@pytest.mark.parametrize("acts", ACTS)
@pytest.mark.parametrize(("begins", "ends"), [(-20, 300), (-20, -1), (5, 300), (-20, 0)])
def test_the_database_tells_the_same_state_as_the_law(issued, acts, begins, ends):
    issued.issued_on = today() - 30 * DAY
    issued.begins_on, issued.valid_to = today() + begins * DAY, today() + ends * DAY
    for kind, after in acts:
        day = today() + after * DAY
        act(issued, kind, day, day + 60 * DAY if kind == "suspend" else None)
    told = questions.states(today())
    state = db.session.scalar(select(told.c.state).where(told.c.certificate_id == issued.id))
    assert state == issued.state
    assert set(BECOMES) >= {kind for kind, _after in acts}


def test_what_is_due_is_the_next_check_the_end_of_a_suspension_or_the_last_day(issued, officer):
    check = min(each.due for each in issued.surveillance)
    assert CERTIFICATES.days(officer, [issued]) == {issued.id: check}
    act(issued, "suspend", today(), today() + 10 * DAY)
    assert CERTIFICATES.days(officer, [issued]) == {issued.id: today() + 10 * DAY}
    assert numbers(officer, due="month") == [issued.number]
    assert numbers(officer, due="late") == numbers(officer, due="soon") == []
    act(issued, "withdraw", today())
    assert CERTIFICATES.days(officer, [issued]) == {issued.id: None}
    assert numbers(officer, view="all", due="untimed") == [issued.number]


def test_a_certificate_whose_check_was_missed_is_late(issued, officer):
    first = min(issued.surveillance, key=lambda each: each.due)
    first.window_from = first.due = today() - DAY
    db.session.flush()
    assert numbers(officer, due="late") == [issued.number]


def test_each_filter_finds_its_certificates_and_no_other(world, issued, officer):
    region = f"{issued.application.factory['region'][:4]}00"
    for asks in (
        {"state": "valid"},
        {"region": region},
        {"laboratory": world.laboratory.id},
        {"person": officer.id},
        {"view": "own"},
        {"client": issued.holder_id},
        {"scheme": issued.scheme.code},
        {"text": issued.holder.name},
    ):
        assert numbers(officer, **asks) == [issued.number], asks
    for asks in (
        {"state": "suspended"},
        {"region": "990000"},
        {"laboratory": world.body.id},
        {"person": world.people["tester"].id},
        {"view": "closed"},
        {"client": world.body.id},
        {"scheme": "lc-paint"},
        {"text": "没有这个"},
    ):
        assert numbers(officer, **asks) == [], asks


def test_one_that_ended_stands_among_the_ended_and_is_counted_beside_the_others(issued, officer):
    act(issued, "withdraw", today())
    assert numbers(officer) == []
    assert numbers(officer, view="closed") == numbers(officer, view="all") == [issued.number]
    counts = CERTIFICATES.counted(officer, Wanted())
    assert [counts.of("view", view) for view in CERTIFICATES.views] == [0, 0, 1, 1]


def test_a_holder_filters_by_body_and_a_body_by_holder(world, issued, officer):
    holder = world.actor("applicant")
    assert numbers(holder, client=issued.body_id) == [issued.number]
    assert numbers(holder, client=issued.holder_id) == []
    assert numbers(world.actor("tester")) == []


def test_every_order_is_one_the_database_knows(issued, officer):
    for sort in CERTIFICATES.sorts:
        for falling in (False, True):
            assert numbers(officer, sort=sort, falling=falling) == [issued.number]


def test_a_search_finds_what_has_ended_as_well(issued, browser):
    act(issued, "withdraw", today())
    db.session.commit()
    page = browser("case_officer")
    assert issued.number not in page.get(PAGE).text
    assert issued.number in page.get(f"{PAGE}?q={issued.number}").text


def test_columns_are_chosen_and_the_workbook_has_them_all(issued, browser):
    page = browser("case_officer")
    shown = page.get(f"{PAGE}?column=region&column=laboratory").text
    assert 'data-l="检测机构"' in shown
    assert 'data-l="碳足迹"' not in shown
    with page.get(f"{PAGE}certificates.xlsx?view=all") as answer:
        assert answer.headers["X-Total-Count"] == "1"
        sheet = openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0]
    head, line = ([cell.value for cell in row] for row in sheet.iter_rows())
    told = dict(zip(head, line, strict=True))
    assert (told["证书编号"], told["持证人"], told["状态"]) == (issued.number, issued.holder.name, "有效")
    assert told["有效期至"].date() == issued.valid_to


@pytest.mark.parametrize("asks", ["view=mine", "due=halted", "sort=price", "state=draft", "client=x"])
def test_what_the_list_does_not_know_is_refused(issued, browser, asks):
    assert browser("case_officer").get(f"{PAGE}?{asks}").status_code == 422
    assert browser("case_officer").get(f"{PAGE}certificates.xlsx?{asks}").status_code == 422


def test_a_view_is_kept_of_this_list_alone(issued, browser):
    holder = browser("applicant")
    assert holder.post(f"{PAGE}views?due=late", data={"name": "快到期的"}).status_code == 303
    view = db.session.query(SavedView).one()
    assert (view.listing, view.asked["due"]) == ("certificates", "late")
    assert "快到期的" in holder.get(PAGE).text
    officer = browser("case_officer")
    assert officer.post(f"{PAGE}views", data={"name": "现行的"}).status_code == 303
    assert "现行的" not in officer.get("/certification/reviews/").text
    assert officer.post(f"{PAGE}views/{view.id}/drop").status_code == 404
    assert holder.post(f"{PAGE}views/{view.id}/drop").status_code == 303


def test_who_holds_no_certificates_keeps_no_views_of_them(app, sign_in, world, browser):
    assert browser("tester").post(f"{PAGE}views", data={"name": "试"}).status_code == 403
    stranger = sign_in(app.test_client(), factories.user(factories.organisation(), "applicant"))
    assert "还没有证书" in stranger.get(PAGE).text


def test_a_page_of_several_asks_no_more_than_a_page_of_one(world, issued, browser):
    officer = browser("case_officer")
    officer.get(PAGE)
    with statements() as few:
        officer.get(PAGE)
    world.case("certified")
    db.session.commit()
    with statements() as many:
        page = officer.get(PAGE).text
    assert db.session.query(Certificate).count() == 2
    assert page.count('data-l="碳足迹"') == 2
    assert len(many) <= len(few)
