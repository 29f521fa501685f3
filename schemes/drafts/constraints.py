"""What people read when the database says no about drafts of rules."""

_LAW = "the law asks for it before the step is taken"

REFUSALS = {
    "uq_draft_comment_number": ("lost-race", ""),
    "ck_draft_comment_text_given": ("text-missing", "text"),
    "ck_rule_draft_comment_in_order": ("rule-comment-too-short", "comment_to"),
    "uq_rule_retirement_open": ("lost-race", ""),
    "ck_rule_retirement_reason_given": ("reason-missing", "reason"),
    "uq_draft_hand_draft_id_person_id_did_digest": ("rule-approved-once", ""),
}
UNREACHABLE = {
    "ck_draft_comment_answer_given": _LAW,
    "ck_rule_draft_published_complete": "publishing sets the version itself",
}
