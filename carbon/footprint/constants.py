"""What the arithmetic takes for granted: how units convert, and how strongly each gas warms.

A frozen footprint carries the few of these that it rests on, so that it can be computed again when the
tables of today say something else.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from carbon import units
from carbon.footprint import gases
from core.errors import OutOfOrder

Plain = dict[str, dict[str, str]]  # JSON; numbers digit for digit


class Constants(Protocol):
    def unit(self, source: str, target: str) -> Decimal:
        """How many `target` one `source` is."""

    def gwp(self, report: str, gas: str) -> Decimal:
        """kgCO2e of one kg of `gas`."""


class Today:
    """The tables as they stand."""

    def unit(self, source: str, target: str) -> Decimal:
        return units.factor(source, target)

    def gwp(self, report: str, gas: str) -> Decimal:
        return gases.gwp(report, gas)


class First(Today):
    """What the first arithmetic took for granted, which noted nothing: the warming of its time."""

    def gwp(self, report: str, gas: str) -> Decimal:
        return gases.first_gwp(report, gas)


TODAY = Today()
FIRST = First()


class Noting:
    """The tables as they stand, and in `noted` what was asked of them."""

    def __init__(self) -> None:
        self.noted: Plain = {"units": {}, "gwp": {}}

    def unit(self, source: str, target: str) -> Decimal:
        found = TODAY.unit(source, target)
        self.noted["units"][f"{source}>{target}"] = f"{found.normalize():f}"
        return found

    def gwp(self, report: str, gas: str) -> Decimal:
        found = TODAY.gwp(report, gas)
        self.noted["gwp"][f"{report}>{gas}"] = f"{found.normalize():f}"
        return found


class Noted:
    """What was noted then, and nothing else; OutOfOrder `footprint-altered` when it lacks something."""

    def __init__(self, noted: Mapping[str, Mapping[str, str]]) -> None:
        self.noted = noted

    def unit(self, source: str, target: str) -> Decimal:
        return self._find("units", source, target)

    def gwp(self, report: str, gas: str) -> Decimal:
        return self._find("gwp", report, gas)

    def _find(self, table: str, one: str, other: str) -> Decimal:
        try:
            return Decimal(self.noted[table][f"{one}>{other}"])
        except KeyError as error:
            raise OutOfOrder("footprint-altered") from error
