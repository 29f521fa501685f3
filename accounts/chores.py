"""What the worker does for accounts: sending what people were told."""

from datetime import timedelta

from accounts.operations import post, sessions

JOBS = {
    "mail.send": post.send,
}

LONG_JOBS: dict = {}

PERIODIC = {
    post.collect: timedelta(minutes=1),
    sessions.drop_old_sessions: timedelta(days=1),
}

HEALTH: dict = {}

DEEP: dict = {}
