"""By what a row of activity data is known, whatever it is called and wherever it stands.

A key is given when a row is first written down, by the house or by whoever sends it, and stays: through
saves, copies, workbooks and the API.  Two rows of an inventory never have the same one.
"""

import json
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

LETTERS = "bcdfghjkmnpqrstvwxz"  # no words, and nothing a spreadsheet takes for a number or a day
LENGTH = 10
SPELT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
ALIKE = ("stage", "quantity", "unit", "factor_code", "own_value", "own_unit", "kind", "stated")


class Keyed(Protocol):
    """A row, stored or typed."""

    @property
    def key(self) -> str: ...
    @property
    def stage(self) -> str: ...
    @property
    def name(self) -> str: ...


class Pairs:
    """What was found for what: nobody has two places, and no place two of them."""

    def __init__(self) -> None:
        self.found: dict[int, int] = {}
        self._taken: set[int] = set()

    def take(self, which: int, places: Iterable[int]) -> None:
        """The first of these places that is free, for one that has none yet."""
        if which in self.found:
            return
        place = next((place for place in places if place not in self._taken), None)
        if place is not None:
            self.found[which] = place
            self._taken.add(place)


def new() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def is_key(text: str) -> bool:
    return SPELT.fullmatch(text) is not None


def pair(stands: Sequence[Keyed], typed: Sequence[Keyed]) -> dict[int, int]:
    """The place of the row that stands for each typed one: by its key, else by stage and name, else by all it
    says but its name.  Of several with one key the first is believed."""
    pairs = Pairs()
    by_key = {row.key: place for place, row in enumerate(stands)}
    for number, row in enumerate(typed):
        if row.key in by_key:
            pairs.take(number, [by_key[row.key]])
    for called in (_called, _likeness):
        places: defaultdict[object, list[int]] = defaultdict(list)
        for place, stored in enumerate(stands):
            places[called(stored)].append(place)
        for number, row in enumerate(typed):
            if told := called(row):
                pairs.take(number, places[told])
    return pairs.found


def likeness(values: Mapping[str, object]) -> object:
    """All that a row says but what it is called and what proves it; None where it states no amount."""
    if not values.get("quantity"):
        return None
    told = (values.get(name) or "" for name in ALIKE)
    return tuple(json.dumps(each, sort_keys=True) if isinstance(each, dict) else each for each in told)


def _called(row: Keyed) -> object:
    return row.stage, row.name


def _likeness(row: Keyed) -> object:
    return likeness({name: getattr(row, name) for name in ALIKE})
