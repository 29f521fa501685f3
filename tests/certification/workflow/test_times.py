"""Every day that is typed is bounded by what it follows and what orders it, or it is said why not."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as thing
from typing import Any

import pytest
import wtforms
from flask_wtf import FlaskForm
from pydantic import BaseModel

from certification.shapes import InventoryFacts
from certification.steps import ASKS
from certification.workflow.times import TIMES
from core import lifecycle, times
from core.clock import travel
from core.errors import Invalid
from core.members import taken_apart
from core.step.forms import Asking

TODAY = date(2026, 11, 25)
BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
A_WEEK = TODAY - timedelta(days=7)

SPAN = "the span of a right, as whoever grants it decided: since when it is known stands beside it"
ASKED = "a question about a day, by which nothing is kept"
PLANNED = "what an office sets for what is to come, bounded by the law of its own table"

SPANS = ("CompetenceForm", "TieForm", "BodyForm", "LaboratoryForm", "AccreditationForm", "PersonForm",
         "TrainingForm", "DatedForm", "_OfStaff")  # fmt: skip

# The doors that take no step: the form, its box, and the row of the office's table or why there is none.
BESIDE = {
    "CheckForm.on": ASKED,
    "LookForm.on": ASKED,
    "VerdictForm.on": ASKED,
    "BidForm.on": ASKED,
    "ShortlistForm.on": ASKED,
    "TenderForm.on": ASKED,
    "PurchaseForm.bought_on": "bounded by procurement.purchases.operations: not after today",
    **dict.fromkeys(("SuspensionForm.valid_from", "SuspensionForm.valid_to"), PLANNED),
    "SampleForm.issued_on": "a component that is shown to developers, and keeps nothing",
    "AbsenceForm.first": "a span of what is to come, which keeps nobody from what is done already",
    "AbsenceForm.last": "bounded by accounts.operations.absences: not before its first, not in the past",
    "DraftForm.cutoff": PLANNED,
    "DraftForm.policy_date": PLANNED,
    **dict.fromkeys(("PolicyForm.valid_from", "PolicyForm.valid_to"), PLANNED),
    "RetireForm.day": PLANNED,
    **dict.fromkeys(("RoleProposalForm.valid_from", "RoleProposalForm.valid_to"), PLANNED),
    "PublishForm.effective_from": PLANNED,
    "EntryForm.on": "the day on a receipt, which is attached to it; no right and no clock rests on it",
    "RequestForm.until": "a wish: the act itself is bounded (certificate.suspend)",
    "BatchForm.until": "of the acts it brings about, each of which is bounded (certificate.suspend)",
    "UseForm.since": "the holder's own register of what it did before; no right rests on it",
    "EndForm.until": "bounded by label_uses.end_use: not before it began, not after today",
    "EndForm.on": "an entry of a register may end on a day that is past: operations.end_entry bounds it",
    "EndForm.valid_to": "bounded by impartiality.operations: not before it began, not after today",
    **dict.fromkeys(("LateForm.first", "LateForm.last"), "bounded by late.operations: not after today"),
    "InventoryForm.period_from": "the year of the activity data, judged by carbon.checks",
    "InventoryForm.period_to": "the year of the activity data, judged by carbon.checks",
    **dict.fromkeys((f"{form}.{box}" for form in SPANS for box in ("valid_from", "valid_to")), SPAN),
}  # fmt: skip
# Steps of other offices, which have laws of their own for what they plan.
ELSEWHERE = {
    **dict.fromkeys(("edition.redraft.cutoff", "edition.redraft.policy_date",
                     "edition.open_notice.notice_from", "edition.open_notice.notice_to",
                     "rule_draft.open_comment.comment_from", "rule_draft.open_comment.comment_to",
                     "rule_draft.publish.convert_by"), PLANNED),
    "shortlist.award.until": "bounded by shortlists.operations: the last day of a contract, not in the past",
}  # fmt: skip


def members(shape: type[BaseModel], way: str = "") -> Iterator[str]:
    """The members of a shape that are days, with a star for each row of a list."""
    for name, field in shape.model_fields.items():
        yield from _days(field.annotation, field.metadata, way + name)


def _days(annotation: Any, said: list, place: str) -> Iterator[str]:
    bare, _said = taken_apart(annotation, *said)
    rows = getattr(bare, "__args__", ())
    if bare is date:
        yield place
    elif isinstance(bare, type) and not rows and issubclass(bare, BaseModel):
        yield from members(bare, f"{place}.")
    elif getattr(bare, "__origin__", None) is list:
        yield from _days(rows[0], [], f"{place}.*")


def every_step() -> dict[str, type[BaseModel]]:
    rows = lifecycle._rows.items()
    return {f"{machine.kind}.{step}": row.asks for (machine, step), row in rows if row.asks}


def forms(of: type) -> Iterator[type]:
    for each in of.__subclasses__():
        yield each
        yield from forms(each)


def boxes() -> set[str]:
    """The boxes for days in forms that take no step."""
    found = set()
    for form in set(forms(FlaskForm)) | set(forms(wtforms.Form)):
        if issubclass(form, Asking) or not form.__module__.startswith(OFFICES):
            continue
        for name in dir(form):
            field = getattr(form, name)
            kind = getattr(field, "field_class", None)
            if isinstance(kind, type) and issubclass(kind, wtforms.DateField) and not name.startswith("_"):
                found.add(f"{form.__name__}.{name}")
    return found


OFFICES = ("accounts", "registers", "carbon", "schemes", "certification", "catalog", "procurement",
           "oversight", "core")  # fmt: skip


def test_every_day_that_is_typed_with_a_step_has_its_row(app):
    asked = {f"{step}.{member}" for step, shape in every_step().items() for member in members(shape)}
    bounded = {f"{step}.{row.member}" for step, rows in TIMES.items() for row in rows}
    assert len(asked) > 25
    assert asked - bounded - ELSEWHERE.keys() == set()
    assert bounded - asked == set(), "a row about nothing that is typed"


def test_every_other_day_that_is_typed_is_said_why_it_has_none(app):
    assert boxes() - BESIDE.keys() == set()


def test_a_day_without_a_row_is_noticed():
    class Strange(BaseModel):
        met_on: date | None = None
        rows: list[InventoryFacts] = []

    assert set(members(Strange)) == {"met_on", "rows.*.period_from", "rows.*.period_to"}


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


SAMPLE = {"ordered_on": A_WEEK, "drawn_on": A_WEEK, "received_on": A_WEEK, "results": [], "custody": []}
REPORT = thing(issued_on=A_WEEK, sample=thing(received_on=A_WEEK))

OUTSIDE = [
    ("application.correct", {}, {"due": BEFORE}, {"due": "date-in-the-past"}),
    ("application.plan", {"plan": None}, {"site_from": BEFORE, "site_to": TODAY},
     {"site_from": "date-in-the-past"}),
    ("application.plan", {"plan": None}, {"site_from": AFTER, "site_to": TODAY},
     {"site_to": "before-the-start"}),
    ("application.plan", {"plan": None}, {"site_from": TODAY, "site_to": TODAY + timedelta(days=181)},
     {"site_to": "visit-too-long"}),
    ("application.replan", {"plan": thing(site_from=BEFORE, site_to=TODAY)},
     {"site_from": A_WEEK, "site_to": BEFORE},
     {"site_from": "date-in-the-past", "site_to": "date-in-the-past"}),
    ("application.verify_site", {"former_plans": [], "plan": thing(planned_at=at(TODAY))},
     {"started_on": BEFORE, "ended_on": TODAY}, {"started_on": "before-the-plan"}),
    ("application.verify_site", {"former_plans": [], "plan": thing(planned_at=at(A_WEEK))},
     {"started_on": TODAY, "ended_on": BEFORE}, {"ended_on": "before-the-start"}),
    ("application.verify_site", {"former_plans": [], "plan": thing(planned_at=at(A_WEEK))},
     {"started_on": BEFORE, "ended_on": AFTER}, {"ended_on": "date-in-the-future"}),
    ("application.verify_site", {"former_plans": [], "plan": thing(planned_at=at(A_WEEK))},
     {"started_on": BEFORE, "ended_on": BEFORE, "meetings": [{"on": A_WEEK}, {"on": TODAY}]},
     {"meetings.0.on": "before-the-start", "meetings.1.on": "after-the-end"}),
    ("sample.accept_order", SAMPLE, {"expected_on": BEFORE}, {"expected_on": "date-in-the-past"}),
    ("sample.draw", SAMPLE, {"drawn_on": A_WEEK - timedelta(days=1)}, {"drawn_on": "before-the-order"}),
    ("sample.dispatch", SAMPLE, {"drawn_on": A_WEEK - timedelta(days=1)}, {"drawn_on": "before-the-order"}),
    ("sample.draw", SAMPLE, {"drawn_on": AFTER}, {"drawn_on": "date-in-the-future"}),
    ("sample.send", SAMPLE, {"sent_on": A_WEEK - timedelta(days=1)}, {"sent_on": "before-the-drawing"}),
    ("sample.send", SAMPLE, {"sent_on": AFTER}, {"sent_on": "date-in-the-future"}),
    ("sample.hand_over", SAMPLE | {"custody": [thing(on=BEFORE)]}, {"on": A_WEEK},
     {"on": "before-the-last-hand-over"}),
    ("sample.receive", SAMPLE | {"custody": [thing(on=BEFORE)]}, {"received_on": A_WEEK},
     {"received_on": "before-the-last-hand-over"}),
    ("sample.receive", SAMPLE, {"received_on": AFTER}, {"received_on": "date-in-the-future"}),
    ("sample.record", SAMPLE,
     {"results": [{"performed_on": TODAY}, {"performed_on": A_WEEK - timedelta(days=1)},
                  {"performed_on": AFTER}]},
     {"results.1.performed_on": "before-the-receipt", "results.2.performed_on": "date-in-the-future"}),
    ("sample.report", SAMPLE | {"results": [thing(performed_on=A_WEEK), thing(performed_on=TODAY)]},
     {"issued_on": BEFORE}, {"issued_on": "before-the-tests"}),
    ("sample.report", SAMPLE, {"issued_on": AFTER}, {"issued_on": "date-in-the-future"}),
    ("sample.retain", SAMPLE, {"retained_until": BEFORE}, {"retained_until": "date-in-the-past"}),
    ("test_report.amend", vars(REPORT), {"issued_on": A_WEEK - timedelta(days=1)},
     {"issued_on": "before-the-first-report"}),
    ("test_report.amend", vars(REPORT), {"issued_on": BEFORE, "results": [{"performed_on": TODAY}]},
     {"results.0.performed_on": "after-the-report"}),
    ("test_report.amend", vars(REPORT), {"issued_on": TODAY,
                                         "results": [{"performed_on": A_WEEK - timedelta(days=1)}]},
     {"results.0.performed_on": "before-the-receipt"}),
    ("certificate.suspend", {}, {"until": BEFORE}, {"until": "date-in-the-past"}),
    ("status_proposal.verify", {"suspended_on": BEFORE}, {"verified_on": A_WEEK},
     {"verified_on": "before-the-suspension"}),
    ("status_proposal.verify", {"suspended_on": BEFORE}, {"verified_on": AFTER},
     {"verified_on": "date-in-the-future"}),
    ("surveillance.notify", {}, {"on": BEFORE}, {"on": "date-in-the-past"}),
    ("surveillance.conduct", {"steps": [thing(step="notify", at=at(TODAY))]}, {"conducted_on": BEFORE},
     {"conducted_on": "before-the-notice"}),
    ("surveillance.conduct", {"steps": []}, {"conducted_on": AFTER}, {"conducted_on": "date-in-the-future"}),
    ("surveillance.conduct", {"steps": []}, {"footprint_from": AFTER},
     {"footprint_from": "date-in-the-future"}),
    ("surveillance.conduct", {"steps": []}, {"footprint_to": AFTER}, {"footprint_to": "date-in-the-future"}),
    ("surveillance.conduct", {"steps": []}, {"footprint_from": TODAY, "footprint_to": BEFORE},
     {"footprint_to": "before-the-start"}),
    ("surveillance.require", {}, {"due": BEFORE}, {"due": "date-in-the-past"}),
]  # fmt: skip


@pytest.mark.parametrize(("step", "subject", "facts", "refused"), OUTSIDE)
def test_a_day_outside_its_bounds_is_refused_at_its_member_for_its_own_reason(
    app, step, subject, facts, refused
):
    with travel(TODAY), pytest.raises(Invalid) as no:
        times.check(TIMES[step], thing(**subject), facts)
    assert no.value.fields == refused
    assert set(no.value.details) == set(refused)


def test_every_bound_is_tried():
    with_rows = {f"{step}.{row.member}" for step, rows in TIMES.items() for row in rows}
    tried = {
        f"{step}.{'.'.join('*' if part.isdigit() else part for part in place.split('.'))}"
        for step, _subject, _facts, refused in OUTSIDE
        for place in refused
    }
    assert with_rows - tried == set()


def test_the_very_day_is_inside_and_what_is_not_typed_is_not_judged(app):
    with travel(TODAY):
        times.check(TIMES["sample.draw"], thing(**SAMPLE), {"drawn_on": A_WEEK})
        times.check(TIMES["sample.draw"], thing(**SAMPLE), {"drawn_on": TODAY})
        times.check(TIMES["sample.draw"], thing(**SAMPLE), {})


def test_what_stands_in_a_plan_already_is_not_judged_again(app):
    case = thing(plan=thing(site_from=A_WEEK, site_to=BEFORE))
    with travel(TODAY):
        times.check(TIMES["application.replan"], case, {"site_from": A_WEEK, "site_to": TODAY})


def test_a_visit_is_bounded_by_the_first_plan_and_not_by_its_change(app):
    former, visit = [thing(planned_at=at(A_WEEK))], {"started_on": BEFORE, "ended_on": TODAY}
    with travel(TODAY):
        case = thing(former_plans=former, plan=thing(planned_at=at(TODAY)))
        times.check(TIMES["application.verify_site"], case, visit)


def test_the_steps_that_are_asked_are_the_steps_of_the_table(app):
    named = {f"{machine.kind}.{step}" for machine, step in ASKS}
    assert TIMES.keys() <= named
