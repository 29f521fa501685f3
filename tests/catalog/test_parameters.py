"""Products are found by what is stated of them, where a rule shows it as a filter."""

import re
from decimal import Decimal

import pytest

from accounts.actor import SYSTEM
from catalog import queries
from catalog.search import Criteria
from core.words import sentence
from schemes import operations as register
from schemes.document import read
from tests.schemes.examples import tyre

pytestmark = pytest.mark.engines("order")

OF_TYRES = {"category": "tyre", "scheme_code": "lc-tyre", "carbon_unit": "kgCO2e/kg"}


@pytest.fixture
def tyres(db, issue):
    """A rule that shows class, diameter and snow as filters, and three products under it."""
    shown = (
        ("/identity/effective_from", "2025-01-01"),
        ("/parameters/1/shown", ["filter"]),
        ("/parameters/4/shown", ["filter"]),
    )
    register.take(read(tyre(*shown)), SYSTEM)
    car = (("vehicle", "car", None), ("snow", "yes", None))
    made = [
        issue(
            product_name="甲",
            facts=(*car, ("rim", "16", Decimal(16)), ("rim", "17", Decimal(17))),
            **OF_TYRES,
        ),
        issue(product_name="乙", facts=(*car, ("rim", "18.5", Decimal("18.5"))), **OF_TYRES),
        issue(
            product_name="丙",
            facts=(("vehicle", "truck", None), ("rim", "22.5", Decimal("22.5"))),
            grade=("one", "一级", "Grade 1"),
            **OF_TYRES,
        ),
    ]
    db.session.commit()
    return made


def found(**criteria) -> set[str]:
    return {entry.name for entry in queries.products(Criteria(**criteria)).page.items}


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({"parameters": {"vehicle": ("car",)}}, {"甲", "乙"}),
        ({"parameters": {"vehicle": ("car", "truck")}}, {"甲", "乙", "丙"}),
        ({"parameters": {"vehicle": ("truck",), "snow": ("yes",)}}, set()),
        ({"ranges": {"rim": (Decimal(17), None)}}, {"甲", "乙", "丙"}),
        ({"ranges": {"rim": (Decimal("17.5"), Decimal(19))}}, {"乙"}),
        ({"ranges": {"rim": (None, Decimal(16))}}, {"甲"}),
        ({"ranges": {"rim": (Decimal(30), None)}}, set()),
        ({"parameters": {"nothing": ("x",)}}, set()),
    ],
)
def test_products_are_found_by_a_choice_and_by_a_range_of_any_of_their_models(tyres, criteria, expected):
    assert found(**criteria) == expected


def test_the_counts_of_a_choice_leave_its_own_choice_out(tyres):
    counts = queries.products(Criteria(parameters={"vehicle": ("truck",)})).counts["parameter"]
    assert (counts["vehicle=car"], counts["vehicle=truck"]) == (2, 1)
    assert "snow=yes" not in counts


def test_a_product_that_is_issued_anew_is_found_by_what_is_said_now(db, tyres, issue):
    entry = tyres[0]
    assert entry.parameters == {"vehicle": ["car"], "snow": ["yes"], "rim": ["16", "17"]}
    assert (tyres[2].grade, tyres[2].grade_name, tyres[2].grade_name_en) == ("one", "一级", "Grade 1")


def page(client, address: str) -> str:
    return " ".join(client.get(address).text.split())


def test_the_filters_of_a_category_stand_on_its_page_and_on_no_other(client, tyres):
    whole, one = page(client, "/catalog/"), page(client, "/catalog/?category=tyre")
    assert "p.vehicle" not in whole
    assert 'name="p.vehicle" value="car"' in one
    assert 'name="p.rim.from"' in one
    assert "p.mass" not in one  # the rule does not show it as a filter


def test_what_is_ticked_and_typed_narrows_the_page_and_can_be_taken_away_again(client, tyres):
    text = page(client, "/catalog/?category=tyre&p.vehicle=car&p.rim.from=18&lang=zh")
    assert "1 个产品" in text
    assert "轮辋名义直径，in ≥ 18" in text
    assert re.search(r'href="/catalog/\?category=tyre&amp;p.vehicle=car(&amp;lang=zh)?"', text)


@pytest.mark.parametrize(
    ("rest", "slug"),
    [("p.rim.from=x", "number-unreadable"), ("p.rim.from=19&p.rim.to=18", "parameter-range-backwards")],
)
def test_a_range_that_says_nothing_is_refused_at_its_box_and_narrows_nothing(client, tyres, rest, slug):
    answer = client.get(f"/catalog/?category=tyre&{rest}")
    assert (answer.status_code, sentence(slug) in answer.text) == (422, True)
    assert "3 个产品" in " ".join(answer.text.split())
    assert client.get(f"/catalog/products.csv?category=tyre&{rest}").status_code == 422


def test_the_api_asks_the_same(client, tyres):
    def names(query: str) -> set[str]:
        return {item["name"] for item in client.get(f"/api/v1/products?{query}").json["items"]}

    assert names("parameter=vehicle%3Dcar&parameter=rim%3D18..") == {"乙"}
    assert names("parameter=rim%3D..17") == {"甲"}
    item = next(each for each in client.get("/api/v1/products").json["items"] if each["name"] == "丙")
    assert (item["grade"], item["parameters"]) == ("one", {"vehicle": ["truck"], "rim": ["22.5"]})


@pytest.mark.parametrize("value", ["vehicle", "rim=..", "=x", "rim=a..b"])
def test_the_api_refuses_what_it_cannot_read(client, tyres, value):
    assert client.get("/api/v1/products", query_string={"parameter": value}).status_code == 422
