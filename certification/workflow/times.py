"""Every day that is typed with a step, and what bounds it: the time of what it follows and of what orders it.

A row for each; the test of the table finds what is typed and demands one.  A day that stands already is not
judged again: a row compares what is typed now with what was there before.  The day of something that happened
(`_event`) is typed late after as many days as the rule of the case says, and then needs a reason.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from core.clock import day_of, today
from core.machine import Facts
from core.times import NOW, TODAY, Bound, DayOf, Stands, Typed, of, told

if TYPE_CHECKING:
    from certification.aftercare.models import Surveillance
    from certification.application.models import Application
    from certification.laboratory.models import Sample, TestReport


LONGEST_VISIT = timedelta(days=180)


def _planned(case: "Application", _facts: Facts) -> date | None:
    """The first plan counts: one that was changed since does not make a visit under way impossible."""
    if case.plan is None:
        return None
    return min(
        day_of(moment) for moment in (case.plan.planned_at, *(old.planned_at for old in case.former_plans))
    )


def _standing(name: str) -> Bound:
    """A day of the plan that stands already is not judged again."""

    def day(case: "Application", _facts: Facts) -> date | None:
        stands = getattr(case.plan, name, None)
        return min(today(), stands) if stands else today()

    return Bound(TODAY.slug, day)


def _longest(member: str) -> DayOf:
    def day(_case: "Application", facts: Facts) -> date | None:
        begins = facts.get(member)
        return begins + LONGEST_VISIT if begins else None

    return day


def _last_held(sample: "Sample", _facts: Facts) -> date | None:
    return max((entry.on for entry in sample.custody), default=sample.drawn_on)


def _performed(sample: "Sample", _facts: Facts) -> date | None:
    return max((result.performed_on for result in sample.results), default=sample.received_on)


def _announced(check: "Surveillance", _facts: Facts) -> date | None:
    return max((day_of(step.at) for step in check.steps if step.step == "notify"), default=None)


def _received(report: "TestReport", _facts: Facts) -> date | None:
    return report.sample.received_on


def _event(
    member: str,
    not_before: tuple[Bound, ...],
    not_after: tuple[Bound, ...] = (NOW,),
    by: str = "",
    stands: Stands | None = None,
) -> Typed:
    return Typed(member, not_before, not_after, IN_TIME, by, stands)


def _in_time(thing: Any, _facts: Facts) -> date:  # of whichever type a row is about
    """The first day that is not typed late today."""
    about = getattr(thing, "sample", thing)
    about = getattr(about, "certificate", getattr(about, "application", about))
    return today() - timedelta(days=about.scheme.late_after)


def _visited(case: "Application", name: str, day: date) -> bool:
    return case.site is not None and getattr(case.site, name) == day


def _met(case: "Application", name: str, day: date) -> bool:
    """Of the meetings of a record that is written once more."""
    kind, met = name.split(".")[1], case.site.meetings if case.site else []
    return any((each["kind"], each["on"]) == (kind, day.isoformat()) for each in met)


def _measured(thing: "Sample | TestReport", name: str, day: date) -> bool:
    item = name.split(".")[1]
    return any((row.item, row.performed_on) == (item, day) for row in thing.results)


IN_TIME = Bound("late-reason-missing", _in_time)
LONGEST = Bound("visit-too-long", _longest("started_on"))
PLANNED = Bound("before-the-plan", _planned)
ORDERED = of("before-the-order", "ordered_on")
DRAWN = of("before-the-drawing", "drawn_on")
LAST_HELD = Bound("before-the-last-hand-over", _last_held)
RECEIVED = of("before-the-receipt", "received_on")
PERFORMED = Bound("before-the-tests", _performed)
STARTED = told("before-the-start", "started_on")
ENDED = told("after-the-end", "ended_on")

VISIT = (
    Typed("site_from", (_standing("site_from"),)),
    Typed(
        "site_to",
        (_standing("site_to"), told("before-the-start", "site_from")),
        (Bound("visit-too-long", _longest("site_from")),),
    ),
)
DRAWING = (_event("drawn_on", (ORDERED,)),)

TIMES: dict[str, tuple[Typed, ...]] = {
    "application.correct": (Typed("due", (TODAY,)),),
    "application.plan": VISIT,
    "application.replan": VISIT,
    "application.verify_site": (
        _event("started_on", (PLANNED,), stands=_visited),
        _event("ended_on", (STARTED,), (NOW, LONGEST), stands=_visited),
        _event("meetings.*.on", (STARTED,), (ENDED, NOW), "kind", _met),
    ),
    "sample.accept_order": (Typed("expected_on", (TODAY,)),),
    "sample.draw": DRAWING,
    "sample.dispatch": DRAWING,
    "sample.send": (_event("sent_on", (DRAWN,)),),
    "sample.hand_over": (_event("on", (LAST_HELD,)),),
    "sample.receive": (_event("received_on", (LAST_HELD,)),),
    "sample.record": (_event("results.*.performed_on", (RECEIVED,), (NOW,), "item", _measured),),
    "sample.report": (_event("issued_on", (PERFORMED,)),),
    "sample.retain": (Typed("retained_until", (TODAY,)),),
    "test_report.amend": (
        _event("issued_on", (of("before-the-first-report", "issued_on"),)),
        _event(
            "results.*.performed_on",
            (Bound("before-the-receipt", _received),),
            (told("after-the-report", "issued_on"), NOW),
            "item",
            _measured,
        ),
    ),
    "certificate.suspend": (Typed("until", (TODAY,)),),
    "status_proposal.verify": (
        _event("verified_on", (of("before-the-suspension", "suspended_on"),)),
    ),
    "surveillance.notify": (Typed("on", (TODAY,)),),
    "surveillance.conduct": (
        _event("conducted_on", (Bound("before-the-notice", _announced),)),
        Typed("footprint_from", (), (NOW,)),
        Typed("footprint_to", (told("before-the-start", "footprint_from"),), (NOW,)),
    ),
    "surveillance.require": (Typed("due", (TODAY,)),),
}  # fmt: skip
