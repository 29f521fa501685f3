"""Whatever anybody proposes, approves or verifies, in whatever order: no role is taken for oneself, and
nothing stands as verified that nobody looked at.

Roles and verified items have no table of states; each is walked by the verbs that write it.
"""

from dataclasses import replace
from io import BytesIO
from random import Random

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage

from accounts import operations as accounts
from accounts.models import Grant, Membership, RoleProposal
from accounts.operations import roles as by_two
from certification.application.models import Application
from certification.verification.models import Opinion, VerifiedItem
from certification.workflow import APPLICATION
from certification.workflow.verification import OPINIONS, OUTCOMES, SOUND_OPINIONS, subjects
from core import lifecycle
from core.clock import today
from core.db import db as tables
from core.errors import Refused
from tests import factories
from tests.support.papers import PDF

pytestmark = pytest.mark.engines("walks")

SEEDS = st.integers(0, 2**32)
TENDING = ("minder", "second_minder")
ROLES = ("verifier", "appeals_officer", "label_officer", "decision_maker", "case_officer")

AGREED = {"outcome": "agreed", "samples": 3, "reason": "看过原始单据。"}


class Walk(RuleBasedStateMachine):
    world: object
    done: int

    def teardown(self):
        tables.session.rollback()

    def attempt(self, verb, *said, **more):
        """A no leaves nothing behind."""
        try:
            with tables.session.begin_nested():
                verb(*said, **more)
                tables.session.flush()
            type(self).done += 1
        except (Refused, IntegrityError):
            tables.session.expire_all()

    def anybody(self, pick: Random):
        return self.world.actor(pick.choice([who for who, person in self.world.people.items() if person]))


class WalkOfRoles(Walk):
    @initialize()
    def begin(self):
        self.held = held()

    @rule(seed=SEEDS)
    def somebody_proposes(self, seed):
        pick = Random(seed)
        of_the_body = tables.session.query(Membership).filter_by(organisation_id=self.world.body.id)
        members = [self.world.people[who].memberships[0] for who in TENDING if pick.random() < 0.5]
        member = pick.choice(members or of_the_body.order_by(Membership.id).all())
        said = {"valid_from": today(), "valid_to": today(), "basis": pick.choice(["任命", ""])}
        paper = FileStorage(BytesIO(PDF), "任命.pdf")
        roles = pick.sample(ROLES, pick.randrange(3))
        self.attempt(accounts.propose_roles, self.hand(pick), member.id, roles=roles, evidence=paper, **said)

    @rule(seed=SEEDS)
    def somebody_answers(self, seed):
        pick = Random(seed)
        waits = tables.session.query(RoleProposal).filter(RoleProposal.decided_at.is_(None))
        found = waits.all() if pick.random() < 0.8 else tables.session.query(RoleProposal).all()
        if not found:
            return
        entry = pick.choice(sorted(found, key=lambda entry: entry.id))
        if pick.random() < 0.7:
            self.attempt(accounts.approve_role, self.hand(pick), entry.id)
        else:
            self.attempt(accounts.decline_role, self.hand(pick), entry.id, pick.choice(["查无依据", ""]))

    def hand(self, pick: Random):
        return self.world.actor(pick.choice(TENDING)) if pick.random() < 0.7 else self.anybody(pick)

    @invariant()
    def a_role_is_given_by_two_who_do_not_get_it(self):
        for entry in tables.session.query(RoleProposal).filter_by(approved=True):
            hands = {entry.proposed_by_id, entry.decided_by_id}
            assert len(hands) == 2
            assert entry.membership.user_id not in hands

    @invariant()
    def a_no_has_its_reason_and_gives_nothing(self):
        for entry in tables.session.query(RoleProposal).filter(RoleProposal.decided_at.is_not(None)):
            assert entry.approved or entry.reason
        approved = tables.session.query(RoleProposal).filter_by(approved=True)
        assert held() <= self.held | {(entry.membership_id, entry.role) for entry in approved}

    @invariant()
    def one_waits_for_each_role_of_a_member(self):
        waits = tables.session.query(RoleProposal).filter(RoleProposal.decided_at.is_(None)).all()
        assert len(waits) == len({(entry.membership_id, entry.role) for entry in waits})


def held() -> set[tuple[int, str]]:
    return {(grant.membership_id, grant.role) for grant in tables.session.query(Grant)}


class WalkOfVerified(Walk):
    @property
    def case(self) -> Application:
        return tables.session.get_one(Application, self.world.places["evaluating"])

    @rule(seed=SEEDS)
    def somebody_verifies(self, seed):
        pick = Random(seed)
        names = sorted(subjects(self.case))
        some = pick.sample(names, pick.choice((1, 1, 2)))
        items = [self.item(name, pick) for name in some]
        if pick.random() < 0.4:
            items = [{"subject": name, **AGREED} for name in names]
        self.attempt(lifecycle.take, self.case, "verify_data", self.hand(pick), items=items)

    @rule(seed=SEEDS)
    def somebody_gives_an_opinion(self, seed):
        pick = Random(seed)
        said = {"opinion": pick.choice((*OPINIONS, "unmodified")), "text": pick.choice(["逐项核对。", ""])}
        self.attempt(lifecycle.take, self.case, "give_opinion", self.hand(pick), **said)

    def item(self, name: str, pick: Random) -> dict:
        said = {"subject": name, "outcome": pick.choice((*OUTCOMES, "agreed", "agreed", "agreed"))}
        if said["outcome"] == "corrected":
            said["values"] = pick.choice([{"quantity": "12"}, {"value": "3"}, {}])
        files = [file.digest for file in self.case.files]
        return said | {
            "samples": pick.choice((None, 1, 3, 3)),
            "reason": pick.choice(["看过原始单据。", "看过原始单据。", ""]),
            "evidence": pick.sample(files, pick.randrange(2)),
        }

    def hand(self, pick: Random):
        return self.world.actor("lead_verifier") if pick.random() < 0.8 else self.anybody(pick)

    @invariant()
    def one_says_what_stands_of_a_thing(self):
        standing = tables.session.query(VerifiedItem).filter_by(application_id=self.case.id, superseded=False)
        named = [item.subject for item in standing]
        assert len(named) == len(set(named))

    @invariant()
    def what_was_corrected_rests_on_something(self):
        for item in tables.session.query(VerifiedItem).filter_by(application_id=self.case.id):
            assert item.outcome == "agreed" or item.reason
            if item.outcome == "corrected":
                assert item.found
                assert item.evidence
                assert item.samples

    @invariant()
    def an_opinion_is_of_everything_and_contradicts_nothing(self):
        given = tables.session.query(Opinion).filter_by(application_id=self.case.id, superseded=False)
        for opinion in given:
            standing = tables.session.query(VerifiedItem).filter_by(
                application_id=self.case.id, superseded=False
            )
            outcomes = {item.subject: item.outcome for item in standing}
            assert outcomes.keys() >= subjects(self.case).keys()
            assert "unverifiable" not in outcomes.values() or opinion.opinion not in SOUND_OPINIONS[:1]
            assert self.case.footprint_id == opinion.verified_id


def walk_about(walk: type[Walk], world, times: int) -> int:
    """How much was done."""
    tables.session.commit()  # what the walks begin with outlives each of them
    how = settings(max_examples=times, stateful_step_count=20, deadline=None, phases=[Phase.generate])
    about = type(walk.__name__, (walk,), {"world": world, "done": 0})
    run_state_machine_as_test(about, settings=how)
    return about.done


@pytest.fixture
def tended(everything):
    """The body has a second person who tends its members."""
    everything.people["second_minder"] = factories.user(everything.body, "organisation_admin")
    tables.session.commit()
    return everything


def test_no_walk_gives_anybody_a_role_by_one_hand(tended):
    assert walk_about(WalkOfRoles, tended, 6)


def test_no_walk_verifies_what_nobody_looked_at(everything):
    assert walk_about(WalkOfVerified, everything, 6)


def test_a_second_hand_that_may_be_the_first_is_found_out(tended):
    """The walks see what they should: without the look at whose it is, one of them ends badly."""
    with pytest.MonkeyPatch.context() as patch, pytest.raises(AssertionError):
        patch.setattr(by_two, "not_for_oneself", lambda *_said: None)
        walk_about(WalkOfRoles, tended, 30)


def test_an_opinion_that_leaves_something_out_is_found_out(everything):
    lawless = replace(APPLICATION.steps["give_opinion"], guards=())
    with pytest.MonkeyPatch.context() as patch, pytest.raises(AssertionError):
        patch.setitem(APPLICATION.steps, "give_opinion", lawless)
        walk_about(WalkOfVerified, everything, 6)
