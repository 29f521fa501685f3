"""The page of what comes after issue: versions, cases about the certificate, requests, label uses."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.actor import Actor
from accounts.session import current_actor
from certification.aftercare.forms import PROPOSALS, CaseForm, EndForm, RequestForm, UseForm
from certification.aftercare.operations.proposals import request_status
from certification.aftercare.queries import life as later
from certification.certificate.operations import versions
from certification.certificate.queries import certificates as questions
from certification.certificate.views.public import pdf_or_patience
from certification.label.operations.label_uses import end_use, record_use, use_of
from core import asked, lifecycle
from core.errors import NotFound, OutOfOrder
from core.i18n import _
from core.machine import Offer
from core.step.door import Redisplay, at, send, try_save, try_step
from core.step.forms import SavedForm

if TYPE_CHECKING:
    from certification.aftercare.models import StatusProposal
    from certification.certificate.models import Certificate
    from certification.label.models import LabelUse

life = Blueprint("life", __name__, url_prefix="/certification/certificates")


@life.get("/<number>/life")
def show(number: str) -> ResponseReturnValue:
    return _page(_own(number))


@life.post("/<number>/cases")
def open_case(number: str) -> ResponseReturnValue:
    """Open a draft about the certificate, and go there to fill it in."""
    actor, found, opened = current_actor(), _own(number), []
    form = CaseForm(data={"version": found.version})
    again = try_save(found, form, lambda purpose: opened.append(versions.open_case(found, actor, purpose)))
    if again is None:
        flash(_("已按现有证书填好草稿，改动要变更的部分后提交"), "ok")
        return redirect(url_for("certification.show", case_id=opened[0].id), 303)
    return _page(found, {"case": form}, again)


@life.post("/<number>/requests")
def ask(number: str) -> ResponseReturnValue:
    """The holder asks for a suspension, a restoration or a cancellation."""
    actor, found = current_actor(), _own(number)
    form = RequestForm(data={"version": found.version}).offer(found)
    again = try_save(found, form, lambda **facts: request_status(found, actor, **facts))
    if again is None:
        flash(_("已提出，等机构决定"), "ok")
        return redirect(url_for("life.show", number=found.number, _anchor="requests"), 303)
    return _page(found, {"request": form}, again)


@life.post("/proposals/<id:proposal_id>/<step>")
def answer(proposal_id: int, step: str) -> ResponseReturnValue:
    """The body verifies, or declines; it carries out by taking the act itself on the certificate."""
    actor = current_actor()
    proposal = later.proposal(actor, proposal_id)
    if step not in PROPOSALS:
        raise OutOfOrder("no-such-step", step=step)
    form = PROPOSALS[step](data={"version": proposal.version})
    again = try_step(proposal, step, actor, form)
    if again is None:
        return redirect(url_for("life.show", number=proposal.certificate.number, _anchor="requests"), 303)
    return _page(proposal.certificate, {f"proposal-{proposal.id}-{step}": form}, again)


@life.get("/proposals/<id:proposal_id>/evidence")
def evidence(proposal_id: int) -> ResponseReturnValue:
    """What whoever verified a restoration brought."""
    actor = current_actor()
    proposal = later.proposal(actor, proposal_id)
    if not proposal.evidence or actor.kind == "regulator":
        raise NotFound("file-not-found")
    return send(proposal.evidence, proposal.evidence_name or proposal.evidence[:12])


@life.post("/<number>/uses")
def record(number: str) -> ResponseReturnValue:
    actor, found = current_actor(), _own(number)
    form = UseForm(data={"version": found.version})
    again = try_save(found, form, lambda **facts: record_use(found, actor, **facts))
    if again is None:
        flash(_("已登记标签使用"), "ok")
        return redirect(url_for("life.show", number=found.number, _anchor="uses"), 303)
    return _page(found, {"use": form}, again)


@life.post("/<number>/uses/<id:use_id>/end")
def end(number: str, use_id: int) -> ResponseReturnValue:
    actor, found = current_actor(), _own(number)
    use = use_of(found, use_id)
    form = EndForm(data={"version": found.version})
    again = try_save(found, form, lambda until: end_use(use, actor, until))
    if again is None:
        return redirect(url_for("life.show", number=found.number, _anchor="uses"), 303)
    return _page(found, {f"end-{use.id}": form}, again)


@life.get("/<number>/uses/<id:use_id>/picture")
def picture(number: str, use_id: int) -> ResponseReturnValue:
    use = use_of(_own(number), use_id)
    if not use.picture:
        raise NotFound("file-not-found")
    return send(use.picture, use.picture_name)


@life.get("/<number>/versions/<id:edition>.pdf")
def document(number: str, edition: int) -> ResponseReturnValue:
    """A former version as it was issued, inventory included; for the parties."""
    version = later.version(_own(number), edition)
    return pdf_or_patience(version, version.full_document)


def _own(number: str) -> "Certificate":
    return questions.certificate_of_party(current_actor(), number)


def _page(
    found: "Certificate", typed: Mapping[str, SavedForm] | None = None, again: Redisplay | None = None
) -> ResponseReturnValue:
    """`typed` holds the form that comes back, by what it stands at."""
    actor, typed = current_actor(), typed or {}
    holder = found.holder_id == actor.organisation_id and "applicant" in actor.roles
    page = render_template(
        "certification/aftercare/life/show.html",
        certificate=found,
        holder=holder,
        wishes=later.wishes(found),
        lead=later.lead(found),
        blank=CaseForm(data={"version": found.version}, formdata=None),
        ask=typed.get("request") or RequestForm(**_fresh(found)).offer(found),
        use=typed.get("use") or UseForm(**_fresh(found)),
        ends={use.id: _ending(found, use, typed) for use in found.uses if not use.until},
        proposals=[(each, _answering(each, actor, typed)) for each in reversed(found.proposals)],
        again=again,
        again_form=next(iter(typed.values()), None),
        step=asked.text("step"),
    )
    return page, again.status if again else 200


def _fresh(found: "Certificate | StatusProposal") -> dict[str, object]:
    return {"data": {"version": found.version}, "formdata": None}


def _ending(found: "Certificate", use: "LabelUse", typed: Mapping[str, SavedForm]) -> SavedForm:
    place = f"end-{use.id}"
    return at(typed.get(place) or EndForm(**_fresh(found)), place)


def _answering(
    proposal: "StatusProposal", actor: Actor, typed: Mapping[str, SavedForm]
) -> dict[str, tuple[Offer, SavedForm]]:
    """The steps that are the reader's, each with its form; only a restoration is verified."""
    offers = [offer for offer in lifecycle.offers(proposal, actor) if "nothing-to-verify" not in offer.unmet]
    found = {}
    for offer in offers:
        place = f"proposal-{proposal.id}-{offer.name}"
        found[offer.name] = offer, at(typed.get(place) or PROPOSALS[offer.name](**_fresh(proposal)), place)
    return found
