"""What officers take away opens in Excel as it stands, is whole, and runs nothing."""

import csv
import hashlib
import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from urllib.parse import unquote

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from core import tables
from core.clock import today
from core.opened import table
from core.readers import texts

pytestmark = pytest.mark.engines("order")

WICKED = '=cmd|" /C calc"!A1'


@pytest.fixture
def published(issue, publish, db):
    entry = issue(models=("0012", "A-1", "-3"), product_name=WICKED, maker_name="+示例厂")
    publish()
    return entry


def xlsx(answer) -> tuple[list[list], dict]:
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    about = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows()}
    return rows, about


def test_codes_keep_their_zeros_and_formulas_stay_text_in_excel(client, published):
    answer = client.get("/procurement/lists/2026-1.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    model, product = head.index("规格型号"), head.index("产品名称")
    assert [row[model].value for row in sheet.iter_rows(min_row=2)] == ["-3", "0012", "A-1"]
    assert {row[model].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}
    assert {row[model].number_format for row in sheet.iter_rows(min_row=2)} == {"@"}
    cell = sheet.cell(2, product + 1)
    assert (cell.value, cell.data_type) == (WICKED, "s")
    carbon = sheet.cell(2, head.index("碳足迹") + 1)
    assert (carbon.value, carbon.data_type) == (8.45, "n")


def test_a_file_says_what_it_is_and_how_many_rows_it_must_have(client, published):
    answer = client.get("/procurement/lists/2026-1.xlsx?q=0012&on=2026-10-25")
    rows, about = xlsx(answer)
    assert len(rows) == 2
    assert answer.headers["X-Total-Count"] == "1"
    assert "共1行" in unquote(answer.headers["Content-Disposition"])
    assert about["行数"] == "本文件 1 行，全期 3 行"
    assert about["期号"] == "2026-1"
    assert len(about["内容摘要 SHA-256"]) == 64
    assert "不作为采购依据" in about["演示数据"]


def test_the_status_column_follows_the_day(client, published, act, db):
    act(published, "withdraw", reason="弄虚作假")
    db.session.commit()
    now, _ = xlsx(client.get("/procurement/lists/2026-1.xlsx"))
    assert now[0][-9] == f"{today()} 的状态"
    assert now[1][-9:-6] == ["已撤销", datetime.combine(today(), time()), "弄虚作假"]
    then, _ = xlsx(client.get(f"/procurement/lists/2026-1.xlsx?on={today() - timedelta(days=1)}"))
    assert then[1][-9:-6] == ["有效", None, None]


def test_the_csv_begins_with_a_mark_and_quotes_what_would_run(client, published):
    answer = client.get("/procurement/lists/2026-1.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["规格型号"] for row in rows] == ["'-3", "0012\t", "A-1"]
    assert {row["产品名称"] for row in rows} == {f"'{WICKED}"}
    assert {row["生产者"] for row in rows} == {"'+示例厂"}
    assert {row["碳足迹"] for row in rows} == {"8.45"}
    assert {row["品目目录版本"] for row in rows} == {"2022"}
    assert answer.headers["X-Total-Count"] == "3"


def test_the_workbook_has_days_that_are_days_filters_and_a_page_set_up_to_print(client, published):
    answer = client.get("/procurement/lists/2026-1.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    head = [cell.value for cell in sheet[1]]
    ends = sheet.cell(2, head.index("证书有效期至") + 1)
    assert (ends.is_date, ends.number_format) == (True, "yyyy-mm-dd")
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(head))}4"
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$1", "A2")
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


# ask 29
def test_a_long_edition_is_exported_whole(client, issue, publish, db):
    for place in range(120):
        issue(models=(f"M-{place:03}",))
    publish()
    rows, _ = xlsx(client.get("/procurement/lists/2026-1.xlsx"))
    assert len(rows) == 121
    assert client.get("/procurement/lists/2026-1.csv").data.count(b"\r\n") == 121


def test_the_published_file_has_the_published_digest(client, published, db):
    answer = client.get("/procurement/lists/2026-1.json")
    digest = client.get("/api/v1/lists/2026-1").json["digest"]
    assert hashlib.sha256(answer.data).hexdigest() == digest


@pytest.mark.parametrize("kind", ["pdf", "exe"])
def test_no_other_kind_of_file_is_made(client, published, kind):
    assert client.get(f"/procurement/lists/2026-1.{kind}").status_code == 404


# The writers themselves


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\n=1+1", "'\n=1+1"),
        ("\nx", "'\nx"),
        (" =1+1", "' =1+1"),
        ("\u3000＝1+1", "'\u3000＝1+1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("x=1", "x=1"),
        ("甲－乙", "甲－乙"),
        ("913200000000000123", "913200000000000123\t"),
        ("91000000000000123L", "91000000000000123L"),
        ("123456789012", "123456789012\t"),
        ("007", "007\t"),
        ("12E5", "12E5\t"),
        ("12e-5", "12e-5\t"),
        ("3-4", "3-4\t"),
        ("1/2", "1/2\t"),
        ("1-2-2026", "1-2-2026\t"),
        ("2026-1", "2026-1\t"),
        ("2026-01-02", "2026-01-02"),
        ("12.50", "12.50"),
        ("0", "0"),
        ("0.50", "0.50"),
        ("12345678901", "12345678901"),
        ("YT-6015", "YT-6015"),
        ("", ""),
        (None, ""),
        (Decimal("-1.50"), Decimal("-1.50")),
        (-1, -1),
    ],
)
def test_what_a_spreadsheet_would_run_or_change_is_marked(cell, written):
    assert tables.harmless(cell) == written


def test_a_cell_with_comma_quote_and_line_break_comes_back_as_it_was():
    cell = 'a,"b"\nc'
    rows = list(csv.reader(io.StringIO(tables.to_csv(["h"], [[cell]]).decode("utf-8-sig"), newline="")))
    assert rows == [["h"], [cell]]


@pytest.mark.parametrize("code", ["913200000000000123", "007", "12E5", "3-4"])
def test_a_code_comes_back_through_our_own_reader_of_tables_as_it_was(code):
    file = io.BytesIO()
    tables.write(file, "csv", {"a": "a", "b": "b"}, [{"a": code, "b": Decimal("1.5")}])
    assert file.getvalue() == tables.to_csv(["a", "b"], [[code, Decimal("1.5")]])
    assert file.getvalue().decode("utf-8-sig").splitlines()[1] == f'"{code}\t",1.5'
    [(_line, row)] = table.rows(table.opened(file.getvalue()), {"a", "b"})
    assert {name: texts.line(cell) for name, cell in row.items()} == {"a": code, "b": "1.5"}


def test_numbers_are_numbers_and_days_are_text():
    body = tables.to_xlsx(["a", "b", "c", "d"], [[Decimal("1.25"), date(2026, 1, 2), None, "007"]])
    row = next(openpyxl.load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(min_row=2))
    assert [cell.value for cell in row] == [1.25, "2026-01-02", None, "007"]
