"""What a new version of a rule asks of the certificates of earlier ones, for bodies and the regulator; and
how a draft would do, for those who write it."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from accounts.session import current_actor
from certification.application.forms.parameters import filled_boxes
from certification.certificate.document import printed
from certification.conversion import export, operations, pictures, queries, specimen
from certification.workflow.conversion import lead_days, plain
from core import asked, audit, tables
from core.clock import today
from core.db import db, start_writing
from core.errors import Invalid, NotPermitted
from core.i18n import _
from core.step.door import Redisplay, try_begin, try_save
from core.step.forms import BlamedForm, SavedForm
from core.web import page_of
from core.words import sentence
from schemes import stated
from schemes.document import read
from schemes.drafts import queries as drafts
from schemes.drafts.sections import SECTIONS, faults_in
from schemes.judging import OUTCOMES, beyond

if TYPE_CHECKING:
    from wtforms.form import BaseForm

    from certification.application.models import Application
    from certification.conversion.models import DryRun
    from schemes.document import Document
    from schemes.drafts.models import RuleDraft

SIZE = 50

changes = Blueprint("changes", __name__, url_prefix="/certification/rule-changes")

changes.add_app_template_global(beyond, "beyond_limit")
changes.add_app_template_global(plain, "plain_figure")


changes.add_app_template_global(queries.of_certificate, "change_of")
changes.add_app_template_global(queries.due, "transitions_due")
changes.add_app_template_global(queries.transition, "transition_of")
changes.add_app_template_global(queries.demands)
changes.add_app_template_global(queries.offered_to, "amendment_offered")


@changes.get("/")
def index() -> ResponseReturnValue:
    if not queries.may_see(current_actor()):
        raise NotPermitted("role-not-held")
    return render_template("certification/conversion/index.html", changes=queries.changes(asked.page()))


@changes.get("/<id:change_id>")
def show(change_id: int) -> ResponseReturnValue:
    actor = current_actor()
    change = queries.change_of(actor, change_id)
    if actor.kind == "regulator":  # a read of something confidential is part of the record
        audit.record(actor, "rule_change.read", f"rule_change/{change.id}")
        db.session.commit()
    lines = queries.lines(actor, change, asked.page())
    return render_template("certification/conversion/show.html", change=change, lines=lines)


# A case that runs


@changes.get("/cases/<id:case_id>")
def amendment(case_id: int) -> ResponseReturnValue:
    case = queries.case_to_amend(current_actor(), case_id)
    return _amendment(case, SavedForm(formdata=None, data={"version": case.version}))


@changes.post("/cases/<id:case_id>")
def amend(case_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), SavedForm()
    case = queries.case_to_amend(actor, case_id)
    again = try_save(case, form, lambda **_facts: operations.amend(case, actor))
    if again:
        return _amendment(case, form, again)
    flash(_("案卷改按规则版本 %(version)s 办理", version=case.scheme.version), "ok")
    return redirect(url_for("reviews.show", case_id=case_id), 303)


def _amendment(case: "Application", form: SavedForm, again: Redisplay | None = None) -> ResponseReturnValue:
    offered = queries.amendment(case)
    page = render_template(
        "certification/conversion/amendment.html", case=case, form=form, offered=offered, again=again
    )
    return page, again.status if again else 200


# How a draft would do


def _preview(draft: "RuleDraft") -> dict[str, object]:
    """What stands beside the boxes of a draft: a fictive product as an applicant would state it, the limits
    it is held to, and what the newest dry run came to; empty while the draft cannot be read."""
    rules, left_out = specimen.readable(draft.document)
    if rules is None:
        return {}
    made = specimen.made(rules, *(specimen.samples(rules, per) for per in ("product", "model")))
    run = queries.dry_run(draft)
    return {
        "limits": made.limits,
        "printed": printed(made.said),
        "left_out": left_out,
        "run": run,
        "sums": queries.sums(run) if run else {},
    }


changes.add_app_template_global(_preview, "preview_of_draft")

dry_runs = Blueprint("dry_runs", __name__, url_prefix="/rules/drafts")


@dry_runs.get("/<id:draft_id>/dry-run")
def show_run(draft_id: int) -> ResponseReturnValue:
    return _run(drafts.draft_of(current_actor(), draft_id), BlamedForm(formdata=None))


@dry_runs.post("/<id:draft_id>/dry-run")
def begin(draft_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), BlamedForm()
    draft = drafts.draft_of(actor, draft_id)
    start_writing()
    if try_begin(form, lambda: operations.begin_trying(draft, actor)) is None:
        return _run(draft, form, 422)
    return redirect(url_for("dry_runs.show_run", draft_id=draft_id), 303)


def _run(draft: "RuleDraft", form: BlamedForm, status: int = 200) -> ResponseReturnValue:
    found = queries.dry_run(draft)
    told = _told(found) if found else {}
    page = render_template("certification/conversion/dry_run.html", draft=draft, run=found, form=form, **told)
    return page, status


def _told(found: "DryRun") -> dict[str, object]:
    """What came of it: sums, pictures, and the lines that were asked for."""
    rules, draft = read(found.document), found.draft
    drawn = pictures.drawable(rules, found.lines)
    slug = asked.choice("criterion", [each.slug for each in drawn])
    shown = next((each for each in drawn if each.slug == slug), pictures.asked_first(rules, found.lines))
    kind, outcome = asked.choice("kind", queries.KINDS), asked.choice("outcome", OUTCOMES)
    lines = [
        line
        for line in queries.worst_first(found)
        if kind in ("", line["kind"]) and outcome in ("", line["outcome"])
    ]
    last, ending = draft.convert_by or draft.convert_from, pictures.ending(found.lines)
    return {
        "rules": rules,
        "sums": queries.sums(found),
        "drawn": drawn,
        "shown": shown,
        "spread": pictures.spread(rules, shown, found.lines) if shown else None,
        "ending": ending,
        "last": last,
        "mark": pictures.mark(ending, last) if last else None,
        "concerned": pictures.concerned(found.lines, last) if last else None,
        "leads": lead_days(last) if last else [],
        "kind": kind,
        "outcome": outcome,
        "lines": page_of(lines, asked.page(), SIZE),
    }


@dry_runs.get("/<id:draft_id>/specimen")
def show_specimen(draft_id: int) -> ResponseReturnValue:
    """What an applicant will fill in, and what the certificate of a fictive product will say."""
    draft = drafts.draft_of(current_actor(), draft_id)
    rules, left_out = specimen.readable(draft.document)
    typed = {per: _typed(rules, per) for per in ("product", "model")} if rules else {}
    made = specimen.made(rules, *(said for _boxes, said in typed.values())) if rules else None
    faults = faults_in(draft.document)
    return render_template(
        "certification/conversion/specimen.html",
        draft=draft,
        rules=rules,
        left_out=left_out,
        boxes={per: boxes for per, (boxes, _said) in typed.items()},
        made=made,
        printed=printed(made.said) if made else {},
        label=Markup(made.label) if made else "",  # drawn by the house, every text escaped
        sections=SECTIONS,
        counts={each.slug: len(each.faults(faults)) for each in SECTIONS},
    )


def _typed(rules: "Document", per: str) -> "tuple[BaseForm, dict[str, str]]":
    """The boxes with what stands in the address, or with samples; and what of it the rule can read."""
    asked_for = [each.slug for each in stated.fields_of(rules, per)]
    said = {slug: asked.text(f"{per}-{slug}") for slug in asked_for}
    if not asked.flag("tried"):
        said = specimen.samples(rules, per)
    boxes = filled_boxes(rules, per, said)
    try:
        stated.read(rules, per, said, today())
    except Invalid as refused:
        for slug, why in refused.fields.items():
            boxes[slug].errors = [sentence(why, refused.detail_of(slug))]
    return boxes, stated.fitting(rules, per, said, today())


@dry_runs.get("/<id:draft_id>/dry-run.xlsx")
def workbook(draft_id: int) -> ResponseReturnValue:
    found = queries.dry_run_of(current_actor(), draft_id)
    head, rows, about = export.table(found)
    return tables.download(tables.to_xlsx(head, rows, about), export.name(found), tables.XLSX, len(rows))
