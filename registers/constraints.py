"""What people read when the database says no about the registers."""

from registers.adoption import constraints as adoption

REFUSALS = adoption.REFUSALS | {
    "uq_accreditation_organisation_id_number_valid_from": ("taken-just-now", "number"),
    "uq_body_scope_body_id_scheme_code_valid_from": ("register-overlap", "valid_from"),
    "uq_laboratory_scope_laboratory_id_method_valid_from": ("register-overlap", "valid_from"),
    "uq_registration_number_family_valid_from": ("taken-just-now", "number"),
    "ck_register_act_ending_explained": ("reason-missing", "reason"),
    "ck_training_hours_positive": ("hours-not-positive", "hours"),
}
UNREACHABLE: dict[str, str] = {} | adoption.UNREACHABLE
