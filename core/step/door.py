"""What every page with steps does alike: try the step, commit once, or show the page again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import Response, flash, send_file

from core import lifecycle
from core.db import db, start_writing
from core.errors import Invalid, OutOfOrder, Unmet
from core.files import media_type, path_of
from core.i18n import _
from core.machine import Actor, Subject
from core.readers import names
from core.step.forms import SavedForm, StepForm
from core.words import sentence, word

Form = TypeVar("Form", bound=SavedForm)


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


def try_save(subject: Subject, form: SavedForm, save: Callable[..., object]) -> Redisplay | None:
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


def _renew(subject: Subject, form: SavedForm) -> None:
    """The form shown again is made for the version that stands now."""
    form.version.data, form.version.raw_data = subject.version, None


def at(form: Form, place: str) -> Form:
    """The form with ids of its own, so that several can stand on one page; the names stay."""
    for field in form:
        field.id = field.label.field_id = f"{place}-{field.id}"
    return form


def send(digest: str, name: str) -> Response:
    """A file of a case, to be kept, not shown: its content is somebody else's."""
    return send_file(
        path_of(digest), mimetype=media_type(name), download_name=names.file(name), as_attachment=True
    )
