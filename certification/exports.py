"""The register as CSV and JSON, written row by row however long it is."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from core.tables import harmless

BOM = "\ufeff"  # without it Excel garbles Chinese


def as_csv(head: Sequence[str], rows: Iterable[dict]) -> Iterator[str]:
    yield BOM + _line(head)
    for row in rows:
        yield _line([harmless(cell) for cell in row.values()])


def as_json(total: int, rows: Iterable[dict]) -> Iterator[str]:
    yield f'{{"total":{total},"items":['
    for place, row in enumerate(rows):
        yield ("," if place else "") + json.dumps(row, ensure_ascii=False)
    yield "]}"


def _line(cells: Sequence) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()
