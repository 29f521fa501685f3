"""What the house lists, where a rule has no checklist of its own."""

CONDITIONS = (
    "legal_persons",
    "management_system_run",
    "permits_held",
    "normal_production",
    "no_penalty_last_year",
    "energy_limit_met",
)
SITE_CHECKS = (
    "process_flow",
    "energy_material_balance",
    "evidence_reliability",
    "product_consistency",
    "energy_monitoring",
    "calculation_completeness",
    "quality_assurance",
)
