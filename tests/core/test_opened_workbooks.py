"""A workbook is opened within bounds of its own, far below those of the child that opens it."""

import io
import zipfile

import pytest

from core import bounded
from core.errors import Invalid
from core.opened import workbook
from tests.core import hostile

# What each of them is told; the seconds of processor are those that the system counted for the child.
HOSTILE = {
    hostile.strings: "file-too-full",
    hostile.cells: "file-too-full",
    hostile.rows: "file-too-full",
    hostile.merged: "file-too-full",
    hostile.styles: "file-too-full",
    hostile.deep: "file-too-full",
    hostile.wide_as_a_tag: "sheet-unreadable",
    hostile.blank: "file-unpacks-too-large",
    hostile.entities: "file-declares-type",
    hostile.outside: "sheet-unreadable",
    hostile.members: "file-too-many-parts",
    hostile.truncated: "sheet-not-xlsx",
    hostile.damaged: "sheet-unreadable",
}


@pytest.mark.parametrize(
    ("make", "slug"), HOSTILE.items(), ids=lambda given: getattr(given, "__name__", given)
)
def test_a_hostile_workbook_is_refused_within_two_seconds_of_the_child(make, slug):
    content = make()
    assert len(content) < 6 * 1024 * 1024
    with pytest.raises(Invalid) as no:
        bounded.run(workbook.grid, content, [], 2000, 40, cpu_s=2)
    assert no.value.slug == slug


def test_the_full_form_is_read_within_the_bounds():
    def fill(book, sheet):
        for row in range(2000):
            sheet.write_row(row, 0, [f"{row}-{column}" if column % 2 else row / 7 for column in range(14)])

    opened = bounded.run(workbook.grid, hostile.workbook(fill), [], 2020, 40, cpu_s=2)
    assert len(opened["rows"]) == 2000
    assert opened["rows"][1999][1][1] == [2, "text", "1999-1", "1999-1"]


# Workbooks as other programs write them

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def package(sheet: str, target: str = "worksheets/sheet1.xml", space: str = MAIN, **parts: str) -> bytes:
    """The fewest parts of a workbook: its sheet as `<row>` elements, or as a whole part."""
    out = io.BytesIO()
    whole = sheet if "sheetData" in sheet else f"<sheetData>{sheet}</sheetData>"
    more = "".join(f'<Relationship Id="m{name}" Type="{DOC}/{name}" Target="{name}.xml"/>' for name in parts)
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{DOC}/officeDocument" '
        'Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{DOC}"><sheets>'
        '<sheet name=" 活动  数据" sheetId="7" r:id="s"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{more}<Relationship Id="s" '
        f'Type="{DOC}/worksheet" Target="{target}"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}">{whole}</worksheet>',
        **{f"xl/{name}.xml": text for name, text in parts.items()},
    }
    with zipfile.ZipFile(out, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    return out.getvalue()


INLINE = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
SHARED = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>'
PREFIXED = (
    f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="str"><x:v>甲</x:v></x:c></x:row>'
    "</x:sheetData></x:worksheet>"
)
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="31"/></cellXfs></styleSheet>'
)

DIALECTS = {
    "texts in their cells": (package(INLINE), ["text", "甲", "甲"]),
    "an absolute way to the sheet": (package(INLINE, "/xl/worksheets/sheet1.xml"), ["text", "甲", "甲"]),
    "the strict names": (package(INLINE, space=STRICT), ["text", "甲", "甲"]),
    "cells without their names": (package("<row><c t='str'><v>甲</v></c></row>"), ["text", "甲", "甲"]),
    "shared texts in runs, with their readings": (
        package(SHARED, sharedStrings="<sst><si><t>x</t></si><si><r><t>甲</t></r>"
        "<r><t xml:space='preserve'> 乙</t></r><rPh sb='0' eb='1'><t>jia</t></rPh></si></sst>"),
        ["text", "甲 乙", "甲 乙"],
    ),
    "a format of one's own": (
        package("<row><c r='A1' s='1'><v>7</v></c></row>", styles=STYLES), ["number", "7", "007"],
    ),
    "a day by number alone": (
        package("<row><c r='A1' s='2'><v>45658</v></c></row>", styles=STYLES),
        ["date", "2025-01-01", "2025-01-01"],
    ),
    "a day in letters": (
        package("<row><c r='A1' t='d'><v>2025-01-01T00:00:00</v></c></row>"),
        ["date", "2025-01-01", "2025-01-01"],
    ),
    "a formula with its value": (
        package("<row><c r='A1'><f>1+1</f><v>2</v></c></row>"), ["number", "2", "2", "computed"],
    ),
    "an error": (package("<row><c r='A1' t='e'><v>#N/A</v></c></row>"), ["error", "#N/A", "#N/A"]),
    "a truth": (package("<row><c r='A1' t='b'><v>1</v></c></row>"), ["boolean", "TRUE", "TRUE"]),
}  # fmt: skip


@pytest.mark.parametrize(("content", "cell"), DIALECTS.values(), ids=DIALECTS)
def test_a_workbook_is_read_in_every_dialect(content, cell):
    opened = workbook.grid(content, ["活动 数据"], 10, 10)
    assert opened["rows"] == [[1, [[1, *cell]]]]


def test_a_prefix_changes_nothing():
    content = hostile.with_part(package(INLINE), "xl/worksheets/sheet1.xml", [PREFIXED.encode()])
    assert workbook.grid(content, [], 10, 10)["rows"] == [[1, [[1, "text", "甲", "甲"]]]]


BROKEN = {
    "a text that is not there": package(SHARED),
    "a cell that cannot be": package("<row><c r='A0' t='str'><v>x</v></c></row>"),
    "a sheet that is not there": package(INLINE, "worksheets/sheet9.xml"),
    "a sheet outside": package(INLINE, "../../../etc/passwd"),
    "no XML": hostile.with_part(package(INLINE), "xl/workbook.xml", [b"\x00\x01"]),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_workbook_whose_parts_do_not_fit_is_refused(content):
    with pytest.raises(Invalid) as no:
        workbook.grid(content, [], 10, 10)
    assert no.value.slug == "sheet-unreadable"


def test_what_lies_beyond_the_rows_and_columns_asked_for_is_left_out():
    right, below = (f"<c r='{name}' t='str'><v>x</v></c>" for name in ("C1", "A9"))
    content = package(f"<row r='1'>{right}</row><row r='9'>{below}</row>")
    assert workbook.grid(content, [], 8, 2)["rows"] == []
