"""The edge: how a no becomes a status, security headers, pages of a long list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode, urlsplit, urlunsplit

import orjson
from flask import Flask, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_compress import Compress
from flask_talisman import Talisman
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Select, func, select
from sqlalchemy.exc import DBAPIError, TimeoutError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, UnsupportedMediaType

from core import asked, clock, once
from core.db import db, reading, trouble
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder, Raced, Refused, Unmet
from core.proxies import WayIn, read_networks
from core.words import known, say, sentence, word

STATUS = {NotFound: 404, NotPermitted: 403, OutOfOrder: 409, Raced: 409, Unmet: 422, Invalid: 422}

LONGEST_JSON = 2 * 1024 * 1024

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": ["'self'", "data:", "blob:"],
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}

FORMS = frozenset({"multipart/form-data", "application/x-www-form-urlencoded"})
WATCHED = frozenset({"core.healthz", "core.readyz", "core.metrics"})
ZIP = "application/zip"
RETRY_S = 5  # after which whoever met a busy database may ask again
LOOKS = ("GET", "HEAD")  # whoever looks has sent nothing that could be lost

T = TypeVar("T")

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    Compress(app)  # of all that is done after a request this comes last
    csrf.init_app(app)
    asked.init_app(app)
    Talisman(
        app,
        content_security_policy=POLICY,
        force_https=False,
        session_cookie_secure=app.config["SESSION_COOKIE_SECURE"],
        referrer_policy="same-origin",
        frame_options="DENY",
    )
    app.wsgi_app = WayIn(  # type: ignore[method-assign]  # as Flask tells to wrap it
        app.wsgi_app, read_networks(app.config["TRUSTED_PROXIES"]), app.config["HOSTS"]
    )
    app.before_request(ask_for_https)
    app.before_request(clock.follow_standing)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(StaleDataError, stale)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(RequestEntityTooLarge, too_large)
    app.register_error_handler(DBAPIError, database_failed)
    app.register_error_handler(TimeoutError, database_failed)
    app.register_error_handler(OSError, database_failed)
    app.register_error_handler(Exception, unexpected)


def take_in_body() -> None:
    """Wait for the whole body, before anything is asked of the database.

    Whoever serves us may hand over a request whose body is still on its way; a stranger's slow line must
    not be waited for inside a transaction.  Pages read forms; programs have the API, which reads JSON.
    """
    reading.set(True)  # what is said to a body that is too large, or breaks off, locks nobody out
    if request.mimetype in FORMS:
        request.form  # noqa: B018 (reads, and keeps what it read)
    else:
        if request.is_json:
            request.max_content_length = LONGEST_JSON
        if request.get_data() and request.endpoint and not wants_json():
            raise UnsupportedMediaType()


def public_address(endpoint: str, **values: Any) -> str:  # as url_for takes them
    """The address of a page as we print it: the name in a request is whatever its sender wrote there."""
    return str(current_app.config["PUBLIC_URL"]) + url_for(endpoint, **values)


def ask_for_https() -> ResponseReturnValue | None:
    """Where the public address is https; whoever watches this machine from beside it may ask as they like."""
    wanted = current_app.config["PUBLIC_URL"].startswith("https://")
    if wanted and not request.is_secure and request.endpoint not in WATCHED:
        return redirect(current_app.config["PUBLIC_URL"] + request.full_path.rstrip("?"), 308)
    return None


def wants_json() -> bool:
    return request.path.startswith("/api/")


def archive_response(parts: Iterable[bytes], name: str) -> Response:
    """A ZIP, sent while it is packed; nobody on the way keeps it."""
    response = Response(parts, mimetype=ZIP)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def json_response(data: object, status: int = 200, media: str = "application/json") -> Response:
    body = orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS)
    return Response(body, status, content_type=media)


def problem(slug: str, status: int, message: str, **more: object) -> Response:
    """An RFC 9457 answer; `slug` is the same word the guard returned."""
    body = {"type": f"urn:tanbiao:{slug}", "slug": slug, "title": message, "status": status, **more}
    return json_response(body, status, "application/problem+json")


def refused(error: Refused) -> ResponseReturnValue:
    db.session.rollback()
    status = STATUS.get(type(error), 400)
    if wants_json():
        return problem(error.slug, status, say(error), **_particulars(error))
    reasons = [sentence(slug, error.detail) for slug in error.detail.get("unmet", [])]
    return error_page(status, say(error), reasons, slug=error.slug)


def _particulars(error: Refused) -> dict[str, object]:
    more = {key: value for key, value in error.detail.items() if key != "unmet"}
    if unmet := error.detail.get("unmet"):
        more["unmet"] = [{"slug": slug, "message": sentence(slug, error.detail)} for slug in unmet]
    if fields := getattr(error, "fields", None):
        more["fields"] = {
            name: {"slug": slug, "message": sentence(slug, error.detail_of(name))}
            for name, slug in fields.items()
        }
    return more


def stale(_error: object) -> ResponseReturnValue:
    return refused(OutOfOrder("page-is-stale"))


def too_large(_error: object) -> ResponseReturnValue:
    most = LONGEST_JSON if request.is_json else current_app.config["MAX_FILE_BYTES"]
    return _plain("body-too-large" if request.is_json else "file-too-large", 413, limit=most // (1024 * 1024))


def http_error(error: HTTPException) -> ResponseReturnValue | HTTPException:
    if error.code is None or error.code < 400:
        return error
    slug = "not-a-form" if error.code == 415 and not wants_json() else f"http-{error.code}"
    return _plain(slug if known(f"refusal.{slug}") else "http-400", error.code)


def unexpected(error: BaseException) -> ResponseReturnValue:
    db.session.rollback()
    current_app.logger.exception("unexpected", exc_info=error)
    if current_app.testing:
        raise error
    looked = "page-not-shown" if request.method in LOOKS else "http-500"
    return _plain("saved-not-shown" if once.saved() else looked, 500)


def database_failed(error: DBAPIError | TimeoutError | OSError) -> ResponseReturnValue:
    """A lock that did not come free, a database that is away, a disk that is full: nothing was wrong with
    what was asked, and nothing of it was done."""
    slug = trouble(error)
    if slug is None or once.saved():
        return unexpected(error)
    current_app.logger.warning("%s: %s", slug, getattr(error, "orig", error))
    reading.set(True)
    try:
        response = make_response(_plain(slug, 503))
    except (DBAPIError, TimeoutError):  # the frame of a page asks who it is for
        response = make_response(_plain_without_the_database(slug, 503))
    response.headers["Retry-After"] = str(RETRY_S)
    return response


def _plain_without_the_database(slug: str, status: int) -> ResponseReturnValue:
    with force_locale(request.accept_languages.best_match(("zh", "en")) or "zh"):
        if wants_json():
            return problem(slug, status, sentence(slug))
        return render_template("unavailable.html", message=sentence(slug)), status


def _plain(slug: str, status: int, **detail: object) -> ResponseReturnValue:
    db.session.rollback()
    message = sentence(slug, detail)
    if wants_json():
        return problem(slug, status, message)
    return error_page(status, message, [], slug=slug)


def error_page(status: int, message: str, reasons: list[str], slug: str) -> ResponseReturnValue:
    advised = "advice.address" if status == 422 and request.method == "GET" else f"advice.{status}"
    advice = str(word(advised)) if known(advised) else ""
    return render_template(
        "error.html",
        status=status,
        message=message,
        reasons=reasons,
        advice=advice,
        slug=slug,
        came_from=came_from(),
    ), status


def came_from() -> str | None:
    """The page of this site that led to another page of it, as a path."""
    before = urlsplit(request.referrer or "")
    path = urlunsplit(("", "", before.path, before.query, ""))
    return path if before.netloc == request.host and path != request.full_path.rstrip("?") else None


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a long list; `total` is always the whole.

    `name` is the parameter that chooses the page: each of several lists on one page has its own.
    """

    items: list[T]
    number: int
    size: int
    total: int
    name: str = "page"

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def is_beyond(self) -> bool:
        return self.number > self.last

    @property
    def near(self) -> list[int]:
        """The pages one may go to from here: the first, the last, and two to each side."""
        around = range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)
        return sorted({1, *around, self.last})

    def address(self, number: int) -> str:
        """The same page of the site at another page number, every other choice kept."""
        return f"{request.path}?{urlencode([*asked.all_but(self.name), (self.name, number)])}"


def paginate(query: Select[T], number: int, size: int, name: str = "page") -> Page[T]:
    """Run `query` for page `number` (from 1); its order must be total.  Beyond the end nothing is sought."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    page: Page[T] = Page([], number, size, total or 0, name)
    if not page.is_beyond:
        page.items.extend(db.session.scalars(query.limit(size).offset((number - 1) * size)))
    return page


def page_of(items: Sequence[T], number: int, size: int, name: str = "page") -> Page[T]:
    """The same of what could only be counted after it was read."""
    return Page(list(items[(number - 1) * size : number * size]), number, size, len(items), name)
