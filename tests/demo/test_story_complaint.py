"""The story of a complaint, told through the operations the pages call."""

import pytest
from sqlalchemy import select

from certification.certificate.queries import certificates
from certification.complaints.models import BodyComplaint
from demo.stories.complaint import ANSWER, complaint

pytestmark = pytest.mark.engines("walks")


def test_a_complaint_is_answered_by_others_and_leads_to_a_suspension(db):
    lines: list[str] = []
    made = complaint(lines.append)
    brought, referred = db.session.scalars(select(BodyComplaint).order_by(BodyComplaint.id))
    assert (brought.number, brought.outcome, brought.answer) == (made["complaint"], "founded", ANSWER)
    assert (referred.number, referred.channel, referred.complainant) == (made["referred"], "regulator", None)
    found = certificates.certificate(made["certificate"])
    assert found.state == made["status"] == "suspended"
    assert [proposal.state for proposal in found.proposals] == ["carried_out"]
    assert sum("role-not-held" in line for line in lines) == 3
