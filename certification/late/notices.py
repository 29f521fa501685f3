"""Who is told of a day that was typed late: who may confirm it, and who may then type it."""

from dataclasses import replace

from accounts.notices import a_day, a_word
from accounts.queries import staff_ids
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


def _who_typed(case: Application) -> set[int]:
    """The team of the visit, and who handed in: the check of a certificate has a team of its own."""
    filed = {each.filed_by_id for each in case.late_entries if each.kind == "visit"}
    return _TEAM.find(case) | (filed & staff_ids(case.body_id))


_TEAM = team("lead_verifier", "verifier")
_VISITED = replace(_TEAM, find=_who_typed)
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
