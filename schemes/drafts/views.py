"""Drafts of rules: where they are written and decided, and where the public says what it thinks."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from limits import parse

from accounts.actor import NOBODY, Actor
from accounts.guessing import client
from accounts.session import current_actor, limiter, public
from core import asked, lifecycle
from core.clock import today
from core.db import db, start_writing
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from core.i18n import _
from core.step.door import Redisplay, at, try_save, try_step
from core.step.forms import StepForm
from core.words import sentence
from schemes.drafts import (
    blanks,
    editor,
    files,
    forms,
    names,
    operations,
    placing,
    queries,
    suggestions,
    telling,
)
from schemes.drafts import retirements as retiring
from schemes.drafts.bearing import BEARINGS
from schemes.drafts.sections import BY_SLUG, SECTIONS, Section, faults_in

if TYPE_CHECKING:
    from core.machine import Offer
    from schemes.drafts.models import DraftComment, RuleDraft

bp = Blueprint("rules", __name__, url_prefix="/rules")

AS_MANY = parse("10 per hour")  # comments from one address; the address itself is kept nowhere


@bp.app_template_global("member_name")
def member_name(member: str) -> object:
    return names.named(member)


@bp.app_template_global("member_choice")
def member_choice(member: str, word: str) -> object:
    return names.chosen(member, word)


@bp.app_template_global("member_hint")
def member_hint(member: str) -> object:
    return names.HINTS.get(member, "")


# Those who write and approve


@bp.get("/drafts/")
def index() -> ResponseReturnValue:
    return _index(forms.BeginForm(formdata=None))


def _index(form: forms.BeginForm, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    if not queries.may_see(actor):
        raise NotPermitted("role-not-held", step="drafts")
    page = queries.drafts(actor, asked.page())
    return render_template("schemes/drafts/index.html", page=page, form=form), status


@bp.post("/drafts/")
def begin() -> ResponseReturnValue:
    form = forms.BeginForm()
    if not form.validate():
        return _index(form, 422)
    try:
        draft = operations.begin(current_actor(), form.from_version.data, form.next_version.data)
        db.session.commit()
    except (Unmet, Invalid) as refused:
        db.session.rollback()
        form.form_errors += form.blame(refused)
        return _index(form, 422)
    return redirect(url_for("rules.section", draft_id=draft.id, slug=SECTIONS[0].slug), 303)


@bp.get("/drafts/<id:draft_id>")
def show(draft_id: int) -> ResponseReturnValue:
    return _show(draft_id)


def _show(
    draft_id: int,
    tried: Mapping[str, StepForm] | None = None,
    status: int = 200,
    handed: forms.DocumentForm | None = None,
    problems: Sequence[str] = (),
) -> ResponseReturnValue:
    actor, tried = current_actor(), tried or {}
    draft = queries.draft_of(actor, draft_id)
    offers, comments = lifecycle.offers(draft, actor), queries.comments(draft, actor, asked.page("comments"))
    page = render_template(
        "schemes/drafts/show.html",
        draft=draft,
        sections=SECTIONS,
        counts=_counts(draft.faults),
        offers=offers,
        steps={
            each.name: tried.get(each.name) or at(forms.step_form(draft, each.name), each.name)
            for each in offers
        },
        comments=comments,
        handling={each.id: _handling(each, actor, tried) for each in comments.items},
        tried=tried,
        history=queries.history(draft),
        handed=handed or forms.DocumentForm(formdata=None, data={"version": draft.version}),
        problems=problems,
        may_write=draft.is_editable and "rule_author" in actor.roles,
    )
    return page, status


@bp.post("/drafts/<id:draft_id>/document")
def hand_in_document(draft_id: int) -> ResponseReturnValue:
    """Let the draft say what a file says."""
    actor, form = current_actor(), forms.DocumentForm()
    draft = queries.draft_of(actor, draft_id)
    if again := try_save(draft, form, lambda **facts: files.take_file(draft, actor, **facts)):
        return _show(draft_id, status=again.status, handed=form, problems=again.problems)
    flash(_("草案改成了文件里的内容"), "ok")
    return redirect(url_for("rules.show", draft_id=draft_id), 303)


def _counts(faults: Mapping[str, Any]) -> dict[str, int]:  # as `queries.faults` has them
    return {each.slug: len(each.faults(faults)) for each in SECTIONS}


def _handling(
    comment: "DraftComment", actor: Actor, tried: Mapping[str, StepForm]
) -> "list[tuple[Offer, StepForm]]":
    """The steps that may be taken on a comment, each with its form."""
    return [
        (
            offer,
            tried.get(f"comment-{comment.id}-{offer.name}")
            or at(forms.comment_form(comment, offer.name), f"c{comment.id}-{offer.name}"),
        )
        for offer in lifecycle.offers(comment, actor)
        if offer.ready
    ]


@bp.post("/drafts/<id:draft_id>/steps/<step>")
def take(draft_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    draft = queries.draft_of(actor, draft_id)
    if step not in forms.STEPS:
        raise NotFound("http-404")
    form = at(forms.STEPS[step](), step)
    if again := try_step(draft, step, actor, form):
        form.form_errors += again.problems
        return _show(draft_id, {step: form}, again.status)
    return redirect(url_for("rules.show", draft_id=draft_id), 303)


# Writing


@bp.get(f"/drafts/<id:draft_id>/<any({', '.join(BY_SLUG)}):slug>")
def section(draft_id: int, slug: str) -> ResponseReturnValue:
    draft = queries.draft_of(current_actor(), draft_id)
    return _section(draft, BY_SLUG[slug], draft.document)


@bp.post(f"/drafts/<id:draft_id>/<any({', '.join(BY_SLUG)}):slug>")
def write(draft_id: int, slug: str) -> ResponseReturnValue:
    """Keep the section as it was typed, faults and all, and do what the button says to its rows."""
    actor = current_actor()
    draft, page, form = queries.draft_of(actor, draft_id), BY_SLUG[slug], forms.WriteForm()
    document = page.written(draft.document, request.form.lists())
    act, _space, pointer = (form.do.data or "").partition(" ")
    if pointer and page.holds(pointer):
        document = editor.changed(document, act, pointer)
    again = try_save(draft, form, lambda **_facts: operations.write(draft, actor, document))
    if again:
        return _section(draft, page, document, form, again)
    flash(_("已保存"), "ok")
    then = form.do.data if form.do.data in BY_SLUG else page.slug
    anchor = editor.place(act, pointer, document) if pointer else None
    return redirect(url_for("rules.section", draft_id=draft_id, slug=then, _anchor=anchor), 303)


@bp.post("/drafts/<id:draft_id>/blanks")
def hand_in_blank(draft_id: int) -> ResponseReturnValue:
    """A form for a kind of file."""
    actor, form, page = current_actor(), forms.BlankForm(), BY_SLUG["papers"]
    draft = queries.draft_of(actor, draft_id)
    again = try_save(draft, form, lambda **facts: blanks.hand_in(draft, actor, **facts))
    if again:
        return _section(draft, page, draft.document, again=again, blank=form)
    flash(_("已上传"), "ok")
    return redirect(url_for("rules.section", draft_id=draft_id, slug=page.slug, _anchor="blanks"), 303)


def _section(
    draft: "RuleDraft",
    page: Section,
    document: Mapping[str, Any],  # JSON
    form: forms.WriteForm | None = None,
    again: Redisplay | None = None,
    blank: forms.BlankForm | None = None,
) -> ResponseReturnValue:
    """`document` is what stands, or what was typed and could not be kept."""
    form = form or forms.WriteForm(formdata=None, data={"version": draft.version})
    faults, nodes = faults_in(document), page.nodes(document)
    said = {at: telling.fault(fault, document) for at, fault in page.faults(faults).items()}
    shown_at = placing.placed(said, nodes)
    shown = render_template(
        "schemes/drafts/section.html",
        draft=draft,
        page=page,
        sections=SECTIONS,
        nodes=nodes,
        known=suggestions.lists(document),
        faults=shown_at,
        leads=placing.leads(shown_at, nodes),
        counts=_counts(faults),
        form=form,
        blank=blank,
        problems=again.problems if again else [],
        may_write=draft.is_editable and "rule_author" in current_actor().roles,
    )
    return shown, again.status if again else 200


# Rules that are to take no new case


@bp.get("/retirements/")
def retirements() -> ResponseReturnValue:
    return _retirements(forms.RetireForm(formdata=None))


@bp.post("/retirements/")
def retire() -> ResponseReturnValue:
    form = forms.RetireForm()
    if not form.validate():
        return _retirements(form, 422)
    start_writing()
    try:
        retiring.propose(current_actor(), form.code.data, form.day.data, form.reason.data or "")
        db.session.commit()
    except (Unmet, Invalid) as refused:
        db.session.rollback()
        form.form_errors += form.blame(refused)
        return _retirements(form, 422)
    return redirect(url_for("rules.retirements"), 303)


@bp.post("/retirements/<id:retirement_id>/steps/<step>")
def decide(retirement_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    found = retiring.of(actor, retirement_id)
    if step not in forms.RETIREMENT_STEPS:
        raise NotFound("http-404")
    form = at(forms.RETIREMENT_STEPS[step](), f"r{retirement_id}-{step}")
    if again := try_step(found, step, actor, form):
        form.form_errors += again.problems
        return _retirements(
            forms.RetireForm(formdata=None), again.status, {f"retirement-{retirement_id}-{step}": form}
        )
    return redirect(url_for("rules.retirements", _anchor=f"retirement-{retirement_id}"), 303)


def _retirements(
    form: forms.RetireForm, status: int = 200, tried: Mapping[str, StepForm] | None = None
) -> ResponseReturnValue:
    actor, tried = current_actor(), tried or {}
    if not queries.may_see(actor):
        raise NotPermitted("role-not-held", step="retire")
    page = retiring.every(actor, asked.page())
    steps = {
        each.id: [
            (
                offer,
                tried.get(f"retirement-{each.id}-{offer.name}")
                or at(forms.retirement_form(each, offer.name), f"r{each.id}-{offer.name}"),
            )
            for offer in lifecycle.offers(each, actor)
        ]
        for each in page.items
    }
    shown = render_template("schemes/drafts/retirements.html", page=page, form=form, steps=steps, tried=tried)
    return shown, status


# What the public reads and says


@bp.get("/drafts/<id:draft_id>/comment")
@public
def comment(draft_id: int) -> ResponseReturnValue:
    draft = queries.shown(draft_id)
    return _comment(draft, forms.CommentForm.about(_changes(draft), formdata=None))


@bp.post("/drafts/<id:draft_id>/comment")
@public
def bring(draft_id: int) -> ResponseReturnValue:
    draft = queries.shown(draft_id)
    form = forms.CommentForm.about(_changes(draft))
    if not form.validate():
        return _comment(draft, form, 422)
    if not limiter.limiter.hit(AS_MANY, "rule-comments", client()):
        form.form_errors.append(sentence("rule-comments-too-often"))
        return _comment(draft, form, 429)
    start_writing()
    try:
        operations.comment(draft, current_actor(), **form.facts())
        db.session.commit()
    except (Unmet, Invalid) as refused:
        db.session.rollback()
        form.form_errors += form.blame(refused)
        return _comment(draft, form, 422)
    flash(_("意见已收到，审核后公开，每条都会得到公开答复"), "ok")
    return redirect(url_for("rules.comment", draft_id=draft_id), 303)


def _changes(draft: "RuleDraft") -> list[telling.Change]:
    return telling.changes(queries.changes(draft), draft.document, queries.former(draft))


def _place(comment: "DraftComment") -> str:
    """What the part is called that a comment is about."""
    draft = comment.draft
    return telling.called(comment.place, draft.document, queries.former(draft))


bp.add_app_template_global(_place, "comment_place")


def _comment(draft: "RuleDraft", form: forms.CommentForm, status: int = 200) -> ResponseReturnValue:
    changes, asked_for = _changes(draft), asked.choice("bearing", BEARINGS)
    page = render_template(
        "schemes/drafts/comment.html",
        draft=draft,
        changes=[each for each in changes if asked_for in ("", each.bearing)],
        bearing=asked_for,
        bearings={each: sum(change.bearing == each for change in changes) for each in BEARINGS},
        count=len(changes),
        beside=queries.beside(draft),
        answered=queries.answered(draft),
        comments=queries.comments(draft, NOBODY, asked.page("comments")),
        takes_comments=draft.takes_comments_on(today()),
        form=form,
    )
    return page, status


@bp.post("/comments/<id:comment_id>/<step>")
def handle(comment_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.comment_of(actor, comment_id)
    if step not in forms.COMMENT_STEPS:
        raise NotFound("http-404")
    form = at(forms.COMMENT_STEPS[step](), f"c{comment_id}-{step}")
    if again := try_step(found, step, actor, form):
        form.form_errors += again.problems
        return _show(found.draft_id, {f"comment-{comment_id}-{step}": form}, again.status)
    return redirect(url_for("rules.show", draft_id=found.draft_id, _anchor=f"comment-{comment_id}"), 303)
