"""Once means once: what is sent again is answered again, and done no second time.

What names a deed is what the request carries anyway: a page its own token, which no form may lack,
together with what was typed; a call of the API its `Idempotency-Key`.  A call without a key is named
by what it says, for a short while.  The name is claimed in the transaction of the deed itself, so a
refused or failed attempt leaves none.  The answer is kept under the key that only its sender knows.
"""

import base64
import hashlib
import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import orjson
from cryptography.fernet import Fernet
from flask import Flask, Response, current_app, g, has_request_context, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, delete, event, insert, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, Session, mapped_column
from werkzeug.datastructures import FileStorage

from core.clock import now
from core.columns import Key
from core.db import Base, db
from core.errors import Invalid, OutOfOrder
from core.machine import Actor

KEPT = timedelta(days=1)  # how long an answer can be had again by its key
SAME = timedelta(minutes=10)  # how long a call without a key counts as sent again
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
HEADER = "Idempotency-Key"
SHAPE = re.compile(r"[!-~]{8,200}")
TOKENS = ("csrf_token", "held_form")  # these change when a page is made anew, what is said does not
ANSWER_HEADERS = ("Content-Type", "Location", "Cache-Control")
LONGEST_WAIT = 2.0  # seconds between a commit and its answer, for whoever sent the same in that moment
LOOK_AGAIN = 0.02

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

log = logging.getLogger(__name__)


class Deed(Base):
    """Something that was done and is not done twice."""

    __tablename__ = "deed"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Key(64, length=64), unique=True)  # SHA-256 of who and by which key
    said: Mapped[str] = mapped_column(Key(64, length=64))  # SHA-256 of the request
    answer: Mapped[bytes | None]  # sealed; only whoever has the key can read it
    until: Mapped[datetime] = mapped_column(index=True)


@dataclass
class Claim:
    """What this request would be remembered as; `key` is empty when the caller named none."""

    name: str
    said: str
    key: str = ""
    done: bool = False


def repeatable(view: View) -> View:
    """Mark a view whose deed, done twice, is done once by nature: it sets and does not add."""
    view.is_repeatable = True  # type: ignore[attr-defined]  # a function may bear any mark
    return view


def init_app(app: Flask, asking: Callable[[], Actor]) -> None:
    """`asking` tells who sends the request; it is asked after the doors have let them in."""
    app.before_request(lambda: _before(asking))
    app.after_request(_after)


def forget() -> None:
    """Drop what is past its time."""
    db.session.execute(delete(Deed).where(Deed.until < now()))


# Before and after the deed


def _before(asking: Callable[[], Actor]) -> Response | None:
    g.pop("claim", None)  # an application context can outlive a request, in tests
    g.pop("saved", None)
    if request.method not in WRITES or request.endpoint is None:
        return None
    claim = _of_call(asking()) if request.path.startswith("/api/") else _of_page(asking())
    if claim is None:
        return None
    if found := _answer_of(claim):
        return found
    g.claim = claim
    return None


def _of_page(actor: Actor) -> Claim | None:
    """The same page saying something else is something else: who goes back and changes it, means it."""
    token = request.form.get("csrf_token")
    if not token or _is_repeatable():
        return None
    said = _said()
    return Claim(_digest(actor.id, token, said), said, token)


def _of_call(actor: Actor) -> Claim | None:
    key = request.headers.get(HEADER)
    if key is not None:
        if not SHAPE.fullmatch(key):
            raise Invalid("idempotency-key-malformed")
        return Claim(_digest(actor.id, key), _said(), key)
    if request.method != "POST" or _is_repeatable():
        return None
    said = _said()
    return Claim(_digest(actor.id, "", said), said)


def _is_repeatable() -> bool:
    return bool(getattr(current_app.view_functions[request.endpoint or ""], "is_repeatable", False))


def _after(response: Response) -> Response:
    """Keep the answer of what was done; a no because the same was done meanwhile becomes its answer."""
    claim = g.pop("claim", None)
    if claim is None or not claim.key:
        return response
    if claim.done:
        _keep(claim, response)
    elif response.status_code >= 400:
        db.session.rollback()
        return _answer_of(claim) or response
    return response


@event.listens_for(db.session, "before_commit")
def _claim(session: Session) -> None:
    claim = g.get("claim") if has_request_context() else None
    if claim is None or claim.done or session.in_nested_transaction():
        return
    session.flush()  # the deed's own constraints speak first
    at = now()
    session.execute(delete(Deed).where(Deed.name == claim.name, Deed.until < at))
    kept = KEPT if claim.key else SAME
    session.execute(insert(Deed), {"name": claim.name, "said": claim.said, "until": at + kept})


@event.listens_for(db.session, "after_commit")
def _done(session: Session) -> None:
    if not has_request_context() or session.in_nested_transaction():
        return
    g.saved = request.method in WRITES
    if claim := g.get("claim"):
        claim.done = True


def saved() -> bool:
    """Whether something of this request stands in the database already."""
    return bool(g.get("saved", False))


# The answer


def _answer_of(claim: Claim) -> Response | None:
    """What was answered when the same was done; None when it was not, or when no key can open it."""
    if not claim.key:
        return None
    deed = _find(claim)
    if deed is None:
        return None
    if deed.said != claim.said:
        raise Invalid("idempotency-key-reused")
    give_up = time.monotonic() + LONGEST_WAIT
    while deed and deed.answer is None and time.monotonic() < give_up:
        db.session.rollback()
        time.sleep(LOOK_AGAIN)
        deed = _find(claim)
    if deed is None or deed.answer is None:
        raise OutOfOrder("deed-in-hand")
    return _opened(claim.key, deed.answer)


def _find(claim: Claim) -> Row[str, bytes | None] | None:
    query = select(Deed.said, Deed.answer).where(Deed.name == claim.name, Deed.until >= now())
    return db.session.execute(query).one_or_none()


def _keep(claim: Claim, response: Response) -> None:
    """The deed stands whatever becomes of this: only its second answer would be a poorer one."""
    response.direct_passthrough = False
    headers = {name: response.headers[name] for name in ANSWER_HEADERS if name in response.headers}
    answer = orjson.dumps([response.status_code, headers, response.get_data(as_text=True)])
    try:
        db.session.rollback()
        sealed = _lock(claim.key).encrypt(answer)
        db.session.execute(update(Deed).where(Deed.name == claim.name).values(answer=sealed))
        db.session.commit()
    except SQLAlchemyError:
        db.session.rollback()
        log.exception("the answer of a deed could not be kept")


def _opened(key: str, answer: bytes) -> Response:
    status, headers, body = orjson.loads(_lock(key).decrypt(answer))
    return Response(body, status, headers | {"Idempotency-Replayed": "true"})


def _lock(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"answer {key}".encode()).digest()))


# What the request says


def _digest(*parts: object) -> str:
    return hashlib.sha256(orjson.dumps(parts)).hexdigest()


def _said() -> str:
    """The address and all that was sent, files included."""
    typed = [pair for pair in request.form.items(multi=True) if pair[0] not in TOKENS]
    files = [(name, file.filename, _digest_of(file)) for name, file in request.files.items(multi=True)]
    raw = "" if typed or files else hashlib.sha256(request.get_data()).hexdigest()
    return _digest(request.method, request.full_path, typed, files, raw)


def _digest_of(file: FileStorage) -> str:
    digest = hashlib.file_digest(file.stream, "sha256").hexdigest()  # type: ignore[arg-type]  # it can readinto
    file.stream.seek(0)
    return digest
