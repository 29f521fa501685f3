"""What bidders wrote down: read at its cells, answered line by line, kept, signed, and run again."""

import io
from datetime import timedelta

import orjson
import pytest
import xlsxwriter
from openpyxl import load_workbook

from accounts.models import Organisation
from certification.certificate import keys
from core import clock, lifecycle
from core.canonical import canonical
from core.clock import today
from core.db import reading
from core.errors import OutOfOrder
from core.words import sentence
from procurement import operations
from procurement.bids import annex, facts
from procurement.bids.models import BidCheck
from procurement.verdict import queries
from tests import factories
from tests.support.editions import approve
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)
HEADINGS = ["证书编号", "企业名称", "统一社会信用代码", "型号", "配置", "品目编码"]
MAKER = "宜兴云陶新材有限公司"


def book(*rows, headings=HEADINGS, change=None) -> bytes:
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = made.add_worksheet("报价")
    for place, row in enumerate([headings, *rows]):
        for column, cell in enumerate(row):
            if cell not in (None, ""):
                sheet.write(place, column, cell)
    if change:
        change(made, sheet)
    made.close()
    return file.getvalue()


def overall(annex) -> list[str]:
    return [line["overall"] for line in annex["lines"]]


def test_every_line_is_answered_for_the_one_day_and_the_page_says_why(issued, law, kept, client):
    law("category")
    text = (
        f"{issued.number},{MAKER},,YT-6015\n{issued.number},宜兴云淘新材有限公司,,YT-6O15\n,未登记的厂,,X-1"
    )
    address, annex = kept(pasted=text)
    assert overall(annex) == ["buyable", "not-buyable", "unknown"]
    assert [line["row"] for line in annex["lines"]] == [1, 2, 3]
    assert annex["lines"][1]["asked"]["model"] == "YT-6O15"
    for language in ("zh", "en"):
        page = client.get(f"/procurement/checks/{address}?lang={language}")
        assert (page.status_code, faults(page.text)) == (200, [])
    page = client.get(f"/procurement/checks/{address}?lang=zh").text
    assert 'YT-6<mark class="dfc">O</mark>15' in page  # in the bid
    assert 'YT-6<mark class="dfc ok">0</mark>15' in page  # and on the certificate
    assert "第 5 位写的是 字母 O，证书上是 数字 0" in page
    assert "没有查到这个编号的证书" in page
    only = client.get(f"/procurement/checks/{address}?overall=buyable&lang=zh").text
    assert ("YT-6015" in only, "YT-6O15" in only) == (True, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_read_as_excel_writes_it_in_china(issued, law, kept, encoding, mark):
    law("category")
    rows = [["序号", "型号", "证书编号", "企业名称"], ["1", "YT-6015", issued.number, MAKER]]
    text = "\r\n".join(mark.join(row) for row in rows)
    _address, annex = kept(file=(text.encode(encoding), "报价.csv"))
    assert (overall(annex), annex["source"], annex["ignored"]) == (["buyable"], "报价.csv", [])


def test_a_workbook_is_read_alike_and_a_credit_code_counts_as_one(world, issued, law, kept):
    law("category")
    code = world.maker.uscc
    row = [issued.number, code, "", "YT-6015", "", "A07010327"]
    _address, annex = kept(file=(book(row), "报价.xlsx"))
    assert overall(annex) == ["buyable"]
    assert annex["lines"][0]["asked"]["uscc"] == code


def test_duplicates_wide_signs_and_columns_that_were_not_asked_are_told(issued, law, kept, client):
    law("category")
    wide = issued.number.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
    rows = [[issued.number, MAKER, "", "YT-6015", "", "", "12.5"], [wide, MAKER, "", "YT-6015", "", "", "1"]]
    address, annex = kept(file=(book(*rows, headings=[*HEADINGS, "单价"]), "报价.xlsx"))
    assert overall(annex) == ["buyable", "buyable"]
    assert annex["ignored"] == ["单价"]
    assert annex["lines"][1]["notes"] == ["full-width"]
    assert annex["lines"][1]["same_as_row"] == 2
    page = client.get(f"/procurement/checks/{address}").text
    assert "与第 2 行重复" in page
    assert "单价" in page


def test_what_is_copied_out_of_a_spreadsheet_is_read_under_its_headings(issued, law, kept):
    law("category")
    _address, annex = kept(pasted=f"型号\t证书编号\nYT-6015\t{issued.number}\n\t{issued.number}\n")
    assert (overall(annex), [line["row"] for line in annex["lines"]]) == (["buyable", "unknown"], [2, 3])


def test_five_thousand_lines_are_answered_at_once_and_paged(issued, law, kept, client):
    law("category")
    text = "\n".join(f"{issued.number},{MAKER},,YT-{number}" for number in range(5000))
    address, annex = kept(pasted=text)
    assert annex["total"] == 5000
    page = client.get(f"/procurement/checks/{address}?page=100").text
    assert ("YT-4999" in page, "YT-4949" in page) == (True, False)


def test_a_day_to_come_is_no_fact(issued, law, kept):
    law("category")
    _address, annex = kept(on=today() + DAY, pasted=f"{issued.number},,,YT-6015")
    assert overall(annex) == ["not-yet-known"]


def formula(_made, sheet):
    sheet.write_formula("A2", "=B2", None, "")


def merged(_made, sheet):
    sheet.merge_range("A2:A3", "LCP-1")


def dated(made, sheet):
    sheet.write_number("A2", 1, made.add_format({"num_format": "yyyy-mm-dd"}))


def long_number(_made, sheet):
    sheet.write_number("C2", 913201010000000000)


@pytest.mark.parametrize(
    ("change", "cell", "reason"),
    [
        (formula, "A2", "单元格里是公式"),
        (merged, "A3", "合并单元格"),
        (dated, "A2", "当作日期"),
        (long_number, "C2", "显示的与存着的不一样"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_kept(send, db, change, cell, reason):
    rows = [["", MAKER, "", "YT-6015"], ["", MAKER, "", "YT-6016"]]
    answer = send(file=(book(*rows, change=change), "报价.xlsx"))
    assert answer.status_code == 422
    assert f'<th scope="row">{cell}</th>' in answer.text
    assert reason in answer.text
    assert db.session.query(BidCheck).count() == 0


@pytest.mark.parametrize(
    ("sent", "slug"),
    [
        ({"title": ""}, "check-title-missing"),
        ({}, "check-empty"),
        ({"pasted": "\n \n"}, "check-empty"),
        ({"file": (book(["1"], headings=["数量"]), "a.xlsx")}, "check-headings-missing"),
        ({"file": (book(["1"], headings=HEADINGS), "a.xlsm")}, "sheet-has-macros"),
        ({"file": (b"PK\x03\x04", "a.xlsx")}, "sheet-not-xlsx"),
        ({"file": (b"a", "a.doc")}, "sheet-not-xlsx"),
        (
            {"file": (book(["1"] * 200, headings=[*HEADINGS, *map(str, range(194))]), "a.xlsx")},
            "check-too-wide",
        ),
        ({"file": (book(["1"], headings=["证书编号", "证书号"]), "a.xlsx")}, "check-columns-twice"),
        ({"file": (("型号\n" + "A\n" * 5001).encode(), "a.csv")}, "check-too-long"),
        ({"file": (f"型号\n{'A' * 201}\n".encode(), "a.csv")}, "check-cell-too-long"),
        ({"file": (f"型号\n{'A' * 201}\n".encode(), "a.csv")}, "check-unreadable"),
        ({"file": ("配置,型号\n蓝,\n".encode(), "a.csv")}, "check-line-asks-nothing"),
        ({"pasted": "1,2", "file": (b"a", "a.csv")}, "check-both-sent"),
    ],
)
def test_what_is_no_table_of_a_bid_is_refused_with_its_reason(send, db, sent, slug):
    answer = send(**sent)
    told = {
        "check-too-wide": {"most": 60},
        "check-too-long": {"most": 5000},
        "check-unreadable": {"count": 1},
    }
    reason = sentence(slug, {"columns": "证书编号"} | told.get(slug, {}))
    assert (answer.status_code, reason in answer.text, faults(answer.text)) == (422, True, [])
    assert db.session.query(BidCheck).count() == 0


@pytest.mark.parametrize("day", ["", "2026-13-45", "1"])
def test_of_an_unreadable_day_nothing_is_kept(officer, db, day):
    answer = officer.post("/procurement/checks/", data={"title": "包", "on": day, "pasted": "1"})
    assert answer.status_code == 422
    assert (sentence("date-missing") in answer.text) == (not day)
    assert db.session.query(BidCheck).count() == 0


def test_what_was_sent_twice_is_kept_once(issued, officer, db):
    page = officer.get("/procurement/checks/").text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    sent = {"title": "包", "on": today().isoformat(), "pasted": issued.number, "csrf_token": token}
    first, second = (officer.post("/procurement/checks/", data=sent) for _time in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert db.session.query(BidCheck).count() == 1


def test_run_again_it_says_the_same_and_apart_what_became_known_since(world, issued, law, kept, client):
    law("category")
    day = today()
    address, _annex = kept(pasted=f"{issued.number},,,YT-6015\nLCP-32-01-2026-99999,,,X")
    page = client.get(f"/procurement/checks/{address}?again=1").text
    assert "按当时所知：2 行全部相同" in page
    assert "没有一行不同" in page
    with clock.travel(clock.now() + 10 * DAY):
        decider = world.actor("decision_maker")
        lifecycle.take(issued, "withdraw", decider, cause="fraud", reason="材料造假")
        issued.acts[-1].on = day
        page = client.get(f"/procurement/checks/{address}?again=1").text
    assert "按当时所知：2 行全部相同" in page
    assert "1 行现在答复不同" in page
    assert "登记与签名不符" in page.partition('id="again"')[2]  # what is otherwise now


def test_a_number_nobody_holds_is_told_with_what_may_have_been_meant(issued, law, kept, client):
    law("category")
    wrong = issued.number[:-1] + str((int(issued.number[-1]) + 1) % 10)
    address, annex = kept(pasted=f"{wrong},{MAKER},,YT-6015\nLCP-1,,,X-9")
    assert overall(annex) == ["unknown", "unknown"]
    first, second = ({each["subject"]: each["facts"] for each in line["findings"]} for line in annex["lines"])
    assert [each["text"] for each in first["in-force"]["near"]] == [issued.number]
    assert first["in-force"]["holding"] == [issued.number]
    assert (second["in-force"]["near"], second["in-force"]["holding"]) == ([], [])
    page = client.get(f"/procurement/checks/{address}?lang=zh").text
    assert f"有这个型号的证书：{issued.number}" in page
    assert f'{issued.number[:-1]}<mark class="dfc ok">{issued.number[-1]}</mark>' in page


def test_it_is_judged_once_for_many_who_run_it_again(issued, law, kept, client, monkeypatch):
    law("category")
    address, _annex = kept(pasted=f"{issued.number},,,YT-6015")
    judge, asked = queries.judged, []
    monkeypatch.setattr(queries, "judged", lambda facts: asked.append(1) or judge(facts))
    with clock.travel(clock.now()):
        for _time in range(3):
            page = client.get(f"/procurement/checks/{address}?again=1&lang=zh").text
            assert f"{today()}" in page.partition('id="again"')[2].partition("</section>")[0]
        assert len(asked) == 2  # as known then, and as known now
    with clock.travel(clock.now() + timedelta(minutes=6)):
        client.get(f"/procurement/checks/{address}?again=1")
    assert len(asked) == 4


def test_what_is_not_required_is_signed_with_the_day_of_the_policy(
    issued, law, kept, client, app, editor, editions, db
):
    law("list")
    edition = editions("2026-1")
    with clock.travel(clock.now() + DAY):
        editions.publish(edition)
        app.test_cli_runner().invoke(args=["keys", "create", edition.owner.uscc])
        address, annex = kept(pasted=f",{MAKER},,YT-6015,,A02061908")
        [line] = annex["lines"]
        assert line["overall"] == "not-required"
        assert line["findings"][0]["facts"] == {"category": "A02061908", "policy_date": "2020-01-01"}
        page = client.get(f"/procurement/checks/{address}?lang=zh").text
        assert "那一天没有对这类产品的采购政策（当日现行的政策，最近一条自 2020-01-01 起）" in page
        assert "验签通过" in page


def test_a_check_that_was_kept_before_more_was_told_is_still_the_same(issued, law, kept, client, db):
    law("category")
    address, _annex = kept(pasted=f",,,YT-6015,,A02061908\nLCP-1,,,X\n{issued.number},,,YT-6015")
    row = db.session.query(BidCheck).one()
    content, known = orjson.loads(row.content), orjson.loads(row.facts)
    for line in content["lines"]:
        for finding in line["findings"]:
            for name in ("policy_date", "near", "holding"):
                finding["facts"].pop(name, None)
    del known["meant"]
    old = orjson.dumps(known)
    content["facts_sha256"] = annex.digest(old)
    spelling = canonical(content)
    told = {"content": spelling, "facts": old, "digest": annex.digest(spelling)}
    db.session.execute(BidCheck.__table__.update().values(told))
    db.session.commit()
    page = client.get(f"/procurement/checks/{address}?again=1&lang=zh").text
    assert "按当时所知：3 行全部相同" in page
    assert "没有一行不同" in page


def test_a_check_that_was_kept_when_one_certificate_followed_one_is_still_read(issued, law, kept, db):
    law("category")
    kept(pasted=f"{issued.number},,,YT-6015")
    told = orjson.loads(db.session.query(BidCheck).one().facts)
    [held] = told["held"].values()
    for text, numbers in (("", ()), ("LCP-32-01-2023-00001", ("LCP-32-01-2023-00001",))):
        held["follows"] = text
        [read] = facts.read(orjson.dumps(told)).held.values()
        assert read.follows == numbers


def test_what_is_kept_cannot_be_changed_and_a_changed_row_is_seen(issued, kept, client, db):
    address, _annex = kept(pasted=issued.number)
    table = BidCheck.__table__
    content = (
        db.session.query(BidCheck).one().content.replace(b'"overall":"not-required"', b'"overall":"buyable"')
    )
    db.session.execute(table.update().values(content=content))
    db.session.commit()
    assert "保存的内容与摘要不符" in client.get(f"/procurement/checks/{address}?again=1").text
    db.session.query(BidCheck).one().title = "另一个名称"
    with pytest.raises(OutOfOrder, match="check-is-kept"):
        db.session.flush()
    db.session.rollback()


def test_the_owner_of_the_list_signs_once_a_key_was_made_and_never_by_use(issued, law, kept, client, app, db):
    law("list")
    editor = factories.actor("regulator", "list_editor")
    owner = db.session.get(Organisation, editor.organisation_id)
    edition = operations.draft_edition(editor, "2026-1", "第一期", today(), today())
    lifecycle.take(edition, "open_notice", editor, notice_from=today(), notice_to=today())
    with clock.travel(clock.now() + DAY):
        approve(edition)
        lifecycle.take(edition, "publish", editor, document_number="演示〔2026〕1号")
        address, _annex = kept(pasted=issued.number)
        unsigned = client.get(f"/procurement/checks/{address}.jws")
        assert (unsigned.status_code, sentence("check-not-signed") in unsigned.text) == (404, True)
        assert "没有签名" in client.get(f"/procurement/checks/{address}").text
        made = app.test_cli_runner().invoke(args=["keys", "create", owner.uscc])
        assert made.exit_code == 0, made.output
        address, annex = kept(pasted=f"{issued.number},,,YT-6015")
        assert overall(annex) == ["buyable"]
        content = client.get(f"/procurement/checks/{address}.json").data
        signature = client.get(f"/procurement/checks/{address}.jws").text
        assert keys.verifies(app.config["KEY_DIR"], owner.uscc, signature, content)
        assert "验签通过" in client.get(f"/procurement/checks/{address}").text
        assert owner.uscc in [key["uscc"] for key in client.get("/.well-known/jwks.json").json["keys"]]


def test_the_workbook_carries_what_was_asked_and_nothing_of_it_runs(issued, law, kept, client):
    law("category")
    evil = ["=1+1", "＝1+1", "@x", "+1"]
    text = "\n".join(f"{issued.number},,,{model}" for model in evil)
    address, annex = kept(pasted=text)
    assert [line["asked"]["model"] for line in annex["lines"]] == evil
    sheet, about = load_workbook(io.BytesIO(client.get(f"/procurement/checks/{address}.xlsx").data))
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells if cell.column > 1 and cell.value} == {"s"}
    assert [row[4] for row in sheet.iter_rows(min_row=2, values_only=True)] == evil
    told = dict(about.iter_rows(values_only=True))
    assert told["编号"] == annex["number"]
    assert told["地址"].endswith(f"/procurement/checks/{address}")
    assert told["问的日期"] == today().isoformat()


def test_only_officers_have_bids_checked_and_nobody_guesses_an_address(client, sign_in, db):
    guessed = client.get("/procurement/checks/HD-2026-00001")
    assert (guessed.status_code, sentence("check-not-found") in guessed.text) == (404, True)
    user = factories.user(factories.organisation("manufacturer"), "applicant")
    db.session.commit()
    sign_in(client, user)
    assert client.get("/procurement/checks/").status_code == 403
    sent = {"title": "包", "on": "2026-11-28", "pasted": "1"}
    assert client.post("/procurement/checks/", data=sent).status_code == 403


def test_the_template_comes_back_as_it_went_out(client, send):
    body = client.get("/procurement/checks/template.xlsx").data
    sheet = load_workbook(io.BytesIO(body)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == HEADINGS
    assert sentence("check-empty") in send(file=(body, "模板.xlsx")).text


def test_nobody_is_kept_waiting_while_lines_are_judged(issued, law, kept, monkeypatch):
    law("category")
    judge, held = queries.judged, []

    def judged(facts):
        held.append(not reading.get())
        return judge(facts)

    monkeypatch.setattr(queries, "judged", judged)
    kept(pasted=f"{issued.number},{MAKER},,YT-6015")
    assert held == [False]
