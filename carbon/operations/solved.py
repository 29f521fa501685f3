"""Process systems solved, and what each comes to.

A page asks for the same system again and again while one process of it is typed, so what was found last is
kept in memory under the digest of the system's content: other content is another system.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import orjson

from carbon import footprint, systems
from carbon.footprint import Result, Sheet
from carbon.footprint.constants import TODAY, Constants
from carbon.systems import Solution, Stored
from core.errors import Invalid

LARGE = 500  # processes, above which a system is kept in memory beside a few others only


@dataclass(frozen=True)
class Looked:
    """A system that was read and solved, or what is wrong with it.  `slug` is the first fault in a record
    that somebody relies on, where nothing is subtracted without a ground."""

    solution: Solution | None = None
    fault: Invalid | None = None
    ungrounded: Invalid | None = None

    @property
    def wrong(self) -> Invalid | None:
        return self.fault or self.ungrounded

    @property
    def slug(self) -> str:
        return self.wrong.slug if self.wrong else ""

    def refuse(self) -> None:
        if self.wrong:
            raise again(self.wrong)


@dataclass(frozen=True)
class Figure:
    """What a system alone comes to, process by process, and in all by other `ways` of dividing."""

    total: Decimal
    unit: str
    by_process: Mapping[str, Decimal]
    ways: Mapping[str, Decimal]


class _Content:
    """What a system says, known by its digest."""

    def __init__(self, plain: Stored) -> None:
        self.plain, self.digest = plain, hashlib.sha256(orjson.dumps(plain)).digest()

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and other.digest == self.digest

    @property
    def is_large(self) -> bool:
        processes = self.plain.get("processes")
        return isinstance(processes, list) and len(processes) > LARGE


def look(plain: Stored) -> Looked:
    content = _Content(plain)
    return _look_at_large(content) if content.is_large else _look_at(content)


def solve_system(
    system: Mapping[str, Any] | None,  # JSON
    constants: Constants = TODAY,
    *,
    relied_on: bool = False,
) -> Solution | None:
    """A system as it is stored or sent, read and solved; raise Invalid with the pointer of what is wrong.
    In a record that is `relied_on` nothing may be subtracted without a ground."""
    if not system:
        return None
    if constants is not TODAY:
        return systems.solve(systems.read(system, constants))
    looked = look(system)
    if looked.fault or relied_on:
        (looked if relied_on else Looked(fault=looked.fault)).refuse()
    return looked.solution


def figure(plain: Stored, gwp: str) -> Figure | None:
    """Nothing while the system cannot be solved."""
    content = _Content(plain)
    return _figure_of_large(content, gwp) if content.is_large else _figure(content, gwp)


def by_process(result: Result, solved: Solution) -> dict[str, Decimal]:
    """The last rows of a result are those of its system, by process and gas."""
    made = [process.name for process in solved.system.processes for _gas in process.emissions]
    sums = dict.fromkeys(solved.scaling, Decimal(0))
    for name, row in zip(made, result.rows[len(result.rows) - len(made) :], strict=True):
        sums[name] += row.value or 0
    return sums


def again(fault: Invalid) -> Invalid:
    """The same no, for whoever is told it next to add to."""
    told = Invalid(fault.slug, dict(fault.fields), **fault.detail)
    told.details = dict(fault.details)
    return told


def _found(content: _Content) -> Looked:
    try:
        solution = systems.solve(systems.read(content.plain))
    except Invalid as fault:
        return Looked(fault=again(fault))
    try:
        systems.ground(solution)
    except Invalid as fault:
        return Looked(solution, ungrounded=again(fault))
    return Looked(solution)


def _reckoned(content: _Content, gwp: str) -> Figure | None:
    solution = look(content.plain).solution
    if solution is None:
        return None
    result = _result(solution, gwp)
    if result.total is None:
        return None
    others = {way: systems.solve(system) for way, system in systems.otherwise(solution.system).items()}
    totals = {way: _result(solved, gwp).total for way, solved in others.items()}
    ways = {way: total for way, total in totals.items() if total is not None}
    return Figure(result.total, result.unit, by_process(result, solution), ways)


def _result(solution: Solution, gwp: str) -> Result:
    demand = solution.system.demand
    return footprint.compute(Sheet(demand, demand, gwp, systems.rows(solution, demand)))


_look_at: Callable[[_Content], Looked] = lru_cache(64)(_found)
_look_at_large: Callable[[_Content], Looked] = lru_cache(2)(_found)
_figure: Callable[[_Content, str], Figure | None] = lru_cache(64)(_reckoned)
_figure_of_large: Callable[[_Content, str], Figure | None] = lru_cache(2)(_reckoned)
