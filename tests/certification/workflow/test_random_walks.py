"""Whatever people try, in whatever order, no case stands where the rules forbid it.

The tables are walked at random: anybody tries any step with anything in hand, and now and then somebody
does what is his to do.  After each deed the whole case is looked over.
"""

from dataclasses import replace

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.exc import IntegrityError

from certification.certificate.models import Certificate
from certification.questions.models import Question
from certification.workflow import APPLICATION, MACHINES
from core import lifecycle
from core.db import db
from core.errors import Refused
from core.lifecycle import history
from tests.certification.steps import in_hand
from tests.certification.world import ROAD, World

pytestmark = pytest.mark.engines("walks")

STEPS = sorted((machine.kind, name) for machine in MACHINES for name in machine.steps)
BEYOND_DECISION = ("granted", "countersigned", "certified")


class Walk(RuleBasedStateMachine):
    @initialize(state=st.sampled_from(ROAD), value=st.sampled_from(["8.45", "10.80"]), doubted=st.booleans())
    def begin(self, state, value, doubted):
        """Somewhere on the smooth road, so that its end is tried as often as its beginning."""
        self.world, self.final = World(), {}
        self.case = self.world.case(state, value=value)
        if doubted and state not in BEYOND_DECISION:
            asked = Question(slug="single-row", severity="red", row=None, detail={"name": "天然气"})
            self.application.questions.append(asked)
            db.session.flush()

    def teardown(self):
        db.session.rollback()

    @property
    def application(self):
        return self.case.application

    @property
    def subjects(self) -> list:
        """Everything of the case that has a life of its own."""
        certificates = db.session.query(Certificate).all()
        licences = [licence for certificate in certificates for licence in certificate.licences]
        case = self.application
        tested = [*case.samples, *case.reports]
        return [case, *tested, *case.nonconformities, *case.questions, *certificates, *licences]

    @rule(at=st.sampled_from(STEPS), role=st.sampled_from(sorted(World.ROLES)), bare=st.booleans())
    def anybody_tries_anything(self, at, role, bare):
        kind, name = at
        for subject in self.subjects:
            if lifecycle.machine_of(subject).kind == kind:
                facts = {} if bare else in_hand(self.case, subject, name)
                self.attempt(subject, name, self.world.actor(role), facts)

    @rule(which=st.integers(0, 10_000), times=st.integers(1, 6))
    def people_do_what_is_theirs(self, which, times):
        for turn in range(times):
            ready = list(self.ready())
            if not ready:
                return
            subject, name, role = ready[(which + turn) % len(ready)]
            self.attempt(subject, name, self.world.actor(role), in_hand(self.case, subject, name))

    def ready(self):
        for subject in self.subjects:
            for role in World.ROLES:
                for offer in lifecycle.offers(subject, self.world.actor(role)):
                    if offer.ready and offer.name not in ("recall", "terminate"):
                        yield subject, offer.name, role

    def attempt(self, subject, name, actor, facts):
        before = subject.state
        try:
            with db.session.begin_nested():
                lifecycle.take(subject, name, actor, **facts)
        except Refused:
            assert subject.state == before

    @invariant()
    def a_state_is_one_of_the_table(self):
        for subject in self.subjects:
            assert subject.state in lifecycle.machine_of(subject).states

    @invariant()
    def the_history_is_a_walk_of_the_table(self):
        at = APPLICATION.start
        for taken in history("application", self.application.id):
            step = APPLICATION.steps[taken.step]
            assert (taken.source, taken.target) == (at, step.target)
            assert at in step.sources
            assert taken.actor
            at = taken.target
        assert at == self.application.state

    @invariant()
    def what_is_final_stays(self):
        for subject in self.subjects:
            key = (type(subject).__name__, subject.id)
            assert self.final.get(key, subject.state) == subject.state
            machine = lifecycle.machine_of(subject)
            if not any(subject.state in step.sources for step in machine.steps.values()):
                self.final[key] = subject.state

    @invariant()
    def nothing_is_granted_that_was_not_earned(self):
        case = self.application
        if case.state in BEYOND_DECISION:
            assert case.document_review.result == "pass"
            assert case.site.conclusion != "fail"
            assert set(case.test_verdicts.values()) <= {"pass", "reported"}
            assert all(finding.state == "closed" for finding in case.nonconformities)
            red = [question for question in case.questions if question.severity == "red"]
            assert {question.state for question in red} <= {"accepted", "raised", "gone"}
            assert case.footprint.total <= case.scheme.limit_value
            assert case.review.recommendation == "grant" or case.decision.reasons
            assert case.decision.kind == "grant"

    @invariant()
    def other_hands_decide(self):
        if decision := self.application.decision:
            assert decision.decided_by_id not in self.application.evaluators

    @invariant()
    def a_refusal_has_its_reasons(self):
        if self.application.state == "refused":
            assert self.application.decision.reasons

    @invariant()
    def one_certificate_for_one_case_and_only_when_it_is_certified(self):
        certificates = db.session.query(Certificate).all()
        assert len(certificates) == (self.application.state == "certified")
        assert len({certificate.number for certificate in certificates}) == len(certificates)
        for certificate in certificates:
            assert certificate.issued_on >= self.application.decision.decided_on
            assert self.application.decision.countersigned_by


def walk_about(times: int) -> None:
    how = settings(max_examples=times, stateful_step_count=30, deadline=None, phases=[Phase.generate])
    run_state_machine_as_test(Walk, settings=how)


def test_no_walk_through_the_tables_ends_where_the_rules_forbid(db):
    walk_about(10)


def test_a_table_without_its_guards_is_found_out(db, monkeypatch):
    """The walks see what they should: with a grant that asks nothing one of them comes to a bad end."""
    lawless = replace(APPLICATION.steps["grant"], sources=frozenset(APPLICATION.states), guards=())
    monkeypatch.setitem(APPLICATION.steps, "grant", lawless)
    with pytest.raises((AssertionError, AttributeError, IntegrityError)):
        walk_about(10)
