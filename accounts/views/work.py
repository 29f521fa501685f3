"""What administrators look after: jobs that were given up."""

from flask import flash, redirect, render_template, url_for

from accounts import operations
from accounts.operations.checks import administrator
from accounts.session import current_actor
from accounts.views import bp
from core import asked, jobs
from core.db import db
from core.i18n import _
from core.once import repeatable
from core.web import paginate

ON_A_PAGE = 50


@bp.get("/jobs")
def failed_jobs():
    administrator(current_actor())
    page = paginate(jobs.failed(), asked.page(), ON_A_PAGE)
    return render_template("accounts/jobs.html", page=page, counts=jobs.counts())


@bp.post("/jobs/<id:job_id>/repeat")
@repeatable
def repeat_job(job_id: int):
    operations.repeat_job(current_actor(), job_id)
    db.session.commit()
    flash(_("已重新排队"), "ok")
    return redirect(url_for("accounts.failed_jobs"))
