"""The page of the plan of evidence and of the working papers, in the verifier's room."""

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import actor_of_kind
from certification.impartiality.views import ask_first
from certification.tracing import operations, queries
from certification.tracing.forms import EvidencePlanForm, PaperForm
from certification.verification.queries import of_body
from certification.workflow.verification import materiality
from core.i18n import _
from core.step.door import Redisplay, send, try_begin, try_save

if TYPE_CHECKING:
    from certification.application.models import Application

tracing = Blueprint("tracing", __name__, url_prefix="/certification/tracing")
tracing.before_request(ask_first)
tracing.add_app_template_global(queries.names, "verified_names")
tracing.add_app_template_global(queries.traced, "traced_rows")


@tracing.get("/<id:case_id>")
def show(case_id: int) -> ResponseReturnValue:
    return _page(of_body(actor_of_kind("certification_body"), case_id))


@tracing.post("/<id:case_id>")
def plan(case_id: int) -> ResponseReturnValue:
    actor = actor_of_kind("certification_body")
    case = of_body(actor, case_id)
    form = EvidencePlanForm().offer(queries.traced(case))
    again = try_save(case, form, lambda **facts: operations.plan_evidence(case, actor, **facts))
    if again:
        return _page(case, form, again=again)
    flash(_("证据计划已保存"), "ok")
    return redirect(url_for("tracing.show", case_id=case_id), 303)


@tracing.post("/<id:case_id>/papers")
def keep_paper(case_id: int) -> ResponseReturnValue:
    actor = actor_of_kind("certification_body")
    case = of_body(actor, case_id)
    form = _paper_form(case)
    if try_begin(form, lambda: operations.keep_paper(case, actor, **form.facts())) is None:
        return _page(case, papers=form)
    flash(_("底稿已存"), "ok")
    return redirect(url_for("tracing.show", case_id=case_id, _anchor="papers"), 303)


@tracing.get("/papers/<id:paper_id>")
def paper(paper_id: int) -> ResponseReturnValue:
    found = queries.paper(actor_of_kind("certification_body"), paper_id)
    return send(found.digest, found.name)


def _paper_form(case: "Application", sent: bool = True) -> PaperForm:
    return PaperForm(**({} if sent else {"formdata": None})).offer(queries.names(case).items())


def _page(
    case: "Application",
    form: EvidencePlanForm | None = None,
    papers: PaperForm | None = None,
    again: Redisplay | None = None,
) -> ResponseReturnValue:
    actor, found = actor_of_kind("certification_body"), queries.traced(case)
    blank = EvidencePlanForm(formdata=None, data={"version": case.version})
    page = render_template(
        "certification/tracing/show.html",
        case=case,
        found=found,
        names=queries.names(case),
        material=materiality(case),
        form=form or blank.offer(found),
        paper_form=papers or _paper_form(case, sent=False),
        planning=queries.may_plan(actor, case),
        keeping=queries.may_keep(actor, case),
        failing=form or papers,
        again=again,
    )
    return page, again.status if again else 422 if papers else 200
