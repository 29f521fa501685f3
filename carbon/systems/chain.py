"""What a system of processes is, once it has been read, and what solving it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from carbon.footprint import Quantity
from core.errors import Invalid
from core.readers import pointer_of

LARGEST = 10_000  # processes


@dataclass(frozen=True)
class Process:
    """Exchanges of one run; `emissions` are kilograms by gas."""

    name: str
    title: str
    stage: str
    unit: str
    output: Decimal
    inputs: Mapping[str, Decimal] = field(default_factory=dict)
    outputs: Mapping[str, Decimal] = field(default_factory=dict)
    shares: Mapping[str, Fraction] = field(default_factory=dict)
    emissions: Mapping[str, Decimal] = field(default_factory=dict)
    allocation: str = ""  # by what the shares were computed, when they were not typed
    weights: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    @property
    def products(self) -> dict[str, Decimal]:
        return {self.name: self.output, **self.outputs}


@dataclass(frozen=True)
class System:
    """`demand` is the product the system is there for, and how much of it."""

    processes: tuple[Process, ...]
    product: str
    demand: Quantity
    source: str = ""


@dataclass(frozen=True)
class Solution:
    """How often each process of a system runs for its demand, and what it then emits, in kilograms by gas."""

    system: System
    scaling: Mapping[str, Decimal]
    contributions: Mapping[str, Mapping[str, Decimal]]


def wrong(slug: str, pointer: str, **detail: object) -> Invalid:
    return Invalid(slug, {pointer: slug}, **detail)


def refuse(faults: Iterable[Invalid]) -> None:
    """Raise all that is wrong as one, each at its own pointer with what its sentence needs; the first gives
    the whole its name."""
    found = list(faults)
    if not found:
        return
    fields = {pointer: slug for fault in reversed(found) for pointer, slug in fault.fields.items()}
    together = Invalid(found[0].slug, dict(reversed(fields.items())), **found[0].detail)
    for fault in reversed(found):
        together.details |= {pointer: fault.detail_of(pointer) for pointer in fault.fields}
    raise together from found[0]


def decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def inside(pointer: str, member: str) -> str:
    """The JSON pointer of a member (RFC 6901)."""
    return pointer + pointer_of([member])
