"""The words a scheme is written in: what it may certify, compare, test and ask for."""

from schemes.terms import USUAL

FAMILIES = ("low_carbon", "footprint_label")
CERTIFICATES = ("outside", "counted")  # of electricity, in a footprint
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
CLOCK_NAMES = (  # counted in days; the law has a rule for each
    "acceptance",
    "correction",
    "acceptance_to_certificate",
    "site_after_documents",
    "site_to_certificate",
    "approval_to_certificate",
    "nonconformity_minor",
    "nonconformity_major",
    "surveillance_correction",
    "appeal",
    "appeal_handling",
    "second_appeal",
)
TERM_NAMES = tuple(USUAL)  # counted in months
