"""Who is told where a sample is; a laboratory learns of samples, never of cases."""

from certification.notices.row import Row, holders, of_sample, task, team

lead = team("lead_verifier")

ROWS = {
    ("sample", "accept_order"): (Row(lead, facts=of_sample),),
    ("sample", "decline_order"): (
        task(holders("case_officer"), facts=of_sample, urgent=True),
        Row(lead, facts=of_sample),
    ),
    ("sample", "send"): (task(holders("sample_receiver"), facts=of_sample),),
    ("sample", "dispatch"): (task(holders("sample_receiver"), facts=of_sample),),
    ("sample", "receive"): (task(holders("tester"), facts=of_sample),),
    ("sample", "record"): (task(holders("authorised_signatory"), facts=of_sample),),
    ("sample", "doubt"): (
        Row(lead, facts=of_sample, urgent=True),
        Row(holders("case_officer"), facts=of_sample, urgent=True),
    ),
    ("sample", "resume"): (task(holders("tester"), facts=of_sample),),
    ("sample", "replace"): (
        Row(holders("sample_receiver"), facts=of_sample, variant="laboratory"),
        Row(holders("applicant"), facts=of_sample),
    ),
    ("sample", "report"): (
        Row(lead, facts=of_sample),
        Row(holders("applicant"), facts=of_sample, variant="client"),
    ),
}
