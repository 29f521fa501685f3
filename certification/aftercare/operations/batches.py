"""The suspensions that a retracted report calls for, or a rule whose time to convert is over: proposed as one
batch, decided by each body."""

from datetime import date

from sqlalchemy import select

from accounts.actor import SYSTEM
from certification.aftercare.models import StatusProposal, SuspensionBatch
from certification.aftercare.operations.proposals import propose
from certification.application.models import Application, ApplicationFile
from certification.certificate.models import Certificate
from certification.conversion import queries as conversion
from certification.laboratory.models import TestReport
from certification.workflow import APPLICATION
from certification.workflow.certificate import waits_for_conversion
from certification.workflow.evaluation import tests_passed
from certification.workflow.proposal import POSSIBLE
from certification.workflow.purpose import VERSIONS
from core import lifecycle
from core.db import db
from core.errors import NotPermitted, Unmet
from core.machine import Actor, Facts


def follow(report: TestReport, step: str, actor: Actor, _facts: Facts) -> None:
    """Once a report is taken back, or is amended to a failure, everything that rested on it is looked at."""
    if step != "amend" or tests_passed(report.application, actor):
        open_batch(report, actor)
    fall_back(report)


def resting_on(report: TestReport) -> list[Application]:
    """The case the report was made for, and every case that holds the same paper."""
    cases = {report.application}
    if report.file:
        holding = select(Application).join(ApplicationFile).where(ApplicationFile.digest == report.file)
        cases |= set(db.session.scalars(holding))
    return sorted(cases, key=lambda case: case.id)


def certificates_on(report: TestReport) -> list[Certificate]:
    """Every certificate that rests on the report, whatever it is worth today."""
    cases = resting_on(report)
    named = {case.certificate_id for case in cases if case.is_certified and case.certificate_id}
    issued = Certificate.application_id.in_({case.id for case in cases})
    query = select(Certificate).where(issued | Certificate.id.in_(named)).order_by(Certificate.id)
    return list(db.session.scalars(query))


def open_batch(report: TestReport, actor: Actor) -> SuspensionBatch:
    """One batch for one report, with every certificate that rests on it; opened again it is the same."""
    if report.batch is not None:
        return report.batch
    certificates = certificates_on(report)
    batch = SuspensionBatch(report=report, opened_by=report.retracted_by or actor.label)
    return _fill(batch, certificates, actor)


def end_transitions() -> int:
    """One batch for each change of a rule whose time to convert is over, with every certificate that was not
    converted; return how many.  Idempotent."""
    changes = conversion.over()
    for change in changes:
        left = list(db.session.scalars(conversion.to_convert(change)))
        _fill(SuspensionBatch(change=change, opened_by=SYSTEM.label), left, SYSTEM)
    return len(changes)


def _fill(batch: SuspensionBatch, certificates: list[Certificate], actor: Actor) -> SuspensionBatch:
    """Each with what it was worth; what can be suspended is proposed."""
    with db.session.no_autoflush:  # the batch is not whole before it says what it found
        batch.found = [{"certificate_id": each.id, "state": each.state} for each in certificates]
    db.session.add(batch)
    db.session.flush()
    for certificate in (each for each in certificates if "suspend" in POSSIBLE.get(each.state, ())):
        propose(
            certificate,
            actor,
            kind="suspend",
            cause=batch.cause,
            reason=reason_of(batch),
            source=batch.source,
            source_id=batch.id,
        )
    return batch


def reason_of(batch: SuspensionBatch) -> str:
    """What its proposals begin with: a record of the house, kept as it was written."""
    if batch.change:
        return f"{batch.number}：{batch.change.convert_by}"
    report = batch.report
    return f"{report.laboratory_name} {report.number}：{why(report)}" if report else ""


def certificates_in(batch: SuspensionBatch) -> list[Certificate]:
    ids = [each["certificate_id"] for each in batch.found]
    query = select(Certificate).where(Certificate.id.in_(ids)).order_by(Certificate.id)
    return list(db.session.scalars(query))


def follow_conversion(application: Application, *_taken: object) -> None:
    """A certificate that was issued anew under the version in force is no longer to be suspended for that;
    one that was suspended for it already is restored with its new edition."""
    certificate = application.about
    if certificate and application.purpose == "conversion" and waits_for_conversion(certificate):
        scheme = application.scheme
        reason = f"{scheme.rule_number} {scheme.version}：{application.number}"
        lifecycle.take(certificate, "resume", SYSTEM, reason=reason)
    for proposal in certificate.proposals if certificate else ():
        if proposal.is_open and proposal.source == "rule_change" and application.purpose in VERSIONS:
            lifecycle.take(proposal, "lapse", SYSTEM, reason=application.purpose)


def why(report: TestReport) -> str:
    return report.retraction or (report.amended_by.amendment if report.amended_by else "")


def fall_back(report: TestReport) -> None:
    """Open cases whose tests are no longer passed go back to where tests are made."""
    for case in resting_on(report):
        if case.state in APPLICATION.sources("fall_back") and tests_passed(case, SYSTEM):
            lifecycle.take(case, "fall_back", SYSTEM, reason=f"{report.number}：{why(report)}")


def retire_judgement(application: Application, _actor: Actor, **_facts: object) -> None:
    """What was judged on tests that no longer stand is judged anew; nothing is deleted."""
    for name in ("review", "decision"):
        if record := getattr(application, name):
            record.superseded = True
            db.session.flush()
            db.session.expire(application, [name])


def open_proposals(batch: SuspensionBatch, body_id: int | None = None) -> list[StatusProposal]:
    """What of the batch is still to be decided, by one body or by all."""
    query = select(StatusProposal).where(
        StatusProposal.source == batch.source, StatusProposal.source_id == batch.id, StatusProposal.is_open
    )
    found = db.session.scalars(query.order_by(StatusProposal.id))
    return [each for each in found if body_id in (None, each.certificate.body_id)]


def carry_out(batch: SuspensionBatch, actor: Actor, *, until: date | None, reason: str) -> list[Certificate]:
    """Suspend every certificate of the actor's body that is still proposed and in force; return them.

    All of them or none: the first that may not be suspended is named and the whole is refused.  Done
    again it finds nothing to do.
    """
    bodies = {certificate.body_id for certificate in certificates_in(batch)}
    if "decision_maker" not in actor.roles or actor.organisation_id not in bodies:
        raise NotPermitted("role-not-held", step="suspend")
    suspended = []
    for certificate in [each.certificate for each in open_proposals(batch, actor.organisation_id)]:
        if "suspend" not in POSSIBLE.get(certificate.state, ()):
            continue
        try:
            lifecycle.take(certificate, "suspend", actor, cause=batch.cause, reason=reason, until=until)
        except Unmet as refused:
            raise Unmet(refused.slug, **refused.detail | {"certificate": certificate.number}) from refused
        suspended.append(certificate)
    return suspended


EFFECTS = {(APPLICATION, "fall_back"): retire_judgement}
