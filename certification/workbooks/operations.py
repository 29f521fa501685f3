"""What comes back in a workbook: good rows are kept, bad ones wait, and every row is counted.

The rows are judged by the same code as the forms.  A workbook replaces what it lists; one that holds the
refused rows of an earlier upload adds to what stands.
"""

import io
from collections.abc import Mapping, Sequence
from zlib import crc32

from sqlalchemy import select

from carbon import queries as library
from carbon import records
from carbon.operations import reading
from certification.application.models import Application, ProductModel
from certification.application.operations.applications import (
    may_edit_inventory,
    may_edit_models,
    save_inventory,
    update_application,
)
from certification.workbooks.exchange.columns import INVENTORY, KINDS, Kind
from certification.workbooks.exchange.read import Line, Sheet, read
from certification.workbooks.models import SheetRow, SheetUpload
from core import audit, columns, files
from core.clock import now
from core.db import db
from core.errors import Invalid, OutOfOrder
from core.readers import ids

NOTHING_ABOVE = 2  # nothing is taken when more than one row in two is wrong
FEW = 3  # of a handful of rows one slip is no sign of the wrong file


def take_sheet(
    application: Application, actor, kind_slug: str, content: bytes, filename: str, overwrite: bool = False
) -> SheetUpload:
    """Read a workbook into the case.  The same file again changes nothing and is answered with the same."""
    kind = KINDS[kind_slug]
    may_edit(kind, application, actor)
    sheet = read(kind, content, filename)
    stored = files.store(io.BytesIO(content), filename, examined=True)
    if known := _known(application, kind, stored.digest):
        return known
    former = _former(application, kind, sheet)
    base = _mark(sheet, "data_version")
    if former is None and not overwrite:
        _not_stale(application, kind, base)
    _of_this_case(application, sheet)
    good, bad = _judge(application, kind, sheet.lines, former)
    taken = len(sheet.lines) <= FEW or len(bad) * NOTHING_ABOVE <= len(sheet.lines)
    head = _judge_head(application, sheet) if kind is INVENTORY else {}
    if taken:
        _settle(application, kind, former, actor)
        _enter(application, actor, kind, good, head, adding=former is not None)
    upload = _upload(application, actor, kind, sheet, stored, bad, taken)
    upload.base_version, upload.supplement_id = base, former.id if former else None
    db.session.add(upload)
    db.session.flush()
    _note(actor, upload)
    return upload


def mend_row(row: SheetRow, actor, values: Mapping[str, str]) -> None:
    """Enter a row that waited, as it was corrected; raise Invalid at its columns and keep nothing."""
    upload, kind = row.upload, KINDS[row.upload.kind]
    may_edit(kind, upload.application, actor)
    _still_waits(row)
    line = Line(row.number, {slug: (values.get(slug) or "").strip() for slug in kind.slugs})
    good, _bad = _judge(upload.application, kind, [line], upload)
    if not good:
        raise Invalid("sheet-row-still-wrong", line.errors)
    _enter(upload.application, actor, kind, good, {}, adding=True)
    upload.result_version = version_of(upload.application, kind)
    _close(row, actor, "accepted")


def drop_row(row: SheetRow, actor) -> None:
    """Give a waiting row up."""
    may_edit(KINDS[row.upload.kind], row.upload.application, actor)
    _still_waits(row)
    _close(row, actor, "dropped")


# Before anything is read into the case


def may_edit(kind: Kind, application: Application, actor) -> None:
    """Raise unless what the workbook holds is open to the actor now."""
    (may_edit_inventory if kind is INVENTORY else may_edit_models)(application, actor)


def _known(application: Application, kind: Kind, digest: str) -> SheetUpload | None:
    """The latest upload, when it was this very file and nothing was changed since."""
    latest = _latest(application, kind)
    same = latest is not None and latest.digest == digest
    return latest if same and latest.result_version == version_of(application, kind) else None


def _uploads(application: Application, kind: Kind) -> list[SheetUpload]:
    """All of this sheet, the newest first."""
    query = select(SheetUpload).where(
        SheetUpload.application_id == application.id, SheetUpload.kind == kind.slug
    )
    return list(db.session.scalars(query.order_by(SheetUpload.id.desc())))


def _latest(application: Application, kind: Kind) -> SheetUpload | None:
    return next(iter(_uploads(application, kind)), None)


def _former(application: Application, kind: Kind, sheet: Sheet) -> SheetUpload | None:
    """The upload whose refused rows this workbook holds; they must still wait."""
    named = _mark(sheet, "supplement")
    if named is None:
        return None
    former = db.session.get(SheetUpload, named)
    if former is None or former.application_id != application.id or former.kind != kind.slug:
        raise Invalid("sheet-of-another-case")
    if not former.waiting:
        raise OutOfOrder("sheet-rows-settled")
    return former


def _not_stale(application: Application, kind: Kind, base: int | None) -> None:
    """What somebody else saved since the workbook went out is not silently overwritten."""
    version = version_of(application, kind)
    if base is None or base == version:
        return
    latest = _latest(application, kind)
    if latest is None or (latest.base_version, latest.result_version) != (base, version):
        raise OutOfOrder("sheet-is-stale")


def _of_this_case(application: Application, sheet: Sheet) -> None:
    named = sheet.marks.get("case")
    if named and named != application.number:
        raise Invalid("sheet-of-another-case")


def version_of(application: Application, kind: Kind) -> int:
    """What a workbook is made from; the models have no version of their own, so their content is counted."""
    if kind is INVENTORY:
        return application.inventory.version
    listed = [f"{model.code}\n{model.specification}" for model in application.models]
    return crc32("\n".join(sorted(listed)).encode()) % 10**8


def _mark(sheet: Sheet, name: str) -> int | None:
    """A number the house wrote into the workbook; one that was changed is not guessed at."""
    try:
        return ids.number(sheet.marks.get(name))
    except Invalid as error:
        raise Invalid("sheet-unreadable") from error


# Judging rows


def _judge(
    application: Application, kind: Kind, lines: Sequence[Line], former: SheetUpload | None
) -> tuple[list[Line], list[Line]]:
    if kind is INVENTORY:
        _judge_activity(lines)
    else:
        _judge_models(lines, {model.code for model in application.models} if former else set())
    return [line for line in lines if not line.errors], [line for line in lines if line.errors]


def _judge_activity(lines: Sequence[Line]) -> None:
    complaints = reading.Complaints()
    raw = [line.values for line in lines]
    reading.rows(raw, library.newest_copies(reading.codes(raw)), complaints)
    for name, slug in complaints.fields.items():
        _rows, place, column = name.split("-", 2)
        lines[int(place)].errors.setdefault(column, slug)


def _judge_models(lines: Sequence[Line], taken: set[str]) -> None:
    for line in lines:
        code = line.values["code"]
        if not code:
            line.errors.setdefault("code", "model-code-missing")
        elif code in taken:
            line.errors.setdefault("code", "model-listed-twice")
        for column, slug in columns.faults(ProductModel, line.values).items():
            line.errors.setdefault(column, slug)
        taken.add(code)


def _judge_head(application: Application, sheet: Sheet) -> dict:
    """What can be read above the rows; the rest stays as it stands in the case, and is told."""
    given = {name: text for name, text in sheet.head.values.items() if text and name not in sheet.head.errors}
    complaints = reading.Complaints(dict(sheet.head.errors))
    facts = reading.head(given, complaints)
    start = facts.get("period_from") or application.inventory.period_from
    end = facts.get("period_to") or application.inventory.period_to
    if start and end and end < start:
        complaints.fields["period_to"] = "period-backwards"
    sheet.head.errors = complaints.fields
    return {name: value for name, value in facts.items() if name not in complaints.fields}


# Entering what is good


def _enter(
    application: Application, actor, kind: Kind, good: Sequence[Line], head: dict, adding: bool
) -> None:
    if kind is INVENTORY:
        rows = [
            *(_stored_rows(application) if adding else ()),
            *(_with_digest(application, line) for line in good),
        ]
        save_inventory(application, actor, head, rows, application.inventory.version)
        return
    models = [{"code": model.code, "specification": model.specification} for model in application.models]
    models = [*(models if adding else ()), *(line.values for line in good)]
    update_application(application, actor, application.version, models=models)


def _stored_rows(application: Application) -> list[dict]:
    columns = [slug for slug in INVENTORY.slugs if slug not in records.FIELDS]
    columns += ["kind", "stated", "evidence_digest"]
    return [{column: getattr(row, column) for column in columns} for row in application.inventory.rows]


def _with_digest(application: Application, line: Line) -> dict:
    """Evidence that names a file of the case stands for that file."""
    digests = {file.name: file.digest for file in application.current_files}
    return line.values | {"evidence_digest": digests.get(line.values["evidence"], "")}


def _settle(application: Application, kind: Kind, former: SheetUpload | None, actor) -> None:
    """Rows that waited are replaced: by the workbook that holds them, or by one that lists everything, of
    whichever upload they were and whatever was refused as a whole in between."""
    for upload in [former] if former else _uploads(application, kind):
        for row in upload.waiting:
            _close(row, actor, "replaced")


def _close(row: SheetRow, actor, outcome: str) -> None:
    row.outcome, row.settled_by, row.settled_at = outcome, actor.label, now()
    audit.record(
        actor,
        f"sheet.row_{outcome}",
        f"application/{row.upload.application_id}",
        upload=row.upload_id,
        row=row.number,
    )


def _still_waits(row: SheetRow) -> None:
    if row.outcome != "waiting":
        raise OutOfOrder("sheet-rows-settled")


def _upload(
    application, actor, kind: Kind, sheet: Sheet, stored: files.Stored, bad, taken: bool
) -> SheetUpload:
    read_, refused = len(sheet.lines), len(bad) if taken else len(sheet.lines)
    outcome = "waiting" if taken else "refused"
    return SheetUpload(
        application_id=application.id,
        kind=kind.slug,
        filename=stored.name,
        digest=stored.digest,
        result_version=version_of(application, kind),
        rows_read=read_,
        accepted=read_ - refused,
        refused=refused,
        taken=taken,
        letters=sheet.letters,
        head=[
            {"cell": sheet.head_cells.get(column, ""), "column": column, "slug": slug}
            for column, slug in sheet.head.errors.items()
        ],
        uploaded_by=actor.label,
        rows=[
            SheetRow(number=line.number, values=line.values, errors=line.errors, outcome=outcome)
            for line in bad
        ],
    )


def _note(actor, upload: SheetUpload) -> None:
    audit.record(
        actor,
        "sheet.upload",
        f"application/{upload.application_id}",
        kind=upload.kind,
        digest=upload.digest,
        read=upload.rows_read,
        accepted=upload.accepted,
        refused=upload.refused,
    )
