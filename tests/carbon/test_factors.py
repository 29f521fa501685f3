"""The factor library: what is shipped, what is imported, and what may not change any more."""

import csv
import io
import re
from collections import Counter
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from carbon import factors, operations, queries, synonyms
from carbon.models import Factor
from core.errors import Invalid, NotFound, OutOfOrder

pytestmark = pytest.mark.engines("types")

STEEL = {
    "code": "STEEL",
    "name_zh": "钢",
    "name_en": "steel",
    "category": "material",
    "activity_unit": "kg",
    "factor_value": "2.4",
    "factor_unit": "kgCO2e/kg",
    "gas_basis": "CO2e",
    "region": "CN-江苏",
    "valid_from": "2025-01-01",
    "source": "a source",
    "source_year": "2025",
    "confidence": "seen",
}


def file(*rows: dict, columns=(*factors.COLUMNS, *factors.MAY_BE_THERE), encoding="utf-8") -> io.BytesIO:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def take(*rows: dict, **more) -> operations.Imported:
    return operations.import_factors(file(*rows, **more))


def test_a_factor_carries_its_set_and_its_source_in_both_languages(client, db):
    take(
        STEEL | {"code": "OLD", "gwp": "AR5", "source": "甲的报告", "source_en": "report of A"},
        STEEL | {"code": "NEW"},
    )
    found = {each["code"]: each for each in client.get("/api/v1/factors").get_json()["items"]}
    assert [found["OLD"][name] for name in ("gwp", "source", "source_en")] == [
        "AR5",
        "甲的报告",
        "report of A",
    ]
    assert [found["NEW"][name] for name in ("gwp", "source", "source_en")] == ["", "a source", "a source"]


def test_a_file_of_before_factors_said_their_set_is_taken(db):
    done = take(STEEL, columns=factors.COLUMNS)
    assert (done.refused, queries.factor("STEEL").source_en) == ([], "a source")


def test_another_set_is_another_version_of_a_factor_in_use(db):
    take(STEEL)
    queries.factor("STEEL").used = True
    assert take(STEEL | {"gwp": "AR5"}).counts == {"new_version": 1}
    assert [queries.factor("STEEL", version).gwp for version in (1, 2)] == ["", "AR5"]


CHINESE = re.compile("[\u4e00-\u9fff]")


def test_the_sources_of_what_is_shipped_are_told_in_both_languages():
    with factors.SHIPPED.open("rb") as stream:
        rows = [values for _line, values in factors.read(stream)]
    assert not [row["code"] for row in rows if CHINESE.search(row["source_en"])]
    said = (
        "default",
        "restated",
        "as shipped",
        "computed",
        "secondary",
        "conversion factors",
        "by definition",
    )
    assert not [row["code"] for row in rows for word in said if word in row["source"]]


def test_what_is_shipped_can_be_loaded_twice(db):
    assert operations.load_factors().counts == {"added": 464}
    again = operations.load_factors()
    assert (again.counts, again.refused) == ({"unchanged": 464}, [])


def test_what_is_shipped_comes_from_official_or_open_sources():
    with factors.SHIPPED.open("rb") as stream:
        rows = [values for _line, values in factors.read(stream)]
    assert all(row["source"] and "CPCD" not in row["source"] for row in rows)
    assert len({row["code"] for row in rows}) == len(rows)
    weak = Counter(row["category"] for row in rows if row["confidence"] == "memory")
    assert weak == {
        "process_clinker": 1, "process_lime": 2, "process_glass": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "value", "unit", "region"),
    [
        ("ELECFP-CN-2024", "0.5777", "kgCO2e/kWh", "CN"),
        ("GRID-Jiangsu-2023", "0.5827", "kgCO2/kWh", "320000"),
        ("GRID-EastChina-2023", "0.55", "kgCO2/kWh", "CN-grid-east"),
        ("GRID-CN-2023", "0.5306", "kgCO2/kWh", "CN"),
        ("CN-ENT-natgas-EF", "21.621888", "tCO2/万Nm3", "CN"),
    ],
)
def test_a_shipped_factor_is_as_it_was_announced(db, code, value, unit, region):
    operations.load_factors()
    found = queries.factor(code)
    assert (found.value, found.unit, found.region) == (Decimal(value), unit, region)


def test_the_large_public_set_is_taken_whole(db, public_set):
    operations.load_factors()
    with public_set.open("rb") as stream:
        done = operations.import_factors(stream)
    assert done.refused == []
    assert done.counts["added"] == 593 - 464
    assert queries.factor("ELECFP-CN-2023").value == Decimal("0.6205")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_may_come_from_excel(db, encoding):
    assert take(STEEL, encoding=encoding).counts == {"added": 1}
    assert queries.factor("STEEL").name_zh == "钢"


@pytest.mark.parametrize(
    ("wrong", "column", "slug"),
    [
        ({"code": ""}, "code", "value-missing"),
        ({"source": " "}, "source", "value-missing"),
        ({"factor_value": "viel"}, "factor_value", "number-unreadable"),
        ({"factor_value": "NaN"}, "factor_value", "number-unreadable"),
        ({"factor_value": "1e999999999"}, "factor_value", "quantity-absurd"),
        ({"factor_unit": "kgCO2e/"}, "factor_unit", "factor-unit-unknown"),
        ({"factor_unit": "kgCO2e/kWh"}, "activity_unit", "unit-does-not-fit"),
        ({"activity_unit": "foo"}, "factor_unit", "unit-unknown"),
        ({"gas_basis": "XYZ"}, "gas_basis", "gas-unknown"),
        ({"factor_unit": "kgCH4/kg", "gas_basis": "CO2"}, "gas_basis", "gas-is-not-of-unit"),
        ({"category": "magic"}, "category", "not-in-list"),
        ({"confidence": "sure"}, "confidence", "not-in-list"),
        ({"region": "Atlantis"}, "region", "not-in-list"),
        ({"valid_from": "2025"}, "valid_from", "date-unreadable"),
        ({"source_year": "MMXXV"}, "source_year", "year-unreadable"),
        ({"name_en": "x" * 501}, "name_en", "text-too-long"),
        ({"gwp": "AR7"}, "gwp", "not-in-list"),
        ({"gwp": "AR6", "factor_unit": "kgCH4/kg", "gas_basis": "CH4"}, "gwp", "gwp-of-no-co2e"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_and_the_others_are_kept(db, wrong, column, slug):
    done = take(STEEL | wrong, STEEL | {"code": "OTHER"})
    assert done.refused == [(2, column, slug)]
    assert done.counts == {"added": 1}


@pytest.mark.parametrize(
    ("stream", "slug"),
    [
        (io.BytesIO(b"code,name_zh\nA,B\n"), "table-columns-missing"),
        (io.BytesIO(b""), "table-columns-missing"),
        (io.BytesIO(b"\xff\xff\xff"), "table-unreadable"),
        (io.BytesIO(b'"' + b"x" * 200_000), "table-line-unreadable"),
        (io.BytesIO(b"code,\x00\n"), "table-line-unreadable"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(db, stream, slug):
    with pytest.raises(Invalid) as refused:
        operations.import_factors(stream)
    assert refused.value.slug == slug


def test_a_factor_nobody_used_is_corrected_in_place(db):
    take(STEEL)
    assert take(STEEL | {"factor_value": "2.5"}).counts == {"changed": 1}
    assert (queries.factor("STEEL").version, queries.factor("STEEL").value) == (1, Decimal("2.5"))


def test_a_factor_in_use_gets_a_new_version(db):
    take(STEEL)
    queries.factor("STEEL").used = True
    assert take(STEEL | {"name_en": "Steel"}).counts == {"unchanged": 1}
    assert take(STEEL | {"factor_value": "2.5"}).counts == {"new_version": 1}
    assert queries.factor("STEEL", 1).value == Decimal("2.4")
    assert (queries.factor("STEEL").version, queries.factor("STEEL").value) == (2, Decimal("2.5"))
    assert queries.search_factors("STEEL") == (1, [queries.factor("STEEL")])


@pytest.mark.parametrize(("name", "value"), [("value", Decimal(9)), ("source", "other"), ("used", False)])
def test_a_factor_in_use_cannot_be_changed(db, name, value):
    take(STEEL)
    steel = queries.factor("STEEL")
    steel.used = True
    db.session.flush()
    setattr(steel, name, value)
    with pytest.raises(OutOfOrder) as refused:
        db.session.flush()
    assert refused.value.slug == "factor-in-use"


def test_a_factor_in_use_cannot_be_deleted(db):
    take(STEEL)
    steel = queries.factor("STEEL")
    steel.used = True
    db.session.flush()
    db.session.delete(steel)
    with pytest.raises(OutOfOrder):
        db.session.flush()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({}, "code"),
        ({"version": 0}, "ck_factor_version_positive"),
        ({"version": 2, "confidence": "x"}, "ck_factor_confidence_known"),
    ],
)
def test_the_database_refuses_what_no_factor_can_be(db, values, constraint):
    take(STEEL)
    old = queries.factor("STEEL")
    columns = {
        column.key: getattr(old, column.key) for column in Factor.__table__.columns if column.key != "id"
    }
    db.session.add(Factor(**columns | values))
    with pytest.raises(IntegrityError, match=constraint):
        db.session.flush()


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ({"stage": "use", "unit": "kWh"}, "ELECFP-CN-2024"),
        ({"text": "电力 江苏"}, "GRID-Jiangsu-2023"),
        ({"text": "grid", "region": "320500"}, "GRID-Jiangsu-2023"),
        ({"text": "natural gas", "unit": "Nm3", "stage": "manufacturing"}, "CN-PROV-natgas-EF"),
        ({"text": "elecfp-pv"}, "ELECFP-pv-2024"),
    ],
)
def test_the_likeliest_factor_is_found_first(db, asked, first):
    operations.load_factors()
    assert queries.search_factors(**asked)[1][0].code == first


NAMED_OTHERWISE = [
    ("运输", "TRAN-UK2025-27_315_3151_14-1"),
    ("卡车", "TRAN-UK2025-27_304_3124_14-1"),
    ("Steam", "HEAT-CN-default"),
    ("蒸汽", "HEAT-CN-default"),
    ("石灰石", "PROC-carbonate-calcite"),
    ("纸箱", "MAT-UK2025-19_506_5156_15_1"),
    ("铝型材 台湾", "MAT-TW-鋁錠"),
    ("新鲜水", "WATER-UK2025-supply"),
]


def test_a_factor_is_found_by_the_word_people_have_for_it(db):
    operations.load_factors()
    found = {
        typed: {row.code for row in queries.search_factors(typed, limit=None)[1]}
        for typed, _ in NAMED_OTHERWISE
    }
    assert [(typed, code) for typed, code in NAMED_OTHERWISE if code not in found[typed]] == []


def test_every_word_stands_once_and_leads_to_names_of_the_library():
    with factors.SHIPPED.open(encoding="utf-8") as file:
        names = " ".join(row["name_zh"] for row in csv.DictReader(file)).casefold()
    lines = [line for line in synonyms.TABLE.read_text().splitlines() if ": " in line and line[0] != "#"]
    typed = [word.casefold() for line in lines for word in line.split(": ")[0].split()]
    assert len(typed) == len(set(typed)) > 100
    assert [name for word in typed for name in synonyms.of(word) if name not in names] == []
    assert [word for word in typed if not synonyms.of(word)] == []


def test_what_open_sources_lack_is_not_answered_with_something_else(db):
    operations.load_factors()
    assert queries.search_factors("粉煤灰") == queries.search_factors("氧化锆") == (0, [])


def test_a_search_finds_no_parameters_of_fuels_and_no_wildcards(db):
    operations.load_factors()
    assert queries.search_factors("低位发热量") == (0, [])
    assert queries.search_factors("%_%") == (0, [])
    total, found = queries.search_factors(limit=3)
    assert (total > 200, len(found)) == (True, 3)


def test_a_factor_that_is_not_there_is_not_found(db):
    with pytest.raises(NotFound) as refused:
        queries.factor("NONE")
    assert refused.value.slug == "factor-unknown"


def test_a_search_by_an_unknown_unit_is_refused(db):
    with pytest.raises(Invalid) as refused:
        queries.search_factors(unit="foo")
    assert refused.value.slug == "unit-unknown"


def test_the_commands_say_what_they_did(command, tmp_path):
    assert command("carbon", "load-factors") == "464 added, 0 refused\n"
    assert command("carbon", "load-factors") == "464 unchanged, 0 refused\n"
    path = tmp_path / "factors.csv"
    path.write_bytes(file(STEEL, STEEL | {"code": "B", "factor_value": "x"}).getvalue())
    said = command("carbon", "import-factors", str(path))
    assert "1 added, 1 refused" in said
    assert "line 3, factor_value: 应填写数字" in said
    path.write_bytes(file(STEEL | {"factor_value": "2.5"}).getvalue())
    tried = command("carbon", "import-factors", "--dry-run", str(path))
    assert "STEEL, value: 2.4 → 2.5" in tried
    assert "nothing was kept" in tried
    assert "1 changed" in command("carbon", "import-factors", str(path))
    path.write_text("code\n")
    assert "第一行要有这些列" in command("carbon", "import-factors", str(path), fails=True)
