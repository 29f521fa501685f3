"""The lists of follow-up checks and of orders of tests: what is asked of them, and who sees which."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from accounts import operations as accounts
from certification.aftercare.models import Surveillance, SurveillanceMember
from certification.certificate.models import Certificate
from certification.laboratory.models import Sample
from certification.workbench.models import SavedView
from certification.workbench.queries.checks import CHECKS
from certification.workbench.queries.lists import Wanted
from certification.workbench.queries.orders import ORDERS
from core.clock import today
from core.db import db
from tests import factories
from tests.support.statements import statements

pytestmark = pytest.mark.engines("order")

CHECKING, TESTING = "/certification/surveillance/", "/certification/laboratory/"
DAY = timedelta(days=1)


def numbers(listing, actor, **asks) -> list[str]:
    counts = listing.counted(actor, Wanted(**asks), size=500)
    page = listing.listed(counts, size=500)
    assert len(page.items) == counts.total  # what is counted is what is listed
    return [each.number for each in page.items]


def book(answer) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0]
    head, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [dict(zip(head, line, strict=True)) for line in lines]


@pytest.fixture
def checks(world) -> list[Surveillance]:
    world.case("certified")
    return db.session.query(Surveillance).order_by(Surveillance.ordinal).all()


@pytest.fixture
def sample(world) -> Sample:
    case = world.case("evaluating")
    case.deliver()
    return db.session.query(Sample).order_by(Sample.id.desc()).first()


def test_a_check_is_due_by_its_last_day_and_a_correction_by_its_own(world, checks):
    officer, first = world.actor("case_officer"), checks[0]
    assert numbers(CHECKS, officer) == [check.number for check in checks]
    first.window_from = first.due = today() - DAY
    db.session.flush()
    assert numbers(CHECKS, officer, due="late") == [first.number]
    first.state, first.correction_due = "correcting", today() + DAY
    db.session.flush()
    assert numbers(CHECKS, officer, due="late") == []
    assert numbers(CHECKS, officer, due="soon") == [first.number]
    first.state, first.conducted_on = "conducted", today()
    db.session.flush()
    assert numbers(CHECKS, officer, due="untimed") == [first.number]


def test_checks_of_a_certificate_that_expired_or_that_were_concluded_are_over(world, checks):
    officer, first = world.actor("case_officer"), checks[0]
    first.state = "passed"
    db.session.flush()
    assert first.number not in numbers(CHECKS, officer)
    assert numbers(CHECKS, officer, view="closed") == [first.number]
    certificate = db.session.query(Certificate).one()
    certificate.issued_on = certificate.begins_on = today() - 30 * DAY
    certificate.valid_to = today() - DAY
    db.session.flush()
    assert numbers(CHECKS, officer) == []
    assert set(numbers(CHECKS, officer, view="closed")) == {check.number for check in checks}


def test_each_filter_of_checks_finds_its_own_and_no_other(world, checks):
    officer, certificate = world.actor("case_officer"), db.session.query(Certificate).one()
    every = [check.number for check in checks]
    for asks in (
        {"state": "planned"},
        {"client": certificate.holder_id},
        {"laboratory": world.laboratory.id},
        {"scheme": certificate.scheme.code},
        {"region": f"{certificate.application.factory['region'][:4]}00"},
        {"text": certificate.number},
    ):
        assert numbers(CHECKS, officer, **asks) == every, asks
    for asks in (
        {"state": "passed"},
        {"client": world.body.id},
        {"person": officer.id},
        {"view": "own"},
        {"laboratory": world.body.id},
        {"scheme": "lc-paint"},
        {"region": "990000"},
        {"text": "没有这个"},
    ):
        assert numbers(CHECKS, officer, **asks) == [], asks
    assert numbers(CHECKS, world.actor("applicant"), client=certificate.body_id) == every
    assert numbers(CHECKS, world.actor("tester")) == []


def test_whoever_is_on_the_team_of_a_check_finds_it_as_an_own(world, checks):
    lead = world.actor("lead_verifier")
    checks[0].team.append(SurveillanceMember(user_id=lead.id, function="lead_verifier"))
    db.session.flush()
    assert numbers(CHECKS, lead, view="own") == [checks[0].number]
    assert numbers(CHECKS, world.actor("case_officer"), person=lead.id) == [checks[0].number]


def test_an_order_is_due_on_the_promised_day_until_its_report_is_there(world, sample):
    tester = world.actor("tester")
    sample.expected_on = today() - DAY
    db.session.flush()
    assert numbers(ORDERS, tester, due="late") == [sample.number]
    sample.state = "reported"
    db.session.flush()
    assert numbers(ORDERS, tester) == numbers(ORDERS, tester, view="all", due="late") == []
    assert numbers(ORDERS, tester, view="closed") == [sample.number]


def test_a_laboratory_knows_the_body_alone_and_the_body_its_client(world, sample):
    tester, officer = world.actor("tester"), world.actor("case_officer")
    case = sample.application
    region = f"{case.factory['region'][:4]}00"
    for asks in ({"client": case.body_id}, {"laboratory": world.laboratory.id}, {"text": sample.model}):
        assert numbers(ORDERS, tester, **asks) == [sample.number], asks
    for asks in ({"client": case.applicant_id}, {"region": region}, {"text": case.applicant.name}):
        assert numbers(ORDERS, tester, **asks) == [], asks
    for asks in ({"client": case.applicant_id}, {"region": region}, {"person": officer.id}):
        assert numbers(ORDERS, officer, **asks) == [sample.number], asks
    counts = ORDERS.counted(tester, Wanted())
    assert counts.by.keys() & {"region", "person"} == set()
    assert counts.by["client"] == {str(case.body_id): 1}


def test_of_the_client_nothing_reaches_the_pages_and_workbooks_of_a_laboratory(world, sample, browser):
    db.session.commit()
    tester, client = browser("tester"), sample.application.applicant.name
    columns = "&".join(f"column={each}" for each in ("officer", "region", "laboratory"))
    page = tester.get(f"{TESTING}?view=all&{columns}").text
    assert sample.number in page
    assert client not in page
    with tester.get(f"{TESTING}orders.xlsx?view=all") as answer:
        [line] = book(answer)
    assert client not in line.values()
    assert (line["地区"], line["负责人"]) == (None, None)
    with browser("case_officer").get(f"{TESTING}orders.xlsx?view=all") as answer:
        [line] = book(answer)
    assert line["委托人"] == client
    assert line["检测机构"] == world.laboratory.name


def test_others_see_no_orders(world, sample, app, sign_in, browser):
    db.session.commit()
    assert browser("applicant").get(TESTING).status_code == 403
    assert browser("applicant").get(f"{TESTING}orders.xlsx").status_code == 403
    other = sign_in(app.test_client(), factories.user(factories.organisation("testing_body"), "tester"))
    assert sample.number not in other.get(f"{TESTING}?view=all").text
    body = sign_in(
        app.test_client(), factories.user(factories.organisation("certification_body"), "case_officer")
    )
    assert sample.number not in body.get(f"{TESTING}?view=all").text


@pytest.mark.parametrize(("listing", "role"), [(CHECKS, "case_officer"), (ORDERS, "tester")])
def test_every_order_is_one_the_database_knows(world, checks, sample, listing, role):
    usual = numbers(listing, world.actor(role), view="all")
    for sort in listing.sorts:
        for falling in (False, True):
            found = numbers(listing, world.actor(role), view="all", sort=sort, falling=falling)
            assert sorted(found) == sorted(usual) != []


@pytest.mark.parametrize("asks", ["view=nobodys", "due=halted", "sort=price", "state=x", "client=x"])
def test_what_the_lists_do_not_know_is_refused(world, browser, asks):
    for role, page, name in (("case_officer", CHECKING, "checks"), ("tester", TESTING, "orders")):
        assert browser(role).get(f"{page}?{asks}").status_code == 422
        assert browser(role).get(f"{page}{name}.xlsx?{asks}").status_code == 422


def test_views_are_kept_of_each_list_and_by_its_readers_alone(world, browser):
    named = {"name": "我的"}
    assert browser("tester").post(f"{TESTING}views?due=late", data=named).status_code == 303
    assert browser("applicant").post(f"{CHECKING}views?due=late", data=named).status_code == 303
    assert browser("applicant").post(f"{TESTING}views", data=named).status_code == 403
    assert browser("tester").post(f"{CHECKING}views", data=named).status_code == 403
    assert {view.listing for view in db.session.query(SavedView)} == {"checks", "orders"}


def test_the_workbook_of_checks_tells_them_all(checks, browser):
    db.session.commit()
    with browser("case_officer").get(f"{CHECKING}checks.xlsx") as answer:
        lines = book(answer)
    assert [line["第几次"] for line in lines] == [check.ordinal for check in checks]
    assert [line["期限"].date() for line in lines] == [check.due for check in checks]


def test_a_page_of_several_asks_no_more_than_a_page_of_one(world, browser):
    tester, officer = browser("tester"), browser("case_officer")
    pages = ((tester, f"{TESTING}?view=all"), (officer, f"{TESTING}?view=all"), (officer, CHECKING))

    def asked() -> int:
        for who, page in pages:
            who.get(page)
        with statements() as sent:
            for who, page in pages:
                assert who.get(page).status_code == 200
        return len(sent)

    found = []
    for _ in range(2):
        world.case("evaluating").deliver()
        world.case("certified")
        db.session.commit()
        found.append(asked())
    assert found[1] <= found[0]


@pytest.fixture
def ask_as(client, world):
    """ask_as(role, path): the answer of the API to a program of whoever holds the role."""

    def ask(role: str, path: str):
        token = accounts.create_token(world.actor(role), "test")[1]
        db.session.commit()
        return client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"})

    return ask


def test_the_api_asks_the_lists_by_the_same_filters(world, checks, ask_as):
    certificate = db.session.query(Certificate).one()
    [told] = ask_as("case_officer", "/certificates?state=valid&sort=valid_to&view=own").json["items"]
    assert (told["number"], told["due"]) == (certificate.number, checks[0].due.isoformat())
    assert ask_as("applicant", f"/certificates?client={certificate.body_id}").json["total"] == 1
    assert ask_as("case_officer", "/certificates?due=late").json["total"] == 0
    checks[0].window_from = checks[0].due = today() - DAY
    db.session.commit()
    assert ask_as("case_officer", "/certificates?due=late").json["total"] == 1
    assert [each["number"] for each in ask_as("case_officer", "/surveillance?due=late").json["items"]] == [
        checks[0].number
    ]
    assert ask_as("case_officer", "/surveillance?view=closed").json["total"] == 0


def test_the_api_tells_a_laboratory_its_orders_and_of_their_clients_the_body(world, sample, ask_as):
    [mine] = ask_as("tester", f"/samples?q={sample.number}").json["items"]
    [ours] = ask_as("case_officer", f"/samples?q={sample.number}").json["items"]
    assert mine["client"] == world.body.name
    assert ours["client"] == sample.application.applicant.name
    assert ask_as("applicant", "/samples").json["total"] == 0
    assert ask_as("tester", mine["href"].removeprefix("/api/v1")).json["id"] == sample.id


@pytest.mark.parametrize("path", ["/certificates", "/surveillance", "/samples"])
@pytest.mark.parametrize("asks", ["view=nobodys", "due=never", "sort=price", "state=x", "client=x", "x=1"])
def test_the_api_refuses_what_a_list_does_not_know(world, ask_as, path, asks):
    assert ask_as("case_officer", f"{path}?{asks}").status_code == 422


def test_nobody_asks_the_lists_without_a_token(client, world):
    for path in ("/certificates", "/surveillance", "/samples"):
        assert client.get(f"/api/v1{path}").status_code == 401
