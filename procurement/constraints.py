"""What people read when the database says no about lists and categories."""

_LOADED = "categories and policies are loaded by a command, which refuses such a line first"
_CHECKED = "what a rule says is checked whole before it is kept"
_FROM_FILE = "what stands is found by its codes first, and only its names are written anew"
_DRAWN = "the lines of an edition are drawn by the rules, each product and model once, numbered from one"

_ANSWERED = "what a maker answers is checked before it is kept"
_OBJECTED = "what is brought and decided is checked before it is kept"
_BOUNDED = "a suspension is checked whole before it is kept"
_COUNTED = "checks are numbered by the one series of numbers, which nobody types"

_PUT = "what stands on a shortlist already is left as it was answered"

REFUSALS = {
    "uq_edition_hand_edition_id_person_id_did": ("edition-approved-once", ""),
    "uq_policy_rule_category_edition_category_code_scheme_code_valid_from": ("taken-just-now", "valid_from"),
    "uq_purchase_organisation_id_reference_product_number_model": ("purchase-recorded-already", "reference"),
    "uq_list_edition_number": ("taken-just-now", "number"),
    "uq_supply_answer_edition_id_number": ("taken-just-now", ""),
    "ck_list_edition_notice_in_order": ("notice-dates-wrong", "notice_to"),
}
UNREACHABLE = {
    "uq_bid_check_number": _COUNTED,
    "uq_bid_check_address": _COUNTED,
    "uq_assigned_product_assignment_id_number": "a product that is given twice is taken once",
    "ck_assigned_product_reason_known": "the rules decide by one of them",
    "ck_category_assignment_confirmed_complete": "confirming notes when",
    "ck_purchase_overall_known": "what a purchase is worth is read from its verdict",
    "uq_shortlist_number": _COUNTED,
    "uq_shortlist_line_shortlist_id_number_model": _PUT,
    "ck_shortlist_line_decision_known": "a decision that is none is refused first",
    "uq_shortlist_loss_line_id_digest": "one chore watches, and looks first",
    "uq_edition_paper_edition_id_volume": "a volume is drawn by its one job, under a lease",
    "uq_bid_paper_check_id_volume": "a volume is drawn by its one job, under a lease",
    "ck_bid_check_lines_given": "a check without lines is refused where it is read",
    "ck_list_edition_valid_days_bounded": "how many days is bounded before an edition is drawn up",
    "ck_list_edition_published_complete": "publishing asks for the number and sets the rest itself",
    "ck_policy_rule_basis_given": _CHECKED,
    "ck_policy_rule_dates_in_order": _CHECKED,
    "ck_policy_proposal_basis_given": _CHECKED,
    "ck_policy_proposal_dates_in_order": _CHECKED,
    "ck_policy_proposal_approved_complete": "approving makes the rule",
    "ck_supply_answer_contact_given": _ANSWERED,
    "ck_supply_answer_refused_with_reason": _ANSWERED,
    "ck_supply_answer_confirmed_with_pledge": "confirming keeps the text of the pledge",
    "uq_list_objection_number": _COUNTED,
    "ck_list_objection_text_given": _OBJECTED,
    "ck_list_objection_decided_complete": "deciding notes when",
    "ck_enterprise_suspension_dates_in_order": _BOUNDED,
    "ck_enterprise_suspension_ground_given": _BOUNDED,
    "ck_enterprise_suspension_approved": "approving notes when",
    "ck_enterprise_suspension_lifted_complete": "lifting notes when",
    "uq_procurement_category_edition_code": _LOADED,
    "uq_category_crosswalk_from_edition_from_code_to_edition_to_code": _FROM_FILE,
    "uq_edition_line_edition_id_category_code_number_model": _DRAWN,
    "uq_edition_line_edition_id_place": _DRAWN,
}
