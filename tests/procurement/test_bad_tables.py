"""What must not be taken in silence: one table of cases, each through every door it can come by."""

import io
import zipfile
from dataclasses import dataclass
from datetime import timedelta

import pytest
import xlsxwriter
from openpyxl import load_workbook
from sqlalchemy import func, select

from core.clock import today
from core.words import explain
from procurement.bids.models import BidCheck
from procurement.purchases.models import Purchase
from procurement.shortlists.models import Shortlist, ShortlistLine
from tests import factories
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Door:
    """Where a table comes in: `first` is the heading of its first column, in which every sign counts."""

    path: str
    asks: dict[str, str]  # what the form says beside; `on` is filled in
    heads: tuple[str, ...]
    row: tuple[object, ...]

    @property
    def said(self) -> dict[str, str]:
        return self.asks | ({"on": today().isoformat()} if "on" in self.asks else {})

    @property
    def first(self) -> str:
        return self.heads[0]


CHECKS = Door(
    "/procurement/checks/",
    {"title": "包", "on": ""},
    ("证书编号", "企业名称", "型号"),
    ("LCP-32-01-2026-00001", "某厂", "YT-6015"),
)
TENDER = Door(
    "/procurement/tender/",
    {"on": "", "do": "look"},
    ("品目编码", "名称", "数量"),
    ("A07010327", "瓷质砖", "3"),
)
PURCHASES = Door(
    "/procurement/purchases/import",
    {},
    ("合同或订单编号", "采购日期", "采购单位", "产品名称", "金额（元）", "型号"),
    ("HT-1", "2026-05-01", "一处", "砖", "5", "YT-6015"),
)
FILES = {"checks": CHECKS, "tender": TENDER, "purchases": PURCHASES}


@pytest.fixture
def officer(client, sign_in, db):
    user = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    return sign_in(client, user)


@pytest.fixture
def nothing_kept(db):
    yield
    for kind in (BidCheck, Purchase, ShortlistLine):
        assert db.session.scalar(select(func.count()).select_from(kind)) == 0


def book(door: Door, change=None, heads=None, rows=2) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        sheet = made.add_worksheet("表")
        sheet.write_row(0, 0, door.heads if heads is None else heads)
        for place in range(rows):
            sheet.write_row(place + 1, 0, door.row)
        if change:
            change(made, sheet)
    return file.getvalue()


def packed(content: bytes, name: str, part: bytes) -> bytes:
    """The same package with one more part, or that part instead."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return file.getvalue()


def sent(officer, door: Door, content: bytes, name: str):
    answer = officer.post(f"{door.path}?lang=zh", data=door.said | {"file": (io.BytesIO(content), name)})
    assert faults(answer.text) == []
    return answer


# A cell that means something else than it shows


def formula(_made, sheet):
    sheet.write_formula("A2", "=B2", None, "")


def error(_made, sheet):
    sheet.write_formula("A2", "=1/0", None, "#DIV/0!")


def merged(_made, sheet):
    sheet.merge_range("A2:A3", "X-1")


def of_1900(made, sheet):
    sheet.write_number("A2", 1, made.add_format({"num_format": "yyyy-mm-dd"}))


def share(made, sheet):
    sheet.write_number("A2", 0.5, made.add_format({"num_format": "0%"}))


def long_number(_made, sheet):
    sheet.write_number("A2", 913201010000000000)


def long_text(_made, sheet):
    sheet.write_string("A2", "X" * 201)


@pytest.mark.parametrize("where", FILES)
@pytest.mark.parametrize(
    ("change", "cell", "why"),
    [
        (formula, "A2", "单元格里是公式"),
        (error, "A2", "cell-is-error"),
        (merged, "A3", "合并单元格"),
        (of_1900, "A2", "当作日期"),
        (share, "A2", "显示的与存着的不一样"),
        (long_number, "A2", "显示的与存着的不一样"),
        (long_text, "A2", "超过 200 字"),
    ],
)
def test_a_cell_that_shows_otherwise_is_named_and_nothing_is_taken(
    officer, nothing_kept, where, change, cell, why
):
    door = FILES[where]
    answer = sent(officer, door, book(door, change), "表.xlsx")
    assert (answer.status_code, f'<th scope="row">{cell}</th>' in answer.text) == (422, True)
    assert explain(why) in answer.text
    assert door.first in answer.text


# A file that is none of ours


def entity(door: Door) -> bytes:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>'
    return packed(book(door), "xl/worksheets/sheet1.xml", evil)


def bomb(door: Door) -> bytes:
    return packed(book(door), "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * (61 * 1024 * 1024))


NO_TABLE = {
    "of another kind": (lambda _door: b"x", "表.doc", "只收 XLSX 和 CSV"),
    "damaged": (lambda _door: b"PK\x03\x04", "表.xlsx", "只收 XLSX 和 CSV"),
    "with macros by its name": (book, "表.xlsm", "宏"),
    "with macros inside": (lambda door: packed(book(door), "xl/vbaProject.bin", b"x"), "表.xlsx", "宏"),
    "that links elsewhere": (
        lambda door: packed(book(door), "xl/externalLinks/externalLink1.xml", b"<x/>"), "表.xlsx", "链接",
    ),
    "that declares entities": (entity, "表.xlsx", "表格读不出来"),
    "that unpacks to much": (bomb, "表.xlsx", "展开后超过|太复杂"),
    "of 200 columns": (
        lambda door: book(door, heads=[*door.heads, *(f"别的 {place}" for place in range(194))]),
        "表.xlsx", "60 列",
    ),
    "of another sheet": (lambda door: book(door, heads=["甲", "乙"], rows=0), "表.xlsx", "没有找到标题行"),
    "with a column twice": (
        lambda door: book(door, heads=[*door.heads, door.heads[0]]), "表.xlsx", "出现了两次",
    ),
    "of too many lines": (
        lambda door: "\n".join([door.first, *["X"] * 5001]).encode(), "表.csv", "5000 行",
    ),
    "with nothing in it": (lambda door: f"{door.first}\n".encode(), "表.csv", "没有要核对的行"),
}  # fmt: skip


@pytest.mark.parametrize("where", FILES)
@pytest.mark.parametrize("case", NO_TABLE)
def test_a_file_that_is_none_of_ours_is_refused_with_the_reason(officer, nothing_kept, where, case):
    make, name, why = NO_TABLE[case]
    answer = sent(officer, FILES[where], make(FILES[where]), name)
    assert (answer.status_code, any(each in answer.text for each in why.split("|"))) == (422, True), (
        answer.text
    )


def test_the_sheet_that_has_our_columns_is_read_among_others(officer, db):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        made.add_worksheet("封面").write("A1", "投标文件")
        sheet = made.add_worksheet("报价")
        sheet.write_row(0, 0, CHECKS.heads)
        sheet.write_row(1, 0, CHECKS.row)
    answer = officer.post(CHECKS.path, data=CHECKS.said | {"file": (io.BytesIO(file.getvalue()), "x.xlsx")})
    assert answer.status_code == 303
    assert db.session.scalars(select(BidCheck)).one().lines == 1


# What is typed or pasted


LONG = "X" * 201


def test_a_pasted_line_that_cannot_be_read_is_named_at_its_cell_by_every_page(officer, db):
    begun = officer.post(
        "/procurement/shortlists/", data={"title": "包", "query": "砖", "on": today().isoformat()}
    )
    [of] = db.session.scalars(select(Shortlist))
    assert begun.status_code == 303
    doors = {
        CHECKS.path: CHECKS.said,
        TENDER.path: TENDER.said,
        f"/procurement/shortlists/{of.id}/lines": {"version": str(of.version)},
    }
    for path, said in doors.items():
        answer = officer.post(f"{path}?lang=zh", data=said | {"pasted": f"X-1\n{LONG}"})
        assert (answer.status_code, faults(answer.text)) == (422, []), path
        assert '<th scope="row">A2</th>' in answer.text, path
        assert "超过 200 字" in answer.text, path
        answer = officer.post(f"{path}?lang=zh", data=said | {"pasted": " \n "})
        assert (answer.status_code, "没有要核对的行" in answer.text) == (422, True), path
    assert not of.lines
    assert db.session.scalar(select(func.count(BidCheck.id))) == 0


# What programs hand in


@pytest.fixture
def calls(client, program, officer, db):
    """calls(change): each call that takes lines, sent with a change of its line or of itself."""
    headers = program()
    line, day = {"model": "YT-6015"}, today().isoformat()
    bought = {"bought_on": day, "unit": "一处", "reference": "HT-1", "product": "砖", "spend": "5"}
    ways = {
        "/api/v1/checks": {"title": "包", "on": day, "items": [line]},
        "/api/v1/verifications": {"on": day, "items": [line | {"number": "X-1"}]},
        "/api/v1/tenders/preview": {"on": day, "items": [{"name": "砖"}]},
        "/api/v1/purchases": {"items": [bought]},
    }

    def send(change: dict, of_line: dict):
        for path, body in ways.items():
            [item] = body["items"]
            yield path, client.post(path, json=body | {"items": [item | of_line]} | change, headers=headers)

    return send


@pytest.mark.parametrize(
    ("change", "of_line", "pointer"),
    [
        ({"stauts": "valid"}, {}, "/stauts"),
        ({}, {"stauts": "valid"}, "/items/0/stauts"),
        ({"items": []}, {}, "/items"),
        ({"items": "=1+1"}, {}, "/items"),
        ({"items": [["X"]]}, {}, "/items/0"),
    ],
)
def test_what_a_program_misspells_is_refused_at_its_member(calls, nothing_kept, change, of_line, pointer):
    for path, answer in calls(change, of_line):
        assert (answer.status_code, list(answer.json["fields"])) == (422, [pointer]), (path, answer.text)


@pytest.mark.parametrize(
    "path", ["checks", "purchases", "shortlists", "lists", "purchases/shares", "lists/2026-1/lines"]
)
def test_a_program_that_asks_by_an_unknown_name_is_told_so(client, program, path):
    answer = client.get(f"/api/v1/{path}?stauts=valid", headers=program())
    assert (answer.status_code, "stauts" in answer.text) in {(422, True), (403, False), (404, False)}


@pytest.mark.parametrize("path", ["checks/", "purchases/", "shortlists/", "tender/", "verdict", "lists/"])
def test_a_page_that_is_asked_by_an_unknown_name_says_so(officer, path):
    assert officer.get(f"/procurement/{path}").status_code == 200
    answer = officer.get(f"/procurement/{path}?stauts=valid&lang=zh")
    assert (answer.status_code, "stauts" in answer.text) == (422, True)


# What is taken, and told


def test_wide_signs_twins_and_a_day_to_come_are_told_by_page_and_program(
    issued, law, officer, client, program
):
    law("category")
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in issued.number)
    day = (today() + DAY).isoformat()
    text = f"{wide},,,YT-6015\n{wide},,,YT-6015"
    made = officer.post(CHECKS.path, data={"title": "包", "on": day, "pasted": text})
    page = officer.get(f"{made.location}?lang=zh").text
    for told in ("全角字符", "重复", "尚不可知"):
        assert told in page
    body = {"title": "包", "on": day, "items": [{"number": wide, "model": "YT-6015"}] * 2}
    answer = client.post("/api/v1/checks", json=body, headers=program()).json
    assert answer["counts"]["not-yet-known"] == 2
    lines = officer.get(made.location + ".json").json["lines"]
    assert [(line["overall"], line["notes"]) for line in lines] == [("not-yet-known", ["full-width"])] * 2
    assert [line.get("same_as_row") for line in lines] == [None, 1]


def test_a_purchase_of_an_absurd_day_or_written_twice_is_refused_by_every_door(officer, client, program, db):
    said = dict(
        zip(("reference", "bought_on", "unit", "product", "spend", "model"), PURCHASES.row, strict=True)
    )
    later = (today() + DAY).isoformat()
    for change, why in (
        ({"bought_on": later}, "purchase-day-to-come"),
        ({"bought_on": "2002-12-31"}, "purchase-day-too-early"),
        ({"bought_on": "1900-01-01"}, "purchase-day-too-early"),
        ({}, "purchase-recorded-already"),
    ):
        twice = [said, said | change] if not change else [said | change]
        answer = client.post("/api/v1/purchases", json={"items": twice}, headers=program())
        assert (answer.status_code, why in answer.text) == (422, True)
        rows = [",".join(PURCHASES.heads)] + [
            ",".join(str(each[name]) for name in said) for each in twice
        ]  # fmt: skip
        answer = sent(officer, PURCHASES, "\n".join(rows).encode(), "表.csv")
        cell = "B2" if change else "A3"
        assert (answer.status_code, f'<th scope="row">{cell}</th>' in answer.text) == (422, True)
    assert db.session.scalar(select(func.count(Purchase.id))) == 0


RUNS = ["=1+1", "\n=1+1", "＝1+1", "+1", "－1", "@x", "\t=1+1", "\u200b=1+1"]


def test_no_text_of_a_file_comes_back_as_a_formula(officer, client, program, db):
    body = {
        "title": "包",
        "on": today().isoformat(),
        "items": [{"model": text, "number": "X"} for text in RUNS],
    }
    made = client.post("/api/v1/checks", json=body, headers=program()).json
    file = officer.get(f"/procurement/checks/{made['address'].rpartition('/')[2]}.xlsx")
    bought = {"bought_on": today().isoformat(), "unit": "一处", "product": "砖", "spend": "5"}
    items = [bought | {"reference": f"HT-{place}", "model": text} for place, text in enumerate(RUNS)]
    for text in RUNS[:1]:
        items.append(bought | {"reference": text, "product": text})
    client.post("/api/v1/purchases", json={"items": items}, headers=program())
    own = officer.get("/procurement/purchases/purchases.xlsx")
    goods = "\n".join(f"{text.strip()},1" for text in RUNS)
    tender = officer.post(TENDER.path, data=TENDER.said | {"do": "xlsx", "pasted": f"名称,数量\n{goods}"})
    for answer in (file, own, tender):
        assert answer.status_code == 200
        for sheet in load_workbook(io.BytesIO(answer.data)).worksheets:
            assert [
                cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
            ] == []
