"""Where forms are kept while they are typed.  Nothing of a case changes here."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict

from accounts.session import current_actor, safe_target
from certification.application.operations.drafts import drop_draft, keep_draft, place_of
from certification.application.queries import drafts as kept
from core import asked
from core.clock import SHANGHAI
from core.db import db, start_writing
from core.i18n import _
from core.once import repeatable
from core.web import json_response

if TYPE_CHECKING:
    from certification.application.models import Application, Draft

drafts = Blueprint("drafts", __name__, url_prefix="/certification/drafts")


@drafts.app_template_global()
def draft_of(kind: str, subject_id: int, form: str) -> "Draft | None":
    return kept.mine(current_actor(), kind, subject_id, form)


@drafts.app_template_global()
def restore_address() -> str:
    """This page, with what was left typed brought back into its form."""
    return f"{request.path}?{urlencode([*asked.all_but(), ('restore', 1)])}"


drafts.add_app_template_global(place_of, "draft_place")


@drafts.post("/")
@repeatable
def keep() -> ResponseReturnValue:
    """What a page's script sends while one types, and the button of a page without scripts."""
    fields = list(request.form.items(multi=True))
    draft = keep_draft(current_actor(), request.form.get("draft", ""), fields)
    db.session.commit()
    at = draft.saved_at.astimezone(SHANGHAI).strftime("%H:%M")
    if request.accept_mimetypes.best == "application/json":
        return json_response({"saved_at": at})
    flash(_("草稿已保存（%(time)s），还没有提交", time=at), "ok")
    return redirect(_back())


@drafts.post("/drop")
@repeatable
def drop() -> ResponseReturnValue:
    drop_draft(current_actor(), request.form.get("draft", ""))
    db.session.commit()
    flash(_("草稿已丢弃"), "ok")
    return redirect(_back())


@drafts.get("/token")
def token() -> ResponseReturnValue:
    """A page whose sign-in ran out and was renewed elsewhere learns the new token of its forms."""
    return json_response({"csrf_token": generate_csrf()})


def _back() -> str:
    """The page the form stands on, as it is without what was brought back."""
    came_from = urlsplit(request.referrer or "")
    query = "&".join(part for part in came_from.query.split("&") if part and part != "restore=1")
    here = came_from.path if came_from.netloc == request.host else ""
    return safe_target(f"{here}?{query}" if query else here) or "/"


def refill(kind: str, subject_id: int, form: str, *, at_once: bool = False) -> dict[str, MultiDict[str, str]]:
    """What a form is made with when its draft is to be brought back: {"formdata": …}, or nothing.

    A draft comes back when its author asks for it; one that is a list being collected, `at_once`.
    """
    if request.method != "GET" or not (at_once or asked.flag("restore")):
        return {}
    draft = kept.mine(current_actor(), kind, subject_id, form)
    if draft is None:
        return {}
    g.brought = brought = MultiDict([(name, value) for name, value in draft.fields])
    return {"formdata": brought}


@drafts.app_template_global()
def brought_back(name: str, stored: str) -> str:
    """What a field outside the forms shows: what was just sent, else brought back, else what is kept."""
    shown: str = request.form.get(name, g.get("brought", {}).get(name, stored))
    return shown


drafts.add_app_template_global(refill)


def drop_saved(case: "Application", form: str) -> None:
    """What was saved is no draft any more."""
    drop_draft(current_actor(), place_of("application", case.id, form))


def keep_for_later(case: "Application", form: str) -> None:
    """Whoever leaves a page keeps what was typed, right or wrong."""
    start_writing()
    place = place_of("application", case.id, form)
    keep_draft(current_actor(), place, list(request.form.items(multi=True)))
    db.session.commit()
    flash(_("草稿已保存，其中还有要修改的地方；打开这一页时可以恢复"), "ok")
