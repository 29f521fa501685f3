"""How far off an amount may be, as a record of any kind may say: a geometric standard deviation with its
source, or a pedigree of five grades from which one follows.  A grade of quality, A to D, says nothing of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import exp, log, sqrt
from typing import Any

from carbon.records.fields import MISSING, Choice, Faults, Field
from core.errors import Invalid
from core.readers import numbers

# Ten to either side says that nothing is known: the widest that the tables below come to is 2.0.
LEAST, MOST = Decimal(1), Decimal(10)

# Variances of the logarithm, grades 1 to 5: Weidema et al. 2013, Overview and methodology, data quality
# guideline for the ecoinvent database version 3, table 10.4, as bw2data and pedigree_matrix have them.
PEDIGREE = {
    "reliability": (0.0, 0.0006, 0.002, 0.008, 0.04),
    "completeness": (0.0, 0.0001, 0.0006, 0.002, 0.008),
    "temporal": (0.0, 0.0002, 0.002, 0.008, 0.04),
    "geographical": (0.0, 0.000025, 0.0001, 0.0006, 0.002),
    "technological": (0.0, 0.0006, 0.008, 0.04, 0.12),
}
# What even the best data of a kind is off, as the square of its GSD: Frischknecht et al. 2007, ecoinvent
# report 1, table 7.2, as biosteam_lca has it.
BASIC = {"demand": 1.05, "transport": 2.0, "infrastructure": 3.0, "co2": 1.05, "ch4": 1.5, "n2o": 1.5}


@dataclass(frozen=True)
class Deviation(Field):
    form = "deviation"

    def taken(self, given: object) -> object:
        read = numbers.number(given)
        if read is not None and not LEAST <= read <= MOST:
            raise Invalid("gsd-out-of-bounds")
        return None if read is None else f"{read:f}"

    def schema(self) -> dict[str, Any]:  # JSON Schema
        return {"type": "string", "description": f"geometric standard deviation, {LEAST} to {MOST}"}


GSD, SOURCE = Deviation("gsd"), Field("gsd_source")
KIND = Choice("data_kind", choices=tuple(BASIC))
GRADES = tuple(Choice(name, choices=tuple("12345")) for name in PEDIGREE)
FIELDS: tuple[Field, ...] = (GSD, SOURCE, KIND, *GRADES)
OF_PEDIGREE = (KIND.name, *PEDIGREE)


def gsd(stated: Mapping[str, Any]) -> float | None:  # JSON
    """None of a record that says nothing of it."""
    if GSD.name in stated:
        return float(stated[GSD.name])
    if not all(name in stated for name in OF_PEDIGREE):
        return None
    basic = (log(BASIC[stated[KIND.name]]) / 2) ** 2
    return exp(sqrt(basic + sum(of[int(stated[name]) - 1] for name, of in PEDIGREE.items())))


def clashes(stated: Mapping[str, Any]) -> Faults:  # JSON
    """A pedigree is whole or not there, and not beside a deviation; a source is of a deviation."""
    begun = [name for name in OF_PEDIGREE if name in stated]
    if begun and GSD.name in stated:
        return {GSD.name: "spread-given-twice"}
    if SOURCE.name in stated and GSD.name not in stated:
        return {GSD.name: MISSING}
    return {name: MISSING for name in OF_PEDIGREE if begun and name not in stated}


def unsourced(stated: Mapping[str, Any]) -> Faults:  # JSON
    """Where somebody relies on it, a deviation says whose it is."""
    return {SOURCE.name: MISSING} if GSD.name in stated and SOURCE.name not in stated else {}
