"""One take for every office: what a step brings with it, in which order, and what a no leaves behind."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from accounts.actor import Actor
from core import lifecycle
from core.audit import Entry
from core.errors import Invalid, NotPermitted, OutOfOrder, Unmet
from core.lifecycle import Brings, StepTaken, Table
from core.machine import Machine, step

KEEPER = Actor(1, "甲", 7, "某所", "regulator", frozenset({"keeper"}))


@dataclass
class Parcel:
    id: int = 1
    state: str = "packed"

    def party(self, _role: str) -> int:
        return 7


def key_given(_parcel, _actor, facts) -> str | None:
    return None if facts.get("key") else "key-missing"


PARCEL = Machine(
    "parcel", "packed",
    step("open", "packed", "open", "keeper", demands=[key_given]),
    step("close", "open", "packed", "keeper"),
)  # fmt: skip


@pytest.fixture
def parcel(db, monkeypatch):
    """Of a law of its own, which nobody else's tables disturb."""
    monkeypatch.setattr(lifecycle, "_law", {})
    monkeypatch.setattr(lifecycle, "_rows", {})
    monkeypatch.setattr(lifecycle, "_wait_for_turn", lambda subject: None)  # it stands in no table
    return Parcel()


def connect(**brings) -> None:
    lifecycle.connect(Table({Parcel: PARCEL}, {(PARCEL, "open"): Brings(**brings)}))


def history(db) -> list[tuple]:
    rows = db.session.scalars(select(StepTaken).order_by(StepTaken.id))
    return [(row.kind, row.step, row.source, row.target, row.reason) for row in rows]


def test_a_step_prepares_asks_the_law_acts_moves_and_tells_who_follows(parcel, db):
    went = []
    connect(
        prepare=lambda parcel, *, step, **facts: went.append(("prepare", step, facts)) or {"found": 3},
        effect=lambda parcel, actor, *, step, **facts: went.append(("effect", parcel.state, facts)),
        followers=(
            lambda parcel, step, actor, facts: went.append(("first", parcel.state, facts["found"])),
            lambda parcel, step, actor, facts: went.append(("second", step, actor)),
        ),
    )
    lifecycle.take(parcel, "open", KEEPER, key="k", reason="到期")
    given = {"key": "k", "reason": "到期"}
    assert went == [
        ("prepare", "open", given),
        ("effect", "packed", given | {"found": 3}),
        ("first", "open", 3),
        ("second", "open", KEEPER),
    ]
    assert history(db) == [("parcel", "open", "packed", "open", "到期")]
    assert db.session.scalars(select(Entry.verb)).all() == ["parcel.open"]


def test_what_is_prepared_may_be_what_the_law_asks_for(parcel, db):
    connect(prepare=lambda parcel, **facts: {"key": "found"})
    lifecycle.take(parcel, "open", KEEPER)
    assert parcel.state == "open"


def test_a_step_without_a_row_only_moves(parcel, db):
    connect()
    parcel.state = "open"
    lifecycle.take(parcel, "close", KEEPER)
    assert history(db) == [("parcel", "close", "open", "packed", "")]


def fails(*_told, **_facts):
    raise AssertionError("nothing may happen after a no")


@pytest.mark.parametrize(
    ("step", "actor", "state", "facts", "no"),
    [
        ("open", Actor(2, "乙", 8, "别所", "regulator", frozenset({"keeper"})), "packed", {}, NotPermitted),
        ("open", Actor(1, "甲", 7, "某所", "regulator", frozenset()), "packed", {}, NotPermitted),
        ("open", KEEPER, "open", {}, OutOfOrder),
        ("burn", KEEPER, "packed", {}, OutOfOrder),
        ("open", KEEPER, "packed", {"key": list(range(501))}, Invalid),
    ],
)
def test_whose_turn_it_is_not_learns_it_before_anything_is_prepared(
    parcel, db, step, actor, state, facts, no
):
    connect(prepare=fails, effect=fails, followers=(fails,))
    parcel.state = state
    with pytest.raises(no):
        lifecycle.take(parcel, step, actor, **facts)
    assert (parcel.state, history(db)) == (state, [])


def test_what_the_law_refuses_has_no_effect_and_nobody_follows(parcel, db):
    connect(effect=fails, followers=(fails,))
    with pytest.raises(Unmet) as refused:
        lifecycle.take(parcel, "open", KEEPER)
    assert refused.value.slug == "key-missing"
    assert (parcel.state, history(db)) == ("packed", [])


def test_an_effect_that_refuses_leaves_the_state_as_it_was(parcel, db):
    def refuse(*_told, **_facts):
        raise Unmet("lost")

    connect(effect=refuse, followers=(fails,))
    with pytest.raises(Unmet):
        lifecycle.take(parcel, "open", KEEPER, key="k")
    assert (parcel.state, history(db)) == ("packed", [])


def test_the_buttons_are_those_of_the_law(parcel):
    connect()
    assert [offer.name for offer in lifecycle.offers(parcel, KEEPER)] == ["open"]
    assert lifecycle.machine_of(parcel) is PARCEL


def test_a_row_of_no_step_is_a_mistake(parcel):
    with pytest.raises(ValueError, match="burn"):
        lifecycle.connect(Table({Parcel: PARCEL}, {(PARCEL, "burn"): Brings()}))


def test_a_row_of_a_law_that_rules_nothing_is_a_mistake(parcel):
    with pytest.raises(ValueError, match="parcel"):
        lifecycle.connect(Table({}, {(PARCEL, "open"): Brings()}))


def test_two_things_of_one_kind_are_a_mistake(parcel):
    class Letter(Parcel):
        pass

    with pytest.raises(ValueError, match="one kind"):
        lifecycle.connect(Table({Parcel: PARCEL}), Table({Letter: Machine("parcel", "packed")}))
