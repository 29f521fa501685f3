"""Taking factors into the library, from the file the project ships or from any other."""

from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO

from accounts.actor import SYSTEM
from carbon import factors, queries
from carbon.models import Factor
from core import audit, columns
from core.db import db
from core.errors import Invalid

# What a factor says; the rest is how it is told, and no reason for a new version.
FACTS = (
    "value", "unit", "gas_basis", "activity_unit", "category", "region", "valid_from", "source_year",
    "confidence",
)  # fmt: skip


@dataclass
class Imported:
    """How many rows were `added`, `changed`, became a `new_version`, or were `unchanged`; and the
    refused ones as (line of the file, column, slug)."""

    counts: Counter = field(default_factory=Counter)
    refused: list[tuple[int, str, str]] = field(default_factory=list)


def import_factors(stream: BinaryIO, actor=SYSTEM) -> Imported:
    """Take every row that can be right; a factor that is in use is not changed, it gets a new version.

    Raise Invalid when the file is not such a table at all.
    """
    done, library = Imported(), queries.newest_factors()
    for line, values in factors.read(stream):
        if wrong := values.fields if isinstance(values, Invalid) else columns.faults(Factor, values):
            column, slug = next(iter(wrong.items()))
            done.refused.append((line, column, slug))
        else:
            done.counts[_take(values, library)] += 1
    db.session.flush()
    audit.record(actor, "factor.import", "factor/*", **done.counts, refused=len(done.refused))
    return done


def load_factors(actor=SYSTEM) -> Imported:
    """Take the reference facts this project ships; a second time changes nothing."""
    with factors.SHIPPED.open("rb") as stream:
        return import_factors(stream, actor)


def _take(values: dict, library: dict[str, Factor]) -> str:
    known = library.get(values["code"])
    if known is None:
        library[values["code"]] = _add(values, 1)
        return "added"
    differing = {name for name, value in values.items() if getattr(known, name) != value}
    if known.used:
        differing &= set(FACTS)
    if not differing:
        return "unchanged"
    if known.used:
        library[values["code"]] = _add(values, known.version + 1)
        return "new_version"
    for name in differing:
        setattr(known, name, values[name])
    return "changed"


def _add(values: dict, version: int) -> Factor:
    factor = Factor(version=version, used=False, **values)
    db.session.add(factor)
    return factor
