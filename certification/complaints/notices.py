"""Who is told of a complaint: people of the body who took no part in the case."""

from accounts.notices import a_day, a_word
from certification.complaints.models import BodyComplaint
from certification.notices.row import Row, holders, line, task, uninvolved
from core.machine import Facts

office = uninvolved("appeals_officer")


def brought(complaint: BodyComplaint, _facts: Facts) -> dict[str, object]:
    said = line(a_word(f"complaint_about.{complaint.subject}"), complaint.text)
    return {"complaint": complaint.number, "due": a_day(complaint.due_on), "lines": [said]}


def answered(complaint: BodyComplaint, _facts: Facts) -> dict[str, object]:
    outcome = a_word(f"complaint_outcome.{complaint.outcome}")
    return {"complaint": complaint.number, "lines": [line(outcome, complaint.findings)]}


ROWS = {
    ("body_complaint", "file"): (task(office, facts=brought),),
    ("body_complaint", "answer"): (Row(holders("head_of_body"), facts=answered),),
}
