"""Every call of the API that takes a body: who makes it, where in the world of everything, and a good body.

`{names}` are filled in from the places of that world; what stands as bytes is sent as a file.
"""

from certification.workflow.surveillance import CHECKS
from tests.certification.lists import SITE_CHECKS, confirmed
from tests.certification.world import PDF
from tests.schemes.examples import tyre

DAY, TOMORROW, LATER = "{today}", "{tomorrow}", "{later}"
WHY = {"reason": "写明理由。"}
RULES = tyre(("/identity/code", "lc-other"), ("/identity/effective_from", "2031-01-01"))
SIGNED = WHY | {"signed": True}
STATUS = WHY | {"cause": "misuse"}
TEAM = [
    {"user_id": "{document_reviewer}", "function": "document_reviewer"},
    {"user_id": "{lead_verifier}", "function": "lead_verifier"},
]
RESULTS = [
    {"item": item, "value": value, "uncertainty": "0.01", "performed_on": DAY}
    for item, value in {"absorption": "0.21", "density": "22.46"}.items()
]
REPORT = {"number": "TR-9", "place": "南京某路 3 号", "issued_on": DAY}
ROWS = [{"stage": "manufacturing", "name": "天然气", "quantity": "1", "unit": "m2", "own_value": "8",
         "own_unit": "kgCO2e/m2", "own_source": "企业实测"}]  # fmt: skip


def literal(given):
    """What holds braces that stand for nothing."""
    if isinstance(given, dict):
        return {literal(name): literal(value) for name, value in given.items()}
    if isinstance(given, list):
        return [literal(value) for value in given]
    return given.replace("{", "{{").replace("}", "}}") if isinstance(given, str) else given


def seen(who, address, given):
    """A step that is taken on the version that was read."""
    place = address.split("{")[1].split("}")[0]
    return who, address, {"version": f"{{version_of_{place}}}"} | given


MET = {"on": DAY, "participants": "组长、厂长", "confirmed_by": "厂长"}
VISIT = {
    "items": [{"slug": slug, "finding": "conform"} for slug in SITE_CHECKS],
    "meetings": [{"kind": kind, **MET} for kind in ("opening", "closing")],
    "person_days": "2", "started_on": DAY, "ended_on": DAY, "conclusion": "pass",
}  # fmt: skip
CHECKED = {
    "items": [{"slug": slug, "finding": "conform"} for slug in CHECKS],
    "conducted_on": DAY, "person_days": "1",
}  # fmt: skip
FOUND = {
    "user_id": "{case_officer}", "functions": "review", "classes": "low_carbon/ceramic_tile",
    "basis": "评定 01", "valid_from": DAY, "valid_to": LATER,
}  # fmt: skip

BOUGHT = {"bought_on": DAY, "unit": "一处", "reference": "HT-9", "product": "砖", "spend": "12.5"}
BOUGHT_TABLE = "采购日期,采购单位,合同或订单编号,产品名称,金额\n2026-01-05,一处,HT-8,砖,3\n".encode()
SOUGHT = {"title": "第 2 包", "query": "瓷砖，低于限值", "on": DAY}

BARRED = {"uscc": "91000000000000772Q", "maker": "某厂", "valid_from": TOMORROW, "valid_to": "{much_later}",
          "ground": "以次充好", "basis": "测试文号"}  # fmt: skip

RULE = {"category_edition": "2022", "category_code": "A07010327", "scheme_code": "lc-tile", "mode": "list",
        "treatment": "priority", "basis": "测试文号", "valid_from": TOMORROW}  # fmt: skip
ASSIGNED = {"numbers": ["{number}"], "category_edition": "2022", "category_code": "A07010328",
            "note": "报告 2 号"}  # fmt: skip
SUPPLIED = {"answer": "refused", "contact": "王某", "reason": "已经停产"}

CALLS = {
    "create_application": ("applicant", "/applications", {"scheme": "lc-tile", "body": "{body_code}"}),
    "update_application": ("applicant", "/applications/{draft}",
                           {"version": "{version_of_draft}", "trademark": "云"}),
    "put_inventory": ("applicant", "/applications/{draft}/inventory",
                      {"version": "{version_of_inventory}", "output_amount": "1", "output_unit": "m2",
                       "rows": ROWS}),
    "attach_file": ("applicant", "/applications/{draft}/files/other", {"file": PDF}),
    "answer_point": ("applicant", "/applications/{correcting}/points/{point}", {"answer": "已改。"}),
    "send_message": ("lead_verifier", "/applications/{evaluating}/messages",
                     {"to": "applicant", "text": "请补第 3 行。", "file": PDF}),
    "ask_opening": ("applicant", "/applications/{submitted}/openings",
                    {"place": "trademark", "reason": "商标写错了。"}),
    "grant_opening": ("application_reviewer", "/applications/openings/{opening}/grant", {}),
    "refuse_opening": ("application_reviewer", "/applications/openings/{opening}/refuse",
                       {"answer": "与申请无关。"}),
    "plan_evidence": ("lead_verifier", "/applications/{evaluating}/evidence-plan",
                      {"traces": [{"subject": "row:{gas_row}", "samples": 12},
                                  {"subject": "row:{clay_row}", "samples": 12}], "reason": "补一个季度。"}),
    "keep_paper": ("lead_verifier", "/applications/{evaluating}/working-papers",
                   {"subjects": "row:{gas_row}", "note": "抄表", "file": PDF}),
    "file_late_entry": ("lead_verifier", "/applications/{evaluating}/late-entries",
                        {"first": DAY, "last": DAY, "reason": "没有网络。", "document": PDF}),
    "confirm_late_entry": ("case_officer", "/late-entries/{late_entry}/confirm", {}),
    "refuse_late_entry": ("case_officer", "/late-entries/{late_entry}/refuse",
                          {"answer": "没有日期。"}),
    "extend_clock": ("application_reviewer", "/clocks/{clock}/extend", WHY | {"days": 2}),
    "nonconformities_answer": ("applicant", "/nonconformities/{finding}/answer",
                               {"answer": "已补充。", "evidence": PDF}),
    "questions_explain": ("applicant", "/questions/{asked}/explain", {"answer": "只有一个排放源。"}),
    "questions_accept_answer": ("lead_verifier", "/questions/{explained}/accept_answer", WHY),
    "questions_accept_ground": ("lead_verifier", "/questions/{ground}/accept_ground", WHY),
    "questions_withdraw_ground": ("lead_verifier", "/questions/{counted}/withdraw_ground", WHY),
    "questions_raise_finding": ("lead_verifier", "/questions/{explained}/raise_finding",
                                {"grade": "minor", "fact": "台账另有原料。"}),
    "check_findings_answer": ("applicant", "/check_findings/{wanting}/answer",
                              {"answer": "已整改。", "evidence": PDF}),
    "check_findings_reject": ("lead_verifier", "/check_findings/{mended}/reject", WHY),
    "check_findings_close": ("lead_verifier", "/check_findings/{mended}/close", WHY),
    "request_label": ("applicant", "/certificates/{unlabelled}/labels", {"uses": "外包装"}),
    "declare": ("newcomer", "/applications/{evaluating}/declaration", {"free": True}),
    "file_appeal": ("applicant", "/acts/{act}/appeals", {"grounds": "已经整改。"}),
    "propose_competence": ("head_of_body", "/competences", FOUND | {"evidence": PDF}),
    "competences_approve": ("minder", "/competences/{proposed_finding}/approve", {}),
    "competences_decline": ("head_of_body", "/competences/{proposed_finding}/decline", WHY),
    "competences_suspend": ("head_of_body", "/competences/{approved_finding}/suspend", WHY),
    "competences_resume": ("head_of_body", "/competences/{suspended_finding}/resume", WHY),
    "competences_terminate": ("head_of_body", "/competences/{approved_finding}/terminate", WHY),
    "propose_roles": ("minder", "/members/{role_seat}/proposals",
                      {"roles": "rule_author", "basis": "任命", "evidence": PDF, "valid_from": DAY,
                       "valid_to": LATER}),
    "keep_roles": ("minder", "/members/{role_seat}/roles", {"roles": ["label_officer"]}),
    "approve_role": ("head_of_body", "/role-proposals/{proposed_role}/approve", {}),
    "decline_role": ("head_of_body", "/role-proposals/{proposed_role}/decline", WHY),
    "preview": ("applicant", "/footprints/preview", {}),
    "create_check": ("list_editor", "/checks", {"title": "第 2 包", "on": DAY, "items": [{"model": "YT-1"}]}),
    "preview_tender": ("list_editor", "/tenders/preview", {"on": DAY, "items": [{"name": "瓷质砖"}]}),
    "verifications": ("applicant", "/verifications", {"on": DAY, "items": [{"number": "LCP-32-2026-00001"}]}),

    "applications_submit": ("applicant", "/applications/{draft}/submit", {"declared": True}),
    "applications_recall": ("applicant", "/applications/{submitted}/recall", WHY),
    "applications_correct": ("application_reviewer", "/applications/{submitted}/correct",
                             {"points": [{"anchor": "models", "text": "补型号"}]}),
    "applications_resubmit": ("applicant", "/applications/{corrected}/resubmit", {}),
    "applications_decline": ("application_reviewer", "/applications/{submitted}/decline",
                             WHY | {"not_for_consulting": True}),
    "applications_accept": ("application_reviewer", "/applications/{submitted}/accept",
                            {"conditions": confirmed()}),
    "applications_offer": ("case_officer", "/applications/{accepted}/offer", {}),
    "applications_sign": ("applicant", "/applications/{offered}/sign", {"agreed": True}),
    "applications_plan": ("case_officer", "/applications/{contracted}/plan",
                          {"team": TEAM, "laboratory_id": "{laboratory}", "person_days": "2",
                           "site_from": DAY, "site_to": TOMORROW, "overlap_reason": "同一园区"}),
    "applications_replan": ("case_officer", "/applications/{evaluating}/replan",
                            WHY | {"team": TEAM, "laboratory_id": "{laboratory}", "person_days": "2",
                                   "site_from": DAY, "site_to": TOMORROW, "overlap_reason": "同一园区"}),
    "applications_review_documents": ("document_reviewer", "/applications/{evaluating}/review_documents",
                                      {"result": "pass", "findings": "证据与申报一致。"}),
    "applications_order_sample": ("lead_verifier", "/applications/{evaluating}/order_sample",
                                  {"method": "sealed", "model": "YT-6015", "quantity": 2}),
    "applications_raise": ("lead_verifier", "/applications/{evaluating}/raise",
                           {"grade": "minor", "anchor": "evidence_reliability", "fact": "缺里程记录。"}),
    "applications_verify_site": ("lead_verifier", "/applications/{evaluated}/verify_site", VISIT),
    "applications_verify_data": ("lead_verifier", "/applications/{evaluated}/verify_data",
                                 {"items": [{"subject": "fact:models", "outcome": "agreed", "samples": 1}]}),
    "applications_give_opinion": ("lead_verifier", "/applications/{evaluated}/give_opinion",
                                  {"opinion": "unmodified", "text": "逐项核对。"}),
    "applications_finish": ("lead_verifier", "/applications/{evaluated}/finish", {}),
    "applications_report_failure": ("lead_verifier", "/applications/{failed}/report_failure", WHY),
    "applications_return": ("technical_reviewer", "/applications/{in_review}/return", WHY),
    "applications_recommend": ("technical_reviewer", "/applications/{in_review}/recommend",
                               {"recommendation": "grant", "text": "结论有据。"}),
    "applications_grant": ("decision_maker", "/applications/{pending_decision}/grant", SIGNED),
    "applications_refuse": ("decision_maker", "/applications/{pending_decision}/refuse", SIGNED),
    "applications_return_to_review": (
        "decision_maker", "/applications/{pending_decision}/return_to_review", WHY),
    "applications_return_to_evaluation": (
        "decision_maker", "/applications/{pending_decision}/return_to_evaluation", WHY),
    "applications_countersign": ("head_of_body", "/applications/{granted}/countersign", SIGNED),
    "applications_return_decision": ("head_of_body", "/applications/{granted}/return_decision", WHY),
    "applications_veto": ("head_of_body", "/applications/{granted}/veto", SIGNED),

    "samples_accept_order": ("sample_receiver", "/samples/{ordered}/accept_order", {"expected_on": LATER}),
    "samples_decline_order": ("sample_receiver", "/samples/{ordered}/decline_order", WHY),
    "samples_draw": ("lead_verifier", "/samples/{to_draw}/draw",
                     {"drawn_on": DAY, "drawn_at": "成品库", "seal_number": "F-2"}),
    "samples_send": ("lead_verifier", "/samples/{drawn}/send", {"sent_on": DAY, "carrier": "顺丰"}),
    "samples_dispatch": ("lead_verifier", "/samples/{ordered}/dispatch",
                         {"drawn_on": DAY, "seal_number": "F-3"}),
    "samples_hand_over": ("lead_verifier", "/samples/{in_transit}/hand_over",
                          {"on": DAY, "taker": "司机", "place": "厂门"}),
    "samples_receive": ("sample_receiver", "/samples/{in_transit}/receive",
                        {"received_on": DAY, "condition": "完好", "seal": "intact"}),
    "samples_doubt": ("sample_receiver", "/samples/{received}/doubt", WHY),
    "samples_resume": ("lead_verifier", "/samples/{doubted}/resume", WHY),
    "samples_replace": ("lead_verifier", "/samples/{doubted}/replace", WHY),
    "samples_record": ("tester", "/samples/{received}/record", {"results": RESULTS}),
    "samples_report": ("authorised_signatory", "/samples/{testing}/report", REPORT),
    "samples_retain": ("sample_receiver", "/samples/{reported}/retain",
                       {"retained_until": LATER, "retained_at": "留样室"}),
    "samples_dispose": ("sample_receiver", "/samples/{retained}/dispose",
                        {"disposal": "退回企业", "witness": "见证人"}),
    "reports_amend": ("authorised_signatory", "/reports/{report}/amend",
                      REPORT | WHY | {"results": RESULTS}),
    "reports_retract": ("authorised_signatory", "/reports/{report}/retract", WHY),

    "nonconformities_reject": ("lead_verifier", "/nonconformities/{answered}/reject", WHY),
    "nonconformities_close": ("lead_verifier", "/nonconformities/{answered}/close", WHY),
    "nonconformities_withdraw_finding": (
        "lead_verifier", "/nonconformities/{answered}/withdraw_finding", WHY),

    "certificates_suspend": ("decision_maker", "/certificates/{certificate}/suspend",
                             STATUS | {"until": LATER}),
    "certificates_restore": ("decision_maker", "/certificates/{suspended}/restore",
                             WHY | {"cause": "corrected"}),
    "certificates_withdraw": ("decision_maker", "/certificates/{certificate}/withdraw",
                              WHY | {"cause": "serious_defect"}),
    "certificates_cancel": ("decision_maker", "/certificates/{certificate}/cancel",
                            WHY | {"cause": "holder_request"}),
    "labels_license": ("label_officer", "/labels/{licence}/license", {}),
    "labels_refuse": ("label_officer", "/labels/{licence}/refuse", WHY),
    "status_proposals_verify": ("lead_verifier", "/status_proposals/{wish}/verify",
                                {"verdict": "confirmed", "verified_on": DAY, "verification": "抽查三个月。",
                                 "evidence": PDF}),
    "status_proposals_decline": ("decision_maker", "/status_proposals/{proposal}/decline", WHY),

    "appeals_accept": ("appeals_officer", "/appeals/{appeal}/accept", {}),
    "appeals_reject": ("appeals_officer", "/appeals/{appeal}/reject", WHY),
    "appeals_investigate": ("appeals_officer", "/appeals/{heard}/investigate", {"findings": "调阅了证据。"}),
    "appeals_decide": ("appeals_officer", "/appeals/{investigating}/decide", SIGNED | {"outcome": "upheld"}),
    "appeals_escalate": ("applicant", "/appeals/{rejected}/escalate", WHY),

    "body_complaints_acknowledge": ("appeals_officer", "/body_complaints/{brought}/acknowledge",
                                    {"version": "{version_of_brought}"}),
    "body_complaints_set_aside": ("appeals_officer", "/body_complaints/{brought}/set_aside",
                                  WHY | {"version": "{version_of_brought}"}),
    "body_complaints_investigate": ("appeals_officer", "/body_complaints/{looked_into}/investigate",
                                    {"findings": "到场看过。", "version": "{version_of_looked_into}"}),
    "body_complaints_answer": ("appeals_officer", "/body_complaints/{looked_into}/answer",
                               {"outcome": "founded", "measure": "none", "answer": "已责成整改。",
                                "version": "{version_of_looked_into}"}),
    "surveillance_notify": ("case_officer", "/surveillance/{check}/notify",
                            {"team": TEAM[1:], "on": "{day_of_check}", "person_days": "1"}),
    "surveillance_conduct": ("lead_verifier", "/surveillance/{notified}/conduct", CHECKED),
    "surveillance_require": ("decision_maker", "/surveillance/{conducted}/require", WHY | {"due": LATER}),
    "surveillance_pass": ("decision_maker", "/surveillance/{amended}/pass", WHY),
    "surveillance_decline_order": ("decision_maker", "/surveillance/{ordered_check}/decline_order", WHY),
    "order_of_certificate": ("regulator", "/certificates/{number}/orders", WHY | {"kind": "suspend"}),
    "bring_complaint": ("applicant", "/certificates/{number}/complaints",
                        {"subject": "label", "text": "展厅里贴错了标签。", "file": PDF}),
    "surveillance_fail": ("decision_maker", "/surveillance/{conducted}/fail", WHY),

    "begin_adoption": ("body_rule_author", "/adoptions", {"scheme": "lc-retired"}),
    "put_adoption": ("body_rule_author", "/adoptions/{adopting}",
                     {"version": "{version_of_adopting}", "person_days": "3",
                      "checklists": {"site": ["看窑。"]}}),
    "put_adoption_paper": ("body_rule_author", "/adoptions/{adopting}/papers/acceptance",
                           {"version": "{version_of_adopting}", "text": "受理。"}),
    "adoptions_propose": ("body_rule_author", "/adoptions/{adopting}/propose", {}),
    "adoptions_withdraw": ("body_rule_author", "/adoptions/{adopting}/withdraw", WHY),
    "adoptions_send_back": ("body_rule_approver", "/adoptions/{proposed_adoption}/send_back", WHY),
    "adoptions_approve": ("body_rule_approver", "/adoptions/{proposed_adoption}/approve", {}),
    "adoptions_end": ("body_rule_approver", "/adoptions/{adoption}/end", WHY),
    "record_purchases": ("procurement_officer", "/purchases", {"items": [BOUGHT]}),
    "write_purchase": ("procurement_officer", "/purchases/{purchase}",
        {"version": "{version_of_purchase}", **BOUGHT}),
    "remove_purchase": ("procurement_officer", "/purchases/{purchase}/removal",
        {"version": "{version_of_purchase}"} | WHY),
    "begin_shortlist": ("list_editor", "/shortlists", SOUGHT),
    "put_shortlist_lines": ("list_editor", "/shortlists/{shortlist}/lines",
        {"version": "{version_of_shortlist}", "items": [{"number": "{certificate}", "model": "YT-9"}]}),
    "decide_shortlist_line": ("list_editor", "/shortlists/{shortlist}/lines/{shortlist_line}",
        {"version": "{version_of_shortlist}", "decision": "excluded"} | WHY),
    "shortlists_award": ("list_editor", "/shortlists/{decided_shortlist}/award",
        {"until": "{much_later}"} | WHY),
    "propose_suspension": ("list_editor", "/suspensions", BARRED),
    "put_suspension": ("list_editor", "/suspensions/{barred}", {"version": "{version_of_barred}", **BARRED}),
    "bring_objection": ("applicant", "/lists/{shown}/objections", {"text": "截止日不对"}),
    "propose_assignment": ("list_editor", "/category_assignments", ASSIGNED),
    "category_assignments_confirm": ("regulator", "/category_assignments/{assignment}/confirm", {}),
    "category_assignments_drop": ("list_editor", "/category_assignments/{assignment}/drop", WHY),
    "propose_policy": ("list_editor", "/policy_proposals", RULE),
    "put_policy_proposal": ("list_editor", "/policy_proposals/{policy_rule}",
                            {"version": "{version_of_policy_rule}", **RULE}),
    "policy_proposals_approve": ("regulator", "/policy_proposals/{policy_rule}/approve", {}),
    "policy_proposals_drop": ("list_editor", "/policy_proposals/{policy_rule}/drop", WHY),
    "put_confirmation": ("applicant", "/confirmations/{number}", SUPPLIED),
    "objections_uphold": ("regulator", "/objections/{objected}/uphold", WHY),
    "objections_dismiss": ("regulator", "/objections/{objected}/dismiss", WHY),
    "suspensions_approve": ("regulator", "/suspensions/{barred}/approve", {}),
    "suspensions_drop": ("list_editor", "/suspensions/{barred}/drop", WHY),
    "suspensions_lift": ("regulator", "/suspensions/{banned}/lift", WHY),
    "begin_rule_draft": ("rule_author", "/rule-drafts",
                         {"code": "", "of_version": "", "next_version": False}),
    "write_rule_draft": ("rule_author", "/rule-drafts/{drafted}",
                         {"version": "{version_of_drafted}", "document": literal(RULES)}),
    "hand_in_rule_blank": ("rule_author", "/rule-drafts/{drafted}/blanks/application_form",
                           {"version": "{version_of_drafted}", "upload": PDF}),
    "bring_rule_comment": ("applicant", "/rule-drafts/{commented}/comments",
                           {"text": "请延长过渡期。", "name": "某人"}),
    "rule_drafts_submit": seen("rule_author", "/rule-drafts/{drafted}/submit", {"summary": "新规则"}),
    "rule_drafts_send_back": seen("rule_approver", "/rule-drafts/{reviewed}/send_back", WHY),
    "rule_drafts_open_comment": seen("rule_approver", "/rule-drafts/{reviewed}/open_comment",
                                     {"comment_from": TOMORROW, "comment_to": "{much_later}"}),
    "rule_drafts_close_comment": seen("rule_author", "/rule-drafts/{closed}/close_comment", {}),
    "rule_drafts_ask_approval": seen("rule_author", "/rule-drafts/{revising}/ask_approval", {}),
    "rule_drafts_return": seen("rule_approver", "/rule-drafts/{waiting}/return", WHY),
    "rule_drafts_approve": seen("rule_approver", "/rule-drafts/{waiting}/approve", {}),
    "rule_drafts_publish": seen("rule_approver", "/rule-drafts/{approved}/publish", {}),
    "rule_drafts_withdraw": seen("rule_author", "/rule-drafts/{revising}/withdraw", WHY),
    "rule_comments_show": seen("rule_approver", "/rule-comments/{unseen}/show", {}),
    "rule_comments_hide": seen("rule_approver", "/rule-comments/{remark}/hide", WHY),
    "rule_comments_answer": seen("rule_approver", "/rule-comments/{remark}/answer",
                                 {"adopted": "noted", "answer": "已记录。"}),
    "retire_rule": ("rule_author", "/retirements", {"code": "lc-tile", "day": LATER} | WHY),
    "retirements_confirm": ("rule_approver", "/retirements/{retirement}/confirm", {}),
    "retirements_drop": ("rule_author", "/retirements/{retirement}/drop", WHY),
    "amend_application": ("application_reviewer", "/applications/{submitted}/amendment",
                          {"version": "{version_of_submitted}"}),
}  # fmt: skip
