"""A process system as pages show it: its processes with what they exchange, and who supplies whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from carbon import operations as carbon
from carbon import systems
from certification.application.queries.chain_faults import Fault, faults_of
from certification.application.queries.product_names import ProductNames
from core.i18n import _, _l
from core.web import Page, page_of
from core.words import unit_text

Plain = Mapping[str, Any]  # JSON, as a system is stored
DRAWN = 24  # boxes; of a larger system those nearest to the chosen one
ABREAST = 4
LISTED = 20  # processes on one page
LONGEST = 10**6  # a fraction with a larger denominator is said in percent alone
ALLOCATIONS = {
    "mass": _l("按质量分配"),
    "price": _l("按价格分配"),
    "energy": _l("按能量分配"),
    "shares": _l("按填写的比例分配"),
}
BASES = {"masses": "kg", "prices": "", "energies": "MJ"}


@dataclass(frozen=True)
class Exchange:
    """`maker` is the name of the process that makes the product, None when no other does."""

    way: str
    product: str
    name: str
    amount: str
    unit: str
    maker: str | None
    share: str = ""
    is_gas: bool = False


@dataclass(frozen=True)
class Divided:
    """A product of a joint process: what one unit of it weighs, costs or carries, and its share by every
    method for which enough is stored, as fraction and percent."""

    name: str
    bases: Mapping[str, str]
    shares: Mapping[str, tuple[str, Decimal]]


@dataclass(frozen=True)
class Process:
    name: str
    title: str
    stage: str
    output: str
    unit: str
    allocation: str
    exchanges: tuple[Exchange, ...]
    divided: tuple[Divided, ...]
    runs: Decimal | None
    value: Decimal | None


@dataclass(frozen=True)
class Chain:
    """`levels` are names, what is asked for last; `page` are the processes that are listed in full."""

    names: ProductNames
    demand: tuple[str, str, str]
    faults: list[Fault]
    figure: carbon.Figure | None
    allocations: frozenset[str]
    levels: tuple[tuple[str, ...], ...]
    links: tuple[tuple[str, str, Exchange], ...]
    boxes: Mapping[str, tuple[str, str]]
    page: Page[Process]

    @property
    def size(self) -> int:
        return self.page.total

    @property
    def problem(self) -> str:
        return self.faults[0].text if self.faults else ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(maker, user) for maker, user, _exchange in self.links]

    @property
    def hidden(self) -> int:
        return self.size - sum(map(len, self.levels))

    @property
    def unused(self) -> int:
        """Of a system that is drawn whole, how many nothing that is asked for needs."""
        return self.hidden if self.size <= DRAWN else 0

    @property
    def marks(self) -> dict[str, str]:
        """How the boxes of some processes are drawn."""
        return {self.demand[0]: "goal"} | {fault.process: "bad" for fault in self.faults}

    def faults_at(self, name: str) -> list[Fault]:
        return [fault for fault in self.faults if fault.process == name]

    @property
    def processes(self) -> Mapping[str, Process]:
        return {process.name: process for process in self.page.items}


def chain_of(system: Plain | None, gwp: str = "AR6", chosen: str = "", number: int = 0) -> Chain | None:
    """With the page of that number, or else the one on which the chosen process stands; those in which
    something is wrong come first."""
    if not system:
        return None
    looked, names = carbon.look(system), ProductNames(system)
    faults = faults_of(system, looked.wrong)
    plain = {process["name"]: process for process in system["processes"]}
    makers, figure = _makers(system["processes"]), carbon.figure(system, gwp)
    [(product, amount)] = system["demand"].items()
    order = [*dict.fromkeys([f.process for f in faults if f.process]), *plain]
    order = list(dict.fromkeys(order))
    place = order.index(chosen) if chosen in plain else 0
    page = page_of(order, max(number, 0) or place // LISTED + 1, LISTED, "processes")
    listed = Reading(names, makers, looked.solution, figure)
    links = tuple(_links(plain.values(), names, makers))
    levels = _levels(chosen if chosen in plain and len(plain) > DRAWN else product, links)
    drawn = {name for level in levels for name in level}
    return Chain(
        names=names,
        demand=(product, *_stated(amount, names.units.get(product, ""))),
        faults=faults,
        figure=figure,
        allocations=frozenset(a for process in plain.values() if (a := process.get("allocation"))),
        levels=levels,
        links=tuple(link for link in links if link[0] in drawn and link[1] in drawn),
        boxes={name: _box(plain[name], names) for name in drawn if name in plain},
        page=Page(
            [listed.process(plain[name]) for name in page.items], page.number, LISTED, len(order), page.name
        ),
    )


def to_open(system: Plain, chosen: str) -> str:
    """The process of that name, else the first in which something is wrong, else what is asked for."""
    if any(process["name"] == chosen for process in system["processes"]):
        return chosen
    wrong = [fault.process for fault in faults_of(system, carbon.look(system).wrong) if fault.process]
    first: str = [*wrong, *system["demand"]][0]
    return first


@dataclass(frozen=True)
class Reading:
    """What is known of all processes, when one of them is shown."""

    names: ProductNames
    makers: Mapping[str, str]
    solution: systems.Solution | None
    figure: "carbon.Figure | None"

    def process(self, plain: Plain) -> Process:
        name = plain["name"]
        method = plain.get("allocation") or ("shares" if plain.get("shares") else "")
        shares = plain.get("shares", {})
        inputs, outputs = plain.get("inputs", {}), plain.get("outputs", {})
        solution, figure = self.solution, self.figure
        return Process(
            name=name,
            title=str(plain.get("title") or name),
            stage=plain["stage"],
            output=str(plain.get("output", "1")),
            unit=plain["unit"],
            allocation=str(ALLOCATIONS.get(method, "")),
            exchanges=(
                *(_exchange(_("投入"), each, self.names, self.makers, {}) for each in inputs.items()),
                *(_exchange(_("联产品"), each, self.names, self.makers, shares) for each in outputs.items()),
                *(
                    Exchange(_("排放"), gas, gas, str(amount), "kg", None, is_gas=True)
                    for gas, amount in plain.get("emissions", {}).items()
                ),
            ),
            divided=tuple(self._divided(plain)) if outputs else (),
            runs=solution.scaling[name] if solution else None,
            value=figure.by_process[name] if figure else None,
        )

    def _divided(self, plain: Plain) -> Iterator[Divided]:
        ways = self._ways(plain)
        for product in (plain["name"], *plain.get("outputs", {})):
            bases = {basis: str(plain.get(basis, {}).get(product, "")) for basis in BASES}
            shares = {way: _share(found[product]) for way, found in ways.items() if product in found}
            yield Divided(self.names[product], bases, shares)

    def _ways(self, plain: Plain) -> Mapping[str, Mapping[str, Fraction]]:
        if self.solution is None:
            return {}
        read = next(each for each in self.solution.system.processes if each.name == plain["name"])
        return systems.ways(read) or ({"shares": read.shares} if read.shares else {})


def _share(exact: Fraction) -> tuple[str, Decimal]:
    return str(exact) if exact.denominator <= LONGEST else "", systems.decimal(exact * 100)


def _makers(processes: Sequence[Plain]) -> dict[str, str]:
    besides = {name: process["name"] for process in processes for name in process.get("outputs", {})}
    return besides | {process["name"]: process["name"] for process in processes}


def _links(
    processes: Iterable[Plain], names: ProductNames, makers: Mapping[str, str]
) -> Iterator[tuple[str, str, Exchange]]:
    for process in processes:
        for each in process.get("inputs", {}).items():
            exchange = _exchange("", each, names, makers, {})
            if exchange.maker:
                yield exchange.maker, process["name"], exchange


def _exchange(
    way: str,
    stated: tuple[str, object],
    names: ProductNames,
    makers: Mapping[str, str],
    shares: Mapping[str, object],
) -> Exchange:
    product, value = stated
    amount, unit = _stated(value, names.units.get(product, ""))
    share = str(shares.get(product, ""))
    return Exchange(way, product, names[product], amount, unit, makers.get(product), share)


def _stated(amount: object, unit: str) -> tuple[str, str]:
    return (str(amount["amount"]), amount["unit"]) if isinstance(amount, Mapping) else (str(amount), unit)


def _box(plain: Plain, names: ProductNames) -> tuple[str, str]:
    title = str(plain.get("title") or plain["name"])
    return title, f"{plain.get('output', '1')} {unit_text(plain['unit'])}"


def _levels(centre: str, links: Sequence[tuple[str, str, Exchange]]) -> tuple[tuple[str, ...], ...]:
    """What supplies the one in the centre before it, what uses it behind it, at most so many abreast."""
    suppliers: dict[str, list[str]] = {}
    users: dict[str, list[str]] = {}
    for one, other, _exchange in links:
        suppliers.setdefault(other, []).append(one)
        users.setdefault(one, []).append(other)
    met = {centre: None}
    before = _steps([centre], suppliers, met, DRAWN - 1)
    behind = _steps([centre], users, met, DRAWN - len(met))
    rows = [*reversed([row for level in before for row in _abreast(level)]), (centre,)]
    return (*rows, *(row for level in behind for row in _abreast(level)))


def _steps(
    level: list[str], further: Mapping[str, list[str]], met: dict[str, None], room: int
) -> list[list[str]]:
    """Level by level away from the centre, as long as a whole one finds room."""
    levels = []
    while level := list(dict.fromkeys(o for name in level for o in further.get(name, []) if o not in met)):
        if len(level) > room:
            break
        met |= dict.fromkeys(level)
        room -= len(level)
        levels.append(level)
    return levels


def _abreast(level: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(level[start : start + ABREAST]) for start in range(0, len(level), ABREAST)]
