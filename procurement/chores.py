"""What the worker does for procurement, and what the doctor asks."""

from collections.abc import Callable

from core.jobs import Handler
from procurement import queries
from procurement.bids import papers

JOBS: dict[str, Handler] = {}

LONG_JOBS = papers.LONG_JOBS

PERIODIC = papers.PERIODIC

HEALTH: dict[str, Callable[[], str]] = {}

DEEP = {"editions": queries.editions_sound}
