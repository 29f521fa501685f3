"""A square matrix of exchanges, solved without ever being written out in full.

Row and column of one place belong together: the product, and the process that makes it.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy
import scipy  # its parts are loaded when they are first asked for: scipy.sparse, by those who solve a system
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csc_array
    from scipy.sparse.linalg import SuperLU

Vector = NDArray[numpy.float64]
Places = NDArray[numpy.intp]
REFINED = 2  # times: then what is small is as exact as what is large (Arioli, Demmel and Duff 1989)
WORST_ERROR = 1e-6  # of any run, relative to all that passes through its process


class Unsolvable(Exception):
    """With the places of the processes to blame."""

    def __init__(self, places: Sequence[int]) -> None:
        super().__init__(places)
        self.places = places


class Singular(Unsolvable):
    """No runs give the demand, or they hang on digits that no float has."""


class Eating(Unsolvable):
    """Processes take more than they make."""


class Matrix:
    """`entries` are (row, column, amount); `treats` says which processes take in what they are named for."""

    def __init__(self, entries: Iterable[tuple[int, int, float]], treats: Sequence[bool]) -> None:
        rows, columns, amounts = zip(*entries, strict=True)
        size = len(treats)
        self.exchanges = scipy.sparse.csc_array((amounts, (rows, columns)), shape=(size, size))
        self.sign = numpy.where(treats, -1.0, 1.0)

    def solve(self, demand: Sequence[float]) -> list[float]:
        """The runs that give the demand; raise Singular."""
        asked = numpy.array(demand)
        runs = self._solved.solve(asked)
        for _ in range(REFINED):
            runs += self._solved.solve(asked - self.exchanges @ runs)
        runs = numpy.where(self._reached(asked), runs, 0.0)
        if not self._error(runs, asked) <= WORST_ERROR:
            raise Singular(_to_blame(self.exchanges, _is_singular))
        found: list[float] = runs.tolist()
        return found

    def _reached(self, asked: Vector) -> NDArray[numpy.bool_]:
        """Who has a part in what is asked for: nobody else runs, not even by a rounding error."""
        reached = numpy.zeros(len(asked), dtype=bool)
        [start] = asked.nonzero()[0]
        needs = self.exchanges.T
        reached[scipy.sparse.csgraph.breadth_first_order(needs, start, return_predecessors=False)] = True
        return reached

    def refuse_eaters(self) -> None:
        """Hawkins and Simon (1949): asked for some of everything, with nothing got besides, a system that can
        exist runs forwards.  A run below zero is lawful only where a co-product spares it, so co-products are
        left out; taking in waste is a product of the treatment.  Raise Eating."""
        signed = scipy.sparse.csc_array(scipy.sparse.diags_array(self.sign) @ self.exchanges)
        alone = _without_coproducts(signed)
        asked = _largest(alone)
        try:
            same = alone.nnz == signed.nnz
            runs = self._solved.solve(asked * self.sign) if same else _factors(alone).solve(asked)
        except RuntimeError:
            runs = numpy.full(len(asked), -1.0)
        if (runs < 0).any():
            raise Eating(_to_blame(alone, _eats))

    @cached_property
    def _solved(self) -> "SuperLU":
        try:
            return _factors(self.exchanges)
        except RuntimeError as error:  # a pivot is exactly zero
            raise Singular(_to_blame(self.exchanges, _is_singular)) from error

    def _error(self, runs: Vector, asked: Vector) -> float:
        """How far off a run may be, by the same authors: what rounding leaves in a row, carried
        through the inverse.  It is compared with what passes through the process, not with what is left,
        as a co-product may spare a run to the last digit."""
        sizes = abs(self.exchanges)
        passing = sizes @ abs(runs) + abs(asked)
        rounding = numpy.finfo(numpy.float64).eps * (sizes.count_nonzero(axis=1) + 1)
        left = abs(self.exchanges @ runs - asked) + rounding * passing
        own = abs(self.exchanges.diagonal())
        weight = numpy.divide(own, passing, out=numpy.zeros_like(own), where=passing > 0)

        def carried(vector: Vector) -> Any:  # of scipy, which shows no types
            return left * self._solved.solve(weight * vector.ravel(), trans="T")

        def back(vector: Vector) -> Any:  # likewise
            return weight * self._solved.solve(left * vector.ravel())

        size = len(runs)
        worst: float = scipy.sparse.linalg.onenormest(
            scipy.sparse.linalg.LinearOperator((size, size), carried, back, dtype=numpy.float64), t=1
        )
        return worst


def _factors(matrix: "csc_array") -> "SuperLU":
    """By the ordering that suits the diagonal of products; the default one fills a hundred times as much."""
    return scipy.sparse.linalg.splu(matrix, permc_spec="MMD_AT_PLUS_A")


def _without_coproducts(signed: "csc_array") -> "csc_array":
    coo = signed.tocoo()
    kept = (coo.row == coo.col) | (coo.data < 0)
    return scipy.sparse.csc_array((coo.data[kept], (coo.row[kept], coo.col[kept])), shape=coo.shape)


def _largest(matrix: "csc_array") -> Vector:
    """By row, and never zero, as a product is at least made."""
    largest: Vector = abs(matrix).max(axis=1).toarray().ravel()
    return largest


def _to_blame(matrix: "csc_array", fails: Callable[["csc_array"], bool]) -> list[int]:
    """The places of the loops that fail by themselves; of all, when it takes the whole."""
    found = [place for loop in _loops(matrix) if fails(matrix[loop][:, loop]) for place in loop.tolist()]
    return sorted(found) or list(range(matrix.shape[0]))


def _loops(matrix: "csc_array") -> list[Places]:
    """The parts in which everything needs everything, and whoever uses up all it makes, by their places."""
    count, labels = scipy.sparse.csgraph.connected_components(matrix, connection="strong")
    order = numpy.argsort(labels, kind="stable")
    parts = numpy.split(order, numpy.searchsorted(labels[order], range(1, count)))
    own = matrix.diagonal()
    return [part for part in parts if len(part) > 1 or own[part[0]] <= 0]


def _is_singular(block: "csc_array") -> bool:
    try:
        factors = _factors(scipy.sparse.csc_array(block))
    except RuntimeError:
        return True
    size = block.shape[0]
    largest = _largest(block)
    inverse = scipy.sparse.linalg.LinearOperator(
        (size, size),
        lambda vector: factors.solve(largest * vector.ravel()),
        lambda vector: largest * factors.solve(vector.ravel(), trans="T"),
        dtype=numpy.float64,
    )
    return bool(scipy.sparse.linalg.onenormest(inverse, t=1) > WORST_ERROR / numpy.finfo(numpy.float64).eps)


def _eats(block: "csc_array") -> bool:
    try:
        return bool((_factors(scipy.sparse.csc_array(block)).solve(_largest(block)) < 0).any())
    except RuntimeError:
        return True
