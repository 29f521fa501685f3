"""A row of the case that could not be read is mended on the page, or given up."""

from collections.abc import Mapping

from certification.application.operations.applications import may_edit as may_edit_case
from certification.workbooks.difference import handles
from certification.workbooks.exchange.columns import INVENTORY, Kind
from certification.workbooks.exchange.layouts import columns_of
from certification.workbooks.exchange.parameters import kind_for
from certification.workbooks.exchange.read import Line, meant
from certification.workbooks.models import SheetRow
from certification.workbooks.operations.comparing import may_edit, stands, version_of
from certification.workbooks.operations.entering import close, enter, merged
from certification.workbooks.operations.judging import around_of, judge, judge_head
from core.errors import Invalid, OutOfOrder
from core.machine import Actor


def mend_row(row: SheetRow, actor: Actor, values: Mapping[str, str]) -> None:
    """Let a row that waited count, as it was corrected, instead of the row that stood for it; raise Invalid
    at its columns and keep nothing."""
    upload, kind = row.upload, _kind(row)
    may_edit(kind, upload.application, actor)
    _still_waits(row)
    line = Line(row.number, _corrected(row, values))
    if row.is_head:
        _mend_head(row, actor, line)
    else:
        _mend(row, actor, line)
    upload.result_version = version_of(upload.application, kind)
    close(row, actor, "accepted")


def drop_row(row: SheetRow, actor: Actor) -> None:
    """Give a waiting row up; what stood for it stands."""
    may_edit_case(row.upload.application, actor)
    _still_waits(row)
    close(row, actor, "dropped")


def _corrected(row: SheetRow, values: Mapping[str, str]) -> dict[str, str]:
    """What was typed for it; the kind of record is that of the sheet it stood in."""
    kind = _kind(row)
    typed = {slug: (values.get(slug) or "").strip() for slug in row.values if slug != "kind"}
    columns = () if row.is_head else columns_of(kind, row.values)
    typed |= {column.slug: meant(column, typed[column.slug]) for column in columns if column.offers}
    return typed | ({"kind": row.values["kind"]} if "kind" in row.values else {})


def _mend(row: SheetRow, actor: Actor, line: Line) -> None:
    case, kind = row.upload.application, _kind(row)
    there = stands(case, kind)
    at = handles(kind, there)
    place = at.index(row.stands_for) if row.stands_for in at else None
    others = [str(entry.get("code", "")) for number, entry in enumerate(there) if number != place]
    [read] = judge(kind, [line], others, around_of(case, {}))
    if read is None:
        raise Invalid("sheet-row-still-wrong", line.errors)
    if place is None:
        key = {"key": row.stands_for[0]} if row.stands_for and kind is INVENTORY else {}
        there.append({**merged(case, line, read), **key})
    else:
        there[place] = merged(case, line, read, there[place])
    enter(case, actor, kind, {}, there)


def _mend_head(row: SheetRow, actor: Actor, line: Line) -> None:
    case, kind = row.upload.application, _kind(row)
    facts = judge_head(case, line)
    line.errors |= {slug: "value-missing" for slug, text in line.values.items() if not text}
    if line.errors:
        raise Invalid("sheet-row-still-wrong", line.errors)
    enter(case, actor, kind, facts, None)


def _kind(row: SheetRow) -> Kind:
    return kind_for(row.upload.application.scheme.rules, row.upload.kind)


def _still_waits(row: SheetRow) -> None:
    if row.outcome != "waiting":
        raise OutOfOrder("sheet-rows-settled")
