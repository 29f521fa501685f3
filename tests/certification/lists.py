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

# What the laboratory measures of a tile.
TESTS = [
    {"slug": "absorption", "name": "吸水率", "name_en": "Water absorption", "method": "GB/T 3810.3",
     "unit": "%", "comparator": "le", "limit": "0.5", "demo": True},
    {"slug": "density", "name": "面密度", "name_en": "Mass per area", "method": "GB/T 3810.2",
     "unit": "kg/m2", "comparator": None, "limit": None, "demo": True},
]  # fmt: skip

# Who evaluates, reviews or decides declares before the files of a case are opened (ISO/IEC 17065 4.2).
DECLARING = ("decision_maker", "document_reviewer", "lead_verifier", "technical_reviewer", "verifier")
