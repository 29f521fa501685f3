"""The words a scheme is written in: what it may certify, compare, test and ask for."""

from carbon.checks.sources import DEFAULTS_OF
from schemes.terms import USUAL

FAMILIES = ("low_carbon", "footprint_label", "building_energy")
CONCLUSIONS = ("pass", "grades")
CODES = ("procurement", "gbt7635", "hs")  # lists of products
PARAMETER_KINDS = ("number", "whole", "choice", "text", "date", "yes_no")
REQUIRED = ("always", "never", "when")
SHOWN = ("certificate", "label", "public", "filter")
DERIVATIONS = ("product", "quotient", "sum", "difference")
GROUNDS = ("absolute_limit", "benchmark", "reduction")  # of carbon
ASSURANCES = ("reasonable", "limited")  # of an opinion on what was declared (ISO 14064-3)
CERTIFICATES = ("outside", "counted")  # of electricity, in a footprint
COMPARISONS = ("full", "rounded")  # GB/T 8170: 全数值 | 修约值
COMPARATORS = ("le", "lt", "ge", "gt")
DECISION_RULES = ("simple", "guard_band")  # ISO/IEC 17025:2017 7.8.6
COMBINED = ("each", "mean", "worst")  # how several results become one
RECORDED = ("edition", "equipment", "environment")  # with a reading: by what and how it was measured
AGAINST = ("clinker",)  # the share of a product that activity data and a test both state
FACTOR_KINDS = ("library", "supplier", "own")
ALLOCATIONS = ("mass", "energy", "price", "avoided")
FUEL_SOURCES = tuple(DEFAULTS_OF)  # whose value a fuel has by default, where two official ones differ
FEE_BASES = ("case", "person_day", "test_item", "model", "year")
SHEETS = ("head", "numbered", "monthly")  # lines to fill in, or a list: of numbers, of months
OTHER_KIND = "other"  # of a file, which every scheme takes besides its own
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
