"""What people are told: kept without its words, read in the reader's language, marked by its reader alone."""

from datetime import date

import pytest

from accounts import operations, queries
from accounts.models import Notice
from accounts.notices import GROUPS, Message, a_day, a_word, say
from accounts.operations import inbox
from core.errors import Invalid, NotFound
from tests import factories

pytestmark = pytest.mark.engines("order")

MESSAGE = Message(
    kind="application.correct",
    group="task",
    subject="application/7",
    reference="LC-2026-000007",
    link="/certification/applications/7",
    facts={
        "number": "LC-2026-000007",
        "product": "抛釉砖",
        "count": 1,
        "due": a_day(date(2026, 3, 8)),
        "lines": [{"at": a_word("anchor.product"), "text": "请写明<商标>"}],
    },
    asks=True,
)


@pytest.fixture
def reader(db):
    return factories.user(factories.organisation(), "applicant")


@pytest.fixture
def actor(reader):
    return reader.memberships[0].actor()


@pytest.fixture
def told(reader, db):
    """told(**more): the notice the reader has now."""

    def tell(**more) -> Notice:
        inbox.tell([reader.id], Message(**{**vars(MESSAGE), **more}))
        db.session.commit()
        return db.session.query(Notice).order_by(Notice.id.desc()).first()

    return tell


@pytest.fixture
def browser(client, reader, sign_in, db):
    db.session.commit()
    return sign_in(client, reader)


def test_a_notice_is_put_into_words_when_it_is_read(told, browser):
    told()
    chinese = browser.get("/account/inbox").text
    assert "LC-2026-000007 抛釉砖：请补正 1 处" in chinese
    assert "产品信息" in chinese
    english = browser.get("/account/inbox?lang=en").text
    assert "8 March" in english
    assert "Product" in english


def test_what_somebody_wrote_in_a_notice_is_no_markup(told, browser):
    told()
    assert "请写明&lt;商标&gt;" in browser.get("/account/inbox").text


def test_a_notice_whose_words_were_given_up_is_still_read(told, app):
    notice = told(kind="of.the.past")
    with app.test_request_context():
        assert say(notice).title == "LC-2026-000007"


def test_a_signed_in_reader_sees_how_many_are_unread_and_asks_the_database_once(
    told, browser, queries_counted
):
    told()
    with queries_counted() as asked:
        page = browser.get("/account")
    assert "通知，1 条未读" in page.text
    assert len([statement for statement in asked if "notice" in statement]) == 1


def test_a_signed_out_reader_costs_no_question(client, queries_counted, db):
    with queries_counted() as asked:
        page = client.get("/help")
    assert "bell" not in page.text
    assert asked == []


def test_opening_a_notice_leads_to_its_page_and_reads_it(told, browser, actor):
    answer = browser.post(f"/account/inbox/{told().id}/open")
    assert answer.location == "/certification/applications/7"
    assert queries.unread(actor) == 0


def test_reading_one_and_reading_all(told, browser, actor):
    first = told()
    told()
    browser.post(f"/account/inbox/{first.id}/read")
    assert queries.unread(actor) == 1
    assert "LC-2026-000007" in browser.get("/account/inbox").text
    browser.post("/account/inbox/read")
    assert "没有未读的通知" in browser.get("/account/inbox").text
    assert browser.get("/account/inbox?all").text.count("LC-2026-000007 抛釉砖") >= 2


def test_nobody_reads_or_opens_the_notice_of_another(told, db):
    stranger = factories.actor("manufacturer", "applicant")
    with pytest.raises(NotFound) as refusal:
        operations.mark_read(stranger, told().id)
    assert refusal.value.slug == "notice-unknown"
    operations.mark_all_read(stranger)
    assert db.session.query(Notice).one().read_at is None


def test_a_reader_sees_the_own_inbox_alone(told, client, sign_in):
    told()
    other = factories.user(factories.organisation(), "applicant")
    assert "LC-2026-000007" not in sign_in(client, other).get("/account/inbox?all").text


def test_what_was_told_once_is_not_told_again(told, db):
    told(once="clock/3/amber")
    told(once="clock/3/amber")
    told(once="clock/3/red")
    assert db.session.query(Notice).count() == 2


def test_what_was_asked_is_settled_for_everybody_by_who_did_it(told, reader, db):
    notice = told()
    inbox.settle("application/8", by=reader.id, everybody=True)
    inbox.settle("application/7", by=reader.id + 1, everybody=False)
    db.session.expire_all()
    assert notice.settled_at is None
    inbox.settle("application/7", by=reader.id + 1, everybody=True)
    db.session.expire_all()
    assert notice.settled_at is not None
    assert notice.read_at is None


def test_who_did_what_was_asked_need_not_read_it_any_more(told, reader, db):
    notice = told()
    inbox.settle("application/7", by=reader.id, everybody=False)
    db.session.expire_all()
    assert notice.settled_at is not None
    assert notice.read_at is not None


def test_what_asks_nothing_is_never_settled(told, reader, db):
    notice = told(asks=False)
    inbox.settle("application/7", by=reader.id, everybody=True)
    db.session.expire_all()
    assert notice.settled_at is None


# How one wants to be mailed


def test_the_digest_is_the_way_unless_another_was_chosen(told, actor):
    assert told().how == "digest"
    operations.prefer(actor, {"task": "none"})
    assert told().how == "none"


def test_a_choice_holds_for_what_still_waits(told, actor, db):
    notice = told()
    operations.prefer(actor, {"task": "at_once"})
    db.session.expire_all()
    assert notice.how == "at_once"


def test_what_is_urgent_cannot_be_muted(told, actor, db):
    operations.prefer(actor, {"task": "none"})
    notice = told(urgent=True)
    operations.prefer(actor, {"task": "none"})
    db.session.expire_all()
    assert notice.how == "at_once"
    assert notice.delivery_id is not None


@pytest.mark.parametrize("wish", [{"task": "by_pigeon"}, {"weather": "digest"}])
def test_a_way_or_a_group_that_is_none_is_refused(actor, wish):
    with pytest.raises(Invalid) as refusal:
        operations.prefer(actor, wish)
    assert refusal.value.slug == "notice-preference-unknown"


def test_the_choice_is_made_on_a_page(browser, actor):
    browser.post("/account/notices", data=dict.fromkeys(GROUPS, "digest") | {"progress": "none"})
    assert queries.preferences(actor) == dict.fromkeys(GROUPS, "digest") | {"progress": "none"}
    assert browser.post("/account/notices", data={"task": "digest"}).status_code == 422


# The calendar's address


def test_a_calendar_address_is_shown_once_kept_as_a_hash_and_taken_back(browser, actor, db):
    page = browser.post("/account/calendar")
    assert page.headers["Cache-Control"] == "no-store"
    secret = page.text.split("/account/calendar/")[1].split(".ics")[0]
    assert queries.calendar_seat(secret).user_id == actor.id
    [feed] = queries.calendar_feeds(actor)
    assert secret not in str(vars(feed))
    browser.post(f"/account/calendar/{feed.id}/revoke")
    assert queries.calendar_seat(secret) is None


def test_nobody_takes_back_the_calendar_of_another(actor):
    operations.create_feed(actor)
    [feed] = queries.calendar_feeds(actor)
    with pytest.raises(NotFound, match="calendar-feed-unknown"):
        operations.revoke_feed(factories.actor("manufacturer", "applicant"), feed.id)


@pytest.mark.parametrize("ended", ["seat", "account"])
def test_a_calendar_ends_with_the_seat_and_the_account(actor, reader, ended):
    secret = operations.create_feed(actor)
    (reader.memberships[0] if ended == "seat" else reader).active = False
    assert queries.calendar_seat(secret) is None
