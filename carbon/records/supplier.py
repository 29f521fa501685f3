"""A supplier's footprint of what it sold: the value, what it covers, and whether its parts make it up."""

from collections.abc import Iterator
from decimal import Decimal

from carbon.footprint import OF_PRODUCTS, SETS, Caution, Row, share_sum, stage_sum
from carbon.records import components
from carbon.records.fields import SHARE, WHOLE, Choice, Day, Emission, Faults, Field, Many, Measured, ratio
from carbon.records.record import Around, Expanded, Given, Kind, Record, fits

PART = (Field("part", required=True), Emission("emission", required=True))
SHARES = (Field("part", required=True), Measured("share", required=True, units=SHARE, limits=(WHOLE,)))

# Of one record, what is said of a whole.
SAID = {
    "stages-do-not-add-up": "supplier-stages-do-not-add-up",
    "shares-do-not-add-up": "supplier-shares-do-not-add-up",
    "zero-means-not-declared": "supplier-zero-means-not-declared",
}

FIELDS = (
    Emission("emission", required=True),
    Choice("boundary", required=True, choices=OF_PRODUCTS),
    Choice("gwp_set", choices=SETS),
    Day("period_from"),
    Day("period_to"),
    Day("valid_until"),
    Field("verifier"),
    Field("document"),
    *components.FIELDS,
    Many("parts", of=PART),
    Many("shares", of=SHARES),
)


def expand(record: Record, given: Given, around: Around) -> Expanded:
    doubts = (*_doubts(given), *components.doubts(given), *_expired(given, around))
    return Expanded(tuple(components.lines(record, given)), doubts, _seen(record, given))


def _seen(record: Record, given: Given) -> Row:
    """It is doubted as what was published, whatever lines it comes to."""
    return record.row(record.quantity, record.unit, components.of_supplier(given))


def _expired(given: Given, around: Around) -> Iterator[tuple[str, dict[str, str]]]:
    """What was bought after its last day had another footprint."""
    until, end = given.text("valid_until"), around.period_to
    if until and end and until < end.isoformat():
        yield "supplier-expired", {"until": until, "end": end.isoformat()}


def _doubts(given: Given) -> Iterator[tuple[str, dict[str, str]]]:
    found: list[Caution] = []
    unit = given.quantity("emission").unit
    if given.has("parts"):
        parts = {str(place): part.of("emission", unit) for place, part in enumerate(given.each("parts"))}
        found += stage_sum(parts, given.of("emission", unit))[1]
    if given.has("fossil"):
        made: dict[str, Decimal | None] = {name: given.of(name, unit) for name in components.ADDED}
        found += stage_sum(made, given.of("emission", unit))[1]
    if given.has("shares"):
        shares: dict[str, Decimal | None] = {
            str(place): part.share("share") for place, part in enumerate(given.each("shares"))
        }
        found += share_sum(shares)[1]
    for doubt in found:
        yield SAID[doubt.slug], dict(doubt.detail)


def clashes(given: Given, record: Record) -> Faults:
    found = components.clashes(given)
    if record.unit and not fits(given.per("emission"), record.unit):
        found["emission-unit"] = "unit-does-not-fit"
    for number, part in enumerate(given.each("parts")):
        here, there = ratio(part.quantity("emission").unit), ratio(given.quantity("emission").unit)
        if here.basis != there.basis or not fits(here.denominator, there.denominator):
            found[f"parts-{number}-emission-unit"] = "unit-does-not-fit"
    if given.has("period_from", "period_to") and given.text("period_to") < given.text("period_from"):
        found["period_to"] = "period-backwards"
    return found


KIND = Kind("supplier", FIELDS, expand, source="PACT Methodology 3.0", clashes=clashes)
