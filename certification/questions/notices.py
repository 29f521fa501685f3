"""Who is told that something taken away counts, or no longer."""

from certification.notices.row import Row, holders, reason, team

client = holders("applicant")

ROWS = {
    ("question", "accept_ground"): (Row(client, facts=reason),),
    ("question", "withdraw_ground"): (
        Row(client, facts=reason),
        Row(team("lead_verifier"), variant="lead", facts=reason),
    ),
}
