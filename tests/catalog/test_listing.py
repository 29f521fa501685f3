"""A certificate and its entry are one: both stand or fall together."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from accounts.actor import SYSTEM
from catalog import operations, projection
from catalog.events import EntryStatusChanged
from catalog.models import Entry, EntryModel, Feed, Technology
from certification.events import CertificateStatusChanged
from core import audit, events
from core.clock import today

pytestmark = pytest.mark.engines("order")

CERTIFICATE = {
    "certificate_id": 5,
    "number": "n",
    "issued_on": date(2026, 1, 1),
    "begins_on": date(2026, 1, 1),
    "valid_to": date(2027, 1, 1),
}


def test_an_issued_certificate_is_listed_with_every_fact(db, issue):
    entry = issue()
    assert (entry.carbon, entry.limit, entry.demo) == (Decimal("8.45"), Decimal("10.80"), True)
    assert entry.stage_values == [("raw_material", Decimal("2.38")), ("manufacturing", Decimal("6.07"))]
    assert [(code.code, code.squashed) for code in entry.codes] == [("YT-6012", "YT6012")]
    assert round(entry.below_limit, 3) == Decimal("0.218")


def test_a_rolled_back_certificate_leaves_no_entry(db, issue):
    issue()
    db.session.rollback()
    assert db.session.query(Entry).count() == 0


def test_one_certificate_has_one_entry(db, issue):
    issue()
    with pytest.raises(IntegrityError):
        issue(certificate_id=1, number="LCP-other")


def test_positions_in_the_feed_have_no_gap(db, issue):
    assert [issue().position for _ in range(3)] == [1, 2, 3]
    assert db.session.get(Feed, 1).position == 3


def test_a_status_act_is_mirrored_and_told_upwards(db, issue, monkeypatch):
    entry, told = issue(), []
    monkeypatch.setitem(events._listeners, EntryStatusChanged, [told.append])
    projection.follow_status(
        CertificateStatusChanged(1, entry.number, "suspend", "suspended", today(), date(2027, 1, 1), "原因")
    )
    assert told == [
        EntryStatusChanged(
            entry.id, 1, entry.number, "suspend", "suspended", today(), date(2027, 1, 1), "原因"
        )
    ]
    assert entry.status_on(today()) == "suspended"


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"kind": "certified"}, "certified_has_certificate"),
        ({"kind": "declared"} | CERTIFICATE, "certified_has_certificate"),
        ({"kind": "guessed"}, "kind_known"),
    ],
)
def test_the_database_refuses_a_product_that_cannot_be(db, facts, constraint):
    common = {
        "name": "n",
        "maker": "m",
        "category": "c",
        "carbon": 1,
        "carbon_unit": "u",
        "declared_unit": "u",
    }
    db.session.add(Entry(position=1, boundary="cradle_to_gate", **common | facts))
    with pytest.raises(IntegrityError, match=constraint):
        db.session.flush()


def test_a_model_stands_once_on_a_product(db, issue):
    entry = issue()
    db.session.add(EntryModel(entry_id=entry.id, code="YT-6012", squashed="YT6012"))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_technology_is_added_and_recorded(db):
    facts = {
        "kind": "promotion",
        "name": "窑炉余热回收",
        "field": "建材",
        "provider": "示例",
        "principle": "p",
    }
    operations.add_technology(SYSTEM, source="演示数据", demo=True, **facts)
    assert db.session.query(Technology).one().demo
    assert audit.verify() == 1
