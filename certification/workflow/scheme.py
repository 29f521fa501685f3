"""The words a scheme is written in: what it may certify, compare, test and ask for."""

from certification.workflow.appeal import CLOCKS as APPEALS
from certification.workflow.clocks import CLOCKS
from certification.workflow.terms import USUAL

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
CLOCK_NAMES = tuple(dict.fromkeys((*(rule.name for rule in CLOCKS), *APPEALS)))  # counted in days
TERM_NAMES = tuple(USUAL)  # counted in months
