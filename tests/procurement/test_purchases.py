"""What was bought, with the verdict of its day, and how much of it was low in carbon."""

import io
from datetime import timedelta
from decimal import Decimal

import orjson
import pytest
import xlsxwriter
from openpyxl import load_workbook
from sqlalchemy import func, select

from core import audit, clock
from core.clock import today
from core.words import explain, sentence, word
from procurement.purchases import queries
from procurement.purchases.counting import LEFT_OUT
from procurement.purchases.models import Purchase
from tests import factories
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

PAGES, API = "/procurement/purchases/", "/api/v1/purchases"
HEAD = [
    "采购日期",
    "采购单位",
    "合同或订单编号",
    "品目编码",
    "产品名称",
    "证书编号",
    "型号",
    "企业名称",
    "金额（元）",
]


@pytest.fixture
def house(db):
    return factories.organisation("purchasing_unit")


@pytest.fixture
def officer(client, sign_in, house, db):
    user = factories.user(house, "procurement_officer")
    db.session.commit()
    return sign_in(client, user)


def said(issued=None, **more) -> dict[str, str]:
    own = {"number": issued.number, "model": "YT-6015"} if issued else {}
    return {
        "bought_on": today().isoformat(),
        "unit": "第一处",
        "reference": "HT-1",
        "product": "抛釉砖",
        "spend": "1200.50",
    } | own | more  # fmt: skip


@pytest.fixture
def record(officer, db):
    """record(issued, ...): the purchase that the page made of this."""

    def post(issued=None, **more) -> Purchase:
        answer = officer.post(PAGES, data=said(issued, **more))
        assert answer.status_code == 303, answer.text
        return db.session.get(Purchase, int(answer.location.rpartition("/")[2]))

    return post


def page(client, path: str = PAGES, **query) -> str:
    answer = client.get(path, query_string={"lang": "zh", **query})
    assert (answer.status_code, faults(answer.text)) == (200, [])
    assert faults(client.get(path, query_string={"lang": "en", **query}).text) == []
    return answer.text


def test_a_purchase_keeps_the_verdict_of_its_day_with_the_version_of_the_data(issued, law, record, officer):
    law("category")
    made = record(issued)
    assert (made.overall, made.left_out, made.spend) == ("buyable", "", Decimal("1200.50"))
    told = page(officer, f"{PAGES}{made.id}")
    for text in ("可以采购", issued.number, "数据版本", "HT-1"):
        assert text in told
    kept = made.answer
    with clock.travel(clock.now() + timedelta(days=2000)):  # long after the certificate
        assert "可以采购" in page(officer, f"{PAGES}{made.id}")
    assert made.answer == kept


@pytest.mark.parametrize(
    ("mode", "more", "overall", "why"),
    [
        ("category", {}, "buyable", ""),
        ("category", {"model": "YT-6O15"}, "not-buyable", "not-buyable"),
        ("category", {"maker": "另一家企业"}, "not-buyable", "not-buyable"),
        ("category", {"number": "", "model": ""}, "unknown", "no-certificate"),
        ("category", {"number": "LCP-32-01-2026-99999"}, "unknown", "unknown"),
        ("category", {"category": "A05010100"}, "not-required", "part-of-other-goods"),
        ("list", {}, "not-buyable", "not-buyable"),  # certified, and on no list
        ("criteria", {}, "committee", "committee"),
        ("", {}, "not-required", ""),
        ("", {"model": "YT-6O15"}, "not-required", "not-certified"),
        ("", {"maker": "另一家企业"}, "not-required", "not-certified"),
        ("", {"number": "", "model": "", "category": "A05010100"}, "not-required", "no-certificate"),
    ],
)
def test_what_counts_as_low_in_carbon_is_told_by_the_verdict_and_what_does_not_with_the_reason(
    issued, law, record, officer, mode, more, overall, why
):
    if mode:
        law(mode)
    made = record(issued, **more)
    assert (made.overall, made.left_out, made.counts) == (overall, why, not why)
    words = {slug: str(word(f"left_out.{slug}")) for slug in LEFT_OUT}
    for told, begins in (
        (page(officer, f"{PAGES}{made.id}"), "不计入低碳产品占比："),
        (page(officer), "不计入："),
    ):
        assert [slug for slug, text in words.items() if begins + text in told] == [why] * bool(why)
    [share] = queries.shares(today().year).values()
    assert (share.spend, share.certified) == (made.spend, made.spend * (not why))
    row = list(load_workbook(io.BytesIO(officer.get(f"{PAGES}purchases.xlsx").data)).worksheets[0].values)[1]
    assert row[11:13] == (("否", words[why]) if why else ("是", None))


def test_shares_are_sums_of_what_was_recorded(issued, law, record, officer, client, program):
    law("category")
    record(issued, spend="300")
    record(issued, spend="100", reference="HT-2", model="YT-6O15", unit="第二处")
    record(issued, spend="600", reference="HT-3", category="A05010100")
    told = page(officer)
    # 300 of 1000, and 300 of 400 where it was required
    for text in ("30%", "75%", "第一处", "第二处", "1\u202f000"):
        assert text in told
    assert "逐月采购金额" in told
    assert "这一年还没有采购记录" in page(officer, year=2020)
    book = load_workbook(io.BytesIO(officer.get(f"{PAGES}purchases.xlsx").data))
    rows = list(book.worksheets[0].values)
    assert [row[8] for row in rows[1:]] == [300, 100, 600]
    assert list(rows[0][:9]) == HEAD


def test_only_the_own_unit_sees_its_purchases_and_the_regulator_sees_the_shares(
    issued, law, record, officer, sign_in, db
):
    law("category")
    made = record(issued)
    stranger = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    regulator = factories.user(factories.organisation("regulator"), "regulator")
    db.session.commit()
    name = made.organisation.name
    sign_in(officer, stranger)
    for answer in (officer.get(f"{PAGES}{made.id}"), officer.post(f"{PAGES}{made.id}", data=said(version=1))):
        assert (answer.status_code, sentence("purchase-not-found") in answer.text) == (404, True)
    assert "抛釉砖" not in page(officer)
    answer = officer.get(f"{PAGES}shares")
    assert (answer.status_code, sentence("not-for-shares") in answer.text) == (403, True)
    sign_in(officer, regulator)
    answer = officer.get(PAGES)
    assert (answer.status_code, sentence("not-a-buyer") in answer.text) == (403, True)
    assert officer.get(f"{PAGES}{made.id}").status_code == 404
    assert officer.post(PAGES, data=said()).status_code == 403
    told = page(officer, f"{PAGES}shares")
    assert (name in told, "100%" in told, "抛釉砖" in told) == (True, True, False)
    book = load_workbook(io.BytesIO(officer.get(f"{PAGES}shares.xlsx").data))
    assert list(book.worksheets[0].values)[1][:3] == (name, 1, 1200.5)


def test_what_was_recorded_wrongly_is_written_anew_and_an_older_page_is_refused(
    issued, law, record, officer, db
):
    law("category")
    made = record(issued, model="YT-6O15")
    version = made.version
    sent = said(issued, version=version, spend="9.99")
    assert officer.post(f"{PAGES}{made.id}", data=sent).status_code == 303
    assert (made.overall, made.spend) == ("buyable", Decimal("9.99"))
    assert officer.post(f"{PAGES}{made.id}", data=sent | {"spend": "1"}).status_code == 409
    assert made.spend == Decimal("9.99")
    entry = db.session.scalars(select(audit.Entry).where(audit.Entry.verb == "purchase.write")).one()
    assert set(orjson.loads(entry.data)["changed"]) == {"model", "spend"}


def test_what_was_never_bought_is_removed_with_its_reason_and_the_record_keeps_what_it_said(
    issued, law, record, officer, db
):
    law("category")
    made = record(issued)
    place, version = f"{PAGES}{made.id}/remove", made.version
    for sent, status, why in (
        ({"version": version, "reason": " "}, 422, "purchase-reason-missing"),
        ({"version": version + 1, "reason": "没有成交"}, 409, "已"),
    ):
        answer = officer.post(f"{place}?lang=zh", data=sent)
        assert (answer.status_code, explain(why) in answer.text, faults(answer.text)) == (status, True, [])
    assert db.session.scalar(select(func.count(Purchase.id))) == 1
    sent = {"version": version, "reason": "没有成交"}
    assert officer.post(place, data=sent).status_code == 303
    assert "已经删去" in page(officer)
    assert db.session.scalar(select(func.count(Purchase.id))) == 0
    entry = db.session.scalars(select(audit.Entry).where(audit.Entry.verb == "purchase.remove")).one()
    kept = orjson.loads(entry.data)
    assert (kept["reason"], kept["number"], kept["spend"], kept["overall"]) == (
        "没有成交", issued.number, "1200.50", "buyable",
    )  # fmt: skip
    assert officer.post(place, data=sent).status_code == 404
    assert db.session.get(Purchase, record(issued).id)  # the same may be recorded anew


def test_another_unit_removes_nothing(record, officer, sign_in, db):
    made = record()
    stranger = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    sign_in(officer, stranger)
    sent = {"version": made.version, "reason": "不是我的"}
    assert officer.post(f"{PAGES}{made.id}/remove", data=sent).status_code == 404
    assert db.session.scalar(select(func.count(Purchase.id))) == 1


def test_no_text_of_a_purchase_runs_in_a_workbook(record, officer):
    texts = {"product": "=1+1", "reference": "@SUM(A1)", "unit": "+1", "maker": "＝1+1", "model": "-2"}
    record(**texts)
    book = load_workbook(io.BytesIO(officer.get(f"{PAGES}purchases.xlsx").data))
    sheet = book.worksheets[0]
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "d"}
    assert [cell.value for cell in sheet[2]][1:3] == ["+1", "@SUM(A1)"]
    for each in book.worksheets:
        assert not [cell for row in each.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"bought_on": ""}, "purchase-bought_on-missing"),
        ({"bought_on": "2026-02-30"}, "日期"),
        ({"bought_on": "2099-01-01"}, "不能晚于今天"),
        ({"bought_on": "2002-12-31"}, "早于 2003-01-01"),
        ({"unit": ""}, "purchase-unit-missing"),
        ({"reference": " "}, "purchase-reference-missing"),
        ({"product": ""}, "purchase-product-missing"),
        ({"spend": ""}, "purchase-spend-missing"),
        ({"spend": "0"}, "purchase-spend-wrong"),
        ({"spend": "-5"}, "purchase-spend-wrong"),
        ({"spend": "1.005"}, "purchase-spend-wrong"),
        ({"spend": "1e30"}, "数"),
        ({"spend": "很多"}, "数"),
    ],
)
def test_a_purchase_that_cannot_be_right_is_refused_beside_its_box(officer, db, more, why):
    answer = officer.post(f"{PAGES}?lang=zh", data=said(**more))
    assert (answer.status_code, explain(why) in answer.text, faults(answer.text)) == (422, True, [])
    assert db.session.scalar(select(func.count(Purchase.id))) == 0


def test_the_same_is_recorded_once(record, officer):
    record()
    again = officer.post(f"{PAGES}?lang=zh", data=said(spend="7"))
    assert (again.status_code, "已经登记过" in again.text) == (422, True)


def upload(client, body: bytes, name: str = "采购.csv"):
    return client.post(f"{PAGES}import?lang=zh", data={"file": (io.BytesIO(body), name)})


def table(*rows: list[str]) -> bytes:
    return "\n".join(",".join(row) for row in ([HEAD, *rows])).encode("gb18030")


def test_a_file_is_recorded_whole_or_not_at_all_and_twice_is_refused(issued, law, officer, db):
    law("category")
    day = f"{today():%Y/%m/%d}"
    rows = [
        [day, "第一处", "HT-1", "", "抛釉砖", issued.number, "YT-6015", "", "１２００.50"],
        [day, "第一处", "HT-2", "", "办公桌", "", "", "", "80"],
    ]
    bad = [
        ["2099-1-1", "", "HT-3", "", "=1+1", "", "", "", "0"],
        ["x", "第一处", "HT-4", "", "灯", "", "", "", "千"],
    ]
    told = upload(officer, table(*rows, *bad))
    assert (told.status_code, faults(told.text)) == (422, [])
    assert [cell for cell in ("A5", "I5") if cell not in told.text] == []
    assert db.session.scalar(select(func.count(Purchase.id))) == 0
    told = upload(officer, table(*rows, bad[0]))
    for cell, why in (
        ("A4", "purchase-day-to-come"),
        ("B4", "purchase-unit-missing"),
        ("I4", "purchase-spend-wrong"),
    ):
        assert cell in told.text
        assert sentence(why) in told.text
    assert sentence("purchase-unreadable", {"count": 3}) in told.text
    assert upload(officer, table(*rows)).status_code == 303
    assert [each.spend for each in db.session.scalars(select(Purchase).order_by(Purchase.id))] == [
        Decimal("1200.50"),
        80,
    ]
    again = upload(officer, table(*rows))
    assert (again.status_code, again.text.count("已经登记过")) == (422, 2)


def test_a_workbook_with_real_days_and_numbers_is_read(officer, db):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet("一")
        sheet.write_row(0, 0, HEAD)
        sheet.write_datetime(1, 0, today(), made.add_format({"num_format": "yyyy-mm-dd"}))
        for place, value in ((1, "第一处"), (2, "HT-1"), (4, "砖"), (8, 12.5)):
            sheet.write(1, place, value)
    assert upload(officer, file.getvalue(), "采购.xlsx").status_code == 303
    made = db.session.scalars(select(Purchase)).one()
    assert (made.bought_on, made.spend) == (today(), Decimal("12.5"))


@pytest.mark.parametrize(
    ("body", "name", "why"),
    [
        (b"x", "采购.xlsx", "只收 XLSX 和 CSV 表格"),
        (b"a,b\n1,2", "采购.csv", "purchase-headings-missing"),
        (b"", "采购.xlsm", "宏"),
        (b"", "", "purchase-file-missing"),
        ("产品名称,金额\n,5\n".encode(), "采购.csv", "purchase-says-nothing"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_with_the_reason(officer, body, name, why):
    answer = upload(officer, body, name)
    assert (answer.status_code, explain(why) in answer.text) == (422, True), answer.text


def test_programs_record_read_and_write_anew(issued, law, client, program, db):
    law("category")
    headers = program()
    answer = client.post(API, json={"items": [said(issued), said(issued, reference="HT-2")]}, headers=headers)
    assert answer.status_code == 201, answer.text
    [one, two] = answer.json["items"]
    assert (one["overall"], one["certified"], one["spend"], one["data_version"] > 0) == (
        "buyable",
        True,
        "1200.50",
        True,
    )
    listed = client.get(API, headers=headers).json
    assert (listed["total"], listed["whole"]["certified"], [each["id"] for each in listed["items"]]) == (
        2,
        "2401.00",
        [two["id"], one["id"]],
    )
    assert client.get(f"{API}/{one['id']}", headers=headers).json == one
    changed = said(issued, spend="1") | {"version": one["version"]}
    assert client.put(f"{API}/{one['id']}", json=changed, headers=headers).json["spend"] == "1"
    assert client.put(f"{API}/{one['id']}", json=changed, headers=headers).status_code == 409
    answer = client.get(f"{API}/shares", headers=headers)
    assert (answer.status_code, answer.json["slug"]) == (403, "not-for-shares")
    gone = f"{API}/{two['id']}/removal"
    assert client.post(gone, json={"version": two["version"]}, headers=headers).status_code == 422
    assert client.post(gone, json={"version": 9, "reason": "没有成交"}, headers=headers).status_code == 409
    sent = {"version": two["version"], "reason": "没有成交"}
    assert client.post(gone, json=sent, headers=headers).json == {"removed": two["id"]}
    assert client.get(f"{API}/{two['id']}", headers=headers).status_code == 404
    wrong = client.post(API, json={"items": [said(), said(reference="HT-9", spend="0")]}, headers=headers)
    assert wrong.status_code == 422
    assert "/items/1/spend" in wrong.text
    assert client.get(API, query_string={"yaer": 2026}, headers=headers).status_code == 422
