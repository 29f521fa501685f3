"""What is frozen of records: what was typed, beside the lines it came to; computed again from these."""

from decimal import Decimal

import pytest

from carbon import operations
from carbon.footprint import rows_from_plain
from carbon.models import Footprint
from carbon.operations.frozen import lines_of
from core.errors import OutOfOrder
from tests.factories import actor

HEAD = {"title": "水泥", "declared_amount": "1", "declared_unit": "t", "boundary": "cradle_to_gate"}
COAL = {
    "kind": "fuel", "stage": "manufacturing", "name": "烟煤", "quantity": "10", "unit": "t",
    "ncv": {"amount": "20908", "unit": "kJ/kg"}, "carbon_content": {"amount": "54", "unit": "%"},
    "oxidation": {"amount": "98", "unit": "%"}, "biogenic_share": {"amount": "10", "unit": "%"},
    "methane": {"amount": "10", "unit": "kgCH4/TJ"}, "nitrous_oxide": {"amount": "1.5", "unit": "kgN2O/TJ"},
}  # fmt: skip
STEAM = {
    "kind": "avoided", "stage": "manufacturing", "name": "余热", "quantity": "5", "unit": "GJ",
    "displaced": "蒸汽", "source": "计量", "own_value": "60", "own_unit": "kgCO2e/GJ",
}  # fmt: skip


SUPPLIED = {
    "kind": "supplier", "stage": "raw_material", "name": "熟料", "quantity": "1", "unit": "t",
    "emission": {"amount": "840", "unit": "kgCO2e/t"}, "boundary": "cradle_to_gate",
}  # fmt: skip


@pytest.mark.parametrize(
    ("until", "end", "expired"),
    [("2025-11-30", "2025-12-31", True), ("2025-12-31", "2025-12-31", False), ("2025-11-30", None, False),
     (None, "2025-12-31", False)],
)  # fmt: skip
def test_a_suppliers_footprint_that_ended_before_the_period_is_asked_about(library, until, end, expired):
    who = actor("manufacturer", "applicant")
    inventory = operations.create_inventory(who, who.organisation_id, **HEAD)
    facts = {"output_amount": "1", "output_unit": "t", "period_from": "2025-01-01", "period_to": end}
    operations.save_inventory(inventory, who, facts, [SUPPLIED | {"valid_until": until}], inventory.version)
    tried, _ = operations.preview(HEAD | facts, [SUPPLIED | {"valid_until": until}])
    for result in (operations.compute(inventory), tried):
        said = [caution for caution in result.cautions if caution.slug == "supplier-expired"]
        assert [(one.row, one.detail["until"], one.detail["end"]) for one in said] == (
            [(0, until, end)] if expired else []
        )


@pytest.fixture
def frozen(library):
    who = actor("manufacturer", "applicant")
    inventory = operations.create_inventory(who, who.organisation_id, **HEAD)
    facts = {"output_amount": "100", "output_unit": "t"}
    operations.save_inventory(inventory, who, facts, [STEAM, COAL], inventory.version)
    assert inventory.is_filled
    told = operations.compute(inventory)
    assert [row.name for row in told.rows] == ["余热", "烟煤"]
    return operations.freeze(inventory, who)


def test_a_record_is_frozen_as_typed_with_its_lines_and_computed_again(frozen):
    steam, coal = frozen.rows
    assert (coal["kind"], coal["stated"]["ncv"]) == ("fuel", COAL["ncv"])
    assert [line["gas"][:3] for line in coal["lines"]] == ["CO2", "CO2", "CH4", "N2O"]
    assert len(rows_from_plain(lines_of(frozen.rows))) == len(steam["lines"]) + 4
    assert operations.recompute(frozen).total == frozen.total > 0


def test_what_nobody_accepted_counts_nothing_and_is_said_of_the_record(frozen):
    assert Decimal(frozen.rows[0]["value"]) == 0
    said = {(warning["slug"], warning["row"]) for warning in frozen.warnings}
    assert ("ground-not-accepted", 0) in said
    assert ("fuel-without-upstream", 1) in said
    assert ("co2-counted-as-co2e", 1) not in said


def test_what_a_record_stated_cannot_be_changed_unseen(frozen):
    frozen.rows[1]["stated"]["ncv"]["amount"] = "1"
    with pytest.raises(OutOfOrder) as refused:
        operations.recompute(frozen)
    assert refused.value.slug == "footprint-altered"


# What counts in another unit than it was typed in, and what is told apart
OIL = {
    "stage": "manufacturing", "name": "柴油", "quantity": "2000", "unit": "L", "own_value": "3.1",
    "own_unit": "kgCO2e/kg", "own_source": "演示数据", "density": {"amount": "0.84", "unit": "kg/L"},
    "density_source": "出厂检验单",
}  # fmt: skip


def freeze(*rows: dict):
    who = actor("manufacturer", "applicant")
    inventory = operations.create_inventory(who, who.organisation_id, **HEAD)
    facts = {"output_amount": "1", "output_unit": "t"}
    operations.save_inventory(inventory, who, facts, rows, inventory.version)
    return operations.freeze(inventory, who)


def test_an_amount_is_frozen_as_it_was_typed_with_the_line_that_counted(library):
    made = freeze(OIL)
    kept = made.rows[0]
    assert (kept["quantity"], kept["unit"], kept["factor"]["value"]) == ("2000", "L", "3.1")
    assert [(Decimal(line["quantity"]), line["unit"]) for line in kept["lines"]] == [(Decimal(1680), "kg")]
    assert kept["stated"]["density_source"] == "出厂检验单"
    assert (made.total, operations.recompute(made).total) == (Decimal(5208), Decimal(5208))


def test_a_footprint_keeps_what_its_rows_were_said_to_be(library):
    kilogram = OIL | {"unit": "kg", "density": None, "density_source": None, "own_value": "1"}
    made = freeze(kilogram | {"quantity": "7"}, kilogram | {"quantity": "3", "apart": "packaging"})
    assert made.thereof == {"packaging": Decimal(3)}
    assert made.pact["packagingGhgEmissions"] == Decimal(3)
    assert made.pact["pcfExcludingBiogenicUptake"] == made.total == 10
    assert [row.get("thereof") for row in made.rows] == [None, ["packaging"]]
    again = operations.recompute(made)
    assert (again.total, again.thereof, again.pact) == (made.total, made.thereof, made.pact)
    older = {name: value for name, value in made.basis.items() if name not in ("thereof", "pact")}
    assert (Footprint(basis=older).thereof, Footprint(basis=older).pact) == ({}, {})
