"""The same value at every door: what people type means the same in a form, the API, a workbook, an imported
file and a command, or is refused everywhere with the same slug."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import click
import openpyxl
import pytest
from openpyxl.utils.exceptions import IllegalCharacterError
from werkzeug.datastructures import MultiDict

from accounts import operations as accounts
from accounts.actor import SYSTEM
from carbon import factors, units
from carbon.operations import reading
from certification.aftercare.forms import RequestForm, UseForm
from certification.application.forms.inventory import InventoryForm
from certification.application.operations.filling import _party
from certification.application.shapes import Points
from certification.clocks.forms import OutageForm
from certification.evaluation.shapes import SiteItem, SiteVisit
from certification.workbooks.exchange.columns import FIRST_ROW, HEADING_ROW, Column, Kind
from certification.workbooks.exchange.read import read as read_workbook
from core import typed
from core.db import db as tables
from core.errors import Invalid
from core.members import checked
from core.words import sentence
from tests import factories
from tests.support.spellings import (
    CREDIT_CODES,
    DAYS,
    FACTOR_UNITS,
    MAIL,
    MOMENTS,
    NUMBERS,
    TEXTS,
    UNITS,
)

pytestmark = pytest.mark.engines("types")

# A row of the file of factors and of the activity data that is right but for one cell.
FACTOR = {
    "code": "x", "name_zh": "甲", "category": "material", "activity_unit": "kg", "factor_value": "1",
    "factor_unit": "kgCO2e/kg", "gas_basis": "CO2e", "region": "CN", "valid_from": "2024-01-01",
    "source": "甲", "source_year": "2024", "confidence": "seen",
}  # fmt: skip
ROW = {"stage": "manufacturing", "name": "甲"}


def plain(value) -> str:
    """A value, or the slug of a refusal, as one text that can be compared."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def one(reader: Callable) -> Callable:
    """A door that takes one spelling at a time."""

    def door(texts: list[str]) -> list[str]:
        return [outcome(reader, text) for text in texts]

    return door


def outcome(reader: Callable, text: str) -> str:
    try:
        return plain(reader(text))
    except Invalid as refused:
        return next(iter(refused.fields.values()), refused.slug)


# Forms


def box(form: type, name: str) -> Callable:
    """A box of a form: the slug of its refusal is its error."""

    def fill(text: str):
        filled = form(MultiDict({name: text}), meta={"csrf": False})
        field = filled[name]
        return field.process_errors[0] if field.process_errors else field.data

    return one(fill)


def activity_page(column: str) -> Callable:
    """A box of the activity data, whose page has no form of the library."""

    def fill(text: str):
        sent = {"rows-0-stage": "use", "rows-0-kind": "own", f"rows-0-{column}": text}
        [row] = InventoryForm.of_request(sent).activity({})
        return reading.READERS[column](row[column])

    return one(fill)


# The API


def member(shape: type, name: str, others: dict | None = None) -> Callable:
    return one(lambda text: getattr(checked(shape, {**(others or {}), name: text}), name))


# Workbooks


def cells(column: Column, reader: Callable) -> Callable:
    """All spellings as the cells of one column of one workbook."""

    def door(texts: list[str]) -> list[str]:
        columns = (Column("place", "序位", ""), column)
        kind = Kind("kind", "kind-1", "表", "表", columns, ("place",), most=len(texts))
        lines = read_workbook(kind, written(column, texts), "表.xlsx").lines
        return [outcome(reader, line.values[column.slug]) for line in lines]

    return door


def written(column: Column, texts: list[str]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.title = "表"
    rows = [["序位", str(column.heading)], *([f"p{place}", text] for place, text in enumerate(texts))]
    for number, row in enumerate(rows):
        for place, text in enumerate(row, start=1):
            cell = book.active.cell(HEADING_ROW if number == 0 else FIRST_ROW + number - 1, place)
            cell.value, cell.data_type = text, "s"
    book.save(file)
    return file.getvalue()


def fits_a_cell(text: str) -> bool:
    """A workbook is XML, which has no sign for most control characters, nor half a character."""
    try:
        openpyxl.Workbook().active["A1"] = text
        text.encode()
    except (IllegalCharacterError, UnicodeEncodeError):
        return False
    return not set(text) & {"\uffff", "\r"}


# Files and commands


def imported(column: str, name: str) -> Callable:
    """All spellings as the cells of one file of factors."""

    def door(texts: list[str]) -> list[str]:
        file = io.StringIO(newline="")
        table = csv.DictWriter(file, factors.COLUMNS, restval="")
        table.writeheader()
        table.writerows(FACTOR | {column: text} for text in texts)
        content = io.BytesIO(file.getvalue().encode())
        return [
            row.slug if isinstance(row, Invalid) else plain(row[name]) for _, row in factors.read(content)
        ]

    return door


def argument(kind: typed.Typed) -> Callable:
    """A command says the sentence of the slug."""

    def take(text: str):
        try:
            return kind.convert(text, None, None)
        except click.BadParameter as refused:
            said = {str(sentence(slug, {})): slug for slug in slugs}
            return said[str(refused.message)]

    slugs = ("date-unreadable", "date-absurd", "moment-unreadable")
    return one(take)


def undone(reader: Callable) -> Callable:
    """A door behind which something is stored: each spelling comes to an empty house."""

    def enter(text: str):
        try:
            return reader(text)
        finally:
            tables.session.rollback()

    return one(enter)


def account(text: str) -> str:
    return accounts.register_user(SYSTEM, text, "某人", "a long enough secret").email


def invitation(text: str) -> str:
    office = factories.organisation("regulator")
    chief = factories.user(office, "organisation_admin").memberships[0].actor()
    return accounts.invite(chief, text, [], office.id)[0].email


def organisation(text: str) -> str:
    return accounts.register_organisation(SYSTEM, "manufacturer", text, "甲").uscc


def ratio(text: str) -> str:
    numerator, basis, denominator = units.split(reading.factor_unit(text))
    return f"{numerator}{basis}/{denominator}"


VISIT = {"items": [], "started_on": "2026-01-05", "ended_on": "2026-01-05"}
LINES = [(text, right.replace("\n", " ")) for text, right in TEXTS]
PRINTED_LINES = [(text, "glyph-missing" if "𠮷" in right else right) for text, right in LINES]
# kind of value: its spellings, and each door through which it comes
DOORS: dict[str, tuple[list, dict[str, Callable]]] = {
    "number": (NUMBERS, {
        "form": box(UseForm, "quantity"),
        "activity page": activity_page("own_value"),
        "api": member(SiteVisit, "person_days", VISIT),
        "workbook": cells(Column("quantity", "活动量", "", number=True), reading.number),
        "import": imported("factor_value", "value"),
    }),
    "day": (DAYS, {
        "form": box(UseForm, "since"),
        "api": member(Points, "due"),
        "workbook": cells(Column("on", "日期", "", day=True), reading.day),
        "import": imported("valid_from", "valid_from"),
        "command": argument(typed.DAY),
    }),
    "moment": (MOMENTS, {"form": box(OutageForm, "begins"), "command": argument(typed.MOMENT)}),
    "prose": (TEXTS, {
        "form": box(RequestForm, "reason"),
        "api": member(SiteItem, "note", {"slug": "x", "finding": "conform"}),
    }),
    "line": (LINES, {
        "form": box(UseForm, "place"),
        "import": imported("source", "source"),
    }),
    "printed line": (PRINTED_LINES, {
        "activity page": activity_page("name"),
        "workbook": cells(Column("name", "排放源", ""), reading.name),
    }),
    "credit code": (CREDIT_CODES, {
        "sign-up and command": undone(organisation),
        "case, by page and API": one(lambda text: _party("producer", {"uscc": text})["uscc"]),
    }),
    "mail address": ([pair for pair in MAIL if pair[0]], {
        "command": undone(account),
        "invitation": undone(invitation),
    }),
    "unit": (UNITS, {
        "activity page": activity_page("unit"),
        "workbook": cells(Column("unit", "单位", ""), reading.unit),
    }),
    "unit of a factor": (FACTOR_UNITS, {
        "activity page": one(ratio),
        "workbook": cells(Column("own_unit", "自有因子的单位", ""), ratio),
    }),
}  # fmt: skip


def fits(door: str, text: str, right: str) -> bool:
    """What the format of a file has no signs for comes by no file; an empty cell of a file is missing."""
    if door == "workbook":
        return fits_a_cell(text)
    return door != "import" or (text.isprintable() or right != "text-has-controls") and right != ""


@pytest.mark.parametrize(
    ("kind", "door"), [(kind, door) for kind, (_table, doors) in DOORS.items() for door in doors]
)
def test_a_spelling_means_the_same_at_every_door(db, app, kind, door):
    table, doors = DOORS[kind]
    sent = [(text, right) for text, right in table if fits(door, text, right)]
    with app.test_request_context("/"):
        read = doors[door]([text for text, _right in sent])
    wrong = [(ascii(text), got, right) for (text, right), got in zip(sent, read, strict=True) if got != right]
    assert wrong == []
