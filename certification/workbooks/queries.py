"""Workbooks of a case: what they are filled with beforehand, and what came of those that came back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy import select

from accounts.actor import Actor
from carbon import queries as library
from carbon import records
from carbon.footprint import STAGES
from certification.application.models import Application
from certification.application.queries.applications import application, visible
from certification.application.queries.open_parts import open_rows
from certification.workbooks.difference import Entry, Values, handles
from certification.workbooks.exchange.columns import INVENTORY, KEY, NO, Column, Kind
from certification.workbooks.exchange.parameters import why
from certification.workbooks.exchange.read import Line
from certification.workbooks.exchange.texts import named, text_of, texts_of
from certification.workbooks.exchange.write import Choice, Marks, workbook
from certification.workbooks.models import SheetRow, SheetUpload
from certification.workbooks.operations import Compared, may_edit, stands, version_of, waiting
from certification.workflow.correction import row_numbers
from core.db import db
from core.errors import NotFound, Refused
from core.i18n import _, language
from core.words import unit_text, word
from schemes.models import SchemeVersion

MOST_SOURCES = 20
UNITS = ("unit", "own_unit", "output_unit")  # the columns that hold one


def sources(actor: Actor, case: Application) -> list[Application]:
    """The applicant's other cases under the same scheme, the newest first: a workbook may begin with one."""
    query = visible(actor).join(SchemeVersion, Application.scheme_id == SchemeVersion.id)
    query = query.where(
        Application.applicant_id == case.applicant_id,
        SchemeVersion.code == case.scheme.code,
        Application.id != case.id,
    )
    return list(db.session.scalars(query.order_by(Application.id.desc()).limit(MOST_SOURCES)))


def uploads(actor: Actor, case: Application, kind: Kind) -> list[SheetUpload]:
    """Every workbook of this kind that was read into the case, the newest first."""
    application(actor, case.id)
    query = select(SheetUpload).where(SheetUpload.application_id == case.id, SheetUpload.kind == kind.slug)
    return list(db.session.scalars(query.order_by(SheetUpload.id.desc())))


def upload(actor: Actor, upload_id: int) -> SheetUpload:
    """One upload of a case of the actor's own organisation; NotFound otherwise."""
    found = db.session.get(SheetUpload, upload_id)
    if found is None or found.application.applicant_id != actor.organisation_id:
        raise NotFound("sheet-not-found")
    return found


def may_upload(actor: Actor, case: Application, kind: Kind) -> bool:
    try:
        may_edit(kind, case, actor)
    except Refused:
        return False
    return True


def row(actor: Actor, row_id: int) -> SheetRow:
    found = db.session.get(SheetRow, row_id)
    if found is None:
        raise NotFound("sheet-not-found")
    upload(actor, found.upload_id)
    return found


def template(case: Application, kind: Kind, source: Application | None) -> bytes:
    """The workbook of a case, filled with what stands in it or in `source`; None leaves it empty.  Of
    what was handed in it holds the rows that are open."""
    marks = Marks(case.number, version_of(case, kind))
    if kind is not INVENTORY:
        models = stands(source, kind) if source else []
        return workbook(
            kind, marks, {}, [{slug: text_of(said) for slug, said in row.items()} for row in models]
        )
    own = source is not None and source.id == case.id
    head = _head(source, dated=own) if source else {"output_unit": case.scheme.declared_unit}
    head["gwp"] = case.gwp
    opened = open_rows(source) if source and own else None
    there = stands(source, kind) if source else []
    there = [row for place, row in enumerate(there) if opened is None or place in opened]
    called = {file.digest: file.name for file in (source.current_files if source else ())}
    numbers = row_numbers(source) if source and own else {}
    rows = [
        {
            **named(texts_of(row), called),
            KEY.slug: str(row["key"]),
            NO.slug: str(numbers.get(str(row["key"]), "")),
        }
        for row in there
    ]
    return workbook(kind, marks, head, rows, choices())


def unread(actor: Actor, case: Application, kind: Kind) -> list[SheetRow]:
    """The rows of the case that could not be read, in the order they came."""
    application(actor, case.id)
    return waiting(case, kind)


def standing(case: Application, kind: Kind, rows: Sequence[SheetRow]) -> dict[int, Values]:
    """The row that goes on counting while another could not be read, by the id of the other."""
    there = stands(case, kind)
    by_handle = {tuple(at): row for at, row in zip(handles(kind, there), there, strict=True)}
    found = {row.id: by_handle.get(tuple(row.stands_for or ())) for row in rows}
    return {number: values for number, values in found.items() if values is not None}


@dataclass(frozen=True)
class Shown:
    """A row of the difference as its page shows it; `pairs` are (heading, what stands, what is to stand)."""

    entry: Entry
    key: str
    name: str
    cell: str
    pairs: list[tuple[str, str, str]]
    hidden: bool = False
    computed: bool = False


def shown(upload: SheetUpload, found: Compared) -> list[Shown]:
    """Everything that is not the same, in the order of the workbook; what it does not list comes last."""
    head = [_of_head(upload, found, column) for column in found.kind.head if column.slug in found.facts]
    return head + [_of_row(upload, found, entry) for entry in found.entries if entry.what != "same"]


def _of_head(upload: SheetUpload, found: Compared, column: Column) -> Shown:
    """A single value above the rows changes like a row."""
    old, new = getattr(upload.application.inventory, column.slug), found.facts[column.slug]
    stood, becomes = (_said(column, {column.slug: each}) for each in (old, new))
    pairs = [(str(column.heading), stood, becomes)]
    cell = upload.letters.get(column.slug, "")
    return Shown(Entry("changed", None, None), f"head-{column.slug}", str(column.heading), cell, pairs)


def _of_row(upload: SheetUpload, found: Compared, entry: Entry) -> Shown:
    line = None if entry.line is None else found.lines[entry.line]
    old: Values = {} if entry.place is None else found.stands[entry.place]
    becomes = None if entry.line is None else found.becomes[entry.line]
    new: Values = {} if line is None else becomes or line.values
    name = str((new or old).get(found.kind.identity[-1]) or "")
    called = {file.digest: file.name for file in upload.application.current_files}
    told = _tellers(found.kind, old, new, called)
    slugs = entry.changes if entry.what == "changed" else [slug for slug, _heading, _said in told]
    key = f"gone-{entry.place}" if line is None else f"line-{entry.line}"
    pairs = [(heading, said(old), said(new)) for slug, heading, said in told if slug in slugs]
    cell = "" if line is None else upload.cell(line, _first_cell(found.kind, entry, line))
    computed = line is not None and any(slug in line.notes for slug in slugs)
    return Shown(entry, key, name, cell, pairs, entry.line in found.hidden, computed)


def _first_cell(kind: Kind, entry: Entry, line: Line) -> str:
    """The column a person is led to: of the first change, else the one a row is known by."""
    return next((slug for slug in entry.changes if slug in line.values), kind.identity[-1])


def _tellers(
    kind: Kind, old: Values, new: Values, called: Mapping[str, str]
) -> list[tuple[str, str, Callable[[Values], str]]]:
    """(slug, heading, how a row says it) of everything the one or the other row has: its columns, its kind,
    and what its record states."""
    plain = [slug for slug in kind.slugs if slug not in records.FIELDS and (slug in old or slug in new)]
    columns = {column.slug: column for column in kind.columns}
    found: list[tuple[str, str, Callable[[Values], str]]] = [
        (slug, str(columns[slug].heading), partial(_said, columns[slug])) for slug in plain
    ]
    if {old.get("kind"), new.get("kind")} - {None, records.ACTIVITY}:
        found.append(("kind", _("记录的种类"), _kind_said))
    stated = dict.fromkeys(name for row in (old, new) for name in _stated(row))
    return found + [
        (name, library.quantity_name(name), partial(_stated_said, name, called)) for name in stated
    ]


def _said(column: Column, row: Values) -> str:
    text = text_of(row.get(column.slug))
    if column.slug in UNITS:
        return unit_text(text)
    if column.slug == "stage" and text in STAGES:
        return str(word(f"stage.{text}"))
    return str(dict(column.offers).get(text, text))


def _kind_said(row: Values) -> str:
    return str(word(f"record.{row['kind']}")) if row.get("kind") else ""


def _stated(row: Values) -> Mapping[str, object]:
    stated = row.get("stated")
    return stated if isinstance(stated, Mapping) else {}


def _stated_said(name: str, called: Mapping[str, str], row: Values) -> str:
    told = records.as_texts(str(row["kind"]), _stated(row)) if row.get("stated") else {}
    if name not in told:
        return ""
    said = library.stated_said(name, told[name])
    held = records.of_months(_stated(row)) if name == "months" else {}
    files = [f"{month} {called.get(digest, digest[:8])}" for month in held for digest in held[month]]
    return _("；").join([said, *files])


def refused(found: SheetUpload, kind: Kind) -> bytes:
    """The rows that wait, with the reasons in the cells and behind them; uploaded, they add to the case."""
    case, rows = found.application, [row for row in found.waiting if not row.is_head]
    marks = Marks(case.number, version_of(case, kind), found.id)
    rules = case.scheme.rules
    reasons = [{column: why(rules, column, slug) for column, slug in row.errors.items()} for row in rows]
    inventory = kind is INVENTORY
    head = {**_head(case, dated=True), "gwp": case.gwp} if inventory else {}
    offered = choices() if inventory else ()
    named = [{KEY.slug: row.stands_for[0]} if inventory and row.stands_for else {} for row in rows]
    filled = [{**row.values, **key} for row, key in zip(rows, named, strict=True)]
    return workbook(kind, marks, head, filled, offered, reasons)


def choices() -> list[Choice]:
    """The factors of the library as a drop-down offers them."""
    _total, found = library.search_factors(limit=None)
    english = language() == "en"
    return [
        Choice(
            factor.code,
            factor.name_en if english else factor.name_zh,
            factor.unit,
            f"{factor.source_en if english else factor.source} ({factor.source_year})",
            library.unit_choices(factor.unit),
        )
        for factor in found
    ]


def _head(source: Application, dated: bool) -> dict[str, str | date]:
    """The period of another case is not the period of this one."""
    names = [column.slug for column in INVENTORY.head if dated or not column.slug.startswith("period")]
    values = {name: getattr(source.inventory, name) for name in names}
    return {name: value if isinstance(value, date) else text_of(value) for name, value in values.items()}
