"""Whatever the database can refuse has a sentence, or a reason why nobody can meet it."""

import pytest

from core import constraints
from core.constraints import named, refusal, refusal_of, unreachable
from core.errors import Invalid, OutOfOrder, Raced
from core.words import known, word

pytestmark = pytest.mark.engines("constraints")


def unexplained(names) -> list[str]:
    return [name for name in names if not (refusal_of(name) or unreachable(name))]


def test_every_constraint_of_every_table_is_answered_for(assembled):
    assert len(named()) > 250
    assert unexplained(named()) == []
    assert unexplained(["uq_nobody_wrote_this", "ck_nor_this"]) == ["uq_nobody_wrote_this", "ck_nor_this"]


def test_no_constraint_has_both_a_sentence_and_a_reason_to_have_none(assembled):
    assert [name for name in named() if refusal_of(name) and unreachable(name)] == []


def test_what_is_written_of_constraints_is_about_some(assembled):
    written = constraints._refusals.keys() | constraints._unreachable.keys()
    assert written - named().keys() == set()


def test_every_constraint_people_can_meet_has_a_word(assembled):
    slugs = {found[0] for name in named() if (found := refusal_of(name))}
    assert {slug for slug in slugs if not known(f"refusal.{slug}")} == set()
    asking = {slug for slug in slugs if "{" in str(word(f"refusal.{slug}"))}
    assert asking == set()  # the database tells no details to fill in


def test_every_table_names_its_constraints(assembled):
    """An unnamed one could not be told by PostgreSQL, nor looked up."""
    assert [name for name in named() if not name.startswith(("pk_", "uq_", "ck_", "fk_"))] == []


@pytest.mark.parametrize(
    ("name", "kind", "slug", "fields"),
    [
        ("uq_user_email", Raced, "email-taken", {"email": "email-taken"}),
        ("uq_application_number", OutOfOrder, "lost-race", None),
        ("uq_list_edition_number", Raced, "taken-just-now", {"number": "taken-just-now"}),
        ("ck_appeal_grounds_given", Invalid, "grounds-missing", {"grounds": "grounds-missing"}),
        ("fk_role_grant_membership_id", OutOfOrder, "reference-gone", None),
        ("pk_calendar_version", OutOfOrder, "lost-race", None),
    ],
)  # fmt: skip
def test_a_broken_constraint_is_a_no_at_its_field(assembled, name, kind, slug, fields):
    refused = refusal(name)
    assert (type(refused), refused.slug, getattr(refused, "fields", None)) == (kind, slug, fields)


def test_one_that_nobody_should_meet_stays_a_fault(assembled):
    assert refusal("ck_job_state_known") is None
    assert refusal("") is None
