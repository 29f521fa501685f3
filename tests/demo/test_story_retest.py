"""The story of a retest and of a report that was taken back, told through the operations the pages call."""

import pytest
from sqlalchemy import select

from certification.certificate.queries import certificates
from certification.laboratory.models import Sample, TestReport
from demo.stories.retest import FAILING, retest

pytestmark = pytest.mark.engines("walks")


def test_what_failed_is_tested_again_and_a_report_taken_back_suspends_what_rests_on_it(db):
    lines = []
    made = retest(lines.append)
    certificate = certificates.certificate(made["certificate"])
    samples = db.session.scalars(select(Sample).order_by(Sample.id)).all()
    verdicts = [result.verdict for sample in samples for result in sample.results if result.item == FAILING]
    assert sorted(verdicts) == ["fail", "pass"]
    assert len({sample.laboratory_id for sample in samples}) == 2
    assert made["status"] == certificate.state == "suspended"
    assert certificate.acts[-1].cause == "evidence_retracted"
    report = db.session.scalars(select(TestReport).where(TestReport.number == made["report"])).one()
    assert report.state == "retracted"
    assert any(certificate.number in line for line in lines)
