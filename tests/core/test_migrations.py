"""The migrations, run from nothing, give exactly the tables the models describe."""

import json
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import JSON, Engine, inspect, text

from certification.workflow.certificate import status_on
from core.db import db as tables

pytestmark = pytest.mark.engines("sql")

KEPT_BY_ALEMBIC = "alembic_version"


@pytest.fixture
def migrated(fresh):
    """A database that was made by the migrations alone."""
    with fresh("migrated", "head") as engine:
        yield engine


def differences(engine: Engine) -> list:
    """What autogenerate would still have to change."""
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), tables.metadata)


def checks(engine: Engine) -> dict[str, dict[str, str]]:
    """The check constraints, which autogenerate does not compare, by table and name."""
    inspector = inspect(engine)
    names = set(inspector.get_table_names()) - {KEPT_BY_ALEMBIC}
    return {
        name: {check["name"]: check["sqltext"] for check in inspector.get_check_constraints(name)}
        for name in names
    }


def test_the_migrations_give_exactly_the_models(migrated):
    assert differences(migrated) == []


def test_the_migrations_give_the_same_check_constraints(fresh, migrated):
    with fresh("modelled") as engine:
        tables.create_all()
        assert checks(migrated) == checks(engine)


def test_flask_db_check_has_nothing_to_say_when_nothing_is_left_to_change(migrated):
    check()


def test_flask_db_check_says_what_no_model_has(migrated, caplog):
    with migrated.begin() as connection:
        connection.execute(text("ALTER TABLE organisation ADD COLUMN stray TEXT"))
    with pytest.raises(SystemExit):
        check()
    assert "stray" in caplog.text


def test_a_column_without_a_migration_is_found(migrated):
    with migrated.begin() as connection:
        connection.execute(text("ALTER TABLE organisation ADD COLUMN stray TEXT"))
    assert [change[0] for change in differences(migrated)] == ["remove_column"]


def test_the_migrations_can_be_undone(migrated):
    downgrade(revision="base")
    assert set(inspect(migrated).get_table_names()) <= {KEPT_BY_ALEMBIC}


# What is moved on the way


def lay(engine: Engine, table: str, **values) -> None:
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join(f":{name}" for name in values)
    with engine.begin() as connection:
        connection.execute(text(f'INSERT INTO "{table}" ({names}) VALUES ({marks})'), values)


def lay_clock(engine: Engine, number: int, result: str, due: str) -> None:
    ended = {"ended_on": due} if result != "running" else {}
    lay(engine, "clock", id=number, name="correction", kind="application", subject_id=number,
        scheme_code="", owner="client", days=30, unit="calendar", first="next", source="x",
        calendar_version=0, started_on="2026-09-01", due=due, left=0, result=result, **ended)  # fmt: skip
    lay(engine, "clock_entry", id=number, clock_id=number, at="2026-09-01 01:00:00", on="2026-09-01",
        kind="start", step="", reason="", cause="", by="x", calendar_version=0, due=due)  # fmt: skip


def test_open_terms_that_end_on_a_day_off_move_with_a_line_and_decided_ones_stay(fresh):
    with fresh("moved", "0002") as engine:
        lay_clock(engine, 1001, "running", "2026-10-01")
        lay_clock(engine, 1002, "met", "2026-10-01")
        upgrade()
        with engine.connect() as connection:
            clocks = connection.execute(text("SELECT id, term, due FROM clock ORDER BY id")).all()
            lines = connection.execute(text("SELECT clock_id, kind, due, reason FROM clock_entry"))
            assert [(row.id, row.term, str(row.due)) for row in clocks] == [
                (1001, "act", "2026-10-08"),
                (1002, "span", "2026-10-01"),
            ]
            assert {(row.clock_id, row.kind, str(row.due)) for row in lines} == {
                (1001, "start", "2026-10-01"),
                (1002, "start", "2026-10-01"),
                (1001, "replan", "2026-10-08"),
            }


def test_the_window_that_a_scheme_stated_stays_the_first_day_and_no_day_is_late(fresh):
    with fresh("windows", "0010") as engine:
        texts = ("code", "version", "name", "name_en", "category_name", "category_name_en", "rule_number")
        texts += ("rule_source", "mode", "mode_en", "declared_unit", "validity_source", "limit_source")
        window = '{"recertification_window": {"months": 3, "source": "x"}}'
        lay(engine, "scheme_version", id=1001, family="low_carbon", category="x", boundary="cradle_to_gate",
            declared_amount=1, validity_years=3, comparison="full", rounding_digits=2, person_days=1,
            retests=1, demo=False, limit_demo=False, required_files="[]", tests="[]", clocks=window,
            effective_from="2026-01-01", **dict.fromkeys(texts, "x"))  # fmt: skip
        upgrade()
        with engine.connect() as connection:
            kept = connection.execute(text("SELECT document FROM scheme_version")).scalar()
        assert {name: clock["length"] for name, clock in json.loads(kept)["clocks"].items()} == {
            "recertification_earliest": 3,
            "recertification_latest": 0,
        }


FILLED = {int: 1, float: 1, bool: False, str: "x", date: "2026-01-01", datetime: "2026-01-01 00:00:00"}


def lay_whole(engine: Engine, table: str, **values) -> None:
    """A row in which every column that must have something has it."""
    needed = [each for each in inspect(engine).get_columns(table) if not each["nullable"]]
    filled = {each["name"]: _filled(each["type"]) for each in needed if each["name"] not in values}
    lay(engine, table, **filled | values)


def _filled(kind):
    return "[]" if isinstance(kind, JSON) else FILLED.get(kind.python_type, 1)


def lay_case(engine: Engine) -> None:
    lay_whole(engine, "organisation", id=1001, kind="manufacturer", uscc="91000000000000027B")
    rules = {"family": "low_carbon", "boundary": "cradle_to_gate", "comparison": "full", "clocks": "{}"}
    lay_whole(engine, "scheme_version", id=1001, effective_from="2024-01-01", gwp="AR6", **rules)
    stands = {"boundary": "cradle_to_gate", "gwp": "AR6", "declared_amount": 1}
    lay_whole(engine, "inventory", id=1001, organisation_id=1001, **stands)
    case = {"state": "draft", "purpose": "initial", "applicant_id": 1001, "body_id": 1001, "scheme_id": 1001}
    lay_whole(engine, "application", id=1001, inventory_id=1001, **case)


def lay_certificates(engine: Engine, *days: tuple[str, str]) -> None:
    lay_whole(engine, "organisation", id=1001, kind="manufacturer", uscc="91000000000000027B")
    rules = {"family": "low_carbon", "boundary": "cradle_to_gate", "comparison": "full", "clocks": "{}"}
    lay_whole(engine, "scheme_version", id=1001, effective_from="2024-01-01", **rules)
    for number, (issued_on, valid_to) in enumerate(days, 1001):
        name, parties = str(number), {"body_id": 1001, "scheme_id": 1001}
        case = {"state": "draft", "purpose": "initial", "applicant_id": 1001, **parties}
        lay_whole(
            engine,
            "inventory",
            id=number,
            boundary="cradle_to_gate",
            gwp="AR6",
            organisation_id=1001,
            declared_amount=1,
        )
        lay_whole(engine, "application", id=number, number=name, inventory_id=number, **case)
        told = {"number": name, "issued_on": issued_on, "valid_to": valid_to}
        case = {"application_id": number, "holder_id": 1001, **parties}
        lay_whole(engine, "certificate", id=number, code=name, digest=name, statement="{..}", **told, **case)
        lay_whole(
            engine,
            "catalog_entry",
            id=number,
            kind="certified",
            position=number,
            certificate_id=number,
            **told,
        )


def test_a_certificate_of_earlier_began_on_its_day_of_issue_and_so_does_what_is_listed_of_it(fresh):
    """The one that took another's place early keeps its day, and the other the act that ended it."""
    with fresh("begun", "0011") as engine:
        lay_certificates(engine, ("2024-03-01", "2027-02-28"), ("2026-09-01", "2029-08-31"))
        act = {"kind": "supersede", "on": "2026-09-01", "cause": "recertified", "reason": "1002"}
        lay_whole(engine, "status_act", id=1001, certificate_id=1001, **act)
        upgrade()
        days = (date(2024, 2, 29), date(2026, 8, 31), date(2026, 9, 1))
        with engine.connect() as connection:
            for table in ("certificate", "catalog_entry"):
                found = connection.execute(text(f"SELECT begins_on, valid_to FROM {table} ORDER BY id")).all()
                old, new = ([date.fromisoformat(str(day)) for day in row] for row in found)
                assert [old[0], new[0]] == [date(2024, 3, 1), date(2026, 9, 1)]
                ended = [SimpleNamespace(kind="supersede", on=date(2026, 9, 1))]
                assert [status_on(*old, ended, day) for day in days] == ["not_issued", "valid", "superseded"]
                assert [status_on(*new, [], day) for day in days] == ["not_issued", "not_issued", "valid"]
            assert connection.execute(text("SELECT kind FROM status_act")).scalars().all() == ["supersede"]


def test_a_token_of_earlier_works_for_one_more_year(fresh):
    with fresh("tokens", "0012") as engine:
        lay_whole(engine, "organisation", id=1001, kind="manufacturer", uscc="91000000000000027B")
        lay_whole(engine, "user", id=1001, language="zh")
        lay_whole(engine, "membership", id=1001, user_id=1001, organisation_id=1001)
        lay_whole(engine, "api_token", id=1001, membership_id=1001)
        upgrade()
        with engine.connect() as connection:
            ends, used = connection.execute(text("SELECT expires_on, used_on FROM api_token")).one()
        assert 364 <= (date.fromisoformat(str(ends)) - datetime.now(UTC).date()).days <= 366
        assert used is None


def test_factors_that_rows_of_earlier_had_taken_are_left_alone(fresh):
    with fresh("taken", "0014") as engine:
        lay_whole(engine, "organisation", id=1001, kind="manufacturer", uscc="91000000000000027B")
        lay_whole(
            engine, "inventory", id=1001, organisation_id=1001, boundary="cradle_to_gate", gwp="AR6",
            declared_amount=1,
        )  # fmt: skip
        for number in (1001, 1002):
            lay_whole(engine, "factor", id=number, code=f"F{number}", used=False, confidence="seen", value=1)
        lay_whole(engine, "activity_row", id=1001, inventory_id=1001, factor_id=1001, stage="use", quality="")
        upgrade(revision="0015")
        with engine.connect() as connection:
            used = connection.execute(text("SELECT used FROM factor WHERE id > 1000 ORDER BY id"))
        assert used.scalars().all() == [True, False]


def test_a_factor_of_earlier_says_its_set_where_its_code_did_and_its_source_as_it_was(fresh):
    with fresh("sets", "0069") as engine:
        stated = {
            1001: ("GWP100-AR5-CH4", "gwp"), 1002: ("GWP100-AR6-CH4", "gwp"), 1003: ("STEEL", "material"),
        }  # fmt: skip
        for number, (code, category) in stated.items():
            lay_whole(
                engine, "factor", id=number, code=code, category=category, version=1, used=True,
                confidence="seen", value=1, source="甲",
            )  # fmt: skip
        upgrade()
        with engine.connect() as connection:
            kept = connection.execute(
                text("SELECT gwp, source, source_en FROM factor WHERE id > 1000 ORDER BY id")
            )
        assert [tuple(row) for row in kept] == [("AR5", "甲", "甲"), ("AR6", "甲", "甲"), ("", "甲", "甲")]


def test_the_one_file_of_a_row_is_still_its_proof_and_what_is_no_file_is_none(fresh):
    with fresh("proofs", "0015") as engine:
        lay_whole(engine, "organisation", id=1001, kind="manufacturer", uscc="91000000000000027B")
        head = {"boundary": "cradle_to_gate", "gwp": "AR6", "organisation_id": 1001, "declared_amount": 1}
        lay_whole(engine, "inventory", id=1001, **head)
        lay_whole(engine, "stored_file", digest="a" * 64)
        for number, digest in enumerate(("a" * 64, "", "b" * 64, "a" * 64), 1001):
            cells = {"inventory_id": 1001, "position": number, "stage": "use", "quality": ""}
            lay_whole(engine, "activity_row", id=number, evidence="台账", evidence_digest=digest, **cells)
        upgrade()
        with engine.connect() as connection:
            links = connection.execute(text("SELECT row_id, digest FROM row_evidence ORDER BY row_id")).all()
            notes = connection.execute(text("SELECT DISTINCT evidence FROM activity_row")).scalars().all()
        assert [tuple(link) for link in links] == [(1001, "a" * 64), (1004, "a" * 64)]
        assert notes == ["台账"]


def test_a_fuel_of_earlier_keeps_its_numbers_and_has_their_units(fresh):
    with fresh("fuels", "0017") as engine:
        lay_whole(engine, "organisation", id=1001, kind="manufacturer", uscc="91000000000000027B")
        measures = {"boundary": "cradle_to_gate", "gwp": "AR6", "declared_amount": "1"}
        lay_whole(engine, "inventory", id=1001, organisation_id=1001, **measures)
        row = {"inventory_id": 1001, "stage": "use", "quality": ""}
        fuel = {"carbon_content": "26.180", "oxidation": "0.98"}
        lay_whole(engine, "activity_row", id=1, unit="t", ncv="20.9080", **fuel, **row)
        lay_whole(engine, "activity_row", id=2, unit="万Nm3", ncv="389.31", **fuel, **row)
        lay_whole(engine, "activity_row", id=3, unit="kWh", own_value="1", **row)
        upgrade()
        with engine.connect() as connection:
            found = connection.execute(text("SELECT kind, stated FROM activity_row ORDER BY id")).all()
        kept = [json.loads(each) if isinstance(each, str) else each for _kind, each in found]
        assert [kind for kind, _stated in found] == ["fuel", "fuel", "activity"]
        rest = {
            "carbon_content": {"amount": "26.180", "unit": "tC/TJ"},
            "oxidation": {"amount": "0.98", "unit": "1"},
        }
        assert kept == [
            {"ncv": {"amount": "20.9080", "unit": "GJ/t"}, **rest},
            {"ncv": {"amount": "389.31", "unit": "GJ/万Nm3"}, **rest},
            {},
        ]
        downgrade(revision="0017")
        with engine.connect() as connection:
            back = connection.execute(text("SELECT ncv, carbon_content FROM activity_row ORDER BY id")).all()
        assert [tuple(each) for each in back] == [("20.9080", "26.180"), ("389.31", "26.180"), (None, None)]


def test_what_a_workbook_was_refused_for_above_its_rows_is_a_row_of_its_own_and_comes_back(fresh):
    with fresh("workbooks", "0021") as engine:
        lay_case(engine)
        lay_whole(engine, "stored_file", digest="d")
        head = '[{"cell": "A4", "column": "period_from", "slug": "date-unreadable"}]'
        kinds = {"kind": "inventory", "application_id": 1001, "rows_read": 1, "accepted": 1, "refused": 0}
        for number, taken in ((1001, True), (1002, False)):
            lay_whole(engine, "sheet_upload", id=number, taken=taken, head=head, digest="d",
                      letters='{"name": "B"}', **kinds)  # fmt: skip
        upgrade()
        with engine.connect() as connection:
            found = connection.execute(
                text("SELECT outcome, letters, lines FROM sheet_upload ORDER BY id")
            ).all()
            rows = connection.execute(text("SELECT number, errors, outcome FROM sheet_row")).all()
        said = [(row.outcome, _plain(row.letters), _plain(row.lines)) for row in found]
        cells = {"name": "B", "period_from": "A4"}
        assert said == [("applied", cells, []), ("refused", cells, [])]
        errors = {"period_from": "date-unreadable"}
        assert [(row.number, _plain(row.errors), row.outcome) for row in rows] == [(0, errors, "refused")] * 2
        downgrade(revision="0021")
        with engine.connect() as connection:
            found = connection.execute(text("SELECT taken, head FROM sheet_upload ORDER BY id")).all()
        assert [(bool(row.taken), _plain(row.head)) for row in found] == [
            (True, json.loads(head)), (False, json.loads(head)),
        ]  # fmt: skip


def _plain(value):
    return json.loads(value) if isinstance(value, str) else value


def test_every_row_of_earlier_has_a_key_and_what_waits_is_known_by_it_and_comes_back(fresh):
    """Of three rows two have one name, and what waits stands for the second of these."""
    with fresh("keys", "0024") as engine:
        lay_case(engine)
        lay_whole(engine, "stored_file", digest="d")
        for number, name in ((1003, "甲"), (1002, "乙"), (1001, "乙")):
            cells = {"inventory_id": 1001, "position": 1003 - number, "stage": "use", "quality": ""}
            lay_whole(engine, "activity_row", id=number, name=name, kind="activity", stated="{}", **cells)
        kinds = {"application_id": 1001, "digest": "d", "rows_read": 1, "accepted": 1, "refused": 0}
        lay_whole(engine, "sheet_upload", id=1001, kind="inventory", outcome="applied", letters="{}",
                  lines="[]", **kinds)  # fmt: skip
        before = ['["use", "乙", "1"]', '["use", "丙", "0"]', None]
        for number, stands_for in enumerate(before, 1001):
            lay_whole(engine, "sheet_row", id=number, upload_id=1001, values="{}", errors="{}",
                      outcome="waiting", stands_for=stands_for)  # fmt: skip
        upgrade()
        with engine.connect() as connection:
            found = connection.execute(text("SELECT key FROM activity_row ORDER BY position")).scalars().all()
            waits = connection.execute(text("SELECT stands_for FROM sheet_row ORDER BY id")).scalars().all()
        assert found == ["r1003", "r1002", "r1001"]
        assert [_plain(each) for each in waits] == [["r1001"], None, None]
        downgrade(revision="0024")
        with engine.connect() as connection:
            waits = connection.execute(text("SELECT stands_for FROM sheet_row ORDER BY id")).scalars().all()
        assert _plain(waits[0]) == ["use", "乙", "1"]


def test_a_body_of_earlier_has_adopted_what_it_was_approved_for_with_the_papers_of_the_house(fresh):
    with fresh("adopted", "0045") as engine:
        lay_whole(engine, "organisation", id=1001, kind="certification_body", uscc="91000000000000027B")
        for number, (code, day) in enumerate([("a", "2021-01-01"), ("a", "2020-01-01"), ("b", "2022-01-01")]):
            lay_whole(engine, "body_scope", id=1001 + number, body_id=1001, scheme_code=code, valid_from=day,
                      valid_to="2030-01-01", approval_number="R")  # fmt: skip
        upgrade()
        with engine.connect() as connection:
            query = "SELECT scheme_code, state, in_force_from, pattern FROM adoption ORDER BY scheme_code"
            found = [tuple(map(str, row)) for row in connection.execute(text(query))]
        assert found == [("a", "in_force", "2020-01-01", ""), ("b", "in_force", "2022-01-01", "")]
