"""Where everybody of a body is in a month: visits, follow-up checks, days away; and who is in two places."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from accounts.actor import Actor
from accounts.models import User
from accounts.queries import absences
from certification.aftercare.models import Surveillance, SurveillanceMember
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.evaluation.models import EvaluationPlan, TeamMember
from core.calendar.count import DAY, months_after
from core.db import db

KINDS = ("visit", "check", "absence")


@dataclass(frozen=True)
class Booked:
    """Whole days of one person, both ends included.  `kind`: of KINDS; `about`: the number of
    the case or of the certificate; `thing_id`: of the case, of the check."""

    person: User
    kind: str
    first: date
    last: date
    about: str = ""
    thing_id: int = 0

    def meets(self, other: "Booked") -> bool:
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Line:
    """One person's days in order, each with whether it meets another of the same person."""

    person: User
    days: list[tuple[Booked, bool]]

    @property
    def clashes(self) -> bool:
        return any(clash for _day, clash in self.days)


def team_days(actor: Actor, month: date) -> list[Line]:
    """Everybody of the actor's body who is somewhere in the month that begins on this day, by name."""
    last = months_after(month, 1) - DAY
    by_person: dict[int, list[Booked]] = defaultdict(list)
    for found in (_visits(actor, month, last), _checks(actor, month, last), _absences(actor, month, last)):
        for booked in found:
            by_person[booked.person.id].append(booked)
    lines = [_line(sorted(days, key=lambda day: (day.first, day.last))) for days in by_person.values()]
    return sorted(lines, key=lambda line: (line.person.name, line.person.id))


def _line(days: list[Booked]) -> Line:
    clashes = [
        any(day.meets(other) for place, other in enumerate(days) if place != own)
        for own, day in enumerate(days)
    ]
    return Line(days[0].person, list(zip(days, clashes, strict=True)))


def _visits(actor: Actor, first: date, last: date) -> Iterator[Booked]:
    query = (
        select(User, EvaluationPlan.site_from, EvaluationPlan.site_to, Application.number, Application.id)
        .join(TeamMember, TeamMember.user_id == User.id)
        .join(EvaluationPlan, EvaluationPlan.id == TeamMember.plan_id)
        .join(Application, Application.id == EvaluationPlan.application_id)
        .where(Application.body_id == actor.organisation_id, Application.is_visited)
        .where(EvaluationPlan.site_from <= last, EvaluationPlan.site_to >= first)
    )
    for person, begin, end, number, case_id in db.session.execute(query.distinct()):
        if begin and end:  # or it were not found by them
            yield Booked(person, "visit", begin, end, number, case_id)


def _checks(actor: Actor, first: date, last: date) -> Iterator[Booked]:
    query = (
        select(User, Surveillance.on, Certificate.number, Surveillance.id)
        .join(SurveillanceMember, SurveillanceMember.user_id == User.id)
        .join(Surveillance, Surveillance.id == SurveillanceMember.surveillance_id)
        .join(Certificate, Certificate.id == Surveillance.certificate_id)
        .where(Certificate.body_id == actor.organisation_id, Surveillance.on.between(first, last))
    )
    for person, day, number, check_id in db.session.execute(query.distinct()):
        if day:  # likewise
            yield Booked(person, "check", day, day, number, check_id)


def _absences(actor: Actor, first: date, last: date) -> Iterator[Booked]:
    for absence in absences(actor, first, last):
        yield Booked(absence.user, "absence", absence.first, absence.last)
