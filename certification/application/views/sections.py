"""The sections of an application: parties, product and models, files.

The buttons that add and remove lines are submit buttons of the same form: they show the page
again with what was typed, and save nothing.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor, reads_first
from certification.application.forms import applications as forms
from certification.application.forms.parameters import product_form
from certification.application.operations.applications import answer_point, update_application
from certification.application.queries import open_parts
from certification.application.views import conflicts
from certification.application.views.applications import applications, own_case
from certification.application.views.drafts import drop_saved, keep_for_later, refill
from certification.application.words.parameters import condition, told
from certification.workflow.correction import places_of, section_of
from core.i18n import _
from core.machine import Facts
from core.once import repeatable
from core.step.door import Redisplay, try_save
from core.step.forms import SavedForm

if TYPE_CHECKING:
    from certification.application.models import Application, CorrectionPoint

applications.add_app_template_global(told, "parameters_told")
applications.add_app_template_global(condition, "condition_of")

Section = TypeVar("Section", forms.PartiesForm, forms.ProductForm)
FOLLOWING = {"parties": "product", "product": "files"}


@applications.get("/applications/<id:case_id>/parties")
def parties(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    return _parties_page(case, _parties_form(case, **refill("application", case_id, "parties")))


@applications.post("/applications/<id:case_id>/parties")
@repeatable
@reads_first
def save_parties(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    form = _parties_form(case, **conflicts.settled(case, "parties"))
    if party := request.form.get("copy"):
        if party in ("producer", "factory"):
            form.copy(party, case.applicant)
        return _parties_page(case, form)
    return _save(case, form, "parties", _parties_page)


def _parties_form(case: "Application", **made: object) -> forms.PartiesForm:
    data = {"version": case.version, "producer": case.producer, "factory": case.factory}
    return _with_shut(case, forms.PartiesForm(data=data, **made), "parties")


def _parties_page(
    case: "Application", form: forms.PartiesForm, again: Redisplay | None = None
) -> ResponseReturnValue:
    return _page("parties", case, form, again)


@applications.get("/applications/<id:case_id>/product")
def product(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    form = _product_form(case, **refill("application", case_id, "product"))
    if not form.models.entries:
        form.add_line()
    return _product_page(case, form)


@applications.post("/applications/<id:case_id>/product")
@repeatable
@reads_first
def save_product(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    form = _product_form(case, **conflicts.settled(case, "product"))
    if "add" in request.form or "remove" in request.form:
        if "add" in request.form:
            form.add_line()
        form.remove_line(request.form.get("remove", ""))
        return _product_page(case, form)
    return _save(case, form, "product", _product_page)


def _product_form(case: "Application", **made: object) -> forms.ProductForm:
    return _with_shut(case, product_form(case.scheme.rules)(obj=case, **made), "product")


def _product_page(
    case: "Application", form: forms.ProductForm, again: Redisplay | None = None
) -> ResponseReturnValue:
    return _page("product", case, form, again)


def _with_shut(case: "Application", form: Section, section: str) -> Section:
    """A section that is shut altogether keeps its form whole, so that the verb may say why it is."""
    shut = open_parts.shut(current_actor(), case, section)
    form.shut = frozenset() if shut >= set(places_of(case, section)) else shut
    return form


def _save(
    case: "Application",
    form: Section,
    section: str,
    page: "Callable[[Application, Section, Redisplay | None], ResponseReturnValue]",
) -> ResponseReturnValue:
    """Save one section, or show why not: both values where somebody else saved meanwhile."""
    case_id = case.id  # once saved, asking the row again would take the write lock
    if conflicts.undecided():
        return conflicts.page(case, section, case.version, conflicts.clashes(case, section, form))
    again = try_save(case, form, lambda **facts: _update(case, form, section, facts))
    if again is None:
        return _onward(case_id, FOLLOWING[section])
    if again.status == 409:
        return conflicts.page(case, section, case.version, conflicts.clashes(case, section, form))
    if request.form.get("action") == "later":
        keep_for_later(case, section)
        return redirect(url_for("certification.show", case_id=case_id))
    return page(case, form, again)


def _open(case: "Application", place: str) -> bool:
    return open_parts.may_change(current_actor(), case, place)


def _update(case: "Application", form: SavedForm, section: str, facts: Facts) -> None:
    update_application(case, current_actor(), form.version.data or 0, **facts)
    answer_points(case)
    drop_saved(case, section)


def answer_points(case: "Application") -> None:
    """Take the answers that stand beside the fields; one left empty stays open."""
    for point in case.open_points if case.is_correcting else ():
        text = request.form.get(f"point-{point.id}", "").strip()
        asked = f"offered-{point.id}" in request.form
        exempt = f"exempt-{point.id}" in request.form if asked else point.not_applicable
        if text and (text, exempt) != (point.answer, point.not_applicable):
            answer_point(point, case, current_actor(), text, exempt)


def _page(section: str, case: "Application", form: SavedForm, again: Redisplay | None) -> ResponseReturnValue:
    shut = open_parts.shut(current_actor(), case, section)
    page = render_template(
        f"certification/application/{section}.html",
        case=case,
        form=form,
        again=again,
        points=points_of(case, section),
        shut=shut,
        open=len(shut) < len(places_of(case, section)),
        base=conflicts.base_of(case, section),
    )
    return page, again.status if again else 200


def points_of(case: "Application", section: str) -> "list[CorrectionPoint]":
    """What the body asked about this section, while it is to be corrected."""
    if not case.is_correcting:
        return []
    return [point for point in case.open_points if section_of(point.anchor) == section]


def _onward(case_id: int, following: str) -> ResponseReturnValue:
    """To the next section, or back to the list of sections when the applicant asked for that."""
    flash(_("已保存"), "ok")
    later = request.form.get("action") == "later"
    return redirect(url_for("certification.show" if later else f"certification.{following}", case_id=case_id))
