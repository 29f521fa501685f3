"""Five complaints of 2025 and 2026, each as a line of a bid that comes out as it was decided."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from core import clock, lifecycle
from core.clock import today
from procurement.models import PolicyRule
from procurement.verdict import queries as verdicts
from procurement.verdict import shapes
from procurement.verdict.dated import Question
from tests import factories

pytestmark = pytest.mark.engines("walks")

DAY = timedelta(days=1)
MAKER = "宜兴云陶新材有限公司"
COLUMNS = ("number", "maker", "uscc", "model", "configuration", "category")
PRODUCTION_LINE = "A02060000"  # a larger good, for which there is no policy


@pytest.fixture
def decided(client, sign_in, program, db):
    """decided(line, on): overall answer and grounds, as the annex of a check has them that was made by the
    page; that of the API has the same."""
    user = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()

    def ask(line: str, on=None) -> tuple[str, dict[str, str]]:
        officer = sign_in(client, user)
        sent = {"title": "争议", "on": (on or today()).isoformat(), "pasted": line}
        answer = officer.post("/procurement/checks/", data=sent)
        assert answer.status_code == 303, answer.text
        [found] = officer.get(f"{answer.location}.json").json["lines"]
        items = [{name: said for name, said in zip(COLUMNS, line.split(","), strict=False) if said}]
        body = {"title": "争议", "on": sent["on"], "items": items}
        made = client.post("/api/v1/checks", json=body, headers=program())
        assert made.status_code == 201, made.text
        [again] = client.get(f"{urlsplit(made.json['annex']).path}").json["lines"]
        assert (again["overall"], again["findings"]) == (found["overall"], found["findings"])
        return found["overall"], {each["subject"]: each["ground"] for each in found["findings"]}

    return ask


def test_a_certificate_withdrawn_before_the_bid_does_not_count_and_the_near_maker_is_nobody(
    world, issued, law, decided
):
    law("category")
    with clock.travel(clock.now() + 10 * DAY):
        decider = world.actor("decision_maker")
        lifecycle.take(issued, "withdraw", decider, cause="fraud", reason="材料造假")
    with clock.travel(clock.now() + 20 * DAY):
        overall, grounds = decided(f"{issued.number},宜兴云陶有限公司,,YT-6015")
    assert (overall, grounds["in-force"], grounds["maker"]) == ("not-buyable", "withdrawn", "maker-differs")


def test_a_neighbouring_model_that_was_filed_after_the_bid_counts_for_neither(issued, law, decided):
    law("category")
    overall, grounds = decided(f"{issued.number},{MAKER},,YT-6018", today() - DAY)
    assert overall == "not-buyable"
    assert (grounds["in-force"], grounds["model"]) == ("issued-after-the-day", "model-not-covered")


def test_a_component_is_asked_of_as_the_larger_good_that_is_bought(issued, law, decided):
    law("category")
    overall, grounds = decided(f"{issued.number},{MAKER},,YT-6015,,{PRODUCTION_LINE}")
    assert (overall, grounds["category"]) == ("not-required", "part-of-other-goods")


def test_what_the_rule_says_of_parts_of_larger_goods_is_told(issued, law, asked, db):
    law("category")
    db.session.query(PolicyRule).one().scope_note = "只适用于单独采购的瓷砖，不含成套墙体内的瓷砖"
    db.session.commit()
    overall, grounds = asked(issued.number, category=PRODUCTION_LINE)
    assert (overall, grounds["category"]) == ("not-required", "part-of-other-goods")
    [found] = verdicts.verdicts([Question(issued.number, "YT-6015", today(), category=PRODUCTION_LINE)])
    told = shapes.sentence(found.on("category"))
    assert told.endswith("作为其中的部件不单独要求；范围说明：只适用于单独采购的瓷砖，不含成套墙体内的瓷砖")


def test_that_a_good_is_not_compulsory_is_an_answer_that_is_kept(issued, decided):
    overall, grounds = decided(f"{issued.number},{MAKER},,YT-6015")
    assert (overall, grounds["category"]) == ("not-required", "not-required")


def test_a_maker_without_a_certificate_is_unknown_and_what_was_asked_is_kept(law, decided):
    law("category")
    overall, grounds = decided(",某某制冷设备有限公司,,LS-640,,A07010327")
    assert (overall, grounds["category"]) == ("unknown", "preferred")
    assert grounds["in-force"] == "certificate-unknown"
