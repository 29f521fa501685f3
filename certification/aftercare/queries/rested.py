"""What rested on a right that, as was recorded only later, had ended: for whoever must look at it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Select, and_, select

from accounts.actor import Actor
from certification.aftercare.models import StatusProposal, Surveillance, SurveillanceMember
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.evaluation.models import EvaluationPlan, SiteVerification, TeamMember
from certification.laboratory.models import Sample, TestResult
from certification.workflow.rights import VISITORS
from core.clock import day_of
from core.db import db
from core.errors import NotPermitted
from registers.models import BodyScope, LaboratoryScope, RegisterAct, Registration
from registers.queries.entries import Shown, shown_of
from schemes.models import SchemeVersion

R = TypeVar("R", Certificate, SiteVerification, TestResult, Surveillance, StatusProposal)
Right = TypeVar("Right", BodyScope, LaboratoryScope, Registration)

# The rights by law; an accreditation or a course carries no certificate.
RIGHTS: dict[str, type[Any]] = {  # tables, each with columns of its own
    "bodies": BodyScope,
    "laboratories": LaboratoryScope,
    "people": Registration,
}


@dataclass(frozen=True)
class Rested:
    """A certificate that was issued, a visit, a test, a follow-up check or the verification of a restoration
    that was made on a day without the right."""

    kind: str  # one of KINDS
    day: date
    case: Application
    what: str  # the number of the certificate, the method of the test, who led the visit or verified


KINDS = ("certificate", "visit", "test", "check", "restoration")


@dataclass(frozen=True)
class Ended:
    """A right that ended on `last`, which was recorded after that day, at `known`."""

    register: str
    entry: Shown
    last: date
    known: datetime
    reason: str
    recorded_by: str
    rested: list[Rested]


def ended_rights(actor: Actor) -> list[Ended]:
    """Every right whose end was recorded after it, the latest record first.

    The regulator sees each with all that rested on it; a body its own, and those of others on which a case of
    its own rests.
    """
    if not (_oversees(actor) or actor.kind == "certification_body"):
        raise NotPermitted("role-not-held")
    query = select(RegisterAct).where(RegisterAct.act == "end", RegisterAct.register.in_(RIGHTS))
    acts = db.session.scalars(query.order_by(RegisterAct.id.desc()))
    found = (_ended(actor, act) for act in acts)
    return [each for each in found if each is not None]


def _oversees(actor: Actor) -> bool:
    return actor.kind == "regulator" and "regulator" in actor.roles


def _ended(actor: Actor, act: RegisterAct) -> Ended | None:
    row = db.session.get(RIGHTS[act.register], act.entry_id)
    if row is None or row.valid_to >= day_of(act.entered_at):
        return None
    rested = sorted(_rested(actor, row), key=lambda each: (each.day, each.case.id, each.kind))
    own = _oversees(actor) or getattr(row, "body_id", None) == actor.organisation_id
    if not (own or rested):
        return None
    entry = shown_of(act.register, row)
    return Ended(act.register, entry, row.valid_to, act.entered_at, act.reason, act.entered_by, rested)


def _rested(actor: Actor, row: BodyScope | LaboratoryScope | Registration) -> Iterator[Rested]:
    match row:
        case BodyScope():
            yield from _of_body(actor, row)
        case LaboratoryScope():
            yield from _of_laboratory(actor, row)
        case Registration():
            yield from _of_person(actor, row)


def _of_body(actor: Actor, row: BodyScope) -> Iterator[Rested]:
    others = select(BodyScope).where(
        BodyScope.body_id == row.body_id, BodyScope.scheme_code == row.scheme_code
    )
    issued = (
        select(Certificate, Application)
        .join(Application, Application.id == Certificate.application_id)
        .where(Certificate.body_id == row.body_id, Certificate.issued_on > row.valid_to)
    )
    same = SchemeVersion.code == row.scheme_code
    for certificate, case in _seen(actor, issued.join(Certificate.scheme).where(same)):
        if not _covered(others, certificate.issued_on):
            yield Rested("certificate", certificate.issued_on, case, certificate.number)
    visited = _visits(row.valid_to).where(Application.body_id == row.body_id)
    for visit, case in _seen(actor, visited.join(Application.scheme).where(same)):
        if not _covered(others, visit.ended_on):
            yield Rested("visit", visit.ended_on, case, visit.lead)
    checked = _checks(row.valid_to).where(Certificate.body_id == row.body_id)
    verified = _restorations(row.valid_to).where(Certificate.body_id == row.body_id)
    scheme = Certificate.scheme
    yield from _after_issue(
        actor, checked.join(scheme).where(same), verified.join(scheme).where(same), others
    )


def _of_laboratory(actor: Actor, row: LaboratoryScope) -> Iterator[Rested]:
    others = select(LaboratoryScope).where(
        LaboratoryScope.laboratory_id == row.laboratory_id, LaboratoryScope.method == row.method
    )
    tested = (
        select(TestResult, Application)
        .join(Sample, Sample.id == TestResult.sample_id)
        .join(Application, Application.id == Sample.application_id)
        .where(
            Sample.laboratory_id == row.laboratory_id,
            TestResult.method == row.method,
            TestResult.performed_on > row.valid_to,
            ~TestResult.superseded,
        )
    )
    for result, case in _seen(actor, tested):
        if not _covered(others, result.performed_on):
            yield Rested("test", result.performed_on, case, result.method)


def _of_person(actor: Actor, row: Registration) -> Iterator[Rested]:
    others = select(Registration).where(
        Registration.user_id == row.user_id,
        Registration.body_id == row.body_id,
        Registration.family == row.family,
    )
    visited = (
        _visits(row.valid_to)
        .join(EvaluationPlan, EvaluationPlan.application_id == Application.id)
        .join(TeamMember, TeamMember.plan_id == EvaluationPlan.id)
        .join(Application.scheme)
        .where(
            Application.body_id == row.body_id,
            TeamMember.user_id == row.user_id,
            TeamMember.function.in_(VISITORS),
            SchemeVersion.family == row.family,
        )
        .distinct()
    )
    for visit, case in _seen(actor, visited):
        if not _covered(others, visit.ended_on):
            yield Rested("visit", visit.ended_on, case, visit.lead)
    own = (Certificate.body_id == row.body_id, SchemeVersion.family == row.family)
    sent = (SurveillanceMember.user_id == row.user_id, SurveillanceMember.function.in_(VISITORS))
    checked = _checks(row.valid_to).where(Surveillance.team.any(and_(*sent)))
    verified = _restorations(row.valid_to).where(StatusProposal.verified_by_id == row.user_id)
    scheme = Certificate.scheme
    yield from _after_issue(
        actor, checked.join(scheme).where(*own), verified.join(scheme).where(*own), others
    )


def _after_issue(
    actor: Actor,
    checks: Select[Surveillance, Application],
    restorations: Select[StatusProposal, Application],
    others: Select[Right],
) -> Iterator[Rested]:
    for check, case in _seen(actor, checks):
        if check.conducted_on is not None and not _covered(others, check.conducted_on):
            yield Rested("check", check.conducted_on, case, check.lead)
    for wish, case in _seen(actor, restorations):
        if wish.verified_on is not None and not _covered(others, wish.verified_on):
            yield Rested("restoration", wish.verified_on, case, wish.verified_by)


def _checks(last: date) -> Select[Surveillance, Application]:
    query = select(Surveillance, Application).join(Surveillance.certificate)
    return query.join(Application, Application.id == Certificate.application_id).where(
        Surveillance.conducted_on > last
    )


def _restorations(last: date) -> Select[StatusProposal, Application]:
    query = select(StatusProposal, Application).join(StatusProposal.certificate)
    return query.join(Application, Application.id == Certificate.application_id).where(
        StatusProposal.verified_on > last
    )


def _visits(last: date) -> Select[SiteVerification, Application]:
    return (
        select(SiteVerification, Application)
        .join(Application, Application.id == SiteVerification.application_id)
        .where(SiteVerification.ended_on > last, ~SiteVerification.superseded)
    )


def _seen(actor: Actor, query: Select[R, Application]) -> list[tuple[R, Application]]:
    """Of what rested on it: for a body the cases that are its own."""
    if not _oversees(actor):
        query = query.where(Application.body_id == actor.organisation_id)
    return [(made, case) for made, case in db.session.execute(query)]


def _covered(others: Select[Right], day: date) -> bool:
    """Whether another entry of the same right stands on that day."""
    return any(entry.valid_on(day) for entry in db.session.scalars(others))
