"""Days for calendar programs: a secret address to subscribe to, and single days to take along."""

from flask import Blueprint, Response
from flask_babel import force_locale

from accounts import queries as accounts
from accounts.session import current_actor, public
from certification.workbench.queries import calendar as queries
from core.errors import NotFound
from core.i18n import _
from core.ics import Day
from core.ics import calendar as written

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


@calendar.get("/certification/calendar/<name>.ics")
def day(name: str) -> Response:
    return _file([queries.day(current_actor(), name)], name)


def _file(days: list[Day], name: str) -> Response:
    response = Response(written(_("低碳认证"), days), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
