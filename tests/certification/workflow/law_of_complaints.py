"""The good world of complaints, and what is refused in it for which reason.  Read by test_law_guards."""

from types import SimpleNamespace as thing

ME, SOMEBODY_ELSE = 1, 7
EVERY = "body_complaint.acknowledge body_complaint.set_aside body_complaint.investigate body_complaint.answer"
LATER = "body_complaint.investigate body_complaint.answer"
WRITTEN = "body_complaint.set_aside body_complaint.investigate body_complaint.answer"


def complaint_of(application):
    def make(state: str):
        return thing(
            state=state,
            party=lambda _role: 1,
            application=application("certified"),
            involved={SOMEBODY_ELSE},
            handler_id=ME,
            names_complainant=lambda _text: False,
        )

    return make


FACTS = {
    "body_complaint.set_aside": {"reason": "与本机构的认证无关"},
    "body_complaint.investigate": {"findings": "到场看过"},
    "body_complaint.answer": {"outcome": "founded", "measure": "suspend", "answer": "属实"},
}

REFUSED = [
    (EVERY, {"application.conflicts": [thing(user_id=ME, bars_on=lambda _day: True)]},
     "conflict-of-interest"),
    (EVERY, {"application.hands.evaluation": {ME}}, "took-part-in-evaluation"),
    (EVERY, {"application.hands.decision": {ME}}, "took-part-in-decision"),
    (EVERY, {"involved": {ME}}, "took-part-in-the-certification"),
    (LATER, {"handler_id": SOMEBODY_ELSE}, "complaint-handled-by-another"),
    (WRITTEN, {"names_complainant": lambda text: bool(text)}, "complainant-named"),
    ("body_complaint.set_aside", {"facts.reason": " "}, "reason-missing"),
    ("body_complaint.investigate", {"facts.findings": ""}, "findings-missing"),
    ("body_complaint.answer", {"facts.outcome": ""}, "outcome-missing"),
    ("body_complaint.answer", {"facts.outcome": "perhaps"}, "outcome-missing"),
    ("body_complaint.answer", {"facts.measure": "perhaps"}, "measure-missing"),
    ("body_complaint.answer", {"facts.answer": " "}, "answer-missing"),
    ("body_complaint.answer", {"facts.outcome": "unfounded"}, "measure-without-ground"),
]  # fmt: skip
