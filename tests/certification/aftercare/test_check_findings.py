"""What a follow-up check finds wanting: each a nonconformity, answered on evidence, judged by the team."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from certification.clocks.models import Clock
from certification.workflow.surveillance import CHECKS
from core import clock, lifecycle
from core.clock import today
from core.db import db
from core.errors import NotPermitted, Unmet
from tests import factories
from tests.certification.aftercare.test_surveillance import check, in_window, issued  # noqa: F401

pytestmark = pytest.mark.engines("walks")


def test_each_thing_found_is_a_nonconformity_of_its_own_with_grade_text_and_clause(in_window):  # noqa: F811
    in_window.notify()
    graded = {"label_use": "minor", "energy_monitoring": "major"}
    items = [
        {"slug": slug, "finding": graded.get(slug, "conform"), "note": f"看到 {slug}", "clause": "第 6.2 条"}
        for slug in CHECKS
    ]
    in_window.conduct(items=items)
    found = [
        (each.number, each.anchor, each.grade, each.fact, each.clause) for each in in_window.row.findings
    ]
    assert found == [
        ("NC-01", "energy_monitoring", "major", "看到 energy_monitoring", "第 6.2 条"),
        ("NC-02", "label_use", "minor", "看到 label_use", "第 6.2 条"),
    ]


def test_an_answer_that_was_sent_back_stays_and_another_follows(in_window):  # noqa: F811
    in_window.notify()
    in_window.conduct(found={"label_use": "minor"})
    in_window.take("require", "decision_maker", reason="清理旧包装", due=today() + timedelta(days=30))
    in_window.answer(answer="已清理一半。")
    in_window.judge("reject", reason="另一半还在。")
    in_window.answer(answer="全部清理。")
    in_window.judge()
    [finding] = in_window.row.findings
    assert [(each.round, each.text, each.outcome, each.verdict) for each in finding.answers] == [
        (1, "已清理一半。", "reject", "另一半还在。"),
        (2, "全部清理。", "close", "照片清楚。"),
    ]
    assert finding.state == "closed"


def test_nothing_is_answered_before_it_is_asked_for_nor_after_the_check_is_concluded(in_window):  # noqa: F811
    in_window.notify()
    in_window.conduct(found={"label_use": "minor"})
    with pytest.raises(Unmet, match="check-not-correcting"):
        in_window.answer()
    in_window.take("fail", "decision_maker", reason="问题严重")
    with pytest.raises(Unmet, match="check-not-correcting"):
        in_window.answer()


def test_an_answer_is_judged_by_the_team_of_the_check_alone(in_window, world):  # noqa: F811
    in_window.notify()
    in_window.conduct(found={"label_use": "minor"})
    in_window.take("require", "decision_maker", reason="清理旧包装", due=today())
    in_window.answer()
    with pytest.raises(NotPermitted):
        in_window.judge(role="decision_maker")
    another = factories.user(world.body, "verifier").memberships[0].actor()
    with pytest.raises(Unmet, match="not-on-the-team"):
        lifecycle.take(in_window.row.findings[0], "close", another, reason="照片清楚。")


@pytest.mark.parametrize(
    ("facts", "slug"),
    [
        ({"answer": ""}, "answer-missing"),
        ({"evidence": None}, "evidence-missing"),
    ],
)
def test_a_correction_is_answered_with_evidence(in_window, facts, slug):  # noqa: F811
    in_window.notify()
    in_window.conduct(found={"label_use": "minor"})
    in_window.take("require", "decision_maker", reason="整改", due=today())
    with pytest.raises(Unmet, match=slug):
        in_window.answer(**facts)


def correction(of):
    """The clock of the correction, and the kinds of its entries."""
    query = select(Clock).where(Clock.name == "surveillance_correction", Clock.subject_id == of.row.id)
    found = db.session.scalars(query).one()
    return found.result, [entry.kind for entry in found.entries]


def test_the_holder_s_time_stands_still_once_everything_is_answered_and_ends_when_the_check_is_passed(
    in_window,  # noqa: F811
):
    in_window.notify()
    in_window.conduct(found={"label_use": "minor"})
    in_window.take("require", "decision_maker", reason="清理旧包装", due=today() + timedelta(days=30))
    assert correction(in_window) == ("running", ["start", "fix"])
    in_window.answer()
    assert correction(in_window) == ("running", ["start", "fix", "pause"])
    in_window.judge("reject", reason="另一半还在。")
    assert correction(in_window) == ("running", ["start", "fix", "pause", "resume"])
    in_window.answer()
    in_window.judge()
    in_window.take("pass", "decision_maker", reason="整改有效")
    result, kinds = correction(in_window)
    assert result == "met"
    assert kinds[:5] == ["start", "fix", "pause", "resume", "pause"]


def test_an_answer_that_came_too_late_is_late_though_the_check_is_passed(in_window):  # noqa: F811
    in_window.notify()
    in_window.conduct(found={"label_use": "minor"})
    due = today() + timedelta(days=10)
    in_window.take("require", "decision_maker", reason="清理旧包装", due=due)
    with clock.travel(due + timedelta(days=3)):
        in_window.answer()
        in_window.judge()
        in_window.take("pass", "decision_maker", reason="整改有效")
    assert correction(in_window)[0] == "late"


def test_the_time_that_the_body_takes_to_judge_is_not_the_holder_s(in_window):  # noqa: F811
    in_window.notify()
    in_window.conduct(found={"label_use": "minor"})
    due = today() + timedelta(days=10)
    in_window.take("require", "decision_maker", reason="清理旧包装", due=due)
    with clock.travel(due - timedelta(days=1)):
        in_window.answer()
    with clock.travel(due + timedelta(days=5)):
        in_window.judge()
        in_window.take("pass", "decision_maker", reason="整改有效")
    assert correction(in_window)[0] == "met"
