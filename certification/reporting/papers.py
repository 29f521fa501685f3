"""The report as PDF: a picture of its statement, drawn in the worker after the commit."""

import json
from io import BytesIO

from flask import current_app, render_template
from flask_babel import force_locale

from certification.reporting.models import EvaluationReport
from certification.reporting.operations import Said
from core import files, papers
from core.db import db


def draw(report_id: int) -> None:
    """The job: keep the PDF of a report."""
    report = db.session.get_one(EvaluationReport, report_id)
    if report.document:
        return
    said, digest = json.loads(report.statement), report.digest
    db.session.rollback()  # nobody is to wait for the database while it is drawn
    drawn = papers.pdf(html(said, digest), "report")
    report.document = files.store(BytesIO(drawn), f"{said['number']}.pdf", examined=True).digest


def html(said: Said, digest: str) -> str:
    with force_locale("zh"):  # a report speaks Chinese first, whoever has it drawn
        return render_template(
            "document/report.html",
            said=said,
            digest=digest,
            unit=papers.unit,
            public_url=current_app.config["PUBLIC_URL"],
        )
