"""Every page that changes something: who sends it, where in the world of everything, and what is typed there.

`{names}` are filled in from the places of that world; what stands as bytes is sent as a file.
"""

from certification.fees.operations import PRICES
from tests import factories
from tests.certification.calls import (
    CALLS,
    CHECKED,
    DAY,
    LATER,
    MET,
    REPORT,
    RESULTS,
    SIGNED,
    STATUS,
    TOMORROW,
    VISIT,
    WHY,
)
from tests.certification.everything import BLAMED
from tests.certification.world import PDF
from tests.support.pictures import png

CASE, REVIEW = "/certification/applications/{%s}", "/certification/reviews/{%s}"
SAMPLE, LAB = "/certification/reviews/samples/{%s}", "/certification/laboratory/samples/{%s}"
LIFE, CHECK = "/certification/certificates/{number}", "/certification/surveillance/{%s}"
LABEL, APPEAL = "/certification/labels", "/certification/appeals"
FEES, TIES = "/certification/fees", "/certification/impartiality"
REGISTERS = "/certification/registers"

PNG = png()
ENTRIES = "day,kind,name,source,provisional\n2027-02-05,holiday,春节,放假通知,no\n"
HELD = {"valid_from": "2026-01-01", "valid_to": "2099-12-31"}
AGREED = {"reason": "放假通知", "agreed": "y"}
SIX_YEARS = {"valid_from": "2026-01-01", "valid_to": "2031-12-31"}
PERSON = {"person": "新人", "password": "correct horse battery"}
SIGNED_UP = {"name": "新厂", "region": "320200", "address": "某路 1 号", "email": "another@example.org"}
PAID = {"amount": "700", "on": DAY, "number": "INV-1", "note": "说明"}
TEAM = {"document_reviewers": "{document_reviewer}", "lead_verifiers": "{lead_verifier}"}
PLACE = {
    "laboratory_id": "{laboratory}",
    "person_days": "2",
    "site_from": DAY,
    "site_to": TOMORROW,
    "overlap_reason": "同一园区",
}


def rows(name: str, found: list[dict]) -> dict:
    """As a form sends them: name-0-column, …"""
    return {
        f"{name}-{number}-{column}": value
        for number, row in enumerate(found)
        for column, value in row.items()
        if column not in ("slug", "item")
    }


def said(call: str) -> dict:
    """What a call says in plain values; its page calls them the same."""
    return CALLS[call][2]


VISITED = {
    **{name: value for name, value in VISIT.items() if isinstance(value, str)},
    **rows("items", VISIT["items"]),
    **{f"{kind}-{name}": value for kind in ("opening", "closing") for name, value in MET.items()},
}

PAGES = [
    ("applicant", "/certification/applications", {"scheme": "lc-tile", "body": "{body}"}),
    ("applicant", CASE % "draft" + "/submit", {"declared": "y"}),
    ("applicant", CASE % "offered" + "/sign", {"agreed": "y"}),
    ("applicant", CASE % "corrected" + "/resubmit", {}),
    ("applicant", CASE % "submitted" + "/recall", WHY),
    ("applicant", CASE % "submitted" + "/clone", {"body": "{body}"}),
    ("applicant", CASE % "draft" + "/files", {"kind": "other", "file": PDF}),
    ("applicant", CASE % "draft" + "/files/remove", {"file": "{file}"}),
    ("applicant", "/certification/files/{file}/rows", {"row": "0"}),
    ("applicant", CASE % "draft" + "/inventory", {}),
    ("applicant", CASE % "draft" + "/inventory/preview", {}),
    ("applicant", CASE % "draft" + "/system", {}),
    ("applicant", CASE % "draft" + "/system/change",
     {"act": "add", "title": "矿渣粉", "unit": "t", "stage": "manufacturing"}),
    ("applicant", CASE % "draft" + "/parties", {}),
    ("applicant", CASE % "draft" + "/product", {}),
    ("applicant", CASE % "correcting" + "/points", {"answer-{point}": "已改。"}),
    ("applicant", CASE % "draft" + "/sheets/models", {"file": "{sheet_of_models}"}),
    ("applicant", CASE % "draft" + "/sheets/inventory", {"file": "{sheet_of_inventory}"}),
    ("applicant", "/certification/nonconformities/{finding}/answer", {"answer": "已补充。", "evidence": PDF}),
    ("applicant", "/certification/questions/{asked}/explain", said("questions_explain")),
    ("applicant", "/certification/samples/{submitted_sample}/dispatch", {"drawn_on": DAY}),
    ("applicant", "/certification/drafts/", {}),
    ("applicant", "/certification/drafts/drop", {}),
    ("applicant", "/certification/handover/", {}),
    ("application_reviewer", REVIEW % "submitted" + "/accept", said("applications_accept")),
    ("application_reviewer", REVIEW % "submitted" + "/correct",
     rows("points", said("applications_correct")["points"])),
    ("application_reviewer", REVIEW % "submitted" + "/decline", WHY | {"not_for_consulting": "y"}),
    ("application_reviewer", REVIEW % "submitted" + "/notes", {"text": "补型号。"}),
    ("case_officer", REVIEW % "accepted" + "/offer", {}),
    ("case_officer", REVIEW % "contracted" + "/plan", TEAM | PLACE),
    ("case_officer", REVIEW % "evaluating" + "/replan", TEAM | PLACE | WHY),
    ("document_reviewer", REVIEW % "evaluating" + "/review_documents", said("applications_review_documents")),
    ("lead_verifier", REVIEW % "evaluating" + "/order_sample", said("applications_order_sample")),
    ("lead_verifier", REVIEW % "evaluating" + "/raise", said("applications_raise")),
    ("lead_verifier", REVIEW % "evaluated" + "/verify_site", VISITED),
    ("lead_verifier", REVIEW % "evaluated" + "/finish", {}),
    ("lead_verifier", REVIEW % "failed" + "/report_failure", WHY),
    ("lead_verifier", REVIEW % "evaluating" + "/site/0/energy_monitoring/photographs", {"photograph": PNG}),
    ("technical_reviewer", REVIEW % "in_review" + "/return", WHY),
    ("technical_reviewer", REVIEW % "in_review" + "/recommend", said("applications_recommend")),
    ("decision_maker", REVIEW % "pending_decision" + "/grant", SIGNED),
    ("decision_maker", REVIEW % "pending_decision" + "/refuse", SIGNED),
    ("decision_maker", REVIEW % "pending_decision" + "/return_to_review", WHY),
    ("decision_maker", REVIEW % "pending_decision" + "/return_to_evaluation", WHY),
    ("head_of_body", REVIEW % "granted" + "/countersign", SIGNED),
    ("head_of_body", REVIEW % "granted" + "/return_decision", WHY),
    ("head_of_body", REVIEW % "granted" + "/veto", SIGNED),
    ("lead_verifier", "/certification/reviews/nonconformities/{answered}/close", WHY),
    ("lead_verifier", "/certification/reviews/nonconformities/{answered}/reject", WHY),
    ("lead_verifier", "/certification/reviews/questions/{explained}/accept_answer", WHY),
    ("lead_verifier", "/certification/reviews/questions/{ground}/accept_ground", WHY),
    ("lead_verifier", "/certification/reviews/questions/{counted}/withdraw_ground", WHY),
    ("lead_verifier", "/certification/reviews/questions/{explained}/raise_finding",
     said("questions_raise_finding")),
    ("lead_verifier", SAMPLE % "ordered" + "/dispatch", said("samples_dispatch")),
    ("lead_verifier", SAMPLE % "to_draw" + "/draw", said("samples_draw")),
    ("lead_verifier", SAMPLE % "drawn" + "/send", said("samples_send")),
    ("lead_verifier", SAMPLE % "in_transit" + "/hand_over", said("samples_hand_over")),
    ("lead_verifier", SAMPLE % "doubted" + "/resume", WHY),
    ("lead_verifier", SAMPLE % "doubted" + "/replace", WHY),
    ("sample_receiver", LAB % "ordered" + "/accept_order", said("samples_accept_order")),
    ("sample_receiver", LAB % "ordered" + "/decline_order", WHY),
    ("sample_receiver", LAB % "in_transit" + "/receive", said("samples_receive")),
    ("sample_receiver", LAB % "received" + "/doubt", WHY),
    ("tester", LAB % "received" + "/record", rows("results", RESULTS)),
    ("authorised_signatory", LAB % "testing" + "/report", REPORT),
    ("sample_receiver", LAB % "reported" + "/retain", said("samples_retain")),
    ("sample_receiver", LAB % "retained" + "/dispose", said("samples_dispose")),
    ("authorised_signatory", "/certification/reports/{report}/amend",
     REPORT | WHY | rows("results", RESULTS)),
    ("authorised_signatory", "/certification/reports/{report}/retract", WHY),
    ("regulator", "/certification/reports/{report}/annul", WHY),
    ("decision_maker", "/certification/certificates/{certificate}/suspend", STATUS | {"until": LATER}),
    ("decision_maker", "/certification/certificates/{suspended}/restore", WHY | {"cause": "corrected"}),
    ("decision_maker", "/certification/certificates/{certificate}/withdraw", said("certificates_withdraw")),
    ("decision_maker", "/certification/certificates/{certificate}/cancel", said("certificates_cancel")),
    ("applicant", LIFE + "/cases", {"purpose": "change"}),
    ("applicant", LIFE + "/requests", {"kind": "cancel", "reason": "停产"}),
    ("applicant", "/certification/certificates/{labelled}/uses",
     {"medium": "packaging", "place": "外箱", "since": DAY, "quantity": "10"}),
    ("decision_maker", "/certification/certificates/proposals/{proposal}/decline", WHY),
    ("applicant", LABEL + "/{unlabelled}/request", {"uses": "外包装"}),
    ("label_officer", LABEL + "/{licence}/license", {}),
    ("label_officer", LABEL + "/{licence}/refuse", WHY),
    ("case_officer", CHECK % "check" + "/notify",
     {"on": "{day_of_check}", "person_days": "1", "lead_verifiers": "{lead_verifier}"}),
    ("lead_verifier", CHECK % "notified" + "/conduct",
     rows("items", CHECKED["items"]) | {"conducted_on": DAY, "person_days": "1"}),
    ("decision_maker", CHECK % "conducted" + "/require", said("surveillance_require")),
    ("decision_maker", CHECK % "conducted" + "/fail", WHY),
    ("decision_maker", CHECK % "amended" + "/pass", WHY),
    ("applicant", CHECK % "amended" + "/answer", {"answer": "已整改。", "evidence": PDF}),
    ("applicant", APPEAL + "/new/{act}", {"grounds": "已经整改。"}),
    ("appeals_officer", APPEAL + "/{appeal}/accept", {}),
    ("appeals_officer", APPEAL + "/{appeal}/reject", WHY),
    ("appeals_officer", APPEAL + "/{heard}/investigate", said("appeals_investigate")),
    ("appeals_officer", APPEAL + "/{investigating}/decide", said("appeals_decide")),
    ("applicant", APPEAL + "/{rejected}/escalate", WHY),
    ("regulator", "/oversight/appeals/{escalated}/conclude", WHY | {"conclusion": "body_upheld"}),
    ("application_reviewer", "/certification/clocks/{clock}/extend", said("extend_clock")),
    ("keeper", "/certification/clocks/calendar",
     {"version": "{version_of_calendar}", "entries": ENTRIES} | AGREED),
    ("keeper", "/certification/clocks/outages",
     {"begins": "2026-01-05T08:00", "ends": "2026-01-05T18:00", "reason": "断电"}),
    ("head_of_body", FEES + "/",
     dict.fromkeys(PRICES, "120") | {"scheme_code": "lc-tile", "source": "演示", "effective_from": LATER}),
    ("case_officer", FEES + "/cases/{evaluating}/invoice", PAID),
    ("case_officer", FEES + "/cases/{evaluating}/reduction", PAID),
    ("applicant", FEES + "/cases/{evaluating}/payment", PAID | {"upload": PDF}),
    ("verifier", TIES + "/", {"client_id": "{maker}", "tie": "consulting", "valid_from": "2024-01-01"}),
    ("verifier", TIES + "/{tie}/end", {"valid_to": DAY}),
    ("newcomer", TIES + "/cases/{evaluating}", {"free": "free"}),
    ("head_of_body", TIES + "/people",
     {"user_id": "{case_officer}", "function": "review", "family": "low_carbon", "basis": "评定"} | HELD),
    ("keeper", REGISTERS + "/bodies/new",
     {"body_id": "{another_body}", "approval_number": "CNCA-R-2", "schemes": "lc-tile"} | HELD),
    ("keeper", REGISTERS + "/laboratories/new",
     {"laboratory_id": "{laboratory}", "cma_number": "231002110002", "methods": "GB/T 1"} | SIX_YEARS),
    ("keeper", REGISTERS + "/accreditations/new",
     {"organisation_id": "{laboratory}", "number": "CNAS L12345", "scope": "建材"} | HELD),
    ("keeper", REGISTERS + "/people/new",
     {"person": "{seat}", "number": "R-77", "grade": "verifier", "families": "low_carbon"} | HELD),
    ("keeper", REGISTERS + "/training/new",
     {"person": "{seat}", "course": "ISO 14067", "provider": "学会", "hours": "16"} | HELD),
    ("keeper", REGISTERS + "/people/{entry}/end", WHY | {"on": LATER}),
    ("guest", "/complaints/new", BLAMED | {"name": "某人", "contact": "13900001234", "consumer": "y"}),
    ("guest", "/reports/new", BLAMED),
    ("guest", "/follow-up", {}),
    ("guest", "/sign-up", PERSON | SIGNED_UP | {"uscc": factories.uscc(9009)}),
    ("guest", "/sign-in", {}),
    ("guest", "/sign-in/demonstration", {}),
    ("guest", "/sign-out", {}),
    ("guest", "/held-form/drop", {}),
    ("guest", "/invitations/{secret}", PERSON),
    ("applicant", "/account/calendar", {}),
    ("applicant", "/account/calendar/{feed}/revoke", {}),
    ("applicant", "/account/inbox/{notice}/open", {}),
    ("applicant", "/account/inbox/{notice}/read", {}),
    ("applicant", "/account/inbox/read", {}),
    ("applicant", "/account/notices", {}),
    ("applicant", "/account/password", {}),
    ("applicant", "/account/profile", {}),
    ("applicant", "/account/tokens", {"name": "乙"}),
    ("applicant", "/account/tokens/{token}/revoke", {}),
    ("applicant", "/roles", {}),
    ("chief", "/organisation/facts", {}),
    ("chief", "/organisation/invitations", {"email": "two@example.org", "roles": "applicant"}),
    ("chief", "/organisation/invitations/{invitation}/withdraw", {}),
    ("chief", "/organisation/members/{membership}", {}),
    ("chief", "/organisation/members/{membership}/end", {}),
    ("keeper", "/organisations/new",
     {"kind": "manufacturer", "uscc": factories.uscc(9010), "name": "另一厂"}),
    ("keeper", "/organisations/{maker}/invitations", {"email": "three@example.org", "roles": "applicant"}),
    ("regulator", "/oversight/complaints/{complaint}/take_on", {}),
    ("regulator", "/oversight/complaints/{handled}/decline", WHY),
    ("regulator", "/oversight/reports/{grievance}/take_on", {}),
    ("regulator", "/oversight/reports/{checking}/open_case", WHY),
    ("list_editor", "/procurement/editions/",
     {"number": "2026-7", "title": "第七期", "cutoff": DAY, "policy_date": DAY}),
    ("list_editor", "/procurement/editions/{edition}/redraft",
     {"cutoff": DAY, "policy_date": DAY}),
    ("list_editor", "/procurement/editions/{edition}/open_notice",
     {"notice_from": LATER, "notice_to": LATER}),
    ("list_editor", "/procurement/editions/{edition}/publish", {"document_number": "1"}),
    ("body_rule_author", "/certification/adoptions/", {"scheme_code": "lc-retired"}),
    ("body_rule_author", "/certification/adoptions/{adopting}", {"person_days": "3"}),
    ("body_rule_author", "/certification/adoptions/{adopting}/papers/acceptance", {"text": "受理。"}),
    ("body_rule_author", "/certification/adoptions/{adopting}/papers/acceptance/preview", {}),
    ("body_rule_author", "/certification/adoptions/{adopting}/steps/propose", {}),
    ("body_rule_author", "/certification/adoptions/{adopting}/steps/withdraw", WHY),
    ("body_rule_approver", "/certification/adoptions/{proposed_adoption}/steps/send_back", WHY),
    ("body_rule_approver", "/certification/adoptions/{proposed_adoption}/steps/approve", {}),
    ("body_rule_approver", "/certification/adoptions/{adoption}/steps/end", WHY),
    ("rule_author", "/rules/drafts/", {"from_version": ""}),
    ("rule_author", "/rules/drafts/{drafted}/identity", {"do": "save", "identity-code": "lc-other"}),
    ("rule_author", "/rules/drafts/{drafted}/blanks", {"kind": "application_form", "upload": PDF}),
    ("rule_author", "/rules/drafts/{drafted}/steps/submit", {"summary": "新规则"}),
    ("rule_approver", "/rules/drafts/{reviewed}/steps/send_back", WHY),
    ("rule_approver", "/rules/drafts/{reviewed}/steps/open_comment",
     {"comment_from": "{later}", "comment_to": "{much_later}"}),
    ("rule_author", "/rules/drafts/{closed}/steps/close_comment", {}),
    ("rule_author", "/rules/drafts/{revising}/steps/ask_approval", {}),
    ("rule_approver", "/rules/drafts/{waiting}/steps/approve", {}),
    ("rule_approver", "/rules/drafts/{waiting}/steps/return", WHY),
    ("rule_approver", "/rules/drafts/{approved}/steps/publish", {}),
    ("rule_author", "/rules/drafts/{revising}/steps/withdraw", WHY),
    ("rule_author", "/rules/drafts/{drafted}/dry-run", {}),
    ("rule_author", "/rules/retirements/", {"code": "lc-tile", "day": "{later}", "reason": "有了国家规则"}),
    ("rule_approver", "/rules/retirements/{retirement}/steps/confirm", {}),
    ("rule_author", "/rules/retirements/{retirement}/steps/drop", WHY),
    ("guest", "/rules/drafts/{commented}/comment", {"text": "请延长过渡期。", "name": "某人"}),
    ("rule_approver", "/rules/comments/{unseen}/show", {}),
    ("rule_approver", "/rules/comments/{remark}/hide", WHY),
    ("rule_approver", "/rules/comments/{remark}/answer", {"adopted": "noted", "answer": "已记录。"}),
]  # fmt: skip
