"""Writing to the other side of a case, and having read what it wrote."""

from collections.abc import Iterable
from typing import IO

from sqlalchemy import select

from accounts.actor import Actor
from certification import notices
from certification.application.models import Application
from certification.laboratory.models import Sample
from certification.messages import queries
from certification.messages.models import Message, MessageFile, MessagesRead
from certification.workflow.messages import INTERNAL, SIDE_OF
from core import audit, files
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder
from core.readers import ids

MOST_FILES = 10
Uploads = Iterable[tuple[IO[bytes], str]]


def send(case: Application, actor: Actor, to: str, text: str, uploads: Uploads = ()) -> Message:
    """Write into a thread of the case; `to` is its key.  The other side is told, of a note nobody is."""
    if case.submitted_at is None:
        raise OutOfOrder("case-not-handed-in")
    if not queries.may_write(actor, case):
        raise NotPermitted("role-not-held", step="message")
    sent = list(uploads)
    _refuse(case, actor, to, text, len(sent))
    kind, _dash, laboratory = to.partition("-")
    message = Message(
        application_id=case.id,
        thread=kind,
        laboratory_id=ids.number(laboratory),
        side=SIDE_OF[actor.kind or ""],
        text=text.strip(),
        written_by=actor.label,
        written_by_id=actor.id,
        files=[MessageFile(**stored._asdict()) for stored in _kept(sent)],
    )
    db.session.add(message)
    db.session.flush()
    read(case, actor, to)
    digests = [file.digest for file in message.files]
    audit.record(actor, "application.message", f"application/{case.id}", to=to, files=digests)
    _tell(case, actor, message)
    return message


def _refuse(case: Application, actor: Actor, to: str, text: str, sent: int) -> None:
    wrong = {} if to in queries.keys(actor, case) else {"to": "thread-not-found"}
    wrong |= {} if text.strip() else {"text": "message-empty"}
    wrong |= {"files": "list-too-long"} if sent > MOST_FILES else {}
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong, most=MOST_FILES)


def _kept(uploads: list[tuple[IO[bytes], str]]) -> list[files.Stored]:
    try:
        return files.store_all(uploads) if uploads else []
    except Invalid as refused:
        raise Invalid(refused.slug, {"files": refused.slug}, **refused.detail) from refused


def _tell(case: Application, actor: Actor, message: Message) -> None:
    facts = {"text": message.text}
    if message.laboratory_id and message.side == "body":
        query = select(Sample).where(
            Sample.application_id == case.id, Sample.laboratory_id == message.laboratory_id
        )
        sample = db.session.scalars(query.order_by(Sample.id.desc())).first()
        assert sample is not None  # or there were no such thread
        notices.announce(sample, "message", actor, facts)
    elif message.thread != INTERNAL:
        notices.announce(case, f"message_of_{message.side}", actor, facts)


def read(case: Application, actor: Actor, key: str) -> None:
    """The actor has read a thread as it stands."""
    found = queries.newest(actor, case, key)
    if found is None:
        return
    row = db.session.scalar(
        select(MessagesRead).where(
            MessagesRead.application_id == case.id,
            MessagesRead.user_id == actor.id,
            MessagesRead.thread == key,
        )
    )
    if row is None:
        row = MessagesRead(application_id=case.id, user_id=actor.id, thread=key)
        db.session.add(row)
    row.last_id = found
