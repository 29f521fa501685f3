"""The ledger of a record: months that make up its amount, and the product's part of a site's meter."""

from datetime import date
from decimal import Decimal

import pytest

from carbon import operations, records
from core.errors import Invalid
from tests.factories import actor

YEAR = {"period_from": "2025-01-01", "period_to": "2025-12-31"}
HEAD = {
    "declared_amount": "1",
    "declared_unit": "t",
    "output_amount": "100",
    "output_unit": "t",
    "boundary": "cradle_to_gate",
}
POWER = {
    "stage": "manufacturing",
    "name": "外购电力",
    "unit": "kWh",
    "own_value": "0.5",
    "own_unit": "kgCO2e/kWh",
    "own_source": "演示数据",
}


def months(*amounts: str, first: int = 1) -> list[dict[str, str]]:
    return [{"month": f"2025-{first + n:02d}", "amount": amount} for n, amount in enumerate(amounts)]


def tried(*rows: dict, **head: str):
    return operations.preview({**HEAD, **YEAR, **head}, rows, relied_on=True)


TWELVE = months(*["1000.1"] * 11, "0")


def test_the_amount_is_the_exact_sum_of_the_months(library):
    """11 × 1000.1 = 11001.1 kWh, × 0.5 kg = 5500.55 kg over 100 t."""
    result, faults = tried(POWER | {"months": TWELVE})
    assert faults == {}
    assert result.total == Decimal("55.0055")


def test_months_far_apart_in_size_lose_no_digit():
    stated = {"months": months("999999999999.999999999999", "0.000000000001")}
    assert records.total(stated) == Decimal("1000000000000.000000000000")


def test_another_amount_than_the_sum_cannot_stand_beside_it(library):
    _result, faults = tried(POWER | {"months": TWELVE, "quantity": "11001.2"})
    assert faults == {"rows-0-quantity": "amount-not-of-ledger"}
    _result, faults = tried(POWER | {"months": TWELVE, "quantity": "11001.10"})
    assert faults == {}


@pytest.mark.parametrize(
    ("given", "place", "slug"),
    [
        ([{"month": "2026-01", "amount": "1"}], "months-0-month", "month-outside-period"),
        ([{"month": "2024-12", "amount": "1"}], "months-0-month", "month-outside-period"),
        ([*months("1"), *months("2")], "months-1-month", "month-twice"),
        ([{"month": "2025-13", "amount": "1"}], "months-0-month", "month-unreadable"),
        ([{"month": "January", "amount": "1"}], "months-0-month", "month-unreadable"),
        ([{"month": "2025-01", "amount": "-1"}], "months-0-amount", "quantity-negative"),
        ([{"month": "2025-01", "amount": "0,125"}], "months-0-amount", "number-comma"),
        ([{"month": "2025-01"}], "months-0-amount", "value-missing"),
        ([{"amount": "1"}], "months-0-month", "value-missing"),
        ([{"month": "2025-01", "amount": "1", "day": "2"}], "months-0-day", "body-member-unknown"),
        ("1000", "months", "body-shape"),
    ],
)
def test_what_is_wrong_in_a_ledger_is_named_at_its_month(library, given, place, slug):
    _result, faults = tried(POWER | {"months": given})
    assert faults == {f"rows-0-{place}": slug}


def test_a_list_of_more_months_than_anybody_has_is_refused_as_a_whole(library):
    with pytest.raises(Invalid) as refused:
        tried(POWER | {"months": months("1") * 51})
    assert (refused.value.slug, refused.value.fields) == (
        "list-too-long",
        {"rows-0-months": "list-too-long"},
    )


def test_a_month_is_read_as_people_write_it(library):
    spelt = [{"month": "2025年1月", "amount": "1千"}, {"month": "2025/2", "amount": "１"}]
    result, faults = tried(POWER | {"months": spelt})
    assert (faults, result.rows[0].value) == ({}, Decimal("5.005"))


def test_the_months_that_a_period_touches_belong_to_it():
    touched = records.months_of(date(2025, 11, 15), date(2026, 2, 1))
    assert touched == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert records.months_of(None, date(2026, 2, 1)) == []


# rule 26
def test_a_month_that_is_missing_is_a_red_question_and_a_month_of_zero_is_not(library):
    from carbon.checks import check_of

    gap = months("1", "2", "3", first=2)
    result, _faults = tried(POWER | {"months": gap})
    [asked] = [caution for caution in result.cautions if caution.slug == "ledger-gap"]
    assert (asked.row, asked.detail["count"]) == (0, "9")
    assert asked.detail["months"] == "2025-01、2025-05、2025-06、2025-07、2025-08、2025-09…"
    assert check_of("ledger-gap").severity == "red"
    result, _faults = tried(POWER | {"months": TWELVE})
    assert "ledger-gap" not in {caution.slug for caution in result.cautions}
    result, _faults = tried(POWER | {"quantity": "1"})
    assert "ledger-gap" not in {caution.slug for caution in result.cautions}


def shared(product: str, site: str, unit: str = "t", other: str = "t") -> dict:
    return {
        "product_amount": {"amount": product, "unit": unit},
        "site_amount": {"amount": site, "unit": other},
    }


def test_a_site_is_shared_by_two_amounts_that_both_stand(library):
    """11001.1 kWh × 30 t / 120 t × 0.5 kg / 100 t = 13.751375."""
    result, faults = tried(POWER | {"months": TWELVE} | shared("30000", "120", "kg"))
    assert (faults, result.total) == ({}, Decimal("13.751375"))


@pytest.mark.parametrize(
    ("given", "place", "slug"),
    [
        (shared("121", "120"), "product_amount", "part-above-whole"),
        (shared("30", "120", "m2"), "product_amount-unit", "unit-does-not-fit"),
        (shared("0", "120"), "product_amount", "number-not-above-zero"),
        ({"product_amount": {"amount": "1", "unit": "t"}}, "site_amount", "value-missing"),
        ({"site_amount": {"amount": "1", "unit": "t"}}, "product_amount", "value-missing"),
    ],
)
def test_a_share_is_two_amounts_of_one_kind_of_which_one_is_a_part(library, given, place, slug):
    _result, faults = tried(POWER | {"quantity": "1"} | given)
    assert faults == {f"rows-0-{place}": slug}


def test_a_record_of_a_kind_has_its_ledger_besides(library):
    """12 × 10 t of limestone, half of it the product's: 60 t × 0.43971 × 1000 / 100 t."""
    stone = {
        "kind": "carbonate",
        "stage": "manufacturing",
        "name": "石灰石",
        "unit": "t",
        "carbonate": "CaCO3",
        "site": "二号窑",
        "meter": "过磅单 7",
        "months": months(*["10"] * 12),
    }
    result, faults = tried(stone | shared("1", "2"))
    assert (faults, result.total) == ({}, Decimal("263.826"))
    # A ledger alone does not make a record whole.
    _result, faults = tried({name: value for name, value in stone.items() if name != "carbonate"})
    assert faults == {}


@pytest.fixture
def applicant(library):
    return actor("manufacturer", "applicant")


@pytest.fixture
def inventory(library, applicant):
    return operations.create_inventory(
        applicant,
        applicant.organisation_id,
        title="x",
        declared_amount="1",
        declared_unit="t",
        boundary="cradle_to_gate",
    )


# rule 26
def test_a_period_that_would_leave_a_month_outside_is_refused_as_well(inventory, applicant):
    head = {**YEAR, "output_amount": "100", "output_unit": "t"}
    row = POWER | {"months": TWELVE}
    operations.save_inventory(inventory, applicant, head, [row], inventory.version)
    later = {"period_from": "2025-02-01", "period_to": "2026-01-31"}
    with pytest.raises(Invalid) as refused:
        operations.save_inventory(inventory, applicant, later, None, inventory.version)
    assert refused.value.fields == {"rows-0-months-0-month": "month-outside-period"}


def test_a_frozen_record_keeps_its_ledger_and_counts_again_as_it_did(inventory, applicant):
    head = {**YEAR, "output_amount": "100", "output_unit": "t"}
    row = POWER | {"months": TWELVE, "meter": "3号表"} | shared("1", "3")
    operations.save_inventory(inventory, applicant, head, [row], inventory.version)
    frozen = operations.freeze(inventory, applicant)
    [kept] = frozen.rows
    assert kept["stated"]["meter"] == "3号表"
    assert kept["stated"]["months"] == TWELVE
    assert operations.recompute(frozen).total == frozen.total
    # 11001.1 / 3 × 0.5 / 100
    assert round(frozen.total, 6) == Decimal("18.335167")


def test_no_amount_but_the_sum_can_be_written_behind_a_ledger(inventory, applicant):
    from core.db import db
    from core.errors import OutOfOrder

    head = {**YEAR, "output_amount": "100", "output_unit": "t"}
    operations.save_inventory(inventory, applicant, head, [POWER | {"months": TWELVE}], inventory.version)
    inventory.rows[0].quantity = Decimal(1)
    with pytest.raises(OutOfOrder) as refused:
        db.session.flush()
    assert refused.value.slug == "amount-not-of-ledger"
    db.session.rollback()
