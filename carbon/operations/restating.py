"""The same footprint under another set of warming potentials, and what of it cannot be restated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from carbon import footprint
from carbon.footprint import SETS, Result
from carbon.footprint.constants import TODAY, Constants
from carbon.footprint.gases import barred
from carbon.models import Footprint
from carbon.operations.footprints import preview, sheet_of
from carbon.systems import Solution


@dataclass(frozen=True)
class Restated:
    """`fixed` are the rows, by place and name, that state CO2e and not of which gas: they stay as they were.
    `unsettled` are gases of which sources give different potentials in this set."""

    gwp: str
    total: Decimal | None
    unit: str
    fixed: tuple[tuple[int, str], ...]
    unsettled: tuple[str, ...]


class _OtherPotentials:
    """Units as they were noted, and the potentials of today, for those of another set were never noted."""

    def __init__(self, kept: Constants) -> None:
        self.kept = kept

    def unit(self, source: str, target: str) -> Decimal:
        return self.kept.unit(source, target)

    def gwp(self, report: str, gas: str) -> Decimal:
        return TODAY.gwp(report, gas)


def restated(frozen: Footprint) -> tuple[Restated, ...]:
    """Under every set but its own; raise OutOfOrder when its copy was altered."""
    sheet, constants = sheet_of(frozen)
    places = [place for place, row in enumerate(frozen.rows) for _line in row.get("lines", [row])]
    found = []
    for gwp in SETS:
        if gwp != frozen.gwp:
            other = footprint.Sheet(sheet.declared, sheet.output, gwp, sheet.rows)
            result = footprint.compute(other, _OtherPotentials(constants), frozen.arithmetic)
            fixed = dict.fromkeys(places[line] for line in result.fixed if line < len(places))
            found.append(_told(gwp, result, [(place, frozen.rows[place]["name"]) for place in fixed]))
    return tuple(found)


def restated_preview(
    facts: Mapping[str, object], rows: Sequence[Mapping[str, object]], solved: Solution | None, gwp: str
) -> Restated:
    """What was only typed, under the set that is asked for."""
    result, _complaints = preview({**facts, "gwp": gwp}, rows, solved)
    return _told(gwp, result, [(place, result.rows[place].name) for place in result.fixed])


def _told(gwp: str, result: Result, fixed: list[tuple[int, str]]) -> Restated:
    unsettled = tuple(gas for gas in result.gases if barred(gwp, gas))
    return Restated(gwp, result.total, result.unit, tuple(fixed), unsettled)
