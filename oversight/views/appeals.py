"""The second level of appeals: read with a trace, and concluded."""

from collections.abc import Mapping

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from certification.acts import queries as questions
from certification.workflow.appeal import APPEAL
from core import asked
from core.machine import Subject
from core.step.door import try_step
from oversight.forms import ConcludeForm
from oversight.views.grievances import grievances
from oversight.views.reading import a_regulator, leave_a_trace


@grievances.get("/appeals/")
def appeals() -> ResponseReturnValue:
    page = questions.appeals(a_regulator(), page=asked.page())
    return render_template("oversight/appeals.html", page=page)


@grievances.get("/appeals/<id:appeal_id>")
def appeal(appeal_id: int) -> ResponseReturnValue:
    actor = a_regulator()
    questions.appeal(actor, appeal_id)
    leave_a_trace(actor, f"appeal/{appeal_id}")
    found = questions.appeal(actor, appeal_id)
    return _page(found, questions.said(found.act))


@grievances.post("/appeals/<id:appeal_id>/conclude")
def conclude(appeal_id: int) -> ResponseReturnValue:
    actor = a_regulator()
    found, form = questions.appeal(actor, appeal_id), ConcludeForm()
    if again := try_step(found, "conclude", actor, form):
        form.form_errors += again.problems
        return _page(found, questions.said(found.act), form, again.status)
    return redirect(url_for("grievances.appeal", appeal_id=appeal_id), 303)


def _page(
    found: Subject, said: Mapping[str, object], form: ConcludeForm | None = None, status: int = 200
) -> ResponseReturnValue:
    blank = ConcludeForm(formdata=None, data={"version": found.version})
    page = render_template(
        "oversight/appeal.html",
        appeal=found,
        said=said,
        form=form or blank,
        open=found.state in APPEAL.sources("conclude"),
    )
    return page, status
