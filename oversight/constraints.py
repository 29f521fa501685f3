"""What people read when the database says no about complaints and reports."""

REFUSALS = {
    "uq_complaint_number": ("lost-race", ""),
    "uq_violation_report_number": ("lost-race", ""),
    "ck_complaint_text_given": ("text-missing", "text"),
    "ck_violation_report_text_given": ("text-missing", "text"),
}
UNREACHABLE: dict[str, str] = {}
