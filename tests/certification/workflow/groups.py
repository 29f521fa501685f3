"""Steps that are refused for the same reasons, as one line of names each.  Read by test_law_guards."""

COMPLETE = "application.submit application.resubmit"
INDEPENDENT = (
    "application.return application.recommend application.grant application.refuse application.countersign "
    "application.return_to_review application.return_to_evaluation application.return_decision "
    "application.veto"
)
EVALUATED = "application.finish application.grant"
BY_THE_TEAM = (
    "application.review_documents application.raise application.verify_site application.finish "
    "application.verify_data application.give_opinion application.report_failure"
)
CASE_STAFF = (
    "application.correct application.decline application.accept application.offer application.plan",
    "application.replan",
    "application.order_sample",
    INDEPENDENT,
    BY_THE_TEAM,
)
PLANS, ORDERS = "application.plan application.replan", "application.order_sample"
REVIEWS = "application.return application.recommend"
DECIDES = "application.grant application.refuse application.return_to_review application.return_to_evaluation"
COUNTERSIGNS = "application.countersign application.return_decision application.veto"
# Whoever did the one takes none of the steps of the others.
APART = [
    ("planning", f"{REVIEWS} {DECIDES} {COUNTERSIGNS}"),
    ("evaluation", f"{REVIEWS} {DECIDES} {COUNTERSIGNS}"),
    ("review", f"{PLANS} {ORDERS} {BY_THE_TEAM} {DECIDES} {COUNTERSIGNS}"),
    ("decision", f"{PLANS} {ORDERS} {BY_THE_TEAM} {REVIEWS} {COUNTERSIGNS}"),
    ("countersignature", f"{PLANS} {ORDERS} {BY_THE_TEAM} {REVIEWS} {DECIDES}"),
]
JUDGED = "nonconformity.reject nonconformity.close nonconformity.withdraw_finding"
SETTLED = "question.accept_answer question.raise_finding"
GROUND = "question.accept_ground question.withdraw_ground"
STATUS = "certificate.suspend certificate.restore certificate.withdraw certificate.cancel"
WITH_REASON = (
    f"application.decline application.replan application.report_failure application.return "
    "application.refuse sample.doubt "
    "application.return_to_review application.return_to_evaluation application.return_decision "
    "application.veto "
    f"sample.decline_order sample.resume sample.replace application.fall_back "
    f"test_report.amend test_report.retract test_report.annul "
    f"question.accept_answer question.accept_ground question.withdraw_ground {JUDGED} {STATUS} label.refuse "
    "competence.decline competence.suspend competence.resume competence.terminate"
)
STAFF_OF_A_PART = (JUDGED, SETTLED, STATUS, "label.license label.refuse")
