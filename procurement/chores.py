"""What the worker does for procurement, which is nothing yet; and what the doctor asks."""

from collections.abc import Callable
from datetime import timedelta

from core.jobs import Handler
from procurement import queries

JOBS: dict[str, Handler] = {}

LONG_JOBS: dict[str, Handler] = {}

PERIODIC: dict[Callable[[], None], timedelta] = {}

HEALTH: dict[str, Callable[[], str]] = {}

DEEP = {"editions": queries.editions_sound}
