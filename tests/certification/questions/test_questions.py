"""What is asked about activity data: answered in place, settled by who evaluates, nothing granted before."""

from decimal import Decimal

import pytest

from accounts import operations as accounts
from certification.application.operations.applications import save_inventory
from certification.questions import operations as questions
from certification.workflow import APPLICATION
from core import lifecycle
from core.db import db as tables
from core.errors import NotFound, Unmet
from tests.certification.world import reload

OWN = {"own_value": "8", "own_unit": "kgCO2e/m2", "own_source": "企业实测", "evidence": "台账"}
ROW = {"stage": "manufacturing", "name": "烧成", "quantity": "1", "unit": "m2"} | OWN
OTHER = ROW | {"stage": "raw_material", "name": "坯料", "own_value": "1"}
HEAD = {"output_amount": "1", "output_unit": "m2"}
YEAR = {"period_from": "2025-01-01", "period_to": "2025-12-31"}


@pytest.fixture
def case(world):
    """A draft with one row alone: it is asked about that."""
    made = world.case("draft")
    save(made, ROW)
    return made


@pytest.fixture
def caller(client, world, db):
    """caller(role, method, path): ask the API in the name of whoever holds the role."""

    def call(role: str, method: str, path: str, **more):
        secret = accounts.create_token(world.actor(role), "test")[1]
        tables.session.commit()
        headers = {"Authorization": f"Bearer {secret}"}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)

    return call


def save(case, *rows, **head) -> None:
    application, actor = case.application, case.world.actor("applicant")
    save_inventory(application, actor, HEAD | YEAR | head, list(rows), application.inventory.version)
    tables.session.commit()


def stand(case) -> list[tuple[str, str]]:
    return [(each.slug, each.state) for each in reload(case).questions]


def the(case, slug="single-row"):
    return next(each for each in reload(case).questions if each.slug == slug and not each.is_gone)


def explain(case, **facts) -> None:
    lifecycle.take(
        the(case), "explain", case.world.actor("applicant"), **{"answer": "确实只有一项。"} | facts
    )
    tables.session.commit()


def hindrances(case, step: str, role: str) -> list[str]:
    return APPLICATION.named(step).unmet(reload(case), case.world.actor(role))


# Asking


def test_what_is_saved_is_asked_about_once(case):
    assert stand(case) == [("single-row", "asked")]
    save(case, ROW)
    assert stand(case) == [("single-row", "asked")]


def test_a_question_that_nobody_answered_goes_with_what_it_was_about(case):
    save(case, ROW, OTHER)
    assert stand(case) == []


def test_other_facts_are_asked_about_anew_and_the_answer_to_the_former_is_kept(case):
    explain(case)
    save(case, ROW | {"name": "窑炉"})
    assert stand(case) == [("single-row", "gone"), ("single-row", "asked")]
    assert reload(case).questions[0].answer == "确实只有一项。"


def test_the_same_facts_keep_their_answer_wherever_the_row_moves(case):
    save(case, OTHER, ROW, ROW)
    asked = the(case, "rows-duplicated")
    save(case, ROW, ROW, OTHER | {"stage": "manufacturing"})
    assert (the(case, "rows-duplicated").id, the(case, "rows-duplicated").row) == (asked.id, 1)


def test_what_cannot_be_reckoned_leaves_what_was_asked(case):
    explain(case)
    save(case, ROW, output_amount=None)
    assert stand(case) == [("single-row", "answered")]


def test_a_plant_that_moves_is_asked_whether_its_factors_fit(case):
    from certification.application.operations.applications import update_application

    application, actor = case.application, case.world.actor("applicant")
    application.inventory.rows[0].own_value = Decimal(999)  # behind the back of the page
    tables.session.commit()
    update_application(application, actor, application.version, factory={"region": "330100"})
    assert {slug for slug, _state in stand(case)} == {"single-row", "far-from-limit"}


def test_every_draft_is_asked_anew_by_the_day(case, world):
    before = world.case("draft")
    before.application.questions.clear()
    save(before, ROW)
    before.application.questions.clear()
    tables.session.commit()
    assert questions.ask_about_drafts() == 2
    assert [question.slug for question in before.application.questions] == ["single-row"]


# Handing in


# rule 24
def test_nothing_is_handed_in_while_a_red_one_is_unanswered(case):
    with pytest.raises(Unmet) as refused:
        case.to("submitted")
    assert refused.value.detail["unmet"] == ["question-unanswered"]
    tables.session.rollback()
    explain(case)
    case.to("submitted")
    assert reload(case).state == "submitted"


def test_what_was_answered_stands_in_the_version_that_is_handed_in(case, browser):
    file = reload(case).current_files[0]
    explain(case, file=file.id)
    case.to("submitted")
    tables.session.commit()
    [kept] = reload(case).submissions[-1].content["questions"]
    assert kept == {
        "slug": "single-row",
        "row": None,
        "detail": {"name": "烧成"},
        "answer": "确实只有一项。",
        "file": file.digest,
    }
    page = browser("applicant").get(f"/certification/applications/{case.id}/versions/1").text
    assert "只有一个排放源“烧成”" in page
    assert "确实只有一项。" in page


def test_an_amber_one_may_be_left(world):
    case = world.case("draft")
    save(case, ROW, OTHER, period_to="2025-06-30")
    assert stand(case) == [("period-not-a-year", "asked")]
    case.to("submitted")
    assert stand(case) == [("period-not-a-year", "asked")]


def test_what_was_never_saved_by_a_page_is_asked_when_it_is_handed_in(case):
    case.application.questions.clear()
    tables.session.commit()
    with pytest.raises(Unmet) as refused:
        case.to("submitted")
    assert refused.value.detail["unmet"] == ["question-unanswered"]


def test_a_case_that_was_handed_in_before_there_were_questions_goes_on(case):
    explain(case)
    case.to("submitted")
    reload(case).questions.clear()  # as it was before the upgrade
    tables.session.commit()
    point = {"anchor": "models", "text": "补型号。"}
    case.take("correct", "application_reviewer", points=[point])
    case.application.points[0].answer, case.application.points[0].not_applicable = "没有别的型号。", True
    case.take("resubmit", "applicant")
    assert stand(case) == []
    case.to("granted")


# Answering


def test_the_applicant_answers_on_the_page_with_a_file_of_the_case(case, browser):
    maker, asked, file = browser("applicant"), the(case), reload(case).current_files[0]
    page = maker.get(f"/certification/applications/{case.id}/inventory").text
    assert "一个产品不会只有一个排放源" in page
    assert f"question-{asked.id}" in page
    fields = {"version": asked.version, "answer": "确实只有一项。", "file": file.id, "section": "inventory"}
    answer = maker.post(f"/certification/questions/{asked.id}/explain", data=fields)
    assert answer.location.endswith(f"/applications/{case.id}/inventory#question-{asked.id}")
    assert (the(case).state, the(case).answer, the(case).file_id) == ("answered", "确实只有一项。", file.id)
    assert "确实只有一项。" in maker.get(f"/certification/applications/{case.id}").text


def test_of_several_that_must_be_answered_the_first_is_open_on_the_page(case, browser):
    """A row that is nine hundred times the limit is asked about as well."""
    save(case, ROW | {"own_value": "9720"})
    assert len([each for each in reload(case).questions if each.is_red and each.is_unanswered]) > 1
    page = browser("applicant").get(f"/certification/applications/{case.id}/inventory").text
    assert page.count('<details class="mt2" open>') == 1
    first = page.index('<details class="mt2" open>')
    assert first < page.index('<details class="mt2">')


def test_an_empty_answer_comes_back_beside_its_box(case, browser):
    asked = the(case)
    fields = {"version": asked.version, "answer": " "}
    answer = browser("applicant").post(f"/certification/questions/{asked.id}/explain", data=fields)
    assert answer.status_code == 422
    assert f'aria-describedby="question-{asked.id}-answer-e"' in answer.text
    assert the(case).state == "asked"


def test_a_file_of_another_case_is_no_proof(case, world):
    other = world.case("draft").application.current_files[0]
    with pytest.raises(Unmet) as refused:
        explain(case, file=other.id)
    assert refused.value.detail["unmet"] == ["file-not-of-the-case"]


def test_a_program_reads_answers_and_hands_in(case, caller):
    [asked] = caller("applicant", "GET", f"/applications/{case.id}/questions").json["items"]
    assert (asked["slug"], asked["severity"], asked["state"]) == ("single-row", "red", "asked")
    [link] = asked["links"]
    assert (link["rel"], link["ready"]) == ("explain", True)
    path = link["href"].removeprefix("/api/v1")
    assert caller("applicant", "POST", path, json={"answer": "确实只有一项。"}).status_code == 200
    told = caller("applicant", "GET", f"/questions/{asked['id']}").json
    assert (told["state"], told["answer"]) == ("answered", "确实只有一项。")
    handed = caller("applicant", "POST", f"/applications/{case.id}/submit", json={"declared": True})
    assert handed.status_code == 200


def test_nobody_else_reads_the_questions_of_a_case(case, world, db):
    from certification.questions.queries import question

    with pytest.raises(NotFound):
        question(world.actor("tester"), the(case).id)


# Settling


@pytest.fixture
def evaluated(case):
    """The same case, explained and under evaluation."""
    explain(case)
    case.to("evaluating")
    tables.session.commit()
    return case


# rule 24
def test_a_red_one_left_open_stops_the_end_of_the_evaluation_and_the_grant(evaluated):
    assert "question-open" in hindrances(evaluated, "finish", "lead_verifier")
    assert "question-open" in hindrances(evaluated, "grant", "decision_maker")
    settled = {"reason": "看过台账。"}
    lifecycle.take(the(evaluated), "accept_answer", evaluated.world.actor("document_reviewer"), **settled)
    assert "question-open" not in hindrances(evaluated, "finish", "lead_verifier")
    assert "question-open" not in hindrances(evaluated, "grant", "decision_maker")


def test_the_reviewer_sees_question_and_answer_and_accepts_with_a_reason(evaluated, browser):
    reviewer, asked = browser("document_reviewer"), the(evaluated)
    page = reviewer.get(f"/certification/reviews/{evaluated.id}?tab=inventory").text
    assert "只有一个排放源“烧成”" in page
    assert "确实只有一项。" in page
    address = f"/certification/reviews/questions/{asked.id}/accept_answer"
    assert reviewer.post(address, data={"version": asked.version, "reason": ""}).status_code == 422
    fields = {"version": asked.version, "reason": "看过台账。"}
    assert reviewer.post(address, data=fields).status_code == 302
    assert (the(evaluated).state, the(evaluated).reason) == ("accepted", "看过台账。")
    assert "看过台账。" in browser("applicant").get(f"/certification/applications/{evaluated.id}").text


def test_a_nonconformity_is_raised_of_it_and_stands_in_the_way_of_the_grant(evaluated, browser):
    asked = the(evaluated)
    fields = {"version": asked.version, "grade": "major", "fact": "台账另有三种原料。"}
    address = f"/certification/reviews/questions/{asked.id}/raise_finding"
    assert browser("lead_verifier").post(address, data=fields).status_code == 302
    [finding] = reload(evaluated).nonconformities
    assert (finding.grade, finding.fact, finding.anchor) == ("major", "台账另有三种原料。", "inventory")
    assert (the(evaluated).state, the(evaluated).nonconformity_id) == ("raised", finding.id)
    assert "question-open" not in hindrances(evaluated, "grant", "decision_maker")
    assert "nonconformity-open" in hindrances(evaluated, "grant", "decision_maker")


def test_before_acceptance_the_reviewer_asks_for_correction_of_that_row(world, browser):
    case = world.case("draft")
    save(case, ROW, ROW, OTHER)
    case.to("submitted")
    tables.session.commit()
    reviewer, asked = browser("application_reviewer"), the(case, "rows-duplicated")
    assert asked.anchor == f"inventory.row:{asked.row}"
    page = reviewer.get(f"/certification/reviews/{case.id}?tab=inventory").text
    assert f'value="{asked.anchor}"' in page
    note = {"anchor": asked.anchor, "text": "删去重复的一行。"}
    assert reviewer.post(f"/certification/reviews/{case.id}/notes", data=note).status_code == 302
    page = reviewer.get(f"/certification/reviews/{case.id}?step=correct").text
    assert "删去重复的一行。" in page


def test_who_is_not_on_the_team_settles_nothing(evaluated, browser):
    page = browser("technical_reviewer").get(f"/certification/reviews/{evaluated.id}?tab=inventory").text
    assert "确实只有一项。" in page
    assert "accept_answer" not in page
