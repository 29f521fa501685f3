"""Who is told what became of a nonconformity; its raising is a step of the case."""

from certification.notices.row import Row, holders, of_finding, person, task, team

client = holders("applicant")

ROWS = {
    ("nonconformity", "answer"): (task(person("raised_by_id"), facts=of_finding),),
    ("nonconformity", "reject"): (task(client, facts=of_finding),),
    ("nonconformity", "close"): (Row(client, facts=of_finding),),
    ("nonconformity", "withdraw_finding"): (Row(client, facts=of_finding),),
    ("nonconformity", "reinstate"): (task(client, facts=of_finding),),
    ("nonconformity", "escalate"): (task(client, facts=of_finding),),
    ("nonconformity", "lapse"): (
        Row(client, facts=of_finding),
        task(team("lead_verifier"), variant="lead", facts=of_finding),
    ),
}
