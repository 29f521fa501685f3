"""A system as it is sent and stored, read into what can be solved."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from carbon.footprint import GASES, STAGES, Quantity
from carbon.footprint.constants import TODAY, Constants
from carbon.systems.chain import LARGEST, Process, System, decimal, inside, refuse, wrong
from carbon.systems.shapes import Exchange, Sent, SentProcess
from carbon.systems.sharing import METHODS, divided, weights
from carbon.units import canonical
from core.errors import Invalid
from core.readers import at, numbers

TEXTS = tuple(name for name, member in SentProcess.model_fields.items() if member.annotation is str)
LARGEST_AMOUNT = Decimal(10) ** 15
Stored = Mapping[str, Any]  # JSON, checked while it is read
T = TypeVar("T")


def refuse_unknown(plain: object) -> None:
    """Raise Invalid `body-member-unknown` where a member stands that nothing would read, `body-shape` where
    something else than a text stands for one.

    This is asked where a system is sent; what was stored before is read as it was understood then."""
    if not isinstance(plain, Mapping):
        raise wrong("body-shape", "/system")
    unknown = [inside("/system", member) for member in plain if member not in Sent.model_fields]
    unknown += _unknown_of_exchanges(plain.get("demand"), "/system/demand")
    processes = plain.get("processes")
    for place, process in enumerate(processes if isinstance(processes, list) else ()):
        unknown += _unknown(process, f"/system/processes/{place}")
    if unknown:
        fields = dict.fromkeys(unknown, "body-member-unknown")
        raise Invalid("body-invalid", fields, members=unknown)
    for pointer, text in _texts(plain, "/system"):
        if text is not None and not isinstance(text, str):
            raise wrong("body-shape", pointer)


def _unknown(process: object, pointer: str) -> Iterator[str]:
    if not isinstance(process, Mapping):
        return
    for member, value in process.items():
        if member not in SentProcess.model_fields:
            yield inside(pointer, member)
        elif member in ("inputs", "outputs"):
            yield from _unknown_of_exchanges(value, inside(pointer, member))


def _unknown_of_exchanges(exchanges: object, pointer: str) -> Iterator[str]:
    for product, exchange in exchanges.items() if isinstance(exchanges, Mapping) else ():
        here, sent = inside(pointer, product), exchange if isinstance(exchange, Mapping) else ()
        yield from (inside(here, name) for name in sent if name not in Exchange.model_fields)


def _texts(plain: Stored, where: str) -> Iterator[tuple[str, object]]:
    """What is written in words, of a system, its demand and its processes, with the pointer of each."""
    yield f"{where}/source", plain.get("source")
    yield from _units(plain.get("demand"), f"{where}/demand")
    processes = plain.get("processes")
    for place, process in enumerate(processes if isinstance(processes, list) else ()):
        here = f"{where}/processes/{place}"
        for member in TEXTS if isinstance(process, Mapping) else ():
            yield f"{here}/{member}", process.get(member)
        for part in ("inputs", "outputs") if isinstance(process, Mapping) else ():
            yield from _units(process.get(part), f"{here}/{part}")


def _units(exchanges: object, where: str) -> Iterator[tuple[str, object]]:
    for product, exchange in exchanges.items() if isinstance(exchanges, Mapping) else ():
        if isinstance(exchange, Mapping):
            yield f"{inside(where, product)}/unit", exchange.get("unit")


def read(plain: Stored, constants: Constants = TODAY) -> System:
    """Take a system as it is stored and sent; raise Invalid with the pointer of all that is wrong."""
    where = "/system"
    entries = _member(_object(plain, where), "processes", where)
    if not isinstance(entries, list) or not 0 < len(entries) <= LARGEST:
        raise wrong("system-processes", f"{where}/processes", most=LARGEST)
    described = [_object(entry, f"{where}/processes/{place}") for place, entry in enumerate(entries)]
    measures = Measures(described, constants)
    processes, faults = [], []
    for place, entry in enumerate(described):
        try:
            processes.append(_process(entry, f"{where}/processes/{place}", measures))
        except Invalid as error:
            faults.append(error)
    refuse([*faults, *_twice(processes)])
    product, demand = _demand(plain, measures)
    return System(tuple(processes), product, demand, str(plain.get("source", "")))


def _demand(plain: Stored, measures: "Measures") -> tuple[str, Quantity]:
    where = "/system/demand"
    demand = _object(_member(plain, "demand", "/system"), where)
    if len(demand) != 1:
        raise wrong("system-demand", where)
    [(product, amount)] = demand.items()
    where = inside(where, product)
    if product not in measures.made:
        raise wrong("system-product-unknown", where, product=product)
    wanted = Quantity(measures.amount(product, amount, where, product), measures.made[product])
    if wanted.amount <= 0:
        raise wrong("quantity-negative", where)
    return product, wanted


def _twice(processes: Iterable[Process]) -> Iterator[Invalid]:
    seen: set[str] = set()
    for place, process in enumerate(processes):
        if process.name in seen:
            yield wrong("system-process-twice", f"/system/processes/{place}/name", process=process.name)
        seen.add(process.name)


class Measures:
    """In which unit each product is counted: that of the process that bears its name, else the first that is
    stated for it, by those who make it before those who use it."""

    def __init__(self, processes: list[Stored], constants: Constants) -> None:
        self.constants = constants
        self.made: dict[str, str] = {}
        faults = []
        for place, process in enumerate(processes):
            here = f"/system/processes/{place}"
            try:
                name, unit = (str(_member(process, member, here)) for member in ("name", "unit"))
                self.made[name] = at(f"{here}/unit", canonical, unit)
            except Invalid as error:
                faults.append(error)
        refuse(faults)
        self.units = dict(self.made)
        for place, process in enumerate(processes):
            try:
                _exchanges(process, "outputs", f"/system/processes/{place}", self)
            except Invalid as error:
                faults.append(error)
        refuse(faults)

    def amount(self, product: str, value: object, where: str, process: str) -> Decimal:
        """An exchange in the unit of its product; one that is typed in another is brought to it."""
        if not isinstance(value, Mapping):
            return _number(value, where)
        unit = at(f"{where}/unit", canonical, str(_member(value, "unit", where)))
        amount = _number(_member(value, "amount", where), f"{where}/amount")
        needed = self.units.setdefault(product, unit)
        try:
            return amount * self.constants.unit(unit, needed)
        except Invalid as error:
            said = {"process": process, "product": product, "unit": unit, "needed": needed}
            raise wrong("system-unit", f"{where}/unit", **said) from error


class Taking:
    """Takes what can be read, and keeps what is wrong with the rest."""

    def __init__(self) -> None:
        self.faults: list[Invalid] = []

    def __call__(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Invalid as error:
            self.faults.append(error)
            return otherwise


def _process(plain: Stored, where: str, measures: Measures) -> Process:
    taking, one, none = Taking(), Decimal(1), dict[str, Decimal]()
    shares = taking(lambda: _numbers(plain, "shares", where), none)
    process = Process(
        name=str(plain["name"]),
        title=_title(plain),
        stage=taking(lambda: str(_member(plain, "stage", where)), ""),
        unit=measures.made[str(plain["name"])],
        output=taking(lambda: _number(plain.get("output", 1), f"{where}/output"), one),
        outputs=taking(lambda: _exchanges(plain, "outputs", where, measures), none),
        inputs=taking(lambda: _exchanges(plain, "inputs", where, measures), none),
        shares={name: Fraction(share) for name, share in shares.items()},
        emissions=taking(lambda: _numbers(plain, "emissions", where), none),
    )
    refuse([*taking.faults, *_misstated(process, where)])
    return _divided(process, plain, where, measures) if plain.get("allocation") else process


def _title(plain: Stored) -> str:
    return str(plain.get("title") or plain["name"])


def _divided(process: Process, plain: Stored, where: str, measures: Measures) -> Process:
    method = plain["allocation"]
    if method not in METHODS:
        raise wrong("system-allocation", f"{where}/allocation")
    if process.shares:
        raise wrong("system-shares-twice", f"{where}/shares", process=process.title)
    stated = {name: _numbers(plain, member, where) for name, (member, _unit) in METHODS.items()}
    for name, found in stated.items():
        for product, weight in found.items():
            if weight < 0 or product not in process.products:
                pointer = inside(f"{where}/{METHODS[name][0]}", product)
                raise wrong("system-basis", pointer, process=process.title, product=product)
    units = {name: measures.units[name] for name in process.products if name in measures.units}
    return divided(replace(process, weights=weights(stated, units, measures.constants)), method, where)


def _misstated(process: Process, where: str) -> Iterator[Invalid]:
    said = {"process": process.title}
    if process.stage and process.stage not in STAGES:
        yield wrong("stage-unknown", f"{where}/stage")
    for gas in process.emissions:
        if gas not in GASES:
            yield wrong("gas-unknown", inside(f"{where}/emissions", gas), gas=gas)
    if process.output == 0:
        yield wrong("system-exchange", f"{where}/output", **said)
    for product, amount in process.inputs.items():
        if amount < 0:
            yield wrong("system-exchange", inside(f"{where}/inputs", product), **said)
    if process.shares and not _whole(process):
        together = f"{decimal(sum(process.shares.values(), Fraction(0))):.10g}"
        yield wrong("system-shares", f"{where}/shares", **said, together=together)


def _whole(process: Process) -> bool:
    """Nothing of the burden is lost, nothing is invented (ISO 14044, 4.3.4.1)."""
    shares = process.shares.values()
    within = all(0 <= share <= 1 for share in shares)
    return within and sum(shares) == 1 and process.shares.keys() <= process.products.keys()


def _object(value: object, where: str) -> Stored:
    if not isinstance(value, Mapping):
        raise wrong("body-shape", where)
    return value


def _exchanges(plain: Stored, part: str, where: str, measures: Measures) -> dict[str, Decimal]:
    title = _title(plain)
    return _each(
        plain, part, where, lambda product, value, here: measures.amount(product, value, here, title)
    )


def _numbers(plain: Stored, part: str, where: str) -> dict[str, Decimal]:
    return _each(plain, part, where, lambda _name, value, here: _number(value, here))


def _each(
    plain: Stored, part: str, where: str, reader: Callable[[str, object, str], Decimal]
) -> dict[str, Decimal]:
    where = f"{where}/{part}"
    found: dict[str, Decimal] = {}
    faults = []
    for name, value in _object(plain.get(part, {}), where).items():
        try:
            found[name] = reader(name, value, inside(where, name))
        except Invalid as error:
            faults.append(error)
    refuse(faults)
    return found


def _member(plain: Stored, name: str, where: str) -> Any:  # JSON
    if plain.get(name) in (None, ""):
        raise wrong("body-member-missing", f"{where}/{name}")
    return plain[name]


def _number(value: object, where: str) -> Decimal:
    number = at(where, numbers.number, value, most=LARGEST_AMOUNT)
    if number is None:
        raise wrong("number-unreadable", where)
    return number
