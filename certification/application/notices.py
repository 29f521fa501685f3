"""Who is told how a case goes on."""

from sqlalchemy import select

from accounts.queries import staff_ids
from certification.application.models import Application, Responsibility
from certification.notices.row import (
    People,
    Row,
    finding,
    holders,
    newest_finding,
    newest_sample,
    ordered,
    partly,
    points,
    reason,
    task,
    team,
    visit,
)
from core.db import db
from core.machine import Facts


def handed_in(case: Application) -> bool:
    """What was never handed in is the applicant's alone."""
    return case.submitted_at is not None


def sent_by_client(case: Application) -> bool:
    return newest_sample(case).method == "submitted"


def visits(case: Application) -> bool:
    return "site" in case.planned_parts


def stays_away(case: Application) -> bool:
    return not visits(case)


def successor(side: str) -> People:
    """Whoever the case was handed over to, when it was handed over on this side of it."""
    organisation = {"applicant": "applicant_id", "body": "body_id"}[side]

    def find(case: Application) -> set[int]:
        query = select(Responsibility).where(Responsibility.application_id == case.id)
        newest = db.session.scalars(query.order_by(Responsibility.id.desc())).first()
        if newest is None or newest.organisation_id != getattr(case, organisation):
            return set()
        return {newest.user_id}

    return People(side, find, named=True)


def why(_case: Application, facts: Facts) -> dict[str, object]:
    return {"reason": facts["reason"]}


def changed(case: Application, facts: Facts) -> dict[str, object]:
    return visit(case, facts) | reason(case, facts)


def _released(case: Application) -> set[int]:
    """Whoever the plan named until it was changed and names no more."""
    if not case.former_plans or case.plan is None:
        return set()
    gone = case.former_plans[-1].people - {member.user_id for member in case.plan.team}
    return gone & staff_ids(case.body_id)


def some_released(case: Application) -> bool:
    return bool(_released(case))


released = People("body", _released, named=True)
client = holders("applicant")
intake = holders("application_reviewer")
officer = holders("case_officer")
receiver = holders("sample_receiver")
reviewer = holders("technical_reviewer")
decider = holders("decision_maker")
everyone = team("document_reviewer", "lead_verifier", "verifier")
lead = team("lead_verifier")

ROWS = {
    ("application", "submit"): (task(intake),),
    ("application", "correct"): (task(client, facts=points, urgent=True),),
    ("application", "resubmit"): (task(intake),),
    ("application", "terminate"): (Row(client, urgent=True), Row(intake)),
    ("application", "decline"): (Row(client, facts=reason, urgent=True),),
    ("application", "accept"): (task(officer, variant="officer"), Row(client)),
    ("application", "offer"): (task(client),),
    ("application", "sign"): (task(officer),),
    ("application", "plan"): (
        task(everyone, facts=visit, variant="team", when=visits),
        Row(client, facts=visit, when=visits),
        task(everyone, facts=partly, variant="team_partial", when=stays_away),
        Row(client, facts=partly, variant="partial", when=stays_away),
    ),
    ("application", "replan"): (
        task(everyone, facts=changed, variant="team", when=visits),
        Row(client, facts=changed, when=visits),
        Row(client, facts=partly, variant="partial", when=stays_away),
        Row(released, facts=reason, variant="released", when=some_released),
    ),
    ("application", "review_documents"): (Row(lead),),
    ("application", "order_sample"): (
        task(receiver, about=newest_sample, facts=ordered, variant="laboratory"),
        task(client, about=newest_sample, facts=ordered, when=sent_by_client),
    ),
    ("application", "raise"): (task(client, about=newest_finding, facts=finding),),
    ("application", "verify_site"): (Row(client),),
    ("application", "finish"): (task(reviewer, variant="reviewer"), Row(client)),
    ("application", "report_failure"): (task(reviewer, facts=reason),),
    ("application", "return"): (task(everyone, facts=reason),),
    ("application", "recommend"): (task(decider),),
    ("application", "grant"): (task(holders("head_of_body")),),
    ("application", "refuse"): (Row(client, facts=reason, urgent=True), Row(officer, variant="officer")),
    ("application", "return_to_review"): (task(reviewer, facts=reason),),
    ("application", "return_to_evaluation"): (task(everyone, facts=reason),),
    ("application", "return_decision"): (task(decider, facts=reason),),
    ("application", "veto"): (
        Row(client, facts=reason, urgent=True),
        Row(officer, variant="officer"),
        Row(decider, facts=reason, variant="decider"),
    ),
    ("application", "reopen"): (task(reviewer), Row(client, variant="client")),
    ("application", "readmit"): (task(intake), Row(client, variant="client")),
    ("application", "reinstate"): (task(client, facts=points), Row(intake, variant="body")),
    ("application", "fall_back"): (task(everyone, facts=reason),),
    ("application", "hand_over"): (
        Row(successor("applicant"), group="task", facts=why),
        Row(successor("body"), group="task", facts=why),
    ),
    ("application", "recall"): (Row(intake, when=handed_in), Row(officer, when=handed_in)),
}
