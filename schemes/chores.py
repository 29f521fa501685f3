"""What the worker does for the rule book: drawing the papers of its versions."""

from core.health import Question
from core.jobs import Handler
from schemes import papers

JOBS: dict[str, Handler] = {}

LONG_JOBS = papers.LONG_JOBS

PERIODIC = papers.PERIODIC

HEALTH: dict[str, Question] = {}

DEEP: dict[str, Question] = {}
