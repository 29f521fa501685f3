"""Whatever anybody tries with anything that has a life, of every office: it stands in a state of its table,
its history is a walk of that table, what is final stays, and a no leaves nothing behind.

The tables are found where the kernel has them.  A table that nothing stands in is named with its reason.
"""

from collections import Counter
from dataclasses import replace
from io import BytesIO
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from accounts.models import HeldForm
from certification.aftercare.models import StatusProposal, Surveillance
from certification.complaints.models import BodyComplaint
from certification.impartiality.models import Competence
from certification.workflow import BODY_COMPLAINT
from core import lifecycle
from core.db import db as tables
from core.errors import Refused
from core.lifecycle import StepTaken
from core.members import checked
from tests.certification.calls import CALLS
from tests.certification.test_two_doors import EVERY_COLLECTION
from tests.support.handed import by_chance

pytestmark = pytest.mark.engines("walks")

NOTHING_STANDS_IN: dict[str, str] = {}  # kind -> why, and where it is walked instead
SEEDS = st.integers(0, 2**32)
COLLECTION_OF = {law.kind: name for name, (law, _find) in EVERY_COLLECTION.items()}


def laws(*kinds: str) -> list:
    """(the type, its law) of everything that has a life, or of these kinds."""
    found = sorted(lifecycle._law.items(), key=lambda pair: pair[1].kind)
    return [pair for pair in found if not kinds or pair[1].kind in kinds]


def rows(model) -> list:
    return list(tables.session.scalars(select(model).order_by(model.id)))


class Walk(RuleBasedStateMachine):
    world: object
    kinds: tuple[str, ...] = ()
    taken: Counter

    @initialize()
    def begin(self):
        self.final, self.touched = {}, {}

    def teardown(self):
        tables.session.rollback()

    @rule(seed=SEEDS)
    def anybody_tries_anything(self, seed):
        pick = Random(seed)
        model, law = pick.choice(laws(*self.kinds))
        if found := rows(model):
            self.attempt(pick.choice(found), pick.choice(list(law.steps)), pick.choice(self.people()), pick)

    @rule(seed=SEEDS)
    def somebody_does_what_is_theirs(self, seed):
        pick = Random(seed)
        model, _law = pick.choice(laws(*self.kinds))
        found = rows(model)
        ready = [
            (subject, offer.name, actor)
            for subject in pick.sample(found, min(len(found), 1))
            for actor in self.people()
            for offer in lifecycle.offers(subject, actor)
            if offer.ready
        ]
        if ready:
            self.attempt(*pick.choice(ready), pick)

    def people(self) -> list:
        return [self.world.actor(who) for who, person in self.world.people.items() if person]

    def attempt(self, subject, name, actor, pick):
        law, before = lifecycle.machine_of(subject), subject.state
        self.touched[law.kind, subject.id] = subject
        try:
            with tables.session.begin_nested():
                lifecycle.take(subject, name, actor, **self.in_hand(law, name, pick))
                tables.session.flush()
            self.taken[law.kind] += 1
        except (Refused, IntegrityError):  # the second is told as a no as well, see core.constraints
            assert subject.state == before

    def in_hand(self, law, name, pick) -> dict:
        asks = lifecycle.row_of(law, name).asks
        if asks is None:
            return {}
        _who, _path, good = CALLS.get(f"{COLLECTION_OF.get(law.kind)}_{name}", ("", "", None))
        if good is not None and pick.random() < 0.6:
            return checked(asks, as_sent(self.world.said(good))).facts()
        return checked(asks, by_chance(asks, pick)).facts()

    @invariant()
    def a_state_is_one_of_the_table(self):
        for subject in self.touched.values():
            assert subject.state in lifecycle.machine_of(subject).states

    @invariant()
    def the_history_is_a_walk_of_the_table(self):
        for (kind, subject_id), subject in self.touched.items():
            law, at = lifecycle.machine_of(subject), None
            taken = select(StepTaken).where(StepTaken.kind == kind, StepTaken.subject_id == subject_id)
            for each in tables.session.scalars(taken.order_by(StepTaken.id)):
                step = law.steps[each.step]
                assert each.source in step.sources
                assert at in (None, each.source)
                at = each.target
            assert at in (None, subject.state)

    @invariant()
    def what_is_final_stays(self):
        for key, subject in self.touched.items():
            assert self.final.get(key, subject.state) == subject.state
            if subject.state in lifecycle.machine_of(subject).final:
                self.final[key] = subject.state

    @invariant()
    def what_was_answered_was_answered_in_full_by_uninvolved_hands(self):
        for complaint in self.of(BodyComplaint):
            if complaint.answered_on is not None:
                assert complaint.handler_id
                assert complaint.answer
                assert complaint.handler_id not in complaint.involved

    @invariant()
    def a_check_is_concluded_by_others_than_its_team(self):
        for check in self.of(Surveillance):
            concluded = [step for step in check.steps if step.step in ("pass", "fail")]
            team = {member.user_id for member in check.team}
            assert not team & {step.actor_id for step in concluded}
            assert not concluded or check.conducted_on is not None
            assert check.state != "declined" or check.ordered_on is not None

    @invariant()
    def a_proposal_is_answered_with_reasons(self):
        for proposal in self.of(StatusProposal):
            assert proposal.state != "declined" or proposal.answer

    @invariant()
    def nobody_finds_themselves_competent(self):
        for finding in self.of(Competence):
            hands = {
                step.actor_id
                for step in lifecycle.history("competence", finding.id)
                if step.step == "approve"
            }
            assert not hands & {finding.user_id, finding.proposed_by_id}

    def of(self, model) -> list:
        return [subject for subject in self.touched.values() if isinstance(subject, model)]


def as_sent(said: dict) -> dict:
    """A file as the request hands it over."""
    return {
        name: FileStorage(BytesIO(value[0].getvalue()), value[1]) if isinstance(value, tuple) else value
        for name, value in said.items()
    }


def walk_about(world, times: int, *kinds: str) -> Counter:
    """How many steps were taken, by kind."""
    tables.session.commit()  # what the walks begin with outlives each of them
    how = settings(max_examples=times, stateful_step_count=20, deadline=None, phases=[Phase.generate])
    walk = type("WalkOfTables", (Walk,), {"world": world, "kinds": kinds, "taken": Counter()})
    run_state_machine_as_test(walk, settings=how)
    return walk.taken


def test_something_stands_in_every_table_with_a_life(everything):
    empty = {law.kind for model, law in laws() if not rows(model)}
    assert empty == NOTHING_STANDS_IN.keys()


def test_a_table_in_which_nothing_stands_is_found_out(everything):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(lifecycle._law, HeldForm, SimpleNamespace(kind="strange"))
        assert "strange" in {law.kind for model, law in laws() if not rows(model)}


def test_no_walk_through_any_table_ends_where_the_rules_forbid(everything):
    assert walk_about(everything, 6).total()


@pytest.mark.parametrize("kind", ["body_complaint", "competence", "status_proposal", "surveillance"])
def test_no_walk_through_what_comes_after_issue_ends_where_the_rules_forbid(everything, kind):
    assert walk_about(everything, 4, kind)[kind]


def test_a_complaint_that_anybody_may_answer_is_found_out(everything):
    """The walks see what they should: with an answer that asks nothing one of them comes to a bad end."""
    answer = BODY_COMPLAINT.steps["answer"]
    everybody = frozenset({"applicant", *answer.roles, "lead_verifier", "decision_maker"})
    lawless = replace(answer, sources=frozenset(BODY_COMPLAINT.states), roles=everybody, guards=())
    with pytest.MonkeyPatch.context() as patch, pytest.raises(AssertionError):
        patch.setitem(BODY_COMPLAINT.steps, "answer", lawless)
        walk_about(everything, 6, "body_complaint")
