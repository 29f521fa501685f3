"""How strongly a gas warms: by report and origin, with its source, at the open door."""

from decimal import Decimal

import pytest

from carbon.footprint import GASES, SETS, FactorCopy, Quantity, Row, Sheet, compute, gases
from carbon.footprint.constants import FIRST, TODAY

PATH = "/api/v1/gwp"

# What the tables said before the origin of methane was asked, for the footprints that noted nothing.
OF_THE_FIRST = {
    "CO2": (1, 1, 1), "CO2e": (1, 1, 1), "CO2-biogenic": (1, 1, 1),
    "CH4": (25, 28, "27.9"), "N2O": (298, 265, 273), "HCFC22": (1810, 1760, 1960),
    "HCFC141b": (725, 782, 860), "HFC23": (14800, 12400, 14600), "HFC32": (675, 677, 771),
    "HFC125": (3500, 3170, 3740), "HFC134a": (1430, 1300, 1530), "HFC143a": (4470, 4800, 5810),
    "HFC152a": (124, 138, 164), "HFC227ea": (3220, 3350, 3600), "HFC245fa": (1030, 858, 962),
    "SF6": (22800, 23500, 25200), "NF3": (17200, 16100, 17400), "CF4": (7390, 6630, 7380),
    "C2F6": (12200, 11100, 12400), "C3F8": (8830, 8900, 9290), "cC4F8": (10300, 9540, 10200),
}  # fmt: skip


@pytest.fixture
def ask(client):
    def get(**query):
        return client.get(PATH, query_string=query)

    return get


def value(ask, report, gas):
    [answer] = ask(set=report, gas=gas).get_json()["items"]
    assert (answer["gas"], answer["set"]) == (gas, report)
    return Decimal(answer["value"])


# IPCC AR6 WGI Table 7.15 as the GHG Protocol quotes it (v2.0, 2024-08); the blend is reckoned by mass.
def test_the_sixth_report_tells_methane_by_its_origin(ask):
    asked = ("CO2", "CH4-fossil", "CH4-nonfossil", "N2O", "HFC32", "HFC125", "HFC134a", "R410A")
    found = [value(ask, "AR6", gas) for gas in asked]
    assert found == [1, Decimal("29.8"), 27, 273, 771, 3740, 1530, Decimal("2255.5")]


@pytest.mark.parametrize(
    ("report", "fossil", "other"), [("AR4", 25, 25), ("AR5", 30, 28), ("AR6", "29.8", 27)]
)
def test_methane_that_is_not_said_to_escape_from_the_ground_is_the_other(ask, report, fossil, other):
    found = [value(ask, report, gas) for gas in ("CH4-fossil", "CH4-nonfossil", "CH4")]
    assert found == [Decimal(fossil), other, other]


@pytest.mark.parametrize(
    ("blend", "expected"), [("R404A", "4728"), ("R407C", "1907.93"), ("R410A", "2255.5"), ("R507A", "4775")]
)
def test_a_blend_is_the_sum_of_its_parts_by_mass(ask, blend, expected):
    [answer] = ask(gas=blend).get_json()["items"]
    parts = answer["composition"]
    assert sum(Decimal(part["share"]) for part in parts) == 1
    assert Decimal(answer["value"]) == Decimal(expected)
    assert sum(Decimal(part["share"]) * value(ask, "AR6", part["gas"]) for part in parts) == Decimal(expected)
    assert "ASHRAE 34" in answer["source"]


def test_every_value_of_every_set_has_its_source(ask):
    for report in SETS:
        items = ask(set=report).get_json()["items"]
        assert [item["gas"] for item in items] == list(GASES)
        assert all(item["source"] and Decimal(item["value"]) > 0 for item in items)
        assert [item["gas"] for item in items if item["barred"]] == (["SF6"] if report == "AR6" else [])


def test_a_gas_whose_sources_differ_shows_what_each_says(ask):
    [answer] = ask(gas="SF6").get_json()["items"]
    assert (answer["value"], [other["value"] for other in answer["others"]]) == ("25200", ["24300"])
    assert answer["source"] != answer["others"][0]["source"]


def test_where_the_carbon_of_a_gas_comes_from_is_said(ask):
    found = {item["gas"]: item["origin"] for item in ask().get_json()["items"]}
    biogenic = ["CO2-biogenic", "CO2e-biogenic", "CH4-nonfossil"]
    assert [gas for gas in found if found[gas] == "biogenic"] == biogenic
    assert [gas for gas in found if found[gas] == "land_use_change"] == ["CO2-dluc"]
    assert set(found.values()) == set(gases.ORIGINS)


@pytest.mark.parametrize(
    ("query", "member", "slug"),
    [
        ({"set": "AR7"}, "set", "gwp-unknown"),
        ({"gas": "SF7"}, "gas", "gas-unknown"),
        ({"gases": "CO2"}, "gases", "body-member-unknown"),
    ],
)
def test_what_is_not_known_is_refused_where_it_stands(ask, query, member, slug):
    refused = ask(**query)
    assert refused.status_code == 422
    assert {name: said["slug"] for name, said in refused.get_json()["fields"].items()} == {member: slug}


def test_footprints_that_noted_nothing_keep_the_warming_of_their_time():
    found = {gas: tuple(FIRST.gwp(report, gas) for report in SETS) for gas in OF_THE_FIRST}
    assert found == {gas: tuple(map(Decimal, values)) for gas, values in OF_THE_FIRST.items()}
    assert (FIRST.gwp("AR6", "CH4"), TODAY.gwp("AR6", "CH4")) == (Decimal("27.9"), 27)


@pytest.mark.parametrize(
    ("unit", "basis", "report", "said"),
    [
        ("kgSF6/kg", "SF6", "AR6", True),
        ("kgCO2e/kg", "SF6", "AR6", True),
        ("kgSF6/kg", "SF6", "AR5", False),
        ("kgNF3/kg", "NF3", "AR6", False),
    ],
)
def test_what_rests_on_a_gas_that_is_not_settled_says_so(unit, basis, report, said):
    kilogram = Quantity(Decimal(1), "kg")
    leak = Row("漏气", "use", Decimal(2), "kg", FactorCopy(Decimal(1), unit, basis))
    found = [
        c for c in compute(Sheet(kilogram, kilogram, report, (leak,))).cautions if c.slug == "gwp-unsettled"
    ]
    expected = [{"name": "漏气", "gas": "SF6", "gwp": "AR6", "values": "25200、24300"}] if said else []
    assert [caution.detail for caution in found] == expected
