"""The process system of a case, typed process by process; every button is a form that is sent."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from carbon import units
from carbon.footprint import GASES, STAGES
from certification.application.forms.system import ProcessForm
from certification.application.operations import systems as verbs
from certification.application.queries import chains, open_parts
from certification.application.queries.product_names import ProductNames
from certification.application.views.applications import applications, own_case
from core import asked
from core.db import db
from core.errors import Invalid, OutOfOrder
from core.i18n import _
from core.once import repeatable
from core.words import known, sentence, unit_text, word

if TYPE_CHECKING:
    from certification.application.models import Application

SUGGESTED = 200  # products in the list that a box opens; any other can be typed
PLACE = "inventory.system"


@applications.app_template_global()
def chain_shown(system: chains.Plain | None, gwp: str) -> chains.Chain | None:
    """A system to be read, at the page of its processes that is asked for."""
    return chains.chain_of(system, gwp, asked.as_it_stands("process"), asked.number("processes", 0, least=1))


@applications.app_template_global()
def gas_name(gas: str) -> str:
    return str(word(f"gas.{gas}")) if known(f"gas.{gas}") else gas


@applications.get("/applications/<id:case_id>/system")
def system(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    return _page(case, _stored(case, asked.as_it_stands("process")))


@applications.post("/applications/<id:case_id>/system")
@repeatable
def save_process(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    form = ProcessForm.of_request(request.form)
    verbs.process_of(case.inventory.system, form.name)  # one that is gone has no page
    if "action" not in request.form:
        form.add(request.form.get("add", ""))
        form.remove(request.form.get("remove", ""))
        return _page(case, form)
    names = ProductNames(case.inventory.system)
    try:
        if request.form["action"] == "remove":
            verbs.remove_process(case, current_actor(), form.name, form.was)
        else:
            verbs.save_process(case, current_actor(), form.as_sent(names), form.was)
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        form.blame(refused, names, _pointer(case, form.name))
        return _page(case, form, 422)
    except OutOfOrder as refused:
        return _late(case, lambda: form, refused)
    flash(_("已保存"), "ok")
    return _back(case_id, "" if request.form["action"] == "remove" else form.name)


@applications.post("/applications/<id:case_id>/system/change")
def change_system(case_id: int) -> ResponseReturnValue:
    """What concerns more than the process that is open: one more, what is asked for, a mend, the end."""
    case = own_case(case_id, current_actor())
    process, was = request.form.get("process", ""), request.form.get("was", "")
    try:
        about = _change(case, request.form.get("act", ""), process, was)
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        errors = {name: sentence(slug, refused.detail_of(name)) for name, slug in refused.fields.items()}
        return _page(case, _stored(case, process), 422, errors)
    except OutOfOrder as refused:
        return _late(case, lambda: _stored(case, process), refused)
    flash(_("已保存"), "ok")
    return _back(case_id, about)


def _change(case: "Application", act: str, process: str, was: str) -> str:
    """Return the name of the process to open then."""
    actor = current_actor()
    typed = {name: request.form.get(name, "").strip() for name in ("title", "product", "amount", "unit")}
    if act == "add":
        stage = request.form.get("stage", "")
        return verbs.add_process(case, actor, typed["title"], typed["unit"], stage)
    if act == "mend":
        return verbs.mend(case, actor, process, request.form.get("mend", ""), typed["product"], was)
    if act == "ask":
        source = request.form.get("source", "").strip()
        verbs.ask_for(case, actor, typed["product"], typed["amount"], typed["unit"], source, was)
    elif act == "away":
        verbs.take_away_system(case, actor, was)
    else:
        raise Invalid("not-in-list", {"": "not-in-list"})
    return process


def _late(
    case: "Application", shown: Callable[[], ProcessForm | None], refused: OutOfOrder
) -> ResponseReturnValue:
    """Somebody else was faster: what was typed is shown again beside what stands, which is read only now."""
    if refused.slug != "page-is-stale":
        raise refused
    db.session.rollback()
    return _page(case, shown(), 409)


def _back(case_id: int, name: str) -> ResponseReturnValue:
    return redirect(url_for("certification.system", case_id=case_id, process=name or None))


def _stored(case: "Application", name: str) -> ProcessForm | None:
    stored = case.inventory.system
    if not stored:
        return None
    process = verbs.process_of(stored, chains.to_open(stored, name))[1]
    return ProcessForm.of_stored(process, verbs.digest(process), ProductNames(stored))


def _pointer(case: "Application", name: str) -> str:
    place, _process = verbs.process_of(case.inventory.system, name)
    return f"/system/processes/{place}"


def _page(
    case: "Application", form: ProcessForm | None, status: int = 200, errors: dict[str, str] | None = None
) -> ResponseReturnValue:
    stored = case.inventory.system
    names = ProductNames(stored)
    process = verbs.process_of(stored, form.name)[1] if form else None
    chain = chains.chain_of(
        stored, case.gwp, form.name if form else "", asked.number("processes", 0, least=1)
    )
    page = render_template(
        "certification/application/system/edit.html",
        case=case,
        chain=chain,
        form=form,
        stands=process,
        was=verbs.digest(process) if process else "",
        whole=verbs.digest(stored) if stored else "",
        asking=verbs.asked_digest(stored) if stored else "",
        errors=errors or {},
        late=status == 409,
        names=names,
        suggested=list(names)[:SUGGESTED],
        parts_of=_products,
        units=_units(units.OFFERED),
        units_like=_units_like,
        gases=[(gas, gas_name(gas)) for gas in GASES],
        stages=[(stage, word(f"stage.{stage}")) for stage in STAGES],
        open=open_parts.may_change(current_actor(), case, PLACE),
    )
    return page, status


def _units_like(unit: str) -> list[tuple[str, str]]:
    """Those an amount of a product may be typed in."""
    try:
        return _units(units.convertible(unit) if unit else units.OFFERED)
    except Invalid:
        return _units(units.OFFERED)


def _units(offered: tuple[str, ...]) -> list[tuple[str, str]]:
    """What has no unit is no product."""
    return [(unit, unit_text(unit)) for unit in offered if unit != units.ONE]


def _products(form: ProcessForm) -> list[tuple[str, str, dict[str, str]]]:
    """Of each co-product that is typed: how the names of its boxes begin, what it is called, its row."""
    rows = enumerate(form.parts["outputs"])
    return [(f"outputs-{number}-", row["product"] or _("新的一行"), row) for number, row in rows]
