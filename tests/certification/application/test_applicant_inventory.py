"""The activity data: computed while typed, saved as a whole or not at all."""

import re
from decimal import Decimal

import pytest

from carbon import operations as carbon
from carbon.footprint import STAGES
from certification.application.forms.inventory import FACTOR_COLUMNS, PLAIN, InventoryForm
from core.db import db
from core.errors import Invalid
from tests.certification.world import reload

ELECTRICITY = "EF-ELEC-TEST"
HEAD = {"output_amount": "1000", "output_unit": "m2", "period_from": "2025-01-01", "period_to": "2025-12-31"}


@pytest.fixture
def maker(browser):
    return browser("applicant")


@pytest.fixture
def draft(world):
    return world.case("draft")


@pytest.fixture
def library(db):
    """The factors this project ships."""
    carbon.load_factors()
    db.session.commit()


def address(case, more: str = "") -> str:
    return f"/certification/applications/{case.id}/inventory{more}"


def own(number: int = 0, **changes) -> dict:
    """A row with a supplier's factor, as the grid sends it."""
    row = {
        "stage": "manufacturing",
        "name": "天然气",
        "quantity": "1620",
        "unit": "m3",
        "kind": "own",
        "own_value": "2.16",
        "own_unit": "kgCO2e/m3",
        "own_source": "检验报告",
        "evidence": "燃气结算单",
        "quality": "A",
    }
    return {f"rows-{number}-{column}": value for column, value in (row | changes).items()}


def grid(case, *rows: dict, **changes) -> dict:
    fields = {"version": case.application.inventory.version, "action": "stay", **HEAD}
    for row in rows:
        fields |= row
    return fields | changes


def names(case) -> list[str]:
    return [row.name for row in reload(case).inventory.rows]


# Saving


def test_rows_are_saved_in_the_order_of_the_stages(draft, maker):
    rows = (own(7), own(2, stage="raw_material", name="釉料", unit="kg", own_unit="kgCO2e/kg"))
    assert maker.post(address(draft), data=grid(draft, *rows)).location == address(draft)
    inventory = reload(draft).inventory
    assert [row.name for row in inventory.rows] == ["釉料", "天然气"]
    assert (inventory.output_amount, inventory.output_unit) == (Decimal(1000), "m2")


def test_saving_and_leaving_leads_back_to_the_application(draft, maker):
    answer = maker.post(address(draft), data=grid(draft, own(), action="next"))
    assert answer.location == f"/certification/applications/{draft.id}"


def test_a_row_of_each_kind_keeps_only_the_factor_it_shows(draft, maker, library):
    fuel = {"kind": "fuel", "unit": "t", "ncv": "20.9", "carbon_content": "26.4", "oxidation": "0.98"}
    rows = (
        own(0, name="声明", factor_code="left over"),
        own(1, name="燃煤", **fuel),
        own(2, name="电力", unit="kWh", kind="library", factor_code=code_of("电力", "kWh")),
    )
    assert maker.post(address(draft), data=grid(draft, *rows)).status_code == 302
    declared, coal, power = reload(draft).inventory.rows
    assert (declared.own_value, declared.factor_id) == (Decimal("2.16"), None)
    assert (coal.kind, coal.stated["ncv"]["amount"], coal.own_value) == ("fuel", "20.9", None)
    assert (bool(power.factor_id), power.own_value) == (True, None)


def code_of(text: str, unit: str) -> str:
    from carbon.queries import search_factors

    return search_factors(text, unit)[1][0].code


def test_rows_nobody_filled_are_left_out(draft, maker):
    blank = {"rows-3-stage": "use", "rows-3-kind": "library", "rows-3-name": " "}
    maker.post(address(draft), data=grid(draft, own(), blank))
    assert names(draft) == ["天然气"]


def test_evidence_that_names_a_file_of_the_case_stands_for_that_file(draft, maker):
    file = draft.application.current_files[0]
    maker.post(address(draft), data=grid(draft, own(evidence=file.name), own(1, evidence="台账")))
    assert [row.evidence_digest for row in reload(draft).inventory.rows] == [file.digest, ""]


def test_what_was_saved_stands_in_the_page_again(draft, maker):
    maker.post(address(draft), data=grid(draft, own(quantity="1,620.50")))
    text = maker.get(address(draft)).text
    for said in (
        'value="天然气"',
        'value="1620.50"',
        'value="2.16"',
        'value="kgCO2e/m3"',
        'value="燃气结算单"',
    ):
        assert said in text


# What cannot be right


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("quantity", "-5", "数量不能小于零"),
        ("quantity", "1e15", "不合常理"),
        ("quantity", "0.0000000000000001", "不合常理"),
        ("quantity", "很多", "应填写数字"),
        ("quantity", "NaN", "应填写数字"),
        ("unit", "斛", "没有这个单位"),
        ("unit", "", "选择单位"),
        ("own_unit", "kgCO2e/kWh", "单位不能换算"),
        ("own_unit", "kg", "看不懂排放因子的单位"),
        ("own_unit", "", "填写排放因子的单位"),
        ("own_value", "二", "应填写数字"),
        ("quality", "E", "数据质量应为 A、B、C 或 D"),
        ("name", "长" * 201, "文字太长"),
    ],
)
def test_a_row_that_cannot_be_right_is_said_at_its_box_and_nothing_is_saved(
    draft, maker, column, value, said
):
    before, version = names(draft), draft.application.version
    rows = (own(0, name="好的一行"), own(1, name="坏的一行") | {f"rows-1-{column}": value})
    answer = maker.post(address(draft), data=grid(draft, *rows, output_amount="777"))
    assert answer.status_code == 422
    assert "<title>错误：活动数据" in answer.text
    assert said in answer.text
    assert re.search(r'id="rows-1-\w+-e"', answer.text)
    for kept in ("好的一行", value, 'value="777"'):
        assert kept in answer.text
    assert (names(draft), reload(draft).version) == (before, version)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unit": "kg", "factor_code": "电"}, "单位不能换算"),
        ({"unit": "kWh", "factor_code": "NO-SUCH"}, "因子库中没有这个排放因子"),
    ],
)
def test_a_factor_of_the_library_must_exist_and_fit(draft, maker, library, changes, said):
    if changes["factor_code"] == "电":
        changes = changes | {"factor_code": code_of("电力", "kWh")}
    before = names(draft)
    answer = maker.post(address(draft), data=grid(draft, own(kind="library", **changes)))
    assert answer.status_code == 422
    assert said in answer.text
    assert changes["factor_code"] in answer.text
    assert names(draft) == before


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("output_amount", "0", "应大于零"),
        ("output_amount", "一百", "应填写数字"),
        ("output_unit", "斗", "没有这个单位"),
        ("period_to", "2024-01-01", "结束日期早于开始日期"),
        ("period_from", "去年", "日期应写成"),
    ],
)
def test_period_and_output_are_said_at_their_fields(draft, maker, field, value, said):
    answer = maker.post(address(draft), data=grid(draft, own(), **{field: value}))
    assert answer.status_code == 422
    assert said in answer.text
    assert f'id="{field}-e"' in answer.text
    assert value in answer.text


def test_a_form_without_a_version_is_stale(draft, maker):
    assert maker.post(address(draft), data=grid(draft, own(), version="")).status_code == 409


def test_saved_activity_data_make_an_older_submission_page_stale(draft, maker):
    version = draft.application.version
    maker.post(address(draft), data=grid(draft, own()))
    place = f"/certification/applications/{draft.id}/submit"
    assert maker.post(place, data={"version": version, "declared": "y"}).status_code == 409
    assert reload(draft).state == "draft"


@pytest.mark.parametrize("state", ["submitted", "evaluating", "certified"])
def test_after_submission_the_grid_is_shut(world, maker, state):
    case = world.case(state)
    assert "现在不能修改" in maker.get(address(case)).text
    answer = maker.post(address(case), data=grid(case, own()))
    assert answer.status_code == 409
    assert "案卷已经提交" in answer.text
    assert names(case) == ["坯料", "烧成用天然气"]


def test_a_long_form_sent_after_the_sign_in_ran_out_is_kept_for_its_author(world, draft, client, sign_in):
    answer = client.post(address(draft), data=grid(draft, own(name="填了很久的一行")))
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert names(draft) == ["坯料", "烧成用天然气"]
    kept = sign_in(client, world.people["applicant"]).get("/held-form").text
    for said in ("填了很久的一行", address(draft), "rows-0-own_value"):
        assert said in kept


# Lines, without JavaScript


def test_a_line_is_added_to_its_stage_and_nothing_is_saved(draft, maker):
    fields = grid(draft, own(name="还没保存"), add="distribution")
    del fields["action"]
    answer = maker.post(address(draft), data=fields)
    assert answer.status_code == 200
    assert "还没保存" in answer.text
    assert re.search(r'name="rows-1-stage" value="distribution"', answer.text)
    assert "autofocus" in answer.text
    assert names(draft) == ["坯料", "烧成用天然气"]


def test_a_line_is_taken_away_and_nothing_is_saved(draft, maker):
    fields = grid(draft, own(name="第一行"), own(1, name="第二行"), remove="0")
    del fields["action"]
    text = maker.post(address(draft), data=fields).text
    assert "第二行" in text
    assert "第一行" not in text
    assert names(draft) == ["坯料", "烧成用天然气"]


def test_another_kind_of_factor_shows_its_own_boxes(draft, maker):
    fields = grid(draft, own(kind="fuel"), recalculate="1")
    del fields["action"]
    text = maker.post(address(draft), data=fields).text
    assert 'name="rows-0-ncv"' in text
    assert 'name="rows-0-own_value"' not in text


# While typing


def test_the_preview_is_the_arithmetic_that_counts_and_stores_nothing(draft, maker):
    fields = grid(draft, own(), own(1, stage="raw_material", name="釉料", quantity="500"))
    text = maker.post(address(draft, "/preview"), data=fields).text
    assert "4.58" in text  # (1620 + 500) × 2.16 ÷ 1000 = 4.5792
    for said in ("kgCO2e/m2", "没有超过限值 10.80", "贡献最大的排放源", "天然气"):
        assert said in text
    assert "<html" not in text
    assert names(draft) == ["坯料", "烧成用天然气"]


def test_the_preview_equals_what_the_submission_freezes(draft, maker):
    fields = grid(draft, own(quantity="1234.5"), own(1, name="干燥用天然气", quantity="300.25"))
    maker.post(address(draft), data=fields)
    shown = re.search(r"data-total>([\d.]+)<", maker.post(address(draft, "/preview"), data=fields).text)[1]
    draft.application = reload(draft)
    draft.to_submitted()
    assert f"{draft.application.footprint.total:.2f}" == shown


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"output_amount": ""}, "填写统计期内的产量"),
        ({"output_amount": "-1"}, "应大于零"),
        ({"rows-0-quantity": ""}, "还没有数量"),
        ({"rows-0-quantity": "-3"}, "数量不能小于零"),
        ({"rows-0-unit": "斛"}, "没有这个单位"),
        ({"rows-0-own_value": ""}, "还没有排放因子"),
        ({"rows-0-evidence": ""}, "1 个排放源还没有证据"),
        ({"period_from": ""}, "还没有填写核算期"),
        ({"gwp": "AR4"}, "增温潜势由认证规则规定，是 AR6"),
        ({"rows-0-stage": "use"}, "不在系统边界之内"),
        ({"rows-0-quantity": "162000000"}, "超过限值 10.80"),
    ],
)
def test_the_preview_says_what_is_missing_or_doubtful(draft, maker, changes, said):
    answer = maker.post(address(draft, "/preview"), data=grid(draft, own(), **changes))
    assert answer.status_code == 200
    assert said in answer.text


def test_the_applicant_is_not_told_what_only_a_reviewer_can_weigh(draft, maker):
    fields = grid(draft, own(own_unit="kgCO2/m3"))
    assert "只含二氧化碳" not in maker.post(address(draft, "/preview"), data=fields).text


def test_a_row_that_cannot_be_read_is_blamed_once(draft, maker):
    text = maker.post(address(draft, "/preview"), data=grid(draft, own(quantity="-3"))).text
    assert "还没有数量" not in text


def test_two_hundred_rows_are_shown_computed_and_saved(draft, maker):
    rows = [own(number, name=f"第{number}行", stage=STAGES[number % 2]) for number in range(200)]
    fields = grid(draft, *rows)
    assert "data-total>699.84<" in maker.post(address(draft, "/preview"), data=fields).text
    assert maker.post(address(draft), data=fields).status_code == 302
    page = maker.get(address(draft))
    assert page.text.count("data-row ") == 201  # and the template of a new row
    assert len(page.data) < 900_000
    assert len(reload(draft).inventory.rows) == 200


def test_more_rows_than_can_be_are_refused_not_cut(draft, maker):
    form = InventoryForm(draft.application.inventory.version, HEAD, [])
    for _ in range(2001):
        form.add("use")
    for row in form.rows:
        row |= {"name": "x"}
    fields = {
        f"rows-{n}-{column}": row[column] for n, row in enumerate(form.rows) for column in ("stage", "name")
    }
    answer = maker.post(address(draft), data=grid(draft, fields))
    assert answer.status_code == 422
    assert "一次最多 2000 行" in answer.text


# The library


def test_a_factor_is_found_by_words_and_by_a_unit_that_fits(maker, library):
    text = maker.get("/certification/factors?q=电力&unit=kWh", headers={"HX-Request": "true"}).text
    assert "公开来源里没有合用的，可以在下面填供应商的产品碳足迹" in text
    assert "<html" not in text
    assert 'data-code="' in text
    assert "kgCO₂e/kWh" in text  # as units are written on every page
    assert (
        "没有找到" in maker.get("/certification/factors?q=电力&unit=m", headers={"HX-Request": "true"}).text
    )


def test_without_javascript_the_library_is_a_page(maker, library):
    text = maker.get("/certification/factors?q=电力").text
    assert "<html" in text
    assert "<code>" in text


def test_an_unknown_unit_finds_nothing_and_breaks_nothing(maker, library):
    assert "没有找到" in maker.get("/certification/factors?unit=斛").text


def test_a_signed_out_visitor_is_asked_to_sign_in(client):
    assert client.get("/certification/factors").status_code == 303


# The shape


def test_the_columns_of_the_grid_are_those_of_a_row():
    from carbon.operations.reading import Typed

    known = {*PLAIN, *FACTOR_COLUMNS, "evidence_digest", "kind", "stated"}
    assert known == set(Typed("use").__dict__)


def test_a_number_beyond_the_rows_removes_nothing():
    form = InventoryForm(1, {}, [])
    form.add("use")
    for place in ("1", ""):
        form.remove(place)
    for place in ("-1", "x"):
        with pytest.raises(Invalid):
            form.remove(place)
    assert len(form.rows) == 1


def test_nothing_of_a_refused_save_is_left_in_the_session(draft, maker):
    maker.post(address(draft), data=grid(draft, own(unit="斛")))
    assert not db.session.dirty
