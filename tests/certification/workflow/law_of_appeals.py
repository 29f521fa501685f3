"""The good world of appeals, and what is refused in it for which reason.  Read by test_law_guards."""

from types import SimpleNamespace as thing

from tests.certification.workflow.days import TOMORROW, YESTERDAY

ME, SOMEBODY_ELSE = 1, 7

HEARD = "appeal.accept appeal.reject appeal.investigate appeal.decide"
BY_THE_SYSTEM = (
    "application.reopen application.readmit application.reinstate nonconformity.reinstate"
    " certificate.reinstate"
)


def appeal_of(application):
    def make(state: str):
        return thing(
            state=state,
            party=lambda _role: 1,
            application=application("refused"),
            involved={SOMEBODY_ELSE},
            second_until=TOMORROW,
        )

    return make


FACTS = {
    "appeal.reject": {"reason": "已过期限"},
    "appeal.investigate": {"findings": "已调阅原始记录"},
    "appeal.decide": {"outcome": "annulled", "reason": "原决定所据报告已撤回", "signed": True},
    "appeal.escalate": {"reason": "对处理结果有异议"},
    "appeal.conclude": {"conclusion": "body_upheld", "reason": "程序与结论无误"},
    **dict.fromkeys(BY_THE_SYSTEM.split(), {"appeal": "SS-1"}),
}

FIRST = {"appeal.close": {"second_until": YESTERDAY}}

REFUSED = [
    (HEARD, {"application.conflicts": [thing(user_id=ME, bars_on=lambda _day: True)]},
     "conflict-of-interest"),
    (HEARD, {"application.hands.evaluation": {ME}}, "took-part-in-evaluation"),
    (HEARD, {"application.hands.decision": {ME}}, "took-part-in-decision"),
    (HEARD, {"involved": {ME}}, "took-part-in-the-case"),
    ("appeal.reject appeal.decide appeal.escalate appeal.conclude", {"facts.reason": " "}, "reason-missing"),
    ("appeal.investigate", {"facts.findings": ""}, "findings-missing"),
    ("appeal.decide", {"facts.outcome": ""}, "outcome-missing"),
    ("appeal.decide", {"facts.outcome": "perhaps"}, "outcome-missing"),
    ("appeal.decide", {"facts.signed": False}, "signature-missing"),
    ("appeal.escalate", {"second_until": YESTERDAY}, "appeal-too-late"),
    ("appeal.escalate", {"second_until": None}, "appeal-too-late"),
    ("appeal.conclude", {"facts.conclusion": ""}, "outcome-missing"),
    ("appeal.conclude", {"facts.conclusion": "perhaps"}, "outcome-missing"),
    ("appeal.close", {"second_until": TOMORROW}, "second-appeal-still-open"),
    (BY_THE_SYSTEM, {"facts.appeal": ""}, "appeal-missing"),
]  # fmt: skip
