"""How a measured value is judged against a requirement (ISO/IEC 17025:2017 7.8.6)."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from certification.workflow.report import STANDING
from schemes import judging
from schemes.judging import STRICT, UPPER

if TYPE_CHECKING:
    from certification.laboratory.models import TestReport, TestResult
    from schemes.models import SchemeVersion

VERDICTS = ("pass", "fail", "undecided", "reported")
FAILED = ("fail", "undecided")  # these are not enough
CONCLUSIONS = ("pass", "fail", "reported")  # of a whole report
RULES = ("simple", "guard_band")


def verdict(
    comparator: str | None,
    limit: Decimal | None,
    value: Decimal,
    uncertainty: Decimal | None,
    rule: str,
) -> str:
    """pass, fail, undecided or reported (no requirement).

    `comparator` is le, lt, ge or gt.  Under the rule `guard_band` the expanded
    uncertainty narrows the acceptance zone (W = U): a value that meets the
    limit but lies inside the band can be judged neither way.
    """
    if comparator is None or limit is None:
        return "reported"
    distance = _distance(comparator, limit, value)
    if distance < 0 or (distance == 0 and comparator in STRICT):
        return "fail"
    band = (uncertainty or Decimal(0)) if rule == "guard_band" else Decimal(0)
    return "pass" if distance >= band else "undecided"


def margin(comparator: str | None, limit: Decimal | None, value: Decimal) -> Decimal | None:
    """How far the value lies on the good side of its limit, in the item's unit; negative beyond it."""
    if comparator is None or limit is None:
        return None
    return _distance(comparator, limit, value)


def _distance(comparator: str, limit: Decimal, value: Decimal) -> Decimal:
    return limit - value if comparator in UPPER else value - limit


def over_limit(value: Fraction, scheme: "SchemeVersion") -> bool:
    """By GB/T 8170 the full value is held against a limit, so that what lies on it is not above it, or the
    rounded one where the scheme says so.  What has no limit is never above it."""
    return judging.on_footprint(scheme.rules, value) != judging.PASS


def conclusion(verdicts: set[str]) -> str:
    """Of a whole report, from the verdicts of its results."""
    if verdicts & set(FAILED):
        return "fail"
    return "pass" if "pass" in verdicts else "reported"


def failing(results: Iterable["TestResult"]) -> list["TestResult"]:
    """Those of the results that are not enough."""
    return [result for result in results if result.verdict in FAILED]


def undecided(result: "TestResult") -> bool:
    """The value meets the limit, but lies too near to be told from one that does not."""
    return result.verdict == "undecided"


def effective(reports: Iterable["TestReport"]) -> list["TestResult"]:
    """The results that count: of reports that stand, the latest of each line of retests, item by item."""
    latest: dict[tuple[int, str], TestResult] = {}
    for report in reports:
        if report.state in STANDING:
            latest |= {(report.sample.chain, result.item): result for result in report.results}
    return list(latest.values())


def verdicts(reports: Iterable["TestReport"]) -> dict[str, str]:
    """The verdict per test item; one that failed on any line of samples has failed."""
    found: dict[str, str] = {}
    for result in effective(reports):
        if found.get(result.item) not in FAILED:
            found[result.item] = result.verdict
    return found
