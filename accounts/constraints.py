"""What people read when the database says no about accounts."""

_SECRET = "the digest of a fresh random secret: no two are equal"

REFUSALS = {
    "uq_organisation_uscc": ("organisation-known", "uscc"),
    "uq_user_email": ("email-taken", "email"),
    "uq_membership_user_id_organisation_id": ("already-member", "email"),
    "uq_role_proposal_open": ("role-proposed", "roles"),
    "uq_role_grant_membership_id_role": ("lost-race", ""),
    "uq_invitation_organisation_id_email": ("lost-race", ""),
    "uq_notice_preference_user_id_group": ("lost-race", ""),
    "uq_notice_user_id_once": ("lost-race", ""),
}
UNREACHABLE = {
    "ck_role_proposal_dates_in_order": "the span is checked by accounts.operations.roles before",
    "ck_role_proposal_approval_decided": "accounts.operations.roles says both at once",
    "ck_role_proposal_by_another_hand": "accounts.operations.roles asks who proposed before it approves",
    "ck_absence_days_in_order": "the days are put in order by accounts.operations.absences before",
    "ck_organisation_uscc_length": "every code is read by accounts.uscc, which counts its signs",
    "uq_held_form_digest": _SECRET,
    "uq_sign_in_digest": _SECRET,
    "uq_invitation_digest": _SECRET,
    "uq_api_token_digest": _SECRET,
    "uq_calendar_feed_digest": _SECRET,
}
