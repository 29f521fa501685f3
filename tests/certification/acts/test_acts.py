"""Written acts: what a body decides is numbered and signed, with reasons and the way to appeal."""

import io
import json
import re
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest

from certification.acts import queries as questions
from certification.acts import statement as acts
from certification.acts.models import WrittenAct
from certification.certificate.queries import certificates
from core import files, jobs, lifecycle
from core.clock import today
from core.errors import Invalid, Unmet
from core.words import sentence
from tests import factories
from tests.certification.aftercare.later import restore
from tests.certification.clocks.ticking import in_days
from tests.certification.world import World
from tests.support.rules import amend

REASONS = "实测吸水率超过规则限值。\n现场未见能源计量器具检定记录。"


@pytest.fixture
def written(db):
    """written(case, kind): the newest act of a kind in a case."""

    def find(case, kind: str) -> WrittenAct:
        found = [act for act in _acts(db, case) if act.kind == kind]
        assert found, kind
        return found[-1]

    return find


def _acts(db, case) -> list[WrittenAct]:
    return db.session.query(WrittenAct).filter_by(application_id=case.id).order_by(WrittenAct.id).all()


def refused(world: World):
    """A case with two open nonconformities, refused."""
    case = world.case("evaluating")
    case.review_documents()
    case.test()
    case.raise_finding(fact="缺少里程记录。")
    case.raise_finding(fact="一台电能表没有检定。", grade="major", anchor="energy_monitoring")
    grades = {"evidence_reliability": "minor", "energy_monitoring": "major"}
    case.visit("fail", lambda slug: grades.get(slug, "conform"))
    case.take("report_failure", "lead_verifier", reason="两项不符合未整改。")
    case.take("recommend", "technical_reviewer", recommendation="refuse", text="不建议批准。")
    case.take("refuse", "decision_maker", signed=True, reason="不符合项逾期未整改，不能证明结果可靠。")
    return case


def certified(world: World):
    case = world.case("certified")
    return case, certificates.certificate(certificates.number_of(case.id))


def test_acceptance_is_told_with_case_number_date_and_due_date_first(world, written):
    # ask: the acceptance notice is a receipt
    amend(
        world.scheme,
        clocks={"acceptance_to_certificate": {"days": 90, "unit": "calendar", "source": "演示数据"}},
    )
    case = world.case("accepted")
    said = questions.said(written(case, "acceptance"))
    assert said["case"]["number"] == case.application.number
    assert said["served_on"] == today().isoformat()
    assert said["due"] == in_days(90).isoformat()
    assert said["appeal"] == {}


def test_a_correction_notice_lists_every_point_and_the_day(world, written):
    case = world.case("submitted")
    points = [{"anchor": "inventory", "text": "补齐燃气账单。"}, {"anchor": "models", "text": "核对型号。"}]
    case.take("correct", "application_reviewer", points=points)
    said = questions.said(written(case, "correction"))
    assert [reason["text"] for reason in said["reasons"]] == ["补齐燃气账单。", "核对型号。"]
    assert said["due"] == case.application.correction_due.isoformat()


# guard 7
def test_an_application_is_not_declined_without_written_reasons(world, db):
    case = world.case("submitted")
    with pytest.raises(Unmet, match="reason-missing"):
        case.take("decline", "application_reviewer", reason="  ")
    assert _acts(db, case) == []


# guard 7
def test_certification_is_not_refused_without_reasons(world, db):
    case = world.case("pending_decision")
    with pytest.raises(Unmet, match="reason-missing"):
        case.take("refuse", "decision_maker", signed=True, reason="")
    assert [act.kind for act in _acts(db, case)] == ["acceptance"]


# ask 22
def test_a_declined_client_is_told_each_reason_and_until_when_to_appeal(app, monkeypatch, world, written):
    monkeypatch.setitem(app.config, "REGULATOR", "某省市场监督管理局")
    case = world.case("submitted")
    case.take("decline", "application_reviewer", reason="产品不在目录内。\n企业未满一年。")
    act = written(case, "non_acceptance")
    said = questions.said(act)
    assert [reason["text"] for reason in said["reasons"]] == ["产品不在目录内。", "企业未满一年。"]
    assert act.appeal_until == in_days(30)
    assert said["appeal"]["to"] == world.body.name
    assert said["appeal"]["then"] == "某省市场监督管理局"
    assert "演示数据" in said["appeal"]["source"]


# ask 22
def test_a_refusal_names_every_criterion_that_was_not_met_with_its_fact(world, written):
    said = questions.said(written(refused(world), "refusal"))
    told = {reason["on"]: reason["text"] for reason in said["reasons"]}
    assert told["认证决定"] == "不符合项逾期未整改，不能证明结果可靠。"
    assert any("严重" in on and "一台电能表没有检定。" in text for on, text in told.items())
    assert any("一般" in on and "缺少里程记录。" in text for on, text in told.items())


def test_a_failed_test_and_a_footprint_over_the_limit_are_reasons_with_their_figures(world, written):
    case = world.case("evaluating", value="12.30", tests={"absorption": "0.90"})
    case.review_documents()
    case.test()
    case.visit("fail", lambda _slug: "major")
    case.take("report_failure", "lead_verifier", reason="检测不合格。")
    case.take("recommend", "technical_reviewer", recommendation="refuse", text="不建议批准。")
    case.take("refuse", "decision_maker", signed=True, reason="不符合规则。")
    said = questions.said(written(case, "refusal"))
    text = json.dumps(said["reasons"], ensure_ascii=False)
    for shown in ("检测：吸水率", "测得 0.90 %，要求 ≤ 0.5 %", "现场核查", "碳足迹 12.30", "限值 10.80"):
        assert shown in text, shown


@pytest.mark.parametrize(
    ("step", "kind", "facts"),
    [
        ("suspend", "suspension", {"cause": "misuse", "until": 90}),
        ("withdraw", "withdrawal", {"cause": "fraud"}),
        ("cancel", "cancellation", {"cause": "production_ended"}),
    ],
)
def test_every_act_on_a_certificate_is_told_in_writing_with_the_way_to_appeal(
    world, written, step, kind, facts
):
    case, certificate = certified(world)
    if "until" in facts:
        facts = facts | {"until": today() + timedelta(days=facts["until"])}
    lifecycle.take(certificate, step, world.actor("decision_maker"), reason=REASONS, **facts)
    act = written(case, kind)
    said = questions.said(act)
    assert said["certificate"]["number"] == certificate.number
    assert [reason["text"] for reason in said["reasons"]] == REASONS.splitlines()
    assert act.appeal_until > today()
    assert said["due"] == (facts["until"].isoformat() if "until" in facts else "")


def test_a_restoration_is_told_and_gives_nothing_to_appeal_against(world, written):
    case, certificate = certified(world)
    until = today() + timedelta(days=90)
    decider = world.actor("decision_maker")
    lifecycle.take(certificate, "suspend", decider, reason="x", cause="misuse", until=until)
    restore(world, certificate, reason="整改完成。")
    assert written(case, "restoration").appeal_until is None


def test_numbers_of_a_kind_have_no_gaps_and_begin_anew_for_each_kind(world, written):
    cases = [world.case("accepted"), world.case("accepted"), world.case("submitted")]
    cases[2].take("decline", "application_reviewer", reason="不符合。")
    numbers = [written(cases[0], "acceptance").number, written(cases[1], "acceptance").number]
    assert [number[-5:] for number in numbers] == ["00001", "00002"]
    assert numbers[0].startswith("SL-32-")
    assert written(cases[2], "non_acceptance").number.endswith("-00001")


def test_an_act_is_signed_by_the_body_and_a_changed_letter_is_noticed(world, written):
    act = written(world.case("accepted"), "acceptance")
    assert questions.signature_holds(act)
    act.statement = act.statement.replace("抛釉砖", "抛光砖")
    assert not questions.signature_holds(act)


def test_a_reason_the_font_cannot_show_is_refused_with_its_step(world, db):
    case = world.case("submitted")
    with pytest.raises(Invalid, match="glyph-missing"):
        case.take("decline", "application_reviewer", reason="不符合 \U0001f6ab")


def test_an_act_lacks_none_of_its_parts_and_has_no_others():
    with pytest.raises(ValueError, match="too many or too few"):
        acts.compose(number="1")


# The PDF


# ask 22
def test_the_refusal_can_be_read_back_from_its_pdf(world, db, browser, written):
    case = refused(world)
    act_id = written(case, "refusal").id
    db.session.commit()
    jobs.run_due()
    act = db.session.get(WrittenAct, act_id)
    content = Path(files.path_of(act.document)).read_bytes()
    reader = pypdf.PdfReader(io.BytesIO(content))
    text = re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))
    for shown in (
        "不予认证决定书",
        act.number,
        case.application.number,
        "宜兴云陶新材有限公司",
        "缺少里程记录。",
        "一台电能表没有检定。",
        "提出申诉",
        f"{act.appeal_until.year}年{act.appeal_until.month}月{act.appeal_until.day}日",
        act.digest,
        "演示数据",
    ):
        assert re.sub(r"\s+", "", shown) in text, shown
    answer = browser("applicant").get(f"/certification/acts/{act.number}.pdf", buffered=True)
    assert answer.data == content
    assert case.application.number in answer.headers["Content-Disposition"]


def test_a_job_that_runs_twice_draws_once(world, db, monkeypatch, written):
    from certification.acts import papers

    act = written(world.case("accepted"), "acceptance")
    act.document = files.store(io.BytesIO(b"%PDF-1.7\n"), "a.pdf", examined=True).digest
    db.session.flush()
    monkeypatch.setattr(papers, "render", lambda *_: pytest.fail("drawn again"))
    papers.draw(act.id)


# Who may read


def test_the_parties_read_an_act_and_nobody_else_learns_of_it(world, client, browser, sign_in, written):
    number = written(refused(world), "refusal").number
    page = f"/certification/acts/{number}"
    shown = browser("applicant").get(page).text
    assert "一台电能表没有检定。" in shown
    assert "提出申诉" in shown
    assert "提出申诉</a>" not in browser("decision_maker").get(page).text
    assert browser("applicant").get(f"{page}.pdf").status_code == 202
    stranger = factories.user(factories.organisation(), "applicant")
    for visitor in (browser("tester"), sign_in(client, stranger)):
        hidden = visitor.get(page)
        assert (hidden.status_code, sentence("act-not-found") in hidden.text) == (404, True)
        assert visitor.get(f"{page}.pdf").status_code == 404
        assert number not in visitor.get("/certification/acts/").text
    assert number in browser("applicant").get("/certification/acts/?kind=refusal").text
    assert number not in browser("applicant").get("/certification/acts/?kind=acceptance").text


# 公告


def test_suspension_withdrawal_and_cancellation_are_announced_newest_first(world, client):
    first, second = certified(world)[1], certified(world)[1]
    decider, until = world.actor("decision_maker"), today() + timedelta(days=90)
    lifecycle.take(first, "suspend", decider, cause="misuse", reason="超范围使用标志。", until=until)
    lifecycle.take(second, "withdraw", decider, cause="fraud", reason="弄虚作假。")
    numbers = first.number, second.number
    page = client.get("/notices/").text
    assert page.index(numbers[1]) < page.index(numbers[0])
    assert numbers[1] not in client.get("/notices/?kind=suspension").text
    assert numbers[0] not in client.get(f"/notices/?q={numbers[1]}").text
    assert numbers[0] in client.get("/notices/?q=宜兴云陶").text
    [item, _] = client.get("/notices/feed.json").json["items"]
    assert numbers[1] in item["title"]
    shown = client.get(item["url"]).text
    assert "弄虚作假。" in shown
    assert world.maker.address not in shown


def test_what_is_between_a_body_and_its_client_is_not_announced(world, client, written):
    number = written(refused(world), "refusal").number
    assert number not in client.get("/notices/").text
    hidden = client.get(f"/notices/{number}")
    assert (hidden.status_code, sentence("act-not-found") in hidden.text) == (404, True)
