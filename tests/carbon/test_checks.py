"""What an experienced reader would ask about an inventory."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from carbon.checks import (
    AMBER,
    CHECKS,
    NOTE,
    RED,
    SEVERITIES,
    Around,
    Library,
    Seen,
    asked,
    doubts,
    for_applicant,
)
from carbon.footprint import Caution, FactorCopy, Fuel, Quantity, Row, Sheet, compute
from carbon.records.record import Record
from carbon.words import QUESTIONS, WARNINGS, ask, say_cautions

PER_KG = FactorCopy(Decimal(2), "kgCO2e/kg", "CO2e", code="F", confidence="seen")
PER_KWH = FactorCopy(
    Decimal("0.5777"), "kgCO2e/kWh", "CO2e", code="ELECFP-CN-2024", category="electricity_footprint",
    region="CN", source_year=2024, confidence="seen",
)  # fmt: skip
WIND = replace(PER_KWH, value=Decimal("0.0324"), code="ELECFP-wind-2024")
CARRIED = replace(PER_KWH, value=Decimal("0.0327"), code="ELECFP-TDloss-2024")
LORRY = FactorCopy(
    Decimal("0.0780"), "kgCO2e/t·km", "CO2e", code="T-304-1", category="transport", region="GB",
    source_year=2025, confidence="seen",
)  # fmt: skip
OF_CO2 = replace(LORRY, value=Decimal("0.0767"), gas_basis="CO2", code="T-304-2")
# data/factors.csv: the two official defaults of bituminous coal.
PROVINCIAL = FactorCopy(
    Decimal("1.74175"), "tCO2/t", "CO2", code="CN-PROV-bitcoal-EF", category="fuel_combustion",
    confidence="seen",
)  # fmt: skip
INDUSTRIAL = replace(PROVINCIAL, value=Decimal("2.071509"), code="CN-ENT-bitcoal-EF")
METHANE = FactorCopy(
    Decimal(10), "kgCH4/TJ", "CH4", code="IPCC06-coal-CH4", category="fuel_combustion_nonco2",
    confidence="seen",
)  # fmt: skip
UNIT = Quantity(Decimal(1), "t")
TODAY = date(2026, 11, 22)
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def parameter(name: str, kind: str, value: str, unit: str) -> FactorCopy:
    return FactorCopy(Decimal(value), unit, "", code=f"{name}-{kind}", category=f"fuel_parameter_{kind}",
                      name_zh=f"{name} 参数（指南）")  # fmt: skip


FUELS = (
    parameter("烟煤", "ncv", "19.57", "GJ/t"),
    parameter("烟煤", "ncv", "23.204", "GJ/t"),
    parameter("褐煤", "ncv", "11.9", "GJ/t"),
    parameter("汽油", "ncv", "43.07", "GJ/t"),
    parameter("天然气", "ncv", "389.31", "GJ/万Nm3"),
    parameter("烟煤", "cc", "26.1", "tC/TJ"),
    parameter("天然气", "cc", "15.3", "tC/TJ"),
)
LIBRARY = Library(power=(PER_KWH, WIND), fuels=FUELS, defaults=(PROVINCIAL, INDUSTRIAL))


def row(name="steel", quantity="1", unit="kg", factor=PER_KG, stage="raw_material", **more) -> Row:
    return Row(name, stage, Decimal(quantity), unit, factor, **more)


def burnt(name="烟煤", ncv="21", carbon="26", unit="t", per="GJ/t") -> Row:
    fuel = Fuel(Decimal(ncv), per, Decimal(carbon), Decimal("0.98"))
    return Row(name, "manufacturing", Decimal(1), unit, fuel=fuel)


def power(name="电", quantity="1000", factor=PER_KWH, unit="kWh", **more) -> Row:
    return row(name, quantity, unit, factor, "manufacturing", **more)


def found(
    *rows, boundary="", period=(None, None), output=UNIT, gwp="AR6", records=(), **around
) -> list[tuple]:
    """(slug, row) of every doubt."""
    sheet = Sheet(UNIT, output, gwp, rows)
    seen = Seen(sheet, compute(sheet), TODAY, boundary, *period, Around(**around), LIBRARY, records)
    return [(doubt.slug, doubt.row) for doubt in doubts(seen)]


def of(slug: str, *rows, **more) -> list:
    """The rows at which one slug is found."""
    return [place for name, place in found(*rows, **more) if name == slug]


def metered(quantity="500", unit="kWh", meter="1 号表", months=(), file="", **stated) -> Record:
    ledger = {"months": [{"month": month, "amount": quantity} for month in months]} if months else {}
    return Record("manufacturing", "窑", Decimal(quantity), unit, kind="electricity", evidence_digest=file,
                  stated={"meter": meter} | ledger | stated)  # fmt: skip


def of_contract(energy: str, certificate: str = "GEC 1") -> Record:
    said = {"energy": kwh(energy), "certified": kwh("100"), "certificate": certificate}
    return metered(supplies=[{"supply": "contract", **said}])


def kiln(quantity: str, unit: str = "t", kind: str = "clinker", factor=None, **stated) -> Record:
    return Record("manufacturing", "窑", Decimal(quantity), unit, factor, kind, stated)


def kwh(amount: str) -> dict[str, str]:
    return {"amount": amount, "unit": "kWh"}


def whole(quantity: str) -> Record:
    return Record("use", "整机", Decimal(quantity), "t", evidence_digest="a")


def both(*records: Record) -> dict:
    return {"records": records}


HALF = {"product_amount": kwh("5"), "site_amount": kwh("10")}
MORE = {"product_amount": kwh("6"), "site_amount": kwh("10")}
BURNT = replace(PER_KG, category="process_clinker")
TESTED = {"clinker_tested": (Decimal("0.51"), Decimal("0.50"))}
# Of two lines of a kiln this product takes one half.
SHARED = {"product_amount": {"amount": "5", "unit": "t"}, "site_amount": {"amount": "10", "unit": "t"}}
MUCH = Quantity(Decimal(100000), "t")
GATE = "cradle_to_gate"
TONNE_KILOMETRES = (row("运入", "500", "t·km", LORRY), row("运入二", "500", "t·km", OF_CO2))

# fmt: off
CASES = [
    ("rows-duplicated", [row(), row("paper", "2")], {}, []),
    ("rows-duplicated", [row(), row()], {}, [1]),
    ("rows-duplicated", [row("a"), row("b")], {}, [1]),
    ("rows-duplicated", [row(), row(stage="manufacturing")], {}, []),
    # what several rows state of one thing
    ("meter-counted-twice", [], both(metered(), metered("400", meter="1号表")), [1]),
    ("meter-counted-twice", [], both(metered(), metered(meter="2 号表")), []),
    ("meter-counted-twice", [], both(metered(), metered(site="二厂")), []),
    ("meter-counted-twice", [], both(metered(**HALF), metered("0.5", "MWh", **HALF)), []),
    ("meter-counted-twice", [], both(metered(**HALF), metered("0.5", "MWh", **MORE)), [1]),
    ("meter-counted-twice", [], both(metered(months=("2024-01",)), metered(months=("2024-02",))), []),
    ("meter-counted-twice", [], both(metered(months=("2024-01",)), metered(months=("2024-01",))), [1]),
    ("certificate-exceeded", [], both(of_contract("50"), of_contract("50")), []),
    ("certificate-exceeded", [], both(of_contract("50"), of_contract("51", "gec1")), [1]),
    ("certificate-exceeded", [], both(of_contract("50"), of_contract("51", "GEC 2")), []),
    ("certificate-exceeded", [], both(of_contract("50")) | {"certified": {"gec1": Decimal(51)}}, [0]),
    ("certificate-exceeded", [], both(of_contract("50")) | {"certified": {"gec1": Decimal(50)}}, []),
    ("month-proved-twice", [], both(metered(file="a b"), metered(file="b c")), [1]),
    ("month-proved-twice", [], both(metered(file="a"), metered(file="b")), []),
    ("month-proved-twice", [], both(whole("1"), whole("1")), []),
    ("month-proved-twice", [], both(whole("2"), whole("2")), [1]),
    ("month-proved-twice", [], both(whole("1"), whole("1")) | {"output": Quantity(Decimal(2), "t")}, [1]),
    ("month-proved-twice", [], both(metered(file="a"), metered("499", file="a")), []),
    ("month-proved-twice", [], both(metered(file="a", months=("2024-01", "2024-02")),
                                    metered(file="a", months=("2024-02",))), [1]),
    ("month-proved-twice", [], both(metered(file="a", months=("2024-01",)),
                                    metered(file="a", months=("2024-02",))), []),
    ("factor-from-memory", [row(factor=replace(PER_KG, confidence="memory"))], {}, [0]),
    ("unit-slip-suspected", [row(quantity="12000"), row(quantity="12")], {}, [1]),
    ("unit-slip-suspected", [row(quantity="12", unit="t"), row(quantity="12")], {}, [1]),
    ("unit-slip-suspected", [row(quantity="1.2", unit="t"), row(quantity="1200")], {}, []),
    ("row-dominates", [row(), row("p", "400"), row("q", "2")], {}, [1]),
    ("row-dominates", [row(), row("p", "400")], {}, []),
    # the output, by mass
    ("inputs-exceed-output", [row("limestone", "100000", "t")], {"output": replace(MUCH, unit="kg")}, [None]),
    ("inputs-exceed-output", [row("limestone", "150000", "t")], {"output": MUCH}, []),
    ("output-exceeds-inputs", [row("clay", "11", "t")], {"output": MUCH}, [None]),
    ("output-exceeds-inputs", [row("clay", "70000", "t")], {"output": MUCH}, []),
    ("output-exceeds-inputs", [power()], {"output": MUCH}, []),
    ("output-exceeds-inputs", [row("of a process", factor=FactorCopy(Decimal(1), "kgCO2/kg", "CO2"))],
     {"output": MUCH}, []),
    ("output-exceeds-inputs", [row("clay", "11", "t", stage="end_of_life")],
     {"output": MUCH}, []),
    # the total: 2 kgCO2e/t of a row of 1 kg
    ("far-from-limit", [row()], {"limit": Decimal(20)}, [None]),
    ("far-from-limit", [row()], {"limit": Decimal("0.2")}, [None]),
    ("far-from-limit", [row()], {"limit": Decimal(19)}, []),
    ("far-from-peers", [row()], {"peers": ()}, []),
    ("far-from-peers", [row()], {"peers": (Decimal(2), Decimal(3))}, []),
    ("far-from-peers", [row()], {"peers": (Decimal(2000), Decimal(2100))}, [None]),
    ("far-from-peers", [row()], {"peers": (Decimal("0.002"),)}, [None]),
    ("unlike-peers", [row()], {"peers": tuple(map(Decimal, (8, 9, 10, 11, 12)))}, [None]),
    ("unlike-peers", [row()], {"peers": tuple(map(Decimal, (1, 2, 3, 11, 12)))}, []),
    ("unlike-peers", [row()], {"peers": tuple(map(Decimal, (8, 9, 10, 11)))}, []),
    ("unlike-peers", [row()], {"peers": tuple(map(Decimal, (800, 900, 1000, 1100, 1200)))}, []),
    # fuels
    ("fuel-value-impossible", [burnt()], {}, []),
    ("fuel-value-impossible", [burnt(ncv="20908")], {}, [0]),
    ("fuel-value-impossible", [burnt(carbon="0.0261")], {}, [0]),
    ("fuel-value-impossible", [burnt("天然气", "389", "15.3", "Nm3", "GJ/万Nm3")], {}, []),
    ("fuel-value-impossible", [burnt("天然气", "38.9", "15.3", "Nm3", "GJ/万Nm3")], {}, [0]),
    ("fuel-value-unusual", [burnt(ncv="12")], {}, [0]),
    ("fuel-value-unusual", [burnt("某种煤", ncv="12")], {}, []),
    ("fuel-value-unusual", [burnt(ncv="20908")], {}, []),
    ("fuel-defaults-differ", [row(factor=PROVINCIAL)], {}, [0]),
    ("fuel-defaults-differ", [row(factor=INDUSTRIAL)], {}, [0]),
    ("fuel-defaults-differ", [row(factor=replace(PROVINCIAL, code="CN-PROV-peat-EF"))], {}, []),
    ("fuel-defaults-differ", [row(factor=replace(INDUSTRIAL, value=PROVINCIAL.value))], {}, []),
    ("fuel-defaults-differ", [row(factor=PROVINCIAL)], {"fuel_default": "provincial_guideline"}, []),
    ("fuel-default-of-others", [row(factor=PROVINCIAL)], {}, []),
    ("fuel-default-of-others", [row(factor=PROVINCIAL)], {"fuel_default": "provincial_guideline"}, []),
    ("fuel-default-of-others", [row(factor=PROVINCIAL)], {"fuel_default": "industry_guideline"}, [0]),
    ("fuel-default-of-others", [row(factor=INDUSTRIAL)], {"fuel_default": "provincial_guideline"}, [0]),
    # counted twice
    ("part-counted-twice", TONNE_KILOMETRES, {}, [1]),
    ("part-counted-twice", [row("运入", "500", "t·km", LORRY),
                            row("运入", "500000", "kg·km", OF_CO2)], {}, [1]),
    ("part-counted-twice", [row("运入", "500", "t·km", LORRY), row("运出", "400", "t·km", OF_CO2)], {}, []),
    ("two-factors", [power(), power("电表二", factor=WIND)], {}, [1]),
    ("two-factors", [power(), power(quantity="1", unit="MWh", factor=WIND)], {}, [1]),
    ("two-factors", [power(), power("线损", factor=CARRIED)], {}, []),
    ("two-factors", [power(), power("电表二", "999", factor=WIND)], {}, []),
    ("two-factors", [row(), row(factor=replace(PER_KG, value=Decimal(3)))], {}, [1]),
    ("two-factors", [row(), row("paper", factor=replace(PER_KG, value=Decimal(3)))], {}, []),
    ("fuel-gases-twice", [row(factor=INDUSTRIAL), row("甲烷", unit="TJ", factor=METHANE)], {}, [1]),
    ("fuel-gases-twice", [row(), row("甲烷", unit="TJ", factor=METHANE)], {}, []),
    ("fuel-gases-twice", [row(factor=INDUSTRIAL)], {}, []),
    # what the laboratory found
    ("clinker-share-differs", [], both(kiln("0.3"), kiln("200", "kg")) | TESTED, []),
    ("clinker-share-differs", [], both(kiln("0.3"), kiln("221", "kg")) | TESTED, [None]),
    ("clinker-share-differs", [], both(kiln("0.479", kind="activity", factor=BURNT)) | TESTED, [None]),
    ("clinker-share-differs", [], both(kiln("0.479", kind="activity")) | TESTED, []),
    ("clinker-share-differs", [], both(kiln("0.9")), []),
    ("clinker-share-differs", [], both(kiln("1", **SHARED)) | TESTED, []),
    ("clinker-share-differs", [], both(kiln("1.2", **SHARED)) | TESTED, [None]),
    ("clinker-above-product", [], both(kiln("0.6"), kiln("0.42")), []),
    ("clinker-above-product", [], both(kiln("0.6"), kiln("421", "kg")), [None]),
    ("clinker-above-product", [], both(kiln("2.04", **SHARED)), []),
    ("clinker-above-product", [], both(kiln("2.05", **SHARED)), [None]),
    # one row, and what is proved
    ("single-row", [row()], {"boundary": GATE}, [None]),
    ("single-row", [row()], {}, []),
    ("single-row", [row(), row("b")], {"boundary": GATE}, []),
    ("power-unproven", [power(factor=WIND)], {}, [0]),
    ("power-unproven", [power(factor=FactorCopy(Decimal("32.4"), "kgCO2e/MWh", "CO2e"))], {}, [0]),
    ("power-unproven", [power(factor=WIND, evidence="绿证")], {}, [0]),
    ("power-unproven", [power(factor=WIND, evidence_digest="0" * 64)], {}, []),
    ("power-unproven", [power(), power("线损", factor=CARRIED)], {}, []),
    ("power-unproven", [power("gas in kWh", factor=replace(WIND, category="heat"))], {}, []),
    ("power-not-carried", [power(factor=WIND)], {}, [0]),
    ("power-not-carried", [power(factor=WIND), power("线损", "1", CARRIED, "MWh")], {}, []),
    ("power-not-carried", [power(factor=WIND), power("线损", "999", CARRIED)], {}, [0]),
    ("power-not-carried", [power(factor=WIND), power("b", factor=WIND), power("线损", factor=CARRIED)],
     {}, [0]),
    ("power-not-carried", [power()], {}, []),
    ("power-not-carried", [power(factor=FactorCopy(Decimal("0.03"), "kgCO2e/kWh", "CO2e"))], {}, []),
    ("gwp-outdated", [row()], {"gwp": "AR4"}, [None]),
    ("gwp-outdated", [row()], {}, []),
    # year and place
    ("factor-of-another-year", [power(), power("b", "2")], {"period": YEAR}, [0]),
    ("factor-of-another-year", [power()], {"period": (date(2023, 7, 1), date(2024, 6, 30))}, []),
    ("factor-of-another-year", [power()], {}, []),
    ("factor-of-another-year", [row(factor=replace(PER_KG, source_year=2020))], {"period": YEAR}, []),
    ("factor-of-another-year", [row(factor=replace(PER_KG, source_year=2019))], {"period": YEAR}, [0]),
    ("factor-of-another-region", [row("a", factor=replace(PER_KG, region="GB")), row()],
     {"region": "320000"}, [0]),
    ("factor-of-another-region", [row(factor=replace(PER_KG, region="CN-grid-east"))],
     {"region": "320500"}, []),
    ("factor-of-another-region", [row(factor=replace(PER_KG, region="CN-grid-north"))],
     {"region": "320500"}, [0]),
    ("factor-of-another-region", [row(factor=replace(PER_KG, region="320000"))], {"region": "320500"}, []),
    ("factor-of-another-region", [row(factor=replace(PER_KG, region="330000"))], {"region": "320500"}, [0]),
    ("factor-of-another-region", [row(factor=replace(PER_KG, region="CN"))], {"region": "320500"}, []),
    # the period
    ("period-not-a-year", [row()], {"boundary": GATE, "period": YEAR}, []),
    ("period-not-a-year", [row()], {"boundary": GATE,
                                    "period": (date(2024, 1, 1), date(2024, 12, 31))}, []),
    ("period-not-a-year", [row()], {"boundary": GATE,
                                    "period": (date(2025, 1, 1), date(2025, 6, 30))}, [None]),
    ("period-not-over", [row()], {"boundary": GATE,
                                  "period": (date(2026, 1, 1), date(2026, 12, 31))}, [None]),
    ("period-missing", [row()], {"boundary": GATE}, [None]),
    ("period-missing", [row()], {}, []),
    # the boundary, and evidence
    ("stage-outside-boundary", [row()], {"boundary": GATE}, []),
    ("stage-outside-boundary", [row(stage="distribution")], {"boundary": GATE}, [0]),
    ("stage-outside-boundary", [row(stage="distribution")], {"boundary": "cradle_to_site"}, []),
    ("stage-outside-boundary", [row(stage="use")], {"boundary": "cradle_to_site"}, [0]),
    ("stage-outside-boundary", [row(stage="use")], {"boundary": "cradle_to_grave"}, []),
    ("stages-missing", [row()], {"boundary": "cradle_to_grave"}, [None]),
    ("stages-missing", [row(stage="use")], {"boundary": "cradle_to_grave"}, []),
    ("evidence-missing", [row(), row("b", evidence="ledger"), row("c", evidence_digest="0" * 64)],
     {"boundary": GATE}, [0]),
]
# fmt: on


@pytest.mark.parametrize(("slug", "rows", "known", "expected"), CASES)
def test_a_doubt_is_found_where_it_is_and_nowhere_else(slug, rows, known, expected):
    assert of(slug, *rows, **known) == expected


def test_every_check_is_seen_to_find_and_to_be_silent():
    finding = {slug for slug, check in CHECKS.items() if check.find and not slug.startswith("rule-")}
    assert finding == {slug for slug, _rows, _known, places in CASES if places}
    silent = {slug for slug, _rows, _known, places in CASES if not places}
    assert finding - silent == {"factor-from-memory", "period-not-over", "evidence-missing"}  # beside others


def test_an_inventory_as_it_should_be_raises_no_question():
    rows = [row("石灰石", "1400", evidence="台账"), power(evidence="结算单"), burnt()]
    found_ = found(
        *rows, boundary="cradle_to_gate", period=(date(2024, 1, 1), date(2024, 12, 31)), region="320500",
        limit=Decimal(3400),
    )  # fmt: skip
    assert [slug for slug, _row in found_ if CHECKS[slug].severity != NOTE] == []


def test_the_table_has_every_slug_a_sentence_and_a_question_for_what_is_asked():
    assert CHECKS.keys() == WARNINGS.keys()
    assert QUESTIONS.keys() == {slug for slug, check in CHECKS.items() if check.severity != NOTE}
    assert {check.severity for check in CHECKS.values()} == {*SEVERITIES}


def test_every_sentence_and_question_can_be_said_with_what_the_check_gives():
    for slug, rows, known, _expected in CASES:
        output = known.get("output", UNIT)
        sheet = Sheet(UNIT, output, known.get("gwp", "AR6"), tuple(rows))
        names = ("region", "limit", "peers", "certified", "clinker_tested")
        around = Around(**{name: known[name] for name in names if name in known})
        period = known.get("period", (None, None))
        records = known.get("records", ())
        seen = Seen(
            sheet, compute(sheet), TODAY, known.get("boundary", ""), *period, around, LIBRARY, records
        )
        for doubt in doubts(seen):
            if doubt.slug == slug:
                [sentence] = say_cautions([(doubt.slug, doubt.detail)])
                assert "{" not in sentence + ask(doubt.slug, doubt.detail)


def test_what_the_applicant_cannot_mend_is_for_the_reviewer_alone():
    cautions = [Caution("co2-counted-as-co2e", 0), Caution("single-row"), Caution("of-an-earlier-time")]
    assert [caution.slug for caution in for_applicant(cautions)] == ["single-row", "of-an-earlier-time"]
    assert [caution.slug for caution in asked(cautions)] == ["single-row"]
    assert (RED, AMBER, NOTE) == SEVERITIES


def test_a_factor_of_a_nearer_year_is_named_where_the_library_has_one():
    earlier = replace(PER_KWH, value=Decimal("0.6205"), code="ELECFP-CN-2023", source_year=2023)
    before = replace(earlier, code="ELECFP-CN-2021", source_year=2021)
    sheet = Sheet(UNIT, UNIT, "AR6", (power(),))
    seen = Seen(sheet, compute(sheet), TODAY, period_from=date(2023, 1, 1), period_to=date(2023, 12, 31))
    for power_of, nearest in (((PER_KWH, before), ""), ((PER_KWH, before, earlier), "ELECFP-CN-2023")):
        [doubt] = doubts(replace(seen, library=Library(power=power_of)))
        assert (doubt.slug, doubt.detail["nearest"]) == ("factor-of-another-year", nearest)


@pytest.mark.parametrize("nearest", ["", "—"])  # the second as footprints of earlier times keep it
def test_where_no_factor_is_nearer_the_question_names_none(app, nearest):
    assert (
        ask("factor-of-another-year", {"nearest": nearest}) == "因子与核算期不是同一年。为什么采用这一年的？"
    )
    assert "库里更近的是 ELECFP-CN-2023" in ask("factor-of-another-year", {"nearest": "ELECFP-CN-2023"})


def test_a_unit_behind_a_number_is_set_as_on_every_page(app):
    told = {"name": "煤 2 tCO2/t", "factor": "1.742 tCO2/t"}
    [sentence] = say_cautions([("co2-counted-as-co2e", told)])
    assert "“煤 2 tCO2/t”的因子 1.742 tCO₂/t" in sentence
