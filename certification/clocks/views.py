"""Why a day is due, the calendar behind it, and the times the service was down."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor, public
from certification.clocks import forms, queries
from certification.clocks.operations import calendar as changes
from certification.clocks.operations.clocks import extend, may_extend
from core import asked
from core.calendar import book
from core.clock import today
from core.db import db, start_writing
from core.errors import Invalid, NotPermitted
from core.i18n import _
from core.step.door import try_begin

if TYPE_CHECKING:
    from certification.clocks.models import Clock

clocks = Blueprint("clocks", __name__, url_prefix="/certification/clocks")
clocks.add_app_template_global(queries.light, "light_of")
clocks.add_app_template_global(queries.of_case, "clocks_of")
clocks.add_app_template_global(queries.on, "clock_on")
clocks.add_app_template_global(queries.durations, "durations_of")


@clocks.get("/<id:clock_id>")
def why(clock_id: int) -> ResponseReturnValue:
    return _why_page(queries.clock(current_actor(), clock_id), forms.ExtendForm(formdata=None))


@clocks.post("/<id:clock_id>/extend")
def give_more(clock_id: int) -> ResponseReturnValue:
    actor = current_actor()
    clock, form = queries.clock(actor, clock_id), forms.ExtendForm()
    if (
        try_begin(form, lambda: extend(clock, actor, days=form.days.data, reason=form.reason.data or ""))
        is None
    ):
        return _why_page(clock, form), 422
    flash(_("已延长"), "ok")
    return redirect(url_for("clocks.why", clock_id=clock_id))


def _why_page(clock: "Clock", form: forms.ExtendForm) -> str:
    actor = current_actor()
    return render_template(
        "certification/clocks/why.html",
        clock=clock,
        told=queries.explain(clock),
        form=form if may_extend(clock, actor) else None,
        actor=actor,
    )


@clocks.get("/calendar")
@public
def calendar() -> ResponseReturnValue:
    year = asked.year(today().year)
    form = forms.CalendarForm(formdata=None, data={"version": book.head()}) if _keeps() else None
    return _calendar_page(form, year)


@clocks.post("/calendar")
def change_calendar() -> ResponseReturnValue:
    """Shown first, entered when it was agreed to: the same form is sent twice."""
    _ask_for_a_keeper()
    form = forms.CalendarForm()
    if not form.validate():
        return _calendar_page(form, today().year), 422
    start_writing()
    try:
        entries = book.parse(form.entries.data or "")
        if not form.agreed.data:
            return _calendar_page(form, entries[0].day.year, changes.preview(entries))
        plan = changes.change(current_actor(), entries, form.reason.data or "", form.version.data or 0)
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        problems = form.blame(refused)
        form.entries.errors = [*form.entries.errors, *problems]
        return _calendar_page(form, today().year), 422
    flash(_("日历已更正为第 %(version)s 版，重算 %(count)s 项时限", version=plan.calendar.version,
            count=len(plan.moves)), "ok")  # fmt: skip
    return redirect(url_for("clocks.calendar", year=entries[0].day.year))


def _calendar_page(form: forms.CalendarForm | None, year: int, plan: changes.Plan | None = None) -> str:
    found = book.current()
    return render_template(
        "certification/clocks/calendar.html",
        form=form,
        plan=plan,
        calendar=found,
        year=year,
        years=sorted({day.year for day in found.entries} | {today().year}, reverse=True),
        entries=[entry for day, entry in sorted(found.entries.items()) if day.year == year],
        versions=queries.versions(),
    )


@clocks.get("/outages")
@public
def outages() -> ResponseReturnValue:
    return _outages_page(forms.OutageForm(formdata=None) if _keeps() else None)


@clocks.post("/outages")
def record_outage() -> ResponseReturnValue:
    _ask_for_a_keeper()
    form = forms.OutageForm()
    outage = try_begin(form, lambda: changes.record_outage(current_actor(), **form.facts()))
    if outage is None:
        return _outages_page(form), 422
    flash(_("已登记，%(count)s 项时限补回了中断的时间", count=outage.credited), "ok")
    return redirect(url_for("clocks.outages"))


def _outages_page(form: forms.OutageForm | None) -> str:
    return render_template("certification/clocks/outages.html", outages=queries.outages(), form=form)


def _keeps() -> bool:
    return bool(changes.KEEPERS & current_actor().roles)


def _ask_for_a_keeper() -> None:
    if not _keeps():
        raise NotPermitted("role-not-held")
