"""The own account: name, language, password, tokens."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts import operations, queries
from accounts.forms import AbsenceForm, PasswordForm, ProfileForm, TokenForm, refuse
from accounts.session import current_actor, enter, keep_language, personal, show_once
from accounts.views.blueprint import bp
from core.db import db
from core.errors import Invalid
from core.i18n import _
from core.once import repeatable


@bp.get("/account")
@personal
def account() -> ResponseReturnValue:
    return _page()


def _page(status: int = 200, secret: str = "", **forms: object) -> tuple[str, int]:
    """The page, with the form that was refused in place of a fresh one."""
    actor = current_actor()
    fresh = {
        "profile": ProfileForm(formdata=None, person=current_user.name, language=current_user.language),
        "password": PasswordForm(formdata=None),
        "token": TokenForm(formdata=None),
        "absence": AbsenceForm(formdata=None),
    }
    page = render_template(
        "accounts/account.html",
        email=current_user.email,
        tokens=queries.tokens(actor),
        secret=secret,
        absences=queries.own_absences(actor),
        forms=fresh | forms,
    )
    return page, status


@bp.post("/account/profile")
@repeatable
@personal
def update_profile() -> ResponseReturnValue:
    form = ProfileForm()
    if not form.validate_on_submit():
        return _page(422, profile=form)
    try:
        operations.update_profile(current_actor(), form.person.data or "", form.language.data)
    except Invalid as error:
        refuse(form, error)
        return _page(422, profile=form)
    db.session.commit()
    flash(_("已保存"), "ok")
    return keep_language(redirect(url_for("accounts.account")), form.language.data)


@bp.post("/account/password")
@repeatable
@personal
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if not form.validate_on_submit():
        return _page(422, password=form)
    try:
        operations.change_password(current_actor(), form.current.data or "", form.password.data or "")
    except Invalid as error:
        refuse(form, error)
        return _page(422, password=form)
    db.session.commit()
    enter(current_user._get_current_object())  # every session ended, this one begins anew
    flash(_("密码已修改，其他地方的登录已失效"), "ok")
    return redirect(url_for("accounts.account"))


@bp.post("/account/tokens")
@personal
def create_token() -> ResponseReturnValue:
    form = TokenForm()
    if not form.validate_on_submit():
        return _page(422, token=form)
    try:
        _token, secret = operations.create_token(current_actor(), form.name.data or "")
    except Invalid as error:
        refuse(form, error)
        return _page(422, token=form)
    db.session.commit()
    page, _status = _page(secret=secret)
    return show_once(page)  # by this very answer, so there is nothing to redirect to


@bp.post("/account/tokens/<id:token_id>/revoke")
@personal
def revoke_token(token_id: int) -> ResponseReturnValue:
    operations.revoke_token(current_actor(), token_id)
    db.session.commit()
    flash(_("令牌已停用"), "ok")
    return redirect(url_for("accounts.account"))


@bp.post("/account/absences")
def state_absence() -> ResponseReturnValue:
    form = AbsenceForm()
    if not form.validate_on_submit():
        return _page(422, absence=form)
    first, last = form.first.data, form.last.data
    assert first  # or the form were refused
    assert last
    try:
        operations.state_absence(current_actor(), first, last, form.note.data or "")
    except Invalid as error:
        refuse(form, error)
        return _page(422, absence=form)
    db.session.commit()
    flash(_("已登记缺勤"), "ok")
    return redirect(url_for("accounts.account"))


@bp.post("/account/absences/<id:absence_id>/withdraw")
def withdraw_absence(absence_id: int) -> ResponseReturnValue:
    operations.withdraw_absence(current_actor(), absence_id)
    db.session.commit()
    flash(_("缺勤已撤回"), "ok")
    return redirect(url_for("accounts.account"))
