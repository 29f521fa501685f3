"""Copying an earlier case into a new draft."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor
from certification.application.forms.clone import CloneForm
from certification.application.operations.clone import clone_application
from certification.application.queries import clone as copies
from certification.application.views.applications import applications, own_case
from core.db import db
from core.errors import Invalid
from core.i18n import _
from core.words import sentence
from registers.queries import known as registers
from schemes import queries as schemes

if TYPE_CHECKING:
    from certification.application.models import Application

applications.add_app_template_global(copies.refresh, "refresh_points")
applications.add_app_template_global(copies.copy_of)


@applications.get("/applications/<id:case_id>/clone")
def clone(case_id: int) -> ResponseReturnValue:
    case = own_case(case_id, current_actor())
    return _page(case, _form(case, {"formdata": None, "data": {"body": case.body_id}}))


@applications.post("/applications/<id:case_id>/clone")
def make_clone(case_id: int) -> ResponseReturnValue:
    actor = current_actor()
    case = own_case(case_id, actor)
    form = _form(case)
    if not form.validate():
        return _page(case, form), 422
    try:
        draft = clone_application(case, actor, schemes.scheme_by_code(case.scheme.code), form.body.data)
        db.session.commit()
    except Invalid as refused:
        db.session.rollback()
        form.body.errors = [*form.body.errors, sentence(refused.slug, refused.detail)]
        return _page(case, form), 422
    flash(_("已复制为草稿 %(number)s，请看需要更新的内容", number=draft.number), "ok")
    return redirect(url_for("certification.show", case_id=draft.id), 303)


def _form(case: "Application", how: dict[str, object] | None = None) -> CloneForm:
    form = CloneForm(**(how or {}))
    form.offer(registers.bodies_for(case.scheme.code))
    return form


def _page(case: "Application", form: CloneForm) -> str:
    old = copies.outlook(current_actor(), case)
    return render_template("certification/application/clone/confirm.html", case=case, form=form, old=old)
