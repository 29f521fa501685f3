"""What papers print is refused where it is typed, by whatever door it comes: a sign their font lacks, a text
that is longer than its line."""

from collections.abc import Callable

import pytest

import app as _every_model  # noqa: F401 (so that all tables are known)
from core.columns import Facts, Line
from core.db import Base, db
from core.errors import Invalid
from tests.certification.acts.test_acts import refused as refused_case
from tests.certification.printed_doors import PRINTED, UNDRAWABLE
from tests.certification.world import Case


def printed() -> dict[str, Line | Facts]:
    return {
        f"{mapper.class_.__name__}.{attribute.key}": attribute.columns[0].type
        for mapper in Base.registry.mappers
        for attribute in mapper.column_attrs
        if getattr(attribute.columns[0].type, "printed", False)
    }


def test_every_printed_column_has_its_doors_here():
    assert PRINTED.keys() == printed().keys()


def outcome(enter: Callable, case: Case, text: str) -> str:
    """The slug of the refusal; nothing stays, whatever came of it."""
    with db.session.begin_nested() as point:
        try:
            enter(case, text)
        except Invalid as refused:
            return next(iter(refused.fields.values()), refused.slug)
        finally:
            point.rollback()
            db.session.expire_all()
    return "taken"


@pytest.mark.parametrize(
    "state", sorted({state for doors in PRINTED.values() for state, _enter in doors.values()})
)
def test_what_no_paper_can_show_is_refused_where_it_is_typed(world, state):
    case = refused_case(world) if state == "refused" else world.case(state)
    columns, wrong = printed(), []
    for column, doors in PRINTED.items():
        for name, (asked, enter) in doors.items():
            tried = {"glyph-missing": UNDRAWABLE, "text-too-long": "x" * (columns[column].most + 1)}
            answers = {slug: outcome(enter, case, text) for slug, text in tried.items() if asked == state}
            wrong += [(column, name, slug, said) for slug, said in answers.items() if said != slug]
    assert wrong == []
