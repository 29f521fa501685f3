"""A process system as pages show it: its processes with what they exchange, and who supplies whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from carbon import operations as carbon
from core.errors import Invalid
from core.i18n import _, _l
from core.words import sentence, unit_text

Plain = Mapping[str, Any]  # JSON, as a system is stored
DRAWN = 24  # boxes; of a larger system those nearest to what is asked for
ABREAST = 4
ALLOCATIONS = {"mass": _l("按质量分配"), "price": _l("按价格分配"), "energy": _l("按能量分配")}


@dataclass(frozen=True)
class Exchange:
    """`maker` is the name of the process that makes the product, None when no other does."""

    way: str
    name: str
    amount: str
    unit: str
    maker: str | None
    share: str = ""


@dataclass(frozen=True)
class Process:
    title: str
    stage: str
    output: str
    unit: str
    allocation: str
    exchanges: tuple[Exchange, ...]
    runs: Decimal | None


@dataclass(frozen=True)
class Chain:
    """`problem` says why there are no runs; `levels` are names, those asked for last."""

    processes: Mapping[str, Process]
    demand: tuple[str, str]
    problem: str
    levels: tuple[tuple[str, ...], ...]
    links: tuple[tuple[str, str, Exchange], ...]

    @property
    def boxes(self) -> dict[str, tuple[str, str]]:
        return {
            name: (each.title, f"{each.output} {unit_text(each.unit)}")
            for name, each in self.processes.items()
        }

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(maker, user) for maker, user, _exchange in self.links]

    @property
    def hidden(self) -> int:
        return len(self.processes) - sum(map(len, self.levels))


def chain_of(system: Plain | None) -> Chain | None:
    if not system:
        return None
    runs: Mapping[str, Decimal] = {}
    problem = ""
    try:
        if solved := carbon.solve_system(system):
            runs = solved.scaling
    except Invalid as refused:
        problem = sentence(refused.slug, refused.detail)
    makers = _makers(system["processes"])
    units = {process["name"]: process["unit"] for process in system["processes"]}
    found = {name: _process(plain, makers, units, runs.get(name)) for name, plain in _named(system)}
    links = tuple(
        (exchange.maker, name, exchange)
        for name, plain in _named(system)
        for exchange in _exchanges(plain.get("inputs", {}), "", makers, units, {})
        if exchange.maker
    )
    [(product, amount)] = system["demand"].items()
    demand = (found[product].title, " ".join(_stated(amount, found[product].unit)))
    return Chain(found, demand, problem, _levels(product, links), links)


def _named(system: Plain) -> list[tuple[str, Plain]]:
    return [(process["name"], process) for process in system["processes"]]


def _makers(processes: Sequence[Plain]) -> dict[str, str]:
    besides = {name: process["name"] for process in processes for name in process.get("outputs", {})}
    return besides | {process["name"]: process["name"] for process in processes}


def _process(
    plain: Plain,
    makers: Mapping[str, str],
    units: Mapping[str, str],
    runs: Decimal | None,
) -> Process:
    shares = plain.get("shares", {})
    emissions = plain.get("emissions", {}).items()
    return Process(
        title=plain.get("title") or plain["name"],
        stage=plain["stage"],
        output=str(plain.get("output", "1")),
        unit=plain["unit"],
        allocation=str(ALLOCATIONS.get(plain.get("allocation", ""), "")),
        exchanges=(
            *_exchanges(plain.get("inputs", {}), _("投入"), makers, units, {}),
            *_exchanges(plain.get("outputs", {}), _("联产品"), makers, units, shares),
            *(Exchange(_("排放"), gas, str(amount), "kg", None) for gas, amount in emissions),
        ),
        runs=runs,
    )


def _exchanges(
    stated: Mapping[str, object],
    way: str,
    makers: Mapping[str, str],
    units: Mapping[str, str],
    shares: Mapping[str, object],
) -> list[Exchange]:
    return [
        Exchange(
            way, name, *_stated(amount, units.get(name, "")), makers.get(name), str(shares.get(name, ""))
        )
        for name, amount in stated.items()
    ]


def _stated(amount: object, unit: str) -> tuple[str, str]:
    return (str(amount["amount"]), amount["unit"]) if isinstance(amount, Mapping) else (str(amount), unit)


def _levels(product: str, links: Sequence[tuple[str, str, Exchange]]) -> tuple[tuple[str, ...], ...]:
    """What is asked for stands last, its suppliers before it, at most so many abreast."""
    suppliers: dict[str, list[str]] = {}
    for one, other, _exchange in links:
        suppliers.setdefault(other, []).append(one)
    met, level = {product: None}, [product]
    levels: list[tuple[str, ...]] = []
    while level and sum(len(each) for each in levels) + len(level) <= DRAWN:
        levels += [tuple(level[start : start + ABREAST]) for start in range(0, len(level), ABREAST)]
        further = dict.fromkeys(one for name in level for one in suppliers.get(name, []) if one not in met)
        met |= further
        level = list(further)
    return tuple(reversed(levels))
