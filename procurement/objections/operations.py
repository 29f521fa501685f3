"""The verbs of objections: brought by anybody, decided by those who did not draw the edition up."""

from datetime import date

from flask import current_app
from werkzeug.datastructures import FileStorage

from accounts.actor import NOBODY
from accounts.notices import Message
from accounts.operations import inbox
from accounts.queries import holders
from core import audit, files
from core.calendar import book
from core.clock import now, today
from core.db import db
from core.errors import Invalid, Unmet
from core.machine import Actor, Facts
from core.series import take_next
from procurement import queries as lists
from procurement.models import Edition, EditionLine
from procurement.objections.models import ListObjection, Objector
from procurement.objections.workflow import CORRECTION, OBJECTION


def kind_today(edition: Edition) -> str:
    """What may be brought today: an objection while the edition is shown, a request to correct within so many
    working days after it was published.  Unmet by name at any other time."""
    day = today()
    if edition.is_in_notice:
        if edition.notice_to is not None and day <= edition.notice_to:
            return OBJECTION
        raise Unmet("objection-notice-over", day=edition.notice_to)
    last = correction_until(edition)
    if last is None or day > last:
        raise Unmet("correction-over", day=last, days=current_app.config["CORRECTION_WORKING_DAYS"])
    return CORRECTION


def correction_until(edition: Edition) -> date | None:
    """The last day on which a correction may be asked for, by the calendar in force."""
    if edition.published_on is None:
        return None
    days = current_app.config["CORRECTION_WORKING_DAYS"]
    return book.current().term(edition.published_on, days, "working")


def bring(
    edition: Edition,
    *,
    text: str,
    number: str = "",
    model: str = "",
    name: str = "",
    contact: str = "",
    upload: FileStorage | None = None,
) -> ListObjection:
    """Whoever brings it is written down as the public, signed in or not.  Unmet when it is not the time,
    Invalid by member."""
    kind = kind_today(edition)
    line = _checked(edition, text, number.strip(), model.strip(), name, contact)
    stored = files.store(upload.stream, upload.filename or "") if upload else None
    year = today().year
    made = ListObjection(
        number=f"{PREFIXES[kind]}-{year}-{take_next('list-objection', year):05d}",
        kind=kind,
        edition=edition,
        number_named=number.strip(),
        model_named=model.strip(),
        product=line.product if line else "",
        maker=line.maker if line else "",
        text=text.strip(),
        file=stored.digest if stored else None,
        file_name=stored.name if stored else "",
        objector=Objector(name=name.strip(), contact=contact.strip()) if name.strip() else None,
        received_on=today(),
        due_on=book.current().term(today(), current_app.config["OBJECTION_WORKING_DAYS"], "working"),
    )
    db.session.add(made)
    db.session.flush()
    audit.record(NOBODY, "list_objection.bring", f"list_objection/{made.id}", number=made.number)
    _tell_deciders(made)
    return made


PREFIXES = {OBJECTION: "YY", CORRECTION: "GZ"}


def _checked(
    edition: Edition, text: str, number: str, model: str, name: str, contact: str
) -> EditionLine | None:
    """The line it is about, None where it is about the whole edition."""
    wrong = {} if text.strip() else {"text": "objection-text-missing"}
    if bool(name.strip()) != bool(contact.strip()):
        wrong["contact"] = "objector-half-named"
    line = lists.line_of(edition, number, model) if number else None
    if number and line is None:
        wrong["number"] = "objection-line-unknown"
    if model and not number:
        wrong["number"] = "objection-number-missing"
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    return line


def _tell_deciders(objection: ListObjection) -> None:
    edition = objection.edition
    people = holders(edition.owner_id, ("list_editor", "regulator")) - edition.drawers
    told = Message(
        kind=f"list_objection.{objection.kind}",
        group="task",
        subject=f"list_objection/{objection.id}",
        reference=objection.number,
        link=f"/procurement/objections/{objection.id}",
        facts={"number": objection.number, "edition": edition.number},
        asks=True,
    )
    inbox.tell(people, told)


def uphold(
    objection: ListObjection,
    actor: Actor,
    *,
    reason: str,
    remedy: str = "",
    corrected: str = "",
    **_facts: object,
) -> None:
    objection.remedy, objection.corrected = remedy, corrected.strip()
    _decide(objection, actor, reason)


def dismiss(objection: ListObjection, actor: Actor, *, reason: str, **_facts: object) -> None:
    _decide(objection, actor, reason)


def _decide(objection: ListObjection, actor: Actor, reason: str) -> None:
    objection.reason, objection.decided_by, objection.decided_at = reason.strip(), actor.label, now()


def tell_decided(objection: ListObjection, _step: str, actor: Actor, _facts: Facts) -> None:
    """Those who drew the edition up hear of the decision; nobody else is asked for one any more."""
    inbox.settle(f"list_objection/{objection.id}", by=actor.id, everybody=True)
    told = Message(
        kind=f"list_objection.{objection.state}",
        group="progress",
        subject=f"list_objection/{objection.id}",
        reference=objection.number,
        link=f"/procurement/editions/{objection.edition_id}",
        facts={"number": objection.number, "edition": objection.edition.number},
    )
    inbox.tell({each for each in objection.edition.drawers if each != actor.id}, told)


def note_reading(actor: Actor, objection_id: int) -> None:
    """That somebody looked at who brought it, or at what was handed in, is part of the record."""
    audit.record(actor, "list_objection.read", f"list_objection/{objection_id}")
