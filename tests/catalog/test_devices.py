"""Public data sets come in row by row; what is wrong is told, and the same file may come again."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from accounts.actor import SYSTEM
from catalog import operations, queries
from catalog.models import Entry
from catalog.search import Criteria
from core.errors import Invalid, NotFound

pytestmark = pytest.mark.engines("search")

GOOD = {
    "manufacturer": "Dell",
    "name": "Latitude 5330",
    "subcategory": "Laptop",
    "gwp_total": "341.0",
    "report_date": "April 2022",
    "sources": "https://example.org/5330.pdf",
    "sources_hash": "5c078f92",
    "gwp_manufacturing_ratio": "0.841",
    "gwp_transport_ratio": "0.027",
    "gwp_use_ratio": "0.128",
    "gwp_eol_ratio": "0.004",
    "lifetime": "4.0",
    "weight": "1.203",
    "yearly_tec": "22.26",
    "use_location": "EU",
}


def table(*changes: dict) -> list[str]:
    text = io.StringIO()
    writer = csv.DictWriter(text, GOOD)
    writer.writeheader()
    writer.writerows(GOOD | change for change in changes)
    return text.getvalue().splitlines(keepends=True)


def take(*changes: dict):
    return operations.import_devices(SYSTEM, table(*changes))


def test_a_device_keeps_the_facts_of_its_report(db):
    take({})
    entry = db.session.query(Entry).one()
    assert (entry.name, entry.maker, entry.category, entry.carbon) == (
        "Latitude 5330",
        "Dell",
        "laptop",
        Decimal(341),
    )
    assert entry.issued_on == date(2022, 4, 1)
    assert entry.stage_values == [
        ("manufacturing", Decimal("286.78")),
        ("distribution", Decimal("9.21")),
        ("use", Decimal("43.65")),
        ("end_of_life", Decimal("1.36")),
    ]
    device = entry.device
    assert (device.licence, device.source) == ("ODbL-1.0", "https://example.org/5330.pdf")
    assert (device.lifetime_years, device.weight_kg) == (Decimal("4.0"), Decimal("1.203"))


def test_a_device_has_no_certificate_and_says_so(db):
    take({})
    entry = db.session.query(Entry).one()
    assert entry.status_on(date(2026, 1, 1)) == "not_certified"
    db.session.commit()
    listing = queries.products(Criteria(text="latitude"))
    assert listing.counts["status"] == {"not_certified": 1}
    assert queries.products(Criteria(chosen={"status": ("valid",)})).page.total == 0


@pytest.mark.parametrize(
    ("change", "slug"),
    [
        ({"gwp_total": ""}, "carbon-not-positive"),
        ({"gwp_total": "0"}, "carbon-not-positive"),
        ({"gwp_total": "-3"}, "carbon-not-positive"),
        ({"gwp_total": "NaN"}, "number-unreadable"),
        ({"gwp_total": "many"}, "number-unreadable"),
        ({"gwp_use_ratio": "7.76"}, "share-out-of-range"),
        ({"gwp_use_ratio": "-0.1"}, "share-out-of-range"),
        ({"name": " "}, "name-missing"),
        ({"manufacturer": ""}, "name-missing"),
        ({"sources": "somewhere"}, "source-missing"),
        ({"sources": "javascript:alert(1)"}, "source-missing"),
        ({"sources_hash": ""}, "source-missing"),
    ],
)
def test_a_bad_row_is_told_by_its_number_and_the_others_are_taken(db, change, slug):
    report = take(
        {}, change | {"sources_hash": change.get("sources_hash", "other")}, {"name": "Latitude 5331"}
    )
    assert [(row, why) for row, why, _ in report.refused] == [(3, slug)]
    assert (report.rows, report.added) == (3, 2)


@pytest.mark.parametrize("missing", ["gwp_eol_ratio", "gwp_manufacturing_ratio"])
def test_shares_that_leave_a_gap_are_not_a_breakdown(db, missing):
    take({missing: "", "gwp_use_ratio": "0.1"})
    assert db.session.query(Entry).one().stages == []


@pytest.mark.parametrize(
    ("text", "day"),
    [("April 2022", date(2022, 4, 1)), ("2022-2-6", date(2022, 2, 6)), ("", None), ("someday", None)],
)
def test_a_report_is_dated_by_month_by_day_or_not_at_all(db, text, day):
    take({"report_date": text})
    assert db.session.query(Entry).one().issued_on == day


def test_the_same_file_again_changes_nothing(db):
    take({}, {"name": "B"})
    positions = [entry.position for entry in db.session.query(Entry)]
    again = take({}, {"name": "B"})
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    assert [entry.position for entry in db.session.query(Entry)] == positions


def test_a_changed_row_changes_the_device_and_the_index(db):
    take({})
    db.session.commit()
    assert queries.products(Criteria(carbon_from=Decimal(400))).page.total == 0
    report = take({"gwp_total": "411"})
    db.session.commit()
    assert (report.added, report.changed) == (0, 1)
    assert queries.products(Criteria(carbon_from=Decimal(400))).page.total == 1
    assert queries.products(Criteria()).page.total == 1


def test_a_file_with_other_columns_is_refused_by_name(db):
    with pytest.raises(Invalid) as refused:
        operations.import_devices(SYSTEM, ["name,gwp_total\n", "x,1\n"])
    assert refused.value.slug == "table-columns-missing"
    assert "sources" in refused.value.detail["columns"]


def test_the_command_states_every_row(db, command, tmp_path):
    path = tmp_path / "devices.csv"
    path.write_text("".join(table({}, {"gwp_total": "x", "name": "B"})), encoding="utf-8-sig")
    told = command("catalog", "import-devices", str(path))
    assert "2 rows: 1 added, 0 changed, 0 unchanged, 1 refused" in told
    assert "row 3: 应填写数字，如 1234.5：x" in told


def test_the_whole_public_set_is_taken_where_it_is(db, shared):
    path = shared / "boavizta_device_pcf_us.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        report = operations.import_devices(SYSTEM, lines)
    assert (report.rows, report.added) == (1226, 1225)
    assert [(row, slug) for row, slug, _ in report.refused] == [(344, "share-out-of-range")]


def test_a_product_that_is_not_there_is_said_not_to_be(db):
    with pytest.raises(NotFound):
        queries.product(99)
