"""An inventory with some of its values others, for those who check what was stated."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect

from carbon import queries, records
from carbon.models import ActivityRow, Factor, Inventory
from carbon.operations import reading
from core.db import Base
from core.errors import Invalid

TYPED = ("stage", "key", "name", *reading.COLUMNS[2:], "factor_code")
AMOUNT = ("quantity", "unit")
LEDGER = {each.name for each in records.LEDGER}
Cells = Mapping[str, object]  # by the columns of a row and the quantities of its kind


def corrected(inventory: Inventory, rows: Mapping[str, Cells], head: Cells) -> Inventory:
    """A copy that is not stored, computed like any other: by the key of a row the cells that are others, and
    what of the head is.  A row keeps its factor in the version it was saved with.

    Raise Invalid by the cell, such as `quantity`, when one cannot be read.
    """
    complaints = reading.Complaints()
    values = _columns(inventory, Inventory) | reading.head(head, complaints)
    if complaints.fields:
        raise Invalid("inventory-invalid", complaints.fields)
    copy = Inventory(**values)
    copy.rows = [_row(row, rows.get(row.key)) for row in inventory.rows]
    return copy


def cells_of(row: ActivityRow) -> dict[str, Any]:  # JSON
    """What a row states, by column and quantity."""
    return {name: getattr(row, name) for name in TYPED if name != "stated"} | dict(row.stated or {})


def _row(row: ActivityRow, changed: Cells | None) -> ActivityRow:
    factor, others = row.factor, list(row.others)
    values = _columns(row, ActivityRow) | {"evidence_digest": row.evidence_digest}
    if changed:
        read, factor, others = _read(row, changed)
        values |= read
    return ActivityRow(**values, factor=factor, others=others)


def _read(row: ActivityRow, changed: Cells) -> tuple[dict[str, Any], Factor | None, list[Factor]]:  # columns
    """Whoever found another amount does not say of which months, so these are left out."""
    cells = cells_of(row)
    if not changed.keys().isdisjoint(AMOUNT) and changed.keys().isdisjoint(LEDGER):
        cells = {name: value for name, value in cells.items() if name not in LEDGER}
    sent = cells | dict(changed)
    own = {factor.code: factor for factor in row.every_factor}
    library = queries.newest_factors(reading.codes([sent]) - own.keys()) | own
    complaints = reading.Complaints()
    [typed] = reading.rows([sent], {code: each.copy() for code, each in library.items()}, complaints)
    if complaints.fields:
        fields = {name.removeprefix("rows-0-"): slug for name, slug in complaints.fields.items()}
        raise Invalid("inventory-invalid", fields)
    inside = [library[code] for code in records.codes_in(typed) if code in library]
    values = {name: getattr(typed, name) for name in reading.COLUMNS}
    return values, library.get(typed.factor_code), inside


def _columns(thing: Inventory | ActivityRow, model: type[Base]) -> dict[str, Any]:  # of each column its own
    left = {"id", "inventory_id", "factor_id", "version", "created_at", "updated_at"}
    return {each.key: getattr(thing, each.key) for each in inspect(model).columns if each.key not in left}
