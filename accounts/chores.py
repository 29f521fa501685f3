"""What the worker does for accounts: sending what people were told."""

from datetime import timedelta

from accounts.operations import post, sessions
from core.health import Question
from core.jobs import Handler

JOBS: dict[str, Handler] = {
    "mail.send": post.send,
}

LONG_JOBS: dict[str, Handler] = {}

PERIODIC = {
    post.collect: timedelta(minutes=1),
    sessions.drop_old_sessions: timedelta(days=1),
}

HEALTH: dict[str, Question] = {}

DEEP: dict[str, Question] = {}
