"""Who is told that a test report no longer is what it was."""

from certification.laboratory.models import TestReport
from certification.notices.row import Row, case_of, holders, reason, task, team
from core.machine import Facts

lead = team("lead_verifier")
officer = holders("case_officer")
client = holders("applicant")


def of_report(report: TestReport, facts: Facts) -> dict[str, object]:
    return {"report": report.number, **reason(report, facts)}


def planned(report: TestReport) -> bool:
    return case_of(report).plan is not None


_TAKEN_BACK = (
    task(officer, facts=of_report, urgent=True),
    Row(lead, facts=of_report, urgent=True, when=planned),
    Row(client, facts=of_report),
)

ROWS = {
    ("test_report", "amend"): (Row(lead, facts=of_report), Row(officer, facts=of_report)),
    ("test_report", "retract"): _TAKEN_BACK,
    ("test_report", "annul"): _TAKEN_BACK,
}
