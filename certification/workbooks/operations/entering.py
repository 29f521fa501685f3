"""What was read enters the case, and the row that waited for it is settled."""

from collections.abc import Mapping, Sequence

from carbon import records
from certification.application.models import Application
from certification.application.operations.applications import save_inventory, update_application
from certification.workbooks.difference import Values, same
from certification.workbooks.exchange.columns import INVENTORY, MODELS, Kind
from certification.workbooks.exchange.parameters import said_in
from certification.workbooks.exchange.read import Line
from certification.workbooks.exchange.texts import FILES_OF_MONTH
from certification.workbooks.models import SheetRow
from core import audit
from core.clock import now
from core.machine import Actor

COLUMNS_TELL = (records.ACTIVITY, "fuel")  # of these kinds, the columns of the workbook say which it is


def enter(
    case: Application, actor: Actor, kind: Kind, facts: Mapping[str, object], rows: Sequence[Values] | None
) -> None:
    """Let these rows stand, all of them; None leaves them as they are."""
    if kind is INVENTORY:
        save_inventory(case, actor, dict(facts), rows, case.inventory.version)
    else:
        update_application(case, actor, case.version, models=[_model(row) for row in rows or ()])


def _model(row: Values) -> dict[str, object]:
    """As an application takes it."""
    plain = {name: row[name] for name in MODELS.slugs}
    return plain | {"parameters": said_in(row)}


def merged(case: Application, line: Line, values: Values, stood: Values | None = None) -> Values:
    """A row as the workbook has it; what has no column there stays as it stood, and so does the proof of a
    row whose note stays.  Evidence that names a file of the case stands for that file."""
    before: Values = stood or {}
    found = {**before, **values, **_stating(line, values, before)}
    if "evidence" not in values or before.get("evidence") == values["evidence"]:
        return found
    digests = {file.name: file.digest for file in case.current_files}
    return found | {"evidence_digest": digests.get(str(values["evidence"]), "")}


def _stating(line: Line, values: Values, before: Values) -> Values:
    """What has no column stays as it was stated: the first sheet has three quantities of a fuel and none of
    another kind, the sheet of a kind all of them, what was pasted some.  A number that is only written
    otherwise stays as it stood."""
    if "stated" not in before or "stated" not in values:
        return {}
    stood, said, kind = before["stated"], values["stated"], line.values.get("kind")
    assert isinstance(stood, Mapping)
    assert isinstance(said, Mapping)
    if kind is None and before["kind"] not in COLUMNS_TELL:
        return {"kind": before["kind"], "stated": stood}
    told = {slug.partition("-")[0] for slug in line.values}
    kept = {name: each for name, each in stood.items() if name not in told}
    if kind not in (None, before["kind"]):
        kept = {}
    if not any(FILES_OF_MONTH.fullmatch(slug) for slug in line.values):
        said = records.carried(said, stood)
    both = {**kept, **_as_it_stood(stood, said)}
    return {"kind": kind or records.named("", both), "stated": both}


def _as_it_stood(stood: Mapping[str, object], said: Mapping[str, object]) -> dict[str, object]:
    return {name: stood[name] if same(stood.get(name), each) else each for name, each in said.items()}


def close(row: SheetRow, actor: Actor, outcome: str) -> None:
    """A row that waited is a row of the case no more."""
    row.outcome, row.settled_by, row.settled_at = outcome, actor.label, now()
    audit.record(
        actor,
        f"sheet.row_{outcome}",
        f"application/{row.upload.application_id}",
        upload=row.upload_id,
        row=row.number,
    )
