"""While an edition is shown its makers confirm that they supply, or refuse; what is refused is left out."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from accounts import operations as accounts
from accounts.models import Notice
from core import clock, lifecycle
from core.clock import today
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder, Unmet
from procurement import queries as lists
from procurement.confirmations import operations, queries
from procurement.confirmations.models import SupplyAnswer
from tests import factories
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)
PAGE = "/procurement/confirmations/"
YES = {"answer": "confirmed", "contact": "王某 0510-1", "pledged": True}
NO = {"answer": "refused", "contact": "王某 0510-1", "reason": "已经停产"}


@pytest.fixture
def shown(issued, law, editions):
    law("list")
    return editions("2026-1")


@pytest.fixture
def maker(world, shown):
    return world.actor("applicant")


@pytest.fixture
def browser(world, shown, client, sign_in):
    return sign_in(client, world.people["applicant"])


def test_a_maker_confirms_its_product_on_the_page_with_contact_and_pledge(shown, browser, issued, db):
    for language in ("zh", "en"):
        page = browser.get(f"{PAGE}?lang={language}")
        assert (page.status_code, faults(page.text), issued.number in page.text) == (200, [], True)
    sent = {"answer": "confirmed", "contact": "王某 0510-1", "pledged": "y", "version": "0"}
    short = browser.post(f"{PAGE}{issued.number}", data=sent | {"pledged": ""})
    assert (short.status_code, faults(short.text), "要作出承诺" in short.text) == (422, [], True)
    assert browser.post(f"{PAGE}{issued.number}", data=sent).status_code == 303
    said = db.session.query(SupplyAnswer).one()
    assert (said.answer, said.contact, "按清单供货" in said.pledge) == ("confirmed", "王某 0510-1", True)
    stale = browser.post(f"{PAGE}{issued.number}", data=sent | {"answer": "refused", "reason": "停产"})
    assert (stale.status_code, faults(stale.text)) == (409, [])
    again = sent | {"answer": "refused", "reason": "停产", "version": "1"}
    assert browser.post(f"{PAGE}{issued.number}", data=again).status_code == 303
    assert "停产" in browser.get(PAGE).text


@pytest.mark.parametrize(
    ("said", "at", "slug"),
    [
        (YES | {"answer": ""}, "answer", "supply-answer-missing"),
        (YES | {"answer": "perhaps"}, "answer", "supply-answer-missing"),
        (YES | {"contact": " "}, "contact", "supply-contact-missing"),
        (YES | {"pledged": False}, "pledged", "supply-pledge-missing"),
        (NO | {"reason": ""}, "reason", "supply-reason-missing"),
    ],
)
def test_what_is_wrong_is_said_at_its_box(shown, maker, issued, said, at, slug):
    with pytest.raises(Invalid) as refused:
        operations.answer(maker, shown, issued.number, **said)
    assert refused.value.fields == {at: slug}


def test_what_is_refused_is_left_out_with_its_reason_and_changes_no_other_document(
    another, shown, maker, editions, issued, client
):
    operations.answer(maker, shown, issued.number, **NO)
    with clock.travel(clock.now() + DAY):
        editions.publish(shown)
        assert {line.number for line in shown.lines} == {another.number}
        [item] = client.get("/api/v1/lists/2026-1/omissions").json["items"]
        assert (item["number"], item["reason"]) == (issued.number, "supply-refused")


def test_what_was_confirmed_or_not_answered_stays_and_is_counted(shown, maker, editions, issued):
    assert queries.count(shown) == queries.Count(0, 0, 1)
    before = list(lists.printed(shown))
    operations.answer(maker, shown, issued.number, **YES)
    assert queries.count(shown) == queries.Count(1, 0, 0)
    assert list(lists.printed(shown)) == before
    with clock.travel(clock.now() + DAY):
        editions.publish(shown)
        assert {line.number for line in shown.lines} == {issued.number}


def test_after_the_notice_nothing_is_said_any_more(shown, maker, issued):
    with clock.travel(clock.now() + DAY), pytest.raises(Unmet) as refused:
        operations.answer(maker, shown, issued.number, **NO)
    assert refused.value.slug == "supply-notice-over"


def test_others_neither_answer_nor_see(shown, issued, maker, client, sign_in, db):
    stranger = factories.user(factories.organisation("manufacturer"), "applicant")
    officer = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    with pytest.raises(NotFound):
        operations.answer(stranger.memberships[0].actor(), shown, issued.number, **NO)
    with pytest.raises(NotPermitted):
        operations.answer(officer.memberships[0].actor(), shown, issued.number, **NO)
    browser = sign_in(client, stranger)
    assert issued.number not in browser.get(PAGE).text
    assert browser.post(f"{PAGE}{issued.number}", data=NO | {"version": 0}).status_code == 404


def test_a_stale_answer_is_refused(shown, maker, issued):
    operations.answer(maker, shown, issued.number, **YES)
    with pytest.raises(OutOfOrder):
        operations.answer(maker, shown, issued.number, **NO)
    assert operations.answer(maker, shown, issued.number, **NO | {"version": 1}).pledge == ""


def test_makers_are_told_when_their_products_are_shown(shown, world, db):
    told = db.session.query(Notice).filter_by(kind="edition.shown").all()
    assert {each.user_id for each in told} == {world.people["applicant"].id}
    assert {(each.reference, each.link, each.asks) for each in told} == {("2026-1", PAGE, True)}


def test_programs_read_and_answer(shown, maker, issued, client, db):
    secret = accounts.create_token(maker, "甲")[1]
    db.session.commit()
    head = {"Authorization": f"Bearer {secret}"}
    [item] = client.get("/api/v1/confirmations", headers=head).json["items"]
    assert (item["number"], item["answer"], item["version"]) == (issued.number, "", 0)
    here = f"/api/v1/confirmations/{issued.number}"
    answered = client.put(here, json=YES, headers=head)
    assert (answered.status_code, answered.json["answer"]) == (200, "confirmed"), answered.text
    assert client.put(here, json=NO, headers=head).status_code == 409
    assert client.put(here, json=NO | {"version": 1}, headers=head).json["reason"] == "已经停产"
    answer = client.put("/api/v1/confirmations/LCP-0", json=YES, headers=head)
    assert (answer.status_code, answer.json["slug"]) == (404, "supply-line-unknown")


def test_the_editor_reads_how_many_answered(shown, maker, issued, client, sign_in, db):
    operations.answer(maker, shown, issued.number, **YES)
    person = factories.user(shown.owner, "list_editor")
    db.session.commit()
    page = sign_in(client, person).get(f"/procurement/editions/{shown.id}").text
    assert "确认供货 1 个产品" in page
    assert faults(page) == []


def test_an_edition_taken_back_asks_anew_when_it_is_shown_again(shown, editor, world, db):
    with clock.travel(clock.now() + DAY):
        lifecycle.take(shown, "take_back", editor, reason="重来")
        lifecycle.take(shown, "open_notice", editor, notice_from=today(), notice_to=today())
        assert db.session.query(Notice).filter_by(kind="edition.shown").count() == 2


def test_the_database_refuses_what_is_not_whole(shown, maker, issued, db):
    row = {"edition_id": shown.id, "organisation_id": maker.organisation_id, "number": "N", "person": "甲",
           "answer": "confirmed", "contact": "甲", "pledge": "文"}  # fmt: skip
    for wrong in ({"contact": ""}, {"answer": "else"}, {"pledge": ""}, {"answer": "refused"}):
        db.session.add(SupplyAnswer(**row | wrong))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
