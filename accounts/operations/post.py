"""Mails: what waits is collected into one for each person, and sent by the worker."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import or_, select, update

from accounts.models import Delivery, Notice, User
from accounts.notices import say
from core import jobs, mail
from core.clock import SHANGHAI, now
from core.db import db
from core.i18n import _

LONGEST = 50  # notices told one by one in a mail; how many more lie in the inbox is said


def post(user: User, notices: list[Notice], kind: str) -> Delivery:
    """Queue one mail with all of these; it leaves after the commit."""
    delivery = Delivery(user_id=user.id, address=user.email, kind=kind, notices=notices)
    db.session.add(delivery)
    db.session.flush()
    delivery.job = jobs.enqueue("mail.send", delivery_id=delivery.id)
    return delivery


def collect() -> int:
    """Queue a mail for everybody for whom something waits; return how many.

    The digest holds what was told before the last time it was due, so it goes once a day, and not at
    all when there is nothing.  What was read, or needs no doing any more, is not mailed.
    """
    due = or_(Notice.how == "at_once", (Notice.how == "digest") & (Notice.created_at < digest_due()))
    query = (
        select(Notice)
        .join(Notice.user)
        .where(due, Notice.delivery_id.is_(None), Notice.read_at.is_(None), Notice.settled_at.is_(None))
        .where(User.active)
        .order_by(Notice.id)
        .with_for_update(skip_locked=True, of=Notice)
    )
    waiting: dict[tuple[User, str], list[Notice]] = defaultdict(list)
    for notice in db.session.scalars(query):
        waiting[notice.user, notice.how].append(notice)
    for (user, how), notices in waiting.items():
        post(user, notices, how)
    return len(waiting)


def digest_due() -> datetime:
    """The last moment at which the digest was due: every day at the hour of the settings, in Shanghai."""
    here = now().astimezone(SHANGHAI)
    hour = time(current_app.config["MAIL_DIGEST_HOUR"], tzinfo=SHANGHAI)
    due = datetime.combine(here.date(), hour)
    return due if due <= here else due - timedelta(days=1)


def send(delivery_id: int) -> None:
    """The job: send one mail, or say why not.  A refusal of the server is raised, and tried again."""
    delivery = db.session.get_one(Delivery, delivery_id)
    if delivery.outcome != "waiting":
        return
    notices = wanted(delivery)
    if not notices:
        end(delivery, "not_needed")
        return
    subject, text, html = written(delivery.user, notices)
    if not mail.configured():
        end(delivery, "not_configured", subject)
        return
    message = mail.compose(delivery.user.email, subject, text, html, identity=f"delivery-{delivery.id}")
    told = [notice.id for notice in notices]
    db.session.rollback()  # a server may answer late; nobody is to wait for the database meanwhile
    mail.send(message)
    end(delivery, "sent", subject)
    db.session.execute(update(Notice).where(Notice.id.in_(told)).values(mailed_at=now()))


def wanted(delivery: Delivery) -> list[Notice]:
    """What is still worth sending: a digest leaves out what was read or done since it was queued."""
    if not delivery.user.active:
        return []
    if delivery.kind == "at_once":
        return list(delivery.notices)
    return [notice for notice in delivery.notices if notice.read_at is None and notice.settled_at is None]


def end(delivery: Delivery, outcome: str, subject: str = "") -> None:
    delivery.outcome, delivery.subject, delivery.at = outcome, subject, now()


def written(user: User, notices: list[Notice]) -> tuple[str, str, str]:
    """Subject, text and HTML in the language of the reader; a single notice is its own subject."""
    with force_locale(user.language):
        said = [(notice, say(notice)) for notice in notices[-LONGEST:]]
        subject = mail.one_line(said[0][1].title if len(said) == 1 else subject_of(notices))
        base, more = current_app.config["PUBLIC_URL"], len(notices) - len(said)
        facts = {"said": said, "base": base, "subject": subject, "more": more}
        text = render_template("email/notices.txt", **facts)
        return subject, text, render_template("email/notices.html", **facts)


def subject_of(notices: list[Notice]) -> str:
    """How many, and of which cases: the first few numbers stand in the subject."""
    numbers = list(dict.fromkeys(notice.reference for notice in notices))
    named = str(_("、")).join(numbers[:3]) + (" …" if len(numbers) > 3 else "")
    return _("%(count)s 条通知：%(numbers)s", count=len(notices), numbers=named)
