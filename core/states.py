"""Whether a thing stands in one of the states that its law names: asked of one thing, or in SQL of all.

is_editable = in_states(EDITABLE)          # in the model
case.is_editable                           # in a page, in an operation
select(Application).where(Application.is_editable)
"""

from collections.abc import Iterable

from sqlalchemy.ext.hybrid import hybrid_property


def in_states(states: Iterable[str]) -> hybrid_property[bool]:
    named = tuple(sorted(states))
    return hybrid_property(lambda thing: thing.state in named, expr=lambda model: model.state.in_(named))
