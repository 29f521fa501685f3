"""Blank forms for the kinds of file of a scheme: sheets that the house draws, with the head of the case."""

import io
import re
from collections.abc import Iterator

from carbon import records
from certification.application.models import Application
from certification.application.queries.submissions import called
from certification.workflow.correction import PARTIES
from core.i18n import _, language
from core.tables.book import Book
from schemes.called import called as named
from schemes.document import DocumentKind

YEAR, LINES = 12, 40  # months where the period is not known, and empty lines of a list
WIDE, NARROW = 60, 16
UNNAMED = re.compile(r"[\[\]:*?/\\]")  # what no sheet of a workbook may be called


def blank(case: Application, kind: DocumentKind) -> bytes:
    """The sheet of this kind as a workbook, in the language of whoever asks for it."""
    file, title, columns = io.BytesIO(), named(kind.names), [named(each) for each in kind.columns]
    book = Book(file)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(UNNAMED.sub(" ", title)[:31].strip("'"))
    sheet.set_column(0, max(1, len(columns) - 1), NARROW if columns else WIDE, text)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, _("本平台自己的空白表，不是官方格式；认证机构另有格式的，以它的为准。"))
    lines = [*_head(case), *(() if columns else _told(case))]
    for at, (name, value) in enumerate(lines, start=3):
        sheet.write_string(at, 0, name, bold)
        sheet.write_string(at, 1, value, text)
    below = 4 + len(lines)
    for place, column in enumerate(columns):
        sheet.write_string(below, place, column, bold)
    for at, first in enumerate(_first(case, kind), start=below + 1):
        sheet.write_string(at, 0, first, text)
    book.set_properties({"title": f"{title} {case.number}"})
    book.close()
    return file.getvalue()


def _head(case: Application) -> Iterator[tuple[str, str]]:
    scheme, stored = case.scheme, case.inventory
    yield _("案卷号"), case.number
    yield _("认证委托人"), case.applicant.name
    yield called("product_name"), case.product_name
    yield _("认证规则"), scheme.name_en if language() == "en" else scheme.name
    period = [day.isoformat() if day else "" for day in (stored.period_from, stored.period_to)]
    yield _("统计期"), " – ".join(period) if all(period) else ""


def _told(case: Application) -> Iterator[tuple[str, str]]:
    """What an application says, and what a hand writes beneath it."""
    for party, names in PARTIES.items():
        yield from ((called(f"{party}.{name}"), getattr(case, party).get(name, "")) for name in names)
    yield called("trademark"), case.trademark
    yield called("models"), _("、").join(model.code for model in case.models)
    yield from (
        (name, "") for name in (_("联系人"), _("电话"), _("法定代表人或授权人签字"), _("盖章"), _("日期"))
    )


def _first(case: Application, kind: DocumentKind) -> list[str]:
    """The first cell of every line: a month of the period, or a number."""
    if kind.sheet == "monthly":
        months = records.months_of(case.inventory.period_from, case.inventory.period_to)
        return months or [""] * YEAR
    return [f"{number}" for number in range(1, LINES + 1)] if kind.columns else []
