"""The register of label uses, and the label going off at once."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import pytest

from catalog import queries as catalog
from certification.label.operations import labels
from certification.label.operations.label_uses import end_use, record_use
from certification.label.operations.labels import request_label
from core import lifecycle
from core.clock import today
from core.db import db
from core.errors import Invalid, NotFound, NotPermitted, Unmet
from tests import factories
from tests.certification.aftercare.later import certificate_of
from tests.certification.world import PDF


@pytest.fixture
def issued(world):
    return certificate_of(world.case("certified"))


@pytest.fixture
def licensed(world, issued):
    licence = request_label(issued, world.actor("applicant"), "外包装")
    officer = factories.user(world.body, "label_officer").memberships[0].actor()
    lifecycle.take(licence, "license", officer)
    return issued


@pytest.fixture
def record(world, issued):
    def use(actor=None, **more):
        facts = {"medium": "packaging", "place": "外箱侧面", "since": today()} | more
        return record_use(issued, actor or world.actor("applicant"), **facts)

    return use


def test_the_holder_records_where_the_label_is_used(licensed, record):
    upload = SimpleNamespace(stream=BytesIO(PDF), filename="外箱.pdf")
    use = record(quantity=Decimal(12000), upload=upload)
    assert licensed.uses == [use]
    assert (use.medium, use.quantity, use.picture_name) == ("packaging", Decimal(12000), "外箱.pdf")
    assert use.picture


def test_a_use_ends_on_a_day_that_has_come(world, licensed, record):
    use, actor = record(), world.actor("applicant")
    for day in (None, today() + timedelta(days=1), today() - timedelta(days=1)):
        with pytest.raises(Invalid, match="use-end-impossible"):
            end_use(use, actor, day)
    end_use(use, actor, today())
    assert use.until == today()


@pytest.mark.parametrize(
    ("more", "slug"),
    [
        ({"medium": "tattoo"}, "medium-unknown"),
        ({"place": " "}, "place-missing"),
        ({"since": None}, "since-missing"),
        ({"quantity": Decimal(0)}, "quantity-not-positive"),
    ],
)
def test_a_use_says_what_where_and_since_when(licensed, record, more, slug):
    with pytest.raises(Invalid, match=slug):
        record(**more)


def test_a_label_that_is_not_licensed_is_not_used(record):
    with pytest.raises(Unmet, match="label-not-licensed"):
        record()


def test_only_the_holder_records(world, licensed, record):
    for actor in (world.actor("case_officer"), factories.actor("manufacturer", "applicant")):
        with pytest.raises(NotPermitted):
            record(actor=actor)


def test_a_use_of_another_certificate_is_not_found(licensed):
    from certification.label.operations.label_uses import use_of

    with pytest.raises(NotFound, match="label-use-not-found"):
        use_of(licensed, 4711)


# guard 13
def test_suspension_switches_off_label_and_procurement_hit_in_the_same_transaction(world, licensed, record):
    assert labels.artwork(licensed, "full")
    [entry] = [entry for entry in catalog.certified() if entry.number == licensed.number]
    assert entry.status_on(today()) == "valid"
    facts = {"cause": "misuse", "reason": "查明", "until": today() + timedelta(days=30)}
    with db.session.begin_nested() as together:
        lifecycle.take(licensed, "suspend", world.actor("decision_maker"), **facts)
        with pytest.raises(Unmet, match="certificate-not-valid"):
            labels.artwork(licensed, "full")
        with pytest.raises(Unmet, match="certificate-not-valid"):
            record()
        assert catalog.standings([entry.id], today())[entry.id].status == "suspended"
        together.rollback()
    db.session.expire_all()
    assert labels.artwork(licensed, "full")
    assert catalog.standings([entry.id], today())[entry.id].status == "valid"
