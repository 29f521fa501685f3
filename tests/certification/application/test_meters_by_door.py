"""Electricity by its meter, from the API to whoever reviews it."""

import re
from decimal import Decimal

import pytest

from carbon import operations as carbon
from core.db import db as tables
from tests.certification.world import reload
from tests.support.rules import amend

SUPPLIES = [
    {"supply": "grid", "energy": {"amount": "600", "unit": "kWh"}},
    {
        "supply": "own",
        "energy": {"amount": "300", "unit": "kWh"},
        "emission": {"amount": "0.05", "unit": "kgCO2e/kWh"},
    },
    {
        "supply": "contract",
        "energy": {"amount": "100", "unit": "kWh"},
        "emission": {"amount": "0.03", "unit": "kgCO2e/kWh"},
        "certificate": "GEC 2024-1",
        "certified": {"amount": "100", "unit": "kWh"},
        "line_loss": {"amount": "5", "unit": "%"},
    },
]
CLAY = {
    "stage": "raw_material",
    "name": "坯料",
    "quantity": "500",
    "unit": "kg",
    "own_value": "1",
    "own_unit": "kgCO2e/kg",
    "own_source": "演示数据",
    "note": "台账",
}
HEAD = {"output_amount": "100", "output_unit": "m2", "period_from": "2024-01-01", "period_to": "2024-12-31"}


def meter(case, *supplies: dict, proved: bool = True) -> dict:
    months = [{"month": f"2024-{number:02d}", "amount": "75"} for number in range(1, 12)]
    return {
        "kind": "electricity",
        "stage": "manufacturing",
        "name": "总表",
        "unit": "kWh",
        "factor_code": "ELECFP-CN-2024",
        "supplies": list(supplies),
        "meter": "电表 1",
        "months": [*months, {"month": "2024-12", "amount": "175"}],
        "evidence": [case.application.current_files[0].digest] if proved else [],
    }


@pytest.fixture
def send(ask, world):
    case = world.case("draft")

    def put(*supplies: dict, **more):
        body = {
            "version": reload(case).inventory.version,
            **HEAD,
            "rows": [meter(case, *supplies, **more), CLAY],
        }
        return case, ask("PUT", f"/applications/{case.id}/inventory", json=body)

    return put


def red(case) -> set[str]:
    return {each.slug for each in reload(case).questions if each.is_red and not each.is_gone}


def test_a_meter_is_handed_in_and_the_grids_total_stands_beside_it(ask, send, browser):
    """(700 × 0.5777 + 300 × 0.05 + 500) / 100 = 9.1939; all by the grid 10.777."""
    case, answer = send(*SUPPLIES)
    assert (answer.status_code, red(case)) == (200, set()), answer.json
    page = browser("applicant").get(f"/certification/applications/{case.id}/inventory").text
    said = re.findall("全部电力按电网因子：[0-9.]+", page)
    assert said == ["全部电力按电网因子：10.78"]
    assert "自有电站或直连线路 300 kWh" in page
    reload(case)
    case.to("submitted")
    tables.session.commit()
    footprint = ask("GET", f"/applications/{case.id}").json["footprint"]
    assert (Decimal(footprint["exact"]), Decimal(footprint["at_grid"])) == (
        Decimal("9.1939"),
        Decimal("10.777"),
    )
    review = browser("application_reviewer").get(f"/certification/reviews/{case.id}?tab=inventory").text
    assert "全部电力按电网因子" in review
    assert "合同电力（附绿证） 100 kWh GEC 2024-1" in review
    assert "ch-months" in review


def test_a_scheme_may_count_certificates_and_then_they_count(send, world):
    """(600 × 0.5777 + 300 × 0.05 + 100 × 0.03 + 5 × 0.5777 + 500) / 100 = 8.675085."""
    amend(world.scheme, certificates="counted")
    tables.session.commit()
    case, _answer = send(*SUPPLIES)
    from certification.application.queries.around import around

    found = carbon.compute(reload(case).inventory, around(case.application))
    assert (found.total, found.at_grid) == (Decimal("8.675085"), Decimal("10.777"))


def test_a_meter_without_a_file_asks_for_one_before_anything_is_handed_in(send):
    case, _answer = send(*SUPPLIES, proved=False)
    assert red(case) == {"supply-unproven"}


def test_a_residual_mix_and_too_small_a_certificate_are_refused_at_their_supply(send):
    residual = SUPPLIES[0] | {"supply": "residual"}
    small = SUPPLIES[2] | {"certified": {"amount": "99", "unit": "kWh"}}
    for wrong, place, slug in (
        (residual, "/rows/0/supplies/0/supply", "residual-not-published"),
        (small, "/rows/0/supplies/0/energy", "above-certificate"),
    ):
        _case, answer = send(wrong)
        assert answer.status_code == 422
        assert answer.json["fields"][place]["slug"] == slug
