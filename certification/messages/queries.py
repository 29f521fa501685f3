"""What is written about a case, as each side may read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from accounts.actor import Actor
from accounts.models import Organisation
from certification.application.models import Application
from certification.application.queries import applications
from certification.laboratory.models import Sample
from certification.messages.models import Message, MessageFile, MessagesRead, Opening
from certification.workflow.correction import opens, places
from certification.workflow.messages import SIDE_OF, WRITERS, key_of, threads_of
from core.db import db
from core.errors import NotFound
from core.readers import ids
from core.web import Page, paginate
from core.words import Word, word

SIZE = 50


@dataclass(frozen=True)
class Thread:
    """One thread of a case: with whom, how many messages it has, and how many of them are new to a reader."""

    key: str
    kind: str
    laboratory: Organisation | None
    count: int
    unread: int

    @property
    def name(self) -> str | Word:
        return self.laboratory.name if self.laboratory else word(f"thread.{self.kind}")


def case_of(actor: Actor, application_id: int) -> Application:
    """A case whose messages the actor may read; a laboratory, one it has a sample of."""
    if actor.kind == "regulator":  # who reads cases at /oversight/, where that is written down
        raise NotFound("application-not-found")
    if actor.kind != "testing_body":
        return applications.application(actor, application_id)
    found = db.session.get(Application, application_id)
    if found is None or actor.organisation_id not in laboratories_of(found):
        raise NotFound("application-not-found")
    return found


def laboratories_of(case: Application) -> list[int]:
    """Those that were sent samples of it, in the order of their first."""
    query = select(Sample.laboratory_id).where(Sample.application_id == case.id).order_by(Sample.id)
    return list(dict.fromkeys(db.session.scalars(query)))


def keys(actor: Actor, case: Application) -> tuple[str, ...]:
    """The threads that are the actor's to read."""
    return threads_of(SIDE_OF.get(actor.kind or "", ""), actor.organisation_id, laboratories_of(case))


def may_write(actor: Actor, case: Application) -> bool:
    side = SIDE_OF.get(actor.kind or "", "")
    return bool(side and actor.roles & WRITERS[side]) and case.submitted_at is not None


def threads(actor: Actor, case: Application) -> list[Thread]:
    query = select(Organisation).where(Organisation.id.in_(laboratories_of(case)))
    named = {key_of("laboratory", each.id): each for each in db.session.scalars(query)}
    counts, unread = _counts(case), _unread(actor, case)
    return [
        Thread(key, key.partition("-")[0], named.get(key), counts.get(key, 0), unread.get(key, 0))
        for key in keys(actor, case)
    ]


def unread(actor: Actor, case: Application) -> int:
    """How many messages of others the actor has not read."""
    mine = keys(actor, case)
    return sum(count for key, count in _unread(actor, case).items() if key in mine)


def messages(actor: Actor, case: Application, key: str, page: int = 1, size: int = SIZE) -> Page[Message]:
    """Those of one thread, the newest page first."""
    if key not in keys(actor, case):
        raise NotFound("thread-not-found")
    return paginate(_of(case, key).order_by(Message.id.desc()), page, size)


def newest(actor: Actor, case: Application, key: str) -> int | None:
    """The id of the last message of a thread."""
    if key not in keys(actor, case):
        raise NotFound("thread-not-found")
    return db.session.scalar(_of(case, key).with_only_columns(func.max(Message.id)))


def kept(case: Application) -> Sequence[Message]:
    """All that was written, for the dossier."""
    query = select(Message).where(Message.application_id == case.id).order_by(Message.id)
    return db.session.scalars(query).all()


def file(actor: Actor, file_id: int) -> MessageFile:
    found = db.session.get(MessageFile, file_id)
    if found is None:
        raise NotFound("file-not-found")
    if found.message.key not in keys(actor, case_of(actor, found.message.application_id)):
        raise NotFound("file-not-found")
    return found


def _of(case: Application, key: str) -> Select[Message]:
    kind, _dash, laboratory = key.partition("-")
    query = select(Message).where(Message.application_id == case.id, Message.thread == kind)
    return query.where(Message.laboratory_id == ids.number(laboratory)) if laboratory else query


def _counts(case: Application) -> dict[str, int]:
    thread = Message.thread, Message.laboratory_id
    query = select(*thread, func.count()).where(Message.application_id == case.id).group_by(*thread)
    return {key_of(kind, laboratory): count for kind, laboratory, count in db.session.execute(query)}


def _unread(actor: Actor, case: Application) -> dict[str, int]:
    read = select(MessagesRead.thread, MessagesRead.last_id).where(
        MessagesRead.application_id == case.id, MessagesRead.user_id == actor.id
    )
    last = dict(db.session.execute(read).all())
    query = select(Message.id, Message.thread, Message.laboratory_id).where(
        Message.application_id == case.id, Message.written_by_id != actor.id
    )
    found: dict[str, int] = {}
    for message_id, thread, laboratory in db.session.execute(query):
        key = key_of(thread, laboratory)
        if message_id > last.get(key, 0):
            found[key] = found.get(key, 0) + 1
    return found


def may_be_opened(case: Application) -> bool:
    """Whether the applicant may ask now that something be opened."""
    return case.awaits_acceptance or case.is_correcting


def may_ask(actor: Actor, case: Application) -> bool:
    return "applicant" in actor.roles and actor.organisation_id == case.applicant_id and may_be_opened(case)


def may_answer(actor: Actor, case: Application) -> bool:
    mine = "application_reviewer" in actor.roles and actor.organisation_id == case.body_id
    return mine and may_be_opened(case)


def shut_places(case: Application) -> dict[str, list[str]]:
    """What may be asked for, by section: every place that is not open."""
    anchors = case.open_places
    return {
        section: [place for place in found if not opens(anchors, place)]
        for section, found in places(case).items()
    }


def openings(actor: Actor, case: Application) -> list[Opening]:
    """What was asked to be opened, for applicant and body; a laboratory has nothing to do with it."""
    return [] if actor.kind == "testing_body" else list(case.openings)


def opening(actor: Actor, opening_id: int) -> Opening:
    found = db.session.get(Opening, opening_id)
    if found is None or actor.kind == "testing_body":
        raise NotFound("application-not-found")
    case_of(actor, found.application_id)
    return found
