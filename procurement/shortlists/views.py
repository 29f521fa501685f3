"""Where officers keep what they looked at before a purchase."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from core import asked, lifecycle, tables
from core.clock import today
from core.errors import Invalid, NotFound, NotPermitted
from core.readers import ids
from core.step.door import at, try_begin, try_save, try_step
from core.step.forms import BlamedForm, StepForm
from procurement.bids import reading, told
from procurement.shortlists import export, forms, operations, queries
from procurement.shortlists.models import Shortlist

bp = Blueprint("shortlists", __name__, url_prefix="/procurement/shortlists")


@bp.get("/")
def index() -> ResponseReturnValue:
    asked.only("page")
    return _index(forms.ShortlistForm(formdata=None, on=today()))


def _index(form: forms.ShortlistForm, status: int = 200) -> ResponseReturnValue:
    if not queries.may_check(current_actor()):
        raise NotPermitted("not-an-officer")
    page = queries.shortlists(current_actor(), asked.page())
    return render_template("procurement/shortlists/index.html", page=page, form=form), status


@bp.post("/")
def begin() -> ResponseReturnValue:
    form, actor = forms.ShortlistForm(), current_actor()
    made = try_begin(form, lambda: operations.begin(actor, *form.said()))
    if made is None:
        return _index(form, 422)
    return redirect(url_for("shortlists.show", shortlist_id=made.id), 303)


@bp.app_template_global("shortlist_form")
def shortlist_form(number: str, models: Sequence[str]) -> forms.AddForm | None:
    """For the catalogue's page of a product: where an officer may put it; None without an open list."""
    to = queries.open_ones(current_actor()) if number else []
    return forms.AddForm(formdata=None).offer(number, models, to) if to else None


@bp.post("/add")
def add() -> ResponseReturnValue:
    """One product, from wherever it is shown; one that stands there already is left as it was answered."""
    actor, form = current_actor(), forms.AddForm()
    found = queries.shortlist_of(actor, ids.number(form.shortlist.data) or 0)
    said = {"number": form.number.data or "", "model": form.model.data or ""}

    def put() -> Shortlist:
        operations.put(found, actor, reading.given([dict.fromkeys(reading.COLUMNS, "") | said]))
        return found

    if try_begin(form, put) is None:
        return _show(found, form, status=422)
    return redirect(url_for("shortlists.show", shortlist_id=found.id, _anchor="lines"), 303)


@bp.get("/<id:shortlist_id>")
def show(shortlist_id: int) -> ResponseReturnValue:
    asked.only("again", "line")
    return _show(queries.shortlist_of(current_actor(), shortlist_id))


def _show(
    found: Shortlist,
    tried: BlamedForm | None = None,
    line_id: int = 0,
    status: int = 200,
    wrong: Sequence[reading.Wrong] = (),
) -> ResponseReturnValue:
    offers = lifecycle.offers(found, current_actor())
    steps: dict[str, StepForm] = {each.name: forms.step_form(found, each.name) for each in offers}
    if isinstance(tried, StepForm):
        steps["award"] = tried
    again = asked.flag("again") or not found.is_open
    which = str(line_id or asked.choice("line", ("", *(str(line.id) for line in found.lines)), ""))
    line = next((each for each in found.lines if found.is_open and str(each.id) == which), None)
    deciding = tried if line_id else line and forms.decide_form(line)
    page = render_template(
        "procurement/shortlists/show.html",
        shortlist=found,
        lines=queries.shown(found, again),
        again=again,
        day=today(),
        adding=tried if isinstance(tried, forms.LinesForm) else forms.lines_form(found),
        line=line,
        deciding=deciding and at(deciding, "line"),
        tried=tried,
        wrong=wrong[:100],
        offers=offers,
        steps=steps,
        losses=queries.losses(found),
        history=queries.history(found),
        told=told,
    )
    return page, status


@bp.post("/<id:shortlist_id>/lines")
def put(shortlist_id: int) -> ResponseReturnValue:
    actor, form, wrong = current_actor(), forms.LinesForm(), list[reading.Wrong]()
    found = queries.shortlist_of(actor, shortlist_id)

    def save(pasted: str) -> None:
        if not pasted.strip():
            raise Invalid("check-empty", {"pasted": "check-empty"})
        sheet = reading.read_text(pasted)
        wrong.extend(sheet.wrong)
        operations.put(found, actor, sheet)

    if again := try_save(found, form, save):
        form.form_errors += again.problems
        return _show(found, form, status=again.status, wrong=wrong)
    return redirect(url_for("shortlists.show", shortlist_id=found.id), 303)


@bp.post("/<id:shortlist_id>/lines/<id:line_id>")
def decide(shortlist_id: int, line_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), forms.DecideForm()
    found = queries.shortlist_of(actor, shortlist_id)
    if again := try_save(found, form, lambda **facts: operations.decide(found, actor, line_id, **facts)):
        form.form_errors += again.problems
        return _show(found, form, line_id, again.status)
    return redirect(url_for("shortlists.show", shortlist_id=found.id, _anchor=f"line-{line_id}"), 303)


@bp.post("/<id:shortlist_id>/steps/<step>")
def take(shortlist_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.shortlist_of(actor, shortlist_id)
    if step not in forms.STEPS:
        raise NotFound("http-404")
    form = forms.STEPS[step]()
    if again := try_step(found, step, actor, form):
        form.form_errors += again.problems
        return _show(found, form, status=again.status)
    return redirect(url_for("shortlists.show", shortlist_id=found.id), 303)


@bp.get("/<id:shortlist_id>.json")
def content(shortlist_id: int) -> ResponseReturnValue:
    """What the digest was taken of; before the award, as it stands."""
    found = queries.shortlist_of(current_actor(), shortlist_id)
    body = found.content or operations.spelt(found)
    return tables.download(body, f"{found.number}.json", "application/json", len(found.lines))


@bp.get("/<id:shortlist_id>.xlsx")
def workbook(shortlist_id: int) -> ResponseReturnValue:
    found = queries.shortlist_of(current_actor(), shortlist_id)
    body = export.workbook(found, queries.shown(found, again=True))
    return tables.download(body, f"{found.number}.xlsx", tables.XLSX, len(found.lines))
