"""The visit on site as its pages show it."""

from accounts.actor import Actor
from certification.models import Application, SitePhotograph
from certification.operations.site import pictures
from certification.queries.applications import application
from core.db import db
from core.errors import NotFound

__all__ = ["photograph", "pictures", "places", "record"]


def places(case: Application) -> list[dict]:
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


def photograph(actor: Actor, photograph_id: int) -> SitePhotograph:
    """A picture of a visit of a case the actor's body handles."""
    found = db.session.get(SitePhotograph, photograph_id)
    if found is None or actor.kind != "certification_body":
        raise NotFound("file-not-found")
    application(actor, found.application_id)
    return found


def record(case: Application) -> list[tuple[dict, list[dict]]]:
    """The record that stands, site by site: (place, its seven items with the pictures kept with them)."""
    kept = {(found.check_slug, found.digest): found for found in case.photographs}
    shown = []
    for number, place in enumerate(places(case)):
        items = [item for item in case.site.items if item.get("site", 0) == number]
        shown.append((place, [item | {"pictures": _kept(item, kept)} for item in items]))
    return shown


def _kept(item: dict, kept: dict) -> list[SitePhotograph]:
    wanted = [(item["slug"], digest) for digest in item.get("photographs", ())]
    return [kept[place] for place in wanted if place in kept]
