"""What administrators look after: jobs that were given up, and who the site says it is run by."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts import operations
from accounts.operations.checks import administrator
from accounts.session import current_actor
from accounts.views.blueprint import bp
from core import asked, health, jobs
from core.db import db
from core.i18n import _, _l
from core.once import repeatable
from core.web import paginate

ON_A_PAGE = 50


# What each setting of the imprint says; the words beside it are those of the foot of a page.
IMPRINT = {
    "OPERATOR": _l("主办单位"),
    "OPERATOR_CONTACT": _l("业务咨询电话或邮箱"),
    "OPERATOR_SUPPORT": _l("技术支持电话或邮箱"),
    "FILING_NUMBER": _l("网站标识码与备案号"),
}


@bp.get("/jobs")
def failed_jobs() -> ResponseReturnValue:
    administrator(current_actor())
    page = paginate(jobs.failed(), asked.page(), ON_A_PAGE)
    return render_template("accounts/jobs.html", page=page, counts=jobs.counts())


@bp.post("/jobs/<id:job_id>/repeat")
@repeatable
def repeat_job(job_id: int) -> ResponseReturnValue:
    operations.repeat_job(current_actor(), job_id)
    db.session.commit()
    flash(_("已重新排队"), "ok")
    return redirect(url_for("accounts.failed_jobs"))


@bp.get("/imprint")
def imprint() -> ResponseReturnValue:
    administrator(current_actor())
    return render_template("accounts/imprint.html", settings=IMPRINT, missing=health.missing_imprint())
