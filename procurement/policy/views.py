"""Policy rules as everybody reads them, and where they are proposed and approved."""

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.session import current_actor, public
from core import asked, lifecycle
from core.clock import today
from core.errors import NotFound, NotPermitted
from core.i18n import _
from core.step.door import try_begin, try_save, try_step
from core.step.forms import StepForm
from core.web import page_of
from core.words import word
from procurement.policy import forms, operations, queries
from procurement.policy.checking import parameters
from procurement.verdict import shapes
from schemes.called import called

if TYPE_CHECKING:
    from procurement.models import PolicyRule
    from procurement.policy.models import PolicyProposal

bp = Blueprint("policy", __name__, url_prefix="/procurement/policy")


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """In force today; or every rule there ever was."""
    whole, actor = asked.flag("all"), current_actor()
    return render_template(
        "procurement/policy/index.html",
        page=queries.in_force(None if whole else today(), asked.page()),
        whole=whole,
        day=today(),
        bodies=queries.bodies(),
        may_see=queries.may_see(actor),
        sorted_by=_sorted_by,
    )


@bp.get("/proposals/")
def proposals() -> ResponseReturnValue:
    return _proposals(forms.PolicyForm(formdata=None))


def _proposals(form: forms.PolicyForm, status: int = 200) -> ResponseReturnValue:
    actor = current_actor()
    if not queries.may_see(actor):
        raise NotPermitted("role-not-held", step="propose")
    page = queries.proposals(actor, asked.page("proposals"))
    return render_template("procurement/policy/proposals.html", page=page, form=form), status


@bp.post("/proposals/")
def propose() -> ResponseReturnValue:
    form = forms.PolicyForm()
    made = try_begin(form, lambda: operations.propose(current_actor(), form.values()))
    if made is None:
        return _proposals(form, 422)
    return redirect(url_for("policy.show", proposal_id=made.id), 303)


@bp.get("/proposals/<id:proposal_id>")
def show(proposal_id: int) -> ResponseReturnValue:
    return _show(queries.proposal_of(current_actor(), proposal_id))


def _show(
    found: "PolicyProposal",
    form: forms.PolicyForm | None = None,
    tried: dict[str, StepForm] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    actor, former = current_actor(), queries.rule_before(found)
    bodies = queries.bodies()
    offers, preview = lifecycle.offers(found, actor), queries.preview(found)
    page = render_template(
        "procurement/policy/show.html",
        proposal=found,
        form=form or forms.filled(found),
        may_write=found.is_proposed and "list_editor" in actor.roles,
        offers=offers,
        steps={each.name: forms.step_form(found, each.name) for each in offers} | (tried or {}),
        former=former,
        changes=queries.differences(found, former),
        named=[bodies.get(code, code) for code in found.bodies],
        said=_said,
        sorted_by=_sorted_by,
        preview=preview,
        moved=page_of(preview.moved, asked.page(), 50),
        reasons=shapes.reasons,
        history=queries.history(found),
    )
    return page, status


@bp.post("/proposals/<id:proposal_id>")
def write(proposal_id: int) -> ResponseReturnValue:
    actor, form = current_actor(), forms.PolicyForm()
    found = queries.proposal_of(actor, proposal_id)
    if again := try_save(found, form, lambda **_facts: operations.write(found, actor, form.values())):
        form.form_errors += again.problems
        return _show(found, form=form, status=again.status)
    return redirect(url_for("policy.show", proposal_id=found.id), 303)


@bp.post("/proposals/<id:proposal_id>/steps/<step>")
def take(proposal_id: int, step: str) -> ResponseReturnValue:
    actor = current_actor()
    found = queries.proposal_of(actor, proposal_id)
    if step not in forms.STEPS:
        raise NotFound("http-404")
    form = forms.STEPS[step]()
    if again := try_step(found, step, actor, form):
        form.form_errors += again.problems
        return _show(found, tried={step: form}, status=again.status)
    return redirect(url_for("policy.show", proposal_id=found.id), 303)


def _sorted_by(rule: "PolicyProposal | PolicyRule") -> str:
    """Which products of the scheme the rule is for, in words; nothing where for all."""
    if not rule.parameter:
        return ""
    names = parameters(rule.scheme_code)
    name = called(names[rule.parameter]) if rule.parameter in names else _("参数")
    parts = [
        _("大于 %(value)s", value=rule.above) if rule.above is not None else "",
        _("不大于 %(value)s", value=rule.up_to) if rule.up_to is not None else "",
        _("、").join(rule.choices),
    ]
    return _("%(name)s：%(values)s", name=name, values=_("，").join(filter(None, parts)))


def _said(name: str, value: object) -> str:
    """What a rule says, in words."""
    if name == "treatment":
        return str(word(f"treatment.{value}"))
    if name == "parameter":
        return dict(forms.known_parameters()).get(str(value), "—")
    if name == "mode":
        return str(word(f"policy_mode.{value}"))
    if isinstance(value, dict):
        return _("；").join(f"{version} {day}" for version, day in value.items()) or "—"
    if isinstance(value, list):
        return _("、").join(str(queries.bodies().get(code, code)) for code in value) or "—"
    return str(value or "—")
