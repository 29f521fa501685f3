"""Every condition of every step is seen to let pass and to refuse, for the reason the rules name."""

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace as thing

import pytest

from certification.workflow import MACHINES
from core import clock
from core.errors import Unmet
from tests.certification.lists import CONDITIONS, SPLIT, confirmed
from tests.certification.workflow import (
    law_of_appeals,
    law_of_complaints,
    law_of_life,
    law_of_people,
    law_of_samples,
)
from tests.certification.workflow.days import LAST_WEEK, TODAY
from tests.certification.workflow.good_world import (
    ALWAYS,
    FACTS,
    FIRST,
    ITEMS,
    ME,
    MEETINGS,
    NEVER,
    SITE,
    SOMEBODY_ELSE,
    SUBJECT,
    registration,
)
from tests.certification.workflow.groups import (
    APART,
    BY_THE_TEAM,
    CASE_STAFF,
    COMPLETE,
    EVALUATED,
    GROUND,
    JUDGED,
    SETTLED,
    STAFF_OF_A_PART,
    STATUS,
    WITH_REASON,
)
from tests.factories import paper_actor
from tests.schemes.examples import tyre

MACHINE = {machine.kind: machine for machine in MACHINES}

OVER, LISTED = Fraction("10.81"), "application.review_documents application.recommend"
SETTLED_ROW = (("application.verified_items.0.outcome", "corrected"), ("declared", {"gas": {}}),
               ("application.questions.0.nonconformity_id", 5))  # fmt: skip
RETEST = {"facts.retest_of": 5, "facts.reason": "复检", "facts.items": ["strength"], "facts.retests_made": 0,
          "facts.planned_items": ["strength"], "facts.failed_items": ["strength"]}  # fmt: skip

# One thing is changed in the good world, and the step is refused for exactly this reason.
REFUSED = [
    (COMPLETE, {"producer.uscc": ""}, "parties-incomplete"),
    (COMPLETE, {"factory.address": ""}, "parties-incomplete"),
    (COMPLETE, {"product_name": ""}, "product-unnamed"),
    (COMPLETE, {"models": []}, "models-missing"),
    (COMPLETE, {"series": "ISO 9001 质量管理"}, "product-claims-system"),
    (COMPLETE, {"models.0.specification": "已通过能源管理体系认证"}, "product-claims-system"),
    (COMPLETE, {"scheme.changes": [("/parameters", [tyre()["parameters"][3]])]}, "parameters-missing"),
    (COMPLETE, {"scheme.changes": [("/parameters", [tyre()["parameters"][3]])],
                "parameters": {"mass": "1"}}, "parameters-wrong"),
    (COMPLETE, {"scheme.changes": [("/parameters", [{**tyre()["parameters"][0], "required": "never"}]),
                                   ("/criteria/0/rows/0/when", [{"parameter": "vehicle", "one_of": ["car"]}]),
                                   ("/criteria/0/by", ["vehicle"])]}, "product-in-no-class"),
    (COMPLETE, {"current_files": []}, "files-missing"),
    (COMPLETE, {"inventory.is_filled": False}, "inventory-incomplete"),
    (COMPLETE, {"inventory.system_fault": "system-singular"}, "system-unsolved"),
    *((COMPLETE, {place: [thing(kind=kind, upload=thing(kind=kind))]}, f"{what}-{slug}")
      for kind, what in (("inventory", "activity"), ("models", "models"))
      for place, slug in (("unread", "unread"), ("staged", "not-applied"))),
    (COMPLETE, {"inventory.rows": [thing(takes_away=True)]}, "negative-without-ground"),
    (COMPLETE, {"unproved": [0]}, "rows-without-evidence"),
    (COMPLETE, {"questions.0.is_unanswered": True}, "question-unanswered"),
    (COMPLETE, {"scheme.in_force_on": NEVER}, "scheme-not-in-force"),
    (f"{COMPLETE} application.accept application.plan application.replan application.grant application.issue",
     {"body_scopes": [thing(scheme_code="scheme", valid_on=NEVER)]}, "body-out-of-scope"),
    (f"{COMPLETE} application.accept application.plan application.replan application.grant application.issue",
     {"body_scopes": [thing(scheme_code="other", valid_on=ALWAYS)]}, "body-out-of-scope"),
    ("application.submit", {"adoptions": []}, "scheme-not-adopted"),
    ("application.submit", {"adoptions.1.is_in_force": False}, "scheme-not-adopted"),
    ("application.plan", {"adoptions.1.person_days": Decimal("2.5")}, "person-days-too-few"),
    ("application.submit", {"facts.declared": False}, "declaration-missing"),
    ("application.correct", {"facts.points": []}, "points-missing"),
    ("application.correct", {"facts.points": [{"anchor": "models", "text": ""}]}, "points-missing"),
    ("application.correct", {"facts.points": [{"anchor": "state", "text": "改"}]}, "point-place-unknown"),
    ("application.correct", {"points": [thing(round=1)]}, "second-list-unexplained"),
    ("application.resubmit", {"open_points": [thing(answer="")]}, "point-unanswered"),
    ("application.terminate", {"correction_due": TODAY}, "correction-not-overdue"),
    ("application.terminate", {"correction_due": None}, "correction-not-overdue"),
    ("application.decline", {"facts.reason": "未接受我方咨询"}, "reason-names-consulting"),
    ("application.accept", {"competent_people": lambda _day: set()}, "no-competent-person"),
    ("application.accept", {"facts.conditions": confirmed(*CONDITIONS[1:])}, "conditions-unconfirmed"),
    ("application.accept", {"facts.conditions": confirmed(note="")}, "condition-unproved"),
    ("application.accept", {"openings": [thing(is_asked=True)]}, "opening-unanswered"),
    ("application.correct", {"facts.points": [SPLIT]}, "point-splits-no-row"),
    ("application.offer", {"body_signed_by": "某人"}, "agreement-already-offered"),
    ("application.sign", {"body_signed_by": ""}, "agreement-not-offered"),
    ("application.sign", {"facts.agreed": False}, "agreement-not-read"),
    *((steps, {"conflicts": [thing(user_id=ME, bars_on=ALWAYS)]}, "conflict-of-interest")
      for steps in CASE_STAFF),
    *((steps, {"application.conflicts": [thing(user_id=ME, bars_on=ALWAYS)]}, "conflict-of-interest")
      for steps in STAFF_OF_A_PART),
    *((steps, {f"hands.{duty}": {ME}}, f"took-part-in-{duty}") for duty, steps in APART),
    ("application.plan", {"facts.team": [(ME, "document_reviewer"), (2, "lead_verifier")]},
     "took-part-in-planning"),
    (STATUS, {"application.hands.evaluation": {ME}}, "took-part-in-evaluation"),
    ("sample.record sample.report test_report.amend test_report.retract",
     {"application.conflicts": [thing(user_id=ME, bars_on=ALWAYS)]}, "conflict-of-interest"),
    (BY_THE_TEAM, {"registrations.0.valid_on": NEVER}, "verifier-not-registered"),
    (BY_THE_TEAM, {"registrations.0.family": "footprint_label"}, "verifier-not-registered"),
    (f"{BY_THE_TEAM} application.grant", {"declarations": []}, "impartiality-not-declared"),
    (f"{BY_THE_TEAM} application.accept", {"declarations.0.free": False}, "conflict-of-interest"),
    ("application.accept application.countersign", {"client_codes": {"B"}}, "body-tied-to-client"),
    ("application.accept application.grant",
     {"registrations": [registration(ME, body_id=2)]}, "registered-elsewhere"),
    ("application.plan application.replan", {"facts.site_to": TODAY}, "person-days-impossible"),
    ("application.plan", {"facts.sites": [SITE | {"person_days": Decimal(3)}],
                          "facts.team": [(3, "document_reviewer"), (2, "lead_verifier"), (3, "verifier")],
                          "facts.person_days": Decimal(3)}, "person-days-impossible"),
    ("application.replan", {"facts.parts": ["site", "tests"]}, "part-omitted"),
    ("application.plan application.replan", {"registrations.1.valid_on": lambda day: day == TODAY},
     "verifier-not-registered"),
    ("application.plan", {"facts.laboratory_id": None}, "plan-incomplete"),
    ("application.plan application.replan", {"facts.site_to": None}, "plan-incomplete"),
    ("application.plan application.replan", {"facts.team": [(1, "document_reviewer")]}, "team-incomplete"),
    ("application.plan", {"facts.team": [(1, "document_reviewer"), (2, "lead_verifier"), (1, "cook")]},
     "team-incomplete"),
    ("application.plan", {"registrations.1.valid_on": NEVER}, "verifier-not-registered"),
    ("application.plan", {"conflicts": [thing(user_id=2, bars_on=ALWAYS)]}, "conflict-of-interest"),
    ("application.plan application.replan", {"facts.methods_missing": ["GB 6566"]},
     "laboratory-out-of-scope"),
    ("application.plan", {"facts.person_days": Decimal("1.5")}, "person-days-too-few"),
    (BY_THE_TEAM, {"plan.holders": lambda _function: {SOMEBODY_ELSE}}, "not-on-the-team"),
    (LISTED, {"facts.items": [{"slug": "x"}]}, "checklist-unanswered"),
    ("application.review_documents", {"facts.findings": ""}, "review-incomplete"),
    ("application.review_documents", {"facts.result": "perhaps"}, "review-incomplete"),
    ("application.order_sample", {"facts.quantity": None}, "sample-incomplete"),
    ("application.order_sample", {"facts.method": "stolen"}, "sample-incomplete"),
    ("application.order_sample", {"facts.model": "M2"}, "sample-not-of-the-unit"),
    ("application.order_sample", {"facts.quantity": -3}, "quantity-not-positive"),
    ("application.raise", {"facts.fact": ""}, "finding-incomplete"),
    ("application.raise", {"facts.grade": "huge"}, "finding-incomplete"),
    ("application.verify_data", {"facts.items": []}, "nothing-verified"),
    ("application.give_opinion", {"verified_items": []}, "not-all-verified"),
    ("application.give_opinion", {"inventory.rows.0.quantity": Decimal(8)}, "not-all-verified"),
    ("application.give_opinion", {"facts.text": " "}, "opinion-incomplete"),
    ("application.give_opinion", {"facts.opinion": "fine"}, "opinion-incomplete"),
    ("application.give_opinion", {"facts.misstated": Decimal("0.0501")}, "opinion-contradicts-misstatements"),
    ("application.give_opinion", {"scheme.materiality": Decimal("0.96")},
     "opinion-contradicts-misstatements"),
    ("application.give_opinion", {"scheme.misstatement": Decimal("0.02"), "facts.misstated": Decimal("0.03")},
     "opinion-contradicts-misstatements"),
    ("application.give_opinion", {"verified_items.0.outcome": "unverifiable"},
     "opinion-contradicts-misstatements"),
    ("application.give_opinion", {"facts.opinion": "adverse"}, "opinion-contradicts-misstatements"),
    ("application.verify_site", {"document_review": None}, "documents-not-passed"),
    ("application.verify_site", {"facts.items": ITEMS[:6]}, "site-check-unanswered"),
    ("application.verify_site", {"facts.items": [*ITEMS[:6], ITEMS[6] | {"finding": ""}]},
     "site-check-unanswered"),
    ("application.verify_site", {"facts.items": [*ITEMS[:6], ITEMS[6] | {"finding": "minor"}]},
     "site-finding-without-fact"),
    ("application.verify_site", {"facts.items": [*ITEMS[:6], ITEMS[6] | {"finding": "minor", "note": "旧"}]},
     "site-conclusion-hides-findings"),
    ("application.verify_site", {"facts.conclusion": ""}, "site-conclusion-missing"),
    ("application.verify_site", {"plan.sites": [thing(), thing()]}, "site-check-unanswered"),
    ("application.verify_site", {"facts.meetings": MEETINGS[:1]}, "meeting-missing"),
    ("application.verify_site", {"facts.meetings": [MEETINGS[0], MEETINGS[1] | {"confirmed_by": ""}]},
     "meeting-missing"),
    ("application.verify_site", {"facts.meetings": [MEETINGS[0], MEETINGS[1] | {"on": LAST_WEEK}]},
     "dates-out-of-order"),
    ("application.plan", {"facts.sites": [SITE | {"address": "别处"}]}, "site-not-covered"),
    ("application.plan", {"facts.sites": [SITE | {"name": ""}]}, "site-unnamed"),
    ("application.plan", {"facts.sites": [SITE | {"person_days": Decimal(1)}]}, "person-days-too-few"),
    ("application.plan", {"facts.sites": [SITE, SITE]}, "person-days-too-few"),
    ("application.plan", {"facts.sites": [SITE | {"people": []}]}, "site-without-team"),
    ("application.plan", {"facts.sites": [SITE | {"people": [1]}]}, "site-without-team"),
    ("application.verify_site", {"facts.person_days": Decimal(1)}, "person-days-too-few"),
    ("application.verify_site", {"plan.person_days": None}, "person-days-too-few"),
    ("application.verify_site", {"facts.ended_on": None}, "visit-days-missing"),
    (EVALUATED, {"document_review.result": "fail"}, "documents-not-passed"),
    (EVALUATED, {"test_verdicts": {}}, "test-report-missing"),
    (EVALUATED, {"test_verdicts": {"strength": "fail"}}, "tests-not-passed"),
    (EVALUATED, {"test_verdicts": {"strength": "undecided"}}, "tests-not-passed"),
    (EVALUATED, {"site.conclusion": "fail"}, "site-not-passed"),
    (EVALUATED, {"site": None}, "site-not-passed"),
    (EVALUATED, {"nonconformities.0.anchor": "process_flow"}, "finding-not-raised"),
    (EVALUATED, {"nonconformities.0.state": "answered"}, "nonconformity-open"),
    (EVALUATED, {"questions.0.is_open": True}, "question-open"),
    (EVALUATED, {"opinion": None}, "opinion-missing"),
    (EVALUATED, {"footprint_id": 2}, "opinion-missing"),
    (EVALUATED, {"opinion.opinion": "disclaimed"}, "opinion-against"),
    ("application.finish", {"opinion.opinion": "unrecorded"}, "opinion-missing"),
    (EVALUATED, {"questions.0.is_uncounted": True}, "question-open"),
    ("application.report_failure", {"site.conclusion": "pass"}, "nothing-failed"),
    ("application.report_failure", {"site.conclusion": "pass", "nonconformities.0.state": "raised"},
     "nothing-failed"),
    ("application.recommend", {"facts.text": ""}, "review-incomplete"),
    ("application.recommend", {"facts.recommendation": "perhaps"}, "review-incomplete"),
    ("application.grant", {"review": None}, "not-reviewed"),
    ("application.grant", {"review.recommendation": "refuse", "facts.reason": " "},
     "departure-without-reason"),
    ("application.grant", {"footprint.unit": "kgCO2e/t"}, "footprint-in-another-unit"),
    ("application.grant", {"footprint.boundary": "cradle_to_grave"}, "footprint-in-another-unit"),
    ("application.grant", {"footprint.exact": OVER}, "footprint-over-limit"),
    ("application.grant", {"footprint.exact": Fraction(-1), "footprint.apart": {}}, "total-below-zero"),
    ("application.grant", {"scheme.changes": [("/parameters", [tyre()["parameters"][5]]),
                                              ("/criteria/-", {**tyre()["criteria"][2],
                                                               "rows": [{"limit": "10"}]})],
                           "parameters": {"share": "5"}}, "criterion-not-met"),
    ("application.grant", {"footprint.rows": [{"factor": {"confidence": "memory"}}]}, "factor-from-memory"),
    ("application.grant", {"footprint.warnings": [{"slug": "gwp-unsettled"}]}, "gwp-unsettled"),
    ("application.grant application.refuse application.countersign application.veto", {"facts.signed": False},
     "signature-missing"),
    ("application.countersign", {"decision": None}, "conclusion-not-signed"),
    ("application.issue", {"decision.countersigned_by": ""}, "not-countersigned"),
    ("application.order_sample", {"facts.items": ["strength"]}, "items-not-of-this-laboratory"),
    ("application.order_sample", {"facts.methods_missing": ["GB 6566"]}, "laboratory-out-of-scope"),
    ("application.order_sample", {"facts.retest_of": 5, "facts.reason": "复检"}, "nothing-to-retest"),
    ("application.order_sample", RETEST | {"facts.failed_items": ["colour"]}, "nothing-to-retest"),
    ("application.order_sample", RETEST | {"facts.reason": " "}, "retest-reason-missing"),
    ("application.order_sample", RETEST | {"facts.retests_made": 1}, "retests-used-up"),
    ("application.fall_back", {"test_verdicts": {"strength": "pass"}}, "tests-still-passed"),
    ("nonconformity.answer", {"facts.answer": ""}, "answer-missing"),
    ("nonconformity.answer", {"facts.evidence": None}, "evidence-missing"),
    (JUDGED, {"application.plan.holders": lambda _function: {SOMEBODY_ELSE}}, "not-the-raiser"),
    (JUDGED, {"application.plan": None}, "not-the-raiser"),
    (JUDGED, {"application.declarations": []}, "impartiality-not-declared"),
    ("nonconformity.close", {"evidence": None}, "evidence-missing"),
    ("nonconformity.close", {"row_keys": {"gas"}}, "row-not-corrected"),
    ("question.explain", {"application.state": "evaluating"}, "application-not-editable"),
    ("question.explain", {"facts.answer": " "}, "answer-missing"),
    ("question.explain", {"facts.file": 8}, "file-not-of-the-case"),
    (SETTLED, {"application.plan": None}, "not-on-the-team"),
    (SETTLED, {"application.plan.holders": lambda _function: {SOMEBODY_ELSE}}, "not-on-the-team"),
    (SETTLED, {"application.state": "in_review"}, "not-on-the-team"),
    (SETTLED, {"application.declarations": []}, "impartiality-not-declared"),
    ("question.accept_answer", {"is_ground": True}, "ground-is-accepted"),
    ("question.accept_ground", {"is_ground": False}, "not-a-ground"),
    ("question.accept_ground", {"is_proved": False}, "ground-without-file"),
    ("question.accept_ground", {"finding": thing(state="answered")}, "nonconformity-open"),
    (GROUND, {"application.plan": None}, "not-on-the-team"),
    (GROUND, {"application.plan.holders": lambda _function: {SOMEBODY_ELSE}}, "not-on-the-team"),
    (GROUND, {"application.state": "granted"}, "not-on-the-team"),
    (GROUND, {"application.declarations": []}, "impartiality-not-declared"),
    ("question.raise_finding", {"facts.fact": ""}, "finding-incomplete"),
    ("question.raise_finding", {"facts.grade": "grave"}, "finding-incomplete"),
    ("nonconformity.escalate nonconformity.lapse", {"due": TODAY}, "nonconformity-not-overdue"),
    ("nonconformity.escalate", {"grade": "major"}, "nonconformity-not-minor"),
    ("nonconformity.lapse", {"grade": "minor"}, "nonconformity-not-major"),
    (WITH_REASON, {"facts.reason": " "}, "reason-missing"),
    *law_of_life.REFUSED,
    *law_of_people.REFUSED,
    *law_of_samples.REFUSED,
    *law_of_appeals.REFUSED,
    *law_of_complaints.REFUSED,
]  # fmt: skip

# One thing is changed, and the step may still be taken.
ALLOWED = [
    ("sample.receive", {"seal_number": "", "facts.seal": ""}),
    ("sample.record", {"seal": "broken", "cleared": True}),
    ("application.decline", {"facts.reason": "所报培训记录不实", "facts.not_for_consulting": True}),
    ("application.grant", {"scheme.limit_value": None, "footprint.exact": OVER}),
    ("application.grant", {"scheme.comparison": "rounded", "footprint.exact": OVER}),
    ("application.grant", {"review.recommendation": "refuse", "facts.reason": "复核所疑已由原始记录澄清"}),
    ("application.finish", {"scheme.tests": [], "test_verdicts": {}}),
    ("application.finish", {"test_verdicts": {"strength": "reported"}}),
    ("application.finish", {"site.conclusion": "pass_after_correction"}),
    ("application.finish", {"site.items.0.finding": "conform", "nonconformities": []}),
    ("application.give_opinion", {"facts.misstated": Decimal("0.5"), "facts.opinion": "adverse"}),
    ("application.grant", {"opinion.opinion": "unrecorded"}),
    ("application.report_failure", {"site.conclusion": "pass", "opinion.opinion": "adverse"}),
    ("application.give_opinion", {"facts.opinion": "modified"}),
    ("application.verify_site", {"facts.conclusion": "pass_after_correction",
                                 "facts.items": [*ITEMS[:6], ITEMS[6] | {"finding": "major", "note": "旧"}]}),
    ("application.report_failure", {"site.conclusion": "pass", "document_review.result": "fail"}),
    ("application.report_failure", {"site.conclusion": "pass", "test_verdicts": {"strength": "undecided"}}),
    ("application.report_failure", {"site.conclusion": "pass", "nonconformities.0.state": "overdue"}),
    ("nonconformity.close", {"application.plan": None, "raised_by_id": ME}),
    *(("nonconformity.close", {"row_keys": {"gas"}, at: is_}) for at, is_ in SETTLED_ROW),
    ("question.explain", {"facts.file": None}),
    ("question.accept_ground", {"finding": thing(state="closed")}),
    ("question.accept_ground", {"application.state": "in_review"}),
    ("application.fall_back", {"test_verdicts": {"strength": "pass"}, "questions.0.is_open": True}),
    ("application.submit", {"questions.0.is_open": True}),
    ("application.resubmit", {"questions.0.is_red": False, "questions.0.is_unanswered": True}),
    ("application.grant", {"questions.0.is_red": False, "questions.0.is_open": True}),
    ("application.grant", {"questions.0.is_gone": True, "questions.0.is_open": True}),
    ("application.grant", {"questions": []}),
    ("sample.dispatch", {"method": "submitted", "facts.seal_number": ""}),
    ("sample.dispatch", {"method": "submitted", "application.applicant_id": 1}),
    ("application.order_sample", RETEST),
    ("certificate.suspend", {"facts.until": TODAY}),
    *law_of_life.ALLOWED,
]  # fmt: skip

EVERY_STEP = [f"{machine.kind}.{name}" for machine in MACHINES for name in machine.steps]
ONE_BY_ONE = [(step, change, slug) for steps, change, slug in REFUSED for step in steps.split()]


@pytest.fixture(autouse=True)
def day_of_paper():
    with clock.travel(TODAY):
        yield


def put(world, path: str, value) -> None:
    *way, last = path.split(".")
    for name in way:
        world = inside(world, name)
    if isinstance(world, dict):
        world[key(world, last)] = value
    else:
        setattr(world, last, value)


def inside(world, name: str):
    if isinstance(world, list):
        return world[int(name)]
    return world[key(world, name)] if isinstance(world, dict) else getattr(world, name)


def key(world: dict, name: str):
    return int(name) if name.isdigit() and int(name) in world else name


def world_of(step: str, change: dict):
    """The subject and the facts of a step in the good world, with one change."""
    kind, name = step.split(".")
    subject = SUBJECT[kind](min(MACHINE[kind].steps[name].sources))
    given = FACTS.get(step, {})
    subject.facts = dict(given)
    for path, value in (FIRST.get(step, {}) | change).items():
        put(subject, path, value)
    return subject, subject.facts


def take(step: str, change: dict) -> None:
    kind, name = step.split(".")
    row = MACHINE[kind].steps[name]
    subject, facts = world_of(step, change)
    row.check(subject, paper_actor(*row.roles, id=ME), facts)


@pytest.mark.parametrize("step", EVERY_STEP)
def test_every_step_may_be_taken_when_all_is_as_it_should_be(step):
    take(step, {})


@pytest.mark.parametrize(("step", "change"), ALLOWED)
def test_a_condition_does_not_refuse_what_the_rules_allow(step, change):
    take(step, change)


# rule 1
@pytest.mark.parametrize(("step", "change", "slug"), ONE_BY_ONE)
def test_a_step_is_refused_for_exactly_the_reason_that_is_wrong(step, change, slug):
    with pytest.raises(Unmet) as refused:
        take(step, change)
    assert set(refused.value.detail["unmet"]) == {slug}


@pytest.mark.parametrize(
    ("step", "condition"),
    [
        (f"{machine.kind}.{step.name}", condition)
        for machine in MACHINES
        for step in machine.steps.values()
        for condition in (*step.guards, *step.demands)
    ],
)
def test_every_condition_of_every_step_is_seen_to_refuse(step, condition):
    kind, name = step.split(".")
    row = MACHINE[kind].steps[name]
    changes = [change for other, change, _ in ONE_BY_ONE if other == step]
    assert any(answer(row, condition, *world_of(step, change)) for change in changes)


def answer(row, condition, subject, facts) -> str | None:
    actor = paper_actor(*row.roles, id=ME)
    asked = (subject, actor) if condition in row.guards else (subject, actor, facts)
    return condition(*asked)


def test_what_hinders_a_step_is_told_with_the_offer():
    """The reason stands beside the button: a hindered step is offered, and not ready."""
    subject, _ = world_of(
        "application.grant",
        {"footprint.exact": OVER, "nonconformities.0.state": "raised"},
    )
    offers = MACHINE["application"].offers(subject, paper_actor("decision_maker", id=ME))
    hindered = {offer.name: offer.unmet for offer in offers if not offer.ready}
    assert hindered == {"grant": ["nonconformity-open", "footprint-over-limit"]}
