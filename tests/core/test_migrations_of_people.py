"""What was known of the people of a body before is known after the migrations, and can go back."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from tests.core.test_migrations import lay, lay_whole

pytestmark = pytest.mark.engines("sql")


def test_who_was_found_competent_before_two_people_were_asked_stands_as_approved_and_goes_back(fresh):
    with fresh("people", "0069") as engine:
        lay_whole(engine, "organisation", id=1, uscc="9" * 18, kind="certification_body")
        lay_whole(engine, "user", id=1, language="zh")
        found = {"user_id": 1, "body_id": 1, "family": "low_carbon", "basis": "评定 7"}
        span = {"valid_from": "2024-05-01", "valid_to": "2029-12-31"}
        for number, function in enumerate(("review", "decide"), 1):
            lay(engine, "competence", id=number, function=function, **found, **span)
        upgrade()
        rows = text("SELECT * FROM competence ORDER BY id")
        with engine.connect() as connection:
            review, decide = connection.execute(rows).all()
        assert (review.function, decide.function) == ("review", "decide")
        for row in (review, decide):
            assert (row.state, row.category, str(row.approved_on), row.approved_by) == (
                "approved", "", "2024-05-01", "",
            )  # fmt: skip
            assert (row.family, row.basis, str(row.valid_to)) == ("low_carbon", "评定 7", "2029-12-31")
            assert (row.proposed_by_id, row.evidence, row.ended_on, row.version) == (None, None, None, 1)
        downgrade(revision="0069")
        with engine.connect() as connection:
            assert [row.function for row in connection.execute(rows)] == ["review", "decide"]


def test_who_tested_or_signed_before_laboratories_authorised_stands_as_authorised_and_goes_back(fresh):
    with fresh("methods", "0098") as engine:
        for number, kind in enumerate(("testing_body", "certification_body"), 1):
            lay_whole(engine, "organisation", id=number, uscc=f"{number}" * 18, kind=kind)
        lay_whole(engine, "user", id=1, language="zh")
        for seat in (1, 2):
            lay_whole(engine, "membership", id=seat, user_id=1, organisation_id=seat)
        roles = ((1, "tester"), (1, "authorised_signatory"), (1, "sample_receiver"), (2, "verifier"))
        for number, (seat, role) in enumerate(roles, 1):
            lay(engine, "role_grant", id=number, membership_id=seat, role=role, approved_by="")
        with engine.begin() as connection:
            connection.execute(text("UPDATE role_grant SET valid_to = '2027-03-31' WHERE role = 'tester'"))
        upgrade()
        rows = text("SELECT * FROM competence ORDER BY function")
        with engine.connect() as connection:
            perform, sign = connection.execute(rows).all()
        assert (perform.function, sign.function) == ("perform_test", "sign_report")
        for row, until in ((perform, "2027-03-31"), (sign, "2099-12-31")):
            assert (row.user_id, row.body_id, row.family, row.category) == (1, 1, "method", "")
            assert (row.state, row.approved_by, row.proposed_by_id) == ("approved", "", None)
            assert (str(row.valid_from), str(row.valid_to), str(row.approved_on)) == (
                "2000-01-01", until, "2000-01-01",
            )  # fmt: skip
        downgrade(revision="0098")
        with engine.connect() as connection:
            assert connection.execute(rows).all() == []


def test_a_role_that_was_held_before_two_people_were_asked_stands_open_at_both_ends_and_goes_back(fresh):
    with fresh("roles", "0087") as engine:
        lay_whole(engine, "organisation", id=1, uscc="9" * 18, kind="certification_body")
        lay_whole(engine, "user", id=1, language="zh")
        lay_whole(engine, "membership", id=1, user_id=1, organisation_id=1)
        lay(engine, "role_grant", id=1, membership_id=1, role="verifier")
        upgrade()
        rows = text("SELECT * FROM role_grant ORDER BY id")
        with engine.begin() as connection:
            [row] = connection.execute(rows)
            assert (row.role, row.valid_from, row.valid_to, row.approved_by) == ("verifier", None, None, "")
            connection.execute(
                text(
                    "INSERT INTO role_grant (id, membership_id, role, valid_to, approved_by) "
                    "VALUES (2, 1, 'decision_maker', '2020-01-01', '')"
                )
            )
        downgrade(revision="0087")
        with engine.connect() as connection:
            assert [row.role for row in connection.execute(rows)] == ["verifier"]


def test_a_view_that_was_kept_before_there_were_other_lists_is_one_of_cases_and_goes_back(fresh):
    with fresh("views", "0104") as engine:
        lay_whole(engine, "organisation", id=1, uscc="9" * 18, kind="certification_body")
        lay_whole(engine, "user", id=1, language="zh")
        kept = {"user_id": 1, "organisation_id": 1, "asked": "{}", "saved_at": "2026-11-30 08:00:00"}
        lay(engine, "saved_view", id=1, name="逾期", **kept)
        upgrade()
        lay(engine, "saved_view", id=2, name="逾期", listing="checks", **kept)
        rows = text("SELECT * FROM saved_view ORDER BY id")
        with engine.connect() as connection:
            assert [(row.name, row.listing) for row in connection.execute(rows)] == [
                ("逾期", "cases"), ("逾期", "checks"),
            ]  # fmt: skip
        downgrade(revision="0104")
        with engine.connect() as connection:
            assert [(row.id, row.name) for row in connection.execute(rows)] == [(1, "逾期")]
