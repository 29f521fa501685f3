"""Where everybody looks up a 品目, and where those who draw up the list take the catalogue from a file."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.session import current_actor, public
from core import asked
from core.db import db
from core.errors import Invalid, NotPermitted
from core.once import repeatable
from core.opened import table
from core.words import sentence
from procurement import queries as lists
from procurement.categories import operations, queries
from procurement.categories.forms import FileForm, SearchForm
from procurement.loading import Report

bp = Blueprint("categories", __name__, url_prefix="/procurement/categories")


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    form = asked.form(SearchForm)
    edition = form.asked_edition
    page = queries.found(edition, form.q.data or "", form.suspect.data, asked.page())
    return render_template(
        "procurement/categories.html",
        form=form,
        edition=edition,
        page=page,
        related=queries.related(edition, (each.code for each in page.items)),
        may_load=lists.may_edit(current_actor()),
    )


@bp.get("/load")
def loading() -> ResponseReturnValue:
    return _loading(FileForm(formdata=None, dry_run=True))


def _loading(form: FileForm, report: Report | None = None, status: int = 200) -> ResponseReturnValue:
    if not lists.may_edit(current_actor()):
        raise NotPermitted("role-not-held", step="import")
    page = render_template("procurement/load_categories.html", form=form, report=report, sentence=sentence)
    return page, status


@bp.post("/load")
@repeatable
def load() -> ResponseReturnValue:
    """Tells what became of each row; what was only to be tried is not kept."""
    form = FileForm()
    if not form.validate_on_submit():
        return _loading(form, status=422)
    try:
        report = _taken(form)
    except Invalid as refused:
        db.session.rollback()
        form.form_errors += form.blame(refused)
        return _loading(form, status=422)
    db.session.rollback() if form.dry_run.data else db.session.commit()
    return _loading(form, report)


def _taken(form: FileForm) -> Report:
    sent, actor = form.file.data, current_actor()
    if not sent or not sent.filename:
        raise Invalid("category-file-missing", {"file": "category-file-missing"})
    lines, name = table.opened(sent.read()), sent.filename[:200]
    if form.kind.data == "crosswalk":
        return operations.import_crosswalk(actor, lines, source=name)
    return operations.import_categories(actor, lines, form.edition.data or "", source=name)
