"""Beside which box of a form a refusal of oversight is shown."""

PLACES = {
    "reason-missing": "reason",
    "answer-missing": "answer",
    "outcome-missing": "conclusion",
    "complaint-not-of-a-consumer": "consumer",
}
