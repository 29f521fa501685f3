"""Days as a calendar program reads them (RFC 5545): whole days, in the reader's own time."""

from dataclasses import dataclass
from datetime import date, timedelta

from icalendar import Alarm, Calendar, Event

from core.clock import now

DAY_BEFORE = timedelta(days=-1)


@dataclass(frozen=True)
class Day:
    """One entry: `uid` is the same at every reading, so that a program moves it and adds none."""

    uid: str
    first: date
    last: date
    text: str
    url: str


def calendar(name: str, days: list[Day]) -> bytes:
    """A calendar of whole days, each with an alarm the day before."""
    book = Calendar()
    book.add("prodid", "-//tanbiao//calendar//ZH")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add("x-wr-calname", name)
    book.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for day in days:
        book.add_component(_event(day))
    written: bytes = book.to_ical()
    return written


def _event(day: Day) -> Event:
    event = Event()
    event.add("uid", day.uid)
    event.add("dtstamp", now())
    event.add("dtstart", day.first)
    event.add("dtend", day.last + timedelta(days=1))  # the end of a whole day is the next one
    event.add("summary", day.text)
    event.add("url", day.url)
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(day))
    return event


def _alarm(day: Day) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", day.text)
    alarm.add("trigger", DAY_BEFORE)
    return alarm
