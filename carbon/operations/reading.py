"""What was typed, read into numbers, units and rows; every complaint is kept, at its field.

A draft may leave anything out; what stands in it must be readable.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from carbon import keys, records, units
from carbon.footprint import GASES, SETS, STAGES, FactorCopy, takes_away
from carbon.footprint.sheet import BOUNDARIES, QUALITIES
from carbon.models import ActivityRow
from core.errors import Invalid
from core.readers.days import day
from core.readers.numbers import number

MOST_ROWS = 2000
T = TypeVar("T")
Head = dict[str, Any]  # by the columns of an Inventory


@dataclass
class Typed:
    """One row as it was typed: the columns of an ActivityRow, the factor by its code.  Who reads the same
    again is given the same, so nobody changes it."""

    stage: str
    key: str = ""
    name: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    factor_code: str = ""
    own_value: Decimal | None = None
    own_unit: str = ""
    own_source: str = ""
    kind: str = records.ACTIVITY
    stated: dict[str, object] = field(default_factory=dict)
    evidence: str = ""
    evidence_digest: str = ""
    quality: str = ""

    @cached_property
    def record(self) -> records.Record:
        """With the factors of the library that it names, once these were looked up."""
        return records.Record.of(self, {})


COLUMNS = tuple(each.name for each in fields(Typed) if each.name not in ("key", "factor_code"))
Read = tuple[Typed, dict[str, str]]


@dataclass
class Complaints:
    """Slugs by field name; `rows-3-quantity` is the quantity of the fourth row."""

    fields: dict[str, str] = field(default_factory=dict)

    def read(
        self,
        name: str,
        value: object,
        how: Callable[[Any], T],  # of what it can read
    ) -> T | None:
        """`how(value)`, or None and a complaint at `name`."""
        try:
            return how(value)
        except Invalid as error:
            self.fields[name] = error.slug
            return None

    def refuse(self) -> None:
        if self.fields:
            raise Invalid("inventory-invalid", self.fields, count=len(self.fields))


# The head


def head(raw: Mapping[str, object], complaints: Complaints) -> Head:
    """The given facts of an inventory, read; those that are not given are not in the answer."""
    readers: dict[str, Callable[[Any], object]] = {  # likewise
        "title": name,
        "declared_amount": above_zero,
        "declared_unit": known_unit,
        "output_amount": above_zero,
        "output_unit": unit,
        "boundary": lambda value: chosen(value, BOUNDARIES, "boundary-unknown"),
        "gwp": lambda value: chosen(value, SETS, "gwp-unknown"),
        "period_from": day,
        "period_to": day,
    }
    return {key: complaints.read(key, raw[key], how) for key, how in readers.items() if key in raw}


# The rows


def rows(
    raw: Sequence[Mapping[str, object]], library: Mapping[str, FactorCopy], complaints: Complaints
) -> list[Typed]:
    """A row that cannot be read keeps its stage and name, with the rest not declared."""
    if len(raw) > MOST_ROWS:
        raise Invalid("rows-too-many", {"rows": "rows-too-many"}, most=MOST_ROWS)
    return [_row(entry, f"rows-{place}-", library, complaints) for place, entry in enumerate(raw)]


def codes(raw: Sequence[Mapping[str, object]]) -> set[str]:
    """The factors of the library that the rows, and what is inside them, may ask for."""
    found: set[str] = set()
    for entry in raw:
        if records.ASKING.isdisjoint(entry):  # as of nearly all rows that somebody types
            continue
        if code := entry.get("factor_code"):
            found.add(str(code).strip())
        found |= records.codes_asked(entry)
        if isinstance(stored := entry.get("stated"), Mapping):
            found |= records.codes_asked(stored)
    return found


def ground(made: records.Lines, complaints: Complaints) -> None:
    """In a record that somebody relies on, nothing is taken away but what has a ground."""
    for place, row in zip(made.of, made.rows, strict=True):
        if takes_away(row.quantity, row.factor):
            complaints.fields.setdefault(f"rows-{place}-quantity", "negative-without-ground")


def sourced(made: records.Lines, complaints: Complaints) -> None:
    """Likewise, whoever says how far off an amount may be says from where that is known."""
    for place, record in enumerate(made.records):
        for name, slug in records.unsourced(record.stated).items():
            complaints.fields.setdefault(f"rows-{place}-{name}", slug)


def in_period(made: Sequence[Mapping[str, Any]], head: Head, complaints: Complaints) -> None:  # JSON
    """No month of a ledger lies outside the period; `made` are what the rows state."""
    for place, stated in enumerate(made):
        if not stated:
            continue
        faults = records.outside(stated, head.get("period_from"), head.get("period_to"))
        complaints.fields |= {f"rows-{place}-{at}": slug for at, slug in faults.items()}


def _row(
    raw: Mapping[str, object], prefix: str, library: Mapping[str, FactorCopy], complaints: Complaints
) -> Typed:
    """Somebody who types changes one row of a page: the others are what they were, and are not read again."""
    named = raw.get("factor_code")
    code = complaints.read(f"{prefix}factor_code", named, name) if named else None
    factor = library.get(code) if code else None
    try:
        plain = {*map(type, raw.values())} == {str}  # not 1, 1.0 or True, which are the same key
        inside = codes([raw]) if factor or not plain else ()
        others = tuple(library[each] for each in sorted(inside) if each in library)
        typed, faults = (_read_before if plain else _read)(tuple(raw.items()), factor, others)
    except Invalid as error:
        error.fields = {prefix + name: slug for name, slug in error.fields.items()}
        raise
    if faults:
        complaints.fields |= {prefix + name: slug for name, slug in faults.items()}
    return typed


@lru_cache(MOST_ROWS)
def _read_before(
    given: tuple[tuple[str, object], ...], factor: FactorCopy | None, others: tuple[FactorCopy, ...]
) -> Read:
    return _read(given, factor, others)


def _read(
    given: Sequence[tuple[str, object]], factor: FactorCopy | None, others: Sequence[FactorCopy]
) -> Read:
    """The row, and the complaints about it by column; `factor` is the one of the library that it names,
    `others` are those that it may be reckoned with besides."""
    raw = dict(given)
    complaints = Complaints()
    stage = complaints.read("stage", raw.get("stage"), known_stage)
    typed = Typed(stage or STAGES[0])
    for column, value in raw.items():
        how = READERS.get(column)
        if how and value is not None and value != "":
            setattr(typed, column, complaints.read(column, value, how))
    _state(typed, raw, complaints)
    if not complaints.fields:
        complaints.fields |= dict(_mismatches(typed, factor, {each.code: each for each in others}))
    return (Typed(typed.stage, name=typed.name or "") if complaints.fields else typed), complaints.fields


def _state(typed: Typed, raw: Mapping[str, object], complaints: Complaints) -> None:
    """Read the quantities of its kind: members beside the columns, or together as they were stored."""
    flat = {name: sent for name, sent in raw.items() if name in records.FIELDS and sent not in (None, "")}
    stored = raw.get("stated")
    given = {**(stored if isinstance(stored, Mapping) else {}), **flat} if stored else flat
    kind = complaints.read("kind", records.named(raw.get("kind"), given), known_kind)
    if kind is None:
        return
    for name, most in records.too_long(given):
        raise Invalid("list-too-long", {name: "list-too-long"}, most=most)
    faults: dict[str, str] = {}
    typed.kind, typed.stated = kind, records.read(kind, given, typed.unit or "", faults)
    complaints.fields |= faults
    for name, kept in typed.stated.items():
        complaints.read(name, kept, stated)
    if not faults:
        _sum_up(typed, complaints)


def _sum_up(typed: Typed, complaints: Complaints) -> None:
    """The amount of a record with a ledger is its sum, and no other can be stated beside it."""
    total = records.total(typed.stated)
    if total is None:
        return
    if typed.quantity not in (None, total):
        complaints.fields["quantity"] = "amount-not-of-ledger"
    typed.quantity = total


def _mismatches(
    typed: Typed, factor: FactorCopy | None, others: Mapping[str, FactorCopy]
) -> Iterator[tuple[str, str]]:
    """What is readable by itself but does not go together."""
    if typed.quantity is not None and not typed.unit:
        yield "unit", "unit-missing"
    kind, given = records.KINDS[typed.kind], [bool(typed.factor_code), typed.own_value is not None]
    if sum(given) > kind.factor:
        yield "factor_code", "factor-given-twice"
        return
    if typed.own_value is not None and not typed.own_unit:
        yield "own_unit", "factor-unit-missing"
        return
    counted = records.unit_of(typed.unit, typed.stated)
    typed.record = records.Record.of(typed, {**others, typed.factor_code: factor} if factor else others)
    yield from (
        records.uncountable(typed.record)
        or dict(_factor_mismatch(typed, factor, kind.factor_per or (counted,)))
        or records.clashes(typed.record)
    ).items()


def _factor_mismatch(
    typed: Typed, factor: FactorCopy | None, per: Sequence[str]
) -> Iterator[tuple[str, str]]:
    if typed.factor_code:
        yield from _library_mismatch(typed, factor, per)
    elif typed.own_value is not None:
        yield from _own_mismatch(typed, per)


def _library_mismatch(
    typed: Typed, factor: FactorCopy | None, per: Sequence[str]
) -> Iterator[tuple[str, str]]:
    if factor is None:
        yield "factor_code", "factor-unknown"
    elif factor.ratio.basis not in GASES:
        yield "factor_code", "factor-is-a-parameter"
    elif not _fits_any(per, factor.ratio.denominator):
        yield "factor_code" if records.KINDS[typed.kind].factor_per else "unit", "unit-does-not-fit"


def _own_mismatch(typed: Typed, per: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not _fits_any(per, units.split(typed.own_unit).denominator):
        yield "own_unit", "unit-does-not-fit"


def _fits_any(given: Sequence[str], needed: str) -> bool:
    """Whether any of these does; what is not typed yet does not hinder."""
    return any(not each or _fits(each, needed) for each in given)


def _fits(given: str, needed: str) -> bool:
    try:
        units.factor(given, needed)
    except Invalid:
        return False
    return True


# Single values


def quantity(value: object) -> Decimal | None:
    read = number(value)
    if read is not None and read < 0:
        raise Invalid("quantity-negative")
    return read


def above_zero(value: object) -> Decimal | None:
    read = number(value)
    if read is not None and read <= 0:
        raise Invalid("number-not-above-zero")
    return read


def unit(value: object) -> str:
    return units.canonical(str(value)) if str(value or "").strip() else ""


def known_unit(value: object) -> str:
    read = unit(value)
    if not read:
        raise Invalid("unit-missing")
    return read


def factor_unit(value: object) -> str:
    """The unit of an emission factor, such as kgCO2e/kWh, as it was written."""
    if units.split(str(value)).basis not in GASES:
        raise Invalid("factor-unit-unknown")
    return "".join(str(value).split())


def known_stage(value: object) -> str:
    return chosen(value, STAGES, "stage-unknown")


def known_kind(value: object) -> str:
    return chosen(value, tuple(records.KINDS), "kind-unknown")


def chosen(value: object, known: Sequence[str], slug: str) -> str:
    if not isinstance(value, str) or value not in known:
        raise Invalid(slug)
    return value


name, note = ActivityRow.name.type.cleaned, ActivityRow.evidence.type.cleaned
stated = ActivityRow.stated.type.cleaned


def key(value: object) -> str:
    if not keys.is_key(str(value)):
        raise Invalid("row-key-unreadable")
    return str(value)


def digests(value: object) -> str:
    """Of any number of files, a blank between two."""
    return " ".join(records.digests(str(value)))


READERS = {
    "key": key,
    "name": name,
    "quantity": quantity,
    "unit": unit,
    "factor_code": name,
    "own_value": number,
    "own_unit": factor_unit,
    "own_source": note,
    "evidence": note,
    "evidence_digest": digests,
    "quality": lambda value: chosen(value, QUALITIES, "quality-unknown"),
}
