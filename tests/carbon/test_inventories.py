"""Writing activity data down: what a draft may leave out, and what is refused at its field."""

from decimal import Decimal

import pytest

from carbon import operations, queries
from carbon.models import Inventory
from core.errors import Invalid, NotFound, NotPermitted, OutOfOrder
from tests.factories import actor, organisation

HEAD = {"title": "瓷砖", "declared_amount": "1", "declared_unit": "m²", "boundary": "cradle_to_gate"}
ROW = {
    "stage": "manufacturing",
    "name": "电",
    "quantity": "10",
    "unit": "kWh",
    "factor_code": "ELECFP-CN-2024",
}
OWN = {"stage": "use", "quantity": "1", "unit": "kg", "own_value": "2", "own_unit": "kgCO2e/kg"}


@pytest.fixture
def applicant(library):
    return actor("manufacturer", "applicant")


@pytest.fixture
def inventory(applicant):
    return operations.create_inventory(applicant, applicant.organisation_id, **HEAD)


def save(inventory, who, rows=None, version=None, **facts):
    operations.save_inventory(inventory, who, facts, rows, inventory.version if version is None else version)


def test_a_draft_may_be_empty(inventory):
    assert (inventory.version, inventory.declared_unit, inventory.rows) == (1, "m2", [])
    assert (inventory.gwp, inventory.is_filled) == ("AR6", False)


def test_what_is_typed_is_kept(inventory, applicant):
    rows = [ROW, {"stage": "use", "name": "x"}]
    save(
        inventory, applicant, rows, output_amount="1,842,000", output_unit="平方米", period_from="2025-01-01"
    )
    kept = queries.inventory(inventory.id)
    assert (kept.output_amount, kept.output_unit, str(kept.period_from)) == (1842000, "m2", "2025-01-01")
    assert [(row.name, row.quantity, row.factor_code) for row in kept.rows] == [
        ("电", Decimal(10), "ELECFP-CN-2024"),
        ("x", None, ""),
    ]
    assert (kept.version, kept.updated_by, kept.is_filled) == (2, applicant.label, False)


def test_rows_are_replaced_by_what_is_saved_and_the_head_alone_leaves_them(inventory, applicant):
    save(inventory, applicant, [ROW, OWN, OWN | {"name": "c"}])
    save(inventory, applicant, [OWN, ROW])
    assert [(row.position, row.stage, row.own_value) for row in inventory.rows] == [
        (0, "use", Decimal(2)),
        (1, "manufacturing", None),
    ]
    save(inventory, applicant, None, title="新名称")
    assert (inventory.title, len(inventory.rows)) == ("新名称", 2)
    save(inventory, applicant, [])
    assert inventory.rows == []


@pytest.mark.parametrize(
    ("row", "output", "filled"),
    [
        (ROW, "1", True),
        (OWN, "1", True),
        (ROW, None, False),
        (ROW | {"quantity": ""}, "1", False),
        (ROW | {"factor_code": None}, "1", False),
        (OWN | {"own_value": "", "ncv": "1", "carbon_content": "1", "oxidation": "1"}, "1", True),
    ],
)
def test_an_inventory_is_filled_when_nothing_the_arithmetic_needs_is_missing(
    inventory, applicant, row, output, filled
):
    save(inventory, applicant, [row], output_amount=output, output_unit="m2")
    assert inventory.is_filled == filled


@pytest.mark.parametrize(
    ("wrong", "field", "slug"),
    [
        ({"quantity": "-1"}, "quantity", "quantity-negative"),
        ({"quantity": "1000000000000"}, "quantity", "quantity-absurd"),
        ({"quantity": "1e-13"}, "quantity", "quantity-absurd"),
        ({"quantity": "1e999999999"}, "quantity", "quantity-absurd"),
        ({"quantity": "ten"}, "quantity", "number-unreadable"),
        ({"quantity": "NaN"}, "quantity", "number-unreadable"),
        ({"quantity": "Infinity"}, "quantity", "number-unreadable"),
        ({"quantity": "1,2,3"}, "quantity", "number-comma"),
        ({"quantity": "9" * 41}, "quantity", "number-unreadable"),
        ({"unit": "foo"}, "unit", "unit-unknown"),
        ({"unit": ""}, "unit", "unit-missing"),
        ({"unit": "kg"}, "unit", "unit-does-not-fit"),
        ({"factor_code": "NONE"}, "factor_code", "factor-unknown"),
        ({"factor_code": "CN-ENT-natgas-NCV"}, "factor_code", "factor-is-a-parameter"),
        ({"stage": "later"}, "stage", "stage-unknown"),
        ({"stage": None}, "stage", "stage-unknown"),
        ({"quality": "E"}, "quality", "quality-unknown"),
        ({"name": "x" * 201}, "name", "text-too-long"),
        ({"evidence": "x" * 501}, "evidence", "text-too-long"),
        ({"evidence_digest": "abc"}, "evidence_digest", "file-not-found"),
        ({"own_value": "1", "own_unit": "kgCO2e/kWh"}, "factor_code", "factor-given-twice"),
        ({"factor_code": "", "own_value": "1"}, "own_unit", "factor-unit-missing"),
        ({"factor_code": "", "own_value": "1", "own_unit": "kWh"}, "own_unit", "factor-unit-unknown"),
        ({"factor_code": "", "own_value": "1", "own_unit": "kgCO2e/kg"}, "own_unit", "unit-does-not-fit"),
        ({"factor_code": "", "own_value": "x", "own_unit": "kgCO2e/kWh"}, "own_value", "number-unreadable"),
        ({"factor_code": "", "ncv": "1", "oxidation": "0.9"}, "carbon_content", "value-missing"),
        (
            {"factor_code": "", "ncv": "1", "carbon_content": "1", "oxidation": "98"},
            "oxidation",
            "not-a-fraction",
        ),
        (
            {"factor_code": "", "ncv": "0", "carbon_content": "1", "oxidation": "1"},
            "ncv",
            "number-not-above-zero",
        ),
        (
            {"factor_code": "", "ncv": "1", "carbon_content": "1", "oxidation": "1"},
            "unit",
            "unit-does-not-fit",
        ),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_at_its_field(db, inventory, applicant, wrong, field, slug):
    save(inventory, applicant, [ROW])
    with pytest.raises(Invalid) as refused:
        save(inventory, applicant, [ROW, ROW, ROW, ROW | wrong], title="anders")
    assert refused.value.slug == "inventory-invalid"
    assert refused.value.fields[f"rows-3-{field}"] == slug
    assert all(name.startswith("rows-3-") for name in refused.value.fields)
    assert (inventory.title, len(inventory.rows), db.session.is_modified(inventory)) == ("瓷砖", 1, False)


@pytest.mark.parametrize(
    ("wrong", "slug"),
    [
        ({"output_amount": "0"}, "number-not-above-zero"),
        ({"output_amount": "-3"}, "number-not-above-zero"),
        ({"output_unit": "foo"}, "unit-unknown"),
        ({"declared_unit": ""}, "unit-missing"),
        ({"boundary": "gate"}, "boundary-unknown"),
        ({"gwp": "AR1"}, "gwp-unknown"),
        ({"period_from": "2025-13-01"}, "date-unreadable"),
        ({"title": "x" * 201}, "text-too-long"),
    ],
)
def test_a_head_that_cannot_be_right_is_refused_at_its_field(inventory, applicant, wrong, slug):
    with pytest.raises(Invalid) as refused:
        save(inventory, applicant, None, **wrong)
    assert refused.value.fields == {next(iter(wrong)): slug}


def test_a_period_that_ends_before_it_begins_is_refused(inventory, applicant):
    save(inventory, applicant, None, period_from="2025-01-01")
    with pytest.raises(Invalid) as refused:
        save(inventory, applicant, None, period_to="2024-12-31")
    assert refused.value.fields == {"period_to": "period-backwards"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("１２．５", "12.5"),
        ("1 234", "1234"),
        ("1,234.5", "1234.5"),
        (" 7 ", "7"),
        ("1e3", "1000"),
        (Decimal("2.50"), "2.50"),
    ],
)
def test_numbers_are_read_as_people_type_them(inventory, applicant, typed, read):
    save(inventory, applicant, [ROW | {"quantity": typed}])
    assert inventory.rows[0].quantity == Decimal(read)


def test_too_many_rows_are_refused(inventory, applicant):
    with pytest.raises(Invalid) as refused:
        save(inventory, applicant, [ROW] * 2001)
    assert refused.value.slug == "rows-too-many"


def test_control_characters_do_not_get_into_the_database(inventory, applicant):
    save(inventory, applicant, [ROW | {"name": "a\nb"}])
    assert inventory.rows[0].name == "a b"
    with pytest.raises(Invalid) as refused:
        save(inventory, applicant, [ROW | {"name": "a\x00b"}])
    assert refused.value.fields == {"rows-0-name": "text-has-controls"}


def test_a_stale_page_is_refused_and_changes_nothing(inventory, applicant):
    save(inventory, applicant, [ROW])
    with pytest.raises(OutOfOrder) as refused:
        save(inventory, applicant, [], version=1)
    assert refused.value.slug == "page-is-stale"
    assert (inventory.version, len(inventory.rows)) == (2, 1)


def test_of_two_who_save_the_same_page_only_one_does(db, inventory, applicant):
    """The second read the version before the first had saved, and finds out when it writes."""
    db.session.execute(Inventory.__table__.update().values(version=2))
    with pytest.raises(OutOfOrder) as refused:
        save(inventory, applicant, [OWN], version=1)
    assert refused.value.slug == "page-is-stale"


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("manufacturer", ("applicant",)),
        ("certification_body", ("verifier", "head_of_body")),
        ("regulator", ("administrator",)),
    ],
)
def test_nobody_writes_in_the_inventory_of_another_organisation(inventory, kind, roles):
    stranger = actor(kind, *roles)
    for deed in (
        lambda: save(inventory, stranger, []),
        lambda: operations.set_system(inventory, stranger, None),
        lambda: operations.freeze(inventory, stranger),
        lambda: operations.create_inventory(stranger, inventory.organisation_id, **HEAD),
    ):
        with pytest.raises(NotPermitted) as refused:
            deed()
        assert refused.value.slug == "inventory-of-others"


def test_a_colleague_without_the_role_writes_nothing(db, inventory):
    from accounts.models import Organisation

    own = db.session.get(Organisation, inventory.organisation_id)
    with pytest.raises(NotPermitted):
        save(inventory, actor("manufacturer", "organisation_admin", of=own), [])


def test_an_inventory_that_is_not_there_is_not_found(db):
    with pytest.raises(NotFound, match="inventory-unknown"):
        queries.inventory(1)


def test_another_organisation_may_have_an_inventory_of_its_own(db):
    other = organisation()
    who = actor("manufacturer", "applicant", of=other)
    assert operations.create_inventory(who, other.id, **HEAD).organisation_id == other.id


def test_a_factor_that_a_draft_has_taken_is_not_changed_in_place(db, inventory, applicant):
    taken, other = queries.factor("ELECFP-CN-2024"), queries.factor("ELECFP-coal-2024")
    assert not (taken.used)
    assert not (other.used)
    save(inventory, applicant, [ROW | {"factor_code": "ELECFP-CN-2024"}])
    assert (taken.used, other.used) == (True, False)
    taken.value += 1
    with pytest.raises(OutOfOrder) as refused:
        db.session.flush()
    assert refused.value.slug == "factor-in-use"
