"""Where officers have the lines of a bid checked, and where anybody who holds an annex runs it again."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor, public, reads_first
from core import asked, files, tables
from core.clock import today
from core.db import start_writing
from core.errors import Invalid, NotFound, NotPermitted
from core.step.door import try_begin
from core.web import public_address
from procurement.bids import export, operations, queries, reading, told
from procurement.bids.forms import BidForm
from procurement.verdict.judging import OVERALL

if TYPE_CHECKING:
    from procurement.bids.models import BidCheck

DRAWN_IN_S = "5"

bp = Blueprint("bids", __name__, url_prefix="/procurement/checks")


@bp.get("/")
def index() -> ResponseReturnValue:
    asked.only("page")
    return _index(BidForm(formdata=None, on=today()))


def _index(form: BidForm, wrong: list[reading.Wrong] | None = None, status: int = 200) -> ResponseReturnValue:
    if not queries.may_check(current_actor()):
        raise NotPermitted("not-an-officer")
    checks = queries.checks(current_actor(), asked.page())
    page = render_template("procurement/checks.html", form=form, checks=checks, wrong=(wrong or [])[:100])
    return page, status


@bp.post("/")
@reads_first
def make() -> ResponseReturnValue:
    form, read = BidForm(), list[reading.Sheet]()
    made = try_begin(form, lambda: _kept(form, read))
    if made is None:
        return _index(form, read[0].wrong if read else [], 422)
    return redirect(url_for("bids.show", address=made.address), 303)


def _kept(form: BidForm, read: list[reading.Sheet]) -> "BidCheck":
    """What was sent, answered and kept; `read` is given the lines, with what is wrong in them."""
    on = form.on.data
    if on is None:
        raise Invalid("date-missing", {"on": "date-missing"})
    sheet, source = _sent(form)
    read.append(sheet)
    answers = operations.ask(current_actor(), on, sheet)
    start_writing()
    return operations.keep(answers, form.title.data or "", source)


def _sent(form: BidForm) -> tuple[reading.Sheet, str]:
    """The lines, and the name of the file they came in."""
    file, text = form.file.data, (form.pasted.data or "").strip("\r\n")
    if file and file.filename and text.strip():
        raise Invalid("check-both-sent", {"pasted": "check-both-sent"})
    if file and file.filename:
        return reading.read_file(file.read(), file.filename), file.filename[:200]
    if not text.strip():
        raise Invalid("check-empty", {"pasted": "check-empty"})
    return reading.read_text(text), ""


@bp.get("/template.xlsx")
@public
def template() -> ResponseReturnValue:
    return tables.download(export.template(), "投标产品核对模板.xlsx", tables.XLSX, 0)


@bp.get("/<address>")
@public
def show(address: str) -> ResponseReturnValue:
    found = queries.answered(queries.check(address))
    overall = asked.choice("overall", ("", *OVERALL), "")
    again = queries.rerun(found.check) if asked.flag("again") else None
    return render_template(
        "procurement/check.html",
        found=found,
        check=found.check,
        page=found.lines(overall, asked.page()),
        overall=overall,
        again=again,
        signed=queries.is_signed(found.check),
        drawn=queries.drawn(found.check),
        told=told,
        subjects=told.subjects(found.content["lines"]),
    )


@bp.get("/<address>.json")
@public
def annex(address: str) -> ResponseReturnValue:
    """The bytes that are digested and signed."""
    check = queries.check(address)
    return tables.download(check.content, f"{check.number}.json", "application/json", check.lines)


@bp.get("/<address>.facts.json")
@public
def facts(address: str) -> ResponseReturnValue:
    """What the answers rest on, as it was known."""
    check = queries.check(address)
    return tables.download(check.facts, f"{check.number}.facts.json", "application/json", check.lines)


@bp.get("/<address>.jws")
@public
def signature(address: str) -> ResponseReturnValue:
    """The detached signature of the annex, where there is one."""
    check = queries.check(address)
    if not check.signature:
        raise NotFound("check-not-signed")
    return Response(check.signature, mimetype="application/jose")


@bp.get("/<address>/<int(max=99):volume>.pdf")
@public
def paper(address: str, volume: int) -> ResponseReturnValue:
    """A volume on paper; while the worker still draws it, a page that asks again by itself."""
    check = queries.check(address)
    drawn = queries.paper(check, volume)
    if drawn is None:
        page = render_template("procurement/drawing.html", check=check)
        return page, 202, {"Refresh": DRAWN_IN_S, "Retry-After": DRAWN_IN_S}
    name = f"{check.number}-{volume}.pdf"
    return send_file(files.path_of(drawn), "application/pdf", download_name=name, etag=drawn)


@bp.get("/<address>.xlsx")
@public
def workbook(address: str) -> ResponseReturnValue:
    found = queries.answered(queries.check(address))
    body = export.workbook(found, public_address("bids.show", address=address))
    return tables.download(body, f"{found.check.number}.xlsx", tables.XLSX, found.check.lines)
