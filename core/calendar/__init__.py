"""The working calendar: which days count, by law and by announcement, and sums over days.

`count` is pure arithmetic on a calendar that is given; `book` keeps the calendar in the database,
by version, so that any sum can be done again as it was done.
"""

from core.calendar.count import UNITS, Calendar, Entry

__all__ = ["UNITS", "Calendar", "Entry"]
