"""The second level of appeals: read with a trace, and concluded."""

from flask import flash, redirect, render_template, url_for

from certification.acts import queries as questions
from certification.workflow.appeal import APPEAL
from core import asked, lifecycle
from core.db import db
from core.errors import Invalid, OutOfOrder, Unmet
from core.i18n import _
from oversight.forms import ConcludeForm
from oversight.views.brought import brought
from oversight.views.reading import a_regulator, leave_a_trace


@brought.get("/appeals/")
def appeals():
    page = questions.appeals(a_regulator(), page=asked.page())
    return render_template("oversight/appeals.html", page=page)


@brought.get("/appeals/<id:appeal_id>")
def appeal(appeal_id: int):
    actor = a_regulator()
    questions.appeal(actor, appeal_id)
    leave_a_trace(actor, f"appeal/{appeal_id}")
    return _page(questions.appeal(actor, appeal_id))


@brought.post("/appeals/<id:appeal_id>/conclude")
def conclude(appeal_id: int):
    actor = a_regulator()
    found, form = questions.appeal(actor, appeal_id), ConcludeForm()
    if form.version.data != found.version:
        raise OutOfOrder("page-is-stale")
    if not form.validate():
        return _page(found, form, 422)
    try:
        lifecycle.take(found, "conclude", actor, **form.facts())
        db.session.commit()
    except (Unmet, Invalid) as refused:
        db.session.rollback()
        form.form_errors += form.blame(refused)
        return _page(found, form, 422)
    flash(_("已作出处理结论"), "ok")
    return redirect(url_for("brought.appeal", appeal_id=appeal_id), 303)


def _page(found, form: ConcludeForm | None = None, status: int = 200):
    blank = ConcludeForm(formdata=None, data={"version": found.version})
    page = render_template(
        "oversight/appeal.html",
        appeal=found,
        said=questions.said(found.act),
        form=form or blank,
        open=found.state in APPEAL.sources("conclude"),
    )
    return page, status
