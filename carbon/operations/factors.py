"""Taking factors into the library, from the file the project ships or from any other."""

import hashlib
import io
from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO

from accounts.actor import SYSTEM
from carbon import factors, queries
from carbon.models import Factor
from core import audit, columns
from core.db import db
from core.errors import Invalid
from core.machine import Actor

# What a factor says; the rest is how it is told, and no reason for a new version.
FACTS = (
    "value", "unit", "gas_basis", "activity_unit", "category", "region", "valid_from", "source_year",
    "confidence", "gwp",
)  # fmt: skip


@dataclass
class Imported:
    """How many rows were `added`, `changed`, became a `new_version`, or were `unchanged`; what a factor
    that was there says otherwise, as (code, name, former, new); and the refused rows as (line of the file,
    column, slug)."""

    counts: Counter[str] = field(default_factory=Counter)
    differing: list[tuple[str, str, object, object]] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)


def import_factors(stream: BinaryIO, actor: Actor = SYSTEM) -> Imported:
    """Take every row that can be right; a factor that is in use is not changed, it gets a new version.

    Raise Invalid when the file is not such a table at all.  Whoever only wants to know what would come of
    it does not commit.
    """
    done, library, content = Imported(), queries.newest_factors(), stream.read()
    for line, values in factors.read(io.BytesIO(content)):
        wrong = values.fields if isinstance(values, Invalid) else columns.faults(Factor, values)
        if isinstance(values, Invalid) or wrong:
            done.refused.append((line, *next(iter(wrong.items()))))
        else:
            done.counts[_take(values, library, done)] += 1
    db.session.flush()
    digest = hashlib.sha256(content).hexdigest()
    audit.record(actor, "factor.import", "factor/*", **done.counts, refused=len(done.refused), file=digest)
    return done


def load_factors(actor: Actor = SYSTEM) -> Imported:
    """Take the reference facts this project ships; a second time changes nothing."""
    with factors.SHIPPED.open("rb") as stream:
        return import_factors(stream, actor)


def _take(values: factors.Values, library: dict[str, Factor], done: Imported) -> str:
    known = library.get(values["code"])
    if known is None:
        library[values["code"]] = _add(values, 1)
        return "added"
    differing = {name for name, value in values.items() if getattr(known, name) != value}
    if known.used:
        differing &= set(FACTS)
    if not differing:
        return "unchanged"
    done.differing += [(known.code, n, getattr(known, n), values[n]) for n in values if n in differing]
    if known.used:
        library[values["code"]] = _add(values, known.version + 1)
        return "new_version"
    for name in differing:
        setattr(known, name, values[name])
    return "changed"


def _add(values: factors.Values, version: int) -> Factor:
    factor = Factor(version=version, used=False, **values)
    db.session.add(factor)
    return factor
