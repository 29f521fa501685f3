"""One linear system: how often each process runs, and what it then emits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy

from carbon.footprint import Quantity
from carbon.footprint.constants import TODAY, Constants
from carbon.footprint.gases import BIOGENIC
from carbon.footprint.sheet import FactorCopy, Row
from carbon.systems.chain import Process, Solution, System, wrong

WORST_CONDITION = 1e12
DIGITS = 12  # what is kept of a float: more than any datum has, less than where machines may differ


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


def solve(system: System) -> Solution:
    """Raise Invalid `system-not-square` when a product lacks, or has two, makers; `system-singular`
    when no set of runs gives the demand; `system-not-productive` when processes eat more than they make."""
    columns = [column for process in system.processes for column in _columns(process)]
    products = sorted({product for column in columns for product in column.exchanges} | {system.product})
    if len(products) != len(columns):
        raise wrong("system-not-square", "/system", products=len(products), processes=len(columns))
    matrix = _matrix(columns, products)
    runs = _runs(matrix, _demand(system, products))
    _productive(columns, products, matrix)
    scaling = {process.name: Decimal(0) for process in system.processes}
    for column, run in zip(columns, runs, strict=True):
        scaling[column.process.name] += run * column.share
    return Solution(system, scaling, {p.name: _emitted(p, scaling[p.name]) for p in system.processes})


def ground(system: System) -> None:
    """Solve, and refuse what is subtracted without a ground: a negative emission, or one that a co-product
    spares, unless it is of carbon that a plant took up.  Raise Invalid `negative-without-ground`."""
    solution = solve(system)
    for place, process in enumerate(system.processes):
        run = solution.scaling[process.name]
        emitted = [kilograms for gas, kilograms in process.emissions.items() if gas != BIOGENIC]
        if any(kilograms < 0 or run * kilograms < 0 for kilograms in emitted):
            raise wrong("negative-without-ground", f"/system/processes/{place}", name=process.title)


def rows(solution: Solution, output: Quantity, constants: Constants = TODAY) -> tuple[Row, ...]:
    """The emissions of the system that makes `output`, as rows of an inventory."""
    system = solution.system
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
            raise wrong("system-singular", "/system")
        runs = numpy.linalg.solve(matrix, numpy.array(demand))
    except numpy.linalg.LinAlgError as error:
        raise wrong("system-singular", "/system") from error
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
        raise wrong("system-not-productive", "/system", processes="、".join(dict.fromkeys(backwards)))


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
