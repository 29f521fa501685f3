"""A midnight that falls into a run: the clock of the product goes on by a day."""

from datetime import datetime, timedelta, tzinfo

from core import clock

REAL = datetime


class OfAnyClock(type):
    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, REAL)


class Tomorrow(datetime, metaclass=OfAnyClock):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # what it makes is no moment of its own
        return REAL.now(tz) + timedelta(days=1)


def strike() -> None:
    vars(clock)["datetime"] = Tomorrow
