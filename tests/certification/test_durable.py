"""What was acknowledged stays, and a disk that takes nothing more takes nothing by halves."""

import errno
import os
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO

import pytest
from sqlalchemy import event, func, select

from certification.application.models import Draft
from core import files
from core.db import trouble
from tests.certification.world import PDF
from tests.support.databases import leave

pytestmark = pytest.mark.engines("sql")

ground = import_module("core.db")


@pytest.fixture
def settled(monkeypatch):
    """The logs that were settled, one for each time."""
    seen = []
    monkeypatch.setattr(ground, "settle", seen.append)
    return seen


@pytest.fixture
def once(db):
    """How often a durable commit is settled here: PostgreSQL does it by itself."""
    return 1 if db.engine.dialect.name == "sqlite" else 0


def test_every_step_is_settled_when_it_is_committed_and_not_before(db, world, settled, once):
    case = world.case("granted")
    db.session.commit()
    settled.clear()
    case.to("certified")
    assert settled == []
    db.session.commit()
    assert len(settled) == once
    db.session.commit()
    assert len(settled) == once


def test_what_is_typed_does_not_wait_for_the_disk(db, world, browser, settled):
    case = world.case("draft")
    db.session.commit()
    settled.clear()
    typed = {"draft": f"application/{case.id}/product", "product_name": "砖"}
    assert browser("applicant").post("/certification/drafts/", data=typed).status_code < 400
    assert settled == []


def test_a_step_that_was_rolled_back_promises_nothing(db, world, settled):
    case = world.case("granted")
    db.session.commit()
    settled.clear()
    case.to("certified")
    db.session.rollback()
    db.session.commit()
    assert settled == []


def test_settling_reaches_the_log_of_the_database(db, world, monkeypatch, once):
    world.case("submitted")
    synced = []
    monkeypatch.setattr(os, "fsync", lambda each: synced.append(os.readlink(f"/proc/self/fd/{each}")))
    db.session.commit()
    assert synced == [f"{db.engine.url.database}-wal"] * once
    ground.settle(f"{db.engine.url.database}-there-is-none")


def test_the_folders_of_a_stored_file_are_settled(app, db, monkeypatch):
    synced = []
    monkeypatch.setattr(files, "settle_folder", synced.append)
    kept = files.store(BytesIO(PDF), "a.pdf")
    folder = app.config["FILE_DIR"]
    assert synced == [folder / kept.digest[:2], folder]
    files.store(BytesIO(PDF), "b.pdf")
    assert len(synced) == 2


# A disk that is full, or cannot be written


@pytest.mark.parametrize(
    ("code", "slug"),
    [
        (errno.ENOSPC, "disk-full"),
        (errno.EDQUOT, "disk-full"),
        (errno.EROFS, "disk-read-only"),
        (errno.ENOENT, None),
    ],
)
def test_what_the_disk_says_has_a_name(code, slug):
    assert trouble(OSError(code, "so it is")) == slug


def test_an_upload_to_a_full_disk_is_refused_in_a_sentence(app, db, world, browser, monkeypatch):
    case = world.case("draft")
    applicant = browser("applicant")
    address = f"/certification/applications/{case.id}/files"

    def full(*_arguments):
        raise OSError(errno.ENOSPC, "no space left on the disk")

    monkeypatch.setattr(files, "_copy", full)
    before = list(app.config["FILE_DIR"].rglob("*"))
    sent = {"kind": "other", "file": (BytesIO(PDF), "a.pdf")}
    answer = applicant.post(address, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 503
    assert "磁盘已满" in answer.text
    assert answer.headers["Retry-After"]
    assert list(app.config["FILE_DIR"].rglob("*")) == before


REFUSING = {
    "sqlite": {"PRAGMA query_only = ON": "disk-read-only", "PRAGMA max_page_count = 1": "disk-full"},
    "postgresql": {"SET default_transaction_read_only = on": "disk-read-only"},
}


def test_a_database_that_takes_nothing_is_read_and_says_so(app, db, world, browser):
    """Each engine's own way to refuse, set on every connection that is made from now on."""
    case, applicant = world.case("draft"), browser("applicant")
    db.session.commit()
    typed = {"draft": f"application/{case.id}/product", "product_name": "砖" * 20_000}
    for refusing, slug in REFUSING[db.engine.dialect.name].items():
        with refused_by(db, refusing):
            for address in ("/catalog/", "/verify", "/certification/"):
                assert applicant.get(address).status_code == 200
            answer = applicant.post("/certification/drafts/", data=typed)
        assert answer.status_code == 503
        assert {"disk-full": "磁盘已满", "disk-read-only": "不能写入"}[slug] in answer.text
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
    assert applicant.post("/certification/drafts/", data=typed).status_code < 400


@contextmanager
def refused_by(db, refusing: str):
    def refuse(connection, _record):
        connection.cursor().execute(refusing)
        if db.engine.dialect.name == "postgresql":
            connection.commit()

    leave()
    event.listen(db.engine, "connect", refuse)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", refuse)
        leave()
