"""A footprint is rounded once, by its scheme, and stands so at every door, the exact value beside it."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import select

from catalog.models import Entry
from certification.application.queries import inventories
from certification.certificate import document
from certification.certificate.queries import certificates
from certification.label import artwork
from certification.shapes import application as as_told
from tests.certification.world import World
from tests.support.rules import amend


@pytest.mark.parametrize(
    ("exact", "digits", "stated", "limit"), [("10.805", 2, "10.80", 11), ("212.4549", 1, "212.5", 300)]
)
def test_every_door_states_the_footprint_as_the_scheme_rounds_it(client, db, exact, digits, stated, limit):
    world = World(rounding_digits=digits, limit_value=Decimal(limit))
    case = world.case("certified", value=exact).application
    issued = certificates.certificate(certificates.number_of(case.id))
    said = json.loads(issued.statement)
    told = as_told(case)["footprint"]
    assert case.footprint.total == Decimal(exact)
    assert {str(number) for number in (case.decision.value, issued.carbon, told["total"])} == {stated}
    assert {said["decision"]["value"], said["inventory"]["total"], said["annex"]["total"]} == {stated}
    assert {said["decision"]["exact"], str(case.decision.exact), str(told["exact"])} == {exact}
    assert str(inventories.frozen(case).live.stated) == stated
    assert str(db.session.scalars(select(Entry)).one().carbon) == stated
    assert f"<b>{stated}</b>" in document.html(said, issued.digest, issued.signature)
    assert f">{stated}<" in artwork.draw("full", said | {"family": "footprint_label"})
    for page in (f"/certificates/{issued.number}", f"/verify/{issued.number}", "/catalog/"):
        assert stated in client.get(page).get_data(as_text=True)


def test_the_pages_hold_against_the_limit_what_the_law_does(db):
    world = World()
    case = world.case("submitted", value="10.804").application
    for comparison, over in (("full", True), ("rounded", False)):
        amend(world.scheme, comparison=comparison)
        assert (case.is_over_limit, inventories.frozen(case).live.over) == (over, over)


def test_what_was_signed_with_all_its_digits_is_not_shown_with_them():
    assert artwork.stated_figure("10.83333333333333333333333333") == "10.83"
