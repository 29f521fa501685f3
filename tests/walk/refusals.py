"""Every kind of no, at an address of its own, so that its page is looked at as any other is."""

import sqlite3

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import (
    MethodNotAllowed,
    RequestEntityTooLarge,
    TooManyRequests,
    UnsupportedMediaType,
)

from accounts.session import public
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder

LOCKED = sqlite3.OperationalError("database is locked")
LOCKED.sqlite_errorcode = sqlite3.SQLITE_BUSY

REFUSALS = {
    400: CSRFError("expired"),
    403: NotPermitted("http-403"),
    404: NotFound("http-404"),
    405: MethodNotAllowed(),
    409: OutOfOrder("page-is-stale"),
    413: RequestEntityTooLarge(),
    415: UnsupportedMediaType(),
    422: Invalid("argument-not-a-number", name="page"),
    429: TooManyRequests(),
    503: OperationalError("", {}, LOCKED),
}


def raise_at_addresses(app: Flask) -> None:
    refusals = Blueprint("refusals", __name__)
    for status, error in REFUSALS.items():
        refusals.add_url_rule(f"/refusals/{status}", str(status), public(raising(error)))
    app.register_blueprint(refusals)


def raising(error: Exception):
    def view():
        raise error

    return view


def status_of(endpoint: str) -> int:
    """What a page of this rule is answered with."""
    blueprint, _dot, name = endpoint.partition(".")
    return int(name) if blueprint == "refusals" else 200
