"""The process that does the jobs, one after the other; any number may run, on any machine."""

import logging
import os
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread

from flask import Flask
from sqlalchemy.exc import DBAPIError

from core import clock, jobs
from core.db import db, reading, trouble

IDLE_S = 0.2
SPEAK_S = 1
LONGEST_PAUSE_S = 30  # between two tries while the database does not serve
SOON_S = 60  # when a task that failed comes again, whatever its own pause

log = logging.getLogger(__name__)

_periodic: dict[Callable[[], None], timedelta] = {}


def connect(table: Mapping[Callable[[], None], timedelta]) -> None:
    """Take the whole table of what is done again and again, and how often.

    Every worker does each of them, in a transaction of its own, so each must
    be harmless when another did it a moment ago.
    """
    _periodic.clear()
    _periodic.update(table)


class Worker:
    def __init__(self, app: Flask, lane: str = "", pulse: int | None = None) -> None:
        """`lane`: do only the jobs of this one.  What comes again and again is never for the long lane.

        `pulse`: the descriptor on which to say that this process goes on.
        """
        self.app, self.lane, self.pulse = app, lane, pulse
        self.stopping = Event()
        self.next_time = dict.fromkeys(() if lane == "long" else _periodic, 0.0)
        self.failures = 0  # rounds, one after the other
        self.began = time.monotonic()  # the round in hand

    def run(self) -> None:
        """Work until `stop`; a job that was begun is finished first."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        if self.pulse is not None:
            os.set_blocking(self.pulse, False)
            Thread(target=self.keep_speaking, daemon=True).start()
        while not self.stopping.is_set():
            self.stopping.wait(self.do_round())

    def do_round(self) -> float:
        """Do what is due; return the seconds to wait before the next round.  Survives whatever happens."""
        self.began = time.monotonic()
        try:
            clock.follow_standing()
            self.do_periodic()
            done = self.do_one_job()
        except Exception as error:
            self.failures += 1
            pause: float = min(IDLE_S * 2**self.failures, LONGEST_PAUSE_S)
            log.warning("nothing can be done (%s: %s); again in %.1f s", type(error).__name__, error, pause)
            return pause
        self.failures = 0
        return 0 if done else IDLE_S

    def stop(self, *_signal: object) -> None:
        self.stopping.set()

    def keep_speaking(self) -> None:
        while True:
            self.speak()
            time.sleep(SPEAK_S)

    def speak(self) -> None:
        """Say that this process goes on; nothing while a round lasts longer than any job may."""
        if self.pulse is not None and time.monotonic() - self.began < jobs.LONGEST_S:
            with suppress(OSError):  # nobody listens, or not yet to what was said before
                os.write(self.pulse, b".")

    def do_one_job(self) -> bool:
        """Each job begins in a context of its own, so that nothing of the last one lingers."""
        with self.app.app_context():
            job_id = jobs.claim(self.lane)
            if job_id is not None and not jobs.run(job_id):
                log.warning("job %s did not go well: %s", job_id, db.session.get_one(jobs.Job, job_id).error)
            return job_id is not None

    def do_periodic(self) -> None:
        for task, next_time in self.next_time.items():
            if time.monotonic() >= next_time:
                went_well = self.do_task(task)
                seconds = _periodic[task].total_seconds()
                self.next_time[task] = time.monotonic() + (seconds if went_well else min(seconds, SOON_S))

    def do_task(self, task: Callable[[], None]) -> bool:
        """First without SQLite's write lock, which few rounds need; again with it, when others wrote."""
        try:
            try:
                self.do_in_transaction(task, locked=False)
            except DBAPIError as error:
                if trouble(error) != "database-busy":
                    raise
                self.do_in_transaction(task, locked=True)
            return True
        except Exception:
            log.exception("%s did not go well", task.__name__)
            return False

    def do_in_transaction(self, task: Callable[[], None], locked: bool) -> None:
        """What is not committed goes with the context."""
        with self.app.app_context():
            before = reading.set(not locked)
            try:
                task()
                db.session.commit()
            finally:
                reading.reset(before)


def keep_doing(app: Flask, task: Callable[[], object], seconds: float, stopping: Event) -> None:
    """Do one task again and again beside what the process is there for, whatever goes wrong."""
    while not stopping.is_set():
        with app.app_context():
            try:
                clock.follow_standing()
                task()
                db.session.commit()
            except Exception:
                db.session.rollback()
                log.exception("%s did not go well", task.__name__)
        stopping.wait(seconds)
