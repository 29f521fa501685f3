"""Status acts that are asked for or prepared.  None of them changes a certificate: a person does."""

from datetime import date

from sqlalchemy import select

from accounts.actor import SYSTEM
from certification import notices
from certification.aftercare.models import StatusProposal
from certification.certificate.models import Certificate, StatusAct
from certification.clocks.operations import clocks
from certification.evaluation.operations.nonconformities import keep_evidence
from certification.evaluation.operations.site import refuse
from certification.workflow import STATUS_PROPOSAL
from certification.workflow.proposal import ASKED_BY_HOLDER, POSSIBLE
from certification.workflow.rights import wanting
from core import audit, lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid, NotPermitted, Unmet
from core.machine import Actor


def request_status(
    certificate: Certificate, actor: Actor, kind: str, reason: str, until: date | None = None
) -> StatusProposal:
    """The holder asks for a suspension, a restoration or a cancellation; the body decides."""
    if "applicant" not in actor.roles or certificate.holder_id != actor.organisation_id:
        raise NotPermitted("role-not-held", step="request_status")
    _check_request(certificate, kind, reason)
    if any(p.source == "holder" and p.kind == kind and p.is_open for p in certificate.proposals):
        raise Unmet("already-requested")
    cause = ASKED_BY_HOLDER[kind]
    return propose(certificate, actor, kind=kind, cause=cause, reason=reason, source="holder", until=until)


def _check_request(certificate: Certificate, kind: str, reason: str) -> None:
    if kind not in ASKED_BY_HOLDER:
        raise Invalid("request-unknown", {"kind": "request-unknown"})
    if kind not in POSSIBLE.get(certificate.state, ()):
        raise Unmet("request-not-possible", state=certificate.state)
    until = certificate.suspended_until
    if kind == "restore" and until is not None and until < today():
        raise Unmet("suspension-over")
    if not reason.strip():
        raise Invalid("reason-missing", {"reason": "reason-missing"})


def propose(
    certificate: Certificate,
    actor: Actor,
    *,
    kind: str,
    cause: str,
    reason: str,
    source: str,
    due: date | None = None,
    **more: object,
) -> StatusProposal:
    """Put an act before the body's decision makers; `more` may give source_id and until.  `due`: the day that
    the regulator names, where it names one."""
    proposal = StatusProposal(
        kind=kind, cause=cause, reason=reason.strip(), source=source, proposed_by=actor.label, **more
    )
    certificate.proposals.append(proposal)
    db.session.flush()
    clocks.follow(proposal, "propose", actor, {"due": due})
    audit.record(actor, "certificate.propose", f"certificate/{certificate.id}", kind=kind, source=source)
    notices.announce(proposal, "propose", actor, {})
    return proposal


def verify(
    proposal: StatusProposal,
    actor: Actor,
    *,
    verdict: str,
    verified_on: date,
    verification: str,
    evidence: str,
    evidence_name: str = "",
    **_facts: object,
) -> None:
    """What was corrected was looked at; whether the suspension ends, others decide.

    A day that stands already is not judged again.
    """
    assert actor.id is not None  # a person looked
    if (verified_on, actor.id) != (proposal.verified_on, proposal.verified_by_id):
        case = proposal.application
        if lack := wanting(case, [(actor.id, "verifier")], [verified_on]):
            refuse(case, lack, "verified_on")
    proposal.verdict, proposal.verified_on = verdict, verified_on
    proposal.verification = verification.strip()
    proposal.evidence, proposal.evidence_name = evidence, evidence_name
    proposal.verified_by, proposal.verified_by_id = actor.label, actor.id


def decline(proposal: StatusProposal, actor: Actor, *, reason: str, **_facts: object) -> None:
    proposal.answer, proposal.answered_by = reason.strip(), actor.label


def carry_out(
    proposal: StatusProposal, _actor: Actor, *, reason: str = "", decided_by: str = "", **_facts: object
) -> None:
    proposal.answer, proposal.answered_by = reason, decided_by


def follow(certificate: Certificate, step: str, actor: Actor, facts: dict[str, object]) -> None:
    """An act answers what asked for it, and makes moot what is no longer possible."""
    for proposal in certificate.proposals:
        if proposal.is_open and proposal.kind == step:
            answered = {"reason": facts["reason"], "decided_by": actor.label}
            lifecycle.take(proposal, "carry_out", SYSTEM, **answered)
        elif proposal.is_open and proposal.kind not in POSSIBLE.get(certificate.state, ()):
            lifecycle.take(proposal, "lapse", SYSTEM, reason=step)


def prepare_withdrawals() -> int:
    """For each suspension that ended without restoration, put the withdrawal before a person, once."""
    query = select(StatusAct).where(StatusAct.kind == "suspend", StatusAct.until < today())
    ended = [act for act in db.session.scalars(query.order_by(StatusAct.id)) if _stands(act)]
    for act in ended:
        propose(
            act.certificate,
            SYSTEM,
            kind="withdraw",
            cause="not_corrected",
            reason=f"{act.on} – {act.until}: {act.reason}",
            source="suspension_ended",
            source_id=act.id,
        )
    return len(ended)


def _stands(act: StatusAct) -> bool:
    """The certificate is still suspended by this act, and nobody prepared a withdrawal for it."""
    certificate = act.certificate
    prepared = any(p.source == "suspension_ended" and p.source_id == act.id for p in certificate.proposals)
    return certificate.is_suspended and certificate.acts[-1] is act and not prepared


LAW = {StatusProposal: STATUS_PROPOSAL}

PREPARE = {(STATUS_PROPOSAL, "verify"): keep_evidence}

EFFECTS = {
    (STATUS_PROPOSAL, "verify"): verify,
    (STATUS_PROPOSAL, "decline"): decline,
    (STATUS_PROPOSAL, "carry_out"): carry_out,
}
