"""The edge: how a no becomes a status, security headers, pages of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import orjson
from flask import Flask, Response, render_template, request
from flask_talisman import Talisman
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy import Select, func, select
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from core import asked, clock, once
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder, Raced, Refused, Unmet
from core.words import known, say, sentence, word

STATUS = {NotFound: 404, NotPermitted: 403, OutOfOrder: 409, Raced: 409, Unmet: 422, Invalid: 422}

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

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    csrf.init_app(app)
    asked.init_app(app)
    Talisman(
        app,
        content_security_policy=POLICY,
        force_https=app.config["SESSION_COOKIE_SECURE"],
        session_cookie_secure=app.config["SESSION_COOKIE_SECURE"],
        referrer_policy="same-origin",
        frame_options="DENY",
    )
    app.before_request(clock.follow_standing)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(StaleDataError, stale)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(RequestEntityTooLarge, too_large)
    app.register_error_handler(Exception, unexpected)


def wants_json() -> bool:
    return request.path.startswith("/api/")


def json_response(data, status: int = 200, media: str = "application/json") -> Response:
    body = orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS)
    return Response(body, status, content_type=media)


def problem(slug: str, status: int, message: str, **more) -> Response:
    """An RFC 9457 answer; `slug` is the same word the guard returned."""
    body = {"type": f"urn:tanbiao:{slug}", "slug": slug, "title": message, "status": status, **more}
    return json_response(body, status, "application/problem+json")


def refused(error: Refused):
    db.session.rollback()
    status = STATUS.get(type(error), 400)
    if wants_json():
        return problem(error.slug, status, say(error), **_particulars(error))
    reasons = [sentence(slug, error.detail) for slug in error.detail.get("unmet", [])]
    return error_page(status, say(error), reasons, slug=error.slug)


def _particulars(error: Refused) -> dict:
    more = {key: value for key, value in error.detail.items() if key != "unmet"}
    if unmet := error.detail.get("unmet"):
        more["unmet"] = [{"slug": slug, "message": sentence(slug, error.detail)} for slug in unmet]
    if fields := getattr(error, "fields", None):
        more["fields"] = {
            name: {"slug": slug, "message": sentence(slug, error.detail)} for name, slug in fields.items()
        }
    return more


def stale(_error):
    return refused(OutOfOrder("page-is-stale"))


def too_large(_error):
    from flask import current_app

    limit = current_app.config["MAX_FILE_BYTES"] // (1024 * 1024)
    return _plain("file-too-large", 413, limit=limit)


def http_error(error: HTTPException):
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, CSRFError):
        return _plain("form-expired", 400)
    slug = f"http-{error.code}"
    return _plain(slug if known(f"refusal.{slug}") else "http-400", error.code)


def unexpected(error: Exception):
    from flask import current_app

    db.session.rollback()
    current_app.logger.exception("unexpected", exc_info=error)
    if current_app.testing:
        raise error
    return _plain("saved-not-shown" if once.saved() else "http-500", 500)


def _plain(slug: str, status: int, **detail):
    db.session.rollback()
    message = sentence(slug, detail)
    if wants_json():
        return problem(slug, status, message)
    return error_page(status, message, [], slug=slug)


def error_page(status: int, message: str, reasons: list[str], slug: str):
    advised = "advice.address" if status == 422 and request.method == "GET" else f"advice.{status}"
    advice = str(word(advised)) if known(advised) else ""
    return render_template(
        "error.html", status=status, message=message, reasons=reasons, advice=advice, slug=slug
    ), status


@dataclass(frozen=True)
class Page:
    """One page of a long list; `total` is always the whole.

    `name` is the parameter that chooses the page: each of several lists on one page has its own.
    """

    items: list
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

    def address(self, number: int) -> str:
        """The same page of the site at another page number, every other choice kept."""
        return f"{request.path}?{urlencode([*asked.all_but(self.name), (self.name, number)])}"


def paginate(query: Select, number: int, size: int, name: str = "page") -> Page:
    """Run `query` for page `number` (from 1); its order must be total.  Beyond the end nothing is sought."""
    total = db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery()))
    page = Page([], number, size, total, name)
    if not page.is_beyond:
        page.items.extend(db.session.scalars(query.limit(size).offset((number - 1) * size)))
    return page


def page_of(items: Sequence, number: int, size: int, name: str = "page") -> Page:
    """The same of what could only be counted after it was read."""
    return Page(list(items[(number - 1) * size : number * size]), number, size, len(items), name)
