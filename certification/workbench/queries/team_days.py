"""Where everybody of a body is, and who is in two places; what its laboratories test, and until when."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlalchemy import false, func, select

from accounts.actor import Actor
from accounts.models import Organisation, User
from accounts.queries import absences
from certification.aftercare.models import Surveillance, SurveillanceMember
from certification.application.models import Application
from certification.certificate.models import Certificate
from certification.evaluation.models import EvaluationPlan, TeamMember
from certification.laboratory.models import Sample
from core.db import db

KINDS = ("visit", "check", "absence", "test")


@dataclass(frozen=True)
class Booked:
    """Whole days of one person, or of a laboratory, both ends included.  `kind`: of KINDS; `about`: the
    number of the case, of the certificate, of the sample; `thing_id`: of the case, of the check; of the
    sample, where a laboratory asks."""

    whose: User | Organisation
    kind: str
    first: date
    last: date
    about: str = ""
    thing_id: int = 0

    def meets(self, other: "Booked") -> bool:
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Line:
    """Somebody's days in order, each with whether it meets another of the same person."""

    whose: User | Organisation
    days: list[tuple[Booked, bool]]

    @property
    def clashes(self) -> bool:
        return any(clash for _day, clash in self.days)


def team_days(actor: Actor, first: date, last: date) -> list[Line]:
    """Everybody of the actor's body who is somewhere between these days, by name."""
    if actor.kind != "certification_body":
        return []
    found = (_visits(actor, first, last), _checks(actor, first, last), _absences(actor, first, last))
    return _lines(chain(*found), _clashing)


def laboratory_days(actor: Actor, first: date, last: date) -> list[Line]:
    """Each laboratory that tests for the actor's body, or the actor's own, by name: every sample from the day
    it was ordered, or came, to the day for which the report was promised.  Many at once is no clash."""
    return _lines(_tests(actor, first, last), lambda days: [False] * len(days))


def _lines(found: Iterable[Booked], clashing: Callable[[list[Booked]], list[bool]]) -> list[Line]:
    by_whom: dict[int, list[Booked]] = defaultdict(list)
    for booked in found:
        by_whom[booked.whose.id].append(booked)
    lines = []
    for unsorted in by_whom.values():
        days = sorted(unsorted, key=lambda day: (day.first, day.last, day.about))
        lines.append(Line(days[0].whose, list(zip(days, clashing(days), strict=True))))
    return sorted(lines, key=lambda line: (line.whose.name, line.whose.id))


def _clashing(days: list[Booked]) -> list[bool]:
    return [
        any(day.meets(other) for place, other in enumerate(days) if place != own)
        for own, day in enumerate(days)
    ]


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


def _tests(actor: Actor, first: date, last: date) -> Iterator[Booked]:
    """What was promised and not given up; what was reported stays where it was promised."""
    theirs = {
        "certification_body": Application.body_id == actor.organisation_id,
        "testing_body": Sample.laboratory_id == actor.organisation_id,
    }
    begun = func.coalesce(Sample.received_on, Sample.accepted_on, Sample.ordered_on)
    query = (
        select(Sample)
        .join(Sample.application)
        .where(theirs.get(actor.kind, false()), ~Sample.is_given_up)
        .where(Sample.expected_on >= first, begun <= last)
    )
    for sample in db.session.scalars(query.order_by(Sample.id)):
        if end := sample.expected_on:  # likewise
            begin = sample.received_on or sample.accepted_on or sample.ordered_on
            thing = sample.id if actor.kind == "testing_body" else sample.application_id
            yield Booked(sample.laboratory, "test", min(begin, end), end, sample.number, thing)
