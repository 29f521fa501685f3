"""Electricity at a meter: from the grid, from a plant or line of one's own, by contract with certificates,
and what was passed on.  Together they are what was consumed.

A certificate lowers nothing by itself: it belongs to a supply, of which it covers no more than it certifies,
and where the scheme does not count it the supply is electricity of the grid.
"""

from collections.abc import Iterator
from decimal import Decimal

from carbon.footprint import Row
from carbon.records.fields import SHARE, Choice, Emission, Faults, Field, Many, Measured, between
from carbon.records.record import (
    Around,
    Expanded,
    Given,
    Kind,
    Record,
    amount_in,
    stated_factor,
    undeclared,
)

NATIONAL = "ELECFP-CN-"  # the library's factors of all electricity of the country, one for each year
SUPPLIES = ("grid", "own", "contract", "exported", "residual")
ENERGY = ("kWh", "MWh", "GWh")
NUCLEAR_TO_COAL = "生态环境部等《关于发布2024年电力碳足迹因子数据的公告》: 0.0065–0.924"
NEEDED = {"own": ("emission",), "contract": ("emission", "certificate", "certified", "line_loss")}

SUPPLY = (
    Choice("supply", required=True, choices=SUPPLIES),
    Measured("energy", required=True, units=ENERGY),
    Emission(
        "emission", units=("kgCO2e/kWh",), usual=(between("0.006", "1", "kgCO2e/kWh", NUCLEAR_TO_COAL),)
    ),
    Field("certificate"),
    Measured("certified", units=ENERGY),
    Measured("line_loss", units=SHARE, limits=(between("0", "1", "1", below=True),)),
)


def expand(record: Record, given: Given, around: Around) -> Expanded:
    """What the parts leave of the meter is electricity of the grid: nothing that was consumed is left out."""
    if record.factor is None:
        return undeclared(record)
    proved = bool(record.evidence_digest) or not around.relied_on
    rest = amount_in(record, "kWh", given.constants) - _consumed(given)
    rows = [
        row for part in given.each("supplies") for row in _rows(record, part, _kept(given), proved, around)
    ]
    if rest > 0:
        rows.append(record.row(rest, "kWh", record.factor))
    everything = record.row(_consumed(given) + max(rest, Decimal(0)), "kWh", record.factor)
    seen = record.row(record.quantity, record.unit, record.factor)
    return Expanded(tuple(rows), tuple(_doubts(given, rest, proved, around)), seen, (everything,))


def _rows(record: Record, part: Given, kept: Decimal, proved: bool, around: Around) -> Iterator[Row]:
    """Without a proof, or a rule that counts certificates, a supply is the grid's.  What is lost on the way
    of a contract's electricity comes from the grid."""
    supply, energy = part.text("supply"), part.of("energy", "kWh")
    if supply == "exported":
        return
    if supply == "own":
        yield record.row(energy * kept, "kWh", stated_factor(part, "emission") if proved else record.factor)
    elif supply == "contract" and proved and around.certificates:
        yield record.row(energy, "kWh", stated_factor(part, "emission", part.text("certificate")))
        yield record.row(energy * part.share("line_loss"), "kWh", record.factor)
    else:
        yield record.row(energy, "kWh", record.factor)


def _sum(given: Given, *supplies: str) -> Decimal:
    parts = (part for part in given.each("supplies") if part.text("supply") in supplies)
    return sum((part.of("energy", "kWh") for part in parts), Decimal(0))


def _consumed(given: Given) -> Decimal:
    return _sum(given, "grid", "own", "contract") - _sum(given, "exported")


def _kept(given: Given) -> Decimal:
    """The share of one's own that was not passed on."""
    own = _sum(given, "own")
    return 1 - _sum(given, "exported") / own if own else Decimal(1)


def _doubts(
    given: Given, rest: Decimal, proved: bool, around: Around
) -> Iterator[tuple[str, dict[str, str]]]:
    if rest:
        sums = {
            "metered": f"{(rest + _consumed(given)).normalize():f}",
            "sum": f"{_consumed(given).normalize():f}",
        }
        yield "power-unbalanced", {**sums, "difference": f"{rest.normalize():f}"}
    if not proved and _sum(given, "own", "contract"):
        yield "supply-unproven", {}
    if _sum(given, "contract") and not around.certificates:
        yield "certificates-not-counted", {}


def clashes(given: Given, record: Record) -> Faults:
    found: Faults = {}
    for number, part in enumerate(given.each("supplies")):
        place, supply = f"supplies-{number}-", part.text("supply")
        if supply == "residual":
            found[f"{place}supply"] = "residual-not-published"
        found |= {place + name: "value-missing" for name in NEEDED.get(supply, ()) if not part.has(name)}
        if (
            supply == "contract"
            and part.has("certified")
            and part.of("energy", "kWh") > part.of("certified", "kWh")
        ):
            found[f"{place}energy"] = "above-certificate"
        if part.has("emission") and part.quantity("emission").amount < 0:
            found[f"{place}emission"] = "negative-without-ground"
        if supply == "exported" and _sum(given, "exported") > _sum(given, "own"):
            found[f"{place}energy"] = "exported-above-own"
    if record.factor is not None and not record.factor.code.startswith(NATIONAL):
        found["factor_code" if record.factor.code else "own_value"] = "grid-factor-not-national"
    return found


KIND = Kind(
    "electricity",
    (Many("supplies", required=True, of=SUPPLY),),
    expand,
    per=("kWh",),
    factor=True,
    factor_per=("kWh",),
    source="GB/T 24067-2024; ISO 14067:2018, 6.4.9.4",
    clashes=clashes,
)
