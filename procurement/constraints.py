"""What people read when the database says no about lists and categories."""

_LOADED = "categories and policies are loaded by a command, which refuses such a line first"
_DRAWN = "the lines of an edition are drawn by the rules, each product and model once, numbered from one"

_COUNTED = "checks are numbered by the one series of numbers, which nobody types"

REFUSALS = {
    "uq_list_edition_number": ("taken-just-now", "number"),
    "ck_list_edition_notice_in_order": ("notice-dates-wrong", "notice_to"),
}
UNREACHABLE = {
    "uq_bid_check_number": _COUNTED,
    "uq_bid_check_address": _COUNTED,
    "ck_bid_check_lines_given": "a check without lines is refused where it is read",
    "ck_list_edition_published_complete": "publishing asks for the number and sets the rest itself",
    "ck_policy_rule_basis_given": _LOADED,
    "ck_policy_rule_dates_in_order": _LOADED,
    "uq_policy_rule_category_edition_category_code_scheme_code_valid_from": _LOADED,
    "uq_procurement_category_edition_code": _LOADED,
    "uq_edition_line_edition_id_category_code_number_model": _DRAWN,
    "uq_edition_line_edition_id_place": _DRAWN,
}
