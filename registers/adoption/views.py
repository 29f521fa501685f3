"""Where a body says how it carries out the rules it has adopted."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from core import lifecycle
from core.clock import today
from core.db import db
from core.errors import NotFound, NotPermitted
from core.i18n import _
from core.step.door import Redisplay, at, send, try_begin, try_save, try_step
from core.step.forms import StepForm
from core.words import sentence
from registers.adoption import forms, numbering, operations, papers, queries, wording
from schemes import queries as rules

bp = Blueprint("adoptions", __name__, url_prefix="/certification/adoptions")
KINDS = ", ".join(papers.KINDS)


@bp.get("/")
def index() -> ResponseReturnValue:
    return _index(forms.BeginForm(formdata=None))


def _index(form: forms.BeginForm, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    if not queries.may_see(actor):
        raise NotPermitted("role-not-held", step="adoptions")
    form.offer(queries.may_be_adopted(actor, today()))
    page = render_template(
        "registers/adoption/index.html",
        adoptions=queries.adoptions(actor),
        names=rules.scheme_names(),
        form=form,
    )
    return page, status


@bp.post("/")
def begin() -> ResponseReturnValue:
    form, actor = forms.BeginForm(), current_actor()
    form.offer(queries.may_be_adopted(actor, today()))
    made = try_begin(form, lambda: operations.begin(actor, form.scheme_code.data))
    if made is None:
        return _index(form, 422)
    return redirect(url_for("adoptions.show", adoption_id=made.id), 303)


@bp.get("/<id:adoption_id>")
def show(adoption_id: int) -> ResponseReturnValue:
    return _show(adoption_id)


@bp.post("/<id:adoption_id>")
def write(adoption_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), forms.TermsForm()
    adoption = queries.adoption_of(actor, adoption_id)
    again = try_save(adoption, form, lambda **facts: operations.write(adoption, actor, **facts))
    if again:
        return _show(adoption_id, form, again)
    flash(_("已保存"), "ok")
    return redirect(url_for("adoptions.show", adoption_id=adoption_id), 303)


@bp.post("/<id:adoption_id>/steps/<step>")
def take(adoption_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    adoption = queries.adoption_of(actor, adoption_id)
    if step not in forms.STEPS:
        raise NotFound("http-404")
    form = at(forms.STEPS[step](), step)
    if again := try_step(adoption, step, actor, form):
        return _show(adoption_id, None, again, {step: form})
    return redirect(url_for("adoptions.show", adoption_id=adoption_id), 303)


def _show(
    adoption_id: int,
    form: forms.TermsForm | None = None,
    again: Redisplay | None = None,
    tried: dict[str, StepForm] | None = None,
) -> ResponseReturnValue:
    actor, tried = current_actor(), tried or {}
    adoption = queries.adoption_of(actor, adoption_id)
    offers = lifecycle.offers(adoption, actor)
    page = render_template(
        "registers/adoption/show.html",
        adoption=adoption,
        scheme=rules.current(adoption.scheme_code),
        form=form or forms.terms_form(adoption),
        may_write=adoption.is_editable and "rule_author" in actor.roles,
        kinds=papers.KINDS,
        offers=offers,
        steps={
            each.name: tried.get(each.name) or at(forms.step_form(adoption, each.name), each.name)
            for each in offers
        },
        history=queries.history(adoption),
        again=again,
        example=queries.example_number(adoption),
        house=numbering.HOUSE,
    )
    return page, again.status if again else 200


@bp.get(f"/<id:adoption_id>/papers/<any({KINDS}):kind>")
def paper(adoption_id: int, kind: str) -> ResponseReturnValue:
    adoption = queries.adoption_of(current_actor(), adoption_id)
    return _paper(adoption_id, kind, forms.paper_form(adoption, kind))


@bp.post(f"/<id:adoption_id>/papers/<any({KINDS}):kind>")
def word_paper(adoption_id: int, kind: str) -> ResponseReturnValue:
    actor, form = current_actor(), forms.PaperForm()
    adoption = queries.adoption_of(actor, adoption_id)
    again = try_save(adoption, form, lambda text: operations.word_paper(adoption, actor, kind, text or ""))
    if again:
        return _paper(adoption_id, kind, form, again)
    flash(_("已保存"), "ok")
    return redirect(url_for("adoptions.paper", adoption_id=adoption_id, kind=kind), 303)


def _paper(
    adoption_id: int, kind: str, form: forms.PaperForm, again: Redisplay | None = None
) -> ResponseReturnValue:
    actor = current_actor()
    adoption = queries.adoption_of(actor, adoption_id)
    fields, text = papers.fields(kind), form.text.data or ""
    faults = wording.faults(text, fields)
    page = render_template(
        "registers/adoption/paper.html",
        adoption=adoption,
        names=rules.scheme_names(),
        kind=kind,
        form=form,
        again=again,
        fields=list(wording.listed(fields)),
        samples=papers.SAMPLES,
        filters=sorted(wording.FILTERS),
        further=[sentence(each.slug, {"line": each.line, "name": each.name}) for each in faults[1:]],
        blocks=[] if faults else wording.written(text, fields, papers.sample(fields)),
        drawn=queries.preview(adoption, kind),
        may_write=adoption.is_editable and "rule_author" in actor.roles,
    )
    return page, again.status if again else 200


@bp.post(f"/<id:adoption_id>/papers/<any({KINDS}):kind>/preview")
def ask_preview(adoption_id: int, kind: str) -> ResponseReturnValue:
    actor = current_actor()
    operations.ask_preview(queries.adoption_of(actor, adoption_id), actor, kind)
    db.session.commit()
    flash(_("正在绘制预览，稍后刷新本页"), "ok")
    return redirect(url_for("adoptions.paper", adoption_id=adoption_id, kind=kind), 303)


@bp.get(f"/<id:adoption_id>/papers/<any({KINDS}):kind>/preview.pdf")
def preview(adoption_id: int, kind: str) -> ResponseReturnValue:
    drawn = queries.preview(queries.adoption_of(current_actor(), adoption_id), kind)
    if not drawn:
        raise NotFound("file-not-found")
    return send(drawn, f"{kind}.pdf")


@bp.get("/<id:adoption_id>/<any(logo, seal):which>")
def picture(adoption_id: int, which: str) -> ResponseReturnValue:
    adoption = queries.adoption_of(current_actor(), adoption_id)
    digest = getattr(adoption, which)
    if not digest:
        raise NotFound("file-not-found")
    return send(digest, getattr(adoption, f"{which}_name"))
