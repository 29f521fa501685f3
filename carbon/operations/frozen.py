"""The rows of a footprint as they are frozen: each record as it was typed, with the lines it came to."""

from collections.abc import Iterable, Mapping
from typing import Any

from carbon import footprint, records
from carbon.footprint import Result, RowResult, Sheet

Plain = dict[str, Any]  # JSON


def kept_rows(
    made: records.Lines, sheet: Sheet, result: Result, grounds: Mapping[int, Mapping[str, str]]
) -> list[Plain]:
    """One entry for each record, and behind them one for each row of the process system.

    An activity is its one line, unless it counts in another unit than it was typed in or comes to several, as
    a fuel of the library does; any other record says what was stated and holds its lines; where its ground to
    take away was accepted, `accepted` says by whom; `gsd` is what a stated spread or pedigree came to.
    """
    plain = footprint.rows_to_plain(sheet.rows, result)
    lines: list[list[Plain]] = [[] for _record in made.records]
    for place, line in zip(made.of, plain, strict=False):
        lines[place].append(line)
    together = made.folded(result).rows
    entries = [_entry(*each) | _spread(each[-1]) for each in zip(made.records, lines, together, strict=False)]
    for place, accepted in grounds.items():
        entries[place]["accepted"] = dict(accepted)
    return [*entries, *plain[len(made.of) :]]


def lines_of(entries: Iterable[Mapping[str, Any]]) -> list[Plain]:  # JSON
    """What was computed: the lines of every entry."""
    return [dict(line) for entry in entries for line in entry.get("lines", [entry])]


def _spread(row: RowResult) -> Plain:
    return {} if row.gsd is None else {"gsd": f"{row.gsd:.6f}"}


def _entry(record: records.Record, lines: list[Plain], whole: RowResult) -> Plain:
    quantity = None if record.quantity is None else f"{record.quantity:f}"
    sums = {
        "gas": whole.gas,
        "value": None if whole.value is None else f"{whole.value:f}",
        "share": None if whole.share is None else f"{whole.share:f}",
    }
    if record.kind == records.ACTIVITY and len(lines) > 1:
        said = {"stated": dict(record.stated)} if record.stated else {}
        return {**lines[0], **sums, "quantity": quantity, "unit": record.unit, **said, "lines": lines}
    if record.kind == records.ACTIVITY:
        typed = {"quantity": quantity, "unit": record.unit, "lines": lines}
        converted = typed if lines[0]["unit"] != record.unit else {}
        return {**lines[0], **converted, "stated": dict(record.stated)} if record.stated else lines[0]
    return {
        **lines[0],
        "quantity": quantity,
        "unit": record.unit,
        "factor": None,
        **sums,
        "kind": record.kind,
        "stated": dict(record.stated),
        "lines": lines,
    }
