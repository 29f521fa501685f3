"""A process system as the pages of a case show it: to be read, drawn and said in words."""

import pytest

from certification.application.queries.chains import DRAWN, chain_of

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
