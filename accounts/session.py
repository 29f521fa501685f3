"""Who is asking, read from a request: a session cookie, or a bearer token on /api/.

Deny by default: a view answers signed-out visitors only when it is marked `@public`,
and somebody who holds no role only when it is marked `@personal`.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    after_this_request,
    current_app,
    g,
    has_request_context,
    make_response,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user, login_user
from werkzeug.wrappers import Response as BaseResponse

from accounts import operations, queries
from accounts.actor import NOBODY, Actor
from accounts.models import Membership, User
from accounts.words import region_name
from core import asked
from core.clock import now
from core.db import reading
from core.errors import NotFound, NotPermitted
from core.web import problem, take_in_body, wants_json
from core.words import sentence

R = TypeVar("R", bound=BaseResponse)
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

LANGUAGES = ("zh", "en")
LANGUAGE_COOKIE = "lang"
SEAT_COOKIE = "seat"
YEAR = 365 * 24 * 3600
PROLONGED_EVERY = 10 * 60  # seconds
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

# Endpoints of the floors above; the app says which.
_homes: dict[str, str] = {}
_desks: dict[str, str] = {}

login_manager = LoginManager()
login_manager.session_protection = None  # people change networks, and nothing here asks for freshness
login_manager.user_loader(queries.user_of_session)

limiter = Limiter(get_remote_address)


def init_app(app: Flask) -> None:
    # Only pages prolong a session (see _stay): a cookie on every stylesheet would keep caches out.
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    login_manager.init_app(app, add_context_processor=False)
    limiter.init_app(app)
    # First of all hooks: a form without a token is often only a form whose sign-in ran out.
    app.before_request_funcs.setdefault(None, []).insert(0, _guard)
    app.after_request(_keep_private)
    app.after_request(_stay)
    app.after_request(_show_seat)
    app.teardown_request(_stop_reading)
    app.jinja_env.globals.update(current_actor=current_actor, home=home, region_name=region_name)


def public(view: View) -> View:
    """Mark a view as open to everybody."""
    view.is_public = True  # type: ignore[attr-defined]  # a function may bear any mark
    return view


def personal(view: View) -> View:
    """Mark a view as the own affair of whoever is signed in, roles or none."""
    view.is_personal = True  # type: ignore[attr-defined]  # likewise
    return view


def reads_first(view: View) -> View:
    """Mark a view that reads and checks before it calls core.db.start_writing, or that saves nothing."""
    view.reads_first = True  # type: ignore[attr-defined]  # likewise
    return view


# At the door


def _guard() -> ResponseReturnValue | None:
    g.pop("actor", None)  # an application context can outlive a request, in tests
    g.pop("_login_user", None)
    g.pop("language", None)
    if request.method not in SAFE_METHODS:
        take_in_body()
    reading.set(request.method in SAFE_METHODS or _is_marked("reads_first") or _sends_a_file())
    if wants_json():
        return _guard_api()
    if _is_open():
        return None
    if not current_user.is_authenticated:
        answer: ResponseReturnValue = login_manager.unauthorized()
        return answer
    g.language = current_user.language  # once saved, asking the row again would open a transaction
    _ask_for_a_role()
    return None


def _guard_api() -> Response | None:
    try:
        actor = current_actor()
    except NotPermitted as refused:
        return _no_entry(refused.slug)
    if _is_open():
        return None
    if actor.id is None:
        return _no_entry("sign-in-needed")
    _ask_for_a_role()
    return None


def _ask_for_a_role() -> None:
    """Nothing granted means nothing allowed, whatever the view behind the door would say."""
    if not (current_actor().roles or _is_marked("is_personal")):
        raise NotPermitted("no-role")


def _no_entry(slug: str) -> Response:
    response = problem(slug, 401, sentence(slug))
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _is_open() -> bool:
    """No endpoint means no such page, which anybody may be told."""
    return request.endpoint in (None, "static") or _is_marked("is_public")


def _sends_a_file() -> bool:
    """A file is examined before anything is written: core.files.store then begins to write."""
    return any(sent.filename for sent in request.files.values())


def _is_marked(mark: str) -> bool:
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), mark, False))


def _keep_private(response: Response) -> Response:
    """What was made for somebody is for that browser alone; it may still go back to a filled-in form."""
    if "actor" in g and g.actor.id is not None:
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def _stay(response: Response) -> Response:
    """A page begins the eight hours of the session anew, at most every ten minutes.

    A picture does not, nor what is shown in place of one that is not there.
    """
    shown = response.status_code == 200 and response.mimetype == "text/html"
    if shown and not _is_open() and g.get("actor", NOBODY).id is not None:
        seconds = int(now().timestamp())
        if seconds - session.get("seen", 0) > PROLONGED_EVERY:
            session["seen"] = seconds
    return response


def show_once(page: str) -> Response:
    """A page with a secret on it: not even the browser keeps it."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _stop_reading(_error: object) -> None:
    reading.set(False)


# Who it is


def current_actor() -> Actor:
    """Whom this request acts for; NOBODY, without any query, when nobody is signed in.

    A bearer token counts on /api/ alone, a session there only for reading: what a
    browser sends along by itself must not change anything where no form token is asked.
    """
    if "actor" not in g:
        g.actor = _bearer() if wants_json() else _person()
    actor: Actor = g.actor
    return actor


def actor_of_kind(kind: str) -> Actor:
    """Who asks, when it is somebody of an organisation of this kind; NotPermitted otherwise."""
    actor = current_actor()
    if actor.kind != kind:
        raise NotPermitted("role-not-held")
    return actor


def _bearer() -> Actor:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return operations.authenticate_token(secret.strip()).actor()
    return _person() if request.method in SAFE_METHODS else NOBODY


def _person() -> Actor:
    if not current_user.is_authenticated:
        return NOBODY
    membership = current_membership()
    actor: Actor = membership.actor() if membership else current_user.actor()
    return actor


def current_membership() -> Membership | None:
    """The seat that was chosen, or the first, when it has ended or none was chosen."""
    mine = current_user.open_memberships
    chosen = session.get("membership")
    return next((seat for seat in mine if seat.id == chosen), mine[0] if mine else None)


def choose(membership_id: int) -> Membership:
    """Act from now on in another of the person's organisations."""
    mine: list[Membership] = current_user.open_memberships
    for seat in mine:
        if seat.id == membership_id:
            session["membership"] = seat.id
            g.pop("actor", None)
            return seat
    raise NotFound("membership-missing")


def enter(user: User) -> None:
    """Begin a session.  Nothing of the one before survives, so that none can be planted;
    only the key to a held form does."""
    held = session.get("held")
    session.clear()
    if held:
        session["held"] = held
    session.permanent = True
    session["seat"] = secrets.token_urlsafe(8)
    login_user(user)
    g.pop("actor", None)


def leave() -> None:
    """End the session, and take away what tells a page of the past that it is still its reader's."""
    session.clear()
    after_this_request(_clear)


def _clear(response: Response) -> Response:
    response.delete_cookie(SEAT_COOKIE)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _show_seat(response: Response) -> Response:
    """A page that Back brings up compares this cookie with the seat it was made for (static/js/tanbiao.js).

    It lives as long as the browser: a session that only ran out takes nothing typed from its reader.
    """
    seat = session.get("seat") if response.mimetype == "text/html" else None
    if seat and seat != request.cookies.get(SEAT_COOKIE):
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        response.set_cookie(SEAT_COOKIE, seat, secure=secure, samesite="Lax")
    return response


def connect(homes: Mapping[str, str], desks: Mapping[str, str]) -> None:
    """Be told at which endpoint work begins: by kind of organisation, by role for whoever has one."""
    _homes.clear()
    _homes.update(homes)
    _desks.clear()
    _desks.update(desks)


def home(actor: Actor) -> str:
    """The address where this person's work begins; the front page for whoever has none."""
    does = actor.roles - {"organisation_admin"}
    desk = _desks.get(min(does)) if len(does) == 1 else None
    endpoint = desk or _homes.get(actor.kind)
    return url_for(endpoint) if endpoint else "/"


def safe_target(target: str | None) -> str | None:
    """`target` when it is a path of this site; None for anything a browser might take elsewhere."""
    if not target or any(ord(letter) <= 32 or letter == "\\" for letter in target):
        return None
    parts = urlsplit(target)
    elsewhere = parts.scheme or parts.netloc or not target.startswith("/") or target.startswith("//")
    return None if elsewhere else target


# In which language


def locale_selector() -> str:
    """What the address asks for, else the cookie, the account, the browser, Chinese."""
    if not has_request_context():
        return LANGUAGES[0]
    for language in (asked.as_it_stands("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if language in LANGUAGES:
            return language
    if "language" in g:
        return str(g.language)
    if current_user.is_authenticated:
        return str(current_user.language)
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def keep_language(response: R, language: str) -> R:
    """Remember a language chosen by the switch or in a profile; looking at a page chooses none."""
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR, secure=secure, httponly=True, samesite="Lax")
    return response
