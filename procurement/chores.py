"""What the worker does for procurement, which is nothing yet; and what the doctor asks."""

from procurement import queries

JOBS: dict = {}

LONG_JOBS: dict = {}

PERIODIC: dict = {}

HEALTH: dict = {}

DEEP = {"editions": queries.editions_sound}
