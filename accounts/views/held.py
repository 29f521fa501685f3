"""A form that came too late keeps what was typed: the sign-in had run out, or the page had gone stale.

Nothing is done with what it says until its author, signed in, sends it again.
"""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from limits import parse

from accounts import operations, queries
from accounts.forms import SignInForm
from accounts.guessing import client
from accounts.session import limiter, login_manager, public
from accounts.views.blueprint import bp
from accounts.views.entrance import sign_in_page
from core.db import db
from core.errors import NotFound
from core.once import repeatable
from core.web import error_page, problem, wants_json
from core.words import sentence

if TYPE_CHECKING:
    from accounts.models import HeldForm

LARGEST = 1024 * 1024  # characters of one held form
AS_MANY = parse("60 per hour")  # for each address, since nobody need be signed in to leave one here
# Parts of names of fields that are not kept: passwords above all are never written down.
UNKEPT = ("csrf_token", "held_form", "password", "current")


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]  # flask_login ships no types
def ask_to_sign_in() -> ResponseReturnValue:
    """What a signed-out visitor of a closed page gets."""
    if "HX-Request" in request.headers:
        return _fragment()
    if _asked_by_script():
        return problem("sign-in-needed", 401, sentence("sign-in-needed"))
    if request.method == "POST" and _sent_from_here() and _hold():
        return redirect(url_for("accounts.sign_in"), 303)
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=target), 303)


@bp.app_errorhandler(CSRFError)
def form_left_open(_error: CSRFError) -> ResponseReturnValue:
    if wants_json() or _asked_by_script():
        return problem("form-left-open", 400, sentence("form-left-open"))
    if "HX-Request" in request.headers:
        return _fragment()
    if request.endpoint == "accounts.sign_in_now":
        form = SignInForm()
        form.form_errors.append(sentence("form-left-open"))
        return sign_in_page(form), 400
    if _sent_from_here() and _hold():
        return redirect(url_for("accounts.held_form"), 303)
    return error_page(400, sentence("form-left-open"), [], slug="form-left-open")


def _asked_by_script() -> bool:
    """The page that asked stays open, typed text and all: nothing need be held for it."""
    return request.accept_mimetypes.best == "application/json"


def _fragment() -> ResponseReturnValue:
    """A note above the page that asked, which stays as it is, typed text and all."""
    note = render_template("accounts/signed_out_fragment.html")
    return note, 401, {"HX-Retarget": "#signed-out", "HX-Reswap": "innerHTML show:window:top"}


def _sent_from_here() -> bool:
    """Only our own pages: another site must not be able to put words into anybody's mouth."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def _hold() -> bool:
    """Keep the form of this request; False when there is nothing to keep, or too much."""
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not any(word in name for word in UNKEPT)
    ]
    files = [file.filename for _name, file in request.files.items(multi=True) if file.filename]
    if not (fields or files) or sum(len(name) + len(value) for name, value in fields) > LARGEST:
        return False
    if not limiter.limiter.hit(AS_MANY, "held-form", client()):
        return False
    session["held"] = operations.hold_form(request.full_path.rstrip("?"), fields, files)
    db.session.commit()
    return True


@bp.get("/held-form")
@public
def held_form() -> ResponseReturnValue:
    return render_template("accounts/held_form.html", held=_held(), secret=session["held"])


@bp.post("/held-form/drop")
@repeatable
@public
def drop_held_form() -> ResponseReturnValue:
    operations.drop_held_form(_held_secret())
    db.session.commit()
    session.pop("held", None)
    return redirect("/")


@bp.after_app_request
def _let_go(response: Response) -> Response:
    """Once the form was taken at its address, its copy is no longer offered."""
    taken = request.method == "POST" and response.status_code < 400
    if taken and "held" in session and request.form.get("held_form") == session["held"]:
        session.pop("held")
    return response


def _held() -> "HeldForm":
    held = queries.held_form(_held_secret())
    if held is None:
        session.pop("held", None)
        raise NotFound("held-form-gone")
    return held


def _held_secret() -> str:
    return str(session.get("held", ""))
