"""What a certificate says, canonically (certification-rules 1.3)."""

import copy
import hashlib
import json
from datetime import date
from decimal import Decimal

import pytest

from certification.certificate import keys, statement

PARTY = {"name": "宜兴云陶新材有限公司", "uscc": "91000000000000019G", "address": "宜兴市某路 1 号"}


def row(name: str, emission: str, **more) -> dict:
    return {"stage": "manufacturing", "name": name, "quantity": Decimal("12.50"), "emission": emission} | more


def footprint(**more) -> dict:
    return {
        "total": Decimal("8.450"),
        "unit": "kgCO2e/m2",
        "interval": {},
        "stages": {"manufacturing": "8.40", "raw_material": "0.05"},
        "apart": {"fossil": "8.65", "biogenic_uptake": "-0.2"},
        "thereof": {"packaging": "0.05"},
        "boundary": "cradle_to_gate",
        "declared_unit": "1 m2",
        "period_from": date(2025, 1, 1),
        "period_to": None,
        "gwp": "AR6",
        "output": "1200000 m2",
        "rows": [
            row("电力", "1.4"),
            row("天然气", "6"),
            row("余热利用", "-3"),
            row("釉料", "1"),
            row("坯料", "0.05"),
        ],
    } | more


def parts(**more) -> dict:
    return {
        "number": "LCP-32-01-2026-00087",
        "check": "P",
        "code": "7Q2MK4XD91TF",
        "family": "low_carbon",
        "demo": True,
        "client": PARTY,
        "manufacturer": PARTY,
        "factory": PARTY,
        "product": {"name": "抛釉砖", "models": [{"code": "YT-6015", "specification": ""}]},
        "basis": {"rule": "低碳产品认证实施规则", "number": "CNCA-LC-0105", "version": "1"},
        "mode": {"name": "产品检测＋初始现场核查"},
        "conclusion": "conforms",
        "issued_on": date(2026, 9, 18),
        "begins_on": date(2026, 9, 18),
        "valid_to": date(2029, 9, 17),
        "edition": {"number": 1, "purpose": "initial", "reissued_on": None, "replaces": ""},
        "body": {"name": "示例认证中心", "uscc": "91000000000000027B"},
        "decision": {"value": Decimal("8.450"), "limit": None},
        "evaluation": {"reports": []},
        "query": {"address": "https://tan.example/verify/LCP-32-01-2026-00087", "telephone": "025-00000001"},
        "stated": {"grade": {}, "product": [], "models": []},
    } | more


@pytest.fixture
def said() -> dict:
    return statement.compose(footprint(), **parts())


def test_a_statement_has_all_its_parts_and_no_other():
    with pytest.raises(ValueError, match="query"):
        statement.compose(footprint(), **{name: value for name, value in parts().items() if name != "query"})
    with pytest.raises(ValueError, match="motto"):
        statement.compose(footprint(), motto="绿色", **parts())


def test_numbers_and_days_are_written_as_text_digit_for_digit(said):
    assert said["inventory"]["total"] == "8.450"
    assert said["issued_on"] == "2026-09-18"
    assert said["decision"]["limit"] == ""
    assert said["annex"]["rows"][0]["quantity"] == "12.50"


def test_a_float_is_refused_since_it_would_not_stay_exact():
    with pytest.raises(TypeError):
        statement.compose(footprint(total=8.45), **parts())


def test_one_statement_has_one_spelling(said):
    shuffled = dict(reversed(json.loads(statement.canonical(said)).items()))
    assert statement.canonical(shuffled) == statement.canonical(said)
    assert statement.canonical({"b": "1", "a": "二"}) == '{"a":"二","b":"1"}'.encode()


def test_nothing_is_missing_from_a_complete_statement(said):
    assert statement.missing(said) == []


@pytest.mark.parametrize(
    ("part", "value", "item"),
    [
        ("client", PARTY | {"address": ""}, "client"),
        ("manufacturer", PARTY | {"name": " "}, "manufacturer"),
        ("factory", {}, "factory"),
        ("product", {"name": "抛釉砖", "models": []}, "product"),
        ("basis", {"rule": "规则", "number": "", "version": "1"}, "basis"),
        ("mode", {"name": ""}, "mode"),
        ("conclusion", "", "conclusion"),
        ("valid_to", None, "validity"),
        ("body", {"name": "示例认证中心"}, "body"),
        ("number", "", "number"),
        ("query", {"address": "https://tan.example", "telephone": ""}, "query"),
    ],
)
def test_an_absent_item_is_named(part, value, item):
    assert statement.missing(statement.compose(footprint(), **parts(**{part: value}))) == [item]


@pytest.mark.parametrize("lack", [{"rows": []}, {"stages": {}}, {"total": None}])
def test_a_certificate_without_its_inventory_is_incomplete(lack):
    assert statement.missing(statement.compose(footprint(**lack), **parts())) == ["inventory"]


def test_the_twelve_items_of_the_measures_are_twelve():
    assert len(statement.ITEMS) == 12


def test_the_public_sees_stage_totals_and_the_three_largest_sources_but_no_activity_data(said):
    public = statement.public_view(said)
    assert "annex" not in public
    assert public["inventory"]["stages"] == {"manufacturing": "8.40", "raw_material": "0.05"}
    assert [source["name"] for source in public["inventory"]["largest"]] == ["天然气", "余热利用", "电力"]
    assert public["inventory"]["sources"] == 5
    written = statement.canonical(public).decode()
    for confidential in ("12.50", "1200000", "釉料", "quantity"):
        assert confidential not in written


def test_the_public_part_names_the_annex_by_its_digest(said):
    digest = hashlib.sha256(statement.canonical(said["annex"])).hexdigest()
    assert statement.public_view(said)["inventory"]["digest"] == digest
    assert statement.annex_intact(said)


@pytest.mark.parametrize(
    "alter",
    [
        lambda said: said["inventory"].update(total="8.44"),
        lambda said: said.update(valid_to="2030-09-17"),
        lambda said: said["product"]["models"].append({"code": "YT-9999", "specification": ""}),
    ],
)
def test_whatever_is_altered_the_signature_no_longer_holds(said, alter, tmp_path):
    uscc = said["body"]["uscc"]
    signature = keys.sign(tmp_path, uscc, keys.first(tmp_path, uscc), statement.signed_bytes(said))
    digest = statement.digest(said)
    assert keys.verifies(tmp_path, uscc, signature, statement.signed_bytes(said))
    altered = copy.deepcopy(said)
    alter(altered)
    assert not keys.verifies(tmp_path, uscc, signature, statement.signed_bytes(altered))
    assert statement.digest(altered) != digest


def test_an_altered_annex_is_found(said):
    said["annex"]["rows"][0]["quantity"] = "1"
    assert not statement.annex_intact(said)


def test_the_parts_of_a_text_are_what_was_signed_and_what_the_annex_was_digested_of(said):
    said["annex"] |= {"basis": {"of": "1"}, "at": [{"a": "1", "basis": {"b": "2"}}]}
    said["inventory"]["digest"] = hashlib.sha256(statement.canonical(said["annex"])).hexdigest()
    text, signed = statement.canonical(said).decode(), statement.signed_bytes(said)
    annex, public = statement.parts(text, hashlib.sha256(signed).hexdigest())
    assert (annex, public) == (statement.canonical(said["annex"]), signed)


@pytest.mark.parametrize(
    "spell",
    [
        lambda said: json.dumps(said),
        lambda said: statement.canonical(said).decode().replace("抛釉砖", "抛光砖"),
        lambda said: statement.canonical(statement.public_view(said)).decode(),
        lambda said: "[]",
        lambda said: "",
        lambda said: '{"annex":' + '{"a":1,"basis":{' * 10_000,
    ],
)
def test_a_text_that_is_spelt_otherwise_or_was_changed_has_no_parts(said, spell):
    assert statement.parts(spell(said), statement.digest(said)) is None


def test_the_stages_come_in_their_fixed_order(said):
    kept = json.loads(statement.canonical(said))
    assert statement.stages(kept) == [("raw_material", Decimal("0.05")), ("manufacturing", Decimal("8.40"))]


def test_every_text_is_found_wherever_it_stands(said):
    assert {"抛釉砖", "YT-6015", "釉料", "025-00000001"} <= statement.texts(said)


@pytest.mark.parametrize(
    ("number", "letter"),
    [("G123498654321", "H"), ("LCP-32-01-2026-00087", "P"), ("lcp-32-01-2026-00087", "P")],
)
def test_the_check_character_is_iso_7064_mod_37_2(number, letter):
    assert statement.check_character(number) == letter


@pytest.mark.parametrize("place", range(4, 20))
def test_the_check_character_finds_a_miscopied_digit(place):
    number = "LCP-32-01-2026-00087"
    if number[place].isdigit():
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert statement.check_character(wrong) != statement.check_character(number)


def test_a_code_is_printed_in_groups_of_four():
    assert statement.grouped("7Q2MK4XD91TF") == "7Q2M-K4XD-91TF"
