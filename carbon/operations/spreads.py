"""How far off a total may be, asked beside the rows that it is the total of."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from carbon.footprint import Result
from carbon.uncertainty import DRAWS, Part, Spread, analytic, draw, shares, summed_up
from core.errors import Invalid
from core.readers import at, numbers

WIDEST = Decimal(10)  # a factor of ten to either side says that nothing is known
MEMBERS = ("limit", "seed")


@dataclass(frozen=True)
class Asked:
    """The GSD of each row, as stated; the limit asked about; the seed when draws are wanted too."""

    gsds: tuple[Decimal | None, ...]
    limit: Decimal | None
    seed: int | None


@dataclass(frozen=True)
class Uncertainty:
    computed: Spread
    shares: tuple[float, ...]
    drawn: Spread | None
    draws: int = DRAWS


def read(body: Mapping[str, object], rows: Sequence[Mapping[str, object]]) -> Asked:
    """Raise Invalid with the pointer of a GSD, limit or seed that cannot be."""
    limit = at("/limit", numbers.number, body.get("limit"))
    if limit is not None and limit <= 0:
        raise Invalid("number-not-above-zero", {"/limit": "number-not-above-zero"})
    gsds = [_gsd(row.get("gsd"), f"/rows/{place}/gsd") for place, row in enumerate(rows)]
    return Asked(tuple(gsds), limit, at("/seed", numbers.whole, body.get("seed")))


def spread(result: Result, rows: Sequence[Mapping[str, object]], asked: Asked) -> Uncertainty | None:
    """None when nobody stated how far off any row may be, or there is no total."""
    if result.total is None or not any(gsd and gsd > 1 for gsd in asked.gsds):
        return None
    stated = [gsd or Decimal(1) for gsd in asked.gsds]
    certain = [Decimal(1)] * (len(result.rows) - len(stated))
    streams = [*_streams(rows), *range(len(certain))]
    parts = [
        Part(float(row.value or 0), float(gsd), stream)
        for row, gsd, stream in zip(result.rows, [*stated, *certain], streams, strict=True)
    ]
    limit = None if asked.limit is None else float(asked.limit)
    drawn = None if asked.seed is None else summed_up(draw(parts, asked.seed), limit)
    return Uncertainty(analytic(parts, limit), tuple(shares(parts)[: len(stated)]), drawn)


def _gsd(value: object, where: str) -> Decimal | None:
    gsd = at(where, numbers.number, value)
    if gsd is not None and not 1 <= gsd <= WIDEST:
        raise Invalid("gsd-out-of-bounds", {where: "gsd-out-of-bounds"})
    return gsd


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
