"""The words a scheme is written in: what it may certify, compare, test and ask for."""

FAMILIES = ("low_carbon", "footprint_label")
COMPARISONS = ("full", "rounded")  # GB/T 8170: 全数值 | 修约值
COMPARATORS = ("le", "ge")  # of a test item; None where the value is only reported
FILE_KINDS = (
    "application_form",
    "business_licence",
    "process_flow",
    "material_list",
    "carbon_report",
    "energy_records",
    "management_system",
    "footprint_report",
)
