"""How the parts of an evaluation stand is one answer: the law, the letter, the pages and the queue agree."""

from fractions import Fraction

import pytest

from certification.acts import queries as acts
from certification.acts.models import WrittenAct
from certification.workbench.queries import turns, workbench
from certification.workflow import parts
from core.db import db
from tests.certification.aftercare.later import case_about, certificate_of, plan_documents_only
from tests.certification.workflow import good_world
from tests.support.rules import amend


def paper(**changes):
    """A case of paper, in which every part is good, with something changed; a dot leads inside."""
    case = good_world.application("evaluating")
    for place, value in changes.items():
        *way, name = place.split("__")
        thing = case
        for step in way:
            thing = getattr(thing, step)
        setattr(thing, name, value)
    return case


def open_finding(state: str) -> list:
    (finding,) = paper().nonconformities
    finding.state = state
    return [finding]


def open_question() -> list:
    (question,) = paper().questions
    question.is_open = True
    return [question]


STANDS = [
    (parts.documents, {}, parts.Part()),
    (parts.documents, {"document_review": None}, parts.Part(met=False)),
    (parts.documents, {"document_review__result": "fail"}, parts.Part(met=False, failed=True)),
    (parts.documents, {"planned_parts": ("site",), "document_review": None}, parts.Part(planned=False)),
    (parts.tests, {}, parts.Part()),
    (parts.tests, {"test_verdicts": {}}, parts.Part(met=False, lacking=("strength",))),
    (parts.tests, {"test_verdicts": {"strength": "fail"}}, parts.Part(met=False, failed=True)),
    (parts.tests, {"test_verdicts": {"strength": "undecided"}}, parts.Part(met=False, failed=True)),
    (parts.tests, {"test_verdicts": {"strength": "reported"}}, parts.Part()),
    (parts.tests, {"planned_parts": ("site",), "test_verdicts": {}}, parts.Part(planned=False)),
    (parts.tests, {"scheme__tests": [], "test_verdicts": {}}, parts.Part(planned=False)),
    (parts.site, {}, parts.Part()),
    (parts.site, {"site": None}, parts.Part(met=False)),
    (parts.site, {"site__conclusion": "pass_after_correction"}, parts.Part()),
    (parts.site, {"site__conclusion": "fail"}, parts.Part(met=False, failed=True)),
    (parts.site, {"planned_parts": ("documents",), "site": None}, parts.Part(planned=False)),
    (parts.findings, {"nonconformities": []}, parts.Part()),
    (parts.findings, {}, parts.Part()),
    (parts.findings, {"nonconformities": open_finding("open")}, parts.Part(met=False, lacking=("NC-01",))),
    (
        parts.findings,
        {"nonconformities": open_finding("overdue")},
        parts.Part(met=False, failed=True, lacking=("NC-01",)),
    ),
    (parts.questions, {"questions": []}, parts.Part(planned=False)),
    (parts.questions, {}, parts.Part()),
    (parts.questions, {"questions": open_question()}, parts.Part(met=False, lacking=("single-row",))),
    (parts.footprint, {}, parts.Part()),
    (parts.footprint, {"footprint__exact": Fraction("10.81")}, parts.Part(met=False, failed=True)),
    (parts.footprint, {"footprint__exact": Fraction("10.84"), "scheme__comparison": "rounded"}, parts.Part()),
    (
        parts.footprint,
        {"footprint__exact": Fraction("10.86"), "scheme__comparison": "rounded"},
        parts.Part(met=False, failed=True),
    ),
    (parts.footprint, {"scheme__limit_value": None}, parts.Part(planned=False)),
]


@pytest.mark.parametrize(("part", "changes", "stands"), STANDS)
def test_a_part_stands_as_the_record_shows(part, changes, stands):
    assert part(paper(**changes)) == stands


def refusal(case) -> str:
    """The reasons of the refusal as its letter gives them, one a line."""
    case.visit("fail", lambda _slug: "major")
    case.take("report_failure", "lead_verifier", reason="现场核查不通过。")
    case.take("recommend", "technical_reviewer", recommendation="refuse", text="不建议批准。")
    case.take("refuse", "decision_maker", signed=True, reason="不符合规则。")
    act = db.session.query(WrittenAct).filter_by(application_id=case.id, kind="refusal").one()
    return "\n".join(f"{reason['on']} {reason['text']}" for reason in acts.said(act)["reasons"])


def test_a_letter_names_no_failed_result_that_a_retest_has_passed(world):
    case = world.case("evaluating", tests={"absorption": "0.90", "density": "22.46"})
    case.review_documents()
    case.test()
    first = case.application.samples[-1]
    case.tests = {"absorption": "0.30"}
    case.test(items=["absorption"], retest_of=first.id, reason="首样有裂纹，双方同意复检")
    told = refusal(case)
    assert "现场核查" in told
    assert "吸水率" not in told


def test_a_letter_compares_with_the_limit_as_the_scheme_does(world):
    amend(world.scheme, comparison="rounded", rounding_digits=1)
    case = world.case("evaluating", value="10.84")
    case.review_documents()
    case.test()
    assert "限值" not in refusal(case)


def test_a_letter_says_what_was_held_against_the_limit(world):
    amend(world.scheme, comparison="rounded", rounding_digits=1)
    case = world.case("evaluating", value="10.86")
    case.review_documents()
    case.test()
    assert "限值 碳足迹 10.86（修约为 10.9） kgCO2e/m²，限值 10.80 kgCO2e/m²" in refusal(case)


@pytest.fixture
def documents_only(world):
    """A change whose plan lawfully leaves out tests and site, just planned."""
    case = case_about(world, certificate_of(world.case("certified"))).to("contracted")
    plan_documents_only(case, "只变更商标，产品与工艺不变")
    return case


def test_nobody_is_waited_for_who_owes_nothing(documents_only):
    assert turns.holders(documents_only.application) == ["role.document_reviewer"]
    documents_only.review_documents()
    assert turns.holders(documents_only.application) == ["role.lead_verifier"]


def test_what_the_plan_leaves_out_is_not_called_missing(documents_only, browser):
    documents_only.review_documents()
    documents_only.finish()
    documents_only.take("recommend", "technical_reviewer", recommendation="grant", text="证据充分。")
    shown = {part.name: part for part in workbench.parts(documents_only.application)}
    assert (shown["tests"].verdict, shown["site"].verdict) == ("part.not_planned", "part.not_planned")
    assert all(part.passed for part in shown.values())
    page = browser("decision_maker").get(f"/certification/reviews/{documents_only.id}/decide").text
    assert "8／8 项齐备" in page
    assert "评审计划没有安排" in page
