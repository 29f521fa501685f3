"""Jobs: part of the transaction, leased, repeated, and done in a fair order."""

from datetime import timedelta

import pytest

from core import jobs
from core.clock import now
from core.jobs import Job


@pytest.fixture
def told(db):
    """What the jobs of kind `note` were told, in the order they were done; `fail` always fails."""
    words, before = [], dict(jobs._handlers)
    jobs.connect({"note": lambda word: words.append(word), "fail": lambda: 1 / 0})
    yield words
    jobs.connect(before)


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
