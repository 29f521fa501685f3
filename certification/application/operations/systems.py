"""The applicant's verbs about a process system that is typed process by process.

What is wrong inside the process that is typed is refused.  What does not fit together yet (a product nobody
makes, a chain that eats more than it makes) is kept, and keeps the case from being handed in.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from carbon import operations as carbon
from certification.application.models import Application
from certification.application.operations.applications import may_edit_inventory, touch_activity
from certification.application.queries import chain_faults
from certification.application.queries.product_names import ProductNames
from core.errors import Invalid, NotFound, OutOfOrder
from core.machine import Actor

Plain = Mapping[str, Any]  # JSON, as a system is stored
# What is said of a chain, not of the process it is said at.
BETWEEN = frozenset(
    {
        "system-input-unmade",
        "system-coproduct-left",
        "system-product-twice",
        "system-singular",
        "system-not-productive",
        "negative-without-ground",
    }
)


def digest(plain: object) -> str:
    """Of a process or a whole system: whoever changes one says which they saw."""
    return hashlib.sha256(orjson.dumps(plain, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def process_of(system: Plain | None, name: str) -> tuple[int, Plain]:
    """Its place and the process; raise NotFound."""
    for place, process in enumerate((system or {}).get("processes", [])):
        if process["name"] == name:
            return place, process
    raise NotFound("process-not-found")


def add_process(application: Application, actor: Actor, title: str, unit: str, stage: str) -> str:
    """Add an empty process, the first of which is what is asked for; return its name."""
    may_edit_inventory(application, actor)
    system = application.inventory.system
    if not title:
        raise Invalid("value-missing", {"title": "value-missing"})
    name = ProductNames(system).unused(title)
    process = {"name": name, "title": title, "stage": stage, "unit": unit, "output": "1"}
    made = _with(system, [*_processes(system), process]) if system else _first(process)
    place = len(made["processes"]) - 1
    _refuse_own(made, place)
    _put(application, actor, made)
    return name


def save_process(application: Application, actor: Actor, process: Plain, was: str) -> None:
    """Replace the process of that name; raise OutOfOrder when it is no longer what it `was`."""
    may_edit_inventory(application, actor)
    system = application.inventory.system
    place, stands = process_of(system, process["name"])
    _not_stale(stands, was)
    changed = [*_processes(system)]
    changed[place] = dict(process)
    made = _with(system, changed)
    _refuse_own(made, place)
    _put(application, actor, made)


def remove_process(application: Application, actor: Actor, name: str, was: str) -> None:
    """What is asked for stays; with the only process the system is taken away."""
    may_edit_inventory(application, actor)
    system = application.inventory.system
    place, stands = process_of(system, name)
    _not_stale(stands, was)
    left = [process for number, process in enumerate(_processes(system)) if number != place]
    if left and name in (system or {})["demand"]:
        raise Invalid("system-demand-stays", {"": "system-demand-stays"}, process=stands.get("title") or name)
    _put(application, actor, _with(system, left) if left else None)


def mend(application: Application, actor: Actor, name: str, kind: str, product: str, was: str) -> str:
    """Do what a fault offers; return the name of the process it then is about."""
    may_edit_inventory(application, actor)
    system = application.inventory.system
    place, stands = process_of(system, name)
    _not_stale(stands, was)
    made = _with(system, _processes(system))
    about = chain_faults.mended(made, place, kind, product)
    _put(application, actor, made)
    return about


def ask_for(
    application: Application, actor: Actor, product: str, amount: str, unit: str, source: str, was: str
) -> None:
    """Say what the system is there for, how much of it, and where its numbers come from."""
    may_edit_inventory(application, actor)
    system = application.inventory.system
    if system is None:
        raise NotFound("process-not-found")
    _not_stale(_asked(system), was)
    name = ProductNames(system).name(product)
    made = {**system, "demand": {name: {"amount": amount, "unit": unit}}, "source": source}
    fault = carbon.look(made).wrong
    own = {p: slug for p, slug in (fault.fields if fault else {}).items() if p.startswith("/system/demand")}
    if fault and own:
        raise _only(fault, own)
    _put(application, actor, made)


def take_away_system(application: Application, actor: Actor, was: str) -> None:
    may_edit_inventory(application, actor)
    if application.inventory.system is not None:
        _not_stale(application.inventory.system, was)
        _put(application, actor, None)


def asked_digest(system: Plain) -> str:
    return digest(_asked(system))


def _asked(system: Plain) -> object:
    return [system["demand"], system.get("source", "")]


def _put(application: Application, actor: Actor, system: dict[str, Any] | None) -> None:  # JSON
    if system is None:
        carbon.set_system(application.inventory, actor, None)
    else:
        carbon.type_system(application.inventory, actor, system)
    touch_activity(application, actor)


def _processes(system: Plain | None) -> Sequence[Plain]:
    found: Sequence[Plain] = (system or {}).get("processes", [])
    return found


def _with(system: Plain | None, processes: Sequence[Plain]) -> dict[str, Any]:  # JSON
    return {**(system or {}), "processes": list(processes)}


def _first(process: Plain) -> dict[str, Any]:  # JSON
    return {"processes": [process], "demand": {process["name"]: {"amount": "1", "unit": process["unit"]}}}


def _not_stale(stands: object, was: str) -> None:
    if digest(stands) != was:
        raise OutOfOrder("page-is-stale")


def _refuse_own(system: Plain, place: int) -> None:
    fault, here = carbon.look(system).wrong, f"/system/processes/{place}"
    if fault is None:
        return
    own = {
        pointer: slug
        for pointer, slug in fault.fields.items()
        if slug not in BETWEEN and (f"{pointer}/".startswith(f"{here}/") or pointer == "/system/processes")
    }
    if own:
        raise _only(fault, own)


def _only(fault: Invalid, fields: dict[str, str]) -> Invalid:
    told = Invalid("system-process-invalid", fields)
    told.details = {pointer: fault.detail_of(pointer) for pointer in fields}
    return told
