"""The sections of an application: parties, product and models, files.

The buttons that add and remove lines are submit buttons of the same form: they show the page
again with what was typed, and save nothing.
"""

from flask import flash, redirect, render_template, request, url_for

from accounts.session import current_actor, reads_first
from certification import operations
from certification.forms import applications as forms
from certification.queries import applicant
from certification.queries import applications as cases
from certification.views.applications import applications, own_case
from certification.views.steps import Again, send, try_save
from core.db import db
from core.errors import Invalid, NotFound
from core.i18n import _
from core.words import word


@applications.get("/applications/<int:case_id>/parties")
def parties(case_id: int):
    case = own_case(case_id, current_actor())
    return _parties_page(case, _parties_form(case))


@applications.post("/applications/<int:case_id>/parties")
@reads_first
def save_parties(case_id: int):
    case = own_case(case_id, current_actor())
    form = _parties_form(case)
    if party := request.form.get("copy"):
        if party in ("producer", "factory"):
            form.copy(party, case.applicant)
        return _parties_page(case, form)
    again = try_save(case, form, lambda **facts: _update(case, form, facts))
    return _parties_page(case, form, again) if again else _onward(case_id, "product")


def _parties_form(case) -> forms.PartiesForm:
    data = {"version": case.version, "producer": case.producer, "factory": case.factory}
    return forms.PartiesForm(data=data)


def _parties_page(case, form, again: Again | None = None):
    return _page(
        "certification/application/parties.html",
        case,
        form,
        again,
        open=_open(case, "parties"),
    )


@applications.get("/applications/<int:case_id>/product")
def product(case_id: int):
    case = own_case(case_id, current_actor())
    form = _product_form(case)
    if not form.models.entries:
        form.add_line()
    return _product_page(case, form)


@applications.post("/applications/<int:case_id>/product")
@reads_first
def save_product(case_id: int):
    case = own_case(case_id, current_actor())
    form = _product_form(case)
    if "add" in request.form or "remove" in request.form:
        if "add" in request.form:
            form.add_line()
        form.remove_line(request.form.get("remove", ""))
        return _product_page(case, form)
    again = try_save(case, form, lambda **facts: _update(case, form, facts))
    return _product_page(case, form, again) if again else _onward(case_id, "files")


def _product_form(case) -> forms.ProductForm:
    """A case that is shut altogether keeps the form whole, so that the verb may say why it is."""
    form = forms.ProductForm(obj=case)
    opened = {anchor for anchor in ("product", "models") if _open(case, anchor)}
    form.shut = frozenset({"product", "models"} - opened) if opened else frozenset()
    return form


def _product_page(case, form, again: Again | None = None):
    shut = {anchor: not _open(case, anchor) for anchor in ("product", "models")}
    opened = not all(shut.values())
    return _page("certification/application/product.html", case, form, again, open=opened, shut=shut)


def _open(case, anchor: str) -> bool:
    return applicant.may_change(current_actor(), case, anchor)


def _update(case, form, facts: dict) -> None:
    operations.update_application(case, current_actor(), form.version.data, **facts)


@applications.get("/applications/<int:case_id>/files")
def files(case_id: int):
    return _files_page(own_case(case_id, current_actor()))


@applications.post("/applications/<int:case_id>/files")
def upload(case_id: int):
    case = own_case(case_id, current_actor())
    form = forms.FileForm()
    if not form.validate():
        return _files_page(case, form)
    sent = form.file.data
    try:
        operations.attach_file(case, current_actor(), form.kind.data, sent.stream, sent.filename)
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        form.blame(refused)
        return _files_page(case, form)
    flash(_("已上传：%(kind)s", kind=word(f"file.{form.kind.data}")), "ok")
    return redirect(url_for("certification.files", case_id=case_id, _anchor=form.kind.data))


def _files_page(case, form: forms.FileForm | None = None):
    kinds = [*case.scheme.required_files, "other"]
    page = render_template(
        "certification/application/files.html",
        case=case,
        form=form,
        kinds=kinds,
        held={kind: [file for file in case.current_files if file.kind == kind] for kind in kinds},
        open={kind: _open(case, f"file:{kind}") for kind in kinds},
        points=points_of(case, "files"),
        missing=cases.missing_files(case),
    )
    return page, 422 if form else 200


@applications.get("/files/<int:file_id>")
def file(file_id: int):
    actor = current_actor()
    found = cases.file(actor, file_id)
    if actor.kind == "regulator":  # who reads files at /oversight/, where that is written down
        raise NotFound("file-not-found")
    return send(found.digest, found.name)


def _page(template: str, case, form, again: Again | None, **more):
    section = template.rpartition("/")[2].removesuffix(".html")
    page = render_template(
        template, case=case, form=form, again=again, points=points_of(case, section), **more
    )
    return page, again.status if again else 200


def points_of(case, section: str) -> list:
    """What the body asked about this section, while it is to be corrected."""
    if case.state != "correcting":
        return []
    return [point for point in case.open_points if applicant.section_of(point.anchor) == section]


def _onward(case_id: int, following: str):
    """To the next section, or back to the list of sections when the applicant asked for that."""
    flash(_("已保存"), "ok")
    later = request.form.get("action") == "later"
    return redirect(url_for("certification.show" if later else f"certification.{following}", case_id=case_id))
