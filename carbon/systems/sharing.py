"""A joint process divided by what is stored of its products: masses, prices or energies."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from carbon.footprint.constants import Constants
from carbon.systems.chain import Process, System, inside, wrong
from core.errors import Invalid

# By method: the member that holds what one unit of a product weighs, costs or carries, and the unit of that.
METHODS = {"mass": ("masses", "kg"), "price": ("prices", ""), "energy": ("energies", "MJ")}
Weights = Mapping[str, Mapping[str, Decimal]]


def divided(process: Process, method: str, where: str) -> Process:
    """By one method; raise Invalid `system-basis-missing` at the product of which too little is known."""
    member, _unit = METHODS[method]
    found = process.weights[method]
    for product in process.products:
        if product not in found:
            raise wrong("system-basis-missing", inside(f"{where}/{member}", product), product=product)
    parts = {name: abs(Fraction(made)) * Fraction(found[name]) for name, made in process.products.items()}
    whole = sum(parts.values())
    if not whole:
        raise wrong("system-basis-missing", f"{where}/{member}", product=process.name)
    return replace(process, allocation=method, shares={name: part / whole for name, part in parts.items()})


def weights(stated: Weights, units: Mapping[str, str], constants: Constants) -> Weights:
    """What is stated, and what the unit of a product says by itself: a tonne weighs 1000 kg."""
    return {
        method: _of_units(units, unit, constants) | dict(stated.get(method, {}))
        for method, (_member, unit) in METHODS.items()
    }


def ways(process: Process) -> dict[str, Mapping[str, Fraction]]:
    """The shares of a process that is divided by what is stored of its products, by each method that can."""
    found = {}
    for method in METHODS if process.allocation else ():
        try:
            found[method] = divided(process, method, "").shares
        except Invalid:
            continue
    return found


def otherwise(system: System) -> dict[str, System]:
    """The same system by every other method for which enough is stored of each process that is divided so."""
    found = {}
    for method in METHODS:
        try:
            processes = tuple(
                divided(process, method, "") if process.allocation else process
                for process in system.processes
            )
        except Invalid:
            continue
        if processes != system.processes:
            found[method] = replace(system, processes=processes)
    return found


def _of_units(units: Mapping[str, str], target: str, constants: Constants) -> dict[str, Decimal]:
    found = {}
    for product, unit in units.items() if target else ():
        try:
            found[product] = constants.unit(unit, target)
        except Invalid:
            continue
    return found
