"""A plan is changed while the case is evaluated: the earlier one stays readable, and nothing done is lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from certification.application.models import Application
from certification.evaluation.models import EvaluationPlan, FormerPlan, PlannedSite, TeamMember
from certification.evaluation.operations.evaluation import planned, read_registers
from certification.evaluation.operations.site import Team, planned_sites
from certification.laboratory.operations import orders
from certification.workflow import APPLICATION
from certification.workflow.purpose import PARTS
from core.clock import now
from core.db import db
from core.errors import Invalid
from core.machine import Actor


def check_change(
    application: Application,
    *,
    step: str,
    **facts: Any,  # as the shape of a plan has them
) -> dict[str, object]:
    """As for a first plan; a place that was photographed stays in it."""
    read = read_registers(application, step=step, **facts)
    kept = {site.address for site in _wanted(application, facts)}
    seen = {picture.site_id for picture in application.photographs}
    visited = application.plan.sites if application.plan else []
    if any(site.id in seen and site.address not in kept for site in visited):
        raise Invalid("site-photographed", {"sites": "site-photographed"})
    return read


def _wanted(
    application: Application,
    facts: Mapping[str, Any],  # likewise
) -> list[PlannedSite]:
    if "site" not in (facts.get("parts") or PARTS):
        return []
    return planned_sites(application, **{"team": (), "person_days": None} | dict(facts))


def replan(
    application: Application,
    actor: Actor,
    *,
    team: Team,
    reason: str,
    parts: Sequence[str] | None = None,
    parts_reason: str = "",
    overlap_reason: str = "",
    **facts: Any,  # as the shape of a plan has them
) -> None:
    """Other people, laboratories, days or places; a record of other places than these is made anew."""
    plan = application.plan
    assert plan is not None  # a case that is evaluated has one
    application.former_plans.append(_former(plan, actor, reason))
    said = planned(actor, parts or PARTS, parts_reason, overlap_reason, facts)
    for name, value in said.items():
        setattr(plan, name, value)
    plan.planned_at = now()
    _renew_team(plan, team)
    _renew_laboratories(application, plan, facts.get("allotments"))
    _renew_sites(application, plan, _wanted(application, facts | {"parts": parts, "team": team}))
    db.session.flush()
    db.session.expire(plan)


def _former(plan: EvaluationPlan, actor: Actor, reason: str) -> FormerPlan:
    people = [
        {"user_id": each.user_id, "name": each.user.name, "function": each.function} for each in plan.team
    ]
    sites = [
        {"name": each.name, "address": each.address, "person_days": f"{each.person_days:f}"}
        for each in plan.sites
    ]
    return FormerPlan(
        parts=[*plan.parts],
        team=people,
        laboratories=[{"name": each.laboratory.name, "items": each.items} for each in plan.laboratories],
        sites=sites,
        person_days=plan.person_days,
        site_from=plan.site_from,
        site_to=plan.site_to,
        planned_by=plan.planned_by,
        planned_at=plan.planned_at,
        reason=reason.strip(),
        replaced_by=actor.label,
    )


def _renew_team(plan: EvaluationPlan, team: Team) -> None:
    stays = set(team)
    for member in plan.team:
        if (member.user_id, member.function) not in stays:
            db.session.delete(member)
    named = {(member.user_id, member.function) for member in plan.team}
    plan.team.extend(
        TeamMember(user_id=person, function=function)
        for person, function in team
        if (person, function) not in named
    )


def _renew_laboratories(
    application: Application, plan: EvaluationPlan, allotments: Mapping[str, int | None] | None
) -> None:
    """What was ordered stays with the laboratory that has it."""
    for former in plan.laboratories:
        db.session.delete(former)
    db.session.flush()
    db.session.expire(plan, ["laboratories"])
    plan.laboratories.extend(orders.planned_laboratories(application, plan.laboratory_id, allotments))


def _renew_sites(application: Application, plan: EvaluationPlan, wanted: list[PlannedSite]) -> None:
    """A place keeps its row and its photographs; a record counts the places of the plan it was made by."""
    rows = {site.address: site for site in plan.sites}
    before = [site.address for site in plan.sites]
    for site in wanted:
        if kept := rows.pop(site.address, None):
            kept.name, kept.person_days, kept.people = site.name, site.person_days, site.people
        else:
            plan.sites.append(site)
    for gone in rows.values():
        db.session.delete(gone)
    after = [address for address in before if address not in rows]
    after += [site.address for site in wanted if site.address not in before]
    if application.site is not None and after != before:
        application.site.superseded = True
        db.session.flush()
        db.session.expire(application, ["site"])


PREPARE = {(APPLICATION, "replan"): check_change}
EFFECTS = {(APPLICATION, "replan"): replan}
