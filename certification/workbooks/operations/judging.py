"""What the lines of a workbook say, read by the same code as the forms."""

from collections.abc import Sequence

from carbon import queries as library
from carbon import records
from carbon.operations import reading
from certification.application.models import Application, ProductModel
from certification.workbooks.difference import Values
from certification.workbooks.exchange.columns import INVENTORY, Kind
from certification.workbooks.exchange.read import Line
from core import columns
from core.readers.numbers import number


def judge(kind: Kind, lines: Sequence[Line], taken: Sequence[str] = ()) -> list[Values | None]:
    """The values of each line, None of one that cannot be read; why not is added to its errors.

    `taken` are the models that no line may list.
    """
    if kind is INVENTORY:
        return _activity(lines)
    return _models(lines, set(taken))


def _activity(lines: Sequence[Line]) -> list[Values | None]:
    complaints = reading.Complaints()
    raw = [line.values for line in lines]
    copies = library.newest_copies(reading.codes(raw))
    typed = reading.rows(raw, copies, complaints)
    made = [records.Record.of(row, copies.get(row.factor_code)) for row in typed]
    reading.ground(records.lines(made, records.Around(relied_on=True)), complaints)
    for place, row in enumerate(typed):
        if _is_per_gigajoule(row):
            complaints.fields.setdefault(f"rows-{place}-carbon_content", "carbon-content-per-gj")
    for name, slug in complaints.fields.items():
        _rows, place, column = name.split("-", 2)
        lines[int(place)].errors.setdefault(column.partition("-")[0], slug)  # a unit is in its cell
    return [
        None if line.errors else {slug: value_of(row, slug) for slug in line.values}
        for line, row in zip(lines, typed, strict=True)
    ]


def _is_per_gigajoule(row: reading.Typed) -> bool:
    """No fuel has less than one tonne of carbon in a terajoule: what looks so was typed in tC/GJ, as the
    forms of the emissions trade ask, and as an earlier template did."""
    carbon = row.stated.get("carbon_content")
    return bool(carbon) and carbon["unit"] == "tC/TJ" and number(carbon["amount"]) < 1


def value_of(row, slug: str) -> object:
    """What a row has in a column of the workbook."""
    return records.bare(slug, row.stated.get(slug)) if slug in records.FIELDS else getattr(row, slug)


def _models(lines: Sequence[Line], taken: set[str]) -> list[Values | None]:
    for line in lines:
        code = line.values["code"]
        if not code:
            line.errors.setdefault("code", "model-code-missing")
        elif code in taken:
            line.errors.setdefault("code", "model-listed-twice")
        for column, slug in columns.faults(ProductModel, line.values).items():
            line.errors.setdefault(column, slug)
        taken.add(code)
    return [None if line.errors else dict(line.values) for line in lines]


def judge_head(application: Application, head: Line) -> dict:
    """The single values above the rows that could be read and differ from what stands, by name."""
    given = {name: text for name, text in head.values.items() if text and name not in head.errors}
    complaints = reading.Complaints(dict(head.errors))
    facts = reading.head(given, complaints)
    stands = application.inventory
    start, end = (facts.get(name) or getattr(stands, name) for name in ("period_from", "period_to"))
    if start and end and end < start:
        complaints.fields["period_to"] = "period-backwards"
    head.errors = complaints.fields
    return {
        name: value
        for name, value in facts.items()
        if name not in head.errors and value != getattr(stands, name)
    }
