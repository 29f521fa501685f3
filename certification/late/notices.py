"""Who is told of a day that was typed late: who may confirm it, and who may then type it."""

from accounts.notices import a_day, a_word
from certification.application.models import Application
from certification.laboratory.models import Sample
from certification.notices.row import Row, holders, line, team
from core.machine import Facts


def said(_thing: Application | Sample, facts: Facts) -> dict[str, object]:
    days = {"from": a_day(facts["first"]), "to": a_day(facts["last"])}
    return days | {"lines": [line(a_word("notice.reason"), facts["text"])]}


def of_case(case: Application) -> str:
    return f"/certification/cases/{case.id}/late-entries"


def of_sample(sample: Sample) -> str:
    return f"/certification/cases/{sample.application_id}/late-entries"


_SECOND = holders("case_officer", "application_reviewer")
_VISITED = team("lead_verifier", "verifier")
_SIGNING = holders("authorised_signatory", "sample_receiver")
_TESTING = holders("tester", "authorised_signatory")

ROWS = {
    ("application", "late_entry_filed"): (Row(_SECOND, facts=said, link=of_case),),
    ("application", "late_entry_confirmed"): (Row(_VISITED, facts=said, link=of_case),),
    ("application", "late_entry_refused"): (Row(_VISITED, facts=said, link=of_case),),
    ("sample", "late_entry_filed"): (Row(_SIGNING, facts=said, link=of_sample),),
    ("sample", "late_entry_confirmed"): (Row(_TESTING, facts=said, link=of_sample),),
    ("sample", "late_entry_refused"): (Row(_TESTING, facts=said, link=of_sample),),
}
