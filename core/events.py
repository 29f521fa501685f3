"""How one office tells the offices above it that something happened.

An event is a frozen dataclass, named in the past tense, and carries plain
values only, so that it can be written down.  Handlers run inside the same
transaction: what a listener derives can never disagree with its source.
Anything slow or outside the database is a job (core.jobs), queued by the
handler in that same transaction and done after it.
"""

from collections.abc import Callable, Mapping
from typing import Any

Listener = Callable[[Any], object]  # each takes the type of event it is listed under

_listeners: dict[type, list[Listener]] = {}


def connect(table: Mapping[type, list[Listener]]) -> None:
    """Take the whole table of who listens to what; it is written in app.py."""
    _listeners.clear()
    _listeners.update(table)


def listeners(kind: type) -> list[Listener]:
    return _listeners[kind]


def publish(event: object) -> None:
    """Tell every listener; an event that stands in no table is an error."""
    for listener in _listeners[type(event)]:
        listener(event)
