"""What a rule asks of every reading of a test: where it can lie, how sure it is, what goes with it.

A reading where none can lie is a slip of the unit, the sign or the point: it is refused and cannot be
confirmed, since the range is what can be measured at all, not what is good.
"""

from decimal import Decimal

from certification.laboratory.operations.readings import Given
from core.errors import Invalid
from schemes.document import Test


def check_bounds(place: str, test: Test, result: Given) -> None:
    """Raise Invalid at the member that is out of bounds, or missing."""
    value, readings = result.get("value"), result.get("readings") or ()
    for where, each in (("value", value), *(("readings", reading) for reading in readings)):
        if each is not None and not _possible(test, each):
            slug = "reading-out-of-range"
            detail = {"value": f"{each:f}", "range": _range(test), "unit": test.unit}
            raise Invalid(slug, {f"{place}.{where}": slug}, **detail)
    _check_uncertainty(f"{place}.uncertainty", test, result.get("uncertainty"))
    for name in test.recorded:
        if not (result.get(name) or "").strip():
            slug = f"reading-without-{name}"
            raise Invalid(slug, {f"{place}.{name}": slug})


def _check_uncertainty(place: str, test: Test, given: Decimal | None) -> None:
    if test.uncertainty is None:
        return
    if given is None:
        raise Invalid("uncertainty-missing", {place: "uncertainty-missing"})
    if given > test.uncertainty:
        slug = "uncertainty-too-wide"
        raise Invalid(slug, {place: slug}, given=f"{given:f}", most=f"{test.uncertainty:f}", unit=test.unit)


def _possible(test: Test, reading: Decimal) -> bool:
    above = test.least is None or reading >= test.least
    return above and (test.most is None or reading <= test.most)


def _range(test: Test) -> str:
    if test.least is None:
        return f"≤ {test.most:f}"
    return f"≥ {test.least:f}" if test.most is None else f"{test.least:f} ～ {test.most:f}"
