"""An edition on paper, in volumes, each drawn by a job of its own.

A line costs the drawing some 15 ms and 0.2 MB, so that an edition is never drawn at once.
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
from procurement import queries
from procurement.models import Edition, EditionPaper

KIND = "edition.draw"


def ask_for(of: Edition) -> None:
    """Have every volume of a published edition drawn after the commit."""
    for volume in range(1, queries.volumes(of) + 1):
        jobs.enqueue(KIND, edition_id=of.id, volume=volume)


def draw(edition_id: int, volume: int) -> None:
    """The job: keep the PDF of one volume.  OutOfOrder where the edition is no longer as it was published."""
    edition = db.session.get_one(Edition, edition_id)
    if queries.paper(edition, volume):
        return
    source, name = html(edition, volume), f"{edition.number}-{volume}.pdf"
    db.session.rollback()  # nobody is to wait for the database while it is drawn
    kept = files.store(BytesIO(papers.pdf(source, "edition")), name, examined=True)
    if queries.paper(edition, volume) is None:
        db.session.add(EditionPaper(edition_id=edition_id, volume=volume, document=kept.digest))


def draw_missing_editions() -> None:
    """Ask for the volumes that editions lack, as those published before any was drawn, and that nobody asked
    for."""
    drawn = func.count(EditionPaper.id)
    rows = db.session.execute(
        select(Edition, drawn)
        .outerjoin(EditionPaper, EditionPaper.edition_id == Edition.id)
        .where(Edition.is_published)
        .group_by(Edition.id)
        .order_by(Edition.id)
    )
    counted = [(edition, papers, queries.volumes(edition)) for edition, papers in rows.unique()]
    lacking = [(edition, volumes) for edition, papers, volumes in counted if papers < volumes]
    if not lacking:
        return
    waiting = select(Job).where(Job.kind == KIND, jobs.is_open())
    asked = {_named(job.payload) for job in db.session.scalars(waiting)}
    for edition, volumes in lacking:
        there = set(queries.drawn(edition))
        for volume in range(1, volumes + 1):
            if volume not in there and (edition.id, volume) not in asked:
                jobs.enqueue(KIND, edition_id=edition.id, volume=volume)


def _named(payload: Mapping[str, object]) -> tuple[object, object]:
    return payload["edition_id"], payload["volume"]


def html(edition: Edition, volume: int) -> str:
    queries.refuse_altered(edition)
    with force_locale("zh"):  # papers speak Chinese, whoever has them drawn
        return render_template(
            "document/edition.html",
            edition=edition,
            lines=queries.volume_lines(edition, volume),
            volume=volume,
            volumes=queries.volumes(edition),
            totals=queries.totals(edition),
            unit=papers.unit,
            address=f"{current_app.config['PUBLIC_URL']}/procurement/lists/{edition.number}",
        )


LONG_JOBS: dict[str, Handler] = {KIND: draw}

PERIODIC = {draw_missing_editions: timedelta(minutes=10)}
