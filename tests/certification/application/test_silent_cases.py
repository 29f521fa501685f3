"""What used to pass in silence: each case once by the page, and once by the API."""

import html
import io
from datetime import date

import pytest

from accounts import operations as accounts
from carbon import factors, records
from carbon import operations as carbon
from carbon.checks import CHECKS, NOTE
from certification.application.operations.applications import save_inventory
from core.db import db as tables
from tests.support.rules import amend

CODES = (
    "ELECFP-CN-2024", "ELECFP-wind-2024", "TRAN-UK2025-27_304_3136_14-", "CN-ENT-bitcoal", "CN-ENT-lignite",
    "IPCC06-peat-EF", "IPCC06-coal-CH4",
    "CN-ENT-gasoline", "GRID-Zhejiang-2023", "CN-PROV-bitcoal", "GWP100-AR5-CH4,",
)  # fmt: skip
HEAD = {"output_amount": "100000", "output_unit": "t", "period_from": "2024-01-01", "period_to": "2024-12-31"}


def row(name, quantity, unit, stage="manufacturing", **factor) -> dict:
    return {"stage": stage, "name": name, "quantity": quantity, "unit": unit} | factor


def own(value, unit) -> dict:
    return {"own_value": value, "own_unit": unit, "own_source": "供应商声明"}


FILE = "{file}"  # the digest of a file of the case
CLAY = row("石灰石", "150000", "t", "raw_material", **own("0.004", "tCO2e/t"))
POWER = row("外购电力", "7000000", "kWh", factor_code="ELECFP-CN-2024")
BURNT = row("熟料煅烧", "60000", "t", **own("0.86", "tCO2e/t"))
HONEST = [CLAY, POWER, BURNT]
CARRIED = row("运入", "500", "t·km", factor_code="TRAN-UK2025-27_304_3136_14-1")


def meter(name, amount, *supplies, **more) -> dict:
    return row(name, amount, "kWh", kind="electricity", factor_code="ELECFP-CN-2024",
               supplies=[{"supply": "grid", "energy": of(amount, "kWh")}, *supplies], **more)  # fmt: skip


def of(amount, unit) -> dict:
    return {"amount": amount, "unit": unit}


def contract(energy: str, certified: str = "3000000") -> dict:
    return {"supply": "contract", "energy": of(energy, "kWh"), "emission": of("0.03", "kgCO2e/kWh"),
            "certificate": "GEC 2024-1", "certified": of(certified, "kWh"),
            "line_loss": of("5", "%")}  # fmt: skip


def half_year(amount: str, *months: int) -> dict:
    return {"months": [{"month": f"2024-{month:02d}", "amount": amount} for month in months]}


COAL = row("烟煤", "5000", "t", ncv="20.9", carbon_content="26.1", oxidation="0.98")

MINED = row("烟煤", "500", "t", kind="fuel", ncv=of("20.9", "GJ/t"), carbon_content=of("26.1", "tC/TJ"),
            oxidation=of("98", "%"))  # fmt: skip
KILN = row("一号窑", "100", "t", kind="clinker", cao=of("65", "%"), mgo=of("2", "%"))
USED = row("使用", "100", "item", "use", kind="use", power=of("60", "W"), hours=of("1000", "h"),
           **own("0.5", "kgCO2e/kWh"))  # fmt: skip
BOUGHT = row("石膏", "100", "t", "raw_material", kind="supplier", emission=of("20", "kgCO2e/t"),
             boundary="cradle_to_gate")  # fmt: skip

# What is typed wrong, and what is asked then: (slug, severity).
SILENT = {
    "the output in kg typed for t": (HEAD | {"output_unit": "kg"}, HONEST, ("inputs-exceed-output", "red")),
    "far over the limit": (HEAD | {"output_unit": "kg"}, HONEST, ("far-from-limit", "red")),
    "100,000 t of product from 11 t of input": (
        HEAD, [CLAY | {"quantity": "11"}, POWER], ("output-exceeds-inputs", "red"),
    ),
    "kJ/kg in the box of GJ/t": (HEAD, [*HONEST, COAL | {"ncv": "20908"}], ("fuel-value-impossible", "red")),
    "tC/GJ in the box of tC/TJ": (
        HEAD, [*HONEST, COAL | {"carbon_content": "0.0261"}], ("fuel-value-impossible", "red"),
    ),
    "a fuel unlike its kind": (HEAD, [*HONEST, COAL | {"ncv": "12.5"}], ("fuel-value-unusual", "amber")),
    "an application of one row": (HEAD, [BURNT], ("single-row", "red")),
    "a total, and a part of it": (
        HEAD, [*HONEST, CARRIED, CARRIED | {"factor_code": "TRAN-UK2025-27_304_3136_14-2"}],
        ("part-counted-twice", "red"),
    ),
    "two factors for one amount": (
        HEAD, [*HONEST, POWER | {"factor_code": "ELECFP-wind-2024", "name": "二号表"}],
        ("two-factors", "red"),
    ),
    "wind power without proof": (
        HEAD, [CLAY, BURNT, POWER | {"factor_code": "ELECFP-wind-2024"}], ("power-unproven", "red"),
    ),
    "green power by a factor of one's own": (
        HEAD, [CLAY, BURNT, row("绿电", "7000000", "kWh", **own("0.03", "kgCO2e/kWh"))],
        ("power-unproven", "red"),
    ),
    "a factor of another year": (
        HEAD | {"period_from": "2023-01-01", "period_to": "2023-12-31"}, HONEST,
        ("factor-of-another-year", "amber"),
    ),
    "a factor of another country": (HEAD, [*HONEST, CARRIED], ("factor-of-another-region", "amber")),
    "one meter in two rows": (
        HEAD, [*HONEST, meter("窑", "500", meter="1 号表"), meter("磨", "400", meter="1 号 表")],
        ("meter-counted-twice", "red"),
    ),
    "one certificate in two rows, above what it certifies": (
        HEAD, [*HONEST, meter("窑", "1", contract("2000000")), meter("磨", "1", contract("1000001"))],
        ("certificate-exceeded", "red"),
    ),
    "one file for the same month's amount in two rows": (
        HEAD,
        [*HONEST, row("一线天然气", "90", "m3", evidence=[FILE], **own("2", "kgCO2e/m3")),
         row("二线天然气", "90", "m3", evidence=[FILE], **own("2", "kgCO2e/m3"))],
        ("month-proved-twice", "amber"),
    ),
    "the same row twice": (HEAD, [*HONEST, BURNT], ("rows-duplicated", "amber")),
    "wind power without what carries it": (
        HEAD, [CLAY, BURNT, POWER | {"factor_code": "ELECFP-wind-2024"}], ("power-not-carried", "amber"),
    ),
    "a CO2 factor of the grid in a footprint of all gases": (
        HEAD, [CLAY, BURNT, POWER | {"factor_code": "GRID-Zhejiang-2023"}],
        ("grid-factor-in-footprint", "amber"),
    ),
    "a factor of the set before": (
        HEAD, [*HONEST, row("甲烷逸散", "10", "kg", factor_code="GWP100-AR5-CH4")],
        ("gwp-set-differs", "amber"),
    ),
    "kWh beside MWh": (
        HEAD, [*HONEST, POWER | {"quantity": "7000"}], ("unit-slip-suspected", "amber"),
    ),
    "nearly everything in one row": (
        HEAD, [CLAY, BURNT | {"quantity": "6000000"}, POWER], ("row-dominates", "amber"),
    ),
    "the way to the customer in a footprint that ends at the gate": (
        HEAD, [*HONEST, CARRIED | {"stage": "distribution"}], ("stage-outside-boundary", "amber"),
    ),
    "no period": (
        HEAD | {"period_from": None, "period_to": None}, HONEST, ("period-missing", "amber"),
    ),
    "half a year": (HEAD | {"period_to": "2024-06-30"}, HONEST, ("period-not-a-year", "amber")),
    "a year that is not over": (
        HEAD | {"period_from": "2099-01-01", "period_to": "2099-12-31"}, HONEST,
        ("period-not-over", "amber"),
    ),
    "a fuel that nobody mined": (HEAD, [*HONEST, MINED], ("fuel-without-upstream", "amber")),
    "a fuel of which nobody said the kind": (HEAD, [*HONEST, MINED], ("fuel-kind-unsaid", "amber")),
    "a fuel of the library without a default of methane": (
        HEAD, [*HONEST, row("泥炭", "10", "TJ", factor_code="IPCC06-peat-EF")],
        ("fuel-gases-unknown", "amber"),
    ),
    "the methane of a fuel in a row of its own": (
        HEAD,
        [*HONEST, row("烟煤", "100", "t", factor_code="CN-ENT-bitcoal-EF"),
         row("烟煤的甲烷", "2.3", "TJ", factor_code="IPCC06-coal-CH4")],
        ("fuel-gases-twice", "amber"),
    ),
    "a share of lime in the box of percent": (
        HEAD, [*HONEST, KILN | {"cao": of("0.65", "%")}], ("quantity-unusual", "amber"),
    ),
    "clinker of half the lime": (
        HEAD, [*HONEST, KILN | {"cao": of("30", "%")}], ("quantity-far-off", "red"),
    ),
    "more clinker than cement": (
        HEAD, [*HONEST, KILN | {"quantity": "102001"}], ("clinker-above-product", "red"),
    ),
    "a product in use on nobody knows which grid": (
        HEAD, [*HONEST, USED], ("use-grid-unsaid", "amber"),
    ),
    "a ledger without December": (
        HEAD, [*HONEST, meter("窑", "110", **half_year("10", *range(1, 12)))], ("ledger-gap", "red"),
    ),
    "a plant of one's own without a file": (
        HEAD, [*HONEST, meter("窑", "1000", contract("400"))], ("supply-unproven", "red"),
    ),
    "a meter that shows more than its supplies": (
        HEAD, [*HONEST, meter("窑", "400") | {"quantity": "500"}], ("power-unbalanced", "amber"),
    ),
    "a supplier's footprint that was no longer valid": (
        HEAD, [*HONEST, BOUGHT | {"valid_until": "2024-06-30"}], ("supplier-expired", "amber"),
    ),
    "a supplier's stages that are not the whole": (
        HEAD, [*HONEST, BOUGHT | {"fossil": of("5", "kgCO2e/t"), "land_use_change": of("1", "kgCO2e/t")}],
        ("supplier-stages-do-not-add-up", "amber"),
    ),
    "a supplier's uptake of no carbon": (
        HEAD, [*HONEST, BOUGHT | {"biogenic_uptake": of("-3", "kgCO2e/t")}],
        ("supplier-uptake-without-carbon", "red"),
    ),
    "a supplier's uptake of other carbon": (
        HEAD,
        [*HONEST, BOUGHT | {"biogenic_uptake": of("-3", "kgCO2e/t"), "biogenic_carbon": of("3", "kgC/t")}],
        ("supplier-uptake-not-of-carbon", "red"),
    ),
}  # fmt: skip

# The same, under rules that say what stands before them.
RULED = {
    "AR4 in 2026": ({"gwp": "AR4"}, HEAD, HONEST, ("gwp-outdated", "red")),
    "the other of two official defaults": (
        {"fuel_source": "provincial_guideline"}, HEAD,
        [*HONEST, row("烟煤", "100", "t", factor_code="CN-ENT-bitcoal-EF")],
        ("fuel-default-of-others", "amber"),
    ),
    "a footprint to the grave without use and end": (
        {"boundary": "cradle_to_grave"}, HEAD, HONEST, ("stages-missing", "amber"),
    ),
}  # fmt: skip

# Asked where they have tests of their own: what is taken away without a ground (questions/test_grounds.py),
# two lists of a supplier's (tests/carbon/cases_records.json); and what a source publishes of its own sum,
# which as a record is a supplier's footprint; and what a rule itself asks
# (tests/carbon/test_rule_checks.py, and through page and API questions/test_rule_demands.py).
ELSEWHERE = {
    "ground-not-accepted", "supplier-shares-do-not-add-up", "supplier-zero-means-not-declared",
    "stages-do-not-add-up", "shares-do-not-add-up", "zero-means-not-declared",
    "rule-stage-missing", "rule-row-missing", "rule-factor-kind", "rule-factor-too-old", "rule-primary-share",
    "rule-period", "rule-grid-factor",
}  # fmt: skip
BY_PEERS = {"far-from-peers": "kg", "unlike-peers": "t"}  # the unit of the output, by what is asked then


@pytest.fixture
def draft(world, db):
    """A draft of a cement plant in 江苏 by a scheme that limits a tonne to 720."""
    header, *lines = factors.SHIPPED.read_text(encoding="utf-8").splitlines()
    few = [line for line in lines if line.startswith(CODES)]
    carbon.import_factors(io.BytesIO("\n".join([header, *few]).encode()))
    case = world.case("draft").application
    amend(case.scheme, declared_unit="t")
    case.inventory.declared_unit = "t"
    amend(case.scheme, limit_value=720)
    case.factory = case.factory | {"region": "320500"}
    tables.session.commit()
    return case


def known(case, row: dict) -> dict:
    """The row with the digest of a file of the case in the place of its name."""
    digest = case.current_files[0].digest
    return row | {"evidence": [each.format(file=digest) for each in row.get("evidence", [])]}


@pytest.fixture
def page(draft, browser):
    """page(head, rows): what the applicant's page says while these are typed."""
    maker = browser("applicant")

    def typed(head: dict, rows: list[dict]) -> str:
        kinds = [("fuel", "ncv"), ("own", "own_value"), ("library", "stage")]
        fields = {"version": draft.inventory.version} | {name: head[name] or "" for name in head}
        for place, each in enumerate(rows):
            kind = each.get("kind") or next(kind for kind, column in kinds if column in each)
            boxes = {name: value for name, value in each.items() if not isinstance(value, list)}
            if "kind" in each:
                stated = {name: value for name, value in each.items() if name in records.FIELDS}
                boxes |= records.boxes(kind, stated)
            boxes["kind"] = kind
            boxes["evidence_digest"] = " ".join(known(draft, each)["evidence"])
            fields |= {f"rows-{place}-{column}": value for column, value in boxes.items()}
        answer = maker.post(f"/certification/applications/{draft.id}/inventory/preview", data=fields)
        assert answer.status_code == 200
        return html.unescape(answer.text)

    return typed


@pytest.fixture
def program(draft, world, client):
    """program(head, rows): what the API says of the questions once these are sent."""
    secret = accounts.create_token(world.actor("applicant"), "test")[1]
    tables.session.commit()

    def call(method: str, path: str, **more):
        answer = client.open(
            f"/api/v1/applications/{draft.id}{path}", method=method,
            headers={"Authorization": f"Bearer {secret}"}, **more,
        )  # fmt: skip
        assert answer.status_code == 200, answer.text
        return answer.json

    def sent(head: dict, rows: list[dict]) -> list[dict]:
        version = call("GET", "")["inventory"]["version"]
        sent = [known(draft, each) for each in rows]
        call("PUT", "/inventory", json={"version": version, "rows": sent, **head})
        return call("GET", "/questions")["items"]

    return sent


@pytest.fixture
def hold(page, program):
    """hold(name, head, rows, (slug, severity)): both doors ask, in the same words."""

    def held(name: str, head: dict, rows: list[dict], expected: tuple[str, str]) -> None:
        slug, severity = expected
        asked = {each["slug"]: each for each in program(head, rows)}
        assert slug in asked, name
        assert asked[slug]["severity"] == severity, name
        said = page(head, rows)
        assert asked[slug]["message"] in said, name
        assert asked[slug]["question"] in said, name

    return held


# rule 8
def test_every_silent_case_is_asked_about_by_page_and_api(hold):
    for name, (head, rows, expected) in SILENT.items():
        hold(name, head, rows, expected)


# rule 8
@pytest.mark.parametrize("name", RULED)
def test_what_is_doubtful_under_the_rules_is_asked_about_by_page_and_api(draft, hold, name):
    rules, head, rows, expected = RULED[name]
    amend(draft.scheme, limit_value=720, **rules)
    draft.inventory.boundary = rules.get("boundary", draft.inventory.boundary)
    draft.inventory.gwp = rules.get("gwp", draft.inventory.gwp)
    tables.session.commit()
    hold(name, head, rows, expected)


# rule 8
def test_what_is_unlike_certified_products_is_asked_about_by_page_and_api(draft, world, hold):
    """HONEST comes to some 562 kg a tonne, and to a thousand times that where its output is in kilograms."""
    amend(world.scheme, limit_value=720, tolerances={"enough_peers": 2})
    tables.session.commit()
    for value in ("500", "501"):
        world.case("certified", value=value)
    tables.session.commit()
    for slug, unit in BY_PEERS.items():
        severity = "red" if slug == "far-from-peers" else "amber"
        hold(slug, HEAD | {"output_unit": unit}, HONEST, (slug, severity))


def test_every_question_there_is_has_its_case():
    told = {case[-1][0] for case in (*SILENT.values(), *RULED.values())} | BY_PEERS.keys() | ELSEWHERE
    asked = {slug for slug, check in CHECKS.items() if check.severity != NOTE and check.for_applicant}
    assert told == asked


@pytest.mark.parametrize("known", ["period_from", "period_to", "neither"])
def test_without_a_period_a_certificate_is_added_up_in_the_case_alone(program, known):
    name = "one certificate in two rows, above what it certifies"
    _head, rows, (slug, _severity) = SILENT[name]
    head = {name: value for name, value in HEAD.items() if not name.startswith("period") or name == known}
    assert slug in {each["slug"] for each in program(head, rows)}


def test_an_honest_inventory_is_asked_nothing(page, program):
    assert program(HEAD, HONEST) == []
    assert "必须说明" not in page(HEAD, HONEST)


# rule 8
def test_what_other_cases_of_the_holder_take_of_a_certificate_counts(draft, world, page, program):
    """For the same time alone, and not once they came to nothing."""
    rows = [*HONEST, meter("窑", "1", contract("2000000"))]
    assert "certificate-exceeded" not in {each["slug"] for each in program(HEAD, rows)}
    other = world.case("draft").application
    taken = [row("泵", "1000001", "kWh", kind="electricity", factor_code="ELECFP-CN-2024",
                 supplies=[contract("1000001") | {"certificate": "gec  2024-1"}])]  # fmt: skip
    head = {"output_amount": "1", "output_unit": "m2", "period_from": "2024-06-01", "period_to": "2025-05-31"}
    save_inventory(other, world.actor("applicant"), head, taken, other.inventory.version)
    tables.session.commit()
    asked = {each["slug"]: each for each in program(HEAD, rows)}
    assert "1000001 kWh" in asked["certificate-exceeded"]["message"].replace("1000000", "1000001")
    assert asked["certificate-exceeded"]["message"] in page(HEAD, rows)
    other.inventory.period_from = date(2025, 1, 1)
    tables.session.commit()
    assert "certificate-exceeded" not in {each["slug"] for each in program(HEAD, rows)}
    other.inventory.period_from, other.state = date(2024, 6, 1), "recalled"
    tables.session.commit()
    assert "certificate-exceeded" not in {each["slug"] for each in program(HEAD, rows)}


def test_a_meter_read_half_a_year_in_each_of_two_rows_counts_once(program):
    first, second = (
        meter("窑", of_months, **half_year("10", *months), meter="1 号表")
        for of_months, months in (("60", range(1, 7)), ("60", range(7, 13)))
    )
    assert "meter-counted-twice" not in {each["slug"] for each in program(HEAD, [*HONEST, first, second])}
