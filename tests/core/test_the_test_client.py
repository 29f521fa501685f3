"""The guards every other test leans on, each fed with what it must catch."""

import smtplib
import socket
from datetime import date

import flask
import pytest
from sqlalchemy import select, update

from accounts.models import Organisation
from core import audit
from core.clock import today, travel
from core.db import db as database
from core.db import reading
from tests import factories
from tests.support.client import Client, Watch

pytestmark = pytest.mark.engines("locks")


@pytest.fixture
def site(app):
    """site(method, view): one visit to a small app on the same database whose only view is `view(db)`."""

    def visit(method: str, view):
        small = flask.Flask("small")
        small.config.from_mapping(app.config)
        database.init_app(small)
        small.extensions["watch"] = Watch(small)
        small.test_client_class = Client
        small.add_url_rule("/", "seen", lambda: view(database) or "ok", methods=["GET", "POST"])
        try:
            return small.test_client().open("/", method=method)
        finally:
            with small.app_context():
                database.engine.dispose()

    return visit


def rename(db):
    db.session.scalar(select(Organisation)).name = "另名"


def look(db):
    db.session.scalar(select(Organisation)).name  # noqa: B018


def look_without_locking(db):
    reading.set(True)
    look(db)
    reading.set(False)


def rename_and_flush(db):
    rename(db)
    db.session.flush()


def rename_in_sql(db):
    db.session.execute(update(Organisation).values(name="另名"))


def rename_and_save(db):
    rename(db)
    db.session.commit()


def rename_twice(db):
    rename_and_save(db)
    db.session.scalar(select(Organisation)).name = "再名"
    db.session.commit()


def rename_and_forget(db):
    rename_and_flush(db)
    db.session.rollback()


def rename_past_the_session(db):
    with db.engine.begin() as connection:
        connection.execute(update(Organisation.__table__).values(name="另名"))


def write_down_the_look(db):
    audit.record(factories.paper_actor(), "organisation.read", "organisation/1")
    db.session.commit()


@pytest.mark.parametrize("view", [rename, rename_and_flush, rename_in_sql])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_view_that_leaves_changes_unsaved_is_caught(db, site, method, view):
    factories.organisation()
    with pytest.raises(AssertionError, match="left unsaved changes of .'organisation'"):
        site(method, view)


@pytest.mark.parametrize("view", [rename_and_save, rename_twice])
def test_a_get_that_commits_is_caught(db, site, view):
    factories.organisation()
    with pytest.raises(AssertionError, match="only reads, but committed"):
        site("GET", view)


def test_a_get_that_writes_past_the_session_is_caught(db, site):
    factories.organisation()
    db.session.commit()
    with pytest.raises(AssertionError, match="only reads, but wrote .'organisation'"):
        site("GET", rename_past_the_session)


def test_a_get_that_takes_the_write_lock_is_caught(db, site):
    factories.organisation()
    if db.engine.dialect.name == "sqlite":
        with pytest.raises(AssertionError, match="only reads, but took the write lock"):
            site("GET", look)


def test_a_view_that_commits_twice_is_caught(db, site):
    factories.organisation()
    with pytest.raises(AssertionError, match="more than once"):
        site("POST", rename_twice)


@pytest.mark.parametrize(
    ("method", "view"),
    [
        ("GET", look_without_locking),
        ("GET", write_down_the_look),
        ("POST", rename_and_save),
        ("POST", rename_and_forget),
    ],
)
def test_a_view_that_keeps_the_rules_is_not_caught(db, site, method, view):
    factories.organisation()
    assert site(method, view).status_code == 200


def test_a_request_sees_what_the_test_wrote_and_the_test_sees_what_the_request_wrote(db, site):
    row = factories.organisation()
    site("POST", rename_and_save)
    assert row.name == "另名"


@pytest.mark.parametrize("_again", range(2))
def test_every_test_begins_with_empty_tables(db, _again):
    assert db.session.scalars(select(Organisation)).all() == []
    factories.organisation()
    db.session.commit()


def test_no_test_reaches_another_machine():
    with socket.socket() as line, pytest.raises(AssertionError, match="tried to reach 192.0.2.1"):
        line.connect(("192.0.2.1", 80))


def test_no_test_sends_mail():
    with pytest.raises(AssertionError, match="tried to send mail"):
        smtplib.SMTP("127.0.0.1", 25)


def test_the_clock_travels():
    with travel(date(2031, 2, 28)):
        assert today() == date(2031, 2, 28)


@pytest.mark.parametrize(
    ("number", "code"), [(1, "91000000000000019G"), (3, "910000000000000356"), (6, "9100000000000006XK")]
)
def test_synthetic_credit_codes_have_both_check_digits(number, code):
    assert factories.uscc(number) == code
