"""Every kind of record, and what all doors ask of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import localcontext
from typing import Any

from carbon import units
from carbon.footprint.arithmetic import ARITHMETIC
from carbon.records import (
    beside,
    burning,
    circular,
    conditions,
    electricity,
    fuel,
    grounds,
    ledger,
    lifetime,
    links,
    materials,
    minerals,
    spread,
    supplier,
    transport,
)
from carbon.records.fields import MOST_PARTS, WITH_UNIT, Faults, Field, Many, Measured, object_of, read_all
from carbon.records.record import Around, Expanded, Given, Kind, Record, undeclared

ACTIVITY = "activity"


def _activity(record: Record, _given: Given, around: Around) -> Expanded:
    own, more = record.row(record.quantity, record.unit, record.factor), tuple(burning.others(record))
    unknown = around.boundary and burning.is_fuel(record.factor) and not more
    return Expanded(
        (own, *more), (("fuel-gases-unknown", {}),) if unknown else (), seen=own if more else None
    )


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            ACTIVITY,
            (),
            _activity,
            factor=True,
            source=f"of a fuel of the library, CH4 and N2O by {burning.TABLE}",
            codes=lambda code, _given: burning.codes_of(code),
        ),
        fuel.KIND,
        electricity.KIND,
        transport.KIND,
        *minerals.KINDS,
        *lifetime.KINDS,
        materials.LOSSY,
        circular.KIND,
        materials.BY_GAS,
        supplier.KIND,
        *grounds.KINDS,
    )
}
LEDGER, SPREAD, CONDITIONS = ledger.FIELDS, spread.FIELDS, beside.FIELDS
BESIDE = (*LEDGER, *CONDITIONS, *SPREAD)  # what a record of any kind may have besides
FIELDS = {each.name: each for kind in KINDS.values() for each in (*kind.fields, *BESIDE)}


def every_field() -> Iterator[Field]:
    """Those of every kind, and those inside a list."""
    for each in (*(each for kind in KINDS.values() for each in kind.fields), *BESIDE):
        yield each
        if isinstance(each, Many):
            yield from each.of


def named(kind: object, given: Mapping[str, Any]) -> str:  # JSON
    """The kind that is said, or the one that a row without one must be: before there were kinds, what had a
    heating value was a fuel."""
    said = str(kind or "").strip()
    if said:
        return said
    return "fuel" if any(given.get(each.name) not in (None, "") for each in fuel.FIELDS) else ACTIVITY


def read(kind: str, given: Mapping[str, Any], unit: str, faults: Faults) -> dict[str, Any]:  # JSON
    """The quantities of a record as they are kept; `given` are those that were sent for it."""
    of_any = {each.name: given[each.name] for each in BESIDE if each.name in given}
    own = {name: value for name, value in given.items() if name not in of_any}
    stated = read_all(KINDS[kind].fields, _with_units(kind, own, unit), "", faults)
    return stated | read_all(BESIDE, of_any, "", faults)


def too_long(given: Mapping[str, Any]) -> Iterator[tuple[str, int]]:  # JSON
    """The lists that have more entries than any record, or more files than any month, and how many it may
    have."""
    for name, sent in given.items():
        if isinstance(sent, list):
            yield from [(name, MOST_PARTS)] if len(sent) > MOST_PARTS else []
            for place, entry in enumerate(sent):
                held = entry.get(links.EVIDENCE) if isinstance(entry, Mapping) else None
                if isinstance(held, list) and len(held) > links.MOST_FILES:
                    yield f"{name}-{place}-{links.EVIDENCE}", links.MOST_FILES


def _with_units(kind: str, given: Mapping[str, Any], unit: str) -> Mapping[str, Any]:  # JSON
    """A heating value without a unit is for what the fuel is measured in: GJ/t, or GJ/万Nm3 of a gas."""
    ncv = given.get("ncv")
    stated = isinstance(ncv, Mapping) or (isinstance(ncv, str) and WITH_UNIT.fullmatch(ncv.strip()))
    if kind != "fuel" or not unit or ncv in (None, "") or stated:
        return given
    per = "GJ/万Nm3" if unit in units.convertible("Nm3") else "GJ/t"
    return {**given, "ncv": {"amount": ncv, "unit": per}}


def uncountable(record: Record) -> Faults:
    """Why its amount is not the one that counts."""
    return conditions.clashes(record, Given(record.stated))


def clashes(record: Record) -> Faults:
    """What is readable by itself but does not go together."""
    kind, given, found = KINDS[record.kind], Given(record.stated), uncountable(record)
    if found:
        return found
    with localcontext(ARITHMETIC):
        record = conditions.counted(record, given)
    if record.unit and kind.per and not any(record.unit in units.convertible(unit) for unit in kind.per):
        found["unit"] = "unit-does-not-fit"
    found |= ledger.clashes(given) | spread.clashes(record.stated)
    if not _is_begun(kind, record.stated) or kind.lacks(record.stated):
        return found
    return found | kind.clashes(given, record)


def _is_begun(kind: Kind, stated: Mapping[str, object]) -> bool:
    return any(each.name in stated for each in kind.fields)


def is_whole(record: Record) -> bool:
    """Whether nothing that its formula needs is missing."""
    kind = KINDS[record.kind]
    begun = _is_begun(kind, record.stated) or not kind.fields
    return record.quantity is not None and bool(record.unit) and begun and not kind.lacks(record.stated)


def codes_in(row: Any) -> list[str]:  # a row, stored or not yet
    """The factors of the library that it is reckoned with besides its own."""
    kind, stated = KINDS[row.kind or ACTIVITY], row.stated or {}
    return [] if kind.lacks(stated) else sorted({*kind.codes(row.factor_code, Given(stated))})


ASKING = frozenset({"factor_code", "legs", "ncv", "stated"})  # a row without these asks for no factor


def codes_asked(raw: Mapping[str, Any]) -> set[str]:  # JSON, not read yet
    """Those and perhaps more, for a row that is still to be read."""
    found: set[str] = set()
    if code := raw.get("factor_code"):
        found.update(burning.codes_of(str(code).strip()))
    if raw.get("legs"):
        found.update(transport.codes_asked(raw))
    if raw.get("ncv"):
        found.update(burning.EVERY_DEFAULT)
    return found


def expand(record: Record, around: Around) -> Expanded:
    if record.kind == ACTIVITY and not record.stated and not burning.is_fuel(record.factor):
        return record.alone
    if not is_whole(record):
        return undeclared(record)
    with localcontext(ARITHMETIC):
        given = Given(record.stated, around.constants)
        counted = conditions.counted(record, given)
        found = ledger.of_product(KINDS[record.kind].expand(counted, given, around), given)
    unusual = _unusual((*KINDS[record.kind].fields, *conditions.FIELDS), given)
    doubts = (*unusual, *ledger.doubts(given, around))
    return replace(found, doubts=(*doubts, *found.doubts)) if doubts else found


def _unusual(fields: Iterable[Field], given: Given) -> Iterator[tuple[str, dict[str, str]]]:
    """What lies far from what its kind usually is, and the unit in which it would not."""
    for each in fields:
        if isinstance(each, Many):
            for part in given.each(each.name):
                yield from _unusual(each.of, part)
        if isinstance(each, Measured) and given.has(each.name):
            kept = given.quantity(each.name)
            if usual := each.doubted(kept):
                meant = each.meant(kept)
                said = f"{kept.amount:f}"
                detail = {
                    "field": each.name,
                    "value": f"{said} {kept.unit}",
                    "usual": str(usual),
                    "source": usual.source,
                    "meant": f"{said} {meant}",
                }
                yield ("quantity-unusual" if meant else "quantity-far-off"), detail


def boxes(kind: str, stated: Mapping[str, Any]) -> dict[str, str]:  # JSON
    """What stands in the boxes of a form, by name."""
    found: dict[str, str] = {}
    for each in (*KINDS[kind].fields, *BESIDE):
        found |= each.boxes(stated.get(each.name), each.name)
    return found


def of_boxes(kind: str, boxes: Mapping[str, str]) -> dict[str, Any]:  # JSON
    """What was typed in the boxes of a form, to be read."""
    fields = (*KINDS[kind].fields, *BESIDE)
    found = {each.name: each.of_boxes(boxes, each.name) for each in fields}
    return {name: given for name, given in found.items() if given is not None}


def as_texts(kind: str, stated: Mapping[str, Any]) -> dict[str, str]:  # JSON
    """Each quantity in one line, such as 20.9 GJ/t."""
    fields = (*KINDS[kind].fields, *BESIDE)
    return {each.name: each.as_text(stated[each.name]) for each in fields if each.name in stated}


def bare(name: str, kept: Any) -> str:  # JSON
    """A quantity in a column that has one unit: a number in that unit, or else with its own."""
    if kept is None:
        return ""
    each = FIELDS[name]
    plain = isinstance(each, Measured) and kept["unit"] in each.bare
    return str(kept["amount"]) if plain else each.as_text(kept)


def schema(kind: str) -> dict[str, Any]:  # JSON Schema
    """What a record of this kind has besides what every row has."""
    members = object_of((*KINDS[kind].fields, *BESIDE))["properties"]
    said = {"kind": {"type": "string", "const": kind}}
    return {"title": kind, "type": "object", "properties": {**said, **members}}


def schemas() -> Any:  # JSON Schema, of each kind
    return [schema(kind) for kind in KINDS]
