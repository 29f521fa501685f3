"""Days for calendar programs: a secret address to subscribe to, and single days to take along."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template
from flask_babel import force_locale

from accounts import queries as accounts
from accounts.session import current_actor, public
from certification.workbench.queries import calendar as queries
from certification.workbench.queries.team_days import laboratory_days, team_days
from core import asked
from core.calendar.count import DAY, months_after
from core.clock import today
from core.errors import NotFound, NotPermitted
from core.i18n import _
from core.ics import Day
from core.ics import calendar as written
from core.readers import days

calendar = Blueprint("calendar", __name__)

KINDS = ("certification_body", "testing_body")
WEEK = 7  # days


@calendar.get("/account/calendar/<secret>.ics")
@public
def feed(secret: str) -> Response:
    """Whoever has the address may read; a calendar program cannot sign in."""
    seat = accounts.calendar_seat(secret)
    if seat is None:
        raise NotFound("calendar-feed-unknown")
    with force_locale(seat.user.language):
        return _file(queries.days(seat.actor()), "calendar")


@calendar.get("/certification/calendar/")
def month() -> str:
    """Where everybody of the body is, and what its laboratories test, in a month or in the week of a day; who
    is in two places at once is marked.  A laboratory sees its own days."""
    actor = current_actor()
    if actor.kind not in KINDS:
        raise NotPermitted("role-not-held")
    span = _span()
    return render_template(
        "certification/workbench/calendar.html",
        span=span,
        lines=team_days(actor, span.first, span.last),
        laboratories=laboratory_days(actor, span.first, span.last),
        of_body=actor.kind == "certification_body",
    )


@dataclass(frozen=True)
class Span:
    """The days of a page, both ends included, and one of each page beside it; `days` are those of a week."""

    first: date
    last: date
    before: date
    after: date
    days: tuple[date, ...] = ()


def _span() -> Span:
    """A month, unless a week is asked for by one of its days."""
    if day := days.day(asked.text("week")):
        first = day - DAY * day.weekday()
        whole = tuple(first + DAY * place for place in range(WEEK))
        return Span(first, whole[-1], first - DAY, whole[-1] + DAY, whole)
    wished = days.month(asked.text("month"))
    first = date.fromisoformat(f"{wished}-01") if wished else today().replace(day=1)
    after = months_after(first, 1)
    return Span(first, after - DAY, months_after(first, -1), after)


@calendar.get("/certification/calendar/<name>.ics")
def day(name: str) -> Response:
    return _file([queries.day(current_actor(), name)], name)


def _file(found: list[Day], name: str) -> Response:
    response = Response(written(_("低碳认证"), found), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
