"""One description of each quantity of a record; from it come reader, schema, boxes and hints.

A quantity is a number with its unit, in JSON {"amount": "20.9", "unit": "GJ/t"}.  `limits` is what can be;
what lies outside is refused.  `usual` is what is; what lies outside is asked about.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from carbon import units
from carbon.footprint import GASES, Quantity
from core.errors import Invalid
from core.readers import days, numbers, part, texts

Plain = Mapping[str, Any]  # JSON
Faults = dict[str, str]  # slugs by place, `ncv-unit` or `legs-0-distance`
SHARE = ("%", units.ONE)
CELSIUS = "°C"
# What is written beside a number and is no unit of the list: a hundredth of one, and a degree that nothing is
# converted to.
PLAIN = {"%": "%", "％": "%", "℃": CELSIUS, CELSIUS: CELSIUS, "摄氏度": CELSIUS}
PERCENT = Decimal(100)
LONGEST = 500
MOST_PARTS = 50
MISSING = "value-missing"
# A cell of a workbook may hold both, 24100 kJ/kg.
WITH_UNIT = re.compile(r"([-+−]?[\d.,\s]*\d(?:[eE][-+]?\d+)?)\s*([^\d\s.,].*)")


@dataclass(frozen=True)
class Range:
    """Between two numbers of a unit, and who says so; `above` leaves out the lower, `below` the upper."""

    least: Decimal
    most: Decimal
    unit: str
    source: str = ""
    above: bool = False
    below: bool = False

    def holds(self, amount: Decimal) -> bool:
        over = amount > self.least if self.above else amount >= self.least
        return over and (amount < self.most if self.below else amount <= self.most)

    def __str__(self) -> str:
        return f"{self.least:f}–{self.most:f} {self.unit}".removesuffix(f" {units.ONE}")


def between(
    least: str, most: str, unit: str, source: str = "", above: bool = False, below: bool = False
) -> Range:
    return Range(Decimal(least), Decimal(most), unit, source, above, below)


WHOLE = between("0", "1", units.ONE)


def ratio(unit: str) -> units.Ratio:
    """A unit taken apart, or one of PLAIN."""
    return units.Ratio(units.ONE, "", units.ONE) if unit in PLAIN else units.split(unit)


def spelt(unit: str) -> str:
    """The one spelling of a unit; raise Invalid when it is none."""
    if unit.strip() in PLAIN:
        return PLAIN[unit.strip()]
    above, basis, below = units.split(unit)
    return f"{above}{basis}" if below == units.ONE else f"{above}{basis}/{below}"


def comparable(one: str, other: str) -> bool:
    """Whether an amount of one unit is an amount of the other."""
    here, there = ratio(one), ratio(other)
    try:
        units.factor(here.numerator, there.numerator)
        units.factor(here.denominator, there.denominator)
    except Invalid:
        return False
    return here.basis == there.basis


@dataclass(frozen=True)
class Field:
    """A text of one line."""

    name: str
    required: bool = False

    form = "text"

    def read(self, given: object, place: str, faults: Faults) -> object:
        """What is kept, in JSON; None when nothing was given, or nothing readable: then a fault says so."""
        try:
            return self.taken(given)
        except Invalid as error:
            faults[place] = error.slug
            return None

    def taken(self, given: object) -> object:
        return texts.line(_text(given), LONGEST) or None

    def boxes(self, kept: Any, place: str) -> dict[str, str]:  # JSON
        """What stands in the boxes of a form, by name."""
        return {place: "" if kept is None else str(kept)}

    def of_boxes(self, boxes: Mapping[str, str], place: str) -> object:
        """The other way: what was typed in them, to be read."""
        return boxes.get(place) or None

    def as_text(self, kept: Any) -> str:  # JSON
        """In one line."""
        return "" if kept is None else str(kept)

    def schema(self) -> dict[str, Any]:  # JSON Schema
        return {"type": "string", "maxLength": LONGEST}


@dataclass(frozen=True)
class Day(Field):
    form = "day"

    def taken(self, given: object) -> object:
        day = days.day(_text(given))
        return day and day.isoformat()

    def schema(self) -> dict[str, Any]:  # JSON Schema
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class Year(Field):
    """Of four digits, kept as text."""

    def taken(self, given: object) -> object:
        year = days.year(_text(given))
        return year and f"{year}"

    def schema(self) -> dict[str, Any]:  # JSON Schema
        return {"type": "string", "pattern": "^[0-9]{4}$"}


@dataclass(frozen=True)
class Choice(Field):
    choices: tuple[str, ...] = ()

    form = "choice"

    def taken(self, given: object) -> object:
        chosen = _text(given).strip()
        if chosen not in ("", *self.choices):
            raise Invalid("not-in-list")
        return chosen or None

    def schema(self) -> dict[str, Any]:  # JSON Schema
        return {"type": "string", "enum": list(self.choices)}


@dataclass(frozen=True)
class Measured(Field):
    """A number with one of `units`.  A number alone is read only where `bare` says in which, as it was before
    there were units: of several, in the one that fits what is measured."""

    units: tuple[str, ...] = ()
    limits: tuple[Range, ...] = ()
    usual: tuple[Range, ...] = ()
    bare: tuple[str, ...] = ()

    form = "measured"

    def read(self, given: object, place: str, faults: Faults) -> object:
        amount, unit = self._parts(given, place, faults)
        try:
            number = numbers.number(amount)
        except Invalid as error:
            faults[place] = error.slug
            return None
        if number is None:
            return None
        try:
            kept = Quantity(number, self.unit(unit))
        except Invalid as error:
            faults[f"{place}-unit"] = error.slug
            return None
        if slug := self.refused(kept):
            faults[place] = slug
        return {"amount": f"{number:f}", "unit": kept.unit}

    def _parts(self, given: object, place: str, faults: Faults) -> tuple[object, object]:
        if isinstance(given, Mapping):
            for member in given.keys() - {"amount", "unit"}:
                faults[f"{place}-{part(member)}"] = "body-member-unknown"
            return given.get("amount"), given.get("unit")
        if isinstance(given, str) and (found := WITH_UNIT.fullmatch(given.strip())):
            return found[1], found[2]
        return given, self.bare[0] if self.bare else None

    def unit(self, given: object) -> str:
        written = _text(given)
        if not written.strip():
            raise Invalid("unit-missing")
        found = spelt(written)
        if found not in self.units:
            raise Invalid("unit-not-of-field")
        return found

    def refused(self, kept: Quantity) -> str | None:
        """Why this cannot be."""
        found = self._within(self.limits, kept)
        if found is None:
            return None if kept.amount > 0 else "number-not-above-zero"
        share = found[0].unit == units.ONE
        return None if found[1] else "not-a-fraction" if share else "quantity-impossible"

    def doubted(self, kept: Quantity) -> Range | None:
        """The usual range that this lies outside of."""
        found = self._within(self.usual, kept)
        return None if found is None or found[1] else found[0]

    def meant(self, kept: Quantity) -> str:
        """The unit that would make of the same number something usual, such as kJ/kg of 20908 GJ/t."""
        for unit in self.units:
            found = self._within(self.usual, Quantity(kept.amount, unit))
            if unit != kept.unit and found and found[1]:
                return unit
        return ""

    def _within(self, ranges: tuple[Range, ...], kept: Quantity) -> tuple[Range, bool] | None:
        for each in ranges:
            if comparable(kept.unit, each.unit):
                return each, each.holds(_converted(kept, each.unit))
        return None

    def boxes(self, kept: Any, place: str) -> dict[str, str]:  # JSON
        kept = kept or {}
        return {place: kept.get("amount", ""), f"{place}-unit": kept.get("unit", "")}

    def of_boxes(self, boxes: Mapping[str, str], place: str) -> object:
        """The list of units has one chosen from the beginning, so a unit alone says nothing; a page of before
        there were units sends the number alone."""
        amount, unit = boxes.get(place), boxes.get(f"{place}-unit")
        if not amount or unit is None:
            return amount or None
        return {"amount": amount, "unit": unit}

    def as_text(self, kept: Any) -> str:  # JSON
        if not isinstance(kept, Mapping):
            return super().as_text(kept)
        return f"{kept['amount']} {kept['unit']}".removesuffix(f" {units.ONE}")

    def schema(self) -> dict[str, Any]:  # JSON Schema
        members = {"amount": {"type": "string"}, "unit": {"type": "string", **self._offered()}}
        whole = {
            "type": "object",
            "properties": members,
            "required": ["amount", "unit"],
            "additionalProperties": False,
        }
        if not self.bare:
            return whole
        return {"anyOf": [whole, {"type": "string", "description": f"in {' or '.join(self.bare)}"}]}

    def _offered(self) -> dict[str, Any]:  # JSON Schema
        return {"enum": list(self.units)}


@dataclass(frozen=True)
class Emission(Measured):
    """So much of a gas for one unit of something, such as 2.3 kgCO2e/kg, in any unit that is so made."""

    units: tuple[str, ...] = ("kgCO2e/kg", "kgCO2e/t", "tCO2e/t", "kgCO2e/item", "kgCO2e/kWh", "kgCO2e/t·km")

    def unit(self, given: object) -> str:
        written = _text(given)
        if not written.strip():
            raise Invalid("factor-unit-missing")
        found = units.split(written)
        if found.basis not in GASES or found.denominator == units.ONE:
            raise Invalid("factor-unit-unknown")
        return f"{found.numerator}{found.basis}/{found.denominator}"

    def refused(self, kept: Quantity) -> str | None:
        return None

    def _offered(self) -> dict[str, Any]:  # JSON Schema
        return {"examples": list(self.units)}


@dataclass(frozen=True)
class Many(Field):
    """A list, of which each entry has the same fields."""

    of: tuple[Field, ...] = field(default=())

    form = "many"

    def read(self, given: object, place: str, faults: Faults) -> object:
        if given is None or given == "":
            return None
        if not isinstance(given, list) or len(given) > MOST_PARTS:
            faults[place] = "body-shape"
            return None
        found = [read_all(self.of, entry, f"{place}-{number}-", faults) for number, entry in enumerate(given)]
        return [entry for entry in found if entry] or None

    def boxes(self, kept: Any, place: str) -> dict[str, str]:  # JSON
        found: dict[str, str] = {}
        for number, entry in enumerate(kept or ()):
            for inner in self.of:
                found |= inner.boxes(entry.get(inner.name), f"{place}-{number}-{inner.name}")
        return found

    def of_boxes(self, boxes: Mapping[str, str], place: str) -> object:
        """Lines that were left empty are no entries."""
        inside = re.compile(rf"{place}-(\d{{1,3}})-")
        numbers = {found[1] for box in boxes if (found := inside.match(box))}
        entries = [
            {inner.name: inner.of_boxes(boxes, f"{place}-{number}-{inner.name}") for inner in self.of}
            for number in sorted(numbers, key=lambda digits: (len(digits), digits))
        ]
        return [entry for entry in entries if any(entry.values())] or None

    def as_text(self, kept: Any) -> str:  # JSON
        return "；".join(
            " ".join(told for inner in self.of if (told := inner.as_text(entry.get(inner.name))))
            for entry in kept or ()
        )

    def schema(self) -> dict[str, Any]:  # JSON Schema
        return {"type": "array", "maxItems": MOST_PARTS, "items": object_of(self.of)}


def object_of(fields: tuple[Field, ...]) -> dict[str, Any]:  # JSON Schema
    return {
        "type": "object",
        "properties": {each.name: each.schema() for each in fields},
        "required": [each.name for each in fields if each.required],
        "additionalProperties": False,
    }


def read_all(fields: tuple[Field, ...], given: object, prefix: str, faults: Faults) -> dict[str, Any]:  # JSON
    """The given fields as they are kept.  Whoever begins must give all that are required."""
    if not isinstance(given, Mapping):
        faults[prefix.removesuffix("-")] = "body-shape"
        return {}
    if not given:
        return {}
    for member in given.keys() - {each.name for each in fields}:
        faults[f"{prefix}{part(member)}"] = "body-member-unknown"
    found = {
        each.name: each.read(given[each.name], prefix + each.name, faults)
        for each in fields
        if each.name in given
    }
    kept = {name: value for name, value in found.items() if value is not None}
    missing = [each.name for each in fields if each.required and each.name not in kept]
    if kept:
        faults |= {prefix + name: MISSING for name in missing if not _blamed(prefix + name, faults)}
    return kept


def _blamed(place: str, faults: Faults) -> bool:
    return any(name == place or name.startswith(f"{place}-") for name in faults)


def _text(given: object) -> str:
    if isinstance(given, bool | Mapping | list):
        raise Invalid("body-shape")
    return "" if given is None else str(given)


def _converted(kept: Quantity, unit: str) -> Decimal:
    here, there = ratio(kept.unit), ratio(unit)
    amount = kept.amount / PERCENT if kept.unit == "%" else kept.amount
    times = units.factor(here.numerator, there.numerator) / units.factor(here.denominator, there.denominator)
    return amount * times * (PERCENT if unit == "%" else 1)
