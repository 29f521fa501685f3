"""What of a footprint is told apart: by what was said of a row, and by the members of PACT's data model.

A row is in the total whatever is told apart of it.  Where its carbon comes from, its gas says (see gases).
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from carbon.footprint.gases import BIOGENIC, origin
from carbon.footprint.sheet import Row

# ISO 14067:2018 7.3 and GB/T 24067-2024 ask for aircraft; PACT for packaging and the way to the customer.
THEREOF = ("aircraft", "packaging", "outbound_transport")
OUTBOUND = "outbound_transport"

# PACT Technical Specifications 3.0.3, CarbonFootprint.
EXCLUDING, INCLUDING = "pcfExcludingBiogenicUptake", "pcfIncludingBiogenicUptake"
UPTAKE, NON_CO2 = "biogenicCO2Uptake", "biogenicNonCO2Emissions"
FOSSIL, LAND = "fossilGhgEmissions", "landUseChangeGhgEmissions"
AIRCRAFT, PACKAGING, LOGISTICS = (
    "aircraftGhgEmissions", "packagingGhgEmissions", "outboundLogisticsGhgEmissions",
)  # fmt: skip
PACT = (EXCLUDING, INCLUDING, FOSSIL, LAND, NON_CO2, UPTAKE, AIRCRAFT, PACKAGING, LOGISTICS)
ALWAYS = (EXCLUDING, INCLUDING, FOSSIL)  # members that must be there
BEFORE_THE_GATE = ("raw_material", "manufacturing")

Said = tuple[str, Decimal | None]  # a key, and kilograms under it


def thereof(rows: Sequence[Row], whole: Sequence[Decimal | None]) -> Iterator[Said]:
    """Each row under everything it was said to be."""
    for row, value in zip(rows, whole, strict=True):
        for each in row.thereof:
            yield each, value


def pact(rows: Sequence[Row], gases: Sequence[str], whole: Sequence[Decimal | None]) -> Iterator[Said]:
    """Each row under PACT's members; nothing at all where PACT has none for what is there: it ends at the
    gate, the way to the customer apart, and subtracts no avoided product."""
    every = zip(rows, gases, whole, strict=True)
    declared = [(row, gas, value) for row, gas, value in every if value is not None]
    if declared and all(_is_told(*each) for each in declared):
        yield from ((name, Decimal(0)) for name in ALWAYS)
        for row, gas, value in declared:
            yield from ((name, value) for name in _members(row, gas))


def _is_told(row: Row, gas: str, value: Decimal) -> bool:
    inside = OUTBOUND in row.thereof or row.stage in BEFORE_THE_GATE
    return inside and (value >= 0 or gas == BIOGENIC)


def _members(row: Row, gas: str) -> Iterator[str]:
    """What was taken up and what of it is free again before the gate stand together, as PACT has it."""
    if OUTBOUND in row.thereof:
        yield LOGISTICS
        return
    yield INCLUDING
    if gas == BIOGENIC:
        yield UPTAKE
        return
    yield from (EXCLUDING, {"fossil": FOSSIL, "biogenic": NON_CO2, "land_use_change": LAND}[origin(gas)])
    yield from (AIRCRAFT for each in row.thereof if each == "aircraft")
    yield from (PACKAGING for each in row.thereof if each == "packaging")
