"""A whole case of a cement plant goes in by API, with a record of every kind, to its sum by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from accounts import operations as accounts
from carbon import operations as carbon
from carbon import records
from certification.application.models import Application
from core.db import db as tables
from tests.certification.cement_client import KILOGRAMS, OUTPUT, YEAR, Client
from tests.certification.world import PDF
from tests.support.rules import amend


@pytest.fixture
def plant(client, world):
    amend(world.scheme, declared_unit="t", category="cement")
    amend(world.scheme, limit_value=Decimal(720), materiality=Decimal("0.95"))
    carbon.load_factors()
    token = accounts.create_token(world.actor("applicant"), "plant")[1]
    tables.session.commit()

    def send(method: str, path: str, **more):
        headers = {"Authorization": f"Bearer {token}"}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **more)

    return Client(send, PDF)


def test_the_plant_states_a_record_of_every_kind():
    assert [row["kind"] for row, _kilograms in YEAR if row["kind"] not in records.KINDS] == []
    assert {row["kind"] for row, _kilograms in YEAR} == set(records.KINDS)


def test_a_program_sends_a_whole_case_and_it_comes_to_what_it_does_by_hand(plant, world):
    case = plant.create(world.scheme.code, world.body.uscc)["id"]
    kept = plant.inventory(case, plant.files(case, world.scheme.required_files)[0])
    for (sent, _kilograms), row in zip(YEAR, kept["rows"], strict=True):
        stated = {name: value for name, value in sent.items() if name in records.FIELDS}
        assert {name: row[name] for name in stated} == stated
    assert "ground-not-accepted" in plant.answer(case)
    plant.submit(case)
    handed = plant.call("GET", f"/applications/{case}")
    assert handed["state"] == "submitted"
    by_hand, exact = KILOGRAMS / OUTPUT, tables.session.get_one(Application, case).footprint.exact
    assert abs(exact - by_hand) < Fraction(1, 10**20)
    assert Fraction(handed["footprint"]["total"]) == round(by_hand, 2)


def test_what_is_not_answered_keeps_the_program_from_handing_in(plant, world):
    case = plant.create(world.scheme.code, world.body.uscc)["id"]
    plant.inventory(case, plant.files(case, world.scheme.required_files)[0])
    refused = plant.call("POST", f"/applications/{case}/submit", 422, json={"declared": True})
    assert [each["slug"] for each in refused["unmet"]] == ["question-unanswered"]
