"""Every check there is, in the order in which it is said."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from carbon.checks import across, beside, ruled, sources, whole
from carbon.checks.seen import Doubts, Seen
from carbon.footprint import Caution
from carbon.records.grounds import NOT_ACCEPTED

RED, AMBER, NOTE = SEVERITIES = ("red", "amber", "note")


@dataclass(frozen=True)
class Check:
    """`severity`: a red one must be settled before anything is granted, an amber one is asked, a note is
    said.  `find` is None where the arithmetic, or who keeps the library, says it.  What the applicant cannot
    mend is for the reviewer alone."""

    severity: str
    find: Callable[[Seen], Doubts] | None = None
    for_applicant: bool = True


CHECKS = {
    # Units and amounts
    "output-exceeds-inputs": Check(RED, whole.more_comes_out),
    "inputs-exceed-output": Check(RED, whole.more_goes_in),
    "far-from-limit": Check(RED, whole.far_from_limit),
    "far-from-peers": Check(RED, whole.far_from_peers),
    "unlike-peers": Check(AMBER, whole.outlying),
    "fuel-value-impossible": Check(RED, sources.impossible_fuel),
    "fuel-value-unusual": Check(AMBER, sources.unusual_fuel),
    "unit-slip-suspected": Check(AMBER, beside.slips),
    "row-dominates": Check(AMBER, whole.dominant),
    # Counted twice, or not at all
    "part-counted-twice": Check(RED, beside.parts_beside_wholes),
    "fuel-gases-twice": Check(AMBER, beside.gases_twice),
    "two-factors": Check(RED, beside.two_factors),
    "rows-duplicated": Check(AMBER, beside.duplicates),
    "meter-counted-twice": Check(RED, across.meter_twice),
    "certificate-exceeded": Check(RED, across.certificate_exceeded),
    "month-proved-twice": Check(AMBER, across.month_twice),
    "clinker-share-differs": Check(RED, whole.clinker_differs, for_applicant=False),
    "clinker-above-product": Check(RED, whole.more_clinker_than_product),
    "single-row": Check(RED, whole.single_row),
    "stages-missing": Check(AMBER, whole.stages_missing),
    "stage-outside-boundary": Check(AMBER, whole.outside),
    "row-not-declared": Check(NOTE),
    "factor-missing": Check(NOTE),
    # Factors
    "power-unproven": Check(RED, sources.unproven_power),
    "power-not-carried": Check(AMBER, sources.power_not_carried),
    "gwp-outdated": Check(RED, sources.outdated_gwp),
    "factor-of-another-year": Check(AMBER, sources.of_another_year),
    "factor-of-another-region": Check(AMBER, sources.of_another_region),
    "grid-factor-in-footprint": Check(AMBER),
    "gwp-set-differs": Check(AMBER),
    "gwp-unsettled": Check(NOTE),
    "factor-from-memory": Check(NOTE, sources.from_memory),
    "fuel-defaults-differ": Check(NOTE, sources.two_defaults),
    "fuel-default-of-others": Check(AMBER, sources.other_default),
    "factor-superseded": Check(NOTE),
    "co2-counted-as-co2e": Check(NOTE, for_applicant=False),
    "biogenic-co2-in-total": Check(NOTE),
    "negative-contribution": Check(NOTE),
    # What a record states; it says so itself
    "quantity-unusual": Check(AMBER),
    "quantity-far-off": Check(RED),
    "fuel-without-upstream": Check(AMBER),
    "fuel-kind-unsaid": Check(AMBER),
    "fuel-gases-unknown": Check(AMBER),
    "use-grid-unsaid": Check(AMBER),
    "cff-beside-cut-off": Check(NOTE),
    "supplier-stages-do-not-add-up": Check(AMBER),
    "supplier-shares-do-not-add-up": Check(AMBER),
    "supplier-zero-means-not-declared": Check(AMBER),
    "supplier-expired": Check(AMBER),
    "supplier-uptake-not-of-carbon": Check(RED),
    "supplier-uptake-without-carbon": Check(RED),
    "supplier-outbound-apart": Check(NOTE),
    NOT_ACCEPTED: Check(RED),
    "ledger-gap": Check(RED),
    "supply-unproven": Check(RED),
    "power-unbalanced": Check(AMBER),
    "certificates-not-counted": Check(NOTE),
    # Besides the numbers
    "period-missing": Check(AMBER, whole.no_period),
    "period-not-a-year": Check(AMBER, whole.part_of_a_year),
    "period-not-over": Check(AMBER, whole.not_over),
    "evidence-missing": Check(NOTE, whole.no_evidence),
    # What the rule asks
    "rule-stage-missing": Check(RED, ruled.stage_missing),
    "rule-row-missing": Check(RED, ruled.row_missing),
    "rule-factor-kind": Check(RED, ruled.kind_not_allowed),
    "rule-factor-too-old": Check(RED, ruled.factor_too_old),
    "rule-primary-share": Check(RED, ruled.few_primary),
    "rule-period": Check(RED, ruled.period_not_of_rule),
    "rule-grid-factor": Check(RED, ruled.grid_factor_not_of_rule),
    # What a source publishes, beside its own sum
    "stages-do-not-add-up": Check(AMBER),
    "shares-do-not-add-up": Check(AMBER),
    "zero-means-not-declared": Check(AMBER),
}
UNKNOWN = Check(NOTE)  # what a footprint was warned of under a slug that is no more


def doubts(seen: Seen) -> tuple[Caution, ...]:
    return tuple(_found(seen))


def check_of(slug: str) -> Check:
    return CHECKS.get(slug, UNKNOWN)


def asked(cautions: Iterable[Caution]) -> list[Caution]:
    """Those that somebody is to answer."""
    return [caution for caution in cautions if check_of(caution.slug).severity != NOTE]


def for_applicant(cautions: Iterable[Caution]) -> list[Caution]:
    """Those that the applicant is told."""
    return [caution for caution in cautions if check_of(caution.slug).for_applicant]


def _found(seen: Seen) -> Iterator[Caution]:
    for slug, check in CHECKS.items():
        for row, detail in check.find(seen) if check.find else ():
            yield Caution(slug, row, detail)
