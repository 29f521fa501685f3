"""What people read when the database says no about adoptions."""

REFUSALS = {
    "uq_adoption_body_id_scheme_code_number": ("adoption-open", ""),
}
UNREACHABLE = {"ck_adoption_dated": "approving sets the day itself"}
