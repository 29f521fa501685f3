"""Steps of a staff function that need no gate, each with the reason; and as what the others are taken."""

A_SAMPLE_IS_MOVED = "a sample is moved, kept or looked after; nothing is judged of it"
NEEDS_NO_GATE = (
    {
        ("sample", "accept_order"): "the laboratory takes on an order; who tests passes the gate",
        ("sample", "decline_order"): "the laboratory takes on no order",
        ("sample", "draw"): "drawn on site by the team, which passed the gate when it was named",
        ("sample", "doubt"): "a doubt stops the sample; the body resolves it",
        ("sample", "resume"): "a sample in doubt goes back to the laboratory; its results are judged there",
        ("sample", "replace"): "another sample takes the place of one in doubt",
    }
    | {
        ("competence", name): "of no case: the hands that tend people are kept apart by guards of its own"
        for name in ("approve", "decline", "suspend", "resume", "terminate")
    }
    | {
        ("sample", name): A_SAMPLE_IS_MOVED
        for name in ("send", "dispatch", "hand_over", "receive", "retain", "dispose")
    }
)

# As what each step is taken.
TAKEN_AS = {
    "accept": "application.correct application.decline application.accept",
    "plan": "application.offer application.plan application.replan surveillance.notify",
    "order": "application.order_sample",
    "review_documents": "application.review_documents",
    "verify": "application.verify_site application.verify_data application.give_opinion surveillance.conduct "
    "check_finding.reject check_finding.close",
    "evaluate": "application.raise application.finish application.report_failure "
    "nonconformity.reject nonconformity.close nonconformity.withdraw_finding status_proposal.verify "
    "question.accept_answer question.accept_ground question.withdraw_ground question.raise_finding",
    "test": "sample.record sample.report test_report.amend test_report.retract",
    "review": "application.return application.recommend",
    "decide": "application.grant application.refuse application.return_to_review surveillance.pass "
    "application.return_to_evaluation surveillance.require surveillance.fail surveillance.decline_order",
    "countersign": "application.countersign application.return_decision application.veto",
    "change_status": "certificate.suspend certificate.restore certificate.withdraw certificate.cancel "
    "status_proposal.decline",
    "license_label": "label.license label.refuse",
    "handle_complaint": "body_complaint.acknowledge body_complaint.set_aside body_complaint.investigate "
    "body_complaint.answer",
    "handle_appeal": "appeal.accept appeal.reject appeal.investigate appeal.decide",
}
