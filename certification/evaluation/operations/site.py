"""The visit on site: which places the plan covers, the photographs, and the record of the visit."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import IO, Any

from accounts.queries import names_of
from certification.application.models import Application
from certification.evaluation.models import EvaluationPlan, PlannedSite, SitePhotograph, SiteVerification
from certification.workflow import APPLICATION
from certification.workflow.checks import as_said, check_of
from certification.workflow.evaluation import on_team
from certification.workflow.impartiality import clear_to
from certification.workflow.rights import Lack, wanting
from certification.workflow.site import checks_of
from core import audit, files
from core.clock import every_day
from core.db import db
from core.errors import Invalid, NotFound, OutOfOrder, Unmet
from core.machine import Actor

Team = Sequence[tuple[int, str]]  # pairs of person and function
Item = dict[str, Any]  # as the shape of the visit has it

PICTURES = (".jpg", ".jpeg", ".png")
_may_record = (on_team("lead_verifier", "verifier"), clear_to("evaluate"))


def planned_sites(
    application: Application,
    *,
    team: Team,
    person_days: Decimal | None,
    sites: Sequence[Item] = (),
    **_facts: object,
) -> list[PlannedSite]:
    """The places the plan names; the factory of the application when it names none."""
    visitors = sorted({user_id for user_id, function in team if function != "document_reviewer"})
    factory = application.factory
    only = {"name": factory["name"], "address": factory["address"], "person_days": person_days}
    return [PlannedSite(**site) for site in sites or [only | {"people": visitors}]]


def photograph(
    application: Application, actor: Actor, *, site: int, check: str, pictures: list[tuple[IO[bytes], str]]
) -> None:
    """Keep pictures, (stream, file name), with the check they show; the rest of the record may come later."""
    if not application.is_evaluating:
        raise OutOfOrder("step-out-of-order", step="photograph", state=application.state)
    if hindered := [slug for guard in _may_record if (slug := guard(application, actor))]:
        raise Unmet(hindered[0], step="photograph", unmet=hindered)
    places = application.plan.sites if application.plan else []
    if check not in checks_of(application, "site") or not 0 <= site < len(places):
        raise NotFound("site-not-found")
    if any(PurePath(filename).suffix.lower() not in PICTURES for _stream, filename in pictures):
        raise Invalid("photograph-not-a-picture", {"photograph": "photograph-not-a-picture"})
    for stored in files.store_all(pictures):
        picture = SitePhotograph(
            site_id=places[site].id, check_slug=check, digest=stored.digest, name=stored.name
        )
        picture.taken_by = actor.label
        application.photographs.append(picture)
        db.session.flush()
        audit.record(
            actor, "site.photograph", f"application/{application.id}", check=check, digest=stored.digest
        )


def check_rights(
    application: Application,
    *,
    step: str,
    started_on: date | None = None,
    ended_on: date | None = None,
    **_facts: object,
) -> dict[str, object]:
    """Refuse a visit on a day on which the body, or somebody who made it, lacked a right; say who.

    A day that is typed after a right had ended is refused as long as no document of it was confirmed.
    """
    if started_on is None or ended_on is None:
        return {}  # what is missing has a demand of its own
    team = [(each.user_id, each.function) for each in application.plan.team] if application.plan else []
    lack = wanting(application, team, every_day(started_on, ended_on))
    if lack is not None:
        refuse(application, lack, "started_on" if lack.day == started_on else "ended_on")
    return {}


def refuse(application: Application, lack: Lack, at: str) -> None:
    """At the day that was typed, with who lacked the right."""
    [who] = [application.body.name] if lack.person is None else names_of({lack.person})
    raise Invalid(lack.slug, {at: lack.slug}, who=who, day=lack.day.isoformat())


def verify_site(
    application: Application,
    actor: Actor,
    *,
    items: Sequence[Item],
    meetings: Sequence[Item],
    person_days: Decimal,
    started_on: date,
    ended_on: date,
    conclusion: str,
    summary: str = "",
    **_facts: object,
) -> None:
    """Freeze the record: findings with their photographs, meetings, days, conclusion."""
    if application.site is not None:
        application.site.superseded = True
        db.session.flush()
    visit = SiteVerification(
        application_id=application.id,
        items=[_with_pictures(application, item) for item in items],
        meetings=[meeting | {"on": meeting["on"].isoformat()} for meeting in meetings],
        person_days=person_days,
        started_on=started_on,
        ended_on=ended_on,
        conclusion=conclusion,
        summary=summary,
        lead=actor.label,
    )
    db.session.add(visit)
    db.session.flush()
    db.session.expire(application, ["site"])


def answered(application: Application, items: Sequence[Item]) -> list[Item]:
    """Answers to a checklist, each with what its item is called on this day, and who added it to the rule."""
    found = {item["slug"]: check_of(application, item["slug"]) for item in items}
    return [item | (as_said(check) if (check := found[item["slug"]]) else {}) for item in items]


def _with_pictures(application: Application, item: Item) -> Item:
    place = item.get("site", 0)
    return answered(application, [item])[0] | {
        "site": place,
        "photographs": [found.digest for found in pictures(application, place, item["slug"])],
    }


def pictures(application: Application, site: int, check: str) -> list[SitePhotograph]:
    """The photographs of one check at one site of the plan."""
    plan: EvaluationPlan | None = application.plan
    if plan is None or site >= len(plan.sites):
        return []
    place = plan.sites[site].id
    return [found for found in application.photographs if (found.site_id, found.check_slug) == (place, check)]


PREPARE = {(APPLICATION, "verify_site"): check_rights}

EFFECTS = {(APPLICATION, "verify_site"): verify_site}
