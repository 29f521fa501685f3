"""Coming in and going out: signing in, signing up, choosing in whose name to act."""

from typing import TYPE_CHECKING

from flask import abort, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from accounts import operations, queries
from accounts.actor import NOBODY
from accounts.forms import SignInForm, SignUpForm, refuse, typed
from accounts.guessing import count_wrong_password, know_browser, refuse_guessing
from accounts.session import (
    choose,
    current_actor,
    enter,
    home,
    keep_language,
    leave,
    personal,
    public,
    safe_target,
)
from accounts.views.blueprint import bp
from core import asked
from core.db import db, only_reading
from core.errors import Invalid, NotPermitted
from core.once import repeatable
from core.readers import ids
from core.words import say

if TYPE_CHECKING:
    from accounts.models import User


@bp.get("/language/<any(zh, en):code>")
@public
def switch_language(code: str) -> ResponseReturnValue:
    """The one address that sets a language for the pages to come."""
    return keep_language(redirect(safe_target(asked.as_it_stands("next")) or "/"), code)


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    return sign_in_page(SignInForm(next=asked.as_it_stands("next")))


@bp.post("/sign-in")
@repeatable
@public
def sign_in_now() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return sign_in_page(form), 422
    try:
        user_id = _weigh(form.email.data or "", form.password.data or "")
    except NotPermitted as error:
        form.form_errors.append(say(error))
        return sign_in_page(form), 429 if error.slug == "sign-in-too-often" else 403
    user = operations.sign_in(user_id)
    db.session.commit()
    return know_browser(_come_in(user, form.next.data), user.email)


def _weigh(email: str, password: str) -> int:
    refuse_guessing(email)
    try:
        with only_reading():
            return operations.authenticate(email, password).id
    except NotPermitted:
        count_wrong_password(email)
        raise


def sign_in_page(form: SignInForm) -> str:
    demonstration = queries.demonstration_users() if current_app.config["DEMO"] else []
    return render_template(
        "accounts/sign_in.html", form=form, demonstration=demonstration, held="held" in session
    )


@bp.post("/sign-in/demonstration")
@repeatable
@public
def sign_in_demonstration() -> ResponseReturnValue:
    if not current_app.config["DEMO"]:
        abort(404)
    user = operations.enter_demonstration(ids.number(request.form.get("user")) or 0)
    db.session.commit()
    return _come_in(user, request.form.get("next"))


def _come_in(user: "User", target: str | None) -> BaseResponse:
    enter(user)
    if "held" in session:
        return redirect(url_for("accounts.held_form"))
    if target := safe_target(target):
        return redirect(target)
    if len(user.open_memberships) != 1:
        return redirect(url_for("accounts.roles"))
    return redirect(home(current_actor()))


@bp.post("/sign-out")
@repeatable
@public
def sign_out() -> ResponseReturnValue:
    """The session ends here, not only in this browser: a cookie that was copied opens nothing any more."""
    if secret := session.get("_user_id"):
        operations.end_session(secret)
        db.session.commit()
    leave()
    return redirect(url_for("accounts.sign_in"))


@bp.get("/sign-up")
@public
def sign_up() -> ResponseReturnValue:
    return render_template("accounts/sign_up.html", form=SignUpForm())


@bp.post("/sign-up")
@public
def sign_up_now() -> ResponseReturnValue:
    form = SignUpForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_up.html", form=form), 422
    facts = typed(form, "name", "region", "address", "telephone", "email", "person", "password")
    try:
        user = operations.sign_up(NOBODY, code=form.uscc.data or "", **facts).user
    except Invalid as error:
        db.session.rollback()
        refuse(form, error)
        return render_template("accounts/sign_up.html", form=form), 422
    db.session.commit()
    return _come_in(user, None)


@bp.get("/roles")
@personal
def roles() -> ResponseReturnValue:
    return render_template("accounts/roles.html", memberships=current_user.open_memberships)


@bp.post("/roles")
@repeatable
@personal
def choose_role() -> ResponseReturnValue:
    choose(ids.number(request.form.get("membership")) or 0)
    return redirect(safe_target(request.form.get("next")) or home(current_actor()))
