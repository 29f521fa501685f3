"""The activity data: a grid that is computed while it is typed, and saved as a whole."""

from functools import cache
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor, reads_first
from carbon import queries as library
from carbon import records, units
from carbon.footprint import STAGES
from certification.application.forms.inventory import InventoryForm
from certification.application.operations import applications as verbs
from certification.application.queries import inventories, ledgers, open_parts
from certification.application.views import conflicts, quantities
from certification.application.views.activity import activity_of, typed_activity
from certification.application.views.applications import applications, own_case
from certification.application.views.drafts import drop_saved, keep_for_later, refill
from certification.application.views.sections import answer_points, points_of
from certification.workflow.correction import places, row_numbers
from core import asked
from core.db import db
from core.errors import Invalid, OutOfOrder
from core.i18n import _
from core.once import repeatable

if TYPE_CHECKING:
    from certification.application.models import Application

MOST_FOUND = 20


applications.add_app_template_global(ledgers.ledger_of)
applications.add_app_template_global(ledgers.beside_ledger)
applications.add_app_template_global(records.bare_months, "months_without_file")
applications.add_app_template_global(records.runs, "month_runs")
applications.add_app_template_global(inventories.restated)
applications.add_app_template_global(inventories.uncertainty_of)


@applications.get("/applications/<id:case_id>/inventory")
def inventory(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    brought = refill("application", case_id, "inventory")
    form = InventoryForm.of_request(brought["formdata"]) if brought else _stored(case)
    form.in_order(STAGES)
    return _page(case, form)


def _stored(case: "Application") -> InventoryForm:
    form = InventoryForm.of_inventory(case.inventory)
    form.in_order(STAGES)
    return form


@applications.post("/applications/<id:case_id>/inventory")
@repeatable
def save_inventory(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    form = InventoryForm.of_request(request.form)
    if "add" in request.form and request.form["add"] in STAGES:
        form.add(request.form["add"])
    form.open_ledger(request.form.get("ledger", ""))
    form.open_spread(request.form.get("spread", ""))
    _draw(case, form)
    form.remove(request.form.get("remove", ""))
    form.in_order(STAGES)
    if "action" not in request.form:
        return _page(case, form)
    form.drop_blank()
    if conflicts.undecided():
        return _conflict_page(case, form)
    conflicts.settle_inventory(form, _stored(case))
    status = _save(case, form)
    if status == 409:
        return _conflict_page(case, form)
    if status and request.form["action"] == "later":
        keep_for_later(case, "inventory")
        return redirect(url_for("certification.show", case_id=case_id))
    if status:
        return _page(case, form, status)
    if request.form["action"] == "paste":  # what was pasted is sent on, to be shown beside what is saved now
        return redirect(url_for("certification.upload_sheet", case_id=case_id, kind="inventory"), 307)
    flash(_("已保存"), "ok")
    stays = request.form["action"] == "stay"
    return redirect(url_for("certification.inventory" if stays else "certification.show", case_id=case_id))


def _draw(case: "Application", form: InventoryForm) -> None:
    """Write into a row the months that an earlier case's ledger shares with the period."""
    number = request.form.get("draw", "")
    found = ledgers.earlier(case).get(request.form.get(f"rows-{number}-draw", "")) if number else None
    if found is None:
        return
    stated = records.kept(ledgers.shared_with(found, form.head), _digests(case).values())
    form.draw(number, found.unit, stated)
    if stated.get("months"):
        flash(_("已取来统计期内的月份，其余留空；保存以后生效"), "ok")
    else:
        flash(_("那份台账没有统计期内的月份"), "warn")


def _save(case: "Application", form: InventoryForm) -> int | None:
    """Save and commit; the status of the page to be shown again when that was refused."""
    try:
        rows = form.activity(_digests(case))
        verbs.save_inventory(case, current_actor(), form.facts(), rows, form.version or 0)
        answer_points(case)
        drop_saved(case, "inventory")
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        form.blame(refused)
        return 422
    except OutOfOrder as refused:
        if refused.slug != "page-is-stale":
            raise
        db.session.rollback()
        return 409
    return None


def _conflict_page(case: "Application", form: InventoryForm) -> ResponseReturnValue:
    form.in_order(STAGES)
    stored = case.inventory
    by = (stored.updated_by, stored.updated_at)
    return conflicts.page(
        case, "inventory", stored.version, conflicts.inventory_clashes(form, _stored(case)), by
    )


@applications.post("/applications/<id:case_id>/inventory/preview")
@repeatable
@reads_first
def preview_inventory(case_id: int) -> ResponseReturnValue:
    """The panel beside the grid, for what stands in the grid now; nothing is stored."""
    case = own_case(case_id, current_actor())
    form = InventoryForm.of_request(request.form)
    activity = typed_activity(case, form)
    return render_template(
        "certification/application/inventory/live.html",
        case=case,
        form=form,
        live=activity.live,
        ledgers=activity.ledgers,
    )


@applications.get("/factors")
def factors() -> ResponseReturnValue:
    """The factor library: a page of its own, or the list alone for the grid's dialog."""
    sought = {name: asked.text(name) for name in ("q", "unit", "stage")}
    try:
        total, found = library.search_factors(sought["q"], sought["unit"], "", sought["stage"], MOST_FOUND)
    except Invalid:
        total, found = 0, []
    fragment = "HX-Request" in request.headers
    return render_template(
        f"certification/application/inventory/{'found' if fragment else 'factors'}.html",
        asked=sought,
        total=total,
        found=[(factor, inventories.of_library(factor)) for factor in found],
    )


def shut_rows(case: "Application", form: InventoryForm) -> frozenset[int]:
    """The places, on the page, of the rows that no point opens: those that stand as they were handed in."""
    opened = open_parts.open_rows(case)
    if opened is None:
        return frozenset()
    handed_in = InventoryForm.of_inventory(case.inventory).rows
    shut = [row for number, row in enumerate(handed_in) if number not in opened]
    return frozenset(place for place, row in enumerate(form.rows) if row in shut)


def _digests(case: "Application") -> dict[str, str]:
    """The files a note may name: one that does stands for its file, besides those that are chosen."""
    return {file.name: file.digest for file in case.current_files}


def _page(case: "Application", form: InventoryForm, status: int = 200) -> ResponseReturnValue:
    shut = open_parts.shut(current_actor(), case, "inventory")
    opened = len(shut) < len(places(case)["inventory"])
    activity = typed_activity(case, form) if opened else activity_of(case)
    page = render_template(
        "certification/application/inventory/edit.html",
        case=case,
        form=form,
        activity=activity,
        ledgers=activity.ledgers,
        called={file.digest: file.name for file in case.current_files},
        illegible=inventories.unread(case, form.rows),
        units=units.OFFERED,
        months=list(ledgers.months_to_fill(form.head)),
        ledger_fields=records.LEDGER,
        beside_fields=records.CONDITIONS,
        spread_fields=records.SPREAD,
        earlier=cache(lambda: ledgers.of_period(ledgers.earlier(case), form.head)),
        output_units=units.convertible(case.inventory.declared_unit),
        shut=shut,
        numbers=row_numbers(case),
        splitting=open_parts.stages_to_add(case),
        shut_rows=shut_rows(case, form) if opened else frozenset(),
        added=request.form.get("add"),
        pasted=request.form.get("pasted", ""),
        points=points_of(case, "inventory"),
        open=opened,
        **quantities.said(),
    )
    return page, status
