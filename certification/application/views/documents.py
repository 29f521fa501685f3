"""The files of an application: several at once of each kind, taken away again while it is open."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.application.forms.applications import FileForm
from certification.application.operations.documents import attach_files, prove_rows, remove_file
from certification.application.queries import applications as cases
from certification.application.queries import blanks, documents, open_parts
from certification.application.queries.coverage import coverage
from certification.application.views.applications import applications, own_case
from certification.application.views.sections import points_of
from core import asked
from core.db import db
from core.errors import Invalid, NotFound
from core.files import can_be_shown, drawn, members, pages
from core.i18n import _
from core.opened import evidence
from core.readers import ids
from core.step.door import send, shown
from core.tables import XLSX, download
from schemes.called import kind_name

if TYPE_CHECKING:
    from certification.application.models import Application


@applications.get("/applications/<id:case_id>/files")
def files(case_id: int) -> ResponseReturnValue:
    return _page(own_case(case_id, current_actor()))


@applications.post("/applications/<id:case_id>/files")
def upload(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    form = FileForm()
    if not form.validate():
        return _page(case, form)
    try:
        received = attach_files(case, current_actor(), form.kind.data or "", form.uploads())
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        form.blame(refused)
        return _page(case, form)
    if received.refused:
        form.blame_each(received.refused)
        return _page(case, form, len(received.kept))
    flash(
        _(
            "已上传 %(count)s 个：%(kind)s",
            count=len(received.kept),
            kind=kind_name(case.scheme.rules, form.kind.data or ""),
        ),
        "ok",
    )
    return redirect(url_for("certification.files", case_id=case_id, _anchor=form.kind.data))


@applications.get("/applications/<id:case_id>/files/<kind>.xlsx")
def blank_form(case_id: int, kind: str) -> ResponseReturnValue:
    """A blank form to fill in, with the head of the case."""
    case = own_case(case_id, current_actor())
    found = case.scheme.rules.kinds.get(kind)
    if found is None or not found.sheet:
        raise NotFound("file-not-found")
    name = f"{case.number}-{kind_name(case.scheme.rules, kind)}.xlsx"
    return download(blanks.blank(case, found), name, XLSX, 0)


@applications.post("/applications/<id:case_id>/files/remove")
def remove(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    remove_file(case, current_actor(), ids.number(request.form.get("file")) or 0)
    db.session.commit()
    flash(_("已移去。交过的版本里它还在"), "ok")
    return redirect(url_for("certification.files", case_id=case_id))


applications.add_app_template_global(can_be_shown)


@applications.get("/files/<id:file_id>/rows")
def rows_of_file(file_id: int) -> ResponseReturnValue:
    """What a file is, what lies in it, where else it lies, and which rows it proves."""
    actor = current_actor()
    found = documents.file_of(actor, file_id)
    case = cases.application(actor, found.application_id)
    mine = case.applicant_id == actor.organisation_id
    return render_template(
        "certification/application/file.html",
        case=case,
        file=found,
        mine=mine,
        open=mine and found in case.current_files and open_parts.may_write(actor, case),
        members=members(found.name, found.digest),
        pages=pages(found.name, found.digest),
        page=asked.number("page", 1, least=1),
        proofs=documents.Proofs.of(actor, case),
        unproved=case.unproved if mine else [],
        bare_months=case.bare_months if mine else {},
    )


@applications.post("/files/<id:file_id>/rows")
def link_file(file_id: int) -> ResponseReturnValue:
    found = documents.file_of(current_actor(), file_id)
    case = own_case(found.application_id, current_actor())
    places = {ids.number(place) or 0 for place in request.form.getlist("row")}
    version = ids.number(request.form.get("version")) or 0
    prove_rows(case, current_actor(), found, places, version, _months_sent())
    db.session.commit()
    flash(_("连接已保存"), "ok")
    return redirect(url_for("certification.files", case_id=found.application_id, _anchor=found.kind))


def _months_sent() -> dict[int, set[str]]:
    """By the place of a row, the months that were ticked; each was sent as 3:2025-04."""
    found: dict[int, set[str]] = {}
    for sent in request.form.getlist("month"):
        place, _colon, month = sent.partition(":")
        found.setdefault(ids.number(place) or 0, set()).add(month)
    return found


@applications.get("/files/<id:file_id>")
def file(file_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found = cases.file(actor, file_id)
    if actor.kind == "regulator":  # who reads files at /oversight/, where that is written down
        raise NotFound("file-not-found")
    return send(found.digest, found.name)


@applications.get("/files/<id:file_id>/preview.png")
def file_preview(file_id: int) -> ResponseReturnValue:
    """A page of the file, drawn by us: whoever may have the file may look at it where it is listed."""
    actor = current_actor()
    found = cases.file(actor, file_id)
    if actor.kind == "regulator":  # as above
        raise NotFound("file-not-found")
    return shown(drawn(found.name, found.digest, asked.number("page", 1, least=1)))


def _page(case: "Application", form: FileForm | None = None, kept: int = 0) -> ResponseReturnValue:
    kinds = case.scheme.file_kinds
    actor = current_actor()
    page = render_template(
        "certification/application/files.html",
        case=case,
        form=form,
        kept=kept,
        accept=",".join(f".{ending}" for ending in evidence.NAMES),
        kinds=kinds,
        names={kind: kind_name(case.scheme.rules, kind) for kind in kinds},
        held={kind: [file for file in case.current_files if file.kind == kind] for kind in kinds},
        open={kind: open_parts.may_attach(actor, case, kind) for kind in kinds},
        removable={
            kind: case.is_editable and open_parts.may_change(actor, case, f"file:{kind}") for kind in kinds
        },
        points=points_of(case, "files"),
        missing=cases.missing_files(case),
        mine=True,
        proofs=documents.Proofs.of(actor, case),
        unproved=case.unproved,
        bare_months=case.bare_months,
        coverage=coverage(case),
    )
    return page, 422 if form else 200
