"""Impartiality on the page: declarations before a case is opened, ties, what a body knows of its people."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import actor_of_kind, current_actor
from certification.application.queries import applications as cases
from certification.application.queries.gate import must_declare
from certification.impartiality import forms
from certification.impartiality import operations as verbs
from certification.impartiality import queries as questions
from core import lifecycle
from core.db import db, start_writing
from core.errors import Invalid, NotFound, NotPermitted
from core.i18n import _
from core.step.door import Redisplay, at, send, try_step
from core.step.forms import SavedForm, StepForm

if TYPE_CHECKING:
    from certification.application.models import Application

impartiality = Blueprint("impartiality", __name__, url_prefix="/certification/impartiality")


def ask_first() -> ResponseReturnValue | None:
    """Before a page of a case is shown, whoever must declare for it is asked; see queries.gate."""
    case_id = (request.view_args or {}).get("case_id")
    actor = current_actor()
    if request.method != "GET" or case_id is None or actor.kind != "certification_body":
        return None
    if must_declare(actor, cases.in_sight(actor, case_id)):
        return redirect(url_for("impartiality.declaration", case_id=case_id))
    return None


@impartiality.get("/cases/<id:case_id>")
def declaration(case_id: int) -> ResponseReturnValue:
    return _declaration(cases.in_sight(_staff(), case_id), forms.DeclarationForm())


@impartiality.post("/cases/<id:case_id>")
def declare(case_id: int) -> ResponseReturnValue:
    actor = _staff()
    case, form = cases.in_sight(actor, case_id), forms.DeclarationForm()
    again = _try(form, lambda **facts: verbs.declare(case, actor, **facts))
    if again:
        return _declaration(case, form, again)
    if form.free.data == "tied":
        flash(_("已登记回避，本案不再向您开放。"), "ok")
        return redirect(url_for("reviews.queue"))
    flash(_("已记录您对本案的公正性声明。"), "ok")
    return redirect(url_for("reviews.show", case_id=case_id))


@impartiality.get("/")
def index() -> ResponseReturnValue:
    _staff()
    return _index(_tie_form())


@impartiality.post("/")
def declare_tie() -> ResponseReturnValue:
    actor, form = _staff(), _tie_form()
    again = _try(form, lambda **facts: verbs.declare_tie(actor, **facts))
    return _index(form, again) if again else _kept(_("利益关系已登记，办案时自动回避。"), "index")


@impartiality.post("/<id:tie_id>/end")
def end_tie(tie_id: int) -> ResponseReturnValue:
    entry, form = questions.tie(current_actor(), tie_id), forms.EndForm()
    again = _try(form, lambda **facts: verbs.end_tie(entry, current_actor(), **facts))
    return _index(_tie_form(sent=False), again, form) if again else _kept(_("已登记终止。"), "index")


@impartiality.get("/people")
def people() -> ResponseReturnValue:
    found = questions.overview(actor_of_kind("certification_body"))
    return render_template(
        "certification/impartiality/people.html", names=questions.class_names(current_actor()), **found
    )


@impartiality.get("/competences")
def competences() -> ResponseReturnValue:
    return _competences(_competence_form(sent=False))


@impartiality.post("/competences")
def propose_competence() -> ResponseReturnValue:
    actor, form = current_actor(), _competence_form()
    if not form.validate():
        return _competences(form, Redisplay([], 422))
    try:
        verbs.propose_competence(actor, **form.facts())
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        return _competences(form, Redisplay(form.blame(refused), 422))
    return _kept(_("已提出，请另一人批准。"), "competences")


@impartiality.get("/competences/<id:competence_id>")
def competence(competence_id: int) -> ResponseReturnValue:
    return _competence(competence_id)


@impartiality.post("/competences/<id:competence_id>/steps/<step>")
def take(competence_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    entry = questions.competence(actor, competence_id)
    if step not in forms.COMPETENCE_STEPS:
        raise NotFound("http-404")
    form = at(forms.COMPETENCE_STEPS[step](), step)
    if again := try_step(entry, step, actor, form):
        return _competence(competence_id, again, {step: form})
    return redirect(url_for("impartiality.competence", competence_id=competence_id), 303)


@impartiality.get("/competences/<id:competence_id>/evidence")
def evidence(competence_id: int) -> ResponseReturnValue:
    entry = questions.competence(current_actor(), competence_id)
    if entry.evidence is None:
        raise NotFound("file-not-found")
    return send(entry.evidence, entry.evidence_name)


def _staff() -> Actor:
    """Who asks, when it is somebody who works for a body or a laboratory."""
    actor = current_actor()
    if actor.kind not in ("certification_body", "testing_body") or not actor.roles:
        raise NotPermitted("role-not-held")
    return actor


def _try(form: SavedForm, save: Callable[..., object]) -> Redisplay | None:
    """Save what was typed and commit; None when it is done."""
    if not form.validate():
        return Redisplay([], 422)
    start_writing()
    try:
        save(**form.facts())
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        return Redisplay(form.blame(refused), 422)
    return None


def _kept(said: str, page: str) -> ResponseReturnValue:
    flash(said, "ok")
    return redirect(url_for(f"impartiality.{page}"))


def _tie_form(sent: bool = True) -> forms.TieForm:
    form = forms.TieForm(**({} if sent else {"formdata": None}))
    form.offer(questions.clients())
    return form


def _competence_form(sent: bool = True) -> forms.CompetenceForm:
    form = forms.CompetenceForm(**({} if sent else {"formdata": None}))
    actor = current_actor()
    form.offer(actor, questions.tended(actor), questions.class_names(actor))
    return form


def _declaration(
    case: "Application", form: forms.DeclarationForm, again: Redisplay | None = None
) -> ResponseReturnValue:
    page = render_template(
        "certification/impartiality/declare.html",
        case=case,
        form=form,
        again=again,
        declared=not must_declare(current_actor(), case),
    )
    return page, again.status if again else 200


def _index(
    form: forms.TieForm, again: Redisplay | None = None, end: forms.EndForm | None = None
) -> ResponseReturnValue:
    actor = current_actor()
    page = render_template(
        "certification/impartiality/index.html",
        ties=questions.ties(actor),
        form=form,
        end=end or forms.EndForm(formdata=None),
        again=again,
        keeps=verbs.keeps(actor),
        tests=actor.kind == "testing_body",
    )
    return page, again.status if again else 200


def _competences(form: forms.CompetenceForm, again: Redisplay | None = None) -> ResponseReturnValue:
    page = render_template(
        "certification/impartiality/competences.html",
        form=form,
        again=again,
        competences=questions.competences(current_actor()),
        names=questions.class_names(current_actor()),
        tests=current_actor().kind == "testing_body",
    )
    return page, again.status if again else 200


def _competence(
    competence_id: int, again: Redisplay | None = None, tried: dict[str, StepForm] | None = None
) -> ResponseReturnValue:
    actor, tried = current_actor(), tried or {}
    entry = questions.competence(actor, competence_id)
    offers = lifecycle.offers(entry, actor)
    page = render_template(
        "certification/impartiality/competence.html",
        entry=entry,
        names=questions.class_names(actor),
        offers=offers,
        steps={
            each.name: tried.get(each.name) or at(forms.competence_step(entry, each.name), each.name)
            for each in offers
        },
        history=questions.history(entry),
        again=again,
    )
    return page, again.status if again else 200
