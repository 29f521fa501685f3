"""What follows when a version of a rule is published: the change is written down, and holders are told; and
how a draft is tried before it is."""

from datetime import date

from accounts.actor import SYSTEM
from certification import notices
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.conversion import queries
from certification.conversion.models import ConversionNotice, DryRun, RuleChange
from certification.conversion.notices import tell_body, tell_of_amendment, tell_of_retirement
from certification.workflow.conversion import due_leads
from certification.workflow.impartiality import clear_to
from core import audit, jobs
from core.clock import now
from core.db import db
from core.errors import Unmet
from core.machine import Actor
from schemes.drafts.models import RuleDraft
from schemes.events import RulePublished, RuleRetired

CHUNK = 200  # certificates whose holders are told, or that are tried, in one transaction
MOST = 20_000  # of a dry run


def follow(event: RulePublished) -> None:
    """Write the change down; telling everybody is a job, since there may be many."""
    change = RuleChange(scheme_id=event.version_id, former_id=event.former_id, convert_by=event.convert_by)
    db.session.add(change)
    db.session.flush()
    audit.record(SYSTEM, "rule_change.open", f"rule_change/{change.id}", code=event.code, version=event.name)
    jobs.enqueue("conversion.tell")


def follow_retirement(event: RuleRetired) -> None:
    jobs.enqueue("conversion.tell_retired", code=event.code, name=event.name, day=event.day.isoformat())


def tell_retired(code: str, name: str, day: str, after: int = 0) -> None:
    """The job: tell the holders of what stands under a rule that was retired, so many in each transaction.
    Whoever was told is not told again."""
    found = queries.standing_under(code, after, CHUNK)
    for certificate in found:
        tell_of_retirement(certificate, name, date.fromisoformat(day))
    db.session.flush()
    if len(found) == CHUNK:
        jobs.enqueue("conversion.tell_retired", code=code, name=name, day=day, after=found[-1].id)


def tell_of_changes(limit: int = CHUNK) -> int:
    """Tell whoever has to be told today and was not, as many as fit one transaction; the rest is a job of
    its own.  Return how many were new.  Idempotent."""
    found = [
        (change, certificate, leads)
        for change in queries.running()
        for certificate, sent in queries.told(change)
        if (leads := due_leads(change.convert_by, sent))
    ]
    for change, certificate, leads in found[:limit]:
        _tell(change, certificate, leads)
    if len(found) > limit:
        jobs.enqueue("conversion.tell")
    db.session.flush()
    return len(found[:limit])


def _tell(change: RuleChange, certificate: Certificate, leads: list[str]) -> None:
    """Once, however many leads came due."""
    for lead in leads:
        db.session.add(ConversionNotice(change_id=change.id, certificate_id=certificate.id, lead=lead))
    audit.record(SYSTEM, "certificate.convert", f"certificate/{certificate.id}", change=change.number)
    notices.announce(certificate, "convert", SYSTEM, {"change": change})
    if "published" in leads:
        tell_body(change, certificate.body_id)


# A case that runs


def amend(case: Application, actor: Actor) -> None:
    """Take a running case over to the version in force, where that only words, explains or adds options.

    Raises Unmet `nothing-to-amend`, or what hinders the actor in this case.
    """
    offered = queries.amendment(case)
    if offered is None:
        raise Unmet("nothing-to-amend")
    if hindrance := clear_to("plan")(case, actor):
        raise Unmet(hindrance)
    former, case.scheme = case.scheme, offered.scheme
    db.session.flush()
    versions = {"former": former.version, "version": offered.scheme.version}
    audit.record(actor, "application.amend", f"application/{case.id}", **versions)
    tell_of_amendment(case)


# A draft, tried on what there is


def begin_trying(draft: RuleDraft, actor: Actor) -> DryRun:
    """Queue a dry run of the draft as it stands; one that runs already for this text is that one.

    Raises Unmet `rule-document-faulty`.
    """
    if draft.is_faulty:
        raise Unmet("rule-document-faulty")
    last = queries.dry_run(draft)
    if last is not None and last.finished_at is None and not last.is_stale:
        return last
    made = DryRun(draft=draft, document=draft.document, digest=draft.text_digest, asked_by=actor.label)
    made.total = queries.how_many(draft)
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "rule_draft.try", f"rule_draft/{draft.id}", digest=made.digest)
    jobs.enqueue("conversion.go_on", dry_run_id=made.id)
    return made


def go_on(dry_run_id: int) -> None:
    """The job: try the cases first, then so many certificates in each transaction, until none is left.

    What was tried is kept with it, so a job that is run twice tries nothing twice.
    """
    found = db.session.get_one(DryRun, dry_run_id)
    if found.finished_at is not None:
        return
    cases = [] if found.done else queries.decided(found.draft)
    trial = queries.Trial.of(found)
    lines = [queries.tried_case(trial, case) for case in cases]
    certificates = queries.next_in_force(found.draft, found.after, CHUNK)
    lines += [queries.tried_certificate(trial, each) for each in certificates]
    found.lines = [*found.lines, *lines]
    if len(certificates) < CHUNK or found.done >= MOST:
        found.finished_at = now()
    else:
        found.after = certificates[-1].id
        jobs.enqueue("conversion.go_on", dry_run_id=found.id)
    db.session.flush()
