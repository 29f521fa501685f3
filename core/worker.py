"""The process that does the jobs, one after the other; any number may run, on any machine."""

import logging
import signal
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from threading import Event

from flask import Flask

from core import clock, jobs
from core.db import db

IDLE_S = 0.2

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
    def __init__(self, app: Flask):
        self.app = app
        self.stopping = Event()
        self.next_time = dict.fromkeys(_periodic, 0.0)

    def run(self) -> None:
        """Work until `stop`; a job that was begun is finished first."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self.stopping.is_set():
            clock.follow_standing()
            self.do_periodic()
            if not self.do_one_job():
                self.stopping.wait(IDLE_S)

    def stop(self, *_signal) -> None:
        self.stopping.set()

    def do_one_job(self) -> bool:
        """Each job begins in a context of its own, so that nothing of the last one lingers."""
        with self.app.app_context():
            job_id = jobs.claim()
            if job_id is not None and not jobs.run(job_id):
                log.warning("job %s did not go well: %s", job_id, db.session.get(jobs.Job, job_id).error)
            return job_id is not None

    def do_periodic(self) -> None:
        for task, pause in _periodic.items():
            if time.monotonic() >= self.next_time[task]:
                self.next_time[task] = time.monotonic() + pause.total_seconds()
                self.do_task(task)

    def do_task(self, task: Callable[[], None]) -> None:
        with self.app.app_context():
            try:
                task()
                db.session.commit()
            except Exception:
                db.session.rollback()
                log.exception("%s did not go well", task.__name__)
