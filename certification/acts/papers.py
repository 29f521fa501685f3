"""The written acts as PDF: each a picture of its statement, drawn in the worker after the commit."""

import json
from io import BytesIO

from flask import current_app, render_template
from flask_babel import force_locale

from certification.acts.models import WrittenAct
from certification.acts.statement import Said
from certification.certificate import document, pictures
from core import files
from core.db import db
from core.words import word
from registers.adoption import operations as adoptions
from registers.adoption import papers as adopting
from registers.adoption import wording
from registers.adoption.models import Adoption


def draw(act_id: int) -> None:
    """The job: keep the PDF of an act."""
    act = db.session.get_one(WrittenAct, act_id)
    if act.document:
        return
    said, digest, signature = json.loads(act.statement), act.digest, act.signature
    db.session.rollback()  # nobody is to wait for the database while it is drawn
    kept = files.store(BytesIO(render(said, digest, signature)), f"{said['number']}.pdf", examined=True)
    act.document = kept.digest


def preview(adoption_id: int, paper: str) -> None:
    """The job: keep the PDF of a body's own wording on a fictive case."""
    adoption = db.session.get_one(Adoption, adoption_id)
    text, body = adoption.papers.get(paper, ""), adoption.body.name
    logo, seal = (
        pictures.shown(adoption.logo, adoption.logo_name),
        pictures.shown(adoption.seal, adoption.seal_name),
    )
    db.session.rollback()  # as above
    fields = adopting.fields(paper)
    blocks = wording.written(text, fields, adopting.sample(fields))
    with force_locale("zh"):
        drawn = render_template(
            "document/wording.html",
            title=word(f"paper.{paper}"),
            number=adopting.SAMPLES["number"],
            body=body,
            blocks=blocks,
            logo=logo,
            seal=seal,
            note="预览：虚构案卷，不作任何依据",
        )
    kept = files.store(BytesIO(document.pdf(drawn, sheet="act")), f"{paper}.pdf", examined=True)
    adoptions.keep_preview(adoption_id, paper, text, kept.digest)


def render(said: Said, digest: str, signature: str) -> bytes:
    return document.pdf(html(said, digest, signature), sheet="act")


def html(said: Said, digest: str, signature: str) -> str:
    with force_locale("zh"):  # an act speaks Chinese, whoever has it drawn
        return render_template(
            "document/act.html",
            said=said,
            digest=digest,
            signature=signature,
            own=pictures.of(said["body"]),
            public_url=current_app.config["PUBLIC_URL"],
        )
