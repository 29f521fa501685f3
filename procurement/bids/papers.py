"""The annex of a check as PDF, in volumes, each drawn by a job of its own.

A line costs the drawing some 20 ms and 0.2 MB, so that the 5,000 of one bid are never drawn at once.
"""

from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO

from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import func, select

from core import files, jobs, papers
from core.db import db
from core.jobs import Handler, Job
from procurement.bids import queries, told
from procurement.bids.models import VOLUME, BidCheck, BidPaper

KIND = "bid.draw"


def ask_for(of: BidCheck) -> None:
    """Have every volume drawn after the commit."""
    for volume in range(1, of.volumes + 1):
        jobs.enqueue(KIND, check_id=of.id, volume=volume)


def draw(check_id: int, volume: int) -> None:
    """The job: keep the PDF of one volume."""
    check = db.session.get_one(BidCheck, check_id)
    if queries.paper(check, volume):
        return
    source, name = html(check, volume), f"{check.number}-{volume}.pdf"
    db.session.rollback()  # nobody is to wait for the database while it is drawn
    kept = files.store(BytesIO(papers.pdf(source, "check")), name, examined=True)
    if queries.paper(check, volume) is None:
        db.session.add(BidPaper(check_id=check_id, volume=volume, document=kept.digest))


def draw_what_is_missing() -> None:
    """Ask for the volumes that checks lack, as those kept before any was drawn, and that nobody asked for."""
    drawn = func.count(BidPaper.id)
    rows = db.session.execute(
        select(BidCheck, drawn).outerjoin(BidPaper).group_by(BidCheck.id).order_by(BidCheck.id)
    )
    lacking = [check for check, papers in rows if papers < check.volumes]
    if not lacking:
        return
    asked = {
        _named(job.payload) for job in db.session.scalars(select(Job).where(Job.kind == KIND, jobs.is_open()))
    }
    for check in lacking:
        there = set(queries.drawn(check))
        for volume in range(1, check.volumes + 1):
            if volume not in there and (check.id, volume) not in asked:
                jobs.enqueue(KIND, check_id=check.id, volume=volume)


def _named(payload: Mapping[str, object]) -> tuple[object, object]:
    return payload["check_id"], payload["volume"]


def html(check: BidCheck, volume: int) -> str:
    found, start = queries.answered(check), (volume - 1) * VOLUME
    with force_locale("zh"):  # papers speak Chinese, whoever has them drawn
        return render_template(
            "document/check.html",
            check=check,
            found=found,
            lines=found.content["lines"][start : start + VOLUME],
            volume=volume,
            told=told,
            subjects=told.subjects(found.content["lines"]),
            address=f"{current_app.config['PUBLIC_URL']}/procurement/checks/{check.address}",
        )


LONG_JOBS: dict[str, Handler] = {KIND: draw}

PERIODIC = {draw_what_is_missing: timedelta(minutes=10)}
