"""A process system as the pages of a case show it: to be read, drawn and said in words."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from carbon import operations as carbon
from certification.application.forms.system import ProcessForm
from certification.application.queries.chains import DRAWN, chain_of
from certification.application.queries.product_names import ProductNames

IRON = {
    "name": "iron", "title": "高炉", "stage": "raw_material", "unit": "t", "inputs": {"power": "42"},
    "outputs": {"slag": {"amount": "320", "unit": "kg"}}, "shares": {"iron": "0.9", "slag": "0.1"},
    "emissions": {"CO2": "1214"},
}  # fmt: skip
POWER = {
    "name": "power",
    "title": "自备电站",
    "stage": "raw_material",
    "unit": "kWh",
    "inputs": {"power": "0.08"},
}
POWDER = {"name": "powder", "title": "粉磨", "stage": "manufacturing", "unit": "t",
          "inputs": {"slag": {"amount": "1.02", "unit": "t"}}}  # fmt: skip
SYSTEM = {"processes": [POWDER, IRON, POWER], "demand": {"powder": "1"}}


def test_a_chain_names_who_supplies_whom_and_how_often_each_runs(app):
    with app.test_request_context():
        chain = chain_of(SYSTEM)
    assert [(maker, user, exchange.amount, exchange.unit) for maker, user, exchange in chain.links] == [
        ("iron", "powder", "1.02", "t"), ("power", "iron", "42", "kWh"), ("power", "power", "0.08", "kWh"),
    ]  # fmt: skip
    assert (chain.levels, chain.problem) == ((("power",), ("iron",), ("powder",)), "")
    assert float(chain.processes["iron"].runs) == pytest.approx(1020 / 320 * 0.1)
    assert [exchange.share for exchange in chain.processes["iron"].exchanges] == ["", "0.1", ""]


def test_a_chain_without_an_answer_says_whose_fault_it_is(app):
    eater = POWER | {"inputs": {"power": "1.08"}}
    with app.test_request_context():
        chain = chain_of({"processes": [POWDER, IRON, eater], "demand": {"powder": "1"}})
    assert "自备电站" in chain.problem
    assert chain.processes["iron"].runs is None


def test_of_a_large_system_the_nearest_are_drawn(app):
    names = [f"p{place}" for place in range(40)]
    processes = [
        {"name": name, "stage": "use", "unit": "kg", "inputs": {further: "1"}}
        for name, further in zip(names, names[1:], strict=False)
    ]
    last = {"name": names[-1], "stage": "use", "unit": "kg"}
    with app.test_request_context():
        chain = chain_of({"processes": [*processes, last], "demand": {"p0": "1"}})
        assert (chain_of(None), chain_of({})) == (None, None)
    assert (chain.levels[-1], chain.hidden) == (("p0",), 40 - DRAWN)


def test_the_inventory_page_shows_the_chain_with_its_faults_and_in_words(world, browser, db):
    case = world.case("draft")
    case.application.inventory.system = SYSTEM
    db.session.commit()
    path = f"/certification/applications/{case.id}/inventory"
    page = browser("applicant").get(path).text
    assert 'class="ch ch-chain"' in page
    assert "自备电站 → 高炉：42" in " ".join(page.split())
    case.application.inventory.system = {
        **SYSTEM,
        "processes": [POWDER, IRON, POWER | {"inputs": {"power": "2"}}],
    }
    db.session.commit()
    assert "“自备电站”消耗的比产出的多" in browser("applicant").get(path).text


CARBON = Path(__file__).parents[2] / "carbon"
FILES = [json.loads((CARBON / name).read_text("utf-8")) for name in ("cases.json", "cases_2.json")]
CASES = [pytest.param(case, id=case["id"]) for file in FILES for case in file["cases"] if "system" in case]


def test_all_published_systems_are_tried():
    assert len(CASES) == 16


@pytest.mark.parametrize("case", CASES)
def test_a_published_system_comes_to_the_same_digits_from_the_boxes_of_the_pages(case, app):
    """Every process is opened as the page shows it, and saved as it stands."""
    stored = case["system"]
    names = ProductNames(stored)
    retyped = []
    for process in stored["processes"]:
        shown = ProcessForm.of_stored(process, "", names)
        boxes = {"process": shown.name, **shown.head}
        for part, rows in shown.parts.items():
            boxes |= {f"{part}-{n}-{box}": text for n, row in enumerate(rows) for box, text in row.items()}
        retyped.append(ProcessForm.of_request(boxes).as_sent(names))
    typed = carbon.figure({**stored, "processes": retyped}, "AR6")
    assert typed == carbon.figure(stored, "AR6")
    printed = Decimal(case["expected"]["total"])
    assert abs(typed.total - printed) <= Decimal("0.005") * abs(printed)


def test_a_published_system_freezes_to_the_digits_of_the_calculator(world, db, client):
    case = world.case("draft")
    application, actor = case.application, world.actor("applicant")
    carbon.save_inventory(application.inventory, actor, {}, [], application.inventory.version)
    sent = {
        "processes": [POWDER | {"unit": "m2", "inputs": {"slag": {"amount": "1", "unit": "t"}}}, IRON, POWER]
    }
    sent["demand"] = {"powder": "3"}
    carbon.set_system(application.inventory, actor, sent)
    frozen = carbon.freeze(application.inventory, actor)
    db.session.commit()
    told = client.post("/api/v1/footprints/preview", json={
        "system": sent, "rows": [], "declared_unit": {"amount": "1", "unit": "m2"},
    }).get_json()  # fmt: skip
    assert f"{frozen.total.normalize():f}" == told["total"]["value"]


def test_the_reviewer_reads_every_exchange_with_its_unit_and_both_ways_of_dividing(world, db, browser):
    case = world.case("evaluating")
    joint = IRON | {"allocation": "mass", "prices": {"iron": "2600", "slag": "0.095"}}
    del joint["shares"]
    sent = {"processes": [POWDER | {"unit": "m2"}, joint, POWER], "demand": {"powder": "1"}}
    actor = world.actor("applicant")
    carbon.set_system(case.application.inventory, actor, sent)
    case.application.footprint = carbon.freeze(case.application.inventory, actor)
    db.session.commit()
    path = f"/certification/reviews/{case.id}?tab=inventory"
    page = " ".join(browser("document_reviewer").get(path).text.split())
    for said in (
        "1.02 t",
        "42 kWh",
        "0.08 kWh",
        "320 kg",
        "1214 kg",
        "25/33",
        "2600",
        "0.095",
        "按价值分配则为",
    ):
        assert said in page, said
    assert "/system" not in page.split('id="system-title"')[1].split("</section>")[0]  # nothing to change
