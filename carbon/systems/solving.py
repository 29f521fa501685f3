"""A system as one linear system: how often each process runs, and what it then emits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

import numpy

from carbon.footprint import Quantity
from carbon.footprint.constants import TODAY, Constants
from carbon.footprint.gases import BIOGENIC
from carbon.footprint.sheet import FactorCopy, Row
from carbon.systems import linear
from carbon.systems.chain import Process, Solution, System, decimal, inside, refuse, wrong
from core.errors import Invalid

DIGITS = 12  # what is kept of a float: more than any datum has, less than where machines may differ
NAMED = 5  # processes in one sentence
WHOLE = Fraction(1)
Exact = TypeVar("Exact", Decimal, Fraction)


@dataclass(frozen=True)
class _Column:
    """A process, or the part of a joint process that one of its products answers for."""

    place: int
    process: Process
    product: str
    share: Fraction

    def exchanges(self) -> dict[str, float]:
        """What one run of it gives (above zero) and takes, by product."""
        process, shares = self.process, self.process.shares
        made = [(self.product, process.products[self.product])]
        divided = [(n, a) for n, a in process.products.items() if n not in shares and n != self.product]
        divided += [(name, -amount) for name, amount in process.inputs.items()]
        if not shares:
            return _sums(made + divided)
        parts = [(name, Fraction(amount) * self.share) for name, amount in divided]
        return _sums([(name, Fraction(amount)) for name, amount in made] + parts)


def _sums(exchanges: Iterable[tuple[str, Exact]]) -> dict[str, float]:
    """By product, each rounded once."""
    found: dict[str, Exact] = {}
    for name, amount in exchanges:
        found[name] = found[name] + amount if name in found else amount
    return {name: float(amount) for name, amount in found.items()}


def solve(system: System) -> Solution:
    """Raise Invalid `system-input-unmade`, `system-coproduct-left` or `system-product-twice` when a product
    lacks, or has two, makers; `system-singular` when no runs give the demand, or they hang on digits that no
    float has; `system-not-productive` when processes eat more than they make."""
    columns = _columns(system)
    treats = [column.process.products[column.product] < 0 for column in columns]
    matrix = linear.Matrix(_entries(columns), treats)
    try:
        runs = matrix.solve(_demand(system, columns))
        matrix.refuse_eaters()
    except linear.Singular as no:
        raise _blamed("system-singular", columns, no) from no
    except linear.Eating as no:
        raise _blamed("system-not-productive", columns, no) from no
    return _solution(system, columns, runs)


def solve_as_before(system: System) -> Solution:
    """As the systems were solved that were frozen before the solver was noted: by a dense matrix."""
    columns = _columns(system)
    row = {product: place for place, product in enumerate(sorted(column.product for column in columns))}
    matrix, demand = numpy.zeros((len(columns), len(columns))), numpy.zeros(len(columns))
    for product, place, amount in _entries(columns):
        matrix[row[columns[product].product], place] = amount
    for place, amount in enumerate(_demand(system, columns)):
        demand[row[columns[place].product]] = amount
    return _solution(system, columns, numpy.linalg.solve(matrix, numpy.array(demand)).tolist())


def ground(solution: Solution) -> None:
    """Refuse what is subtracted without a ground: a negative emission, or one that a co-product spares,
    unless it is of carbon that a plant took up.  Raise Invalid `negative-without-ground`."""
    faults = []
    for place, process in enumerate(solution.system.processes):
        run = solution.scaling[process.name]
        emitted = [kilograms for gas, kilograms in process.emissions.items() if gas != BIOGENIC]
        if any(kilograms < 0 or run * kilograms < 0 for kilograms in emitted):
            pointer = f"/system/processes/{place}"
            faults.append(wrong("negative-without-ground", pointer, name=process.title))
    refuse(faults)


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


def _columns(system: System) -> list[_Column]:
    """One for each product that somebody makes; a product without a maker, or with two, is refused."""
    columns = [
        _Column(place, process, product, share)
        for place, process in enumerate(system.processes)
        for product, share in (process.shares or {process.name: WHOLE}).items()
    ]
    makers: dict[str, _Column] = {}
    for column in columns:
        makers.setdefault(column.product, column)
    refuse([*_made_twice(columns, makers), *_unmatched(system, makers)])
    return columns


def _made_twice(columns: Iterable[_Column], makers: Mapping[str, _Column]) -> Iterator[Invalid]:
    for column in columns:
        if (other := makers[column.product]) is not column:
            here = f"/system/processes/{column.place}"
            pointer = inside(f"{here}/shares", column.product) if column.process.shares else f"{here}/name"
            titles = {"one": other.process.title, "other": column.process.title}
            yield wrong("system-product-twice", pointer, product=column.product, **titles)


def _unmatched(system: System, makers: Mapping[str, _Column]) -> Iterator[Invalid]:
    for place, process in enumerate(system.processes):
        here = f"/system/processes/{place}"
        for product in [product for product in process.products if product not in makers]:
            said = {"product": product, "process": process.title}
            yield wrong("system-coproduct-left", inside(f"{here}/outputs", product), **said)
        for product in [product for product in process.inputs if product not in makers]:
            said = {"product": product, "process": process.title}
            yield wrong("system-input-unmade", inside(f"{here}/inputs", product), **said)


def _entries(columns: Sequence[_Column]) -> Iterator[tuple[int, int, float]]:
    """(product, process, amount) of every exchange; a product has the place of its maker."""
    row = {column.product: place for place, column in enumerate(columns)}
    for place, column in enumerate(columns):
        for product, amount in column.exchanges().items():
            yield row[product], place, amount


def _demand(system: System, columns: Sequence[_Column]) -> list[float]:
    """What is asked of a treatment is waste taken in: it has the sign of what the process states."""
    maker = next(process for process in system.processes if process.name == system.product)
    amount = float(system.demand.amount) * (-1 if maker.output < 0 else 1)
    return [amount if column.product == system.product else 0.0 for column in columns]


def _solution(system: System, columns: Sequence[_Column], runs: Iterable[float]) -> Solution:
    exact = {process.name: Fraction(0) for process in system.processes}
    for column, run in zip(columns, runs, strict=True):
        exact[column.process.name] += Fraction(f"{run:.{DIGITS}g}") * column.share
    emitted = {
        process.name: {
            gas: decimal(Fraction(kg) * exact[process.name]) for gas, kg in process.emissions.items()
        }
        for process in system.processes
    }
    return Solution(system, {name: decimal(runs) for name, runs in exact.items()}, emitted)


def _blamed(slug: str, columns: Sequence[_Column], no: linear.Unsolvable) -> Invalid:
    """At each of the processes, and a few of them by name, with the products they make."""
    blamed = [columns[place] for place in no.places]
    titles = list(dict.fromkeys(column.process.title for column in blamed))
    more = "…" if len(titles) > NAMED else ""
    products = [column.product for column in blamed[:NAMED]]
    fields = {f"/system/processes/{column.place}": slug for column in blamed[:NAMED]}
    return Invalid(slug, fields, processes="、".join(titles[:NAMED]) + more, products=products)
