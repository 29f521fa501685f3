"""The registers of bodies, laboratories and people: read by whom they name, kept by the regulator."""

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.queries import organisations
from accounts.session import current_actor, public
from core import asked, tables
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted
from core.i18n import _
from core.words import word
from registers import operations
from registers.adoption.views import bp as adoptions
from registers.forms import FORMS, DatedForm, EndForm
from registers.queries import entries
from schemes import queries as schemes

registers = Blueprint("registers", __name__, url_prefix="/certification/registers")
public_registers = Blueprint("public_registers", __name__, url_prefix="/registers")
registers.add_app_template_global(entries.expiring, "expiring_entries")

ENTER: dict[str, Callable[..., object]] = {
    "bodies": operations.enter_body,
    "laboratories": operations.enter_laboratory,
    "accreditations": operations.enter_accreditation,
    "people": operations.enter_person,
    "training": operations.enter_training,
}
NAMES = "bodies,laboratories,accreditations,people,training"


@registers.get("/")
def home() -> ResponseReturnValue:
    readable = entries.readable(current_actor())
    if not readable:
        raise NotPermitted("register-not-yours")
    return redirect(url_for("registers.index", register=readable[0]))


@registers.get(f"/<any({NAMES}):register>")
def index(register: str) -> ResponseReturnValue:
    actor = current_actor()
    return render_template(
        "registers/index.html",
        register=register,
        readable=entries.readable(actor),
        found=entries.entries(actor, register, asked.text("q")),
        soon=entries.expiring(actor),
        keeps=entries.keeps(actor, register),
        names=schemes.scheme_names(),
    )


@registers.get(f"/<any({NAMES}):register>.<any(csv,xlsx):kind>")
def export(register: str, kind: str) -> ResponseReturnValue:
    """The whole register as its reader sees it."""
    found = entries.entries(current_actor(), register)
    head = [_("机构"), _("姓名"), _("编号"), _("内容"), _("说明"), _("有效期自"), _("有效期至"), _("状态")]
    rows = [
        [entry.holder, entry.person, entry.number, entry.what, entry.more, entry.valid_from, entry.valid_to,
         str(word(f"entry.state.{entry.state}"))]
        for entry in found
    ]  # fmt: skip
    name = f"{word(f'register.{register}')}-{today()}"
    if kind == "csv":
        return tables.download(tables.to_csv(head, rows), f"{name}.csv", tables.CSV, len(rows))
    return tables.download(tables.to_xlsx(head, rows), f"{name}.xlsx", tables.XLSX, len(rows))


@registers.get(f"/<any({NAMES}):register>/new")
def new(register: str) -> ResponseReturnValue:
    return _form_page(register, _form(register, {"formdata": None, "data": {"valid_from": today()}}))


@registers.post(f"/<any({NAMES}):register>/new")
def enter(register: str) -> ResponseReturnValue:
    actor, form = current_actor(), _form(register)
    if not form.validate():
        return _form_page(register, form), 422
    try:
        ENTER[register](actor, **form.facts())
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        return _form_page(register, form, form.blame(refused)), 422
    flash(_("已登记"), "ok")
    return redirect(url_for("registers.index", register=register), 303)


@registers.get(f"/<any({NAMES}):register>/<id:entry_id>/end")
def ending(register: str, entry_id: int) -> ResponseReturnValue:
    _keeper(register)
    return _end_page(register, entry_id, EndForm(formdata=None, data={"on": today()}))


@registers.post(f"/<any({NAMES}):register>/<id:entry_id>/end")
def end(register: str, entry_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), EndForm()
    found = entries.entry(actor, register, entry_id)
    if not form.validate():
        return _end_page(register, entry_id, form), 422
    try:
        operations.end_entry(actor, register, found, **form.facts())
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        return _end_page(register, entry_id, form, form.blame(refused)), 422
    flash(_("已终止，原来的登记留在历史里"), "ok")
    return redirect(url_for("registers.index", register=register), 303)


@public_registers.get("/")
@public
def listed() -> ResponseReturnValue:
    """Which bodies may certify and which laboratories may test, today."""
    return render_template(
        "registers/public.html",
        bodies=entries.in_force("bodies"),
        laboratories=entries.in_force("laboratories"),
        accreditations=entries.in_force("accreditations"),
        names=schemes.scheme_names(),
    )


def _keeper(register: str) -> None:
    if not entries.keeps(current_actor(), register):
        raise NotPermitted("register-not-yours")


def _form(register: str, how: dict[str, object] | None = None) -> DatedForm:
    actor = current_actor()
    _keeper(register)
    form = FORMS[register](**(how or {}))
    form.offer(
        {
            "certification_body": organisations("certification_body"),
            "testing_body": organisations("testing_body"),
            "schemes": list(schemes.scheme_names().items()),
            "methods": entries.methods(),
            "staff": entries.staff(actor),
        }
    )
    return form


def _form_page(register: str, form: DatedForm, problems: Sequence[str] = ()) -> str:
    page = "registers/new.html"
    return render_template(page, register=register, form=form, problems=problems)


def _end_page(register: str, entry_id: int, form: EndForm, problems: Sequence[str] = ()) -> str:
    found = entries.shown(current_actor(), register, entry_id)
    page = "registers/end.html"
    return render_template(
        page, register=register, entry=found, form=form, problems=problems, names=schemes.scheme_names()
    )


BLUEPRINTS = (registers, public_registers, adoptions)
