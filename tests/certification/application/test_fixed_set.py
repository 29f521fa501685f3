"""Which set of warming potentials counts is for the rule to say, at every door."""

import pytest

from certification.application.operations.applications import save_inventory
from certification.application.operations.clone import clone_application
from certification.application.queries import inventories
from core.errors import Invalid
from tests.certification.world import World

HEAD = {"output_amount": "1", "output_unit": "m2"}


@pytest.mark.parametrize("fixed", ["AR5", "AR6"])
def test_a_case_takes_the_set_of_its_scheme_and_no_other(db, fixed):
    world = World(gwp=fixed)
    case, actor = world.case("draft").application, world.actor("applicant")
    assert case.inventory.gwp == fixed
    for typed in ({}, {"gwp": ""}, {"gwp": fixed}):
        save_inventory(case, actor, HEAD | typed, [], case.inventory.version)
        assert case.inventory.gwp == fixed
    for other in {"AR4", "AR5", "AR6"} - {fixed}:
        with pytest.raises(Invalid) as refused:
            save_inventory(case, actor, HEAD | {"gwp": other}, [], case.inventory.version)
        assert refused.value.fields == {"gwp": "gwp-not-of-scheme"}
        assert "gwp" in inventories.reckon(case, HEAD | {"gwp": other}, []).errors


def test_a_draft_of_before_is_brought_to_the_set_when_it_is_saved(db, world):
    case, actor = world.case("draft").application, world.actor("applicant")
    case.inventory.gwp = "AR4"
    db.session.flush()
    save_inventory(case, actor, HEAD, [], case.inventory.version)
    assert case.inventory.gwp == "AR6"


def test_a_correction_keeps_the_set_of_what_was_handed_in(world):
    case = world.case("submitted").application
    case.inventory.gwp, case.state = "AR5", "correcting"
    assert (case.gwp, case.in_set({})) == ("AR5", {"gwp": "AR5"})


def test_a_copy_is_reckoned_by_the_rule_of_today(world):
    case, actor = world.case("submitted").application, world.actor("applicant")
    case.inventory.gwp = "AR5"
    draft = clone_application(case, actor, world.scheme, world.body.id)
    assert draft.inventory.gwp == "AR6"
