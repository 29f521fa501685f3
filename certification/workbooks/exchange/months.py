"""A month as a spreadsheet leaves it: a day, a name without a year, a year of two digits."""

import re
from calendar import month_abbr, month_name, monthrange
from collections.abc import Sequence

from core.errors import Invalid
from core.readers import days
from core.readers.widths import half

IN_CHINESE = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
NAMED = re.compile(r"(?:(\d{2}|\d{4})年)?(\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:[-/](\d{2}))?")
ENGLISH = re.compile(r"([a-z]{3,9})\.?[-/ ]?(?:(\d{2}|\d{4}))?", re.IGNORECASE)
NUMBERS = {
    **{name: number for number, name in enumerate(IN_CHINESE, start=1)},
    **{text: number for number in range(1, 13) for text in (f"{number}", f"{number:02d}")},
    **{names[number].lower(): number for names in (month_name, month_abbr) for number in range(1, 13)},
}


def month_of(text: str, period: Sequence[str]) -> str:
    """As 2026-01 where only one month can be meant, of those of the period where no whole year is said; else
    as it stands.  A day is the month that it begins or ends."""
    for read in (days.month, _of_day):
        try:
            return read(text) or text
        except Invalid:
            continue
    told = _told(" ".join(half(text).split()))
    found = [month for month in period if told and _fits(month, *told)]
    return found[0] if len(found) == 1 else text


def _of_day(text: str) -> str | None:
    day = days.day(text)
    if day is None or day.day not in (1, monthrange(day.year, day.month)[1]):
        raise Invalid("month-unreadable")
    return f"{day:%Y-%m}"


def _told(written: str) -> tuple[int, str] | None:
    """The number of the month, and the year as far as it was said."""
    named = NAMED.fullmatch("".join(written.split()))
    if named:
        return NUMBERS.get(named[2], 0), named[1] or named[3] or ""
    english = ENGLISH.fullmatch(written)
    number = NUMBERS.get(english[1].lower(), 0) if english else 0
    return (number, english[2] or "") if english and number else None


def _fits(month: str, number: int, year: str) -> bool:
    return month[5:] == f"{number:02d}" and month[:4].endswith(year)
