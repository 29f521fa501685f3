"""What a footprint tells apart, from the API to whoever reviews it and to the paper."""

import re
from decimal import Decimal

from certification.certificate import document
from certification.certificate.queries import certificates
from core.db import db as tables
from tests.certification.world import reload

HEAD = {"output_amount": "100", "output_unit": "m2", "period_from": "2024-01-01", "period_to": "2024-12-31"}
OWN = {"own_unit": "kgCO2e/kg", "own_source": "演示数据", "note": "台账"}
ROWS = [
    OWN | {"stage": "raw_material", "name": "坯料", "quantity": "700", "unit": "kg", "own_value": "1"},
    OWN
    | {"stage": "raw_material", "name": "纸箱", "quantity": "50", "unit": "kg", "own_value": "2"}
    | {"apart": "packaging"},
    {
        "kind": "transport",
        "stage": "raw_material",
        "name": "釉料空运",
        "quantity": "0.1",
        "unit": "t",
        "note": "运单",
        "legs": [
            {
                "apart": "aircraft",
                "distance": {"amount": "1000", "unit": "km"},
                "emission": {"amount": "0.6", "unit": "kgCO2e/t·km"},
            }
        ],
    },
]


def test_it_is_told_at_every_door(ask, world, browser):
    """(700 + 100 + 60) / 100 m2 = 8.6, of which boxes 1 and by air 0.6."""
    case = world.case("draft")
    body = {"version": reload(case).inventory.version, **HEAD, "rows": ROWS}
    answer = ask("PUT", f"/applications/{case.id}/inventory", json=body)
    assert answer.status_code == 200, answer.json
    sent_back = ask("GET", f"/applications/{case.id}/inventory").json["rows"]
    assert (sent_back[1]["apart"], sent_back[2]["legs"][0]["apart"]) == ("packaging", "aircraft")
    page = browser("applicant").get(f"/certification/applications/{case.id}/inventory").text
    assert re.findall(r"<dt>其中(\w+)</dt>\s*<dd class=\"num\">([\d.]+)</dd>", page) == [
        ("航空运输", "0.60"),
        ("包装", "1"),
    ]
    assert '<option value="packaging" selected>' in page  # what stands is sent again by the form
    reload(case)
    case.to("submitted")
    tables.session.commit()
    footprint = ask("GET", f"/applications/{case.id}").json["footprint"]
    assert {part: Decimal(value) for part, value in footprint["thereof"].items()} == {
        "aircraft": Decimal("0.6"),
        "packaging": Decimal(1),
    }
    assert Decimal(footprint["apart"]["fossil"]) == Decimal(footprint["pact"]["fossilGhgEmissions"])
    assert footprint["pact"]["pcfExcludingBiogenicUptake"] == "8.6"
    assert footprint["pact"]["aircraftGhgEmissions"] == "0.6"
    assert [each["gwp"] for each in footprint["restated"]] == ["AR4", "AR5"]
    assert [each["name"] for each in footprint["restated"][0]["not_restated"]] == [
        "坯料",
        "纸箱",
        "釉料空运",
    ]
    reviewer = browser("application_reviewer")
    assert "3 个排放源的因子只给出二氧化碳当量" in reviewer.get(f"/certification/reviews/{case.id}").text
    assert "其中航空运输</dt>" in reviewer.get(f"/certification/reviews/{case.id}").text
    assert "单独列出 其中包装</span>" in reviewer.get(f"/certification/reviews/{case.id}?tab=inventory").text


def test_the_paper_tells_it_behind_the_stages_and_an_older_one_nothing(world):
    issued = certificates.certificate(certificates.number_of(world.case("certified").id))
    said = certificates.said(issued)
    assert {"apart", "thereof"} <= said["inventory"].keys()
    told = "其中包装"
    assert told not in document.html(said, issued.digest, issued.signature)
    said["inventory"]["thereof"] = {"packaging": "1.25"}
    assert re.search(
        f'{told}</td><td class="r">1.25</td>', document.html(said, issued.digest, issued.signature)
    )
    for name in ("apart", "thereof"):
        del said["inventory"][name]
    assert "化石源" not in document.html(said, issued.digest, issued.signature)
