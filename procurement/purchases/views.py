"""Where a buying unit records what it bought, and where the regulator sees the shares."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from core import asked, tables
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted
from core.i18n import _
from core.step.door import try_begin, try_save
from procurement.bids import reading, told
from procurement.purchases import export, forms, operations, picture, queries
from procurement.purchases.reading import PURCHASES

if TYPE_CHECKING:
    from procurement.purchases.models import Purchase

bp = Blueprint("purchases", __name__, url_prefix="/procurement/purchases")


@bp.get("/")
def index() -> ResponseReturnValue:
    asked.only("year", "page")
    return _index()


def _index(
    form: forms.PurchaseForm | None = None,
    file: forms.FileForm | None = None,
    wrong: list[reading.Wrong] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    actor = current_actor()
    _check_buyer()
    year = asked.year(today().year)
    period = queries.period(actor, year)
    page = render_template(
        "procurement/purchases/index.html",
        page=queries.purchases(actor, year, asked.page()),
        period=period,
        years=queries.years(actor),
        columns=picture.columns(period),
        said=picture.said(period),
        form=form or forms.PurchaseForm(formdata=None, bought_on=today(), unit=actor.organisation),
        file=file or forms.FileForm(formdata=None),
        wrong=(wrong or [])[:100],
    )
    return page, status


def _check_buyer() -> None:
    if not queries.may_record(current_actor()):
        raise NotPermitted("not-a-buyer")


@bp.post("/")
def record() -> ResponseReturnValue:
    form, actor = forms.PurchaseForm(), current_actor()
    made = try_begin(form, lambda: operations.record_one(actor, form.facts()))
    if made is None:
        return _index(form, status=422)
    return redirect(url_for("purchases.show", purchase_id=made.id), 303)


@bp.post("/import")
def bring_in() -> ResponseReturnValue:
    form, wrong = forms.FileForm(), list[reading.Wrong]()
    _check_buyer()
    if not form.validate_on_submit():
        return _index(file=form, status=422)
    try:
        sheet = reading.read_file(form.file.data.read(), form.file.data.filename or "", PURCHASES)
        wrong = sheet.wrong
        operations.bring_in(current_actor(), sheet)
    except Invalid as refused:
        db.session.rollback()
        form.form_errors += form.blame(refused)
        return _index(file=form, wrong=wrong, status=422)
    db.session.commit()
    return redirect(url_for("purchases.index"), 303)


@bp.get("/template.xlsx")
def template() -> ResponseReturnValue:
    _check_buyer()
    return tables.download(export.template(), "采购记录模板.xlsx", tables.XLSX, 0)


@bp.get("/purchases.xlsx")
def workbook() -> ResponseReturnValue:
    _check_buyer()
    year = asked.year(today().year)
    rows = queries.every_purchase(current_actor(), year)
    body = export.workbook(rows, queries.period(current_actor(), year))
    return tables.download(body, f"采购记录-{year}.xlsx", tables.XLSX, len(rows))


@bp.get("/<id:purchase_id>")
def show(purchase_id: int) -> ResponseReturnValue:
    found = queries.purchase_of(current_actor(), purchase_id)
    return _show(found, forms.written(found))


def _show(
    found: "Purchase",
    form: forms.PurchaseForm,
    status: int = 200,
    removal: forms.RemoveForm | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "procurement/purchases/show.html",
        purchase=found,
        answer=queries.answer_of(found),
        form=form,
        removal=removal or forms.RemoveForm(formdata=None, version=found.version),
        told=told,
    )
    return page, status


@bp.post("/<id:purchase_id>")
def write(purchase_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), forms.PurchaseForm()
    found = queries.purchase_of(actor, purchase_id)
    if again := try_save(found, form, lambda **facts: operations.write(found, actor, facts)):
        form.form_errors += again.problems
        return _show(found, form, again.status)
    return redirect(url_for("purchases.show", purchase_id=found.id), 303)


@bp.post("/<id:purchase_id>/remove")
def remove(purchase_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), forms.RemoveForm()
    found = queries.purchase_of(actor, purchase_id)
    year = found.bought_on.year
    if again := try_save(found, form, lambda reason: operations.remove(found, actor, reason)):
        form.form_errors += again.problems
        return _show(found, forms.written(found), again.status, form)
    flash(_("这条采购记录已经删去"), "ok")
    return redirect(url_for("purchases.index", year=year), 303)


@bp.get("/shares")
def shares() -> ResponseReturnValue:
    asked.only("year")
    year = _shares_year()
    return render_template(
        "procurement/purchases/shares.html",
        year=year,
        years=queries.every_year(),
        shares=queries.shares(year),
    )


@bp.get("/shares.xlsx")
def shares_workbook() -> ResponseReturnValue:
    year = _shares_year()
    found = queries.shares(year)
    return tables.download(export.shares(found, year), f"低碳采购占比-{year}.xlsx", tables.XLSX, len(found))


def _shares_year() -> int:
    if not queries.may_see_shares(current_actor()):
        raise NotPermitted("not-for-shares")
    return asked.year(today().year)
