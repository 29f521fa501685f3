"""What may be subtracted, and on what ground: removed carbon dioxide, and a product that was displaced.

A certificate, an allowance or a credit is neither: what others did elsewhere stands outside a footprint
(GB/T 24067, ISO 14067).
"""

import re
from decimal import Decimal

from carbon.footprint import FactorCopy
from carbon.footprint.gases import BIOGENIC, CO2
from carbon.records.fields import Choice, Faults, Field
from carbon.records.record import Around, Expanded, Given, Kind, Record, derived

OUTSIDE = "GB/T 24067-2024; ISO 14067:2018"
CREDIT = re.compile(
    r"抵消|抵销|碳信用|绿证|绿色电力证书|配额|核证减排|CCER|\b(VER|CER|REC|I-REC|GEC)s?\b|offset|credit|allowance|certificate",
    re.IGNORECASE,
)
NOT_ACCEPTED = "ground-not-accepted"  # said while it counts 0
METHODS = {"biogenic": BIOGENIC, "mineral": CO2, "geological": CO2}

REMOVAL = (
    Choice("removed_by", required=True, choices=tuple(METHODS)),
    Field("source", required=True),
    Field("document"),
)
AVOIDED = (Field("displaced", required=True), Field("source", required=True), Field("document"))


def removal(record: Record, given: Given, around: Around) -> Expanded:
    """The amount is of carbon dioxide.  What a plant took up is a ground of itself."""
    gas = METHODS[given.text("removed_by")]
    factor = derived(Decimal(1), f"kg{gas}/kg", gas, given.text("source"))
    return _taken(record, given, factor, gas == BIOGENIC or counts(around))


def avoided(record: Record, given: Given, around: Around) -> Expanded:
    return _taken(record, given, record.factor, counts(around))


def counts(around: Around) -> bool:
    """Whether what is taken away counts: to whoever relies on it, only once its ground was accepted."""
    return around.accepted or not around.relied_on


def _taken(record: Record, given: Given, factor: FactorCopy | None, counted: bool) -> Expanded:
    """Where somebody relies on the footprint, what nobody accepted counts nothing."""
    if record.quantity is None or factor is None:
        return Expanded((record.row(record.quantity, record.unit, factor),))
    if counted:
        return Expanded((record.row(-record.quantity, record.unit, factor),))
    return Expanded((record.row(Decimal(0), record.unit, factor),), ((NOT_ACCEPTED, _asked(record, given)),))


def _asked(record: Record, given: Given) -> dict[str, str]:
    """What is to be accepted, digit for digit: of other facts it is asked anew."""
    said = {name: given.text(name) for name in ("displaced", "removed_by", "source") if given.has(name)}
    factor = f"{record.factor.value:f} {record.factor.unit}" if record.factor else ""
    return {"amount": f"{record.quantity:f} {record.unit}", "factor": factor, **said}


def clashes(given: Given, record: Record) -> Faults:
    """Whatever it is called by, what stands outside a footprint does not come in."""
    said = [record.name, *(given.text(name) for name in ("displaced", "source"))]
    if any(CREDIT.search(text) for text in said):
        return {"kind": "credit-outside"}
    factor = record.factor
    turned = factor is not None and factor.value < 0  # what is avoided is taken away already
    return {"factor_code" if factor and factor.code else "own_value": "quantity-negative"} if turned else {}


KINDS = (
    Kind("removal", REMOVAL, removal, per=("t",), source=OUTSIDE, clashes=clashes),
    Kind("avoided", AVOIDED, avoided, factor=True, source=OUTSIDE, clashes=clashes),
)
