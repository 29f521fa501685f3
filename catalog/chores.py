"""What the worker does for the catalogue: keeping its index sound; and what the doctor asks."""

from datetime import timedelta

from catalog import search
from catalog.queries import integrity
from core.jobs import Handler

JOBS: dict[str, Handler] = {}

LONG_JOBS: dict[str, Handler] = {}

PERIODIC = {
    search.heal: timedelta(minutes=1),
}

HEALTH = {"index": search.sound}

DEEP = {"catalogue": integrity.entries_sound}
