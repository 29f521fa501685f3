"""Excel there and back: a workbook goes out filled in, comes back, and every row of it is answered for."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import current_actor, reads_first
from certification.application.views.applications import applications, own_case
from certification.workbooks import operations
from certification.workbooks import queries as sheets
from certification.workbooks.exchange.columns import KINDS, Kind
from certification.workbooks.exchange.layouts import columns_of
from certification.workbooks.exchange.parameters import kind_for, why
from certification.workbooks.exchange.read import MOST_BYTES
from core import asked
from core.db import db
from core.errors import Invalid, OutOfOrder
from core.i18n import _
from core.readers import ids
from core.tables import XLSX, download
from core.words import sentence

if TYPE_CHECKING:
    from certification.application.models import Application
    from certification.workbooks.models import SheetUpload

Typed = Mapping[int, tuple[Mapping[str, str], Mapping[str, str]]]  # by row: what was typed, what is wrong

applications.add_app_template_global(why, "why_cell")

SHOWN = 50  # rows that are mended on the page; more of them are easier mended in a workbook


@applications.get("/applications/<id:case_id>/sheets/<any(inventory,models):kind>")
def sheet(case_id: int, kind: str) -> ResponseReturnValue:
    actor = current_actor()
    return _page(own_case(case_id, actor), kind, actor)


@applications.get("/applications/<id:case_id>/sheets/<any(inventory,models):kind>.xlsx")
def sheet_template(case_id: int, kind: str) -> ResponseReturnValue:
    actor = current_actor()
    case = own_case(case_id, actor)
    body = sheets.template(case, _kind(case, kind), _source(case, actor))
    return _download(body, f"{case.number}-{KINDS[kind].title}.xlsx")


@applications.post("/applications/<id:case_id>/sheets/<any(inventory,models):kind>")
@reads_first
def upload_sheet(case_id: int, kind: str) -> ResponseReturnValue:
    actor = current_actor()
    case = own_case(case_id, actor)
    if nothing := _nothing_sent():
        return _page(case, kind, actor, nothing, 422)
    try:
        upload = _staged(case, actor, kind)
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        return _page(case, kind, actor, sentence(refused.slug, refused.detail), 422)
    except OutOfOrder as refused:
        db.session.rollback()
        return _page(case, kind, actor, sentence(refused.slug, refused.detail), 409)
    if upload.outcome == "staged":
        return redirect(url_for("certification.sheet_difference", upload_id=upload.id), 303)
    if upload.outcome == "applied":
        flash(_("没有差别：这份表已经应用过，之后也没有改动"), "ok")
    return redirect(url_for("certification.sheet", case_id=case_id, kind=kind, _anchor="result"), 303)


def _nothing_sent() -> str:
    """What is missing, when neither a file came nor a text that was pasted."""
    if request.form.get("pasted", "").strip():
        return ""
    if "pasted" in request.form:
        return _("先把表格里的内容粘贴到框里")
    sent = request.files.get("file")
    return "" if sent and sent.filename else _("先选择文件，再上传")


def _staged(case: "Application", actor: Actor, kind: str) -> "SheetUpload":
    pasted = request.form.get("pasted", "").strip("\r\n")
    if pasted:
        return operations.stage_pasted(case, actor, kind, pasted, request.form.get("pasted_stage", ""))
    sent = request.files["file"]
    return operations.stage_sheet(case, actor, kind, sent.stream.read(MOST_BYTES + 1), sent.filename or "")


@applications.get("/applications/sheets/<id:upload_id>")
def sheet_difference(upload_id: int) -> ResponseReturnValue:
    upload = sheets.upload(current_actor(), upload_id)
    if upload.outcome != "staged":
        return redirect(url_for("certification.sheet", case_id=upload.application_id, kind=upload.kind))
    return _difference(upload)


@applications.post("/applications/sheets/<id:upload_id>/<any(apply,replace,drop):what>")
def settle_sheet(upload_id: int, what: str) -> ResponseReturnValue:
    actor = current_actor()
    upload = sheets.upload(actor, upload_id)
    if what == "replace" and "sure" not in request.form:
        return _difference(upload, _("整份替换会删去表里没有的行：先勾选，再替换"), 422)
    try:
        said = _settle(upload, actor, what)
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        return _difference(upload, sentence(refused.slug, refused.detail), 422)
    except OutOfOrder as refused:
        if refused.slug != "sheet-difference-is-stale":
            raise
        db.session.rollback()
        return _difference(upload, sentence(refused.slug), 409)
    flash(said, "ok")
    return redirect(url_for("certification.sheet", case_id=upload.application_id, kind=upload.kind), 303)


def _settle(upload: "SheetUpload", actor: Actor, what: str) -> str:
    if what == "drop":
        operations.drop_sheet(upload, actor)
        return _("没有用这份表，案卷没有改动")
    found = operations.compared(upload)
    whole = operations.Chosen(whole=True, unless=found.hidden)
    chosen = whole if what == "replace" else _chosen(found)
    operations.apply_sheet(upload, actor, ids.number(request.form.get("version")), chosen)
    return _("已应用")


def _chosen(found: operations.Compared) -> operations.Chosen:
    """What was ticked; `all` is every row the workbook lists and shows, whatever was ticked beside it."""
    form, every = request.form, "all" in request.form
    entries = (*found.of("changed"), *found.of("new"))
    changing = {entry.line for entry in entries if entry.line is not None}
    gone = [entry.place for entry in found.of("gone") if entry.place is not None]
    ticked = {line for line in changing if form.get(f"line-{line}") == "yes"}
    return operations.Chosen(
        frozenset(changing - found.hidden | (ticked & found.hidden) if every else ticked),
        frozenset(place for place in gone if form.get(f"gone-{place}") == "yes"),
        frozenset(slug for slug in found.facts if every or form.get(f"head-{slug}") == "yes"),
    )


def _difference(upload: "SheetUpload", problem: str = "", status: int = 200) -> ResponseReturnValue:
    found = operations.compared(upload)
    page = render_template(
        "certification/workbooks/difference.html",
        upload=upload,
        case=upload.application,
        kind=found.kind,
        columns_of=columns_of,
        found=found,
        shown=sheets.shown(upload, found),
        version=operations.version_of(upload.application, found.kind),
        problem=problem,
    )
    return page, status


@applications.get("/applications/sheets/<id:upload_id>/refused.xlsx")
def sheet_refused(upload_id: int) -> ResponseReturnValue:
    found = sheets.upload(current_actor(), upload_id)
    name = _("%(number)s-读不懂的行.xlsx", number=found.application.number)
    return _download(sheets.refused(found, _kind(found.application, found.kind)), name, len(found.waiting))


@applications.post("/applications/sheets/rows/<id:row_id>/<any(mend,drop):what>")
def settle_sheet_row(row_id: int, what: str) -> ResponseReturnValue:
    actor = current_actor()
    row = sheets.row(actor, row_id)
    case, kind = row.upload.application, row.upload.kind
    try:
        if what == "drop":
            operations.drop_row(row, actor)
        else:
            operations.mend_row(row, actor, request.form)
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        typed = {row_id: (request.form, refused.fields)}
        return _page(case, kind, actor, sentence(refused.slug, refused.detail), 422, typed=typed)
    flash(_("已放弃这一行") if what == "drop" else _("这一行已收下"), "ok")
    return redirect(url_for("certification.sheet", case_id=case.id, kind=kind, _anchor="result"), 303)


def _source(case: "Application", actor: Actor) -> "Application | None":
    """What the workbook begins with: this case, for a draft another of the same applicant and scheme, or
    nothing."""
    if not case.is_draft:
        return case
    wished = asked.text("from")
    if wished == "empty":
        return None
    others = {str(other.id): other for other in sheets.sources(actor, case)}
    return others.get(wished, case)


def _download(body: bytes, name: str, total: int = 0) -> ResponseReturnValue:
    return download(body, name, XLSX, total)


def _kind(case: "Application", slug: str) -> Kind:
    return kind_for(case.scheme.rules, slug)


def _page(
    case: "Application",
    slug: str,
    actor: Actor,
    problem: str = "",
    status: int = 200,
    typed: Typed | None = None,
) -> ResponseReturnValue:
    kind = _kind(case, slug)
    found = sheets.uploads(actor, case, kind)
    waiting = sheets.unread(actor, case, kind)
    page = render_template(
        "certification/workbooks/sheet.html",
        case=case,
        kind=kind,
        columns_of=columns_of,
        latest=found[0] if found else None,
        staged=next((upload for upload in found if upload.outcome == "staged"), None),
        uploads=found,
        waiting=waiting[:SHOWN],
        waiting_total=len(waiting),
        holding=[upload for upload in found if any(not row.is_head for row in upload.waiting)],
        standing=sheets.standing(case, kind, waiting),
        sources=sheets.sources(actor, case) if case.is_draft else [],
        open=sheets.may_upload(actor, case, kind),
        problem=problem,
        typed=typed or {},
    )
    return page, status
