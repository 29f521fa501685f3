"""What the lines of a workbook say, read by the same code as the forms."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from carbon import queries as library
from carbon import records
from carbon.operations import reading
from carbon.records.fields import WITH_UNIT
from certification.application.models import Application, ProductModel
from certification.workbooks.difference import Values
from certification.workbooks.exchange import parameters
from certification.workbooks.exchange.columns import INVENTORY, MODELS, Kind
from certification.workbooks.exchange.layouts import ENTRY, FACTOR
from certification.workbooks.exchange.months import month_of
from certification.workbooks.exchange.read import Line
from certification.workbooks.exchange.texts import BESIDE, FILES_OF_MONTH, PLAIN, linked
from core import columns
from core.clock import today
from core.readers import ids
from core.readers.numbers import number

OF_MONTH = re.compile(r"months-\d+-month")


def judge(
    kind: Kind, lines: Sequence[Line], taken: Sequence[str] = (), around: "Around | None" = None
) -> list[Values | None]:
    """The values of each line, None of one that cannot be read; why not is added to its errors.

    `taken` are the models that no line may list, `around` is what the activity data stand in.
    """
    if kind is INVENTORY:
        return _activity(lines, around or Around())
    return _models(kind, lines, set(taken))


@dataclass(frozen=True)
class Around:
    """The months of the period, and the digests of the files of the case by their names."""

    months: Sequence[str] = ()
    files: Mapping[str, str] = field(default_factory=dict)


def _activity(lines: Sequence[Line], around: Around) -> list[Values | None]:
    complaints = reading.Complaints()
    raw = [_sent(line.values, around) for line in lines]
    copies = library.newest_copies(reading.codes(raw))
    typed = reading.rows(raw, copies, complaints)
    lined = records.lines([row.record for row in typed], records.Around(relied_on=True))
    reading.ground(lined, complaints)
    reading.sourced(lined, complaints)
    for place, row in enumerate(typed):
        if not lines[place].values.get("carbon_content-unit") and _is_per_gigajoule(row):
            complaints.fields.setdefault(f"rows-{place}-carbon_content", "carbon-content-per-gj")
    for name, slug in complaints.fields.items():
        _rows, number_of, column = name.split("-", 2)
        line = lines[int(number_of)]
        line.errors.setdefault(_blamed(line, column), slug)
    return [
        None if line.errors else {slug: getattr(row, slug) for slug in _told(line)}
        for line, row in zip(lines, typed, strict=True)
    ]


def _sent(line: Mapping[str, str], around: Around) -> Mapping[str, Any]:  # JSON, as every door sends it
    """What a line says, as a form would: quantities of a kind, and a ledger, are in boxes of their own."""
    months = {slug: month_of(text, around.months) for slug, text in line.items() if OF_MONTH.fullmatch(slug)}
    months |= {
        slug: linked(text, around.files) for slug, text in line.items() if FILES_OF_MONTH.fullmatch(slug)
    }
    kind, values = line.get("kind"), {**line, **months}
    plain = {slug: values[slug] for slug in PLAIN if slug in values}
    if kind is None:
        fuel = {slug: text for slug, text in values.items() if slug in records.FIELDS and slug not in BESIDE}
        return {**plain, **fuel, **records.of_boxes(records.ACTIVITY, _boxes(values))}
    return {**plain, "kind": kind, **records.of_boxes(kind, _boxes(values))}


def _boxes(values: Mapping[str, str]) -> dict[str, str]:
    """A unit that is written beside its number already, or nowhere, is in no box."""
    return {box: text for box, text in values.items() if not box.endswith("-unit") or _is_unit(values, box)}


def _is_unit(values: Mapping[str, str], box: str) -> bool:
    written = WITH_UNIT.fullmatch(values.get(box.removesuffix("-unit"), "").strip())
    return bool(values[box]) and not (written and written[2].strip() == values[box])


def _told(line: Line) -> Sequence[str]:
    """The names of what a line says; a kind of record that takes no factor says that there is none."""
    kind = records.KINDS.get(line.values.get("kind", ""))
    none = FACTOR if kind and not kind.factor else ()
    return (*(slug for slug in PLAIN if slug in line.values or slug in none), "kind", "stated")


def _blamed(line: Line, column: str) -> str:
    """The cell a complaint is about: its own, that of the number it is the unit of, the first of a list."""
    column, cells = _as_numbered(line, column), line.values.keys() - {"kind"}
    if column in cells:
        return column
    inside = [slug for slug in line.values if slug.startswith(f"{column}-")]
    whole = column.partition("-")[0]
    return next(iter(inside), whole if whole in cells else "name")


def _as_numbered(line: Line, column: str) -> str:
    """Entries that were left empty are not counted where they are read, but they are in the sheet."""
    found = ENTRY.fullmatch(column)
    if found is None:
        return column
    name, place, inner = found[1], ids.number(found[2]) or 0, found[3]
    entries = [entry for slug, text in line.values.items() if text and (entry := ENTRY.fullmatch(slug))]
    filled = {entry[2] for entry in entries if entry[1] == name and not entry[3].endswith("-unit")}
    numbers = sorted(filled, key=lambda digits: (len(digits), digits))
    return f"{name}-{numbers[place]}-{inner}" if place < len(numbers) else column


def _is_per_gigajoule(row: reading.Typed) -> bool:
    """No fuel has less than one tonne of carbon in a terajoule: what looks so, and has no unit of its own,
    was typed in tC/GJ, as the forms of the emissions trade ask, and as an earlier template did.  With a unit
    it is asked about, as at every door."""
    carbon = row.stated.get("carbon_content")
    if not isinstance(carbon, Mapping) or carbon["unit"] != "tC/TJ":
        return False
    amount = number(carbon["amount"])
    return amount is not None and amount < 1


def _models(kind: Kind, lines: Sequence[Line], taken: set[str]) -> list[Values | None]:
    said = [dict[str, str]() for _line in lines]
    for place, line in enumerate(lines):
        code = line.values["code"]
        if not code:
            line.errors.setdefault("code", "model-code-missing")
        elif code in taken:
            line.errors.setdefault("code", "model-listed-twice")
        for column, slug in columns.faults(ProductModel, _plain(line)).items():
            line.errors.setdefault(column, slug)
        if kind.rules is not None:
            said[place], wrong = parameters.read(kind.rules, line.values, today())
            line.errors = {**wrong, **line.errors}
        taken.add(code)
    return [None if line.errors else {**line.values, **own} for line, own in zip(lines, said, strict=True)]


def _plain(line: Line) -> dict[str, str]:
    return {slug: text for slug, text in line.values.items() if slug in MODELS.slugs}


def around_of(application: Application, facts: Mapping[str, Any]) -> Around:  # typed
    """With the months of what the head of the workbook would change, else of what stands."""
    names = ("period_from", "period_to")
    start, end = (facts.get(name) or getattr(application.inventory, name) for name in names)
    return Around(
        records.months_of(start, end), {file.name: file.digest for file in application.current_files}
    )


def judge_head(application: Application, head: Line) -> dict[str, object]:
    """The single values above the rows that could be read and differ from what stands, by name."""
    given = {name: text for name, text in head.values.items() if text and name not in head.errors}
    complaints = reading.Complaints(dict(head.errors))
    facts = reading.head(given, complaints)
    stands = application.inventory
    start, end = (facts.get(name) or getattr(stands, name) for name in ("period_from", "period_to"))
    if start and end and end < start:
        complaints.fields["period_to"] = "period-backwards"
    if facts.get("gwp") not in (None, application.gwp):
        complaints.fields["gwp"] = "sheet-gwp-of-another-rule"
    head.errors = complaints.fields
    return {
        name: value
        for name, value in facts.items()
        if name not in head.errors and value != getattr(stands, name)
    }
