"""What a rule asks of an inventory: stages, rows, factors, measured data, a period."""

from decimal import Decimal

from carbon.checks.seen import CARRIED, Doubts, Seen, plain_name
from carbon.footprint import Row

PRIMARY = ("A", "B")  # measured on site, or reckoned from what was
MONTHS = 12


def stage_missing(seen: Seen) -> Doubts:
    there = {row.stage for row in seen.rows}
    for stage in seen.demands.stages:
        if seen.boundary and stage not in there:
            yield None, {"stage": stage}


def row_missing(seen: Seen) -> Doubts:
    """A row is known by its stage, and by a name that holds one of those the rule has for it."""
    for stage, names in seen.demands.rows:
        wanted = ["".join(name.split()).casefold() for name in names]
        here = [plain_name(row) for row in seen.rows if row.stage == stage]
        if seen.boundary and not any(name in found for name in wanted for found in here):
            yield None, {"name": names[0], "stage": stage}


def kind_not_allowed(seen: Seen) -> Doubts:
    allowed = seen.demands.factor_kinds
    for index, row in enumerate(seen.rows):
        if allowed and (kind := _kind(seen, index, row)) and kind not in allowed:
            yield index, {"name": row.name}


def _kind(seen: Seen, index: int, row: Row) -> str:
    """Where a factor comes from; a row without one has none."""
    if row.factor is None:
        return "own" if row.fuel else ""
    if row.factor.code:
        return "library"
    record = seen.records[index] if index < len(seen.records) else None
    return "supplier" if record and record.kind == "supplier" else "own"


def factor_too_old(seen: Seen) -> Doubts:
    most = seen.demands.oldest_factor_years
    for index, row in enumerate(seen.rows):
        year = row.factor.source_year if row.factor else None
        if most is not None and year and seen.years and seen.years[-1] - year > most:
            yield index, {"name": row.name, "year": f"{year}", "most": f"{most}"}


def few_primary(seen: Seen) -> Doubts:
    least = seen.demands.primary_share
    if least is None or not seen.boundary:
        return
    told = [
        (abs(came.share), row.quality)
        for came, row in zip(seen.result.rows, seen.rows, strict=False)
        if came.share is not None
    ]
    total = sum((share for share, _quality in told), Decimal(0))
    if not total:
        return
    found = sum((share for share, quality in told if quality in PRIMARY), Decimal(0)) / total
    if found < least:
        yield None, {"share": f"{found * 100:.0f}", "least": f"{least * 100:.0f}"}


def period_not_of_rule(seen: Seen) -> Doubts:
    wanted, start, end = seen.demands.period_months, seen.period_from, seen.period_to
    if not wanted or start is None or end is None:
        return
    months = (end.year - start.year) * MONTHS + end.month - start.month + 1
    if months != wanted:
        yield None, {"months": f"{months}", "wanted": f"{wanted}"}


def grid_factor_not_of_rule(seen: Seen) -> Doubts:
    """All power has the factor of the rule, but what was proved to be bought by contract where that counts,
    and what is lost on the way."""
    wanted = seen.demands.grid_factor
    for index, row in enumerate(seen.rows):
        if not wanted or row.factor is None or not row.factor.is_power:
            continue
        if row.factor.code.startswith(CARRIED):
            continue
        by_contract = seen.around.certificates and bool(row.evidence_digest)
        if row.factor.code != wanted and not by_contract:
            yield index, {"name": row.name, "factor": wanted}
