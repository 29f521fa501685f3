"""What of a workbook is applied counts; what could not be read becomes a row of the case that waits."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from carbon import keys
from certification.application.models import Application
from certification.application.operations.applications import may_edit as may_edit_case
from certification.workbooks.difference import Entry, Values, handles
from certification.workbooks.exchange.columns import INVENTORY, KINDS
from certification.workbooks.exchange.read import Line
from certification.workbooks.models import SheetRow, SheetUpload
from certification.workbooks.operations.comparing import Compared, compared, may_edit, version_of, waiting
from certification.workbooks.operations.entering import close, enter
from core import audit
from core.db import db
from core.errors import Invalid, OutOfOrder
from core.machine import Actor


@dataclass(frozen=True)
class Chosen:
    """What is applied: lines of the workbook, values of its head, and the places of rows it does not list and
    that go; `whole` is everything but the lines in `unless`."""

    lines: frozenset[int] = field(default_factory=frozenset)
    gone: frozenset[int] = field(default_factory=frozenset)
    head: frozenset[str] = field(default_factory=frozenset)
    whole: bool = False
    unless: frozenset[int] = field(default_factory=frozenset)

    def takes(self, entry: Entry) -> bool:
        if entry.what == "gone":
            return self.whole or entry.place in self.gone
        return entry.line in self.lines or (self.whole and entry.line not in self.unless)


def apply_sheet(upload: SheetUpload, actor: Actor, version: int | None, chosen: Chosen) -> None:
    """Let what was chosen of a staged workbook count.  `version` is what the difference was shown beside;
    when the case was changed since, nothing is applied (OutOfOrder)."""
    found, case = compared(upload), upload.application
    may_edit(found.kind, case, actor)
    if upload.outcome != "staged":
        raise OutOfOrder("sheet-settled")
    if version != version_of(case, found.kind):
        raise OutOfOrder("sheet-difference-is-stale")
    if found.kind is INVENTORY:
        _know(upload, found)
    if not case.is_editable and (found.head.errors or found.of("unread")):
        raise Invalid("activity-unread")  # while it is evaluated nothing waits to be read
    kept = _merged(found, chosen)
    facts = {name: value for name, value in found.facts.items() if chosen.whole or name in chosen.head}
    enter(case, actor, found.kind, facts, [values for _place, values in kept])
    _close_answered(case, found, chosen, actor)
    _keep_unread(upload, found, kept)
    upload.outcome, upload.result_version = "applied", version_of(case, found.kind)
    db.session.flush()
    _note(upload, actor, found, chosen)


def drop_sheet(upload: SheetUpload, actor: Actor) -> None:
    """Use nothing of a staged workbook."""
    if upload.application.is_editable:
        may_edit_case(upload.application, actor)
    else:
        may_edit(KINDS[upload.kind], upload.application, actor)
    if upload.outcome != "staged":
        raise OutOfOrder("sheet-settled")
    upload.outcome = "dropped"
    audit.record(actor, "sheet.drop", f"application/{upload.application_id}", upload=upload.id)


def _merged(found: Compared, chosen: Chosen) -> list[tuple[int | None, Values]]:
    """The rows as they are to stand, each with the place it had."""
    rows, new = dict(enumerate(found.stands)), list[tuple[int | None, Values]]()
    for entry in found.entries:
        if entry.what in ("same", "unread") or not chosen.takes(entry):
            continue
        place, becomes = entry.place, None if entry.line is None else found.becomes[entry.line]
        if place is None and becomes is not None and entry.line is not None:
            key = found.lines[entry.line].key
            new.append((None, {**becomes, **({"key": key} if key else {})}))
        elif place is not None and becomes is not None:
            rows[place] = becomes
        elif place is not None:
            del rows[place]
    return [*rows.items(), *new]


def _know(upload: SheetUpload, found: Compared) -> None:
    """Give each line the key of the row it is or becomes, and keep it: a later workbook without keys is known
    by it.  A key of the case is not given twice."""
    pairs = {entry.line: entry.place for entry in found.entries if entry.line is not None}
    taken = {str(row["key"]) for row in found.stands}
    for number, line in enumerate(found.lines):
        place, waited = pairs.get(number), found.answers.get(number)
        if place is not None:
            line.key = str(found.stands[place]["key"])
            continue
        key = waited.stands_for[0] if waited and waited.stands_for else line.key
        line.key = key if key and key not in taken else keys.new()
        taken.add(line.key)
    upload.lines = [asdict(line) for line in (found.head, *found.lines, *found.totals)]


def _close_answered(case: Application, found: Compared, chosen: Chosen, actor: Actor) -> None:
    """A row that waited is settled by the line that was sent for it, if that was not left out; by a whole
    replacement in any case."""
    left_out = {
        entry.line for entry in found.entries if entry.what in ("changed", "new") and not chosen.takes(entry)
    }
    answered = {row.id for line, row in found.answers.items() if line not in left_out}
    for row in waiting(case, found.kind):
        sent_again = row.is_head and all(found.head.values.get(slug) for slug in row.errors)
        if chosen.whole or sent_again or row.id in answered:
            close(row, actor, "replaced")


def _keep_unread(upload: SheetUpload, found: Compared, kept: Sequence[tuple[int | None, Values]]) -> None:
    places, rows = zip(*kept, strict=True) if kept else ((), ())
    at = handles(found.kind, rows)
    for entry in found.of("unread"):
        stands_for = at[places.index(entry.place)] if entry.place is not None else None
        if entry.line is not None:
            line = found.lines[entry.line]
            _wait(upload, line, [line.key] if line.key else stands_for)
    if found.head.errors:
        wrong = {slug: found.head.values.get(slug, "") for slug in found.head.errors}
        _wait(upload, Line(found.head.number, wrong, found.head.errors), None)


def _wait(upload: SheetUpload, line: Line, stands_for: list[str] | None) -> None:
    upload.rows.append(
        SheetRow(number=line.number, values=line.values, errors=line.errors, stands_for=stands_for)
    )


def _note(upload: SheetUpload, actor: Actor, found: Compared, chosen: Chosen) -> None:
    taken = [entry.what for entry in found.entries if chosen.takes(entry)]
    audit.record(
        actor,
        "sheet.apply",
        f"application/{upload.application_id}",
        upload=upload.id,
        whole=chosen.whole,
        waiting=len(upload.waiting),
        **{what: taken.count(what) for what in ("new", "changed", "gone")},
    )
