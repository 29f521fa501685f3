"""What the worker does for procurement, and what the doctor asks."""

from collections.abc import Callable
from datetime import timedelta

from core.jobs import Handler
from procurement import papers, queries
from procurement.bids import papers as bids
from procurement.shortlists import operations as shortlists

JOBS: dict[str, Handler] = {}

LONG_JOBS = papers.LONG_JOBS | bids.LONG_JOBS

PERIODIC = papers.PERIODIC | bids.PERIODIC | {shortlists.watch: timedelta(hours=1)}

HEALTH: dict[str, Callable[[], str]] = {}

DEEP = {"editions": queries.editions_sound}
