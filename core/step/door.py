"""What every page with steps does alike: try the step, commit once, or show the page again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask import Response, flash, request, send_file

from core import asked, lifecycle
from core.db import db, reading, start_writing
from core.errors import Invalid, OutOfOrder, Unmet
from core.files import media_type, path_of
from core.i18n import _
from core.machine import Actor, Offer, Subject, Versioned
from core.readers import names
from core.step.forms import BlamedForm, SavedForm, StepForm
from core.words import sentence, word

Form = TypeVar("Form", bound=SavedForm)
Made = TypeVar("Made")


@dataclass(frozen=True)
class Redisplay:
    """The page is shown once more: the sentences that stand above the form, and the status."""

    problems: list[str]
    status: int


def try_step(subject: Subject, step: str, actor: Actor, form: StepForm) -> Redisplay | None:
    """Take the step and commit; None when it is done.

    What is mended by typing is answered with the page and what was typed; a step
    that is not the actor's, or not now, is raised.
    """
    if _is_stale(subject, step, actor, form):
        return Redisplay([sentence("page-is-stale")], 409)
    if not form.validate():
        return Redisplay([], 422)
    try:
        lifecycle.take(subject, step, actor, **form.facts())
        db.session.commit()
    except (Unmet, Invalid) as refused:
        db.session.rollback()
        return Redisplay(form.blame(refused), 422)
    flash(_("已办：%(step)s", step=word(f"{lifecycle.machine_of(subject).kind}.step.{step}")), "ok")
    return None


def try_save(subject: Versioned, form: SavedForm, save: Callable[..., object]) -> Redisplay | None:
    """Save what was typed and commit; None when it is done.  `save` is told the form's facts."""
    if form.version.data != subject.version:
        _renew(subject, form)
        return Redisplay([sentence("page-is-stale")], 409)
    if not form.validate():
        return Redisplay([], 422)
    start_writing()
    try:
        save(**form.facts())
        db.session.commit()
    except (Unmet, Invalid) as refused:
        db.session.rollback()
        return Redisplay(form.blame(refused), 422)
    except OutOfOrder as refused:
        if refused.slug != "page-is-stale":
            raise
        db.session.rollback()  # somebody saved between our reading and our writing
        _renew(subject, form)
        return Redisplay([sentence(refused.slug)], 409)
    return None


def try_begin(form: BlamedForm, begin: Callable[[], Made]) -> Made | None:
    """Make what was typed and commit; None when it was refused, with the reasons on the form."""
    if not form.validate():
        return None
    try:
        made = begin()
    except (Invalid, Unmet) as refused:
        db.session.rollback()
        form.form_errors += form.blame(refused)
        return None
    db.session.commit()
    return made


def _is_stale(subject: Subject, step: str, actor: Actor, form: StepForm) -> bool:
    """The page was made for an earlier version; the form shown again is made for this one."""
    stale: bool = form.version.data != subject.version
    try:
        lifecycle.machine_of(subject).named(step).check_turn(subject, actor)
    except OutOfOrder as refused:
        if not stale or refused.slug == "no-such-step":
            raise
    if stale:
        _renew(subject, form)
    return stale


def _renew(subject: Versioned, form: SavedForm) -> None:
    """The form shown again is made for the version that stands now."""
    form.version.data, form.version.raw_data = subject.version, None


Tried = tuple[str, StepForm, Redisplay]  # a step, its form as it was sent, and what it was answered


@dataclass(frozen=True)
class Panel:
    """The steps of one thing: the form of the one that is open, the others as links.

    `step` is the one that is open; "" and no form where none is offered.

    `again` is what the last try was answered, where the page is shown once more.
    """

    offers: list[Offer]
    step: str
    form: StepForm | None
    again: Redisplay | None = None

    @property
    def status(self) -> int:
        return self.again.status if self.again else 200


def panel_of(
    subject: Subject,
    actor: Actor,
    make: Callable[[str], StepForm],
    tried: Tried | None = None,
) -> Panel:
    """What is open for this actor: the step that was tried, or asked for, or the first that is ready.

    `make` gives the empty form of a step that is offered.
    """
    offers = lifecycle.offers(subject, actor)
    if tried:
        step, form, again = tried
        return Panel(offers, step, form, again)
    wished = asked.text("step")
    ready = next((offer.name for offer in offers if offer.ready), "")
    step = wished if wished in {offer.name for offer in offers} else ready
    return Panel(offers, step, make(step) if step else None)


def form_of(forms: Mapping[str, type[StepForm]], step: str, **beginning: object) -> StepForm:
    """The form of a step as it was sent, or as it begins; OutOfOrder `no-such-step`."""
    if step not in forms:
        raise OutOfOrder("no-such-step", step=step)
    sent = {} if request.method == "POST" else {"formdata": None}
    return forms[step](data=beginning, **sent)


def at(form: Form, place: str) -> Form:
    """The form with ids of its own, so that several can stand on one page; the names stay."""
    for field in form:
        field.id = field.label.field_id = f"{place}-{field.id}"
    return form


def leave_a_trace(note: Callable[[], object]) -> None:
    """The one thing a GET may write, in a transaction of its own.

    What was read so far is let go first: a transaction that has read cannot
    begin to write when another has written since.
    """
    db.session.rollback()
    token = reading.set(False)
    try:
        note()
        db.session.commit()
    finally:
        reading.reset(token)


def shown(picture: bytes) -> Response:
    """A picture drawn from a file of a case, to be looked at in a page; nobody on the way keeps it."""
    response = Response(picture, mimetype="image/png")
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def send(digest: str, name: str) -> Response:
    """A file of a case, to be kept, not shown: its content is somebody else's."""
    return send_file(
        path_of(digest), mimetype=media_type(name), download_name=names.file(name), as_attachment=True
    )
