"""How far off a total may be, asked beside the rows that it is the total of."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from carbon.footprint import Result
from carbon.models import Footprint
from carbon.uncertainty import DRAWS, Part, Spread, analytic, draw, shares, summed_up
from core.errors import Invalid
from core.readers import at, numbers

MEMBERS = ("limit", "seed")
WIDEST = 3


@dataclass(frozen=True)
class Asked:
    """The limit asked about, and the seed when draws are wanted too."""

    limit: Decimal | None
    seed: int | None


@dataclass(frozen=True)
class Uncertainty:
    """Of the rows for which a spread was stated; the `unstated` ones are taken as certain, and `uncovered` is
    their part (0 to 1) of what all rows add and take away.  `shares` are of the variance, row by row."""

    computed: Spread
    shares: tuple[float, ...]
    stated: int
    unstated: int
    uncovered: float
    drawn: Spread | None = None
    draws: int = DRAWS

    @property
    def widest(self) -> list[tuple[int, float]]:
        """(row, share) of the rows that bring most of the variance."""
        return sorted(enumerate(self.shares), key=lambda row: row[1], reverse=True)[:WIDEST]


def read(body: Mapping[str, object]) -> Asked:
    """Raise Invalid with the pointer of a limit or seed that cannot be."""
    limit = at("/limit", numbers.number, body.get("limit"))
    if limit is not None and limit <= 0:
        raise Invalid("number-not-above-zero", {"/limit": "number-not-above-zero"})
    return Asked(limit, at("/seed", numbers.whole, body.get("seed")))


def spread(result: Result, rows: Sequence[Mapping[str, object]], asked: Asked) -> Uncertainty | None:
    """None when nobody stated how far off any row may be, or there is no total; `rows` are the typed ones, by
    which each is drawn from a stream of its own."""
    if result.total is None:
        return None
    drawn = asked.seed is not None
    streams = [*_streams(rows), *range(len(result.rows) - len(rows))] if drawn else ()
    told = [(row.value, row.gsd) for row in result.rows]
    return of_rows(told, asked.limit, asked.seed, streams)


def of_rows(
    rows: Sequence[tuple[Decimal | None, float | None]],
    limit: Decimal | None,
    seed: int | None = None,
    streams: Sequence[int] = (),
) -> Uncertainty | None:
    """Of (value, GSD) row by row; None when no row has a GSD."""
    stated = [gsd is not None for value, gsd in rows if value]
    if not any(stated):
        return None
    places = streams or range(len(rows))
    parts = [
        Part(float(value or 0), gsd or 1.0, stream) for (value, gsd), stream in zip(rows, places, strict=True)
    ]
    most = None if limit is None else float(limit)
    whole = sum(abs(part.value) for part in parts)
    bare = sum(abs(part.value) for part, (_value, gsd) in zip(parts, rows, strict=True) if gsd is None)
    return Uncertainty(
        analytic(parts, most),
        tuple(shares(parts)),
        stated.count(True),
        stated.count(False),
        bare / whole,
        None if seed is None else summed_up(draw(parts, seed), most),
    )


def of_frozen(footprint: Footprint, limit: Decimal | None = None) -> Uncertainty | None:
    """As it was frozen: what a pedigree came to then is kept with its row."""
    rows = [(row["value"] and Decimal(row["value"]), row.get("gsd")) for row in footprint.rows]
    return of_rows([(value, gsd and float(gsd)) for value, gsd in rows], limit)


def _streams(rows: Sequence[Mapping[str, object]]) -> list[int]:
    """A number for each row, of what it says and not of its place; equal ones are told apart."""
    met: Counter[str] = Counter()
    found = []
    for row in rows:
        said = json.dumps(row, sort_keys=True, default=str)
        met[said] += 1
        digest = hashlib.sha256(f"{met[said]} {said}".encode()).digest()
        found.append(int.from_bytes(digest[:8], "big"))
    return found
