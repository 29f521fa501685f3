"""A test client that also watches what each request does to the session.

A request that only reads must not write by whatever way, nor take SQLite's write lock; any request must
leave nothing written and not committed, and commit at most once.  What the API answers, its document
describes.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from threading import Barrier

import flask
from flask import Flask
from flask.globals import _cv_app
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine

from core.db import db
from tests.support import described

# A look at something confidential is itself written down; nothing else is written by looking.
WRITTEN_BY_LOOKING = {"audit_entry", "audit_head"}
WRITING = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)


@event.listens_for(db.session, "after_flush")
def _flushed(session, _context) -> None:
    for row in [*session.new, *session.dirty, *session.deleted]:
        session.info.setdefault("written", set()).add(row.__tablename__)


@event.listens_for(db.session, "do_orm_execute")
def _executed(state) -> None:
    if state.is_insert or state.is_update or state.is_delete:
        state.session.info.setdefault("written", set()).add(state.statement.table.name)


@event.listens_for(db.session, "after_commit")
def _committed(session) -> None:
    if written := session.info.pop("written", None):
        session.info.setdefault("commits", []).append(written)


@event.listens_for(db.session, "after_rollback")
def _rolled_back(session) -> None:
    session.info.pop("written", None)


@event.listens_for(Engine, "before_cursor_execute")
def _executing(_connection, _cursor, statement, *_rest) -> None:
    if not flask.has_app_context():
        return
    if statement == "BEGIN IMMEDIATE":
        flask.g.took_the_lock = True
    elif writing := WRITING.match(statement):
        flask.g.setdefault("sent", set()).add(writing[1])


class Watch:
    """Looks at the session of each request of one app before it is put away."""

    def __init__(self, app: Flask):
        self.complaints: list[str] = []
        flask.request_tearing_down.connect(self.look, app)
        flask.request_finished.connect(self.compare, app)

    def compare(self, _app, response, **_signal) -> None:
        if difference := described.difference(flask.request, response):
            self.complaints.append(f"{flask.request.method} {flask.request.path} {difference}")

    def look(self, _app, **_signal) -> None:
        asked = f"{flask.request.method} {flask.request.path}"
        session = db.session()
        left = session.info.pop("written", set()) | {row.__tablename__ for row in pending(session)}
        commits = session.info.pop("commits", [])
        took_the_lock = flask.g.pop("took_the_lock", False)
        sent = flask.g.pop("sent", set()) - WRITTEN_BY_LOOKING
        if left:
            self.complaints.append(f"{asked} left unsaved changes of {sorted(left)}")
        if flask.request.method in ("GET", "HEAD"):
            if set().union(*commits) - WRITTEN_BY_LOOKING:
                self.complaints.append(f"{asked} only reads, but committed {commits}")
            elif sent:
                self.complaints.append(f"{asked} only reads, but wrote {sorted(sent)}")
            if took_the_lock and not commits:
                self.complaints.append(f"{asked} only reads, but took the write lock")
        commits = [written for written in commits if written != {"deed"}]  # the answer of one, kept after it
        if len(commits) > 1:
            self.complaints.append(f"{asked} committed more than once: {commits}")

    def speak(self) -> None:
        complaints, self.complaints = self.complaints, []
        assert not complaints, "; ".join(complaints)


def pending(session) -> list:
    changed = [row for row in session.dirty if session.is_modified(row)]
    return [*session.new, *changed, *session.deleted]


class Client(FlaskClient):
    """Requests run in a session of their own, as they do in the world.

    What the test has written so far is committed first, so that the request sees it.
    """

    def open(self, *args, **kwargs):
        with outside_of_the_test():
            response = super().open(*args, **kwargs)
        self.application.extensions["watch"].speak()
        return response

    @contextmanager
    def session_transaction(self, *args, **kwargs):
        with ExitStack() as stack:
            with outside_of_the_test():
                session = stack.enter_context(super().session_transaction(*args, **kwargs))
            yield session
            with outside_of_the_test():
                stack.close()


@contextmanager
def outside_of_the_test():
    """Without this a request would share the test's application context, and so its session."""
    if flask.has_app_context():
        db.session.commit()
    token = _cv_app.set(None)
    try:
        yield
    finally:
        _cv_app.reset(token)


# Several at once


def at_once(*deeds) -> list:
    """Each deed in a thread of its own, all let go in the same moment; the test itself holds no lock."""
    db.session.commit()
    start = Barrier(len(deeds))

    def run(deed):
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def twin(client):
    """The same browser in another thread: a test client has no lock of its own."""
    other = client.application.test_client()
    other._cookies = dict(client._cookies)
    return other
