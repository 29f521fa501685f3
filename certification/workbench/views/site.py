"""The visit on site: photographs as they are taken, and the record to be printed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.session import actor_of_kind
from certification.application.queries import applications as cases
from certification.evaluation import queries as questions
from certification.evaluation.operations import site as verbs
from certification.verification import queries as verification
from certification.workbench.views.reviews import reviews
from core.db import db
from core.errors import Invalid, NotFound
from core.i18n import _
from core.step.door import send
from core.words import sentence

reviews.add_app_template_global(questions.pictures, "pictures_of")


@reviews.post("/<id:case_id>/site/<id:site>/<check>/photographs")
def photograph(case_id: int, site: int, check: str) -> ResponseReturnValue:
    """Kept at once, so that a picture taken on site is not lost with the rest of the record."""
    actor = actor_of_kind("certification_body")
    case = cases.application(actor, case_id)
    sent = request.files.getlist("photograph")
    pictures = [(upload.stream, upload.filename) for upload in sent if upload.filename]
    try:
        verbs.photograph(case, actor, site=site, check=check, pictures=pictures)
        db.session.commit()
        flash(
            _("已保存 %(n)s 张照片。", n=len(pictures)) if pictures else _("没有选择照片。"),
            "ok" if pictures else "warn",
        )
    except Invalid as refused:
        db.session.rollback()
        flash(sentence(refused.slug, refused.detail), "warn")
    return redirect(url_for("reviews.inspect", case_id=case_id, _anchor=f"check-{site}-{check}"))


@reviews.get("/photographs/<id:photograph_id>")
def picture(photograph_id: int) -> ResponseReturnValue:
    found = questions.photograph(actor_of_kind("certification_body"), photograph_id)
    return send(found.digest, found.name)


@reviews.get("/verified/<id:evidence_id>")
def verified_evidence(evidence_id: int) -> ResponseReturnValue:
    """A file that what was verified rests on."""
    found = verification.evidence(actor_of_kind("certification_body"), evidence_id)
    return send(found.digest, found.name)


@reviews.get("/<id:case_id>/site-record")
def site_record(case_id: int) -> ResponseReturnValue:
    """The record of the visit, to be read and printed."""
    case = cases.application(actor_of_kind("certification_body"), case_id)
    if case.site is None:
        raise NotFound("site-not-found")
    return render_template(
        "certification/workbench/site_record.html", case=case, site=case.site, sites=questions.record(case)
    )
