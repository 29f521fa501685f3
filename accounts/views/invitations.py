"""Where the link of an invitation leads: a new account, or a seat for the one that exists."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts import operations, queries
from accounts.actor import NOBODY
from accounts.forms import JoinForm, refuse
from accounts.session import choose, current_actor, enter, home, public
from accounts.views.blueprint import bp
from core.db import db
from core.errors import Invalid
from core.i18n import _


@bp.get("/invitations/<secret>")
@public
def invitation(secret: str) -> ResponseReturnValue:
    return _page(secret, JoinForm())


@bp.post("/invitations/<secret>")
@public
def take_seat(secret: str) -> ResponseReturnValue:
    if current_user.is_authenticated:
        return _accept(secret)
    form = JoinForm()
    if not form.validate_on_submit():
        return _page(secret, form), 422
    try:
        membership = operations.join(NOBODY, secret, form.person.data or "", form.password.data or "")
    except Invalid as error:
        db.session.rollback()
        refuse(form, error)
        return _page(secret, form), 422
    user = membership.user  # held, so that the commit does not take the key of the new session away
    db.session.commit()
    enter(user)
    return _at_the_desk()


def _accept(secret: str) -> ResponseReturnValue:
    membership = operations.accept_invitation(current_actor(), secret)
    db.session.commit()
    choose(membership.id)
    return _at_the_desk()


def _at_the_desk() -> ResponseReturnValue:
    """Where work begins, once somebody gave a role."""
    if current_actor().roles:
        return redirect(home(current_actor()))
    flash(_("您已加入。角色由本单位一人提名、另一人批准后生效。"), "ok")
    return redirect(url_for("accounts.organisation"))


def _page(secret: str, form: JoinForm) -> str:
    offered = queries.invitation(secret)
    known = queries.user_by_email(offered.email) is not None
    return render_template("accounts/invitation.html", invitation=offered, form=form, known=known)
