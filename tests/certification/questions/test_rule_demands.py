"""What a rule asks of activity data is asked of the applicant by page and API, and must be settled."""

import pytest

from certification.application.operations.applications import save_inventory
from core.db import db
from core.errors import Unmet
from tests.certification.world import reload
from tests.support import rules

ASKED = "规则要求有“分销运输”阶段的数据，现在没有"
ROW = {"stage": "raw_material", "name": "坯料", "quantity": "1", "unit": "m2", "own_value": "9",
       "own_unit": "kgCO2e/m2", "own_source": "企业实测", "evidence": "台账"}  # fmt: skip
LORRY = ROW | {"stage": "distribution", "name": "汽车", "own_value": "1"}
HEAD = {"output_amount": "1", "output_unit": "m2"}


@pytest.fixture
def case(world):
    rules.amend(world.scheme, parts={"accounting": {"stages": ["distribution"]}})
    made = world.case("draft")
    enter(made, world, [ROW, ROW | {"name": "釉料"}])
    return made


def enter(case, world, rows):
    application = case.application
    save_inventory(application, world.actor("applicant"), HEAD, rows, application.inventory.version)
    db.session.commit()


def slugs(case):
    return [each.slug for each in reload(case).questions if each.is_open]


def test_the_page_and_the_api_say_what_the_rule_asks(case, browser, ask):
    page = browser("applicant").get(f"/certification/applications/{case.id}/inventory").text
    assert ASKED in page
    found = ask("get", f"/applications/{case.id}/questions").json["items"]
    assert "rule-stage-missing" in [each["slug"] for each in found]


def test_it_stops_the_application_until_it_is_met_or_answered(case, world):
    with pytest.raises(Unmet) as no:
        case.take("submit", "applicant", declared=True)
    assert "question-unanswered" in no.value.detail["unmet"]
    enter(case, world, [ROW, LORRY])
    assert "rule-stage-missing" not in slugs(case)
