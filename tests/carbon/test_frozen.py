"""A footprint once frozen: the same number from its own copy, for ever."""

import hashlib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
import rfc8785

from carbon import operations, queries
from carbon.models import ActivityRow, Footprint
from core import audit
from core.errors import Invalid, NotFound, OutOfOrder
from tests.factories import actor

pytestmark = pytest.mark.engines("types")

HEAD = {
    "title": "水泥",
    "declared_amount": 1,
    "declared_unit": "t",
    "boundary": "cradle_to_gate",
    "output_amount": "3",
    "output_unit": "t",
    "period_from": date(2025, 1, 1),
    "period_to": date(2025, 12, 31),
}
ROWS = [
    {
        "stage": "manufacturing",
        "name": "电",
        "quantity": "10",
        "unit": "MWh",
        "factor_code": "ELECFP-CN-2024",
        "evidence": "账单",
    },
    {
        "stage": "manufacturing",
        "name": "熟料",
        "quantity": "2",
        "unit": "t",
        "own_value": "0.525",
        "own_unit": "tCO2/t",
        "own_source": "供应商",
        "evidence": "声明",
    },
    {
        "stage": "raw_material",
        "name": "焦炭",
        "quantity": "1",
        "unit": "kg",
        "ncv": "28.435",
        "carbon_content": "29.5",
        "oxidation": "0.93",
        "evidence": "化验",
    },
]
KILOGRAMS = {
    "stage": "manufacturing",
    "name": "排放",
    "unit": "kg",
    "own_value": "1",
    "own_unit": "kgCO2e/kg",
    "own_source": "供应商",
    "evidence": "声明",
}
OF_THE_FIRST = (
    "title", "declared_amount", "declared_unit", "output_amount", "output_unit", "boundary", "period_from",
    "period_to", "gwp", "total", "unit", "stages", "gases", "rows", "warnings",
)  # fmt: skip
SYSTEM = {
    "source": "工艺手册",
    "demand": {"bike": "1"},
    "processes": [
        {"name": "bike", "stage": "manufacturing", "unit": "t", "inputs": {"fibre": "2.5"}},
        {"name": "fibre", "stage": "raw_material", "unit": "kg", "emissions": {"CO2": "26.6", "CH4": "1"}},
    ],
}


@pytest.fixture
def applicant(library):
    return actor("manufacturer", "applicant")


@pytest.fixture
def inventory(applicant):
    made = operations.create_inventory(applicant, applicant.organisation_id, **HEAD)
    operations.save_inventory(made, applicant, {}, ROWS, made.version)
    return made


@pytest.fixture
def frozen(db, inventory, applicant):
    made = operations.freeze(inventory, applicant)
    db.session.commit()
    return made


# guard 12
def test_it_states_total_stages_gases_and_the_factors_it_rests_on(frozen):
    electricity, clinker = Decimal("5777") / 3, Decimal(1050) / 3
    coke = Decimal("28.435") * Decimal("29.5") * Decimal("0.93") * 44 / 12 / 1000 / 3
    assert frozen.total == pytest.approx(electricity + clinker + coke)
    assert (frozen.unit, frozen.declared_unit, frozen.boundary) == ("kgCO2e/t", "t", "cradle_to_gate")
    assert list(frozen.stages) == ["raw_material", "manufacturing"]
    assert Decimal(frozen.gases["CO2e"]) == pytest.approx(electricity)
    copy = frozen.rows[0]["factor"]
    assert {
        name: copy[name] for name in ("code", "version", "value", "unit", "gas_basis", "region", "confidence")
    } == {
        "code": "ELECFP-CN-2024",
        "version": 1,
        "value": "0.5777",
        "unit": "kgCO2e/kWh",
        "gas_basis": "CO2e",
        "region": "CN",
        "confidence": "seen",
    }
    assert "2024年电力碳足迹因子" in copy["source"]
    assert [row["name"] for row in frozen.largest(2)] == ["电", "熟料"]
    assert [(w["slug"], w["row"]) for w in frozen.warnings] == [
        ("co2-counted-as-co2e", 1),
        ("co2-counted-as-co2e", 2),
        ("fuel-without-upstream", 2),
        ("fuel-kind-unsaid", 2),
        ("factor-of-another-year", 0),
    ]


# guard 12
def test_computing_again_from_the_copy_gives_the_same_number(frozen):
    again = operations.recompute(frozen)
    assert again.total == frozen.total
    assert {stage: f"{value:f}" for stage, value in again.stages.items()} == frozen.stages


def test_a_new_factor_and_a_new_inventory_leave_it_as_it_is(db, frozen, inventory, applicant):
    before = (frozen.total, frozen.digest)
    with pytest.raises(OutOfOrder):
        queries.factor("ELECFP-CN-2024").value = Decimal(9)
        db.session.flush()
    db.session.rollback()
    operations.save_inventory(inventory, applicant, {"output_amount": "7"}, [], inventory.version)
    db.session.commit()
    kept = queries.footprint(frozen.id)
    assert (operations.recompute(kept).total, kept.digest) == before


def test_every_factor_it_rests_on_is_from_then_on_in_use(frozen):
    assert queries.factor("ELECFP-CN-2024").used
    assert not queries.factor("ELECFP-coal-2024").used


def test_the_same_content_has_the_same_digest(frozen, inventory, applicant):
    again = operations.freeze(inventory, applicant)
    assert (again.digest, again.id) != (frozen.digest, frozen.id)
    assert again.digest == frozen.digest
    assert queries.footprint_of(inventory.id) is again
    operations.save_inventory(inventory, applicant, {"output_amount": "4"}, None, inventory.version)
    assert operations.freeze(inventory, applicant).digest != frozen.digest


@pytest.mark.parametrize(("name", "value"), [("total", Decimal(1)), ("rows", []), ("digest", "0" * 64)])
def test_it_cannot_be_changed(db, frozen, name, value):
    setattr(frozen, name, value)
    with pytest.raises(OutOfOrder) as refused:
        db.session.flush()
    assert refused.value.slug == "footprint-is-frozen"


def test_it_cannot_be_deleted(db, frozen):
    db.session.delete(frozen)
    with pytest.raises(OutOfOrder):
        db.session.flush()


def test_a_copy_altered_behind_the_back_of_the_office_is_found(db, frozen):
    db.session.execute(Footprint.__table__.update().values(total=Decimal(1)))
    db.session.expire(frozen)
    with pytest.raises(OutOfOrder) as refused:
        operations.recompute(frozen)
    assert refused.value.slug == "footprint-altered"


def test_freezing_is_on_record(db, frozen, inventory):
    entry = db.session.query(audit.Entry).filter_by(verb="footprint.freeze").one()
    assert entry.subject == f"inventory/{inventory.id}"
    assert frozen.digest in entry.data


def test_a_process_system_is_frozen_as_the_rows_it_comes_to(db, inventory, applicant):
    operations.save_inventory(inventory, applicant, {}, [], inventory.version)
    operations.set_system(inventory, applicant, SYSTEM)
    assert inventory.is_filled
    made = operations.freeze(inventory, applicant)
    assert made.total == Decimal("66.5") + Decimal("2.5") * 27
    assert [(row["name"], Decimal(row["quantity"]), row["unit"]) for row in made.rows] == [
        ("fibre", Decimal("199.5"), "kg"),
        ("fibre", Decimal("7.5"), "kg"),
    ]
    assert operations.recompute(made).total == made.total
    operations.set_system(inventory, applicant, None)
    assert (inventory.system, inventory.is_filled) == (None, False)


def test_a_frozen_footprint_needs_no_table_of_today(inventory, applicant, monkeypatch):
    operations.save_inventory(inventory, applicant, {}, ROWS, inventory.version)
    operations.set_system(inventory, applicant, SYSTEM)
    made = operations.freeze(inventory, applicant)
    assert made.basis["gwp"] == {"AR6>CO2e": "1", "AR6>CO2": "1", "AR6>CH4": "27"}
    assert made.basis["units"]["MWh>kWh"] == "1000"
    assert made.basis["system"] == SYSTEM

    def gone(*_asked):
        raise AssertionError("a table of today was asked")

    monkeypatch.setattr("carbon.footprint.gases.gwp", gone)
    monkeypatch.setattr("carbon.units.factor", gone)
    again = operations.recompute(made)
    assert (again.total, again.stages) == (made.total, {k: Decimal(v) for k, v in made.stages.items()})


def test_a_system_frozen_before_its_solver_was_noted_is_solved_as_then(inventory, applicant, monkeypatch):
    operations.set_system(inventory, applicant, SYSTEM)
    made = operations.freeze(inventory, applicant)
    assert made.basis["solver"] == "sparse"
    earlier = {name: value for name, value in made.basis.items() if name != "solver"}
    document = made.document() | {"basis": earlier}
    kept = SimpleNamespace(**{**vars(made), "basis": earlier, "document": lambda: document})
    kept.digest = hashlib.sha256(rfc8785.dumps(document)).hexdigest()
    monkeypatch.setattr("carbon.systems.solve", None)
    assert operations.recompute(kept).total == made.total


def test_a_footprint_keeps_what_it_reports_apart(inventory, applicant):
    grown = KILOGRAMS | {"own_unit": "kgCO2-biogenic/kg"}
    rows = [
        KILOGRAMS | {"quantity": "7"},
        grown | {"quantity": "3"},
        grown | {"quantity": "6", "own_value": "-1"},
    ]
    operations.save_inventory(inventory, applicant, {}, rows, inventory.version)
    made = operations.freeze(inventory, applicant)
    assert made.apart == {
        "fossil": made.total + 1,
        "biogenic_emission": Decimal(1),
        "biogenic_uptake": Decimal(-2),
    }
    assert made.document()["basis"]["apart"] == {part: f"{value:f}" for part, value in made.apart.items()}
    assert operations.recompute(made).apart == made.apart
    old = Footprint(arithmetic=1, **{name: getattr(made, name) for name in OF_THE_FIRST})
    assert old.apart == {}


def test_what_a_footprint_did_not_note_is_not_taken_from_today(inventory, applicant):
    operations.save_inventory(inventory, applicant, {}, ROWS, inventory.version)
    made = operations.freeze(inventory, applicant)
    poorer = made.document() | {"basis": made.basis | {"gwp": {}}}
    kept = SimpleNamespace(**{**vars(made), "basis": poorer["basis"], "document": lambda: poorer})
    kept.digest = hashlib.sha256(rfc8785.dumps(poorer)).hexdigest()
    with pytest.raises(OutOfOrder, match="footprint-altered"):
        operations.recompute(kept)


def test_a_sum_exactly_on_its_limit_is_not_above_it(inventory, applicant):
    kilograms = ["25.27", "31.5", "50.74", "59.37", "51.11", "42.52", "50.54", "2.15"]
    rows = [KILOGRAMS | {"name": f"{place}", "quantity": kg} for place, kg in enumerate(kilograms)]
    head = {"output_amount": "29"}
    operations.save_inventory(inventory, applicant, head, rows, inventory.version)
    made = operations.freeze(inventory, applicant)
    assert (made.total, made.exact) == (Decimal("10.8"), Fraction("10.8"))


def test_what_lies_a_hair_above_its_limit_is_above_it(inventory, applicant):
    operations.save_inventory(inventory, applicant, {}, [KILOGRAMS | {"quantity": "1"}], inventory.version)
    made = operations.freeze(inventory, applicant)
    above = f"1.{'0' * 40}1"
    heavier = Footprint(
        **{name: getattr(made, name) for name in OF_THE_FIRST}, basis=made.basis | {"kilograms": above}
    )
    assert (made.total, made.exact) == (Decimal("0.3333333333333333333333333333"), Fraction(1, 3))
    assert heavier.exact > made.exact


# As the first arithmetic froze it: each of the rows was divided before they were added.
FIRST = {
    "title": "瓷砖",
    "declared": ["1", "m2"],
    "output": ["29", "m2"],
    "boundary": "cradle_to_gate",
    "period": [None, None],
    "gwp": "AR6",
    "total": "10.80000000000000000000000001",
    "unit": "kgCO2e/m2",
    "stages": {"manufacturing": "10.80000000000000000000000001"},
    "gases": {"CO2e": "10.80000000000000000000000001"},
    "warnings": [],
}


def test_a_footprint_of_the_first_arithmetic_is_computed_again_as_it_was():
    kilograms = ["25.27", "31.5", "50.74", "59.37", "51.11", "42.52", "50.54", "2.15"]
    factor = {"value": "1", "unit": "kgCO2e/kg", "gas_basis": "CO2e"}
    rows = [
        {"name": "", "stage": "manufacturing", "quantity": kg, "unit": "kg", "factor": factor, "fuel": None}
        for kg in kilograms
    ]
    document = FIRST | {"rows": rows}
    old = SimpleNamespace(
        declared_amount=Decimal(1), declared_unit="m2", output_amount=Decimal(29), output_unit="m2",
        gwp="AR6", rows=rows, arithmetic=1, basis=None, document=lambda: document,
        digest=hashlib.sha256(rfc8785.dumps(document)).hexdigest(),
    )  # fmt: skip
    assert operations.recompute(old).total == Decimal(FIRST["total"])


def test_a_footprint_of_the_first_arithmetic_keeps_its_digest(db, inventory, applicant):
    operations.save_inventory(inventory, applicant, {}, ROWS, inventory.version)
    made = operations.freeze(inventory, applicant)
    assert {"arithmetic", "basis"} <= made.document().keys()
    old = Footprint(arithmetic=1, **{name: getattr(made, name) for name in OF_THE_FIRST})
    assert old.document().keys() == {*FIRST, "rows"}
    assert old.exact == Fraction(made.total)


def test_a_system_without_an_answer_is_not_taken(inventory, applicant):
    loop = {
        "processes": [{"name": "a", "stage": "use", "unit": "kg", "inputs": {"a": "1"}}],
        "demand": {"a": 1},
    }
    with pytest.raises(Invalid) as refused:
        operations.set_system(inventory, applicant, loop)
    assert (refused.value.slug, inventory.system) == ("system-singular", None)


@pytest.mark.parametrize(
    ("facts", "rows", "slug", "fields"),
    [
        ({"output_amount": None}, None, "output-missing", {"output_amount"}),
        ({"output_unit": ""}, None, "output-missing", {"output_unit"}),
        ({"output_unit": "m2"}, None, "unit-does-not-fit", {"output_unit"}),
        ({}, [], "inventory-empty", {"rows"}),
        ({}, [{"stage": "use", "name": "?"}], "inventory-empty", {"rows"}),
    ],
)
def test_what_does_not_come_to_a_number_is_not_frozen(inventory, applicant, facts, rows, slug, fields):
    operations.save_inventory(inventory, applicant, facts, rows, inventory.version)
    with pytest.raises(Invalid) as refused:
        operations.freeze(inventory, applicant)
    assert (refused.value.slug, refused.value.fields.keys()) == (slug, fields)


def test_a_row_with_an_older_factor_is_pointed_out_until_it_is_saved_again(db, inventory, frozen, applicant):
    old = queries.factor("ELECFP-CN-2024")
    columns = {c.key: getattr(old, c.key) for c in old.__table__.columns if c.key != "id"}
    db.session.add(type(old)(**columns | {"version": 2, "value": Decimal("0.6"), "used": False}))
    db.session.flush()
    assert [c.row for c in operations.compute(inventory).cautions if c.slug == "factor-superseded"] == [0]
    operations.save_inventory(inventory, applicant, {}, ROWS, inventory.version)
    assert "factor-superseded" not in [c.slug for c in operations.compute(inventory).cautions]
    assert operations.compute(inventory).total > frozen.total


def test_a_factor_from_memory_shows_in_the_copy_and_in_the_warnings(inventory, applicant):
    row = {
        "stage": "manufacturing",
        "name": "石灰",
        "quantity": "1",
        "unit": "t",
        "factor_code": "PROC-lime-IPCC-highCa",
    }
    operations.save_inventory(inventory, applicant, {}, [row], inventory.version)
    made = operations.freeze(inventory, applicant)
    assert made.rows[0]["factor"]["confidence"] == "memory"
    assert {"factor-from-memory", "evidence-missing"} <= {warning["slug"] for warning in made.warnings}
    [said] = [said for said in queries.spoken(made.warnings) if said["slug"] == "factor-from-memory"]
    assert said == {
        "slug": "factor-from-memory",
        "row": 0,
        "severity": "note",
        "question": "",
        "message": "“石灰”的因子 PROC-lime-IPCC-highCa 来源待核，不能作为认证决定的依据",
    }


def test_a_footprint_that_is_not_there_is_not_found(db):
    with pytest.raises(NotFound, match="footprint-unknown"):
        queries.footprint(1)
    assert queries.footprint_of(1) is None


def test_the_database_knows_only_the_five_stages(db, inventory):
    from sqlalchemy.exc import IntegrityError

    db.session.add(ActivityRow(inventory_id=inventory.id, position=9, stage="later"))
    with pytest.raises(IntegrityError):
        db.session.flush()
