"""Schemes are versions: read from a file, and never changed under a case that runs on them."""

from decimal import Decimal

from sqlalchemy import func, select

from certification import operations, schemes
from certification.models import BodyScope, SchemeVersion
from core.audit import Entry
from tests import factories
from tests.certification.world import LONG


def test_the_shipped_schemes_are_taken_once_and_again_without_change(db):
    system = factories.paper_actor()
    first, again = (schemes.load(schemes.SHIPPED, system) for _ in range(2))
    assert first["added"] == again["unchanged"] >= 4
    assert again["added"] == again["changed"] == 0


def test_every_shipped_scheme_states_family_validity_and_source(db):
    schemes.load(schemes.SHIPPED, factories.paper_actor())
    found = db.session.scalars(select(SchemeVersion)).all()
    assert {(scheme.family, scheme.validity_years) for scheme in found} == {
        ("low_carbon", 3),
        ("footprint_label", 2),
    }
    assert all(scheme.rule_source and scheme.validity_source for scheme in found)
    assert all(clock["source"] for scheme in found for clock in scheme.clocks.values())
    limited = [scheme for scheme in found if scheme.limit_value is not None]
    assert limited
    assert all(scheme.limit_demo and "演示数据" in scheme.limit_source for scheme in limited)


def test_an_unused_version_follows_the_file_and_a_used_one_stays(db, tmp_path):
    system, path = factories.paper_actor(), tmp_path / "schemes.json"
    schemes.load(schemes.SHIPPED, system)
    path.write_text(schemes.SHIPPED.read_text().replace('"10.80"', '"9.90"'))
    assert schemes.load(path, system)["changed"] == 1
    tile = db.session.scalar(select(SchemeVersion).where(SchemeVersion.code == "lc-ceramic-tile"))
    assert tile.limit_value == Decimal("9.90")
    maker = factories.actor("manufacturer", "applicant")
    body = factories.organisation("certification_body")
    db.session.add(BodyScope(body_id=body.id, approval_number="R-1", scheme_code=tile.code, **LONG))
    operations.create_application(maker, tile, body.id, product_name="砖")
    counts = schemes.load(schemes.SHIPPED, system)
    assert (counts["kept"], counts["changed"]) == (1, 0)
    assert tile.limit_value == Decimal("9.90")


def test_loading_writes_one_entry_for_each_version_taken(db):
    schemes.load(schemes.SHIPPED, factories.paper_actor())
    query = select(func.count()).select_from(Entry).where(Entry.verb == "scheme.added")
    assert db.session.scalar(query) == db.session.scalar(select(func.count()).select_from(SchemeVersion))
