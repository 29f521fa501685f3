"""The applicant's steps: handing in, correcting, signing, answering, sending, recalling, and every no."""

import pytest

from carbon import operations as carbon
from core import lifecycle
from registers.models import BodyScope
from tests.certification.world import reload

HOME = "/certification/"


@pytest.fixture
def maker(browser):
    return browser("applicant")


def address(case, page: str = "") -> str:
    return f"{HOME}applications/{case.id}{page}"


def take(client, case, step: str, **fields):
    return client.post(address(case, f"/{step}"), data={"version": case.application.version, **fields})


def steps_of(case) -> list[str]:
    return [taken.step for taken in lifecycle.history("application", case.id)]


# Handing in


def test_the_declaration_is_asked_for_at_its_box(world, maker):
    case = world.case("draft")
    answer = take(maker, case, "submit")
    assert answer.status_code == 422
    assert "<title>错误：核对、声明并提交" in answer.text
    assert "请先勾选真实性声明" in answer.text
    assert 'id="declared-e"' in answer.text
    assert (reload(case).state, steps_of(case)) == ("draft", [])


def test_a_case_with_missing_parts_is_refused_with_every_reason(world, maker, db):
    case = world.case("draft")
    application = case.application
    application.producer = application.producer | {"address": ""}
    application.models.clear()
    for file in application.files:
        db.session.delete(file)
    carbon.save_inventory(
        application.inventory, world.actor("applicant"), {}, [], application.inventory.version
    )
    db.session.query(BodyScope).delete()
    db.session.flush()
    shown = maker.get(address(case)).text
    answer = take(maker, case, "submit", declared="y")
    assert answer.status_code == 422
    for reason in (
        "填写生产者和生产企业的名称",
        "至少填写一个规格型号",
        "还缺规则要求的文件",
        "活动数据还没有填完",
        "认证机构今天不在本类产品的批准范围内",
    ):
        assert reason in answer.text
        assert reason in shown
    assert "认证委托书、营业执照副本" in shown
    assert (reload(case).state, steps_of(case)) == ("draft", [])


def test_a_button_that_cannot_be_pressed_says_why_beside_it(world, maker):
    case = world.case("draft")
    case.application.models.clear()
    text = maker.get(address(case, "/submit")).text
    assert 'disabled aria-describedby="gate-submit"' in text
    assert 'id="gate-submit"' in text


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("submitted", "submit"),
        ("draft", "resubmit"),
        ("draft", "sign"),
        ("certified", "recall"),
        ("draft", "fly"),
    ],
)
def test_a_step_out_of_order_is_told_and_changes_nothing(world, maker, state, step):
    case = world.case(state)
    before = steps_of(case)
    answer = take(maker, case, step, declared="y", agreed="y")
    assert answer.status_code == 409
    assert "看看现在到了哪一步" in answer.text
    assert (reload(case).state, steps_of(case)) == (state, before)


@pytest.mark.parametrize(
    ("state", "step"), [("submitted", "submit"), ("draft", "sign"), ("draft", "resubmit")]
)
def test_the_page_of_a_step_out_of_order_is_not_shown(world, maker, state, step):
    assert maker.get(address(world.case(state), f"/{step}")).status_code == 409


@pytest.mark.parametrize("step", ["accept", "grant", "issue", "terminate"])
def test_the_steps_of_others_are_not_the_applicants(world, maker, step):
    case = world.case("submitted")
    assert take(maker, case, step).status_code == 403
    assert reload(case).state == "submitted"


def test_a_stale_submission_is_refused_and_shown_again(world, maker):
    case = world.case("draft")
    answer = maker.post(address(case, "/submit"), data={"version": 0, "declared": "y"})
    assert answer.status_code == 409
    assert "<title>错误：" in answer.text
    assert "内容已被改动" in answer.text
    assert "checked" in answer.text
    assert reload(case).state == "draft"


def test_pressing_twice_hands_in_once(world, maker):
    case = world.case("draft")
    fields = {"version": case.application.version, "declared": "y"}
    assert maker.post(address(case, "/submit"), data=fields).status_code == 302
    assert maker.post(address(case, "/submit"), data=fields).status_code == 409
    assert steps_of(case) == ["submit"]


# Signing


def test_the_agreement_is_read_and_signed(world, maker):
    case = world.case("accepted")
    case.take("offer", "case_officer")
    page = maker.get(address(case, "/sign")).text
    for said in ("只在证书覆盖的型号和有效期内宣传认证", world.maker.uscc, world.body.uscc, "示范文本"):
        assert said in page
    assert take(maker, case, "sign", agreed="y").location == address(case)
    assert reload(case).state == "contracted"
    assert world.people["applicant"].name in maker.get(address(case, "/agreement")).text


def test_an_agreement_is_not_signed_unread(world, maker):
    case = world.case("accepted")
    case.take("offer", "case_officer")
    answer = take(maker, case, "sign")
    assert answer.status_code == 422
    assert "勾选“我已阅读协议”后再签署" in answer.text
    assert reload(case).state == "accepted"


def test_an_agreement_that_was_not_offered_cannot_be_signed(world, maker):
    case = world.case("accepted")
    assert "机构还没有发出协议" in maker.get(address(case, "/sign")).text
    answer = take(maker, case, "sign", agreed="y")
    assert answer.status_code == 422
    assert "机构还没有发出协议" in answer.text
    assert reload(case).state == "accepted"


# Ends


def test_an_application_is_recalled_after_being_asked_again(world, maker):
    case = world.case("submitted")
    assert "不能恢复" in maker.get(address(case, "/recall")).text
    assert take(maker, case, "recall", reason="计划改变").location == address(case)
    assert reload(case).state == "recalled"
    assert "计划改变" in maker.get(address(case)).text


def test_a_declined_case_shows_its_reasons(world, maker):
    case = world.case("submitted")
    case.take("decline", "application_reviewer", reason="产品不在认证目录范围内。")
    text = maker.get(address(case)).text
    assert "不予受理" in text
    assert "产品不在认证目录范围内。" in text


def test_a_refused_case_shows_the_decision_and_its_reasons(world, maker):
    case = world.case("pending_decision")
    case.take("refuse", "decision_maker", reason="数据无法核实。", signed=True)
    text = maker.get(address(case)).text
    for said in ("不予认证", "数据无法核实。", "10.80", "演示数据"):
        assert said in text


def test_a_certified_case_leads_to_its_certificate(world, maker):
    case = world.case("certified")
    text = maker.get(address(case)).text
    assert "/certification/certificates/LCP-" in text
    assert "/certification/certificates/LCP-" in maker.get(HOME).text
