"""Faults of what a laboratory is asked to measure."""

from schemes.document.criteria import Criterion
from schemes.document.faults.fault import Fault, Faults
from schemes.document.procedure import Test
from schemes.document.whole import Document


def ranges(document: Document) -> Faults:
    for index, test in enumerate(document.tests):
        if test.least is not None and test.most is not None and test.least >= test.most:
            yield Fault(f"/tests/{index}/most", "range-turned")


def bands(document: Document) -> Faults:
    """A guard band is as wide as the uncertainty: the rule says how wide that may be."""
    for index, test in enumerate(document.tests):
        asked = [each for each in document.criteria if each.quantity == f"test:{test.slug}"]
        if test.uncertainty is None and any(_is_guarded(each, test) for each in asked):
            yield Fault(f"/tests/{index}/uncertainty", "guard-band-without-uncertainty")


def _is_guarded(criterion: Criterion, test: Test) -> bool:
    usual = criterion.decision or test.decision
    return any((row.decision or usual) == "guard_band" for row in criterion.rows)
