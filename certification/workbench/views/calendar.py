"""Days for calendar programs: a secret address to subscribe to, and single days to take along."""

from datetime import date

from flask import Blueprint, Response, render_template
from flask_babel import force_locale

from accounts import queries as accounts
from accounts.session import actor_of_kind, current_actor, public
from certification.workbench.queries import calendar as queries
from certification.workbench.queries.team_days import team_days
from core import asked
from core.calendar.count import months_after
from core.clock import today
from core.errors import NotFound
from core.i18n import _
from core.ics import Day
from core.ics import calendar as written
from core.readers import days

calendar = Blueprint("calendar", __name__)


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
    """Where everybody of the body is, month by month; who is in two places at once is marked."""
    actor = actor_of_kind("certification_body")
    wished = days.month(asked.text("month"))
    first = date.fromisoformat(f"{wished}-01") if wished else today().replace(day=1)
    return render_template(
        "certification/workbench/calendar.html",
        first=first,
        before=months_after(first, -1),
        after=months_after(first, 1),
        lines=team_days(actor, first),
    )


@calendar.get("/certification/calendar/<name>.ics")
def day(name: str) -> Response:
    return _file([queries.day(current_actor(), name)], name)


def _file(found: list[Day], name: str) -> Response:
    response = Response(written(_("低碳认证"), found), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
