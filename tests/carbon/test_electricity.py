"""Electricity by meter: what counts as what, what is refused, and what stands beside it."""

from decimal import Decimal

import pytest

from carbon import operations
from carbon.checks import Around, check_of
from tests.factories import actor

HEAD = {
    "declared_amount": "1",
    "declared_unit": "t",
    "output_amount": "100",
    "output_unit": "t",
    "boundary": "cradle_to_gate",
    "period_from": "2024-01-01",
    "period_to": "2024-12-31",
}
COUNTED, OUTSIDE = Around(certificates=True), Around()
PROOF = "a" * 64


def kwh(amount: str, unit: str = "kWh") -> dict[str, str]:
    return {"amount": amount, "unit": unit}


def of(emission: str) -> dict[str, str]:
    return {"amount": emission, "unit": "kgCO2e/kWh"}


GRID = {"supply": "grid", "energy": kwh("600")}
OWN = {"supply": "own", "energy": kwh("300"), "emission": of("0.05")}
CONTRACT = {
    "supply": "contract",
    "energy": kwh("100"),
    "emission": of("0.03"),
    "certificate": "GEC 1",
    "certified": kwh("100"),
    "line_loss": {"amount": "5", "unit": "%"},
}
EXPORTED = {"supply": "exported", "energy": kwh("50")}
METER = {
    "kind": "electricity",
    "stage": "manufacturing",
    "name": "总表",
    "quantity": "1000",
    "unit": "kWh",
    "factor_code": "ELECFP-CN-2024",  # 0.5777
    "evidence_digest": PROOF,
}


def tried(*supplies: dict, around: Around = OUTSIDE, relied_on: bool = True, **more: str):
    row = METER | {"supplies": list(supplies)} | more
    return operations.preview(HEAD, [row], relied_on=relied_on, around=around)


def asked(result) -> set[str]:
    of_meters = {"supply-unproven", "power-unbalanced", "certificates-not-counted"}
    return {caution.slug for caution in result.cautions} & of_meters


def test_what_is_proved_counts_as_it_is_and_the_grid_stands_beside_it(library):
    """600 × 0.5777 + 300 × 0.05 + 100 × 0.03 + 5 × 0.5777 = 367.5085 kg over 100 t; all by the grid 577.7."""
    result, faults = tried(GRID, OWN, CONTRACT, around=COUNTED)
    assert faults == {}
    assert (result.total, result.at_grid) == (Decimal("3.675085"), Decimal("5.777"))
    assert asked(result) == set()


def test_certificates_count_only_where_the_scheme_says_so(library):
    """700 × 0.5777 + 300 × 0.05 = 419.39."""
    result, _faults = tried(GRID, OWN, CONTRACT)
    assert (result.total, result.at_grid) == (Decimal("4.1939"), Decimal("5.777"))
    assert asked(result) == {"certificates-not-counted"}


def test_what_no_file_proves_is_electricity_of_the_grid(library):
    result, _faults = tried(GRID, OWN, CONTRACT, around=COUNTED, evidence_digest="")
    assert (result.total, result.at_grid) == (Decimal("5.777"), None)
    assert asked(result) == {"supply-unproven"}
    assert check_of("supply-unproven").severity == "red"
    # Whoever only tries a sum is taken at their word.
    result, _faults = tried(GRID, OWN, relied_on=False, evidence_digest="", quantity="900")
    assert result.total == Decimal("3.6162")


def test_what_is_passed_on_leaves_the_plant_of_ones_own_and_earns_nothing(library):
    """600 × 0.5777 + 250 × 0.05 = 359.12: the meter reads 850."""
    result, _faults = tried(GRID, OWN, EXPORTED, quantity="850")
    assert (result.total, result.at_grid) == (Decimal("3.5912"), Decimal("4.91045"))
    assert asked(result) == set()


def test_what_the_parts_leave_of_the_meter_is_the_grids_and_asked_about(library):
    """300 × 0.05 + 700 × 0.5777 = 419.39: a hundred are of no supply."""
    result, _faults = tried(GRID, OWN)
    assert result.total == Decimal("4.1939")
    [doubt] = [caution for caution in result.cautions if caution.slug == "power-unbalanced"]
    facts = (doubt.row, doubt.detail["metered"], doubt.detail["sum"], doubt.detail["difference"])
    assert facts == (0, "1000", "900", "100")


def test_more_than_the_meter_shows_counts_and_is_asked_about(library):
    result, _faults = tried(GRID | {"energy": kwh("1.2", "MWh")})
    assert (result.total, result.at_grid) == (Decimal("6.9324"), None)
    assert asked(result) == {"power-unbalanced"}


def test_the_months_of_a_meter_and_the_products_part_of_it(library):
    """Twelve months of 100 kWh, a quarter of it the product's: 300 × 0.5777 / 100."""
    months = [{"month": f"2024-{number:02d}", "amount": "100"} for number in range(1, 13)]
    share = {"product_amount": {"amount": "1", "unit": "t"}, "site_amount": {"amount": "4", "unit": "t"}}
    grid = {"supply": "grid", "energy": kwh("1200")}
    result, faults = tried(grid, months=months, quantity="", **share)
    assert (faults, result.total) == ({}, Decimal("1.7331"))
    assert asked(result) == set()


def without(member: str, supply: dict) -> dict:
    return {name: value for name, value in supply.items() if name != member}


@pytest.mark.parametrize(
    ("supply", "more", "place", "slug"),
    [
        (GRID | {"supply": "residual"}, {}, "supplies-0-supply", "residual-not-published"),
        (GRID | {"supply": "green"}, {}, "supplies-0-supply", "not-in-list"),
        (CONTRACT | {"energy": kwh("0.1001", "MWh")}, {}, "supplies-0-energy", "above-certificate"),
        (without("certificate", CONTRACT), {}, "supplies-0-certificate", "value-missing"),
        (without("certified", CONTRACT), {}, "supplies-0-certified", "value-missing"),
        (without("line_loss", CONTRACT), {}, "supplies-0-line_loss", "value-missing"),
        (without("emission", CONTRACT), {}, "supplies-0-emission", "value-missing"),
        (without("emission", OWN), {}, "supplies-0-emission", "value-missing"),
        (without("energy", GRID), {}, "supplies-0-energy", "value-missing"),
        (EXPORTED, {}, "supplies-0-energy", "exported-above-own"),
        (GRID | {"energy": kwh("-600")}, {}, "supplies-0-energy", "number-not-above-zero"),
        (
            CONTRACT | {"line_loss": {"amount": "100", "unit": "%"}},
            {},
            "supplies-0-line_loss",
            "not-a-fraction",
        ),
        (GRID, {"factor_code": "ELECFP-coal-2024"}, "factor_code", "grid-factor-not-national"),
        (GRID, {"factor_code": "GRID-Jiangsu-2023"}, "factor_code", "grid-factor-not-national"),
        (
            GRID,
            {"factor_code": "", "own_value": "0.1", "own_unit": "kgCO2e/kWh"},
            "own_value",
            "grid-factor-not-national",
        ),
        (GRID, {"unit": "t"}, "unit", "unit-does-not-fit"),
    ],
)
def test_what_cannot_be_is_named_at_its_supply(library, supply, more, place, slug):
    _result, faults = tried(supply, **more)
    assert faults[f"rows-0-{place}"] == slug


def test_a_supply_that_would_take_away_is_refused(library):
    _result, faults = tried(GRID, OWN | {"emission": of("-1")}, CONTRACT)
    assert faults == {"rows-0-supplies-1-emission": "negative-without-ground"}


def test_a_supply_cleaner_than_any_that_is_published_is_asked_about(library):
    result, _faults = tried(GRID, OWN | {"emission": of("0.001")}, CONTRACT)
    assert "quantity-far-off" in {caution.slug for caution in result.cautions}


def test_a_frozen_meter_counts_again_as_it_did_and_keeps_what_the_grid_would_be(library):
    applicant = actor("manufacturer", "applicant")
    head = {name: HEAD[name] for name in ("declared_amount", "declared_unit", "boundary")}
    inventory = operations.create_inventory(applicant, applicant.organisation_id, title="x", **head)
    rest = {name: HEAD[name] for name in ("output_amount", "output_unit", "period_from", "period_to")}
    row = METER | {"supplies": [GRID, OWN, CONTRACT], "evidence_digest": ""}
    operations.save_inventory(inventory, applicant, rest, [row], inventory.version)
    frozen = operations.freeze(inventory, applicant, COUNTED)
    # No file: all of it is the grid's, so nothing stands beside it.
    assert (frozen.total, frozen.at_grid) == (Decimal("5.777"), None)
    inventory.rows[0].stated = inventory.rows[0].stated | {"supplies": [GRID]}
    assert "at_grid" not in frozen.basis
    assert operations.recompute(frozen).total == frozen.total
