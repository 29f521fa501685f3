"""The follow-up checks of a certificate: planned at issue, made in their window, missed ones told."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from accounts.actor import SYSTEM
from certification import notices
from certification.aftercare.models import CheckFinding, FactoryVisit, Surveillance, SurveillanceMember
from certification.aftercare.operations import proposals, visits
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.evaluation.operations import evaluation
from certification.evaluation.operations.site import refuse
from certification.workflow.certificate import FINAL
from certification.workflow.nonconformity import GRADES
from certification.workflow.purpose import VERSIONS
from certification.workflow.rights import wanting
from certification.workflow.surveillance import FOOTPRINT, SURVEILLANCE
from core import audit, lifecycle
from core.calendar.count import months_after
from core.clock import today
from core.db import db
from core.machine import Actor
from schemes.terms import months, term

Team = Sequence[tuple[int, str]]  # who, in which function


def lay_plan(application: Application, *_taken: object) -> None:
    """One row for each check that falls inside the validity; each moves when the one before is made.

    A certificate that is issued in a new version keeps the plan it has.
    """
    if application.purpose in VERSIONS:
        return
    query = select(Certificate).where(Certificate.application_id == application.id)
    certificate = db.session.scalars(query).one()
    while (row := _row(certificate, certificate.begins_on, len(certificate.surveillance))) is not None:
        certificate.surveillance.append(row)
    db.session.flush()


def _row(certificate: Certificate, after: date, between: int = 0) -> Surveillance | None:
    """The check that follows `after`, with so many others in between; None when the validity ends before.
    All are counted from one day: a February on the way shortens no later month."""
    scheme = certificate.scheme
    interval = months(scheme, "surveillance_interval")
    opens = months_after(after, between * interval + months(scheme, "surveillance_from"))
    due = months_after(after, (between + 1) * interval)
    if due >= certificate.valid_to:
        return None
    found = term(scheme, "surveillance_interval")
    return Surveillance(
        ordinal=len(certificate.surveillance) + 1,
        window_from=opens,
        due=due,
        source=found["source"],
        weak=found["weak"],
    )


def prepare_notice(
    surveillance: Surveillance, *, step: str, team: Team = (), also: Sequence[int] = (), **_facts: object
) -> dict[str, object]:
    evaluation.check_team(surveillance.certificate.body_id, team)
    return join(surveillance, step=step, also=also)


def join(
    surveillance: Surveillance, *, step: str, also: Sequence[int] = (), **_facts: object
) -> dict[str, object]:
    """The checks that are named beside it."""
    return {"joined": visits.named(surveillance, also)}


def prepare_record(
    surveillance: Surveillance,
    *,
    step: str,
    also: Sequence[int] = (),
    conducted_on: date | None = None,
    **_facts: object,
) -> dict[str, object]:
    """Refuse a day on which body or team lacked a right, or that is typed after one had ended, unproved."""
    case = surveillance.application
    if conducted_on is not None:
        team = [(member.user_id, member.function) for member in surveillance.team]
        if lack := wanting(case, team, [conducted_on]):
            refuse(case, lack, "conducted_on")
    return join(surveillance, step=step, also=also)


def notify(
    surveillance: Surveillance,
    _actor: Actor,
    *,
    team: Team,
    on: date,
    person_days: Decimal,
    joined: Sequence[Surveillance] = (),
    visit: FactoryVisit | None = None,
    **_facts: object,
) -> None:
    surveillance.on, surveillance.person_days = on, person_days
    surveillance.visit = visit or visits.begin(surveillance, joined, {"on": on, "person_days": person_days})
    surveillance.team = [SurveillanceMember(user_id=user_id, function=function) for user_id, function in team]
    db.session.flush()


def conduct(
    surveillance: Surveillance,
    actor: Actor,
    *,
    items: list[dict[str, str]],
    conducted_on: date,
    person_days: Decimal,
    summary: str = "",
    **facts: Any,  # as the shape of a record has them
) -> None:
    for name in FOOTPRINT:
        setattr(surveillance, name, facts.get(name))
    surveillance.summary = summary.strip()
    surveillance.items = [{name: item[name] for name in ("slug", "finding", "note")} for item in items]
    surveillance.findings = _found(items, actor)
    surveillance.conducted_on, surveillance.person_days = conducted_on, person_days
    surveillance.lead = actor.label
    for proposal in surveillance.certificate.proposals:
        if proposal.is_open and (proposal.source, proposal.source_id) == ("check_missed", surveillance.id):
            lifecycle.take(proposal, "lapse", SYSTEM, reason="conduct")


def _found(items: list[dict[str, str]], actor: Actor) -> list[CheckFinding]:
    wanting = [item for item in items if item["finding"] in GRADES]
    return [
        CheckFinding(
            number=f"NC-{number:02d}",
            grade=item["finding"],
            anchor=item["slug"],
            fact=item["note"].strip(),
            clause=item.get("clause", "").strip(),
            raised_by=actor.label,
        )
        for number, item in enumerate(wanting, 1)
    ]


def require(surveillance: Surveillance, _actor: Actor, *, reason: str, due: date, **_facts: object) -> None:
    surveillance.requirement, surveillance.correction_due = reason.strip(), due


def passed(surveillance: Surveillance, actor: Actor, *, reason: str, **_facts: object) -> None:
    """The next check is counted from the day this one was made; what the regulator ordered moves no plan."""
    _conclude(surveillance, actor, reason)
    certificate = surveillance.certificate
    assert surveillance.conducted_on is not None  # what is passed was conducted
    if surveillance.ordered_on is not None:
        return
    fresh = _row(certificate, surveillance.conducted_on)
    later = [row for row in certificate.surveillance if row.is_planned and row.ordered_on is None]
    if fresh and later:
        later[0].window_from, later[0].due = fresh.window_from, fresh.due
    elif fresh:
        certificate.surveillance.append(fresh)


def failed(surveillance: Surveillance, actor: Actor, *, reason: str, **_facts: object) -> None:
    """The certificate is not touched: what follows is prepared for a person to decide."""
    _conclude(surveillance, actor, reason)
    serious = any(finding.grade == "major" for finding in surveillance.findings)
    certificate = surveillance.certificate
    suspend = certificate.is_valid and not serious
    proposals.propose(
        certificate,
        actor,
        kind="suspend" if suspend else "withdraw",
        cause="surveillance_finding" if suspend else "serious_defect",
        reason=reason,
        source="surveillance",
        source_id=surveillance.id,
    )


def decline_order(surveillance: Surveillance, actor: Actor, *, reason: str, **_facts: object) -> None:
    _conclude(surveillance, actor, reason)


def _conclude(surveillance: Surveillance, actor: Actor, reason: str) -> None:
    surveillance.conclusion, surveillance.concluded_by = reason.strip(), actor.label
    surveillance.concluded_on = today()


def follow(certificate: Certificate, step: str, *_taken: object) -> None:
    """A certificate that ended is not looked after any more."""
    if certificate.state in FINAL:
        for row in certificate.surveillance:
            if row.is_open:
                lifecycle.take(row, "lapse", SYSTEM, reason=step)


def missed() -> list[Surveillance]:
    """Every check that is overdue while its certificate is in force, the longest overdue first."""
    query = select(Surveillance).where(Surveillance.is_unmade, Surveillance.due < today())
    rows = db.session.scalars(query.order_by(Surveillance.due, Surveillance.id))
    return [row for row in rows if row.certificate.is_in_force]


def raise_alarms() -> int:
    """Tell body and regulator of each missed check, once, and put the suspension before a person, once while
    it is possible; return how many were newly told."""
    late = missed()
    new = [row for row in late if row.alarmed_on is None]
    for row in new:
        row.alarmed_on = today()
        about = {"number": row.number, "due": row.due.isoformat()}
        audit.record(SYSTEM, "surveillance.missed", f"surveillance/{row.id}", **about)
        notices.announce(row, "miss", SYSTEM, {})
    for row in late:
        _propose_suspension(row)
    return len(new)


def _propose_suspension(missed: Surveillance) -> None:
    certificate = missed.certificate
    if not certificate.is_valid or any(
        (each.source, each.source_id) == ("check_missed", missed.id) for each in certificate.proposals
    ):
        return
    proposals.propose(
        certificate,
        SYSTEM,
        kind="suspend",
        cause="check_missed",
        reason=f"{missed.number}：{missed.due}",
        source="check_missed",
        source_id=missed.id,
    )


LAW = {Surveillance: SURVEILLANCE}

PREPARE = {
    (SURVEILLANCE, "notify"): prepare_notice,
    (SURVEILLANCE, "conduct"): prepare_record,
}

EFFECTS = {
    (SURVEILLANCE, "notify"): notify,
    (SURVEILLANCE, "conduct"): conduct,
    (SURVEILLANCE, "require"): require,
    (SURVEILLANCE, "pass"): passed,
    (SURVEILLANCE, "fail"): failed,
    (SURVEILLANCE, "decline_order"): decline_order,
}
