"""The law as a person reads it from the rules: who may do what in which state.

Written out by hand from the rules (the road of an application, the status of a certificate, the way
of a sample, nonconformities, labels), not computed from the tables it is compared with.
"""

EVALUATORS = ("document_reviewer", "lead_verifier", "verifier")
LABORATORY = ("sample_receiver", "tester", "authorised_signatory")

# machine -> state -> role -> the steps that are this role's in this state
OFFERED = {
    "application": {
        "draft": {"applicant": {"submit", "recall"}},
        "submitted": {
            "application_reviewer": {"correct", "decline", "accept"},
            "applicant": {"recall"},
        },
        "correcting": {"applicant": {"resubmit", "recall"}},
        "accepted": {"case_officer": {"offer"}, "applicant": {"sign", "recall"}},
        "contracted": {"case_officer": {"plan"}, "applicant": {"recall"}},
        "evaluating": {
            "document_reviewer": {"review_documents", "raise"},
            "verifier": {"order_sample", "raise", "verify_data"},
            "lead_verifier": {
                *("order_sample", "raise", "verify_data", "give_opinion", "verify_site"),
                *("finish", "report_failure"),
            },
            "case_officer": {"order_sample", "replan"},
            "applicant": {"recall"},
        },
        "in_review": {"technical_reviewer": {"return", "recommend"}, "applicant": {"recall"}},
        "pending_decision": {
            "decision_maker": {"grant", "refuse", "return_to_review", "return_to_evaluation"},
            "applicant": {"recall"},
        },
        "granted": {"head_of_body": {"countersign", "return_decision", "veto"}},
        "countersigned": {},
        "certified": {},
        "declined": {},
        "refused": {},
        "recalled": {},
        "terminated": {},
    },
    "sample": {
        "planned": {
            "lead_verifier": {"draw", "dispatch"},
            "verifier": {"draw", "dispatch"},
            "applicant": {"draw", "dispatch"},
            "sample_receiver": {"accept_order", "decline_order"},
            "authorised_signatory": {"accept_order", "decline_order"},
        },
        "drawn": {"lead_verifier": {"send"}, "verifier": {"send"}, "applicant": {"send"}},
        "in_transit": {
            "lead_verifier": {"hand_over"},
            "verifier": {"hand_over"},
            "applicant": {"hand_over"},
            "sample_receiver": {"hand_over", "receive", "doubt"},
            "tester": {"doubt"},
            "authorised_signatory": {"doubt"},
        },
        "received": {
            "sample_receiver": {"doubt"},
            "tester": {"record", "doubt"},
            "authorised_signatory": {"doubt"},
        },
        "testing": {
            "sample_receiver": {"doubt"},
            "tester": {"record", "doubt"},
            "authorised_signatory": {"report", "doubt"},
        },
        "reported": {role: {"retain"} for role in LABORATORY},
        "retained": {role: {"dispose"} for role in LABORATORY},
        "disposed": {},
        "doubted": {role: {"resume", "replace"} for role in ("lead_verifier", "verifier", "case_officer")},
        "replaced": {},
        "declined": {},
    },
    "nonconformity": {
        "raised": {"applicant": {"answer"}},
        "escalated": {"applicant": {"answer"}},
        "overdue": {"applicant": {"answer"}},
        "answered": {role: {"reject", "close"} for role in EVALUATORS},
        "closed": {},
    },
    "question": {
        state: {"applicant": {"explain"}, **{role: {"accept_answer", "raise_finding"} for role in EVALUATORS}}
        for state in ("asked", "answered")
    }
    | {
        "answered": {
            "applicant": {"explain"},
            **{role: {"accept_answer", "accept_ground", "raise_finding"} for role in EVALUATORS},
        },
        "counted": {role: {"withdraw_ground"} for role in EVALUATORS},
        "accepted": {role: {"accept_ground"} for role in EVALUATORS},
        "raised": {role: {"accept_ground"} for role in EVALUATORS},
        "gone": {},
    },
    "certificate": {
        "not_issued": {"decision_maker": {"suspend", "withdraw", "cancel"}},
        "valid": {"decision_maker": {"suspend", "withdraw", "cancel"}},
        "suspended": {"decision_maker": {"restore", "withdraw", "cancel"}},
        "withdrawn": {},
        "cancelled": {},
    },
    "status_proposal": {
        "open": {"decision_maker": {"decline"}, "lead_verifier": {"verify"}, "verifier": {"verify"}},
        "verified": {"decision_maker": {"decline"}, "lead_verifier": {"verify"}, "verifier": {"verify"}},
        "declined": {},
        "carried_out": {},
        "lapsed": {},
    },
    "surveillance": {
        "planned": {"case_officer": {"notify"}},
        "notified": {"lead_verifier": {"conduct"}},
        "conducted": {"decision_maker": {"pass", "require", "fail"}},
        "correcting": {"applicant": {"answer"}, "decision_maker": {"pass", "fail"}},
        "passed": {},
        "failed": {},
        "lapsed": {},
    },
    "label": {
        "requested": {"label_officer": {"license", "refuse"}},
        "licensed": {},
        "refused": {},
    },
    "test_report": {
        "issued": {"authorised_signatory": {"amend", "retract"}},
        "superseded": {},
        "retracted": {},
    },
    "appeal": {
        "filed": {"appeals_officer": {"accept", "reject"}},
        "accepted": {"appeals_officer": {"investigate"}},
        "investigating": {"appeals_officer": {"investigate", "decide"}},
        "decided": {},
        "served": {"applicant": {"escalate"}},
        "rejected": {"applicant": {"escalate"}},
        "escalated": {"regulator": {"conclude"}},
        "closed": {},
    },
}

# Where each step leads.
LEADS_TO = {
    "application": {
        "submit": "submitted",
        "correct": "correcting",
        "resubmit": "submitted",
        "terminate": "terminated",
        "decline": "declined",
        "accept": "accepted",
        "offer": "accepted",
        "sign": "contracted",
        "plan": "evaluating",
        "replan": "evaluating",
        "review_documents": "evaluating",
        "order_sample": "evaluating",
        "raise": "evaluating",
        "verify_site": "evaluating",
        "verify_data": "evaluating",
        "give_opinion": "evaluating",
        "finish": "in_review",
        "report_failure": "in_review",
        "return": "evaluating",
        "recommend": "pending_decision",
        "grant": "granted",
        "refuse": "refused",
        "return_to_review": "in_review",
        "return_to_evaluation": "evaluating",
        "countersign": "countersigned",
        "return_decision": "pending_decision",
        "veto": "refused",
        "issue": "certified",
        "recall": "recalled",
        "fall_back": "evaluating",
        "reopen": "in_review",
        "readmit": "submitted",
        "reinstate": "correcting",
    },
    "sample": {
        "accept_order": "planned",
        "decline_order": "declined",
        "draw": "drawn",
        "send": "in_transit",
        "dispatch": "in_transit",
        "hand_over": "in_transit",
        "receive": "received",
        "doubt": "doubted",
        "resume": "received",
        "replace": "replaced",
        "record": "testing",
        "report": "reported",
        "retain": "retained",
        "dispose": "disposed",
    },
    "test_report": {"amend": "superseded", "retract": "retracted", "annul": "retracted"},
    "nonconformity": {
        "answer": "answered",
        "reject": "raised",
        "close": "closed",
        "escalate": "escalated",
        "lapse": "overdue",
        "reinstate": "raised",
    },
    "question": {
        "explain": "answered",
        "accept_answer": "accepted",
        "accept_ground": "counted",
        "withdraw_ground": "answered",
        "raise_finding": "raised",
        "lay_aside": "gone",
    },
    "certificate": {
        "suspend": "suspended",
        "restore": "valid",
        "reinstate": "valid",
        "resume": "valid",
        "withdraw": "withdrawn",
        "cancel": "cancelled",
    },
    "status_proposal": {
        "verify": "verified",
        "decline": "declined",
        "carry_out": "carried_out",
        "lapse": "lapsed",
    },
    "surveillance": {
        "notify": "notified",
        "conduct": "conducted",
        "require": "correcting",
        "answer": "correcting",
        "pass": "passed",
        "fail": "failed",
        "lapse": "lapsed",
    },
    "label": {"license": "licensed", "refuse": "refused"},
    "appeal": {
        "accept": "accepted",
        "reject": "rejected",
        "investigate": "investigating",
        "decide": "decided",
        "serve": "served",
        "escalate": "escalated",
        "conclude": "closed",
        "close": "closed",
    },
}

# The system's own steps, which nobody is offered.
BY_THE_SYSTEM = {
    ("application", "terminate"): "correcting",
    ("application", "issue"): "countersigned",
    ("application", "fall_back"): "in_review",
    ("test_report", "annul"): "issued",
    ("application", "reopen"): "refused",
    ("application", "readmit"): "declined",
    ("application", "reinstate"): "terminated",
    ("nonconformity", "reinstate"): "escalated",
    ("certificate", "reinstate"): "suspended",
    ("certificate", "resume"): "suspended",
    ("status_proposal", "carry_out"): "open",
    ("status_proposal", "lapse"): "open",
    ("surveillance", "lapse"): "planned",
    ("appeal", "serve"): "decided",
    ("appeal", "close"): "served",
    ("question", "lay_aside"): "answered",
    ("nonconformity", "escalate"): "raised",
    ("nonconformity", "lapse"): "raised",
}

# States in which a thing may begin and which no step leaves: time does.
LEFT_BY_TIME = {"certificate": {"not_issued"}}

FINAL = {
    "application": {"certified", "recalled"},
    "sample": {"disposed", "declined", "replaced"},
    "test_report": {"superseded", "retracted"},
    "nonconformity": {"closed"},
    "question": {"gone"},
    "certificate": {"withdrawn", "cancelled"},
    "status_proposal": {"declined", "carried_out", "lapsed"},
    "surveillance": {"passed", "failed", "lapsed"},
    "label": {"licensed", "refused"},
    "appeal": {"closed"},
}
