"""Small systems of processes: chains, loops, allocation, co-products, waste; solved as one linear system.

A process makes `output` of the product that bears its name, out of `inputs`, and may make `outputs`
besides.  A process that treats a waste has a negative output: it takes in what others give out.
With `shares` a joint process is divided among its products; without, something else must make (or avoid)
its co-products, or the system has more products than processes and no answer.  An exchange is an amount in
the unit of whoever makes the product, or {amount, unit}.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

import numpy

from carbon.footprint import GASES, STAGES, Quantity
from carbon.footprint.constants import TODAY, Constants
from carbon.footprint.gases import BIOGENIC
from carbon.footprint.sheet import FactorCopy, Row
from carbon.units import canonical
from core.errors import Invalid
from core.readers import at, numbers

LARGEST = 500  # processes
Stored = Mapping[str, Any]  # JSON, checked while it is read
LARGEST_AMOUNT = Decimal(10) ** 15
WORST_CONDITION = 1e12
DIGITS = 12  # what is kept of a float: more than any datum has, less than where machines may differ


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
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    emissions: Mapping[str, Decimal] = field(default_factory=dict)

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
    """How often each process runs for the demand, and what it then emits, in kilograms by gas."""

    scaling: Mapping[str, Decimal]
    contributions: Mapping[str, Mapping[str, Decimal]]


@dataclass(frozen=True)
class _Column:
    """A process, or the part of a joint process that one of its products answers for."""

    process: Process
    product: str
    exchanges: Mapping[str, Decimal]
    share: Decimal

    @property
    def treats(self) -> bool:
        return self.process.products[self.product] < 0


def read(plain: Stored, constants: Constants = TODAY) -> System:
    """Take a system as it is stored and sent; raise Invalid with the field that is wrong."""
    try:
        measured = {str(entry["name"]): canonical(str(entry["unit"])) for entry in plain["processes"]}
        processes = tuple(
            _process(entry, place, Measures(measured, constants))
            for place, entry in enumerate(plain["processes"])
        )
        [(product, amount)] = plain["demand"].items()
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _wrong("system-malformed", "system") from error
    names = {process.name: process for process in processes}
    if not processes or len(names) != len(processes) or len(processes) > LARGEST:
        raise _wrong("system-malformed", "system-processes")
    if product not in names:
        raise _wrong("system-product-unknown", "system-demand", product=product)
    demand = Quantity(_number(amount, "system-demand"), names[product].unit)
    if demand.amount <= 0:
        raise _wrong("quantity-negative", "system-demand")
    return System(processes, product, demand, str(plain.get("source", "")))


def solve(system: System) -> Solution:
    """Raise Invalid `system-not-square` when a product lacks, or has two, makers; `system-singular`
    when no set of runs gives the demand; `system-not-productive` when processes eat more than they make."""
    columns = [column for process in system.processes for column in _columns(process)]
    products = sorted({product for column in columns for product in column.exchanges} | {system.product})
    if len(products) != len(columns):
        raise _wrong("system-not-square", "system", products=len(products), processes=len(columns))
    matrix = _matrix(columns, products)
    runs = _runs(matrix, _demand(system, products))
    _productive(columns, products, matrix)
    scaling = {process.name: Decimal(0) for process in system.processes}
    for column, run in zip(columns, runs, strict=True):
        scaling[column.process.name] += run * column.share
    return Solution(scaling, {p.name: _emitted(p, scaling[p.name]) for p in system.processes})


def ground(system: System) -> None:
    """Solve, and refuse what is subtracted without a ground: a negative emission, or one that a co-product
    spares, unless it is of carbon that a plant took up.  Raise Invalid `negative-without-ground`."""
    solution = solve(system)
    for place, process in enumerate(system.processes):
        run = solution.scaling[process.name]
        emitted = [kilograms for gas, kilograms in process.emissions.items() if gas != BIOGENIC]
        if any(kilograms < 0 or run * kilograms < 0 for kilograms in emitted):
            raise _wrong("negative-without-ground", f"system-processes-{place}", name=process.title)


def rows(system: System, output: Quantity, constants: Constants = TODAY) -> tuple[Row, ...]:
    """The emissions of the system that makes `output`, as rows of an inventory."""
    solution = solve(system)
    times = output.amount * constants.unit(output.unit, system.demand.unit) / system.demand.amount
    return tuple(
        Row(
            name=process.title,
            stage=process.stage,
            quantity=kilograms * times,
            unit="kg",
            factor=_emission_factor(gas, system.source),
            evidence=system.source,
        )
        for process in system.processes
        for gas, kilograms in solution.contributions[process.name].items()
    )


def _emission_factor(gas: str, source: str) -> FactorCopy:
    return FactorCopy(Decimal(1), f"kg{gas}/kg", gas, source=source)


def _matrix(columns: list[_Column], products: list[str]) -> numpy.ndarray:
    exchanges = [[float(column.exchanges.get(product, 0)) for column in columns] for product in products]
    return numpy.array(exchanges)


def _demand(system: System, products: list[str]) -> list[float]:
    """What is asked of a treatment is waste taken in: it has the sign of what the process states."""
    maker = next(process for process in system.processes if process.name == system.product)
    amount = float(system.demand.amount) * (-1 if maker.output < 0 else 1)
    return [amount if product == system.product else 0.0 for product in products]


def _runs(matrix: numpy.ndarray, demand: list[float]) -> list[Decimal]:
    try:
        if numpy.linalg.cond(_evened(matrix)) > WORST_CONDITION:
            raise _wrong("system-singular", "system")
        runs = numpy.linalg.solve(matrix, numpy.array(demand))
    except numpy.linalg.LinAlgError as error:
        raise _wrong("system-singular", "system") from error
    return [Decimal(f"{run:.{DIGITS}g}") for run in runs.tolist()]


def _productive(columns: list[_Column], products: list[str], matrix: numpy.ndarray) -> None:
    """Hawkins and Simon (1949): asked for some of everything, with nothing got besides, a system that can
    exist runs forwards.  A run below zero is lawful only where a co-product spares it, so co-products are
    left out; taking in waste is a product of the treatment."""
    own = {column.product: place for place, column in enumerate(columns)}
    alone = numpy.zeros_like(matrix)
    for row, product in enumerate(products):
        if product not in own:
            continue
        sign = -1 if columns[own[product]].treats else 1
        line = sign * matrix[row]
        alone[own[product]] = numpy.minimum(line, 0)
        alone[own[product], own[product]] = line[own[product]]
    try:
        runs = numpy.linalg.solve(alone, numpy.abs(alone).max(axis=1))
    except numpy.linalg.LinAlgError:
        runs = numpy.full(len(columns), -1.0)
    backwards = [column.process.title for column, run in zip(columns, runs, strict=True) if run < 0]
    if backwards:
        raise _wrong("system-not-productive", "system", processes="、".join(dict.fromkeys(backwards)))


def _evened(matrix: numpy.ndarray) -> numpy.ndarray:
    """Without the mere difference of units, which would look like a system that is nearly singular."""
    for axis in (0, 1):
        largest = numpy.abs(matrix).max(axis=axis, keepdims=True)
        matrix = matrix / numpy.where(largest == 0, 1, largest)
    return matrix


def _columns(process: Process) -> Iterator[_Column]:
    if not process.shares:
        taken = {name: -amount for name, amount in process.inputs.items()}
        yield _Column(process, process.name, _added(process.products, taken), Decimal(1))
        return
    for product, share in process.shares.items():
        taken = {name: -amount * share for name, amount in process.inputs.items()}
        wastes = {n: a * share for n, a in process.products.items() if n not in process.shares}
        made = {product: process.products[product]}
        yield _Column(process, product, _added(_added(made, wastes), taken), share)


def _added(one: Mapping[str, Decimal], other: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {name: one.get(name, Decimal(0)) + other.get(name, Decimal(0)) for name in {**one, **other}}


def _emitted(process: Process, runs: Decimal) -> dict[str, Decimal]:
    return {gas: kilograms * runs for gas, kilograms in process.emissions.items()}


@dataclass(frozen=True)
class Measures:
    """In which unit each product is counted."""

    by_product: Mapping[str, str]
    constants: Constants

    def amount(self, product: str, value: object, where: str) -> Decimal:
        """An exchange in the unit of its product; one that is typed in another is brought to it."""
        if not isinstance(value, Mapping):
            return _number(value, where)
        unit, amount = at(where, canonical, str(value["unit"])), _number(value["amount"], where)
        needed = self.by_product.get(product, unit)
        return amount * at(where, partial(self.constants.unit, unit), needed)


def _process(plain: Stored, place: int, measures: Measures) -> Process:
    where = f"system-processes-{place}"
    process = Process(
        name=str(plain["name"]),
        title=str(plain.get("title") or plain["name"]),
        stage=plain["stage"],
        unit=canonical(str(plain["unit"])),
        output=_number(plain.get("output", 1), where),
        **{
            part: {
                str(name): measures.amount(str(name), amount, where)
                for name, amount in plain.get(part, {}).items()
            }
            for part in ("inputs", "outputs")
        },
        **{
            part: {str(name): _number(amount, where) for name, amount in plain.get(part, {}).items()}
            for part in ("shares", "emissions")
        },
    )
    _check(process, where)
    return process


def _check(process: Process, where: str) -> None:
    if process.stage not in STAGES:
        raise _wrong("stage-unknown", where)
    if unknown := process.emissions.keys() - set(GASES):
        raise _wrong("gas-unknown", where, gas=min(unknown))
    if process.output == 0 or any(amount < 0 for amount in process.inputs.values()):
        raise _wrong("system-exchange", where, process=process.name)
    if process.shares and not _whole(process):
        raise _wrong("system-shares", where, process=process.name)


def _whole(process: Process) -> bool:
    """Nothing of the burden is lost, nothing is invented (ISO 14044, 4.3.4.1)."""
    shares = process.shares.values()
    within = all(0 <= share <= 1 for share in shares)
    return within and sum(shares) == 1 and process.shares.keys() <= process.products.keys()


def _number(value: object, where: str) -> Decimal:
    number = at(where, numbers.number, value, most=LARGEST_AMOUNT)
    if number is None:
        raise _wrong("number-unreadable", where)
    return number


def _wrong(slug: str, where: str, **detail: object) -> Invalid:
    return Invalid(slug, {where: slug}, **detail)
