"""How long the records of a decided case are kept (certification-rules 1.8).  Pure.

The longest of: two years after the certificate ended; six years for test records; as long as the cycle
that follows runs, since the current and the previous one are kept (ISO/IEC 17065 7.12).
"""

from collections.abc import Iterable
from datetime import date

YEARS = {
    "case": (2, "认证机构管理办法：证书失效后 2 年（条款待核）"),
    "tests": (6, "检验检测机构监督管理办法：检测记录 6 年（条款待核）"),
    "cycle": (0, "ISO/IEC 17065 7.12：保存本周期与上一周期"),
}
DECIDED = ("certified", "refused", "declined")


def kept_until(
    ended_on: date | None, reports: Iterable[date] = (), next_ends_on: date | None = None
) -> date | None:
    """The last day on which the records must be there; None while the certificate, or the next, runs.

    `ended_on` is the day the case or its certificate ended; `reports` are the days of the test reports;
    `next_ends_on` is the day the certificate that replaced it ended, `date.max` while that one runs.
    """
    if ended_on is None or next_ends_on == date.max:
        return None
    days = [after(ended_on, YEARS["case"][0]), *(after(day, YEARS["tests"][0]) for day in reports)]
    return max([*days, *([next_ends_on] if next_ends_on else [])])


def after(day: date, years: int) -> date:
    """The same day, that many years on; 29 February becomes the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
