"""Whose turn it is in a case.  Said once, in SQL, so that what is listed, counted and shown agrees."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import ColumnElement, String, and_, cast, false, not_, or_, select

from accounts.actor import Actor
from certification.application.models import Application
from certification.evaluation.models import EvaluationPlan, Nonconformity, TeamMember
from certification.laboratory.models import Sample
from certification.messages.models import Opening
from certification.workflow.application import EVALUATING, STEPS_IN, WAITED_FOR
from certification.workflow.messages import ASKED
from core.db import db
from schemes.models import SchemeVersion


def _evaluating() -> dict[str, ColumnElement[bool]]:
    """Several may have to act at once while a case is evaluated; when nobody has to, its lead concludes."""
    tests_asked = Application.scheme.has(SchemeVersion.is_tested)
    waits = {
        "role.document_reviewer": and_(_planned("documents"), ~Application.document_review.has()),
        "role.applicant": Application.nonconformities.any(Nonconformity.awaits_client),
        "kind.testing_body": Application.samples.any(Sample.is_at_the_laboratory),
        "role.verifier": or_(
            Application.samples.any(Sample.is_ordered),
            Application.nonconformities.any(Nonconformity.is_answered),
        ),
    }
    waits["role.lead_verifier"] = or_(
        and_(_planned("site"), ~Application.site.has()),
        and_(tests_asked, _planned("tests"), ~Application.samples.any()),
        not_(or_(*waits.values())),
    )
    return {holder: and_(Application.is_evaluating, wait) for holder, wait in waits.items()}


def _planned(part: str) -> ColumnElement[bool]:
    """Whether the plan has this part; its list is read as text, which both databases can."""
    return Application.plan.has(cast(EvaluationPlan.parts, String).contains(f'"{part}"'))


def _elsewhere() -> dict[str, ColumnElement[bool]]:
    waits: dict[str, ColumnElement[bool]] = {
        f"role.{role}": Application.state.in_(states) for role, states in WAITED_FOR.items()
    }
    unsigned, offered = Application.awaits_agreement, Application.body_signed_by != ""
    waits["role.applicant"] |= and_(unsigned, offered)
    waits["role.case_officer"] |= and_(unsigned, not_(offered))
    waits["role.application_reviewer"] |= _opening_waits()
    return waits


def _opening_waits() -> ColumnElement[bool]:
    """While a client corrects, what it asks to be opened waits for whoever asked for the correction."""
    return and_(Application.is_correcting, Application.openings.any(Opening.outcome == ASKED))


@cache
def holds() -> dict[str, ColumnElement[bool]]:
    """Holder (the key of a word) -> whether it must act next."""
    evaluating, elsewhere = _evaluating(), _elsewhere()
    return {
        holder: or_(evaluating.get(holder, false()), elsewhere.get(holder, false()))
        for holder in evaluating | elsewhere
    }


def holders_of(cases: Iterable[Application]) -> dict[int, list[str]]:
    """Who must act next in each case, by the case's id: keys of words of roles and kinds of bodies."""
    columns = [condition.label(holder) for holder, condition in holds().items()]
    query = select(Application.id, *columns).where(Application.id.in_([case.id for case in cases]))
    return {
        row[0]: [holder for holder, holds in zip(holds(), row[1:], strict=True) if holds]
        for row in db.session.execute(query)
    }


def holders(case: Application) -> list[str]:
    return holders_of([case]).get(case.id, [])


def concerns(actor: Actor) -> ColumnElement[bool]:
    """Whether a case is one of the actor's to-do list: a role of the actor has a step in its state."""
    states = {state for role in actor.roles for state in STEPS_IN.get(role, ())}
    on_team = Application.plan.has(EvaluationPlan.team.any(TeamMember.user_id == actor.id))
    evaluated = and_(Application.is_evaluating, on_team) if states & {*EVALUATING} else false()
    opening = _opening_waits() if "application_reviewer" in actor.roles else false()
    return or_(Application.state.in_(states - {*EVALUATING}), evaluated, opening)


def is_theirs(actor: Actor) -> ColumnElement[bool]:
    """Whether somebody of the actor's roles must act next.  A lead verifier does what falls to verifiers."""
    roles = set(actor.roles) | ({"verifier"} if "lead_verifier" in actor.roles else set())
    return or_(false(), *(holds()[key] for role in roles if (key := f"role.{role}") in holds()))
