"""What time it is.  Stored in UTC, spoken of in Asia/Shanghai.

Only the demonstration and the tests may set the clock; `travel` refuses elsewhere.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_offset: ContextVar[timedelta] = ContextVar("clock_offset", default=timedelta(0))
_settable = False


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC) + _offset.get()


def today() -> date:
    """The day it is in Asia/Shanghai."""
    return now().astimezone(SHANGHAI).date()


def allow_travel(allowed: bool) -> None:
    global _settable
    _settable = allowed


@contextmanager
def travel(to: datetime | date):
    """Let `now()` read `to` inside the block; a date means its ninth hour in Shanghai."""
    if not _settable:
        raise RuntimeError("the clock can be set only in demonstration and tests")
    if not isinstance(to, datetime):
        to = datetime(to.year, to.month, to.day, 9, tzinfo=SHANGHAI)
    token = _offset.set(to - datetime.now(UTC))
    try:
        yield
    finally:
        _offset.reset(token)


def years_after(start: date, years: int) -> date:
    """The last day of a validity of `years` years: the day before the anniversary."""
    try:
        anniversary = start.replace(year=start.year + years)
    except ValueError:  # 29 February
        anniversary = date(start.year + years, 3, 1)
    return anniversary - timedelta(days=1)
