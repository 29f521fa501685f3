"""What the worker does for accounts: sending what people were told."""

from datetime import timedelta

from accounts.operations import post

JOBS = {
    "mail.send": post.send,
}

PERIODIC = {
    post.collect: timedelta(minutes=1),
}
