"""The days of the world of paper: its clock stands, so that a run may outlast the real day."""

from datetime import date, timedelta

TODAY = date(2026, 11, 30)
LAST_WEEK, YESTERDAY, TOMORROW = (TODAY + timedelta(days=days) for days in (-7, -1, 1))
