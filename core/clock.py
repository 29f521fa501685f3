"""What time it is.  Stored in UTC, spoken of in Asia/Shanghai.

Only the demonstration and the tests may set the clock: `travel` for a block of code, `set_standing`
for every process of an installation, each of which follows from its next request or job.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_travelled: ContextVar[timedelta | None] = ContextVar("clock_travelled", default=None)
_ahead: ContextVar[timedelta] = ContextVar("clock_ahead", default=timedelta(0))
_settable = False
_standing: Path | None = (
    None  # holds the days the demonstration is ahead; where there is none it is real time
)


def now() -> datetime:
    """The moment, aware, in UTC."""
    travelled = _travelled.get()
    return datetime.now(UTC) + (_ahead.get() if travelled is None else travelled)


def every_day(first: date, last: date) -> list[date]:
    """The days from the first to the last, both counted."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def day_of(moment: datetime) -> date:
    """The day it was in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI).date()


def real_now() -> datetime:
    """The moment by the machine's own clock, which nobody sets: for what guards a door."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Asia/Shanghai."""
    return day_of(now())


def allow_travel(allowed: bool, standing: Path | None = None) -> None:
    """`standing` is the file by which the processes of a demonstration tell each other the time."""
    global _settable, _standing
    _settable, _standing = allowed, standing


@contextmanager
def travel(to: datetime | date) -> Iterator[None]:
    """Let `now()` read `to` inside the block; a date means its ninth hour in Shanghai."""
    _refuse_where_it_is_real()
    if not isinstance(to, datetime):
        to = datetime(to.year, to.month, to.day, 9, tzinfo=SHANGHAI)
    token = _travelled.set(to - datetime.now(UTC))
    try:
        yield
    finally:
        _travelled.reset(token)


def set_standing(to: date | None) -> None:
    """Let it be day `to` in the whole installation, or the real day again."""
    _refuse_where_it_is_real()
    if _standing is None:
        raise RuntimeError("no file says how far the clock of this installation is ahead")
    if to is None:
        _standing.unlink(missing_ok=True)
    else:
        real = datetime.now(UTC).astimezone(SHANGHAI).date()
        _standing.write_text(str((to - real).days), encoding="ascii")


def follow_standing() -> None:
    """Take the demonstration's time, where it has one of its own: at each request, before each job."""
    if _settable and _standing is not None:
        ahead = int(_standing.read_text(encoding="ascii")) if _standing.is_file() else 0
        _ahead.set(timedelta(days=ahead))


def days_ahead() -> int:
    """By how many days this installation's clock has been set ahead."""
    return _ahead.get().days


def is_set() -> bool:
    """Whether the time told is not the real one."""
    return bool(_ahead.get() if _travelled.get() is None else _travelled.get())


def _refuse_where_it_is_real() -> None:
    if not _settable:
        raise RuntimeError("the clock can be set only in demonstration and tests")


def years_after(start: date, years: int) -> date:
    """The last day of a validity of `years` years: the day before the anniversary."""
    try:
        anniversary = start.replace(year=start.year + years)
    except ValueError:  # 29 February
        anniversary = date(start.year + years, 3, 1)
    return anniversary - timedelta(days=1)
