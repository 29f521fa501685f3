"""The written acts as PDF: each a picture of its statement, drawn in the worker after the commit."""

import json
from collections.abc import Mapping, Sequence
from io import BytesIO

from flask import current_app, render_template
from flask_babel import force_locale

from certification.acts.models import WrittenAct
from certification.acts.statement import Said
from certification.application.models import Agreement
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
    names = {"logo": adoption.logo_name, "seal": adoption.seal_name}
    own = {which: pictures.shown(getattr(adoption, which), name) for which, name in names.items()}
    db.session.rollback()  # as above
    fields = adopting.fields(paper)
    blocks = wording.written(text, fields, adopting.sample(fields))
    note = "预览：虚构案卷，不作任何依据"
    drawn = _worded(paper, adopting.SAMPLES["number"], body, blocks, own, note)
    kept = files.store(BytesIO(drawn), f"{paper}.pdf", examined=True)
    adoptions.keep_preview(adoption_id, paper, text, kept.digest)


def draw_agreement(agreement_id: int) -> None:
    """The job: keep the PDF of an agreement that both sides signed."""
    kept = db.session.get_one(Agreement, agreement_id)
    if kept.document:
        return
    said, digest, case = json.loads(kept.statement), kept.digest, kept.application
    signed = f"乙方签署 {case.body_signed_by}；甲方签署 {case.client_signed_by}；SHA-256 {digest}"
    db.session.rollback()  # as above
    own = pictures.of(said)
    drawn = _worded("agreement", said["case"]["number"], said["body"]["name"], own["wording"], own, signed)
    kept.document = files.store(BytesIO(drawn), f"{said['case']['number']}.pdf", examined=True).digest


def _worded(
    paper: str,
    number: str,
    body: str,
    blocks: Sequence[object],
    own: Mapping[str, str],
    note: str,
) -> bytes:
    with force_locale("zh"):
        source = render_template(
            "document/wording.html",
            title=word(f"paper.{paper}"),
            number=number,
            body=body,
            blocks=blocks,
            logo=own["logo"],
            seal=own["seal"],
            note=note,
        )
    return document.pdf(source, sheet="act")


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
