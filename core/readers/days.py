"""Days as people type them: year, month, day, in this order and with four digits of the year.

    2025-01-31   2025/1/31   2025.1.31   2025年1月31日   20250131

Weeks, two-digit years and any other order are refused, since each could mean another day.  A moment is a
day and a time to the minute:

    2025-01-31 08:00   2025-01-31T8:00   2025年1月31日 8时05分   2025/1/31 8：00
"""

import re
from calendar import monthrange
from datetime import date, datetime, time

from core.errors import Invalid
from core.readers.widths import half

# No act of this field is older than the first, and nothing is certified, counted or kept beyond the last.
FIRST, LAST = 1900, 2200
SPELT = (
    re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})"),
    re.compile(r"([0-9]{4})(年)([0-9]{1,2})月([0-9]{1,2})[日号]"),
    re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})"),
)
OF_MONTH = re.compile(r"([0-9]{4})(?:年([0-9]{1,2})月|[-/]([0-9]{1,2}))")
TIMED = re.compile(r"(.+?)[T ]([0-9]{1,2})(?::([0-9]{2})|[时点]([0-9]{1,2})分)")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip


def day(value: object) -> date | None:
    """Raises `date-unreadable` (no spelling of a day, or no such day) or `date-absurd` (the year)."""
    if isinstance(value, datetime):
        return _within(value.date())
    if value is None or isinstance(value, date):
        return value and _within(value)
    written = "".join(half(str(value)).split())
    return _spelt(written) if written else None


def _spelt(written: str) -> date:
    found = next((match for spelt in SPELT if (match := spelt.fullmatch(written))), None)
    if found is None:
        raise Invalid("date-unreadable")
    year, _, month, of_month = found.groups()
    try:
        return _within(date(int(year), int(month), int(of_month)))
    except ValueError as error:
        raise Invalid("date-unreadable") from error


def day_or_month(value: object, last: bool = False) -> date | None:
    """A day, or the first (else the `last`) day of a month such as 2026年3月, 2026-3 or 2026/03."""
    written = "".join(half(str(value if value is not None else "")).split())
    found = OF_MONTH.fullmatch(written)
    if found is None or not 1 <= int(found[2] or found[3]) <= 12:
        return day(value)
    year, month = int(found[1]), int(found[2] or found[3])
    return _within(date(year, month, monthrange(year, month)[1] if last else 1))


def month(value: object) -> str | None:
    """A month such as 2026-03, 2026/3 or 2026年3月, as 2026-03; raises `month-unreadable`."""
    written = "".join(half(str(value if value is not None else "")).split())
    if not written:
        return None
    found = OF_MONTH.fullmatch(written)
    year, number = (int(found[1]), int(found[2] or found[3])) if found else (0, 0)
    if not (FIRST <= year <= LAST and 1 <= number <= 12):
        raise Invalid("month-unreadable")
    return f"{year:04d}-{number:02d}"


def moment(value: object) -> datetime | None:
    """What a clock shows, of the zone its door says; raises `moment-unreadable` beside the slugs of `day`."""
    if value is None or isinstance(value, datetime):
        return value
    written = " ".join(half(str(value)).split())
    if not written:
        return None
    found = TIMED.fullmatch(written)
    if found is None:
        raise Invalid("moment-unreadable")
    try:
        return datetime.combine(
            _spelt("".join(found[1].split())), time(int(found[2]), int(found[3] or found[4]))
        )
    except ValueError as error:
        raise Invalid("moment-unreadable") from error


def month_in_english(value: object) -> date | None:
    """The first day of a month such as `March 2021`, as makers date reports; raises `date-unreadable`."""
    written = half(str(value if value is not None else "")).strip()
    if not written:
        return None
    name, _, of_year = written.partition(" ")
    if name.lower() not in MONTHS or not of_year:
        raise Invalid("date-unreadable")
    return date(_year(of_year.strip()), MONTHS.index(name.lower()) + 1, 1)


def year(value: object) -> int | None:
    """A year of four digits; raises `year-unreadable`."""
    written = half(str(value if value is not None else "")).strip()
    return _year(written) if written else None


def _year(written: str) -> int:
    if not re.fullmatch("[0-9]{4}", written) or not FIRST <= int(written) <= LAST:
        raise Invalid("year-unreadable")
    return int(written)


def _within(read: date) -> date:
    if not FIRST <= read.year <= LAST:
        raise Invalid("date-absurd")
    return read
