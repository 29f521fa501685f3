"""The written acts as PDF: each a picture of its statement, drawn in the worker after the commit."""

import json
from collections.abc import Mapping
from io import BytesIO

from flask import current_app, render_template
from flask_babel import force_locale

from certification.acts.models import WrittenAct
from certification.certificate import document
from core import files
from core.db import db


def draw(act_id: int) -> None:
    """The job: keep the PDF of an act."""
    act = db.session.get_one(WrittenAct, act_id)
    if act.document:
        return
    said, digest, signature = json.loads(act.statement), act.digest, act.signature
    db.session.rollback()  # nobody is to wait for the database while it is drawn
    kept = files.store(BytesIO(render(said, digest, signature)), f"{said['number']}.pdf", examined=True)
    act.document = kept.digest


def render(said: Mapping[str, object], digest: str, signature: str) -> bytes:
    return document.pdf(html(said, digest, signature), sheet="act")


def html(said: Mapping[str, object], digest: str, signature: str) -> str:
    with force_locale("zh"):  # an act speaks Chinese, whoever has it drawn
        return render_template(
            "document/act.html",
            said=said,
            digest=digest,
            signature=signature,
            public_url=current_app.config["PUBLIC_URL"],
        )
