"""Which row a line of a workbook is, where its name does not say it."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from certification.workbooks.difference import Values, called
from certification.workbooks.exchange.columns import INVENTORY
from certification.workbooks.exchange.read import PASTED, Line
from certification.workbooks.models import SheetUpload
from core.db import db


def known(
    upload: SheetUpload, lines: Sequence[Line], there: Sequence[Values]
) -> tuple[dict[int, int], dict[int, int]]:
    """The place of the row each line is known to be: by what the workbook says, and by an earlier one."""
    if upload.kind != INVENTORY.slug:
        return {}, {}
    by_key = {str(row["key"]): place for place, row in enumerate(there)}
    said = {place: by_key[line.key] for place, line in enumerate(lines) if line.key in by_key}
    if upload.base_version == upload.application.inventory.version:
        numbered = {place: line.of - 1 for place, line in enumerate(lines) if line.of and not line.key}
        said = {line: place for line, place in numbered.items() if place < len(there)} | said
    before = _called_before(upload)
    recalled = {place: before[name] for place, name in enumerate(_counted(lines)) if name in before}
    return said, {place: by_key[key] for place, key in recalled.items() if key in by_key}


def _called_before(upload: SheetUpload) -> dict[tuple[object, ...], str]:
    """The key of the row that a line became, by what the latest workbook that had it called it."""
    query = select(SheetUpload.lines).where(
        SheetUpload.application_id == upload.application_id,
        SheetUpload.kind == upload.kind,
        SheetUpload.outcome == "applied",
    )
    found: dict[tuple[object, ...], str] = {}
    for stored in db.session.scalars(query.order_by(SheetUpload.id)):
        lines = [Line(**line) for line in stored[1:]]
        found |= {name: line.key for name, line in zip(_counted(lines), lines, strict=True) if line.key}
    return found


def _counted(lines: Sequence[Line]) -> list[tuple[object, ...]]:
    """What each line is called, and the how-manieth of that name it is."""
    seen: Counter[tuple[object, ...]] = Counter()
    found: list[tuple[object, ...]] = []
    for line in lines:
        name = called(INVENTORY, line)
        found.append((*name, seen[name]))
        seen[name] += 1
    return found


def alike(upload: SheetUpload, read: Sequence[Values | None]) -> Sequence[Values | None]:
    """What is pasted goes beside what stands, however alike it is."""
    return [] if upload.filename == PASTED else read
