"""What an earlier version knew of a case that was evaluated, as the verified record has it."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from tests.core.test_migrations import lay_whole

pytestmark = pytest.mark.engines("sql")

CASES = {1001: "in_review", 1002: "evaluating"}


def lay_cases(engine) -> None:
    stands = {"boundary": "cradle_to_gate", "gwp": "AR6", "declared_amount": 1}
    frozen = {"boundary": "cradle_to_gate", "gwp": "AR6", "arithmetic": 1, "digest": "0" * 64}
    whose = {"purpose": "initial", "applicant_id": 1001, "body_id": 1001, "scheme_id": 1001}
    lay_whole(engine, "organisation", id=1001, kind="manufacturer", uscc="91000000000000027B")
    lay_whole(engine, "scheme_version", id=1001, effective_from="2024-01-01", family="low_carbon")
    for number, state in CASES.items():
        lay_whole(engine, "inventory", id=number, organisation_id=1001, **stands)
        lay_whole(engine, "footprint", id=number, inventory_id=number, **frozen)
        case = {"number": f"LC-{number}", "state": state, "inventory_id": number, "footprint_id": number}
        lay_whole(engine, "application", id=number, **case, **whose)


def test_what_was_evaluated_before_verification_was_recorded_counts_as_declared_and_says_so(fresh):
    with fresh("unverified", "0073") as engine:
        lay_cases(engine)
        upgrade()
        with engine.connect() as connection:
            [kept] = connection.execute(text("SELECT * FROM verification_opinion")).mappings().all()
        assert (kept["application_id"], kept["declared_id"], kept["verified_id"]) == (1001, 1001, 1001)
        # as each of the databases hands out what is stored as JSON
        assert (kept["opinion"], kept["misstatements"] in ("[]", [])) == ("unrecorded", True)
        downgrade(revision="0073")
        with engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM verification_opinion")).scalar() == 0
