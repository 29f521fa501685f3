"""The goods of a purchase: required or not and why, clauses that name nobody, and who could supply them."""

import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from catalog.models import Entry
from core.clock import today
from core.words import sentence
from procurement import queries as lists
from procurement.bids import reading
from procurement.models import PolicyRule
from procurement.tender import clauses, queries
from procurement.verdict.goods import goods
from tests import factories
from tests.support.markup import faults

pytestmark = pytest.mark.engines("walks")

PAGE = "/procurement/tender/"
TILES = {"category_code": "A07010327", "category_name": "瓷质砖", "scheme_code": "lc-ceramic-tile"}
CEMENT = {"category_code": "A07010302", "category_name": "水泥", "scheme_code": "lc-cement"}
DAY = date(2026, 10, 1)


@pytest.fixture
def officer(client, sign_in, db):
    user = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    return sign_in(client, user)


@pytest.fixture
def rule(db):
    """rule(mode, treatment, criterion): tiles are under this rule, and cement is compulsory."""

    def make(
        mode: str = "category", treatment: str = "priority", criterion: str = "每平方米不高于 10.8 千克"
    ):
        said = {"category_edition": "2022", "valid_from": date(2026, 1, 1), "demo": True}
        tiles = TILES | {"mode": mode, "treatment": treatment, "criterion": criterion}
        cement = CEMENT | {"mode": "category", "treatment": "mandatory", "criterion": "限值以内"}
        db.session.add(PolicyRule(basis="演示〔2026〕1 号", **said, **tiles))
        db.session.add(PolicyRule(basis="演示〔2026〕2 号", **said, **cement))
        db.session.commit()

    return make


@pytest.fixture
def look(officer):
    """look(text, ...): the answer of the page to this list of goods."""

    def post(text: str = "", lang: str = "zh", status: int = 200, **more):
        answer = officer.post(f"{PAGE}?lang={lang}", data={"on": DAY.isoformat(), "pasted": text, **more})
        assert answer.status_code == status, answer.text
        return answer

    return post


def shown(answer) -> str:
    assert faults(answer.text) == []
    return answer.text


def test_each_line_is_told_what_it_is_and_why(rule, look, issue, db):
    rule()
    issue(models=("YT-1",))
    db.session.commit()
    text = shown(look("瓷质砖,,100,m2\n水泥\n办公家具,A05010100\n普通硅酸盐水泥 42.5\n外星货物"))
    for said in ("优先采购", "强制采购", "政策不要求", "待您确认", "没有找到品目"):
        assert said in text
    assert "演示〔2026〕1 号，自 2026-01-01 起" in text
    assert "A07010302 水泥" in text  # what a name that comes near may belong to
    assert faults(look("瓷质砖\n水泥泥\n外星货物", lang="en").text) == []


def test_a_name_that_only_comes_near_belongs_to_nothing_until_a_person_says_so(rule, look):
    rule()
    before = shown(look("普通硅酸盐水泥"))
    assert "本项目采购的" not in before
    confirmed = shown(look("普通硅酸盐水泥", do="0 A07010302"))
    assert "本项目采购的水泥（品目编码 A07010302" in confirmed
    assert "普通硅酸盐水泥\tA07010302" in confirmed  # and the list now says so
    for wrong in ("7 A07010302", "0 A07010399"):
        assert sentence("goods-not-confirmable") in shown(look("普通硅酸盐水泥", do=wrong, status=422))


def test_a_code_above_a_compulsory_one_is_to_be_confirmed(rule, db):
    rule()
    sheet = reading_of([{"name": "建材", "category": "A07010300"}])
    [good] = queries.answer(sheet, DAY).goods
    assert (good.kind, [code for code, _name in good.likely]) == (
        "to-be-confirmed",
        ["A07010302", "A07010327"],
    )


def reading_of(rows: list[dict]):
    return reading.given(
        [{"amount": "", "unit": "", "name": "", "category": ""} | row for row in rows], 500, queries.GOODS
    )


def test_what_qualifies_is_what_the_verdict_says_of_each_model(rule, issue, act, db):
    rule()
    issue(models=("A-1", "A-2"), maker_name="甲厂", carbon="8.45")
    issue(models=("B-1",), maker_name="乙厂", carbon="9.10")
    gone = issue(models=("C-1",), maker_name="丙厂", carbon="1.00")
    act(gone, "withdraw", on=date(2026, 9, 30))
    issue(models=("D-1",), maker_name="丁厂", issued_on=date(2026, 10, 2), carbon="2.00")
    db.session.commit()
    found = goods(["A07010327"], DAY)["A07010327"]
    assert (found.products, found.makers, found.whole) == (2, 2, True)
    [span] = found.ranges
    assert (str(span.least), str(span.most), span.products) == ("8.45", "9.10", 2)
    later = goods(["A07010327"], date(2026, 10, 3))["A07010327"]
    assert (later.products, later.makers) == (3, 3)


def test_carbon_of_different_boundaries_is_never_one_range(rule, issue, db):
    rule()
    issue(models=("A-1",), boundary="cradle_to_gate")
    issue(models=("B-1",), boundary="cradle_to_grave")
    db.session.commit()
    assert [each.boundary for each in goods(["A07010327"], DAY)["A07010327"].ranges] == [
        "cradle_to_gate",
        "cradle_to_grave",
    ]


@pytest.mark.parametrize(("makers", "warned"), [(2, True), (3, False)])
def test_fewer_than_three_makers_is_said(rule, look, issue, db, makers, warned):
    rule()
    for place in range(makers):
        issue(models=(f"M-{place}",), maker_name=f"第 {place} 厂")
    db.session.commit()
    assert (f"{makers} 家企业，不足 3" in shown(look("瓷质砖"))) is warned


def test_of_a_list_of_a_day_that_has_none_nothing_qualifies(rule, look, issue, db):
    rule(mode="list")
    issue(models=("YT-1",))
    db.session.commit()
    assert "当日没有符合的产品" in shown(look("瓷质砖"))


def test_no_clause_names_a_product_a_brand_a_model_or_a_maker(rule, look, issue, db):
    """Over everything in the catalogue, whatever the mode."""
    for place in range(3):
        issue(
            models=(f"YT-60{place}", "P·O"),
            maker_name=f"云陶{place}厂",
            trademark=f"云牌{place}",
            product_name=f"云砖{place}",
        )
    rule(criterion="按 云牌1 的 YT-601 执行")
    every = db.session.query(Entry).all()
    names = {
        text
        for each in every
        for text in (each.name, each.trademark, each.maker, each.holder, each.number, *each.models)
    }
    assert {"云牌1", "YT-601", "云陶2厂"} <= names
    for policy in lists.policies():
        made = clauses.clause(policy, every)
        assert [name for name in names if name and name in made.tender + made.contract] == []
    text = shown(look("瓷质砖"))
    assert "指标没有写进条款" in text
    assert "云牌1" not in text


def test_a_grade_that_three_makers_use_is_nobodys_name(rule, issue, db):
    for place in range(3):
        issue(models=("P·O 42.5",), maker_name=f"第 {place} 厂")
    rule(criterion="P·O 42.5 不高于 720")
    [policy] = [each for each in lists.policies() if each.category_code == "A07010327"]
    made = clauses.clause(policy, db.session.query(Entry).all())
    assert (made.named, "P·O 42.5 不高于 720" in made.tender, "P·O 42.5" in made.contract) == (
        False,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("mode", "treatment", "said"),
    [
        ("list", "mandatory", ("强制采购", "采购清单内", "投标无效")),
        ("category", "priority", ("优先采购", "不要求列入某一期清单", "________")),
        ("criteria", "priority", ("检测报告", "由评标委员会判断")),
    ],
)
def test_a_clause_says_the_proof_that_its_rule_asks_for(rule, mode, treatment, said):
    rule(mode, treatment)
    [policy] = [each for each in lists.policies() if each.category_code == "A07010327"]
    made = clauses.clause(policy, [])
    assert [text for text in (*said, "10.8 千克", "演示〔2026〕1 号") if text not in made.tender] == []
    assert "10.8 千克" in made.contract


def test_a_file_is_read_by_the_door_that_reads_bids(rule, look, officer):
    rule()
    body = "名称,品目编码,数量,单位\n瓷质砖,,1,m2\n=1+1,,,\n".encode("gb18030")
    text = shown(look(file=(io.BytesIO(body), "清单.csv")))
    assert "优先采购" in text
    template = load_workbook(io.BytesIO(officer.get(f"{PAGE}template.xlsx").data))
    assert [cell.value for cell in template.worksheets[0][1]] == ["名称", "品目编码", "数量", "单位"]
    bad = shown(look(file=(io.BytesIO(b"a,b\n1,2\n"), "清单.csv"), status=422))
    assert sentence("goods-headings-missing") in bad
    assert sentence("check-empty") in shown(look("", status=422))
    assert sentence("goods-say-nothing") in shown(look(",,3,m2", status=422))
    both = shown(look("瓷质砖", file=(io.BytesIO(body), "清单.csv"), status=422))
    assert sentence("check-both-sent") in both
    assert look("瓷质砖", on="2026-13-45", status=422).status_code == 422


def test_the_page_the_program_and_the_files_say_the_same(rule, look, issue, client, program, db):
    rule()
    issue(models=("YT-1",))
    db.session.commit()
    page = shown(look("瓷质砖,,12,m2\n=cmd|x"))
    sent = {
        "on": DAY.isoformat(),
        "items": [{"name": "瓷质砖", "amount": "12", "unit": "m2"}, {"name": "=cmd|x"}],
    }
    answer = client.post("/api/v1/tenders/preview", json=sent, headers=program())
    assert answer.status_code == 200, answer.text
    told = answer.json
    assert [each["kind"] for each in told["items"]] == ["priority", "not-found"]
    [category] = told["categories"]
    assert (category["products"], category["makers"], category["few"]) == (1, 1, True)
    [clause] = category["clauses"]
    assert all(text in page for text in (clause["tender"], clause["contract"], told["items"][0]["message"]))
    assert clause["tender"] in look("瓷质砖", do="text").data.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(look("瓷质砖,,12,m2\n=cmd|x", do="xlsx").data))
    cells = [cell for row in book.worksheets[0] for cell in row]
    assert clause["tender"] in [cell.value for cell in cells]
    assert [cell.data_type for cell in cells if cell.value == "=cmd|x"] == ["s"]


def test_only_officers_look_and_a_list_has_an_end(client, program, sign_in, db):
    sent = {"on": DAY.isoformat(), "items": [{"name": "砖"}] * 501}
    assert client.post("/api/v1/tenders/preview", json=sent, headers=program()).status_code == 422
    assert (
        client.post("/api/v1/tenders/preview", json=sent | {"items": [{}]}, headers=program()).status_code
        == 422
    )
    other = factories.user(factories.organisation("manufacturer"), "applicant")
    db.session.commit()
    sign_in(client, other)
    assert client.get(PAGE).status_code == 403
    assert client.get(f"{PAGE}template.xlsx").status_code == 403
    assert client.post(PAGE, data={"on": DAY.isoformat(), "pasted": "砖"}).status_code == 403


def test_a_day_to_come_counts_what_validity_covers(rule, issue, db):
    rule()
    issue(models=("YT-1",))
    db.session.commit()
    assert goods(["A07010327"], today() + timedelta(days=30))["A07010327"].products == 1
