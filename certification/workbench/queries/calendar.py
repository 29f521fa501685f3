"""The days a person has to keep: when something is due of them, and when a site is visited."""

from datetime import date
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select

from accounts.actor import Actor
from accounts.queries import own_absences
from certification.aftercare.models import Surveillance, SurveillanceMember
from certification.application.models import Application
from certification.application.queries.applications import visible
from certification.certificate.models import Certificate
from certification.clocks.models import Clock
from certification.clocks.notices import people_of
from certification.clocks.operations.clocks import thing_of
from certification.conversion import queries as conversion
from certification.evaluation.models import EvaluationPlan
from certification.laboratory.models import Sample
from certification.notices import number_of, page
from core.db import db
from core.errors import NotFound
from core.ics import Day
from core.machine import Subject
from core.words import word

HOLDERS, CHANGES = "/certification/", "/certification/rule-changes/"


def days(actor: Actor) -> list[Day]:
    """Every day the actor has to keep, in the language of the moment, the nearest first."""
    found = [*_due(actor), *_visits(actor), *_checks(actor), *_tests(actor), *_absences(actor)]
    found += _conversions(actor)
    return sorted(found, key=lambda day: (day.first, day.uid))


def day(actor: Actor, name: str) -> Day:
    """One of them by the name in its address, such as visit-7."""
    for found in days(actor):
        if found.uid.partition("@")[0] == name:
            return found
    raise NotFound("calendar-day-unknown")


def _due(actor: Actor) -> list[Day]:
    cases = visible(actor).with_only_columns(Application.id)
    query = select(Clock).where(
        Clock.result == "running", Clock.due.is_not(None), Clock.application_id.in_(cases)
    )
    found = [(clock, people_of(clock)) for clock in db.session.scalars(query.order_by(Clock.id))]
    mine = [(clock, thing_of(clock), people) for clock, people in found if actor.roles & people.roles]
    return [
        _day(f"clock-{clock.id}", clock.due, clock.due, thing, people.side, f"clock.{clock.name}")
        for clock, thing, people in mine
        if clock.due and (not people.named or actor.id in people.find(thing))
    ]


def _visits(actor: Actor) -> list[Day]:
    query = visible(actor).join(Application.plan).where(Application.is_visited)
    cases = db.session.scalars(query.order_by(EvaluationPlan.site_from))
    side = "applicant" if actor.kind == "manufacturer" else "body"
    return [
        _day(f"visit-{case.id}", plan.site_from, plan.site_to, case, side, "calendar.visit")
        for case in cases
        if (plan := case.plan) and plan.site_from and plan.site_to and _keeps(actor, plan)
    ]


def _checks(actor: Actor) -> list[Day]:
    """The follow-up checks the actor makes, or is visited for, on the day the holder was told of."""
    made = Surveillance.team.any(SurveillanceMember.user_id == actor.id)
    held = Surveillance.certificate.has(Certificate.holder_id == actor.organisation_id)
    mine = held if actor.kind == "manufacturer" else made
    query = select(Surveillance).where(mine, Surveillance.is_open, Surveillance.on.is_not(None))
    side = "applicant" if actor.kind == "manufacturer" else "body"
    return [
        _day(f"check-{check.id}", check.on, check.on, check, side, "calendar.check")
        for check in db.session.scalars(query.order_by(Surveillance.on))
        if check.on
    ]


def _tests(actor: Actor) -> list[Day]:
    """The day for which the actor's laboratory promised a report that is still awaited."""
    if actor.kind != "testing_body":
        return []
    query = select(Sample).where(Sample.laboratory_id == actor.organisation_id, Sample.is_unreported)
    return [
        _day(
            f"test-{sample.id}",
            sample.expected_on,
            sample.expected_on,
            sample,
            "laboratory",
            "calendar.report",
        )
        for sample in db.session.scalars(query.where(Sample.expected_on.is_not(None)).order_by(Sample.id))
        if sample.expected_on
    ]


def _absences(actor: Actor) -> list[Day]:
    base = current_app.config["PUBLIC_URL"]
    return [
        Day(
            uid=f"absence-{absence.id}@{urlsplit(base).hostname}",
            first=absence.first,
            last=absence.last,
            text=str(word("calendar.absence")),
            url=f"{base}/account",
        )
        for absence in own_absences(actor)
    ]


def _conversions(actor: Actor) -> list[Day]:
    """The last day to convert certificates to a new version of their rule."""
    base, host = current_app.config["PUBLIC_URL"], urlsplit(current_app.config["PUBLIC_URL"]).hostname
    return [
        Day(
            uid=f"conversion-{each.change.id}@{host}",
            first=each.change.convert_by,
            last=each.change.convert_by,
            text=f"{each.change.number} {word('calendar.conversion')}",
            url=base + (HOLDERS if actor.kind == "manufacturer" else f"{CHANGES}{each.change.id}"),
        )
        for each in conversion.due(actor)
    ]


def _keeps(actor: Actor, plan: EvaluationPlan) -> bool:
    team = {member.user_id for member in plan.team}
    return actor.kind == "manufacturer" or "case_officer" in actor.roles or actor.id in team


def _day(name: str, first: date, last: date, thing: Subject, side: str, what: str) -> Day:
    base = current_app.config["PUBLIC_URL"]
    return Day(
        uid=f"{name}@{urlsplit(base).hostname}",
        first=first,
        last=last,
        text=f"{number_of(thing, side)} {word(what)}",
        url=base + page(side)(thing),
    )
