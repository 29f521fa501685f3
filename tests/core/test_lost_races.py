"""What the database refuses inside a request is a no with a sentence, on either engine."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import IntegrityError

from accounts.models import Grant
from certification.clocks.models import Clock, Outage
from core import constraints
from core.clock import now
from core.errors import Invalid, OutOfOrder, Raced
from core.jobs import Job
from procurement.models import PolicyRule
from tests import factories

pytestmark = pytest.mark.engines("constraints")

CLOCK = {
    "name": "x", "kind": "application", "subject_id": 1, "owner": "body", "days": 1, "unit": "working",
    "first": "next", "term": "act", "source": "x", "calendar_version": 1, "started_on": date(2026, 1, 1),
}  # fmt: skip


def same_code(db) -> list:
    taken = factories.organisation()
    return [type(taken)(kind="manufacturer", uscc=taken.uscc, name="另一个")]


def two_clocks(_db) -> list:
    return [Clock(**CLOCK), Clock(**CLOCK)]


def ends_first(_db) -> list:
    return [Outage(begins=now(), ends=now() - timedelta(days=1), reason="x", entered_by="x")]


def without_reason(_db) -> list:
    return [Outage(begins=now(), ends=now() + timedelta(days=1), entered_by="x")]


def to_nobody(_db) -> list:
    return [Grant(membership_id=999, role="applicant")]


@pytest.mark.parametrize(
    ("rows", "kind", "slug", "fields"),
    [
        (same_code, Raced, "organisation-known", {"uscc": "organisation-known"}),
        (two_clocks, OutOfOrder, "lost-race", {}),
        (ends_first, Invalid, "outage-times-wrong", {"ends": "outage-times-wrong"}),
        (without_reason, Invalid, "value-missing", {"reason": "value-missing"}),
        (to_nobody, OutOfOrder, "reference-gone", {}),
    ],
)
def test_a_broken_constraint_is_said_as_a_refusal(app, db, rows, kind, slug, fields):
    with app.test_request_context(), pytest.raises(kind) as refusal:
        db.session.add_all(rows(db))
        db.session.flush()
    assert (refusal.value.slug, getattr(refusal.value, "fields", {})) == (slug, fields)


def test_what_nobody_should_meet_stays_an_error_and_so_does_what_no_request_asked_for(app, db):
    with app.test_request_context(), pytest.raises(IntegrityError):
        db.session.add(Job(kind="x", state="unheard of"))
        db.session.flush()
    db.session.rollback()
    with pytest.raises(IntegrityError):
        db.session.add_all(two_clocks(db))
        db.session.flush()


def test_a_name_too_long_for_the_database_is_known_all_the_same(db):
    rule = {
        "category_edition": "1", "category_code": "A", "scheme_code": "x", "treatment": "priority",
        "basis": "x", "category_name": "x", "valid_from": date(2026, 1, 1),
    }  # fmt: skip
    with pytest.raises(IntegrityError) as error:
        db.session.add_all([PolicyRule(**rule), PolicyRule(**rule)])
        db.session.flush()
    found = constraints.broken(error.value.orig, db.engine.dialect)
    assert found == "uq_policy_rule_category_edition_category_code_scheme_code_valid_from"


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_of_two_who_wait_for_each_other_one_is_told(app, sqlstate):
    with app.test_request_context(), pytest.raises(OutOfOrder) as refusal:
        constraints._say_no(SimpleNamespace(original_exception=Stopped(sqlstate)))
    assert refusal.value.slug == "lost-race"


class Stopped(Exception):
    def __init__(self, sqlstate: str):
        super().__init__()
        self.sqlstate = sqlstate
