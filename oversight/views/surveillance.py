"""Follow-up checks that no body made in time: the regulator sees them without asking."""

from flask import render_template
from flask.typing import ResponseReturnValue

from certification.aftercare.queries import life
from oversight.views.reading import bp, of_the_house


@bp.get("/surveillance")
def surveillance() -> ResponseReturnValue:
    of_the_house()
    return render_template("oversight/surveillance.html", missed=life.missed_everywhere())
