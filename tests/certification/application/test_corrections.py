"""Correction, once and completely: one list, each point on a field or a file, and only those open."""

from datetime import timedelta
from io import BytesIO

import pytest

from certification.application.operations import submissions
from certification.application.operations.applications import answer_point, update_application
from certification.workflow import correction
from core.clock import today
from core.errors import NotFound, OutOfOrder, Unmet
from tests.certification.world import PDF, reload

HOME = "/certification/"


@pytest.fixture
def maker(browser):
    return browser("applicant")


def address(case, page: str = "") -> str:
    return f"{HOME}applications/{case.id}{page}"


def points_on(*anchors: str) -> list[dict]:
    return [{"anchor": anchor, "text": f"请改{anchor}"} for anchor in anchors]


def correcting(world, *anchors: str):
    case = world.case("submitted")
    case.take("correct", "application_reviewer", points=points_on(*anchors))
    return case


def parties(case, **changes) -> dict:
    named = {"producer": case.application.producer, "factory": case.application.factory}
    shown = {f"{party}-{name}": value for party, facts in named.items() for name, value in facts.items()}
    return {"version": case.application.version, "action": "next", **shown, **changes}


def product(case, **changes) -> dict:
    application = case.application
    shown = {name: getattr(application, name) for name in correction.TEXTS}
    shown |= {"version": application.version, "action": "next"}
    for number, model in enumerate(application.models):
        shown |= {f"models-{number}-code": model.code, f"models-{number}-specification": model.specification}
    return shown | changes


def grid(case, **changes) -> dict:
    """The activity data as the page shows them."""
    inventory = case.application.inventory
    shown = {"version": inventory.version, "action": "next"}
    shown |= {"output_amount": "1", "output_unit": "m2", "gwp": "AR6"}
    for number, row in enumerate(inventory.rows):
        columns = {"stage": row.stage, "name": row.name, "quantity": row.quantity, "unit": row.unit}
        own = {"kind": "own", "own_value": row.own_value, "own_unit": row.own_unit}
        more = {"own_source": row.own_source, "evidence": row.evidence, "quality": row.quality}
        shown |= {f"rows-{number}-{name}": str(v) for name, v in (columns | own | more).items()}
    return shown | changes


def answer_all(case, exempt: bool = False) -> None:
    for point in case.application.open_points:
        answer_point(point, case.application, case.world.actor("applicant"), "已改", exempt)


def update(case, **facts) -> None:
    actor = case.world.actor("applicant")
    update_application(case.application, actor, case.application.version, **facts)


# The list


# ask 12
def test_a_case_sent_back_cannot_go_on_until_it_is_corrected(world):
    case = correcting(world, "trademark", "series")
    with pytest.raises(OutOfOrder):
        case.to_accepted()
    first, _unanswered = case.application.open_points
    answer_point(first, case.application, world.actor("applicant"), "已改")
    with pytest.raises(Unmet) as refused:
        case.take("resubmit", "applicant")
    assert refused.value.slug == "point-unanswered"
    assert case.state == "correcting"


# ask 14
def test_there_is_an_outcome_that_asks_for_corrections_and_it_is_not_called_a_refusal(world, maker):
    case = correcting(world, "trademark")
    shown = maker.get(address(case)).text
    assert "补正" in shown
    assert "不予受理" not in shown
    assert "请改trademark" in shown


@pytest.mark.parametrize(
    "points",
    [[], [{"anchor": "models", "text": " "}], [{"anchor": "", "text": "补"}]],
)
def test_every_point_says_where_and_what(world, points):
    case = world.case("submitted")
    with pytest.raises(Unmet) as refused:
        case.take("correct", "application_reviewer", points=points)
    assert refused.value.slug == "points-missing"


@pytest.mark.parametrize("anchor", ["product", "file:passport", "inventory.row:2", "state"])
def test_a_point_hangs_on_a_field_of_this_application_and_nowhere_else(world, anchor):
    case = world.case("submitted")
    with pytest.raises(Unmet) as refused:
        case.take("correct", "application_reviewer", points=points_on("models", anchor))
    assert refused.value.slug == "point-place-unknown"
    assert case.application.points == []


# ask 12
def test_a_second_list_says_why_it_was_not_told_the_first_time(world, maker):
    case = correcting(world, "trademark")
    answer_all(case, exempt=True)
    case.take("resubmit", "applicant")
    with pytest.raises(Unmet) as refused:
        case.take("correct", "application_reviewer", points=points_on("series"))
    assert refused.value.slug == "second-list-unexplained"
    reason = "新提交的商标与系列不一致，第一次无从发现。"
    case.take("correct", "application_reviewer", points=points_on("series"), reason=reason)
    assert [point.round for point in case.application.points] == [1, 2]
    assert [point.anchor for point in case.application.open_points] == ["series"]
    shown = maker.get(address(case)).text
    assert "第 2 次补正" in shown
    assert reason in shown


# ask 20
def test_the_reviewer_may_set_the_day_and_the_applicant_reads_it(world, maker):
    case = world.case("submitted")
    due = today() + timedelta(days=45)
    case.take("correct", "application_reviewer", points=points_on("series"), due=due)
    assert case.application.correction_due == due
    assert f"{due.month} 月 {due.day} 日" in maker.get(address(case)).text


def test_the_list_is_written_line_by_line_on_the_page(world, browser):
    case = world.case("submitted")
    reviewer = browser("application_reviewer")
    page = f"{HOME}reviews/{case.id}"
    shown = reviewer.get(f"{page}?step=correct").text
    for said in (
        "活动数据第 2 行：烧成用天然气",
        "生产企业地址",
        "营业执照副本",
        'optgroup label="证明文件"',
    ):
        assert said in shown
    sent = {"points-0-anchor": "factory.address", "points-0-text": "写到门牌号", "points-2-anchor": ""}
    sent |= {"points-1-anchor": "file:business_licence", "points-1-text": "缺章"}
    sent |= {"version": case.application.version}
    assert reviewer.post(f"{page}/correct", data=sent).status_code == 302
    assert [(p.anchor, p.text) for p in reload(case).points] == [
        ("factory.address", "写到门牌号"),
        ("file:business_licence", "缺章"),
    ]


def test_a_list_that_is_refused_keeps_its_lines_on_the_page(world, browser):
    case = world.case("submitted")
    sent = {"version": case.application.version, "points-0-anchor": "", "points-0-text": "写到门牌号"}
    answer = browser("application_reviewer").post(f"{HOME}reviews/{case.id}/correct", data=sent)
    assert answer.status_code == 422
    assert "列出要补正的内容" in answer.text
    assert "写到门牌号" in answer.text


# What is open


# ask 13
@pytest.mark.parametrize(
    ("anchors", "facts", "locked"),
    [
        (("trademark",), {"trademark": "新"}, []),
        (("trademark",), {"trademark": "新", "series": ""}, []),
        (("trademark",), {"product_name": "新"}, ["product_name"]),
        (("producer.name",), {"producer": {"name": "新"}}, []),
        (("producer.name",), {"producer": {"name": "新", "address": "新址"}}, ["producer.address"]),
        (("producer",), {"producer": {"name": "新", "address": "新址"}}, []),
        (("producer",), {"factory": {"name": "新"}}, ["factory.name"]),
        (("models",), {"models": [{"code": "A"}]}, []),
        (("series",), {"models": [{"code": "A"}]}, ["models"]),
    ],
)  # fmt: skip
def test_only_the_fields_the_points_name_can_be_changed(world, anchors, facts, locked):
    case = correcting(world, *anchors)
    if not locked:
        update(case, **facts)
        return
    with pytest.raises(OutOfOrder) as refused:
        update(case, **facts)
    assert (refused.value.slug, refused.value.detail["sections"]) == ("section-not-open", locked)
    assert case.application.producer["address"] == world.maker.address


# ask 13
def test_nothing_can_be_changed_while_no_correction_is_open(world):
    case = correcting(world, "trademark")
    answer_all(case, exempt=True)
    case.take("resubmit", "applicant")
    with pytest.raises(OutOfOrder) as refused:
        update(case, trademark="再改")
    assert refused.value.slug == "application-not-editable"
    with pytest.raises(OutOfOrder):
        case.take("resubmit", "applicant")


@pytest.mark.parametrize(
    ("anchors", "changes", "status"),
    [
        (("inventory.row:1",), {"rows-1-quantity": "0.9"}, 302),
        (("inventory.row:1",), {"rows-0-quantity": "0.9"}, 409),
        (("inventory.row:1",), {"rows-2-stage": "use", "rows-2-name": "新的"}, 409),
        (("inventory.row:1",), {"output_amount": "2"}, 409),
        (("inventory.head",), {"output_amount": "2"}, 302),
        (("inventory.head",), {"rows-1-quantity": "0.9"}, 409),
        (("inventory",), {"rows-0-quantity": "0.9", "output_amount": "2"}, 302),
        (("inventory",), {"rows-2-stage": "use", "rows-2-name": "新的"}, 302),
    ],
)
def test_activity_data_open_by_row_by_head_or_altogether(world, maker, anchors, changes, status):
    case = correcting(world, *anchors)
    before = submissions.inventory(case.application.inventory)
    answer = maker.post(address(case, "/inventory"), data=grid(case, **changes))
    assert answer.status_code == status, answer.text
    after = submissions.inventory(reload(case).inventory)
    assert (before == after) == (status == 409)


def test_a_row_that_is_open_may_be_taken_away_and_its_neighbours_may_not(world, maker):
    case = correcting(world, "inventory.row:1")
    fields = grid(case)
    for name in [name for name in fields if name.startswith("rows-0")]:
        del fields[name]
    assert maker.post(address(case, "/inventory"), data=fields).status_code == 409
    fields = grid(case)
    for name in [name for name in fields if name.startswith("rows-1")]:
        del fields[name]
    assert maker.post(address(case, "/inventory"), data=fields).status_code == 302
    assert [row.name for row in reload(case).inventory.rows] == ["坯料"]


def test_the_page_shows_the_rest_locked_with_the_reason(world, maker):
    case = correcting(world, "factory.address")
    text = maker.get(address(case, "/parties")).text
    assert "没有打开，不能修改" in text
    assert text.count('readonly="readonly"') == 5
    assert "请改factory.address" in text
    assert f'name="point-{case.application.points[0].id}"' in text
    shut = maker.get(address(case, "/product")).text
    assert "现在不能修改" in shut
    assert 'name="action"' not in shut


def test_rows_that_are_not_open_are_read_only(world, maker):
    case = correcting(world, "inventory.row:1")
    text = maker.get(address(case, "/inventory")).text
    assert '<input type="hidden" name="rows-0-name" value="坯料">' in text
    assert 'id="rows-1-name"' in text
    assert "添加生产制造排放源" not in text


def test_what_a_page_sends_of_locked_fields_is_not_handed_in(world, maker):
    case = correcting(world, "models")
    fields = product(case, **{"product_name": "不该改的", "models-0-code": "NEW-1"})
    assert maker.post(address(case, "/product"), data=fields).status_code == 302
    assert reload(case).product_name == "抛釉砖 YT-6015"
    assert "NEW-1" in [model.code for model in case.application.models]


def test_a_section_shut_altogether_refuses_by_its_verb(world, maker):
    case = correcting(world, "models")
    answer = maker.post(address(case, "/parties"), data=parties(case, **{"producer-name": "不该改的"}))
    assert answer.status_code == 409
    assert "这部分没有打开" in answer.text


# ask 13
def test_only_the_named_file_can_be_replaced(world, maker):
    case = correcting(world, "file:business_licence")
    for kind, status in (("business_licence", 302), ("application_form", 409), ("other", 302)):
        data = {"kind": kind, "file": (BytesIO(PDF + b"%"), "a.pdf")}
        answer = maker.post(address(case, "/files"), data=data, content_type="multipart/form-data")
        assert answer.status_code == status
    assert "请改file:business_licence" in maker.get(address(case, "/files")).text


# The answers


def test_a_point_is_answered_beside_its_field_in_the_same_save(world, maker):
    case = correcting(world, "factory.address", "producer.name")
    first, second = case.application.points
    fields = parties(case, **{"factory-address": "宜兴某路 1 号 2 幢", f"point-{first.id}": "补到幢号"})
    assert maker.post(address(case, "/parties"), data=fields).status_code == 302
    assert [point.answer for point in reload(case).points] == ["补到幢号", ""]
    assert case.application.factory["address"] == "宜兴某路 1 号 2 幢"


def test_points_are_answered_one_by_one_and_then_handed_in(world, maker):
    case = correcting(world, "trademark", "series")
    first, second = (point.id for point in case.application.points)
    fields = {"version": case.application.version, f"point-{first}": "已改", f"point-{second}": " "}
    assert maker.post(address(case, "/points"), data=fields).status_code == 302
    assert [point.answer for point in reload(case).points] == ["已改", ""]
    refused = maker.post(address(case, "/resubmit"), data={"version": case.application.version})
    assert refused.status_code == 422
    assert "还有补正意见没有答复" in refused.text
    update(case, trademark="云陶", series="A")
    fields = {"version": case.application.version, f"point-{second}": "也改了", "section": "files"}
    assert maker.post(address(case, "/points"), data=fields).location == address(case, "/files#points")
    sent = maker.post(address(case, "/resubmit"), data={"version": reload(case).version})
    assert sent.location == address(case, "/submitted")
    assert "补正已提交" in maker.get(address(case, "/submitted")).text


def test_stale_answers_are_kept_on_the_page(world, maker):
    case = correcting(world, "trademark")
    fields = {"version": case.application.version - 1, f"point-{case.application.points[0].id}": "我写的答复"}
    answer = maker.post(address(case, "/points"), data=fields)
    assert answer.status_code == 409
    assert "内容已被改动" in answer.text
    assert "我写的答复" in answer.text
    assert reload(case).points[0].answer == ""


def test_points_cannot_be_answered_once_handed_in(world, maker):
    case = correcting(world, "trademark")
    answer_all(case, exempt=True)
    case.take("resubmit", "applicant")
    point = case.application.points[0]
    fields = {"version": case.application.version, f"point-{point.id}": "再改"}
    assert maker.post(address(case, "/points"), data=fields).status_code == 409
    assert reload(case).points[0].answer == "已改"


def test_a_point_of_another_case_is_not_found(world):
    case, other = correcting(world, "trademark"), correcting(world, "trademark")
    with pytest.raises(NotFound):
        answer_point(other.application.points[0], case.application, world.actor("applicant"), "已改")


# The places, as a table


@pytest.mark.parametrize(
    ("anchor", "place", "opened"),
    [
        ("factory", "factory.address", True),
        ("factory.address", "factory", False),
        ("inventory", "inventory.row:3", True),
        ("inventory.row:1", "inventory.row:10", False),
        ("product_name", "product_name_en", False),
    ],
)
def test_a_point_opens_its_place_and_what_lies_beneath(anchor, place, opened):
    assert correction.opens([anchor], place) == opened


@pytest.mark.parametrize(
    ("anchor", "section"),
    [
        ("factory.region", "parties"),
        ("trademark", "product"),
        ("models", "product"),
        ("file:other", "files"),
        ("inventory.row:0", "inventory"),
    ],
)
def test_every_place_has_its_page(anchor, section):
    assert correction.section_of(anchor) == section
