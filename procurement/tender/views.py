"""Where officers have the goods of a purchase looked at before they write the tender."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.session import current_actor, reads_first
from core import asked, tables
from core.clock import today
from core.errors import Invalid, NotPermitted
from core.once import repeatable
from procurement.bids import reading
from procurement.tender import export, queries, told
from procurement.tender.forms import TEXT, XLSX, TenderForm
from procurement.verdict.queries import data_version

bp = Blueprint("tender", __name__, url_prefix="/procurement/tender")


@bp.get("/")
def index() -> ResponseReturnValue:
    asked.only()
    return _page(TenderForm(formdata=None, on=today()))


def _page(
    form: TenderForm,
    wrong: list[reading.Wrong] | None = None,
    answer: queries.Answer | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    if not queries.may_check(current_actor()):
        raise NotPermitted("not-an-officer")
    page = render_template(
        "procurement/tender.html", form=form, wrong=(wrong or [])[:100], answer=answer, told=told
    )
    return page, status


@bp.post("/")
@repeatable
@reads_first
def look() -> ResponseReturnValue:
    """What the goods are, here or as a file; nothing is kept."""
    form, wrong = TenderForm(), list[reading.Wrong]()
    on = form.on.data
    if not queries.may_check(current_actor()):
        raise NotPermitted("not-an-officer")
    if not form.validate_on_submit() or on is None:
        return _page(form, status=422)
    try:
        sheet = _sent(form)
        wrong = sheet.wrong
        if form.confirmed:
            queries.confirm(sheet, *form.confirmed)
        answer = queries.answer(sheet, on)
    except Invalid as refused:
        form.form_errors += form.blame(refused)
        return _page(form, wrong, status=422)
    if form.do.data == XLSX:
        body = export.workbook(answer, data_version())
        return tables.download(body, f"采购需求-{on}.xlsx", tables.XLSX, len(answer.goods))
    if form.do.data == TEXT:
        return tables.download(export.text(answer), f"采购条款-{on}.txt", tables.TEXT, len(answer.of_policy))
    form.pasted.data = queries.spelt(sheet)
    return _page(form, answer=answer)


def _sent(form: TenderForm) -> reading.Sheet:
    file, text = form.file.data, (form.pasted.data or "").strip("\r\n")
    if file and file.filename and text.strip():
        raise Invalid("check-both-sent", {"pasted": "check-both-sent"})
    if file and file.filename:
        return reading.read_file(file.read(), file.filename, queries.GOODS)
    if not text.strip():
        raise Invalid("check-empty", {"pasted": "check-empty"})
    return reading.read_text(text, queries.GOODS)


@bp.get("/template.xlsx")
def template() -> ResponseReturnValue:
    if not queries.may_check(current_actor()):
        raise NotPermitted("not-an-officer")
    return tables.download(export.template(), "货物清单模板.xlsx", tables.XLSX, 0)
