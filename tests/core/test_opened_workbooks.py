"""A workbook is opened within bounds of its own, far below those of the child that opens it."""

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


# issue 7, kind 2
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
