"""How a measured value is judged against a requirement (ISO/IEC 17025:2017 7.8.6)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from certification.workflow.report import STANDING
from schemes.judging import UPPER

if TYPE_CHECKING:
    from certification.laboratory.models import TestReport, TestResult

VERDICTS = ("pass", "fail", "undecided", "reported")
FAILED = ("fail", "undecided")  # these are not enough
CONCLUSIONS = ("pass", "fail", "reported")  # of a whole report
RULES = ("simple", "guard_band")


def margin(comparator: str | None, limit: Decimal | None, value: Decimal) -> Decimal | None:
    """How far the value lies on the good side of its limit, in the item's unit; negative beyond it."""
    if comparator is None or limit is None:
        return None
    return _distance(comparator, limit, value)


def _distance(comparator: str, limit: Decimal, value: Decimal) -> Decimal:
    return limit - value if comparator in UPPER else value - limit


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
    return [result for _model, result, _rule in measured(reports)]


def measured(reports: Iterable["TestReport"]) -> list[tuple[str, "TestResult", str]]:
    """The results that count, each with the model it was measured on and the rule it is decided by."""
    latest: dict[tuple[int, str], tuple[str, TestResult, str]] = {}
    for report in reports:
        if report.state in STANDING:
            about = report.sample
            latest |= {
                (about.chain, result.item): (about.model, result, result.rule or report.decision_rule)
                for result in report.results
            }
    return list(latest.values())


def verdicts(reports: Iterable["TestReport"]) -> dict[str, str]:
    """The verdict per test item; one that failed on any line of samples has failed."""
    found: dict[str, str] = {}
    for result in effective(reports):
        if found.get(result.item) not in FAILED:
            found[result.item] = result.verdict
    return found
