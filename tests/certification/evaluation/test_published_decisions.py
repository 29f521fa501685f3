"""The published cases of limit and rounding (LIMIT-EXACT-29, ROUND-8170), each by a case to its decision."""

from decimal import Decimal

import pytest

from carbon import operations as carbon
from core.db import db as tables
from core.errors import Unmet
from tests.certification.world import reload
from tests.support.rules import amend

# Eight rows that make exactly 313.20 kg; over 29 m² they are 10.80, and a division with 28 digits makes more.
EIGHT = ("25.27", "31.5", "50.74", "59.37", "51.11", "42.52", "50.54", "2.15")
PAIRS = [
    ("0.15", 1, "0.2"), ("0.25", 1, "0.2"), ("0.35", 1, "0.4"), ("10.805", 2, "10.80"),
    ("10.815", 2, "10.82"), ("720.5", 0, "720"), ("721.5", 0, "722"), ("15.4546", 0, "15"),
]  # fmt: skip


def pending(world, kilograms: tuple[str, ...], output: str):
    """A case whose rows are these kilograms, up to the day of its decision."""
    case = world.case("draft")
    rows = [
        {"stage": ("raw_material", "manufacturing")[place % 2], "name": f"第 {place + 1} 项",
         "quantity": each, "unit": "kg", "own_value": "1", "own_unit": "kgCO2e/kg",
         "own_source": "企业实测", "evidence": "台账"}
        for place, each in enumerate(kilograms)
    ]  # fmt: skip
    inventory, head = case.application.inventory, {"output_amount": output, "output_unit": "m2"}
    carbon.save_inventory(inventory, world.actor("applicant"), head, rows, inventory.version)
    case.to("pending_decision")
    tables.session.commit()
    return case


def page(browser, case) -> str:
    return browser("decision_maker").get(f"/certification/reviews/{case.id}/decide").text


def test_what_is_exactly_the_limit_is_granted(world, browser):
    case = pending(world, EIGHT, "29")
    assert "不高于限值 10.80" in page(browser, case)
    decision = reload(case.to("granted")).decision
    assert (str(decision.value), decision.limit) == ("10.80", Decimal("10.80"))


def test_a_hundredth_of_a_kilogram_more_is_not(world, browser):
    amend(world.scheme, comparison="full")
    case = pending(world, (*EIGHT[:-1], "2.16"), "29")
    assert "高于限值 10.80" in page(browser, case).replace("不高于", "")
    with pytest.raises(Unmet, match="footprint-over-limit"):
        case.to("granted")


@pytest.mark.parametrize(("exact", "digits", "stated"), PAIRS)
def test_a_decision_states_the_footprint_rounded_once(world, browser, exact, digits, stated):
    amend(world.scheme, rounding_digits=digits, limit_value=None)
    fifth = Decimal(exact) / 5
    case = pending(world, (f"{fifth}", f"{4 * fifth}"), "1")
    assert f">{stated}<" in page(browser, case)
    decision = reload(case.to("granted")).decision
    assert (str(decision.value), decision.exact) == (stated, Decimal(exact))
