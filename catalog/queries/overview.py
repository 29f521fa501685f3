"""The catalogue as a whole, for the home page and for placing one product among its peers."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice
from statistics import median, quantiles
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload, selectinload

from catalog.models import Entry, EntryAct
from catalog.queries.cached import until_changed
from certification.workflow.certificate import status_on
from core.clock import today
from core.db import db, streamed

FEW = 5  # below so many peers no quarters are drawn
MOST_DOTS = 150
MARGIN = 0.06


@dataclass(frozen=True)
class Peers:
    """The valid products one may be compared with: same category, unit and boundary."""

    values: list[float]  # ascending

    @property
    def enough(self) -> bool:
        return len(self.values) >= FEW

    @property
    def sample(self) -> list[float]:
        """Evenly chosen out of all, as many as can be drawn: the quarters stay where they are."""
        step = max(1, len(self.values) // MOST_DOTS)
        return self.values[::step]

    def strip(self, limit: Decimal | None) -> dict[str, float]:
        """The axis and the middle half for a small picture; nothing where there are too few."""
        if not self.enough:
            return {}
        low, _, high = self.quarters
        ends = [self.values[0], self.values[-1], *([float(limit)] if limit else [])]
        room = (max(ends) - min(ends)) * MARGIN
        return {"low": min(ends) - room, "high": max(ends) + room, "q1": low, "q3": high}

    @cached_property
    def quarters(self) -> list[float]:
        return quantiles(self.values, n=4, method="inclusive")

    def rank(self, value: Decimal) -> int:
        """How many percent of the peers have at most this footprint."""
        return round(100 * sum(each <= float(value) for each in self.values) / len(self.values))


class Act(NamedTuple):
    """A status act, as far as it says what a product is worth."""

    kind: str
    on: date


@dataclass(frozen=True)
class Overview:
    valid: int
    by_category: dict[str, int]  # valid products
    peers: dict[tuple[str, str, str], Peers]
    shares: dict[str, list[float]]  # category -> footprints in percent of the limit
    median_below: float | None  # in percent of the limit

    def peers_of(self, entry: Entry) -> Peers:
        """Nobody for a declared product: each maker has reckoned in a way of its own."""
        key = (entry.category, entry.carbon_unit, entry.boundary)
        return self.peers.get(key, Peers([])) if entry.kind == "certified" else Peers([])

    def fullest(self, number: int) -> list[str]:
        """The categories with most valid products."""
        return sorted(self.by_category, key=lambda slug: (-self.by_category[slug], slug))[:number]


@until_changed
def overview(day: date) -> Overview:
    by_category: dict[str, int] = defaultdict(int)
    values: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    shares: dict[str, list[float]] = defaultdict(list)
    for row in _valid(day):
        by_category[row.category] += 1
        values[row.category, row.carbon_unit, row.boundary].append(float(row.carbon))
        if row.limit_value:
            shares[row.category].append(float(100 * row.carbon / row.limit_value))
    peers = {key: Peers(sorted(numbers)) for key, numbers in values.items()}
    every = [share for numbers in shares.values() for share in numbers]
    below = 100 - median(every) if every else None
    return Overview(sum(by_category.values()), dict(by_category), peers, dict(shares), below)


def _valid(day: date) -> Iterator[Row[*tuple[Any, ...]]]:  # columns of an Entry
    acts: dict[int, list[Act]] = defaultdict(list)
    for act in db.session.execute(
        select(EntryAct.entry_id, EntryAct.kind, EntryAct.on).order_by(EntryAct.id)
    ):
        acts[act.entry_id].append(Act(act.kind, act.on))
    table = Entry.__table__.c
    columns = (table.id, table.category, table.carbon, table.carbon_unit, table.boundary, table.limit_value)
    query = select(*columns, table.begins_on, table.valid_to).where(table.kind == "certified")
    for row in db.session.execute(query):
        if status_on(row.begins_on, row.valid_to, acts[row.id], day) == "valid":
            yield row


def latest(limit: int = 4, day: date | None = None) -> list[Entry]:
    """The newest products whose certificate is valid."""
    query = select(Entry).where(Entry.kind == "certified").order_by(Entry.issued_on.desc(), Entry.id.desc())
    with closing(streamed(query.options(selectinload(Entry.acts)), 20)) as newest:
        return list(islice((entry for entry in newest if entry.status_on(day or today()) == "valid"), limit))


def latest_acts(limit: int = 4) -> list[EntryAct]:
    """What was suspended, restored, withdrawn or cancelled last; its product is loaded with it."""
    query = select(EntryAct).options(joinedload(EntryAct.entry)).order_by(EntryAct.id.desc())
    return list(db.session.scalars(query.limit(limit)))
