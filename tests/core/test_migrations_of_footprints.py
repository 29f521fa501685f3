"""What an earlier version reckoned activity data with, as the rows have it."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from tests.core.test_migrations import lay_whole

pytestmark = pytest.mark.engines("sql")

FACTORS = {
    1: ("CN-ENT-bitcoal-EF", 1), 2: ("CN-ENT-bitcoal-NCV", 1), 3: ("CN-ENT-bitcoal-NCV", 2),
    4: ("IPCC06-coal-CH4", 1), 5: ("IPCC06-coal-N2O", 1), 6: ("IPCC06-oil-CH4", 1),
    7: ("IPCC06-natgas-N2O", 1), 8: ("CN-GRID", 1),
}  # fmt: skip
ROWS = {
    1: ("activity", 1, "{}"),
    2: ("activity", 8, "{}"),
    3: ("fuel", None, '{"ncv": {"amount": "20", "unit": "GJ/t"}, "fuel_type": "oil"}'),
    4: ("fuel", None, '{"ncv": {"amount": "380", "unit": "GJ/万Nm3"}}'),
    5: ("fuel", None, '{"ncv": {"amount": "20", "unit": "MJ/kg"}}'),
    6: ("transport", 1, '{"legs": [{"factor_code": "CN-GRID"}]}'),
}


KEPT = """SELECT row_id, code, version FROM row_factor JOIN factor ON factor.id = row_factor.factor_id"""


def kept(engine):
    with engine.connect() as connection:
        return {tuple(found) for found in connection.execute(text(KEPT))}


def test_a_fuel_of_earlier_is_reckoned_with_the_newest_of_the_library_and_goes_back(fresh):
    with fresh("unburnt", "0089") as engine:
        lay_whole(engine, "organisation", id=1001, kind="manufacturer", uscc="91000000000000027B")
        measures = {"boundary": "cradle_to_gate", "gwp": "AR6", "declared_amount": "1"}
        lay_whole(engine, "inventory", id=1001, organisation_id=1001, **measures)
        for number, (code, version) in FACTORS.items():
            lay_whole(
                engine, "factor", id=number, code=code, version=version, used=False, confidence="seen", gwp=""
            )
        for number, (kind, factor, stated) in ROWS.items():
            row = {"kind": kind, "factor_id": factor, "stated": stated, "key": f"k{number}"}
            lay_whole(engine, "activity_row", id=number, inventory_id=1001, stage="use", quality="", **row)
        lay_whole(engine, "row_factor", row_id=6, factor_id=8)
        upgrade()
        assert kept(engine) == {
            (1, "CN-ENT-bitcoal-NCV", 2), (1, "IPCC06-coal-CH4", 1), (1, "IPCC06-coal-N2O", 1),
            (3, "IPCC06-oil-CH4", 1), (4, "IPCC06-natgas-N2O", 1), (6, "CN-GRID", 1),
        }  # fmt: skip
        with engine.connect() as connection:
            used = connection.execute(text("SELECT id FROM factor WHERE used ORDER BY id")).scalars().all()
        assert used == [3, 4, 5, 6, 7]
        downgrade(revision="0089")
        assert kept(engine) == {(6, "CN-GRID", 1)}
        upgrade()
        assert len(kept(engine)) == 6
