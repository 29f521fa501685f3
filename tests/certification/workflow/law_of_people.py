"""The good world of what a body finds of its people, and what is refused in it for which reason."""

from types import SimpleNamespace as thing

from tests.certification.workflow.days import TODAY, YESTERDAY

ME, SOMEBODY_ELSE = 1, 7


def finding(state: str):
    """Of the competence of somebody, proposed by somebody else."""
    people = {"user_id": SOMEBODY_ELSE, "proposed_by_id": SOMEBODY_ELSE}
    return thing(state=state, party=lambda _role: 1, valid_to=TODAY, **people)


FACTS = {
    f"competence.{step}": {"reason": "评定意见"} for step in ("decline", "suspend", "resume", "terminate")
}

FOR_NOTHING = {"competences": []}
ON_A_CASE = {f"application.{name}": value for name, value in FOR_NOTHING.items()}

OF_A_CASE = (
    "application.correct application.decline application.accept application.offer application.plan "
    "application.replan application.review_documents application.raise application.verify_site "
    "application.finish application.report_failure application.return application.recommend "
    "application.grant application.refuse application.return_to_review application.return_to_evaluation"
)
BESIDE_A_CASE = (
    "surveillance.notify surveillance.conduct surveillance.pass certificate.suspend certificate.withdraw "
    "status_proposal.decline appeal.accept appeal.decide nonconformity.close question.accept_answer"
)

REFUSED = [
    (OF_A_CASE, FOR_NOTHING, "not-competent"),
    ("application.plan application.replan", {"competences.7.user_id": 9}, "not-competent"),
    ("application.plan application.replan", {"competences.9.user_id": 9}, "not-competent"),
    ("application.review_documents", {"competences.5.user_id": 9}, "not-competent"),
    ("application.verify_site", {"competences.8.user_id": 9}, "not-competent"),
    (BESIDE_A_CASE, ON_A_CASE, "not-competent"),
    ("application.grant application.refuse", {"competences.1.valid_on": lambda _day: False}, "not-competent"),
    ("application.grant application.refuse", {"competences.1.category": "cement"}, "not-competent"),
    ("competence.approve", {"proposed_by_id": ME}, "competence-own-proposal"),
    ("competence.approve competence.resume", {"user_id": ME}, "competence-for-oneself"),
    ("competence.approve competence.resume", {"valid_to": YESTERDAY}, "competence-over"),
]  # fmt: skip
