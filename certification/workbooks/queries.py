"""Workbooks of a case: what they are filled with beforehand, and what came of those that came back."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from accounts.actor import Actor
from carbon import queries as library
from carbon import records
from certification.application.models import Application
from certification.application.queries.applications import application, visible
from certification.workbooks.exchange.columns import INVENTORY, Kind
from certification.workbooks.exchange.write import Choice, Marks, workbook
from certification.workbooks.models import SheetRow, SheetUpload
from certification.workbooks.operations import may_edit, version_of
from core.db import db
from core.errors import NotFound, Refused
from core.i18n import language
from core.words import sentence
from schemes.models import SchemeVersion

MOST_SOURCES = 20


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
    """The workbook of a case, filled with what stands in it or in `source`; None leaves it empty."""
    marks = Marks(case.number, version_of(case, kind))
    if kind is not INVENTORY:
        models = [
            {"code": model.code, "specification": model.specification}
            for model in (source.models if source else ())
        ]
        return workbook(kind, marks, {}, models)
    own = source is not None and source.id == case.id
    head = _head(source, dated=own) if source else {"output_unit": case.scheme.declared_unit, "gwp": case.gwp}
    rows = [_texts(row, kind) for row in source.inventory.rows] if source else []
    return workbook(kind, marks, head, rows, choices())


def refused(found: SheetUpload, kind: Kind) -> bytes:
    """The rows that wait, with the reasons in the cells and behind them; uploaded, they add to the case."""
    case, waiting = found.application, found.waiting
    marks = Marks(case.number, version_of(case, kind), found.id)
    reasons = [{column: sentence(slug) for column, slug in row.errors.items()} for row in waiting]
    inventory = kind is INVENTORY
    head = _head(case, dated=True) if inventory else {}
    offered = choices() if inventory else ()
    return workbook(kind, marks, head, [row.values for row in waiting], offered, reasons)


def choices() -> list[Choice]:
    """The factors of the library as a drop-down offers them."""
    _total, found = library.search_factors(limit=None)
    english = language() == "en"
    return [
        Choice(
            factor.code,
            factor.name_en if english else factor.name_zh,
            factor.unit,
            f"{factor.source} ({factor.source_year})",
            library.unit_choices(factor.unit),
        )
        for factor in found
    ]


def _head(source: Application, dated: bool) -> dict[str, str | date]:
    """The period of another case is not the period of this one."""
    names = [column.slug for column in INVENTORY.head if dated or not column.slug.startswith("period")]
    values = {name: getattr(source.inventory, name) for name in names}
    return {name: value if isinstance(value, date) else _text(value) for name, value in values.items()}


def _texts(row, kind: Kind) -> dict[str, str]:
    return {
        slug: records.bare(slug, row.stated.get(slug))
        if slug in records.FIELDS
        else _text(getattr(row, slug))
        for slug in kind.slugs
    }


def _text(value) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)
