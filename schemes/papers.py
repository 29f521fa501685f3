"""A version of a rule as PDF, to be read on paper; what binds is the document whose digest it prints."""

from datetime import timedelta
from io import BytesIO

from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import select

from core import files, jobs, papers
from core.db import db
from core.jobs import Handler, Job
from core.words import word
from schemes.document import Document
from schemes.drafts import classes, names, needs
from schemes.models import SchemeVersion

KIND = "rule.draw"


def draw(version_id: int) -> None:
    """The job: keep the PDF of a version."""
    version = db.session.get_one(SchemeVersion, version_id)
    rules, digest = version.rules, version.digest
    db.session.rollback()  # nobody is to wait for the database while it is drawn
    name = f"{rules.identity.code}-{rules.identity.version}.pdf"
    kept = files.store(BytesIO(papers.pdf(html(rules, digest), "rule")), name, examined=True)
    if version.digest == digest:  # else the file was loaded anew meanwhile, and is drawn again
        version.paper = kept.digest


def draw_what_is_missing() -> None:
    """Ask for the paper of each version that has none and for which none is asked."""
    asked = {
        job.payload.get("version_id")
        for job in db.session.scalars(select(Job).where(Job.kind == KIND, jobs.is_open()))
    }
    for number in db.session.scalars(select(SchemeVersion.id).where(SchemeVersion.paper.is_(None))):
        if number not in asked:
            jobs.enqueue(KIND, version_id=number)


def html(rules: Document, digest: str) -> str:
    with force_locale("zh"):  # papers speak Chinese, whoever has them drawn
        return render_template(
            "document/rule.html",
            rules=rules,
            digest=digest,
            fields=needs.fields(rules),
            terms=list(needs.terms(rules)),
            visits=list(needs.visits(rules)),
            limits=classes.limits(rules),
            boundary=word(f"boundary.{rules.identity.boundary}"),
            chosen=names.chosen,
            unit=papers.unit,
            public_url=current_app.config["PUBLIC_URL"],
        )


LONG_JOBS: dict[str, Handler] = {KIND: draw}

PERIODIC = {draw_what_is_missing: timedelta(minutes=10)}
