"""One named set of states, asked of a thing and of its table, and what a machine says of its own."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from core.errors import OutOfOrder
from core.machine import Machine, step
from core.states import in_states


class Tables(DeclarativeBase):
    pass


class Door(Tables):
    __tablename__ = "door"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    lets_through = in_states(("open", "ajar"))


LIFE = Machine(
    "door",
    "shut",
    step("open", "shut|ajar", "open", "porter"),
    step("leave", "open", "ajar", "porter"),
    step("wall_up", "shut|open|ajar", "walled_up", "mason"),
)


@pytest.mark.parametrize(("state", "answer"), [("open", True), ("ajar", True), ("shut", False), ("", False)])
def test_a_thing_says_whether_it_stands_in_one_of_them(state, answer):
    assert Door(state=state).lets_through is answer


@pytest.mark.parametrize(
    ("condition", "sql"),
    [(Door.lets_through, "door.state IN ('ajar', 'open')"), (~Door.lets_through, "NOT IN ('ajar', 'open')")],
)
def test_its_table_is_asked_by_the_same_name(condition, sql):
    assert sql in str(select(Door).where(condition).compile(compile_kwargs={"literal_binds": True}))


def test_a_machine_says_where_it_is_a_steps_turn():
    assert LIFE.sources("open") == {"shut", "ajar"}
    with pytest.raises(OutOfOrder):
        LIFE.sources("burn")


def test_a_machine_says_which_states_no_step_leaves():
    assert LIFE.final == ["walled_up"]
