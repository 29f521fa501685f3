"""Numbers of certificates: by the pattern of the house, or by the body's own."""

from flask import current_app
from sqlalchemy import exists, select

from certification.certificate.models import Certificate
from core.db import db
from core.series import take_next
from registers.adoption import numbering

SERIES = {"low_carbon": "LCP", "footprint_label": "CFP", "building_energy": "BEL"}


def take_number(body_id: int, family: str, year: int, pattern: str = "") -> str:
    """The next number of a body's series of the year, such as LCP-32-01-2026-00001, or by its own pattern.

    A pattern counts for itself, so that one that comes back goes on; a number that is given is passed over.
    """
    region = current_app.config["REGION"]
    series = f"pattern/{pattern}" if pattern else family
    spelled = pattern or numbering.HOUSE.replace("{series}", SERIES[family])
    while True:
        number = numbering.filled(spelled, region, body_id, year, take_next(series, year, body_id))
        if not db.session.scalar(select(exists().where(Certificate.number == number))):
            return number
