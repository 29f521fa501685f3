"""Which files prove a month of a ledger, and whether a whole record is proved.

A file is known by its digest.  One that is linked to a record proves all of it, one that is linked to a month
proves that month; a record whose every month has one is proved as a whole.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from carbon.records.fields import Field
from core.errors import Invalid

MOST_FILES = 200  # of one record, or of one month
DIGEST = re.compile(r"[0-9a-f]{64}")
Stated = Mapping[str, Any]  # JSON, what a record states
EVIDENCE = "evidence"


def digests(given: object) -> list[str]:
    """Of any number of files: a list, or a text with blanks between them; each once, in order."""
    if isinstance(given, bool | Mapping):
        raise Invalid("body-shape")
    found = sorted({str(each) for each in given} if isinstance(given, list) else {*str(given or "").split()})
    if not all(DIGEST.fullmatch(each) for each in found):
        raise Invalid("file-not-found")
    return found


@dataclass(frozen=True)
class Files(Field):
    """Files of the case; in a workbook they stand there by their names."""

    form = "files"

    def taken(self, given: object) -> object:
        return digests(given) or None

    def boxes(self, kept: Any, place: str) -> dict[str, str]:  # JSON
        return {place: " ".join(kept or ())}

    def as_text(self, kept: Any) -> str:  # JSON
        """Nothing: which files prove a quantity is no part of what it says."""
        return ""

    def schema(self) -> dict[str, Any]:  # JSON Schema
        return {"type": "array", "maxItems": MOST_FILES, "items": {"type": "string"}}


def of_months(stated: Stated) -> dict[str, list[str]]:
    """The files of each month that has any."""
    months = stated.get("months") or ()
    return {entry["month"]: list(entry[EVIDENCE]) for entry in months if entry.get(EVIDENCE)}


def bare_months(stated: Stated) -> list[str]:
    """The months of a ledger that need a file and have none; where nothing was metered none is needed."""
    months = stated.get("months") or ()
    return sorted(entry["month"] for entry in months if not entry.get(EVIDENCE) and Decimal(entry["amount"]))


def proof(evidence_digest: str, stated: Stated) -> str:
    """What proves all of a record, a blank between two: its own files, else those of its months, if each
    month has one."""
    if evidence_digest or bare_months(stated):
        return evidence_digest
    return " ".join(sorted({digest for held in of_months(stated).values() for digest in held}))


def linked(stated: Stated, digest: str, proved: Collection[str]) -> dict[str, Any]:  # JSON
    """As `stated`, with the file proving exactly these months."""
    return _with(stated, {
        month: [each for each in held if each != digest] + ([digest] if month in proved else [])
        for month, held in _held(stated)
    })  # fmt: skip


def kept(stated: Stated, known: Collection[str]) -> dict[str, Any]:  # JSON
    """Without the links to other files than these."""
    return _with(stated, {month: [each for each in held if each in known] for month, held in _held(stated)})


def carried(stated: Stated, before: Stated) -> dict[str, Any]:  # JSON
    """With the files that each month had before, where whoever says the months cannot say their files."""
    return _with(stated, {month: of_months(before).get(month, []) for month, _held in _held(stated)})


def _held(stated: Stated) -> Iterator[tuple[str, list[str]]]:
    for entry in stated.get("months") or ():
        yield entry["month"], list(entry.get(EVIDENCE) or ())


def _with(stated: Stated, files: Mapping[str, list[str]]) -> dict[str, Any]:  # JSON
    if not stated.get("months"):
        return dict(stated)
    months = []
    for entry in stated["months"]:
        plain = {name: value for name, value in entry.items() if name != EVIDENCE}
        held = sorted(set(files[entry["month"]]))
        months.append(plain | ({EVIDENCE: held} if held else {}))
    return {**stated, "months": months}
