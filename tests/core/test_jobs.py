"""Jobs: part of the transaction, leased, repeated, and done in a fair order."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from config import ROOT
from core import jobs
from core.clock import now
from core.errors import NotFound, OutOfOrder
from core.jobs import Job

pytestmark = pytest.mark.engines("locks")


@pytest.fixture
def told(db, monkeypatch):
    """What the jobs were told, in the order they were done; `paint` takes long, `fail` always fails."""
    words = []
    monkeypatch.setattr(jobs, "_handlers", {})
    monkeypatch.setattr(jobs, "_long", set())
    jobs.connect(
        {"note": lambda word: words.append(word), "fail": lambda: 1 / 0},
        {"paint": lambda word: words.append(word)},
    )
    return words


def note(db, *words: str) -> None:
    for word in words:
        jobs.enqueue("note", word=word)
    db.session.commit()


def test_jobs_are_done_in_the_order_they_came(db, told):
    note(db, "first", "second")
    assert jobs.run_due() == 2
    assert told == ["first", "second"]


def test_what_was_set_back_waits_until_nothing_else_does(db, told):
    note(db, "old")
    jobs.set_back_queued()
    note(db, "new")
    jobs.run_due()
    assert told == ["new", "old"]


def test_a_job_of_a_transaction_that_failed_does_not_exist(db, told):
    jobs.enqueue("note", word="never")
    db.session.rollback()
    assert jobs.run_due() == 0


def test_nobody_can_queue_what_nobody_does(db, told):
    with pytest.raises(KeyError):
        jobs.enqueue("unheard-of")


def test_a_job_whose_worker_died_is_taken_again_when_its_lease_is_over(db, told):
    note(db, "twice")
    leased = jobs.claim()
    assert jobs.claim() is None
    db.session.get(Job, leased).lease_until = now() - timedelta(seconds=1)
    db.session.commit()
    assert jobs.claim() == leased


def test_a_job_that_keeps_failing_is_tried_five_times_and_then_left_with_its_error(db, told):
    job = jobs.enqueue("fail")
    db.session.commit()
    for _ in range(jobs.ATTEMPTS):
        job.due = now()
        db.session.commit()
        jobs.run_due()
    assert (job.state, job.attempts) == ("failed", jobs.ATTEMPTS)
    assert job.error.startswith("ZeroDivisionError")


def test_the_monitor_is_told_how_many_wait_and_for_how_long(db, told):
    note(db, "late")
    db.session.query(Job).one().due = now() - timedelta(seconds=90)
    db.session.commit()
    assert jobs.counts() == {"queued": 1, "running": 0, "done": 0, "failed": 0}
    assert 90 <= jobs.lag() < 95


# What takes long, and what kills


def test_a_note_never_waits_behind_what_takes_long(db, told):
    jobs.enqueue("paint", word="certificate")
    jobs.enqueue("note", word="mail")
    db.session.commit()
    jobs.run_due()
    assert told == ["mail", "certificate"]


@pytest.mark.parametrize(("lane", "taken"), [("short", "note"), ("long", "paint")])
def test_a_worker_of_one_lane_takes_nothing_of_the_other(db, told, lane, taken):
    jobs.enqueue("paint", word="certificate")
    jobs.enqueue("note", word="mail")
    db.session.commit()
    assert db.session.get(Job, jobs.claim(lane)).kind == taken
    assert jobs.claim(lane) is None


def test_of_what_was_set_back_the_newest_comes_first(db, told):
    note(db, "oldest", "newer", "newest")
    jobs.set_back_queued()
    note(db, "of today")
    jobs.run_due()
    assert told == ["of today", "newest", "newer", "oldest"]


def test_a_lease_is_renewed_while_its_job_runs(app, db, told, monkeypatch):
    """Nobody else takes a job that runs for longer than one lease."""
    monkeypatch.setattr(jobs, "RENEWAL_S", 0.02)
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=0.3))
    seen = []

    def slow():
        db.session.rollback()
        until = time.monotonic() + 1
        while time.monotonic() < until:
            seen.append(jobs.claim())
            time.sleep(0.05)

    jobs.connect({"slow": slow})
    jobs.enqueue("slow")
    db.session.commit()
    assert jobs.run_due() == 1
    assert set(seen) == {None}


def test_a_job_that_hangs_loses_its_lease_at_last(app, db, told, monkeypatch):
    monkeypatch.setattr(jobs, "RENEWAL_S", 0.02)
    monkeypatch.setattr(jobs, "LONGEST_S", 0.1)
    note(db, "hangs")
    taken = jobs.claim()
    with jobs.renewed(taken):
        time.sleep(0.3)
        db.session.rollback()
        before = db.session.get(Job, taken).lease_until
        time.sleep(0.1)
        db.session.rollback()
        assert db.session.get(Job, taken).lease_until == before


def test_a_job_that_was_lost_five_times_is_given_up_and_the_next_is_taken(db, told):
    note(db, "deadly", "harmless")
    for _ in range(jobs.ATTEMPTS):
        leased = jobs.claim()
        db.session.get(Job, leased).lease_until = now() - timedelta(seconds=1)
        db.session.commit()
    assert jobs.run_due() == 1
    assert told == ["harmless"]
    lost = db.session.get(Job, leased)
    assert (lost.state, lost.attempts) == ("failed", jobs.ATTEMPTS)
    assert "worker" in lost.error


DEADLY = """
import os, signal, sys
from app import create_app
from core import jobs
from core.db import db
from core.worker import Worker

app = create_app()
jobs.connect({"deadly": lambda: os.kill(os.getpid(), signal.SIGKILL)})
jobs.LEASE = -jobs.LEASE  # the lease of a dead worker is over at once
for _ in range(jobs.ATTEMPTS):
    child = os.fork()
    if child == 0:
        Worker(app).run()
    print(os.WTERMSIG(os.waitpid(child, 0)[1]))
"""


def test_a_job_that_kills_every_worker_is_given_up(app, db, database, told):
    jobs.connect({"deadly": print, "note": lambda word: told.append(word)})
    deadly = jobs.enqueue("deadly")
    db.session.commit()
    note(db, "after it")
    facts = {"DATABASE_URL": database.url, "DATA_DIR": str(app.config["DATA_DIR"]), "TANBIAO_ENV": "demo"}
    workers = subprocess.run(
        [sys.executable, "-c", DEADLY],
        env=os.environ | facts,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert workers.stdout.split() == [str(int(signal.SIGKILL))] * jobs.ATTEMPTS
    assert jobs.run_due() == 1
    db.session.refresh(deadly)
    assert (deadly.state, told) == ("failed", ["after it"])


def test_what_failed_is_done_again_when_somebody_asks(db, told):
    note(db, "again")
    job = db.session.query(Job).one()
    job.state, job.attempts, job.error = "failed", jobs.ATTEMPTS, "lost"
    db.session.commit()
    jobs.repeat(job.id)
    db.session.commit()
    assert jobs.run_due() == 1
    assert (told, job.state, job.error) == (["again"], "done", "")


@pytest.mark.parametrize("state", ["queued", "running", "done"])
def test_what_did_not_fail_is_not_done_again(db, told, state):
    note(db, "once")
    job = db.session.query(Job).one()
    job.state = state
    db.session.commit()
    with pytest.raises(OutOfOrder, match="job-not-failed"):
        jobs.repeat(job.id)


def test_what_was_never_asked_for_cannot_be_repeated(db, told):
    with pytest.raises(NotFound, match="job-unknown"):
        jobs.repeat(1)
