"""The annex of a check as plain values, in its one spelling."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from certification.certificate.likeness import Near
from core.canonical import Plain, canonical, plain
from procurement.bids.reading import COLUMNS, Line
from procurement.verdict.judging import Finding, Verdict

FORMAT = "tanbiao-bid-check/1"


@dataclass(frozen=True)
class Head:
    """`source` is the name of the file, "" of what was typed; `ignored` what was not asked in it."""

    number: str
    address: str
    on: date
    asked_at: datetime
    data_version: int
    source: str
    ignored: Sequence[str]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def spelt(head: Head, lines: Sequence[Line], found: Sequence[Verdict], kept: bytes) -> bytes:
    """The bytes that are digested and signed."""
    rows = [
        {
            "row": line.row,
            "asked": {slug: text for slug in COLUMNS if (text := line.values.get(slug))},
            "notes": list(line.notes),
            **({"same_as_row": line.twin} if line.twin else {}),
            **answer(each),
        }
        for line, each in zip(lines, found, strict=True)
    ]
    top = plain(asdict(head) | {"asked_at": head.asked_at.isoformat()})
    return canonical(
        {"format": FORMAT, **top, "facts_sha256": digest(kept), "total": len(rows), "lines": rows}
    )


def answer(found: Verdict) -> dict[str, Plain]:
    """A verdict in no language: grounds are slugs, and their facts stand beside them."""
    return {
        "overall": found.overall,
        "certificate": found.number,
        "treatment": found.treatment,
        "basis": found.basis,
        "mode": found.mode,
        "demo": found.demo,
        "findings": [_finding(each) for each in found.findings],
    }


def _finding(found: Finding) -> dict[str, Plain]:
    facts = {name: _fact(value) for name, value in found.facts.items()}
    return {"subject": found.subject, "answer": found.answer, "ground": found.ground, "facts": facts}


def _fact(value: object) -> Plain:
    if isinstance(value, list):
        return [_fact(each) for each in value]
    if isinstance(value, Near):
        return {"text": value.text, "differs": [list(place) for place in value.here]}
    return plain(value)
