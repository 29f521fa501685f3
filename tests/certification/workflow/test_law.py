"""The tables are compared, state by state and role by role, with the law as it is written."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from accounts.actor import ROLES, SYSTEM
from certification.workflow import MACHINES
from core.errors import NotPermitted, OutOfOrder
from core.machine import Machine
from tests.certification.workflow.law_as_written import BY_THE_SYSTEM, FINAL, LEADS_TO, LEFT_BY_TIME, OFFERED
from tests.factories import paper_actor

EVERY_ROLE = sorted({role for roles in ROLES.values() for role in roles})
MACHINE = {machine.kind: machine for machine in MACHINES}
EVERY_STATE = [(kind, state) for kind, states in OFFERED.items() for state in states]
EVERY_STEP = [(kind, name) for kind, steps in LEADS_TO.items() for name in steps]

# Only states and roles are asked about here; each guard has tests of its own.
UNGUARDED = {
    kind: Machine(kind, machine.start, *(replace(step, guards=()) for step in machine.steps.values()))
    for kind, machine in MACHINE.items()
}


class Subject(SimpleNamespace):
    """Something in a state, in which organisation 1 holds every role."""

    def party(self, _role):
        return 1


def offered(kind: str, state: str, actor) -> set[str]:
    return {offer.name for offer in UNGUARDED[kind].offers(Subject(state=state), actor)}


@pytest.mark.parametrize("role", EVERY_ROLE)
@pytest.mark.parametrize(("kind", "state"), EVERY_STATE)
def test_what_a_role_is_offered_in_a_state_is_what_the_rules_say(kind, state, role):
    assert offered(kind, state, paper_actor(role)) == OFFERED[kind][state].get(role, set())


@pytest.mark.parametrize("role", EVERY_ROLE)
@pytest.mark.parametrize(("kind", "state"), EVERY_STATE)
def test_what_is_not_offered_cannot_be_taken(kind, state, role):
    """The button and the deed ask the same question."""
    actor, subject = paper_actor(role), Subject(state=state)
    for name in LEADS_TO[kind].keys() - OFFERED[kind][state].get(role, set()):
        held = any(name in roles.get(role, ()) for roles in OFFERED[kind].values())
        with pytest.raises(OutOfOrder if held else NotPermitted):
            UNGUARDED[kind].check(subject, name, actor, {})


@pytest.mark.parametrize(("kind", "state"), EVERY_STATE)
def test_nobody_of_another_organisation_is_offered_anything(kind, state):
    strangers = [paper_actor(role, organisation_id=2) for role in EVERY_ROLE]
    assert not any(offered(kind, state, stranger) for stranger in strangers)


@pytest.mark.parametrize(("kind", "state"), EVERY_STATE)
def test_somebody_without_a_role_is_offered_nothing(kind, state):
    assert offered(kind, state, paper_actor()) == set()


def test_the_law_as_written_names_every_machine_and_state():
    states = {kind: set(states) for kind, states in OFFERED.items()}
    assert {machine.kind: set(machine.states) for machine in MACHINES} == states


@pytest.mark.parametrize("kind", LEADS_TO)
def test_every_step_leads_where_the_rules_say(kind):
    assert {step.name: step.target for step in MACHINE[kind].steps.values()} == LEADS_TO[kind]


@pytest.mark.parametrize("kind", OFFERED)
def test_every_state_can_be_reached_from_the_first(kind):
    machine, reached = MACHINE[kind], {MACHINE[kind].start} | LEFT_BY_TIME.get(kind, set())
    for _ in machine.steps:
        reached |= {step.target for step in machine.steps.values() if step.sources & reached}
    assert reached == set(OFFERED[kind])


@pytest.mark.parametrize(("kind", "state"), EVERY_STATE)
def test_only_final_states_have_no_way_out(kind, state):
    leaving = [s for s in MACHINE[kind].steps.values() if state in s.sources and s.target != state]
    assert bool(leaving) == (state not in FINAL[kind])


@pytest.mark.parametrize(("kind", "name"), EVERY_STEP)
def test_the_system_takes_its_own_steps_and_no_others(kind, name):
    step = UNGUARDED[kind].steps[name]
    subject = Subject(state=BY_THE_SYSTEM.get((kind, name), min(step.sources)))
    if (kind, name) in BY_THE_SYSTEM:
        step.check_turn(subject, SYSTEM)
        assert step.roles == {"system"}
    else:
        with pytest.raises(NotPermitted):
            step.check_turn(subject, SYSTEM)


@pytest.mark.parametrize(("kind", "state"), EVERY_STATE)
def test_the_system_is_offered_nothing(kind, state):
    assert offered(kind, state, SYSTEM) == set()


@pytest.mark.parametrize("kind", OFFERED)
def test_every_role_of_a_table_can_be_held_by_somebody(kind):
    roles = {role for step in MACHINE[kind].steps.values() for role in step.roles}
    assert roles <= {*EVERY_ROLE, "system"}


@pytest.mark.parametrize("kind", OFFERED)
def test_a_step_that_does_not_exist_is_refused(kind):
    with pytest.raises(OutOfOrder, match="no-such-step"):
        MACHINE[kind].named("fly")


def test_a_step_named_twice_is_no_table():
    row = MACHINE["label"].steps["refuse"]
    with pytest.raises(ValueError, match="named twice"):
        Machine("label", "requested", row, row)
