"""Writing to the other side of a case, and having read what it wrote."""

from collections.abc import Iterable
from typing import IO

from sqlalchemy import select

from accounts.actor import Actor
from certification import notices
from certification.application.models import Application, CorrectionPoint
from certification.application.operations.applications import touch
from certification.laboratory.models import Sample
from certification.messages import queries
from certification.messages.models import Message, MessageFile, MessagesRead, Opening
from certification.workflow.correction import ROW, opens, places
from certification.workflow.impartiality import clear_to
from certification.workflow.messages import INTERNAL, SIDE_OF
from core import audit, files, lifecycle
from core.clock import now
from core.db import db
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
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


def ask_opening(case: Application, actor: Actor, place: str, reason: str, splits: bool = False) -> Opening:
    """Ask that a place that is shut be opened, until the application is accepted."""
    if "applicant" not in actor.roles or actor.organisation_id != case.applicant_id:
        raise NotPermitted("role-not-held", step="ask_opening")
    if not queries.may_be_opened(case):
        raise OutOfOrder("opening-not-now", state=case.state)
    _refuse_opening(case, place, reason, splits)
    opening = Opening(anchor=place, reason=reason.strip(), splits=splits, asked_by=actor.label)
    case.openings.append(opening)
    touch(case)
    audit.record(actor, "application.ask_opening", f"application/{case.id}", place=place)
    notices.announce(case, "opening_asked", actor, {"anchor": place, "text": opening.reason})
    return opening


def _refuse_opening(case: Application, place: str, reason: str, splits: bool) -> None:
    """Every fault at its box."""
    wrong = {}
    if not any(place in found for found in places(case).values()):
        wrong["place"] = "point-place-unknown"
    elif opens(case.open_places, place):
        wrong["place"] = "opening-already-open"
    elif any(each.is_asked and each.anchor == place for each in case.openings):
        wrong["place"] = "opening-asked-already"
    if not reason.strip():
        wrong["reason"] = "opening-reason-missing"
    if splits and not place.startswith(ROW):
        wrong["splits"] = "point-splits-no-row"
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)


def answer_opening(opening: Opening, actor: Actor, granted: bool, answer: str) -> None:
    """Grant what was asked, as a point of a correction, or refuse it with the reason; by who may ask for
    corrections."""
    case = opening.application
    if "application_reviewer" not in actor.roles or actor.organisation_id != case.body_id:
        raise NotPermitted("role-not-held", step="answer_opening")
    if not opening.is_asked or not queries.may_be_opened(case):
        raise OutOfOrder("opening-answered" if not opening.is_asked else "opening-not-now", state=case.state)
    if slug := clear_to("accept")(case, actor):
        raise Unmet(slug, unmet=[slug])
    if not granted and not answer.strip():
        raise Invalid("opening-answer-missing", {"answer": "opening-answer-missing"})
    if granted:
        _open(opening, actor)
    opening.outcome = "granted" if granted else "refused"
    opening.answer, opening.answered_by, opening.answered_at = answer.strip(), actor.label, now()
    touch(case)
    about, place = f"application/{case.id}", opening.anchor
    if granted:
        audit.record(actor, "application.grant_opening", about, place=place)
    else:
        audit.record(actor, "application.refuse_opening", about, place=place)
    told = {"anchor": opening.anchor, "text": opening.answer or opening.reason}
    notices.announce(case, f"opening_{opening.outcome}", actor, told)


def _open(opening: Opening, actor: Actor) -> None:
    """One point more of the correction that waits, or the one point of a new one."""
    case = opening.application
    point = {"anchor": opening.anchor, "text": opening.reason, "splits": opening.splits}
    if not case.is_correcting:
        lifecycle.take(case, "correct", actor, points=[point], reason=opening.reason if case.points else "")
        return
    newest = max(each.round for each in case.points)
    case.points.append(CorrectionPoint(round=newest, **point))
