"""The five schemes say what they said when they were columns, and so does every row that is brought over."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, select, text

from core.db import db as tables
from schemes import operations as schemes
from schemes.models import SchemeVersion
from tests import factories

pytestmark = pytest.mark.engines("sql")

BEFORE = json.loads((Path(__file__).parent / "before.json").read_text(encoding="utf-8"))
# What a file of then could leave out.
UNSAID = {"certificates": "outside", "retests": 1, "effective_to": None}
NUMBERS = ("declared_amount", "limit_value", "person_days", "materiality")
DAYS = ("effective_from", "effective_to")
LISTS = ("required_files", "tests", "clocks")


def expected(row: dict) -> dict:
    """The values of the columns of then."""
    told = UNSAID | row
    numbers = {name: told[name] and Decimal(told[name]) for name in NUMBERS}
    days = {name: told[name] and date.fromisoformat(told[name]) for name in DAYS}
    return told | numbers | days


def answers(scheme: SchemeVersion, names: list[str]) -> dict:
    found = {name: getattr(scheme, name) for name in names if name != "retests"}
    found["retests"] = scheme.retests([item["slug"] for item in scheme.tests])
    found["clocks"] = {name: without_weak(clock) for name, clock in scheme.clocks.items()}
    return found


def without_weak(clock: dict) -> dict:
    """That no official text was found was left out where one was."""
    return {name: value for name, value in clock.items() if name != "weak" or value}


def check(found: list[SchemeVersion], rows: list[dict]) -> None:
    by_code = {scheme.code: scheme for scheme in found}
    assert by_code.keys() == {row["code"] for row in rows}
    for row in rows:
        told = expected(row)
        assert answers(by_code[row["code"]], list(told)) == told


def test_the_shipped_schemes_say_what_they_said_as_columns(db):
    schemes.load(schemes.SHIPPED, factories.paper_actor())
    before = SchemeVersion.code.in_([row["code"] for row in BEFORE])  # others came later
    check(db.session.scalars(select(SchemeVersion).where(before)).all(), BEFORE)


@pytest.fixture
def engine(fresh):
    """A database of the version before schemes were documents."""
    with fresh("before", "0035") as engine:
        yield engine


def lay(engine: Engine, rows: list[dict]) -> None:
    for number, row in enumerate(rows, 1):
        told = {"id": number, **UNSAID, **row}
        told |= {name: json.dumps(told[name], ensure_ascii=False) for name in LISTS}
        names = ", ".join(told)
        marks = ", ".join(f":{name}" for name in told)
        with engine.begin() as connection:
            connection.execute(text(f"INSERT INTO scheme_version ({names}) VALUES ({marks})"), told)


ODD = {
    **BEFORE[0],
    "code": "odd",
    "declared_amount": "1000",
    "declared_unit": "kg",
    "comparison": "rounded",
    "rounding_digits": 1,
    "gwp": "AR5",
    "retests": 3,
    "certificates": "counted",
    "materiality": None,
    "limit_value": "-5",
    "limit_demo": False,
    "effective_to": "2026-12-31",
    "required_files": ["application_form", "tyre_label_report"],
    "clocks": {
        "acceptance": {"days": 3, "unit": "months", "source": "a", "first": "same", "term": "span"},
        "suspension_max": {"months": 3, "source": "b", "weak": True},
    },
}


def test_a_row_of_columns_becomes_a_document_that_says_the_same_and_can_go_back(engine):
    rows = [*BEFORE, ODD]
    lay(engine, rows)
    upgrade()
    check(tables.session.scalars(select(SchemeVersion)).all(), rows)
    tables.session.rollback()
    downgrade(revision="0035")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT * FROM scheme_version ORDER BY id")).mappings().all()
    for back, row in zip(found, rows, strict=True):
        told = UNSAID | row
        assert {name: plain(name, back[name]) for name in told} == {
            name: plain(name, value) for name, value in told.items()
        }


def plain(name: str, value: object) -> object:
    """As either database gives it back."""
    if name in LISTS:
        return json.loads(value) if isinstance(value, str) else value
    return str(value) if isinstance(value, date) else value


def test_what_no_law_ran_and_what_no_clock_said_does_not_stop_the_way_over(engine):
    clocks = {"lunch": {"days": 1}, "acceptance": {"day": 5}, "correction": {"days": 4, "source": "x"}}
    tests = [{"slug": "a", "comparator": "between", "limit": "1"}, {"slug": "b"}]
    lay(engine, [ODD | {"clocks": clocks, "tests": tests}])
    upgrade()
    scheme = tables.session.scalars(select(SchemeVersion)).one()
    assert scheme.clocks == {"correction": {"days": 4, "unit": "calendar", "source": "x"}}
    assert [(item["slug"], item["comparator"], item["limit"]) for item in scheme.tests] == [
        ("a", "ge", "1"),
        ("b", None, None),
    ]
    assert scheme.rules.documents[1].names.zh == "tyre_label_report"
