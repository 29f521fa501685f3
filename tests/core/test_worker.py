import os
import signal
from datetime import timedelta

import pytest
from sqlalchemy import select

from core import jobs, worker
from core.jobs import Job
from core.worker import Worker

pytestmark = pytest.mark.engines("locks")


@pytest.fixture
def handlers(monkeypatch):
    """The table of this test's own jobs."""
    table = {}
    monkeypatch.setattr(jobs, "_handlers", table)
    return table


@pytest.fixture(autouse=True)
def signals_as_before():
    before = {kind: signal.getsignal(kind) for kind in (signal.SIGTERM, signal.SIGINT)}
    yield
    for kind, handler in before.items():
        signal.signal(kind, handler)


@pytest.fixture
def periodic():
    yield worker.connect
    worker.connect({})


def ask_to_stop():
    os.kill(os.getpid(), signal.SIGTERM)


def test_the_worker_does_what_is_due_and_finishes_its_job_when_told_to_stop(app, db, handlers):
    done = []
    handlers["note"] = lambda what: done.append(what)
    handlers["stop"] = lambda: (ask_to_stop(), done.append("finished"))
    jobs.enqueue("note", what="first")
    jobs.enqueue("stop")
    jobs.enqueue("note", what="never")
    db.session.commit()

    Worker(app).run()

    assert done == ["first", "finished"]
    assert db.session.scalars(select(Job.state).order_by(Job.id)).all() == ["done", "done", "queued"]


def test_a_job_that_fails_does_not_end_the_worker(app, db, handlers, caplog):
    handlers["break"] = lambda: 1 / 0
    handlers["stop"] = ask_to_stop
    broken = jobs.enqueue("break")
    jobs.enqueue("stop")
    db.session.commit()

    Worker(app).run()

    db.session.refresh(broken)
    assert (broken.state, broken.attempts) == ("queued", 1)
    assert "ZeroDivisionError" in broken.error
    assert "did not go well" in caplog.text


def test_an_idle_worker_waits_for_work(app, db, handlers, monkeypatch):
    monkeypatch.setattr(worker, "IDLE_S", 0.001)
    lazy = Worker(app)
    waits = []

    def wait(seconds):
        waits.append(seconds)
        if len(waits) == 3:
            lazy.stop()

    monkeypatch.setattr(lazy.stopping, "wait", wait)
    lazy.run()
    assert waits == [0.001] * 3


def test_periodic_tasks_come_again_when_their_pause_is_over(app, db, periodic):
    calls = []

    def often():
        calls.append("often")

    def seldom():
        calls.append("seldom")

    periodic({often: timedelta(0), seldom: timedelta(hours=1)})
    busy = Worker(app)
    busy.do_periodic()
    busy.do_periodic()
    assert calls == ["often", "seldom", "often"]


@pytest.mark.parametrize(("lane", "rounds"), [("", 1), ("short", 1), ("long", 0)])
def test_what_comes_again_and_again_does_not_wait_behind_what_takes_long(app, db, periodic, lane, rounds):
    calls = []
    periodic({lambda: calls.append(1): timedelta(hours=1)})
    Worker(app, lane).do_round()
    assert len(calls) == rounds


def test_a_periodic_task_that_fails_changes_nothing_and_is_told_of(app, db, periodic, handlers, caplog):
    handlers["note"] = print

    def breaks():
        jobs.enqueue("note")
        db.session.flush()
        raise RuntimeError("no")

    periodic({breaks: timedelta(hours=1)})
    Worker(app).do_periodic()
    assert db.session.scalars(select(Job)).all() == []
    assert "breaks did not go well" in caplog.text


def test_the_command_can_do_what_is_due_and_end(db, command, handlers):
    handlers["note"] = lambda: None
    jobs.enqueue("note")
    assert command("worker", "--once") == "1 jobs done\n"


# What the supervisor hears


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, b"."), (jobs.LONGEST_S - 60, b"."), (jobs.LONGEST_S + 60, b"")]
)
def test_a_worker_says_that_it_goes_on_however_long_a_job_takes_unless_that_hangs(app, seconds, said):
    listening, speaking = os.pipe()
    busy = Worker(app, pulse=speaking)
    busy.began -= seconds
    busy.speak()
    os.close(speaking)
    assert os.read(listening, 9) == said
    os.close(listening)


def test_a_worker_whom_nobody_hears_goes_on(app):
    listening, speaking = os.pipe()
    os.close(listening)
    Worker(app, pulse=speaking).speak()
    os.close(speaking)
