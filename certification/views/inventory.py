"""The activity data: a grid that is computed while it is typed, and saved as a whole."""

from flask import flash, redirect, render_template, request, url_for

from accounts.session import current_actor
from carbon import queries as library
from carbon import units
from carbon.footprint import SETS, STAGES
from certification import operations
from certification.forms.inventory import InventoryForm
from certification.queries import applicant, inventories
from certification.views.activity import activity_of, typed_activity
from certification.views.applications import applications, own_case
from certification.views.sections import points_of
from core.db import db
from core.errors import Invalid, OutOfOrder
from core.i18n import _
from core.words import sentence

MOST_FOUND = 20


@applications.get("/applications/<int:case_id>/inventory")
def inventory(case_id: int):
    case = own_case(case_id, current_actor())
    form = InventoryForm.of_inventory(case.inventory)
    form.in_order(STAGES)
    return _page(case, form)


@applications.post("/applications/<int:case_id>/inventory")
def save_inventory(case_id: int):
    case = own_case(case_id, current_actor())
    form = InventoryForm.of_request(request.form)
    if "add" in request.form and request.form["add"] in STAGES:
        form.add(request.form["add"])
    form.remove(request.form.get("remove", ""))
    form.in_order(STAGES)
    if "action" not in request.form:
        return _page(case, form)
    form.drop_blank()
    status = _save(case, form)
    if status:
        return _page(case, form, status)
    flash(_("已保存"), "ok")
    stays = request.form["action"] == "stay"
    return redirect(url_for("certification.inventory" if stays else "certification.show", case_id=case_id))


def _save(case, form: InventoryForm) -> int | None:
    """Save and commit; the status of the page to be shown again when that was refused."""
    try:
        rows = form.activity(_digests(case))
        operations.save_inventory(case, current_actor(), form.facts(), rows, form.version)
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        form.blame(refused)
        return 422
    except OutOfOrder as refused:
        if refused.slug != "page-is-stale":
            raise
        db.session.rollback()
        form.errors[""] = sentence(refused.slug)
        form.version = case.inventory.version
        return 409
    return None


@applications.post("/applications/<int:case_id>/inventory/preview")
def preview_inventory(case_id: int):
    """The panel beside the grid, for what stands in the grid now; nothing is stored."""
    case = own_case(case_id, current_actor())
    form = InventoryForm.of_request(request.form)
    return render_template(
        "certification/inventory/live.html", case=case, form=form, live=typed_activity(case, form).live
    )


@applications.get("/factors")
def factors():
    """The factor library: a page of its own, or the list alone for the grid's dialog."""
    asked = {name: request.args.get(name, "").strip() for name in ("q", "unit", "stage")}
    try:
        total, found = library.search_factors(asked["q"], asked["unit"], "", asked["stage"], MOST_FOUND)
    except Invalid:
        total, found = 0, []
    fragment = "HX-Request" in request.headers
    return render_template(
        f"certification/inventory/{'found' if fragment else 'factors'}.html",
        asked=asked,
        total=total,
        found=[(factor, inventories.of_library(factor)) for factor in found],
    )


def _digests(case) -> dict[str, str]:
    """The files evidence may name; what came with a digest of its own keeps it while its text stays."""
    kept = {row.evidence: row.evidence_digest for row in case.inventory.rows if row.evidence_digest}
    return kept | {file.name: file.digest for file in case.current_files}


def _page(case, form: InventoryForm, status: int = 200):
    opened = applicant.may_change(current_actor(), case, "inventory")
    page = render_template(
        "certification/inventory/edit.html",
        case=case,
        form=form,
        activity=typed_activity(case, form) if opened else activity_of(case),
        units=units.OFFERED,
        output_units=units.convertible(case.inventory.declared_unit),
        gwps=SETS,
        stale=status == 409,
        added=request.form.get("add"),
        points=points_of(case, "inventory"),
        open=opened,
    )
    return page, status
