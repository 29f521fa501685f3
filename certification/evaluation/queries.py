"""The visit on site as its pages show it."""

from datetime import date
from typing import Any

from sqlalchemy import select

from accounts.actor import Actor
from accounts.models import Membership, Organisation
from accounts.queries import memberships_with_role
from certification.application.models import Application
from certification.application.queries.applications import application
from certification.evaluation.models import EvaluationPlan, Nonconformity, SitePhotograph
from certification.evaluation.operations.site import Item, pictures
from certification.workflow.checks import Check, checks
from certification.workflow.evaluation import FUNCTIONS
from certification.workflow.impartiality import MEMBERS, hindrances
from core.clock import today
from core.db import db
from core.errors import NotFound
from registers.models import LaboratoryScope
from registers.queries.known import laboratory_scopes
from schemes.document.checklists import LISTS

__all__ = ["photograph", "pictures", "places", "record"]


def places(case: Application) -> list[dict[str, object]]:
    """Where the visit goes: the sites of the plan, or the factory while there is no plan."""
    if case.plan is None or not case.plan.sites:
        return [
            {
                "name": case.factory["name"],
                "address": case.factory["address"],
                "person_days": None,
                "people": [],
            }
        ]
    names = {member.user_id: member.user.name for member in case.plan.team}
    return [
        {
            "name": site.name,
            "address": site.address,
            "person_days": site.person_days,
            "people": [names[person] for person in site.people if person in names],
        }
        for site in case.plan.sites
    ]


def checklists(actor: Actor, case_id: int) -> dict[str, tuple[Check, ...]]:
    """What the body of a case looks at, list by list, as it is asked today."""
    case = application(actor, case_id)
    if actor.kind != "certification_body":
        raise NotFound("application-not-found")
    return {name: checks(case, name) for name in LISTS}


def accepted(actor: Actor, case_id: int) -> dict[str, Any]:  # JSON, see Application.acceptance
    """What was confirmed when a case was accepted, for its body; {} before that."""
    case = application(actor, case_id)
    if actor.kind != "certification_body":
        raise NotFound("application-not-found")
    return case.acceptance


def photograph(actor: Actor, photograph_id: int) -> SitePhotograph:
    """A picture of a visit of a case the actor's body handles."""
    found = db.session.get(SitePhotograph, photograph_id)
    if found is None or actor.kind != "certification_body":
        raise NotFound("file-not-found")
    application(actor, found.application_id)
    return found


def record(case: Application) -> list[tuple[dict[str, object], list[Item]]]:
    """The record that stands, site by site: (place, its seven items with the pictures kept with them)."""
    assert case.site is not None  # whoever asks has looked
    kept = {(found.check_slug, found.digest): found for found in case.photographs}
    shown = []
    for number, place in enumerate(places(case)):
        items = [item for item in case.site.items if item.get("site", 0) == number]
        shown.append((place, [item | {"pictures": _kept(item, kept)} for item in items]))
    return shown


def _kept(item: Item, kept: dict[tuple[str, str], SitePhotograph]) -> list[SitePhotograph]:
    wanted = [(item["slug"], digest) for digest in item.get("photographs", ())]
    return [kept[place] for place in wanted if place in kept]


def nonconformity(actor: Actor, finding_id: int) -> Nonconformity:
    found = db.session.get(Nonconformity, finding_id)
    if found is None:
        raise NotFound("application-not-found")
    application(actor, found.application_id)
    return found


def assignable(case: Application, role: str) -> list[tuple[Membership, list[str]]]:
    """Who of the body holds a role, each with the slugs of why the name is grey."""
    return [
        (member, hindrances(case, member.user_id, MEMBERS[role], today()))
        for member in memberships_with_role(case.body_id, role)
    ]


def as_planned(plan: EvaluationPlan) -> dict[str, object]:
    """What stands in the form that changes a plan, before anybody has typed."""
    visit = ("headcount", "person_days", "site_from", "site_to", "overlap_reason")
    team = {f"{each}s": [str(person) for person in plan.holders(each)] for each in FUNCTIONS}
    further = [
        {
            "name": site.name,
            "address": site.address,
            "person_days": site.person_days,
            "people": [str(person) for person in site.people],
        }
        for site in plan.sites[1:]
    ]
    chosen = {
        "parts": plan.parts,
        "parts_reason": plan.parts_reason,
        "laboratory_id": str(plan.laboratory_id or ""),
    }
    return {name: getattr(plan, name) for name in visit} | team | chosen | {"sites": further}


def laboratories_for(case: Application) -> list[tuple[Organisation, list[str]]]:
    """Every laboratory of the register with the scheme's methods it lacks today."""
    labs = {scope.laboratory for scope in laboratory_scopes()}
    return [(lab, methods_missing(case, lab.id, today())) for lab in sorted(labs, key=lambda lab: lab.name)]


def methods_missing(application: Application, laboratory_id: int | None, day: date) -> list[str]:
    """The scheme's test methods that are not in the laboratory's CMA scope on `day`."""
    query = select(LaboratoryScope).where(LaboratoryScope.laboratory_id == laboratory_id)
    covered = {scope.method for scope in db.session.scalars(query) if scope.valid_on(day)}
    return sorted({item["method"] for item in application.scheme.tests} - covered)
