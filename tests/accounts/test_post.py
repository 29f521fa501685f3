"""Mails: one for each person, in the language of the reader, sent by a job and never twice."""

from datetime import datetime, timedelta

import pytest

from accounts.models import Delivery, Notice
from accounts.notices import Message, a_day, a_word
from accounts.operations import inbox, mark_read, post, prefer
from core import jobs, mail
from core.clock import SHANGHAI, travel
from core.db import db as tables
from tests import factories

pytestmark = pytest.mark.engines("order")

EVENING = datetime(2026, 11, 20, 17, tzinfo=SHANGHAI)
MORNING = datetime(2026, 11, 21, 8, 1, tzinfo=SHANGHAI)


@pytest.fixture
def reader(db):
    return factories.user(factories.organisation(), "applicant", email="reader@example.org")


@pytest.fixture
def tell(reader):
    """tell(**more): the reader is told something in the evening, and it is committed."""

    def told(to=None, **more) -> None:
        facts = {"number": "LC-2026-000007", "product": "抛釉砖"}
        facts |= {"reason": "x", "lines": [{"at": a_word("notice.reason"), "text": "缺少许可证"}]}
        values = {"kind": "application.decline", "group": "progress", "subject": "application/7"}
        values |= {"reference": "LC-2026-000007", "link": "/certification/applications/7", "facts": facts}
        with travel(EVENING):
            inbox.tell([(to or reader).id], Message(**values | more))
            tables.session.commit()

    return told


def work(at: datetime = MORNING) -> None:
    """The worker's round: collect what is due, do every job."""
    with travel(at):
        post.collect()
        tables.session.commit()
        jobs.run_due()


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content()


def html_of(message) -> str:
    return message.get_body(("html",)).get_content()


# ask 25
def test_a_day_of_news_is_one_mail_in_the_morning(post_office, tell):
    for _ in range(3):
        tell()
    work(EVENING)
    assert post_office.mails == []
    work()
    [message] = post_office.mails
    assert message["Subject"] == "3 条通知：LC-2026-000007"
    assert text_of(message).count("缺少许可证") == 3
    work(MORNING + timedelta(hours=5))
    assert len(post_office.mails) == 1


def test_a_very_long_digest_tells_the_newest_and_how_many_more_there_are(post_office, tell, monkeypatch):
    monkeypatch.setattr(post, "LONGEST", 2)
    for _ in range(5):
        tell()
    work()
    [message] = post_office.mails
    assert message["Subject"].startswith("5 条通知")
    for body in (text_of(message), html_of(message)):
        assert body.count("缺少许可证") == 2
        assert "还有 3 条" in body


# ask 25
def test_nothing_is_sent_when_there_is_nothing_to_tell(post_office, reader, db):
    work()
    assert post_office.mails == []
    assert db.session.query(Delivery).count() == 0


# ask 25
def test_whoever_wants_no_mail_of_a_group_gets_none(post_office, tell, reader):
    prefer(reader.memberships[0].actor(), {"progress": "none"})
    tell()
    work()
    assert post_office.mails == []


# ask 25
def test_each_person_gets_one_mail_however_much_there_is(post_office, tell, reader):
    colleague = factories.user(factories.organisation(), "applicant", email="other@example.org")
    for person in (reader, colleague, reader, colleague):
        tell(person)
    work()
    assert sorted(post_office.recipients) == ["other@example.org", "reader@example.org"]


def test_who_wants_to_know_at_once_is_mailed_without_waiting_for_the_morning(post_office, tell, reader):
    prefer(reader.memberships[0].actor(), {"progress": "at_once"})
    tell()
    tell()
    work(EVENING)
    assert len(post_office.mails) == 1


# ask 14, ask 22, ask 25
def test_what_is_urgent_leaves_at_once_with_its_reasons_and_the_case_number(post_office, tell):
    tell(urgent=True)
    assert post_office.mails == []  # nothing leaves inside the transaction
    with travel(EVENING + timedelta(minutes=1)):
        jobs.run_due()  # it waits for no round that collects
    [message] = post_office.mails
    assert message["Subject"] == "LC-2026-000007 抛釉砖：不予受理"
    assert message["From"] == "低碳平台 <noreply@example.org>"
    for body in (text_of(message), html_of(message)):
        assert "缺少许可证" in body
        assert "/certification/applications/7" in body


def test_a_transaction_that_fails_sends_nothing(post_office, tell, reader, db):
    inbox.tell([reader.id], Message("application.decline", "progress", "a/7", "LC", "/", urgent=True))
    db.session.rollback()
    work()
    assert post_office.mails == []


def test_the_reader_is_written_to_in_the_own_language(post_office, tell, reader):
    reader.language = "en"
    tell(urgent=True)
    work()
    [message] = post_office.mails
    assert "not accepted" in message["Subject"]
    assert "Reason" in text_of(message)
    assert 'lang="en"' in html_of(message)


def test_what_people_wrote_cannot_begin_another_header(post_office, tell):
    facts = {"number": "LC-1", "product": "砖\r\nBcc: victim@example.org\u2028x"}
    tell(urgent=True, facts=facts)
    work()
    [message] = post_office.mails
    assert message["Bcc"] is None
    assert message["Subject"] == "LC-1 砖 Bcc: victim@example.org x：不予受理"
    assert post_office.recipients == ["reader@example.org"]


def test_what_people_wrote_is_no_markup_in_a_mail(post_office, tell):
    lines = [{"at": "x", "text": "<script>go()</script>"}]
    tell(urgent=True, facts={"number": "LC-1", "product": "<b>", "lines": lines})
    work()
    assert "<script>" not in html_of(post_office.mails[0])
    assert "<script>" in text_of(post_office.mails[0])


# ask 24
def test_a_mail_the_server_refuses_is_tried_again_and_the_log_says_so(post_office, tell, db):
    post_office.refusals["RCPT"] = "451 come again"
    tell(urgent=True)
    work()
    delivery = db.session.query(Delivery).one()
    assert (delivery.state, delivery.attempts) == ("trying", 1)
    assert "451" in delivery.error
    assert db.session.query(Notice).one().mailed_at is None
    post_office.refusals.clear()
    work(MORNING + timedelta(minutes=5))
    db.session.expire_all()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 2, "")
    assert delivery.subject == "LC-2026-000007 抛釉砖：不予受理"
    assert db.session.query(Notice).one().mailed_at is not None
    assert len(post_office.mails) == 1


def test_a_mail_nobody_takes_is_given_up_and_the_log_says_failed(post_office, tell, db):
    post_office.refusals["RCPT"] = "550 no such person"
    tell(urgent=True)
    for hours in range(jobs.ATTEMPTS):
        work(MORNING + timedelta(hours=hours))
    delivery = db.session.query(Delivery).one()
    assert (delivery.state, delivery.attempts) == ("failed", jobs.ATTEMPTS)


def test_a_server_that_is_not_there_is_a_mail_to_be_tried_again(post_office, tell, db):
    post_office.close()
    tell(urgent=True)
    work()
    assert db.session.query(Delivery).one().state == "trying"


def test_a_job_that_runs_twice_sends_one_mail(post_office, tell, db):
    tell(urgent=True)
    work()
    post.send(db.session.query(Delivery).one().id)
    assert len(post_office.mails) == 1


# ask 24
def test_without_a_server_nothing_is_sent_and_the_log_says_why(tell, db):
    tell(urgent=True)
    work()
    delivery = db.session.query(Delivery).one()
    assert (delivery.state, delivery.address) == ("not_configured", "reader@example.org")
    assert delivery.subject == "LC-2026-000007 抛釉砖：不予受理"


# ask 24
def test_what_was_answered_or_read_before_the_morning_is_not_mailed(post_office, tell, reader, db):
    tell(asks=True)
    tell(subject="application/8")
    inbox.settle("application/7", by=None, everybody=True)
    mark_read(reader.memberships[0].actor(), db.session.query(Notice).order_by(Notice.id.desc()).first().id)
    db.session.commit()
    work()
    assert post_office.mails == []


# ask 24
def test_what_was_answered_after_the_mail_was_queued_is_left_out(post_office, tell, db):
    tell(asks=True)
    with travel(MORNING):
        post.collect()
        inbox.settle("application/7", by=None, everybody=True)
        db.session.commit()
        jobs.run_due()
    assert post_office.mails == []
    assert db.session.query(Delivery).one().state == "not_needed"


def test_an_account_that_was_locked_is_not_written_to(post_office, tell, reader, db):
    tell()
    tell(urgent=True)
    reader.active = False
    db.session.commit()
    work()
    assert post_office.mails == []


def test_every_try_of_a_mail_bears_the_same_identity(app, db, post_office):
    first, second = (mail.compose("a@example.org", "x", "x", "<p>x", "delivery-7") for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"] == "<delivery-7@example.org>"


def test_a_day_and_a_word_wait_for_the_reader(app):
    from accounts.notices import spoken

    with app.test_request_context():
        assert spoken(a_day(None)) == "—"
        assert spoken(a_word("no.such.word")) == "no.such.word"


# The log


# ask 24
def test_everybody_sees_the_own_mails_and_an_administrator_all(tell, reader, client, sign_in, app, db):
    tell(urgent=True)
    work()
    mine = sign_in(client, reader).get("/account/mails").text
    assert "reader@example.org" in mine
    assert "邮件服务未配置" in mine
    other = factories.user(factories.organisation(), "applicant")
    chief = factories.user(factories.organisation("regulator"), "administrator")
    db.session.commit()
    assert "reader@example.org" not in sign_in(app.test_client(), other).get("/account/mails").text
    assert "reader@example.org" in sign_in(app.test_client(), chief).get("/account/mails").text


# The settings


@pytest.mark.parametrize(
    ("url", "sender", "hour"),
    [
        ("http://mail.example.org", "a@example.org", 8),
        ("smtp://", "a@example.org", 8),
        ("smtp://mail.example.org?tls=maybe", "a@example.org", 8),
        ("smtp://mail.example.org", "", 8),
        ("smtp://mail.example.org", "nobody", 8),
        ("", "", 24),
    ],
)
def test_settings_of_mail_that_cannot_be_right_stop_the_start(settings_for, tmp_path, url, sender, hour):
    settings = settings_for(tmp_path, "", MAIL_URL=url, MAIL_FROM=sender, MAIL_DIGEST_HOUR=hour)
    with pytest.raises(SystemExit):
        settings.check()


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtps://u%40x:p%3A1@mail.example.org", ("mail.example.org", 465, "u@x", "p:1", "at_once")),
        ("smtp://mail.example.org:2525", ("mail.example.org", 2525, "", "", "starttls")),
        ("smtp://localhost?tls=none", ("localhost", 587, "", "", "none")),
    ],
)
def test_an_address_of_a_server_says_how_to_speak_with_it(url, server):
    found = mail.read_url(url)
    assert (found.host, found.port, found.user, found.password, found.tls) == server
