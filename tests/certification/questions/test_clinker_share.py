"""The clinker of the activity data is what a laboratory finds in the cement, or it is asked why."""

from decimal import Decimal

import pytest

from accounts import operations as accounts
from certification.application.operations.applications import save_inventory
from certification.questions import operations as questions
from certification.workflow import APPLICATION
from core import lifecycle
from core.clock import today
from core.db import db as tables
from tests.certification.world import reload
from tests.support.rules import amend

SLUG = "clinker-share-differs"
TESTED = {"slug": "clinker_share", "name": "熟料含量", "name_en": "Clinker content", "method": "GB/T 12960",
          "unit": "%", "comparator": None, "limit": None, "demo": True, "against": "clinker"}  # fmt: skip
HEAD = {"output_amount": "1000", "output_unit": "t", "period_from": "2025-01-01", "period_to": "2025-12-31"}
PER_TONNE = {"own_unit": "kgCO2e/t", "own_source": "企业实测", "unit": "t"}
# Half of a tonne of cement, from two kilns.
ROWS = [
    {"stage": "manufacturing", "name": kiln, "kind": "clinker", "quantity": quantity, "unit": unit,
     "cao": {"amount": "65", "unit": "%"}, "mgo": {"amount": "2", "unit": "%"}}
    for kiln, quantity, unit in (("一号窑", "300", "t"), ("二号窑", "200000", "kg"))
]  # fmt: skip
SLAG = PER_TONNE | {"stage": "raw_material", "name": "矿渣", "quantity": "500", "own_value": "10"}


@pytest.fixture
def case(world):
    """A cement plant under evaluation; its sample was not tested yet."""
    amend(world.scheme, declared_unit="t", limit_value=720, tests=[TESTED])
    world.scope(world.laboratory, TESTED["method"])
    tables.session.commit()
    made = world.case("draft")
    application, actor = made.application, world.actor("applicant")
    save_inventory(application, actor, HEAD, [*ROWS, SLAG], application.inventory.version)
    made.to("evaluating")
    tables.session.commit()
    return made


def report(case, percent: str):
    case.tests = {"clinker_share": percent}
    sample = case.test()
    tables.session.commit()
    return sample.report


def amended(case, issued, percent: str) -> None:
    result = {"item": "clinker_share", "value": Decimal(percent), "performed_on": today()}
    facts = {"number": f"{issued.number}-A", "issued_on": today(), "reason": "录入笔误", "results": [result]}
    case.take("amend", "authorised_signatory", issued, **facts)
    tables.session.commit()


def stand(case) -> list[tuple[str, str]]:
    return [(each.slug, each.state) for each in reload(case).questions]


# rule 8
@pytest.mark.parametrize(("percent", "asked"), [("48", False), ("47.9", True), ("52", False), ("52.1", True)])
def test_a_report_that_differs_by_more_than_the_tolerance_is_asked_about(case, percent, asked):
    assert stand(case) == []
    report(case, percent)
    assert stand(case) == ([(SLUG, "asked")] if asked else [])
    if asked:
        assert reload(case).questions[0].is_red
        assert reload(case).questions[0].detail == {"reckoned": "50 %", "tested": f"{percent} %"}


def test_the_tolerance_is_what_the_scheme_says(world, case):
    amend(world.scheme, tolerances={"clinker_share": "0.1"})
    report(case, "60")
    assert stand(case) == []


def test_a_result_of_something_else_is_not_the_clinker(case):
    issued = report(case, "50")
    issued.results[0].item = "loss_on_ignition"
    issued.results[0].value = Decimal(4)
    tables.session.commit()
    questions.ask(reload(case))
    assert stand(case) == []


def test_nothing_is_granted_before_it_is_settled_by_who_evaluates(case):
    report(case, "62")
    unmet = APPLICATION.named("finish").unmet(reload(case), case.world.actor("lead_verifier"))
    assert "question-open" in unmet
    [asked] = reload(case).questions
    reason = {"reason": "另购熟料 120 t，见发票。"}
    lifecycle.take(asked, "accept_answer", case.world.actor("document_reviewer"), **reason)
    unmet = APPLICATION.named("finish").unmet(reload(case), case.world.actor("lead_verifier"))
    assert "question-open" not in unmet


def test_an_amended_report_that_agrees_takes_the_question_away(case):
    amended(case, report(case, "62"), "50")
    assert stand(case) == []


def test_an_amended_report_that_differs_brings_a_reviewed_case_back(case):
    issued = report(case, "50")
    case.review_documents()
    case.visit()
    case.finish()
    case.to("pending_decision")
    amended(case, issued, "62")
    assert stand(case) == [(SLUG, "asked")]
    assert reload(case).state == "evaluating"


def test_the_reviewer_reads_it_and_the_applicant_who_cannot_mend_it_does_not(case, browser, client):
    report(case, "62")
    [asked] = reload(case).questions
    said = "检测报告里是 62 %"
    assert said in browser("document_reviewer").get(f"/certification/reviews/{case.id}?tab=inventory").text
    for page in ("", "/inventory"):
        answer = browser("applicant").get(f"/certification/applications/{case.id}{page}")
        assert answer.status_code == 200
        assert said not in answer.text
    for role, read in (("document_reviewer", 200), ("applicant", 404)):
        secret = accounts.create_token(case.world.actor(role), "test")[1]
        tables.session.commit()
        headers = {"Authorization": f"Bearer {secret}"}
        answer = client.get(f"/api/v1/applications/{case.id}/questions", headers=headers)
        assert [each["slug"] for each in answer.json["items"]] == ([SLUG] if read == 200 else [])
        assert client.get(f"/api/v1/questions/{asked.id}", headers=headers).status_code == read
