"""Whoever stands in a register is told in time that the entry ends."""

from datetime import date, timedelta

import pytest

from accounts.models import Notice
from core import clock
from core.db import db
from registers import operations as registers
from registers.notices import remind_of_registers
from registers.queries import entries
from tests import factories
from tests.registers.test_registers import enter_person

pytestmark = pytest.mark.engines("chores")


def test_what_ends_within_three_months_is_warned_of_until_it_is_renewed(keeper, body, verifier):
    soon = {"valid_from": date(2026, 1, 1), "valid_to": clock.today() + timedelta(days=60)}
    enter_person(keeper, verifier, body, **soon)
    [(register, entry)] = entries.expiring(keeper)
    assert (register, entry.state, entry.days_left) == ("people", "expiring", 60)
    following = soon["valid_to"] + timedelta(days=1)
    enter_person(keeper, verifier, body, valid_from=following, valid_to=following + timedelta(days=900))
    assert entries.expiring(keeper) == []
    assert [entry.state for entry in entries.entries(keeper, "people")] == ["valid", "future"]


def test_an_entry_stands_as_expired_or_as_ended(keeper, body, verifier):
    [row] = enter_person(keeper, verifier, body)
    with clock.travel(date(2030, 1, 1)):
        assert entries.entries(keeper, "people")[0].state == "expired"
    registers.end_entry(keeper, "people", row, clock.today(), "x")
    with clock.travel(clock.today() + timedelta(days=1)):
        assert entries.entries(keeper, "people")[0].state == "ended"


def test_the_holder_and_the_person_are_told_in_time_each_lead_once(keeper, body, verifier):
    boss = factories.user(body, "organisation_admin")
    soon = {"valid_from": date(2026, 1, 1), "valid_to": clock.today() + timedelta(days=60)}
    enter_person(keeper, verifier, body, **soon)
    assert remind_of_registers() == 2
    assert remind_of_registers() == 0
    told = {(notice.user_id, notice.kind) for notice in db.session.query(Notice)}
    assert told == {(boss.id, "register.ending.people"), (verifier.id, "register.ending.people")}
    with clock.travel(clock.today() + timedelta(days=40)):
        assert remind_of_registers() == 2


def test_nobody_is_told_of_what_was_ended_on_purpose_or_renewed(keeper, body, verifier):
    soon = {"valid_from": date(2026, 1, 1), "valid_to": clock.today() + timedelta(days=60)}
    enter_person(keeper, verifier, body, **soon)
    following = soon["valid_to"] + timedelta(days=1)
    enter_person(keeper, verifier, body, valid_from=following, valid_to=following + timedelta(days=900))
    colleague = factories.user(body, "verifier")
    [row] = enter_person(keeper, colleague, body)
    registers.end_entry(keeper, "people", row, clock.today() + timedelta(days=5), "调离")
    assert remind_of_registers() == 0


def test_an_entry_that_was_ended_on_purpose_is_not_warned_of(keeper, body, verifier):
    [row] = enter_person(keeper, verifier, body)
    registers.end_entry(keeper, "people", row, clock.today() + timedelta(days=5), "调离")
    assert entries.expiring(keeper) == []
