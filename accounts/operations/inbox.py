"""Telling people, and what they do with what they were told.  Nothing is sent here: a job does."""

from collections.abc import Iterable

from sqlalchemy import bindparam, case, func, select, update

from accounts.actor import Actor
from accounts.models import Notice, NoticePreference, User
from accounts.models.inbox import HOW
from accounts.notices import GROUPS, Message
from accounts.operations.post import post
from core.clock import now
from core.db import db
from core.errors import Invalid, NotFound

# Written once: every step of every case settles something.
_MOMENT = bindparam("moment", type_=Notice.settled_at.type)
_DOER = Notice.user_id == bindparam("doer")
_READ = case((_DOER, func.coalesce(Notice.read_at, _MOMENT)), else_=Notice.read_at)
_SETTLE_ALL = (
    update(Notice)
    .where(Notice.subject == bindparam("about"), Notice.asks, Notice.settled_at.is_(None))
    .values(settled_at=_MOMENT, read_at=_READ)
)
_SETTLE_OWN = _SETTLE_ALL.where(_DOER)


def tell(user_ids: Iterable[int], message: Message) -> list[Notice]:
    """Put a message into the inbox of each of these people, and an urgent one into the post.

    Whoever was told the same before, by `message.once`, is not told again.
    """
    people = set(user_ids) - _told_before(message)
    chosen = _chosen(people, message.group)
    notices = [_notice(user_id, message, chosen.get(user_id, "digest")) for user_id in sorted(people)]
    db.session.add_all(notices)
    if message.urgent:
        for notice in notices:
            post(db.session.get_one(User, notice.user_id), [notice], "at_once")
    return notices


def _told_before(message: Message) -> set[int]:
    if message.once is None:
        return set()
    return set(db.session.scalars(select(Notice.user_id).where(Notice.once == message.once)))


def _chosen(people: set[int], group: str) -> dict[int, str]:
    if not people:
        return {}
    wanted = NoticePreference.user_id.in_(people) & (NoticePreference.group == group)
    query = select(NoticePreference.user_id, NoticePreference.how).where(wanted)
    return dict(db.session.execute(query).all())


def _notice(user_id: int, message: Message, how: str) -> Notice:
    """Nobody can ask not to be mailed what is urgent."""
    return Notice(user_id=user_id, how="at_once" if message.urgent else how, **vars(message))


def settle(subject: str, by: int | None, everybody: bool) -> None:
    """What was asked about `subject` was done `by` this person, who need not read it any more.

    `everybody`: it needs no doing by anybody else either.
    """
    facts = {"about": subject, "doer": by, "moment": now()}
    settled = _SETTLE_ALL if everybody else _SETTLE_OWN
    db.session.execute(settled, facts, execution_options={"synchronize_session": False})


def mark_read(actor: Actor, notice_id: int) -> Notice:
    notice = db.session.get(Notice, notice_id)
    if notice is None or notice.user_id != actor.id:
        raise NotFound("notice-unknown")
    notice.read_at = notice.read_at or now()
    return notice


def mark_all_read(actor: Actor) -> None:
    unread = (Notice.user_id == actor.id) & Notice.read_at.is_(None)
    db.session.execute(update(Notice).where(unread).values(read_at=now()))


def prefer(actor: Actor, wishes: dict[str, str]) -> None:
    """How the actor is mailed about each group; holds for what still waits as well."""
    for group, how in wishes.items():
        if group not in GROUPS or how not in HOW:
            raise Invalid("notice-preference-unknown", fields={group: "notice-preference-unknown"})
        _prefer(actor, group, how)


def _prefer(actor: Actor, group: str, how: str) -> None:
    mine = (NoticePreference.user_id == actor.id) & (NoticePreference.group == group)
    row = db.session.scalar(select(NoticePreference).where(mine))
    if row is None:
        row = NoticePreference(user_id=actor.id, group=group)
        db.session.add(row)
    row.how = how
    waiting = (Notice.user_id == actor.id) & (Notice.group == group) & Notice.delivery_id.is_(None)
    db.session.execute(update(Notice).where(waiting, Notice.urgent.is_(False)).values(how=how))
