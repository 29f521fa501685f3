"""What the worker does for the ground: forgetting what need not be remembered."""

from datetime import timedelta

from core import once
from core.health import Question
from core.jobs import Handler

JOBS: dict[str, Handler] = {}

LONG_JOBS: dict[str, Handler] = {}

PERIODIC = {
    once.forget: timedelta(hours=1),
}

HEALTH: dict[str, Question] = {}

DEEP: dict[str, Question] = {}
