"""The inventory as a whole: its total, its mass, its period, what it leaves out."""

from datetime import date, timedelta
from decimal import Decimal
from statistics import median, quantiles

from carbon.checks.seen import Doubts, Seen, converted, plain
from carbon.footprint import FactorCopy
from carbon.records.ledger import part_of
from carbon.records.record import Given

# What a boundary leaves out; what is there all the same was probably put in the wrong stage.
OUTSIDE = {
    "cradle_to_gate": ("distribution", "use", "end_of_life"),
    "cradle_to_site": ("use", "end_of_life"),
    "cradle_to_grave": (),
    "operation": ("raw_material", "manufacturing", "distribution", "end_of_life"),
}


def dominant(seen: Seen) -> Doubts:
    if len(seen.result.rows) < seen.tolerances.few_rows:
        return
    for index, row in enumerate(seen.result.rows):
        if row.share is not None and row.share > seen.tolerances.dominant_share:
            yield index, {"name": row.name, "percent": f"{row.share * 100:.0f}"}


def single_row(seen: Seen) -> Doubts:
    """No product comes of one source alone."""
    declared = [row for row in seen.rows if row.quantity is not None]
    if seen.boundary and len(declared) == 1:
        yield None, {"name": declared[0].name}


def far_from_peers(seen: Seen) -> Doubts:
    typical, total = _typical(seen), seen.result.total
    if typical and total and total > 0 and not _near(total / typical, seen.tolerances.peers_times):
        yield None, {"total": plain(total), "median": plain(typical)}


def outlying(seen: Seen) -> Doubts:
    """Beyond the spread of its category, but not by so much that it must be a slip."""
    typical, total = _typical(seen), seen.result.total
    if not typical or not total or len(seen.around.peers) < seen.tolerances.enough_peers:
        return
    lower, _middle, upper = quantiles(seen.around.peers, n=4, method="inclusive")
    reach = seen.tolerances.outlying_ranges * (upper - lower)
    if _near(total / typical, seen.tolerances.peers_times) and not lower - reach <= total <= upper + reach:
        yield None, {"total": plain(total), "median": plain(typical), "count": f"{len(seen.around.peers)}"}


def far_from_limit(seen: Seen) -> Doubts:
    limit, total = seen.around.limit, seen.result.total
    if limit and total and total > 0 and not _near(total / limit, seen.tolerances.limit_times):
        yield None, {"total": plain(total), "limit": f"{limit.normalize():f}"}


def more_comes_out(seen: Seen) -> Doubts:
    """Mass is kept: a product does not weigh ten times what it was made of."""
    made, used = seen.masses
    if made and used and made > used * seen.tolerances.mass_times:
        yield None, {"output": f"{plain(made)} t", "input": f"{plain(used)} t"}


def more_goes_in(seen: Seen) -> Doubts:
    """Nor a tenth of it: the output was typed in kilograms for tonnes, most likely."""
    made, used = seen.masses
    if made and used and used > made * seen.tolerances.mass_times:
        yield None, {"output": f"{plain(made)} t", "input": f"{plain(used)} t"}


def clinker_differs(seen: Seen) -> Doubts:
    """What was burnt for a tonne is what the laboratory finds in it."""
    reckoned, tested = _clinker_share(seen), seen.around.clinker_tested
    if reckoned and tested:
        found = max(tested, key=lambda each: abs(each - reckoned))
        if abs(found - reckoned) > seen.tolerances.clinker_share:
            yield None, {"reckoned": _percent(reckoned), "tested": _percent(found)}


def more_clinker_than_product(seen: Seen) -> Doubts:
    """Cement is ground of clinker and more; a tolerance for what is lost on the way."""
    reckoned = _clinker_share(seen)
    if reckoned and reckoned > 1 + seen.tolerances.clinker_share:
        yield None, {"reckoned": _percent(reckoned)}


def no_period(seen: Seen) -> Doubts:
    if seen.boundary and (seen.period_from is None or seen.period_to is None):
        yield None, {}


def part_of_a_year(seen: Seen) -> Doubts:
    start, end = seen.period_from, seen.period_to
    if seen.boundary and start and end and not _is_a_year(start, end):
        yield None, {"start": f"{start}", "end": f"{end}"}


def not_over(seen: Seen) -> Doubts:
    if seen.boundary and seen.period_from and seen.period_to and seen.period_to > seen.today:
        yield None, {"end": f"{seen.period_to}"}


def outside(seen: Seen) -> Doubts:
    for index, row in enumerate(seen.rows):
        if row.stage in OUTSIDE.get(seen.boundary, ()):
            yield index, {"name": row.name}


def stages_missing(seen: Seen) -> Doubts:
    there = {row.stage for row in seen.rows}
    if seen.boundary == "cradle_to_grave" and not {"use", "end_of_life"} & there:
        yield None, {}


def no_evidence(seen: Seen) -> Doubts:
    for index, row in enumerate(seen.rows):
        if seen.boundary and not row.evidence and not row.evidence_digest:
            yield index, {"name": row.name}


def _typical(seen: Seen) -> Decimal | None:
    peers = seen.around.peers
    found = median(peers) if peers else None
    return found if found and found > 0 else None


def _near(times: Decimal, bound: Decimal) -> bool:
    return 1 / bound < times < bound


def _clinker_share(seen: Seen) -> Decimal | None:
    """Tonnes of clinker for one of the product, where both are known."""
    made = converted(seen.sheet.output.amount, seen.sheet.output.unit, "t")
    return _clinker(seen) / made if made else None


def _clinker(seen: Seen) -> Decimal:
    """Tonnes that are burnt for the product, by analysis or by a factor of the library."""
    burnt = [
        converted(part_of(record.quantity, Given(record.stated)), record.unit, "t")
        for record in seen.records
        if record.quantity and (record.kind == "clinker" or _is_clinker(record.factor))
    ]
    return sum((each for each in burnt if each is not None), Decimal(0))


def _percent(share: Decimal) -> str:
    return f"{round(share * 100, 2).normalize():f} %"


def _is_clinker(factor: FactorCopy | None) -> bool:
    return factor is not None and factor.category == "process_clinker"


def _is_a_year(start: date, end: date) -> bool:
    """Twelve months; a day more or less, such as a period written from New Year to New Year, will pass."""
    return abs((end - start + timedelta(days=1)).days - 365) <= 1
