"""Who has declared what: one's own ties, what a body knows of its people, who must declare for a case."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypedDict, TypeVar

from sqlalchemy import func, select

from accounts.actor import Actor
from accounts.models import Membership, Organisation, User
from accounts.queries import every_organisation, members, organisation, staff_ids
from certification.application.models import Application
from certification.impartiality.models import CaseDeclaration, Competence, ConflictDeclaration
from certification.impartiality.operations import classes_of, keeps
from certification.workflow.competence import METHODS
from certification.workflow.impartiality import FUNCTIONS, hindrances
from core import audit, lifecycle
from core.audit import Entry
from core.clock import SHANGHAI, day_of, today
from core.db import db
from core.errors import NotFound, NotPermitted
from core.i18n import _
from core.lifecycle import StepTaken
from core.readers import days
from core.words import word
from registers.models import Registration
from schemes import queries as rules


@dataclass(frozen=True)
class Change:
    """A role or a competence of `person` that was changed; `step` and `what` are keys of words."""

    at: datetime
    person: str
    step: str
    what: str
    who: str
    span: str = ""  # its first and last day, where they were said


class Overview(TypedDict):
    people: list[Membership]
    ties: list[ConflictDeclaration]
    registrations: list[Registration]
    competences: list[Competence]
    recusals: dict[str, int]
    body: Organisation


M = TypeVar("M", ConflictDeclaration, Registration)

ROLE_CHANGES = {"role.grant": "right.granted", "role.revoke": "right.revoked"}

# What waits for somebody stands first, what is over last.
ORDER = {"proposed": 0, "suspended": 1, "approved": 1, "ended": 2, "declined": 2}


def ties(actor: Actor) -> list[ConflictDeclaration]:
    """The actor's own, newest first."""
    query = select(ConflictDeclaration).where(ConflictDeclaration.user_id == actor.id)
    return list(db.session.scalars(query.order_by(ConflictDeclaration.id.desc())))


def tie(actor: Actor, tie_id: int) -> ConflictDeclaration:
    found = db.session.get(ConflictDeclaration, tie_id)
    if found is None or found.user_id != actor.id:
        raise NotFound("tie-not-found")
    return found


def clients() -> list[Organisation]:
    """Whom a tie can be declared to."""
    return list(db.session.scalars(every_organisation("manufacturer")))


def overview(actor: Actor) -> Overview:
    """What a body knows of its people, for those who tend it: ties, registrations, competences, recusals."""
    own = actor.organisation_id
    if own is None or not keeps(actor):
        raise NotPermitted("role-not-held")
    people = staff_ids(own)
    return {
        "people": members(actor),
        "ties": _rows(ConflictDeclaration, people),
        "registrations": _rows(Registration, people),
        "competences": [entry for entry in competences(actor) if entry.is_standing],
        "recusals": recusals(own),
        "body": organisation(own),
    }


def competences(actor: Actor) -> list[Competence]:
    """Every finding of the actor's body, those that wait for a second person first."""
    if not keeps(actor):
        raise NotPermitted("role-not-held")
    query = select(Competence).where(Competence.body_id == actor.organisation_id)
    found = db.session.scalars(query.order_by(Competence.user_id, Competence.id))
    return sorted(found, key=lambda entry: ORDER[entry.state])


def competence(actor: Actor, competence_id: int) -> Competence:
    found = db.session.get(Competence, competence_id)
    if found is None or not keeps(actor) or found.body_id != actor.organisation_id:
        raise NotFound("competence-not-found")
    return found


def tended(actor: Actor) -> list[Membership]:
    """The people of the actor's organisation, for those who tend them."""
    if not keeps(actor):
        raise NotPermitted("role-not-held")
    return members(actor)


def class_names(actor: Actor) -> dict[str, str]:
    """What each class of products is called; for a laboratory its methods."""
    if actor.kind == "testing_body":
        methods = sorted(classes_of(actor) - {METHODS})
        return {METHODS: _("全部方法")} | {each: each.partition("/")[2] for each in methods}
    found = {}
    for slug, scheme in rules.product_classes().items():
        named = scheme.said_category if scheme else _("全部产品")
        found[slug] = f"{word('family.' + slug.partition('/')[0])} · {named}"
    return found


def history(entry: Competence) -> list[StepTaken]:
    return lifecycle.history("competence", entry.id)


def recusals(body_id: int) -> dict[str, int]:
    """How many declarations the body's people made for cases, and how many of them named a tie."""
    query = (
        select(CaseDeclaration.free, func.count())
        .join(Application, Application.id == CaseDeclaration.application_id)
        .where(Application.body_id == body_id)
        .group_by(CaseDeclaration.free)
    )
    found = dict(db.session.execute(query).all())
    return {"declared": sum(found.values()), "stood_aside": found.get(False, 0)}


def standing(case: Application, actor: Actor) -> dict[str, list[str]]:
    """For each function, the slugs of what keeps the actor from it in this case."""
    return {function: hindrances(case, actor.id, function, today()) for function in FUNCTIONS}


def changes_within(case: Application) -> list[Change]:
    """The roles and competences of everybody with a part in the case that changed since it was begun, the
    latest first; whoever reviews or decides judges whether that touches impartiality."""
    acted = {step.actor_id for step in case.steps if step.actor_id is not None}
    part = acted | case.evaluators | {entry.user_id for entry in case.declarations}
    named = dict(db.session.execute(select(User.id, User.name).where(User.id.in_(part))).all())
    found = [*_changed_roles(case, named), *_changed_competences(case, named)]
    within = (change for change in found if change.at >= case.created_at)
    return sorted(within, key=lambda change: change.at, reverse=True)


def _changed_roles(case: Application, named: Mapping[int, str]) -> Iterator[Change]:
    """Granted, revoked, and lapsed: the last day of a role passes without anybody's deed."""
    subjects = {f"organisation/{case.body_id}/user/{person}": name for person, name in named.items()}
    last: dict[tuple[str, str], tuple[str, Entry]] = {}
    for entry in audit.entries(subjects, ROLE_CHANGES):
        said = json.loads(entry.data)
        role, until = said["role"], said.get("to", "")
        yield from _lapsed(last.pop((entry.subject, role), None), day_of(entry.at), subjects)
        last[entry.subject, role] = until, entry
        span = f"{said['from']} ～ {until}" if until else ""
        step = ROLE_CHANGES[entry.verb]
        yield Change(entry.at, subjects[entry.subject], step, f"role.{role}", entry.actor, span)
    for granted in last.values():
        yield from _lapsed(granted, today(), subjects)


def _lapsed(granted: tuple[str, Entry] | None, by: date, subjects: Mapping[str, str]) -> Iterator[Change]:
    """The end of a grant whose last day was over by a day."""
    until, entry = granted or ("", None)
    last = days.day(until)
    if entry is None or last is None or last >= by:
        return
    role = json.loads(entry.data)["role"]
    over = datetime.combine(last + timedelta(days=1), time.min, SHANGHAI)
    yield Change(over, subjects[entry.subject], "right.lapsed", f"role.{role}", "")


def _changed_competences(case: Application, named: Mapping[int, str]) -> Iterator[Change]:
    own = {entry.id: entry for entry in case.competences if entry.user_id in named}
    for taken in lifecycle.history("competence", *own):
        entry = own[taken.subject_id]
        what, step = f"competent_for.{entry.function}", f"competence.step.{taken.step}"
        yield Change(taken.at, named[entry.user_id], step, what, taken.actor)


def _rows(kind: type[M], people: set[int]) -> list[M]:
    return list(
        db.session.scalars(select(kind).where(kind.user_id.in_(people)).order_by(kind.user_id, kind.id))
    )
