"""A workbook that was read, beside what stands in its case now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from zlib import crc32

from sqlalchemy import select

from certification.application.models import Application, ProductModel
from certification.application.operations.applications import may_edit_inventory, may_edit_models
from certification.application.queries.open_parts import open_rows
from certification.workbooks.difference import Entry, Values, compare, handles, is_called, pair
from certification.workbooks.exchange.columns import INVENTORY, Kind
from certification.workbooks.exchange.layouts import FIRST
from certification.workbooks.exchange.parameters import PREFIX, kind_for
from certification.workbooks.exchange.read import Line
from certification.workbooks.exchange.texts import PLAIN, sheet_of
from certification.workbooks.models import SheetRow, SheetUpload
from certification.workbooks.operations.entering import merged
from certification.workbooks.operations.judging import around_of, judge, judge_head
from certification.workbooks.operations.known import alike, known
from core.db import db
from core.machine import Actor


@dataclass(frozen=True)
class Compared:
    """`facts` are what the head would change; `becomes` what each line makes of its row, None where it cannot
    be read; `answers` maps a line to the waiting row it is sent for; `unlisted` are the rows that stand and
    have no place in the workbook."""

    kind: Kind
    head: Line
    facts: Mapping[str, object]
    lines: Sequence[Line]
    stands: Sequence[Values]
    becomes: Sequence[Values | None]
    entries: Sequence[Entry]
    answers: Mapping[int, SheetRow]
    totals: Sequence[Line]
    unlisted: frozenset[int]

    @property
    def hidden(self) -> frozenset[int]:
        """The lines that the workbook hides: they count only when asked for one by one."""
        return frozenset(place for place, line in enumerate(self.lines) if line.is_hidden)

    def of(self, what: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.what == what]


def compared(upload: SheetUpload) -> Compared:
    """What a workbook would change in its case, and which of its rows cannot be read."""
    case = upload.application
    kind = kind_for(case.scheme.rules, upload.kind)
    head, *listed = (Line(**line) for line in upload.lines)
    lines = [line for line in listed if not line.is_total]
    there = stands(case, kind)
    facts = judge_head(case, head) if kind is INVENTORY else {}
    read = judge(kind, lines, around=around_of(case, facts))
    at = handles(kind, there)
    if upload.supplement is None:
        pairs = pair(kind, there, lines, alike(upload, read), known(upload, lines, there))
        standing = {line: at[place] for line, place in pairs.items()}
        answers = _answers(kind, waiting(case, kind), lines, standing, at)
    else:
        answers = _sent_for(kind, upload.supplement.waiting, lines)
        pairs = {line: at.index(row.stands_for) for line, row in answers.items() if row.stands_for in at}
    becomes = [
        values and merged(case, lines[line], values, there[pairs[line]] if line in pairs else None)
        for line, values in enumerate(read)
    ]
    unlisted = _unlisted(upload, there).difference(pairs.values())
    entries = compare(there, becomes, pairs)
    shown = [entry for entry in entries if entry.what != "gone" or entry.place not in unlisted]
    totals = [line for line in listed if line.is_total]
    return Compared(
        kind, head, facts, lines, there, becomes, shown, answers, totals, unlisted - {*pairs.values()}
    )


def _unlisted(upload: SheetUpload, there: Sequence[Values]) -> frozenset[int]:
    """The rows that the workbook has no place for, so that their absence says nothing: any, where it holds
    what came back alone; else those whose sheet it does not have, and those that are not open."""
    if upload.supplement is not None:
        return frozenset(range(len(there)))
    if upload.kind != INVENTORY.slug:
        return frozenset()
    sheets = {FIRST, *(name.partition(":")[0] for name in upload.letters if ":" in name)}
    opened = open_rows(upload.application)
    shut = set() if opened is None else set(range(len(there))) - opened
    return frozenset(place for place, row in enumerate(there) if sheet_of(row) not in sheets or place in shut)


def stands(case: Application, kind: Kind) -> list[Values]:
    """The rows that count, with everything a save takes."""
    if kind is INVENTORY:
        names = (*PLAIN, "key", "evidence_digest", "kind", "stated")
        return [{name: getattr(row, name) for name in names} for row in case.inventory.rows]
    return [_of_model(kind, model) for model in case.models]


def _of_model(kind: Kind, model: ProductModel) -> Values:
    """A model in the columns of its workbook."""
    own = [slug for slug in kind.slugs if slug.startswith(PREFIX)]
    said = {slug: model.parameters.get(slug.removeprefix(PREFIX), "") for slug in own}
    return {"code": model.code, "specification": model.specification, **said}


def waiting(case: Application, kind: Kind) -> list[SheetRow]:
    """The rows of the case that could not be read, those above the rows first."""
    query = select(SheetRow).join(SheetUpload).where(SheetRow.outcome == "waiting")
    query = query.where(SheetUpload.application_id == case.id, SheetUpload.kind == kind.slug)
    return list(db.session.scalars(query.order_by(SheetRow.upload_id, SheetRow.number)))


def may_edit(kind: Kind, application: Application, actor: Actor) -> None:
    """Raise unless what the workbook holds is open to the actor now."""
    (may_edit_inventory if kind is INVENTORY else may_edit_models)(application, actor)


def version_of(application: Application, kind: Kind) -> int:
    """What a workbook is made from; the models have no version of their own, so their content is counted."""
    if kind is INVENTORY:
        return application.inventory.version
    listed = [
        "\n".join([model.code, model.specification, *_pairs(model.parameters)])
        for model in application.models
    ]
    return crc32("\n".join(sorted(listed)).encode()) % 10**8


def _pairs(said: Mapping[str, str]) -> list[str]:
    return [f"{slug}={text}" for slug, text in sorted(said.items()) if text]


def as_line(row: SheetRow) -> Line:
    return Line(row.number, dict(row.values), dict(row.errors))


def _answers(
    kind: Kind,
    rows: Sequence[SheetRow],
    lines: Sequence[Line],
    standing: dict[int, list[str]],
    there: Sequence[list[str]],
) -> dict[int, SheetRow]:
    """The waiting rows that lines are sent for: of the same row, else new under the same name."""
    by_handle = {tuple(row.stands_for): row for row in rows if row.stands_for is not None}
    named = {line: [each.key] for line, each in enumerate(lines) if each.key} | standing
    found = {line: by_handle[handle] for line, at in named.items() if (handle := tuple(at)) in by_handle}
    new = [line for line in range(len(lines)) if line not in standing and line not in found]
    answered = [*found.values()]
    strangers = [
        row for row in rows if not row.is_head and row.stands_for not in there and row not in answered
    ]
    return found | _sent_for(kind, strangers, lines, new)


def _sent_for(
    kind: Kind, rows: Sequence[SheetRow], lines: Sequence[Line], among: Sequence[int] | None = None
) -> dict[int, SheetRow]:
    """By line, the waiting row with its key, else the first that is called so; each is sent for once."""
    left, found = list(rows), dict[int, SheetRow]()
    for is_same in (_is_known, partial(_is_called, kind)):
        for place in range(len(lines)) if among is None else among:
            row = next((row for row in left if place not in found and is_same(row, lines[place])), None)
            if row is not None:
                found[place] = row
                left.remove(row)
    return found


def _is_known(row: SheetRow, line: Line) -> bool:
    return bool(line.key) and row.stands_for == [line.key]


def _is_called(kind: Kind, row: SheetRow, line: Line) -> bool:
    return is_called(kind, as_line(row), line)
