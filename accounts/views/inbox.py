"""What one was told, how one wants to be told, and the mails that went out."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts import operations, queries
from accounts.forms import NoticesForm
from accounts.notices import say
from accounts.session import current_actor, personal, show_once
from accounts.views.blueprint import bp
from core import asked
from core.db import db
from core.i18n import _
from core.once import repeatable
from core.web import paginate

PAGE_SIZE = 20


@bp.app_context_processor
def bell() -> dict[str, Callable[..., object]]:
    return {"unread": unread}


def unread() -> int:
    """How many notices the reader of this page has not read: one question, only when signed in."""
    actor = current_actor()
    return queries.unread(actor) if actor.id else 0


@bp.get("/account/inbox")
@personal
def inbox() -> ResponseReturnValue:
    actor, every = current_actor(), asked.flag("all")
    page = paginate(queries.inbox(actor, unread_only=not every), asked.page(), PAGE_SIZE)
    said = [(notice, say(notice)) for notice in page.items]
    return render_template("accounts/inbox.html", page=page, said=said, every=every)


@bp.post("/account/inbox/<id:notice_id>/open")
@repeatable
@personal
def open_notice(notice_id: int) -> ResponseReturnValue:
    """Lead to what it is about; that is also how it counts as read."""
    notice = operations.mark_read(current_actor(), notice_id)
    target = notice.link
    db.session.commit()
    return redirect(target)


@bp.post("/account/inbox/<id:notice_id>/read")
@repeatable
@personal
def read_notice(notice_id: int) -> ResponseReturnValue:
    operations.mark_read(current_actor(), notice_id)
    db.session.commit()
    return redirect(url_for("accounts.inbox"))


@bp.post("/account/inbox/read")
@repeatable
@personal
def read_all() -> ResponseReturnValue:
    operations.mark_all_read(current_actor())
    db.session.commit()
    flash(_("全部标为已读"), "ok")
    return redirect(url_for("accounts.inbox"))


@bp.get("/account/notices")
@personal
def notices() -> ResponseReturnValue:
    return _page(NoticesForm(formdata=None, data=queries.preferences(current_actor())))


def _page(form: NoticesForm, secret: str = "") -> str:
    actor = current_actor()
    return render_template(
        "accounts/notices.html",
        form=form,
        feeds=queries.calendar_feeds(actor),
        secret=secret,
    )


@bp.post("/account/notices")
@repeatable
@personal
def set_notices() -> ResponseReturnValue:
    form = NoticesForm()
    if not form.validate_on_submit():
        return _page(form), 422
    operations.prefer(current_actor(), form.wishes())
    db.session.commit()
    flash(_("已保存"), "ok")
    return redirect(url_for("accounts.notices"))


@bp.get("/account/mails")
@personal
def mails() -> ResponseReturnValue:
    actor = current_actor()
    page = paginate(queries.deliveries(actor), asked.page(), PAGE_SIZE)
    return render_template("accounts/mails.html", page=page, everybody="administrator" in actor.roles)


@bp.post("/account/calendar")
def create_feed() -> ResponseReturnValue:
    secret = operations.create_feed(current_actor())
    db.session.commit()
    form = NoticesForm(formdata=None, data=queries.preferences(current_actor()))
    return show_once(_page(form, secret))


@bp.post("/account/calendar/<id:feed_id>/revoke")
@personal
def revoke_feed(feed_id: int) -> ResponseReturnValue:
    operations.revoke_feed(current_actor(), feed_id)
    db.session.commit()
    flash(_("订阅地址已停用"), "ok")
    return redirect(url_for("accounts.notices"))
