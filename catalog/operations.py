"""The catalogue's own verbs: taking in public data sets and technologies."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalog.models import Entry, EntryModel, ImportedDevice, Technology
from catalog.projection import announce
from catalog.search.text import squash
from core import audit
from core.db import db
from core.errors import Invalid
from core.machine import Actor
from core.opened import table
from core.readers import days, numbers

DATASET = "Boavizta environmental-footprint-data"
LICENCE = "ODbL-1.0"
NEEDED = {"manufacturer", "name", "subcategory", "gwp_total", "report_date", "sources", "sources_hash"}

# The stages the data set states as shares; raw materials are inside its manufacturing.
SHARES = {
    "manufacturing": "gwp_manufacturing_ratio",
    "distribution": "gwp_transport_ratio",
    "use": "gwp_use_ratio",
    "end_of_life": "gwp_eol_ratio",
}
SHARES_ADD_UP = Decimal("0.03")
CATEGORIES = {
    "laptop": "laptop",
    "desktop": "desktop",
    "workstation": "desktop",
    "gaming": "desktop",
    "thin client": "thin_client",
    "tablet": "tablet",
    "monitor": "monitor",
    "smartphone": "smartphone",
    "printer": "printer",
    "server": "server",
    "hard drive": "hard_drive",
}
OTHER = "other_device"


class Facts(NamedTuple):
    """What a row says, by the columns of the two tables that keep it."""

    entry: dict[str, Any]  # see above
    device: dict[str, Any]  # likewise


@dataclass
class Report:
    """What became of the rows of a file; `refused` holds (row number in the file, slug, value)."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.unchanged + len(self.refused)


def import_devices(actor: Actor, lines: Iterable[str]) -> Report:
    """Take real devices from a CSV in Boavizta's format; bad rows are reported, not fatal.

    A device is known by the hash of its source and its name, so the same file may
    come again: what did not change is left alone.
    """
    report, entries = Report(), []
    devices = select(ImportedDevice).options(joinedload(ImportedDevice.entry))
    known = {(each.source_hash, each.name): each for each in db.session.scalars(devices)}
    for line, row in table.rows(lines, NEEDED):
        try:
            facts = _device(row)
        except Invalid as refused:
            report.refused.append((line, refused.slug, str(refused.detail.get("value", ""))))
            continue
        key = (facts.device["source_hash"], facts.device["name"])
        if entry := _take(known.get(key), facts, report):
            if entry.device:
                known[key] = entry.device
            entries.append(entry)
    announce(entries)
    db.session.add_all(entries)
    db.session.flush()
    counts = {"added": report.added, "changed": report.changed, "refused": len(report.refused)}
    audit.record(actor, "catalog.import_devices", "catalog", dataset=DATASET, **counts)
    return report


def _take(device: ImportedDevice | None, facts: Facts, report: Report) -> Entry | None:
    """The entry that is new or different now; None when nothing changed."""
    if device is None:
        report.added += 1
        entry = Entry(kind="declared", device=ImportedDevice(**facts.device), **facts.entry)
        entry.codes = [EntryModel(code=code, squashed=squash(code)) for code in entry.models]
        return entry
    differing = [
        (row, name, value)
        for row, values in ((device.entry, facts.entry), (device, facts.device))
        for name, value in values.items()
        if getattr(row, name) != value
    ]
    for row, name, value in differing:
        setattr(row, name, value)
    report.changed += bool(differing)
    report.unchanged += not differing
    return device.entry if differing else None


def _device(row: dict[str, str]) -> Facts:
    """The facts of one row, for the entry and for the device; raises Invalid naming the first fault."""
    name, maker, carbon = row["name"].strip(), row["manufacturer"].strip(), _number(row, "gwp_total")
    if not name or not maker:
        raise Invalid("name-missing")
    if not row["sources"].startswith(("http://", "https://")) or not row["sources_hash"]:
        raise Invalid("source-missing", value=row["sources"])
    if carbon is None or carbon <= 0:
        raise Invalid("carbon-not-positive", value=row["gwp_total"])
    entry = {
        "name": name,
        "name_en": name,
        "trademark": maker,
        "maker": maker,
        "category": CATEGORIES.get(row["subcategory"].strip().lower(), OTHER),
        "models": [name],
        "carbon": carbon,
        "carbon_unit": "kgCO2e/item",
        "declared_unit": "item",
        "boundary": "cradle_to_grave",
        "stages": _stages(row, carbon),
        "issued_on": _reported(row["report_date"]),
    }
    return Facts(entry, _source(row, name))


def _source(row: dict[str, str], name: str) -> dict[str, Any]:  # by the columns of an ImportedDevice
    return {
        "source_hash": row["sources_hash"],
        "name": name,
        "dataset": DATASET,
        "licence": LICENCE,
        "source": row["sources"],
        "lifetime_years": _number(row, "lifetime"),
        "weight_kg": _number(row, "weight"),
        "yearly_kwh": _number(row, "yearly_tec"),
        "used_in": row.get("use_location") or "",
        "assembled_in": row.get("assembly_location") or "",
    }


def _number(row: dict[str, str], column: str) -> Decimal | None:
    try:
        return numbers.number(row.get(column))
    except Invalid as error:
        raise Invalid(error.slug, value=row[column]) from error


def _stages(row: dict[str, str], carbon: Decimal) -> list[list[str]]:
    """The stages, when the maker states them all: shares that leave a gap are not a breakdown."""
    shares = {stage: _number(row, column) for stage, column in SHARES.items()}
    known = {stage: share for stage, share in shares.items() if share is not None}
    if any(not 0 <= share <= 1 for share in known.values()):
        raise Invalid("share-out-of-range", value="、".join(map(str, known.values())))
    if abs(sum(known.values(), Decimal(0)) - 1) > SHARES_ADD_UP:
        return []
    return [
        [stage, format((carbon * share).quantize(Decimal("0.01")), "f")] for stage, share in known.items()
    ]


def _reported(text: str) -> date | None:
    """Reports are dated by month or by day; an undated one is kept, without a date."""
    for reader in (days.day, days.month_in_english):
        with suppress(Invalid):
            return reader(text)
    return None


def add_technology(actor: Actor, **facts: object) -> Technology:
    """Put a technology into the promotion catalogue; `facts` are the columns of the table."""
    technology = Technology(**facts)
    db.session.add(technology)
    db.session.flush()
    audit.record(actor, "catalog.add_technology", f"technology/{technology.id}", name=technology.name)
    return technology
