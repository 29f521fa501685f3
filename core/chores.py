"""What the worker does for the ground: forgetting what need not be remembered."""

from datetime import timedelta

from core import once

JOBS = {}

LONG_JOBS: dict = {}

PERIODIC = {
    once.forget: timedelta(hours=1),
}

HEALTH: dict = {}

DEEP: dict = {}
