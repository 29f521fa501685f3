"""What the applicant answers during the evaluation: nonconformities, and samples to be sent."""

from io import BytesIO

import pytest

from core.clock import today
from tests.certification.world import PDF, reload

HOME = "/certification/"


@pytest.fixture
def maker(browser):
    return browser("applicant")


def address(case) -> str:
    return f"{HOME}applications/{case.id}"


# Nonconformities


def answer_finding(client, finding, content=PDF, name="整改证据.pdf", **changes):
    data = {"version": finding.version, "answer": "已补充里程记录。", **changes}
    if content is not None:
        data["evidence"] = (BytesIO(content), name)
    place = f"{HOME}nonconformities/{finding.id}/answer"
    return client.post(place, data=data, content_type="multipart/form-data")


def test_a_nonconformity_is_answered_with_evidence(world, maker, browser):
    case = world.case("evaluating")
    finding = case.raise_finding()
    answer = answer_finding(maker, finding)
    assert answer.location == f"{address(case)}#finding-{finding.id}"
    reload(case)
    assert (finding.state, finding.latest.text, finding.latest.evidence_name) == (
        "answered",
        "已补充里程记录。",
        "整改证据.pdf",
    )
    with browser("lead_verifier").get(f"{HOME}nonconformities/{finding.id}/evidence/1") as sent:
        assert sent.data == PDF
    case.take("reject", "lead_verifier", finding, reason="只有一半路程。")
    assert "只有一半路程。" in maker.get(address(case)).text


@pytest.mark.parametrize(
    ("content", "changes", "said"),
    [
        (None, {}, "附上整改证据"),
        (PDF, {"answer": " "}, "写明答复"),
        (b"", {}, "文件是空的"),
        (b"\x00\x01", {}, "文件内容不是 pdf 格式"),
    ],
)
def test_an_answer_without_words_or_evidence_is_said_at_its_box(world, maker, content, changes, said):
    case = world.case("evaluating")
    finding = case.raise_finding()
    answer = answer_finding(maker, finding, content, **changes)
    assert answer.status_code == 422
    assert "<title>错误：" in answer.text
    assert said in answer.text
    assert "已补充里程记录。" in answer.text or "answer" in changes
    reload(case)
    assert (finding.state, finding.answers) == ("raised", [])


def test_a_stale_answer_keeps_its_words(world, maker):
    case = world.case("evaluating")
    finding = case.raise_finding()
    answer = answer_finding(maker, finding, version=0)
    assert answer.status_code == 409
    assert "已补充里程记录。" in answer.text
    reload(case)
    assert finding.state == "raised"


def test_a_finding_without_evidence_has_none_to_give(world, maker):
    case = world.case("evaluating")
    finding = case.raise_finding()
    assert maker.get(f"{HOME}nonconformities/{finding.id}/evidence").status_code == 404
    assert maker.get(f"{HOME}nonconformities/999/evidence").status_code == 404


# Samples


def ordered(world, method: str = "submitted"):
    case = world.case("evaluating")
    case.take("order_sample", "lead_verifier", method=method, model="YT-6015", quantity=3)
    return case, case.application.samples[0]


def dispatch(client, sample, **fields):
    place = f"{HOME}samples/{sample.id}/dispatch"
    return client.post(place, data={"version": sample.version, **fields})


def test_a_sample_is_sent_by_the_applicant(world, maker):
    case, sample = ordered(world)
    answer = dispatch(maker, sample, drawn_on=today().isoformat())
    assert answer.location == f"{address(case)}#sample-{sample.id}"
    reload(case)
    assert (sample.state, sample.drawn_on) == ("in_transit", today())


@pytest.mark.parametrize(
    ("day", "said"), [("", "填写抽样或寄送日期"), ("昨天", "日期应写成 2025-01-31 的样子")]
)
def test_a_sample_without_its_day_is_not_sent(world, maker, day, said):
    case, sample = ordered(world)
    answer = dispatch(maker, sample, drawn_on=day, seal_number="F-9")
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="F-9"' in answer.text
    reload(case)
    assert sample.state == "planned"


def test_a_sample_somebody_comes_to_draw_has_no_form(world, maker):
    case, sample = ordered(world, "drawn")
    text = maker.get(address(case)).text
    assert sample.number in text
    assert "记录寄送" not in text
