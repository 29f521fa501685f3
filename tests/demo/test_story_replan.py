"""The story of a plan that had to be changed, told through the operations the pages call."""

import pytest
from sqlalchemy import select

from certification.application.models import Application
from certification.certificate.queries import certificates
from demo.stories.replan import CHANGED, replan

pytestmark = pytest.mark.engines("walks")


def test_a_declined_order_and_a_recusal_do_not_end_a_case(db):
    lines: list[str] = []
    made = replan(lines.append)
    case = db.session.scalars(select(Application).where(Application.number == made["application"])).one()
    [former] = case.former_plans
    assert former.reason == CHANGED
    assert case.plan.holders("lead_verifier").isdisjoint(former.people)
    assert {each.laboratory_id for each in case.plan.laboratories} == {case.reports[-1].laboratory_id}
    assert former.laboratories[0]["name"] != case.plan.laboratory.name
    assert [sample.state for sample in case.samples] == ["declined", "retained"]
    assert certificates.certificate(made["certificate"]).state == made["status"] == "valid"
    assert any("原方案" in line for line in lines)
