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

SPLIT = {"anchor": "models", "text": "拆", "splits": True}  # which nobody can: it is no row


def confirmed(*slugs: str, **other: object) -> list[dict[str, object]]:
    """Each condition of acceptance as a careful reviewer confirms it; those of the house unless named."""
    seen = {"confirmed": True, "note": "与登记信息一致", "evidence": "登记系统查询", **other}
    return [{"slug": slug, **seen} for slug in slugs or CONDITIONS]


def confirming(*slugs: str) -> dict[str, str]:
    """The same, as the page sends it."""
    said = enumerate(confirmed(*slugs))
    return {
        f"conditions-{place}-{name}": "y" if value is True else str(value)
        for place, condition in said
        for name, value in condition.items()
        if name != "slug"
    }
