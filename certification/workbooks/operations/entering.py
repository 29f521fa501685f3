"""What was read enters the case, and the row that waited for it is settled."""

from collections.abc import Mapping, Sequence

from carbon import records
from certification.application.models import Application
from certification.application.operations.applications import save_inventory, update_application
from certification.workbooks.difference import Values
from certification.workbooks.exchange.columns import INVENTORY, Kind
from certification.workbooks.models import SheetRow
from core import audit
from core.clock import now

COLUMNS_TELL = (records.ACTIVITY, "fuel")  # of these kinds, the columns of the workbook say which it is


def enter(case: Application, actor, kind: Kind, facts: Mapping, rows: Sequence[Values] | None) -> None:
    """Let these rows stand, all of them; None leaves them as they are."""
    if kind is INVENTORY:
        taken = None if rows is None else [_as_stored(row) for row in rows]
        save_inventory(case, actor, dict(facts), taken, case.inventory.version)
    else:
        update_application(case, actor, case.version, models=list(rows or ()))


def _as_stored(row: Values) -> Values:
    """What a row states is saved as it was stored, not as a column shows it."""
    stated = row.get("stated") or ()
    return {name: value for name, value in row.items() if name not in stated}


def merged(case: Application, values: Values, stood: Mapping | None = None) -> Values:
    """A row as the workbook has it; what has no column there stays as it stood, and so does the proof of a
    row whose note stays.  Evidence that names a file of the case stands for that file."""
    before = dict(stood or {})
    if "stated" in before:
        kept = {name: each for name, each in before["stated"].items() if name not in values}
        told = before["kind"] not in COLUMNS_TELL
        before |= {"stated": kept, "kind": before["kind"] if told else ""}
    if "evidence" not in values or before.get("evidence") == values["evidence"]:
        return before | values
    digests = {file.name: file.digest for file in case.current_files}
    return before | values | {"evidence_digest": digests.get(str(values["evidence"]), "")}


def close(row: SheetRow, actor, outcome: str) -> None:
    """A row that waited is a row of the case no more."""
    row.outcome, row.settled_by, row.settled_at = outcome, actor.label, now()
    audit.record(
        actor,
        f"sheet.row_{outcome}",
        f"application/{row.upload.application_id}",
        upload=row.upload_id,
        row=row.number,
    )
