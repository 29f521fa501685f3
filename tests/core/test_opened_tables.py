"""Tables that come as CSV are read by one reader, which says in a sentence what it cannot read, and where."""

import pytest

from core.errors import Invalid
from core.opened import table

COLUMNS = ("day", "name")

# B29
READ = {
    "utf-8": "day,name\n1,元旦\n".encode(),
    "a mark": "day,name\n1,元旦\n".encode("utf-8-sig"),
    "gbk": "day,name\r\n1,元旦\r\n".encode("gbk"),
    "other order, more columns": "x,name, day \n,元旦,1\n".encode(),
    "empty lines": "day,name\n\n,\n1,元旦\n\n".encode(),
    "a tail of commas": "day,name\n1,元旦,,,\n".encode(),
    "quoted": 'day,name\n"1","元旦"\n'.encode(),
    "old line ends": "day,name\r1,元旦\r".encode(),
}

REFUSED = {
    "nothing": (b"", "table-columns-missing", {"columns": ["day", "name"]}),
    "no name": (b"day\n1\n", "table-columns-missing", {"columns": ["name"]}),
    "a picture": (b"\x89PNG\r\n\xff\xff", "table-unreadable", {}),
    "utf-16": ("day,name\n1,元旦\n".encode("utf-16"), "table-unreadable", {}),
    "a hidden end": (b"day,name\n1,a\n2,b\x00\n", "table-line-unreadable", {"line": 3}),
    "an open quote": (b'day,name\n1,"a\n', "table-line-unreadable", {"line": 2}),
    "a long cell": (b"day,name\n1," + b"a" * 30_000, "table-line-unreadable", {"line": 2}),
    "an endless cell": (b"day,name\n1," + b"a" * 200_000, "table-line-unreadable", {"line": 2}),
    "more cells than columns": (b"day,name\n1,a\n2,b,c\n", "table-line-too-wide", {"line": 3}),
    "a million lines": (b"day,name\n" + b"1,a\n" * 600_000, "table-too-long", {"most": 500_000}),
    "too many bytes": (b"day,name\n" + b" " * (65 << 20), "table-too-large", {"most": 64}),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_a_table_is_read_as_people_save_it(content):
    found = [(row["day"], row["name"]) for _, row in table.rows(table.opened(content), COLUMNS)]
    assert found == [("1", "元旦")]


@pytest.mark.parametrize(("content", "slug", "detail"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_its_line(content, slug, detail):
    with pytest.raises(Invalid) as no:
        list(table.rows(table.opened(content), COLUMNS))
    assert (no.value.slug, no.value.detail) == (slug, detail)


def test_a_row_keeps_the_number_of_its_line():
    lines = table.opened(b'day,name\n\n1,"a\nb"\n2,c\n')
    assert [line for line, _ in table.rows(lines, COLUMNS)] == [4, 5]


# Every command that takes a table.
COMMANDS = [
    ("calendar", "import", "FILE", "--yes"),
    ("carbon", "import-factors", "FILE"),
    ("catalog", "import-devices", "FILE"),
    ("procurement", "import-codes", "FILE", "--edition", "2022"),
    ("procurement", "import-crosswalk", "FILE"),
    ("procurement", "load-policy", "FILE"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_table_ends_a_command_in_a_traceback(command, tmp_path, words):
    file = tmp_path / "table.csv"
    for content, slug, _ in REFUSED.values():
        if slug in ("table-too-long", "table-too-large"):
            continue
        file.write_bytes(content)
        said = command(*(str(file) if word == "FILE" else word for word in words), fails=True)
        assert said.startswith("Error: "), (words, slug)


def test_a_calendar_saved_by_chinese_excel_is_taken(command, tmp_path):
    file = tmp_path / "calendar.csv"
    text = "day,kind,name,source,provisional\r\n2027-01-01,holiday,元旦,国办发明电〔2026〕1号,no\r\n"
    file.write_bytes(text.encode("gbk"))
    assert "version 1" in command("calendar", "import", str(file), "--yes")
