"""A workbook is read and kept beside the case; nothing of the case changes."""

import io
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select

from certification.application.models import Application
from certification.workbooks.exchange.columns import INVENTORY, Kind
from certification.workbooks.exchange.parameters import kind_for
from certification.workbooks.exchange.read import PASTED, Line, Sheet, read, read_pasted
from certification.workbooks.models import SheetRow, SheetUpload
from certification.workbooks.operations.comparing import may_edit, version_of
from certification.workbooks.operations.judging import around_of, judge, judge_head
from core import audit, files
from core.db import db
from core.errors import Invalid, OutOfOrder
from core.machine import Actor
from core.readers import ids

NOTHING_ABOVE = 2  # nothing is taken when more than one row in two is wrong
FEW = 3  # of a handful of rows one slip is no sign of the wrong file


def stage_sheet(
    application: Application, actor: Actor, kind_slug: str, content: bytes, filename: str
) -> SheetUpload:
    """Read a workbook beside the case.  The same file again, with nothing changed since, is the same upload.

    One is staged at a time: a later one takes the place of the one before.
    """
    kind = kind_for(application.scheme.rules, kind_slug)
    may_edit(kind, application, actor)
    return _stage(application, actor, kind, read(kind, content, filename), content, filename)


def stage_pasted(
    application: Application, actor: Actor, kind_slug: str, text: str, stage: str
) -> SheetUpload:
    """What was copied out of a spreadsheet, as a table that was uploaded; see read_pasted."""
    kind = kind_for(application.scheme.rules, kind_slug)
    may_edit(kind, application, actor)
    sheet, content = read_pasted(kind, text, stage)
    return _stage(application, actor, kind, sheet, content, PASTED)


def _stage(
    application: Application, actor: Actor, kind: Kind, sheet: Sheet, content: bytes, filename: str
) -> SheetUpload:
    stored = files.store(io.BytesIO(content), filename, examined=True)
    if known := _known(application, kind, stored.digest):
        return known
    former = _former(application, kind, sheet)
    _of_this_case(application, sheet)
    wrong = _wrong(application, kind, sheet)
    taken = len(sheet.lines) <= FEW or len(wrong) * NOTHING_ABOVE <= len(sheet.lines)
    if taken:
        _put_aside(application, kind)
    upload = _upload(application, actor, kind, sheet, stored, wrong, taken)
    upload.base_version, upload.supplement = _mark(sheet, "data_version"), former
    db.session.add(upload)
    db.session.flush()
    _note(actor, upload)
    return upload


def _wrong(application: Application, kind: Kind, sheet: Sheet) -> list[Line]:
    """The lines that cannot be read, judged beside nothing; what was read of the cells stays as it was."""
    head, *copies = (Line(line.number, line.values, dict(line.errors)) for line in (sheet.head, *sheet.lines))
    facts = judge_head(application, head) if kind is INVENTORY else {}
    judge(kind, copies, around=around_of(application, facts))
    return [line for line in copies if line.errors]


def _known(application: Application, kind: Kind, digest: str) -> SheetUpload | None:
    """The latest upload, when it was this very file and nothing was changed since."""
    query = select(SheetUpload).where(
        SheetUpload.application_id == application.id, SheetUpload.kind == kind.slug
    )
    latest = db.session.scalar(query.order_by(SheetUpload.id.desc()).limit(1))
    if latest is None or latest.digest != digest or latest.outcome == "dropped":
        return None
    return latest if latest.result_version == version_of(application, kind) else None


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


def _of_this_case(application: Application, sheet: Sheet) -> None:
    named = sheet.marks.get("case")
    if named and named != application.number:
        raise Invalid("sheet-of-another-case")


def _mark(sheet: Sheet, name: str) -> int | None:
    """A number the house wrote into the workbook; one that was changed is not guessed at."""
    try:
        return ids.number(sheet.marks.get(name))
    except Invalid as error:
        raise Invalid("sheet-unreadable") from error


def _put_aside(application: Application, kind: Kind) -> None:
    for upload in staged(application, kind):
        upload.outcome = "replaced"


def staged(application: Application, kind: Kind) -> list[SheetUpload]:
    """What was uploaded and is neither applied nor dropped: one, or none."""
    query = select(SheetUpload).where(
        SheetUpload.application_id == application.id,
        SheetUpload.kind == kind.slug,
        SheetUpload.outcome == "staged",
    )
    return list(db.session.scalars(query))


def _upload(
    application: Application,
    actor: Actor,
    kind: Kind,
    sheet: Sheet,
    stored: files.Stored,
    wrong: Sequence[Line],
    taken: bool,
) -> SheetUpload:
    read_, refused = len(sheet.lines), len(wrong) if taken else len(sheet.lines)
    return SheetUpload(
        application=application,
        kind=kind.slug,
        outcome="staged" if taken else "refused",
        filename=stored.name,
        digest=stored.digest,
        result_version=version_of(application, kind),
        rows_read=read_,
        accepted=read_ - refused,
        refused=refused,
        letters=sheet.letters | sheet.head_cells,
        lines=[asdict(line) for line in (sheet.head, *sheet.lines, *sheet.totals)],
        uploaded_by=actor.label,
        rows=[]
        if taken
        else [
            SheetRow(number=line.number, values=line.values, errors=line.errors, outcome="refused")
            for line in wrong
        ],
    )


def _note(actor: Actor, upload: SheetUpload) -> None:
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
