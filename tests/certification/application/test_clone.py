"""An earlier application becomes a new draft, with a list of what must be refreshed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from carbon import operations as carbon
from certification.application.models import ApplicationCopy
from certification.application.operations.clone import clone_application
from certification.application.queries import clone
from core import clock
from core.db import db
from core.errors import Invalid, NotPermitted
from registers.models import BodyScope
from schemes import queries as schemes
from tests import factories
from tests.certification.world import LONG
from tests.certification.world import scheme as another_scheme
from tests.support.adopted import adopted
from tests.support.rules import amend


@pytest.fixture
def actor(world):
    return world.actor("applicant")


def copy(world, case, actor=None, body=None):
    scheme = schemes.scheme_by_code(case.application.scheme.code)
    return clone_application(
        case.application, actor or world.actor("applicant"), scheme, (body or world.body).id
    )


def slugs(draft) -> list[str]:
    return [point.slug for point in clone.refresh(draft)]


# ask 7
@pytest.mark.parametrize("state", ["draft", "submitted", "certified"])
def test_a_copy_of_my_application_brings_texts_models_inventory_and_files(world, state):
    case = world.case(state)
    source = case.application
    draft = copy(world, case)
    assert (draft.state, draft.number != source.number) == ("draft", True)
    assert (draft.product_name, draft.producer, draft.factory) == (
        source.product_name, source.producer, source.factory,
    )  # fmt: skip
    assert [model.code for model in draft.models] == [model.code for model in source.models]
    assert [(row.name, row.quantity, row.own_value) for row in draft.inventory.rows] == [
        (row.name, row.quantity, row.own_value) for row in source.inventory.rows
    ]
    assert {file.digest for file in draft.current_files} == {file.digest for file in source.current_files}
    assert draft.inventory_id != source.inventory_id


# ask 7
def test_a_copy_lists_what_must_be_refreshed(world, actor):
    case = world.case("draft")
    inventory = case.application.inventory
    head = {"period_from": "2025-01-01", "period_to": "2025-12-31"}
    carbon.save_inventory(inventory, actor, head, None, inventory.version)
    with clock.travel(clock.today() + timedelta(days=400)):
        draft = copy(world, case)
        assert slugs(draft) == ["period", "quantities", "files-old"]
        point = clone.refresh(draft)[-1]
        assert point.kinds == ["application_form", "business_licence"]


def test_a_point_goes_when_it_was_dealt_with(world, actor):
    case = world.case("draft")
    draft = copy(world, case)
    assert slugs(draft) == ["period-missing", "quantities"]
    rows = [{"stage": "raw_material", "name": "坯料", "quantity": Decimal(2), "unit": "m2"}]
    head = {"period_from": "2026-01-01", "period_to": "2026-12-31"}
    carbon.save_inventory(draft.inventory, actor, head, rows, draft.inventory.version)
    assert slugs(draft) == []


def test_an_expired_factor_is_taken_in_its_new_version_and_named(world, actor):
    case = world.case("draft")
    carbon.load_factors()
    from carbon import queries as library

    code = library.search_factors("", unit="kWh")[1][0].code
    rows = [{"stage": "manufacturing", "name": "用电", "quantity": "5", "unit": "kWh", "factor_code": code}]
    inventory = case.application.inventory
    carbon.save_inventory(inventory, actor, {}, rows, inventory.version)
    old = inventory.rows[0].factor
    newer = type(old)(
        **{
            column.name: getattr(old, column.name)
            for column in type(old).__table__.columns
            if column.name not in ("id", "version", "used")
        },
        version=old.version + 1,
    )
    db.session.add(newer)
    db.session.flush()
    draft = copy(world, case)
    assert draft.inventory.rows[0].factor.version == old.version + 1
    [point] = [point for point in clone.refresh(draft) if point.slug == "factors-renewed"]
    assert point.names == ["用电"]


def test_a_copy_is_made_under_the_rules_in_force_now(world):
    case = world.case("submitted")
    amend(world.scheme, effective_to=clock.today() - timedelta(days=1))
    newer = another_scheme(version="2", required_files=["application_form"], effective_from=date(2026, 1, 1))
    db.session.flush()
    draft = copy(world, case)
    assert draft.scheme_id == newer.id
    assert [file.kind for file in draft.current_files] == ["application_form"]
    assert "rules" in slugs(draft)


def test_a_body_that_lost_its_approval_is_not_chosen_again(world):
    case = world.case("submitted")
    db.session.query(BodyScope).update({"valid_to": clock.today() - timedelta(days=1)})
    other = factories.organisation("certification_body")
    db.session.add(BodyScope(body_id=other.id, approval_number="X", scheme_code=world.scheme.code, **LONG))
    db.session.add(adopted(other.id, world.scheme.code))
    db.session.flush()
    db.session.expire_all()
    with pytest.raises(Invalid) as no:
        copy(world, case)
    assert no.value.slug == "body-out-of-scope"
    assert copy(world, case, body=other).body_id == other.id


def test_nobody_copies_the_case_of_another(world):
    case = world.case("submitted")
    with pytest.raises(NotPermitted) as no:
        copy(world, case, factories.actor("manufacturer", "applicant"))
    assert no.value.slug == "case-of-others"


def test_a_case_of_its_own_has_nothing_to_refresh(world):
    assert clone.refresh(world.case("draft").application) == []


def test_a_case_is_copied_through_the_pages(world, browser):
    case = world.case("submitted")
    maker = browser("applicant")
    address = f"/certification/applications/{case.id}/clone"
    assert "复制为草稿" in maker.get(address).text
    answer = maker.post(address, data={"body": world.body.id})
    assert answer.status_code == 303
    page = maker.get(answer.location).text
    assert "活动量还是上次的" in page
    assert case.application.number in page
    assert db.session.query(ApplicationCopy).count() == 1


def test_a_body_that_is_not_offered_is_not_taken(world, browser):
    case = world.case("submitted")
    address = f"/certification/applications/{case.id}/clone"
    assert browser("applicant").post(address, data={"body": 999}).status_code == 422


def test_another_applicant_finds_no_case_to_copy(app, world, sign_in):
    case = world.case("submitted")
    stranger = factories.user(factories.organisation("manufacturer"), "applicant")
    browser = sign_in(app.test_client(), stranger)
    address = f"/certification/applications/{case.id}/clone"
    assert browser.get(address).status_code == 404
    assert browser.post(address, data={"body": world.body.id}).status_code == 404
