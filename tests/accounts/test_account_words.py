"""Every slug of accounts has its word, in accounts or on the ground below it."""

import ast
from pathlib import Path

import pytest

import accounts
from accounts.actor import ROLES
from accounts.words import WORDS, region_groups, region_name
from accounts.words.regions import place_of
from config import Settings
from core.words import WORDS as GROUND

ROOT = Path(accounts.__file__).parent
KINDS_OF_NO = {"Invalid", "NotFound", "NotPermitted", "OutOfOrder", "_invalid", "_no_entry", "sentence"}


def slugs_raised():
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            if named and node.func.id in KINDS_OF_NO and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


@pytest.mark.parametrize("slug", sorted(set(slugs_raised())))
def test_every_refusal_has_a_sentence(slug):
    assert str((WORDS | GROUND)[f"refusal.{slug}"].text)


def test_no_sentence_is_left_over():
    said = {key.removeprefix("refusal.") for key in WORDS if key.startswith("refusal.")}
    of_the_ground = {key.removeprefix("refusal.") for key in GROUND}
    assert said == set(slugs_raised()) - of_the_ground


@pytest.mark.parametrize("role", sorted({role for roles in ROLES.values() for role in roles}))
def test_every_role_has_a_word_and_a_duty(role):
    assert WORDS[f"role.{role}"].icon
    assert WORDS[f"duty.{role}"].text


@pytest.mark.parametrize("kind", ROLES)
def test_every_kind_of_organisation_has_a_word(kind):
    assert WORDS[f"kind.{kind}"].icon


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("320100", "南京"),
        ("320115", "南京"),
        ("321300", "宿迁"),
        ("320000", "江苏"),
        ("329999", "江苏"),
        ("110105", "北京"),
        ("440300", "广东"),
        ("000000", ""),
        ("", ""),
    ],
)
def test_a_region_is_called_by_its_city_in_jiangsu_and_its_province_elsewhere(app, code, name):
    assert region_name(code) == name


def test_another_province_stands_first_where_the_register_is_its_own(app, monkeypatch):
    monkeypatch.setitem(app.config, "REGION", "33")
    with app.app_context():
        (name, own), (_, elsewhere) = region_groups().items()
    assert (name, own) == ("浙江", {"330000": "浙江"})
    assert "320000" in elsewhere
    assert "330000" not in elsewhere


def test_the_thirteen_cities_come_first(app):
    with app.app_context():
        cities, elsewhere = region_groups().values()
    assert len(cities) == 13
    assert all(code.startswith("32") for code in cities)
    assert not any(code.startswith("32") for code in elsewhere)


@pytest.mark.parametrize("region", ["", "00", "320000", "江苏"])
def test_a_region_that_is_no_province_is_refused_at_the_start(tmp_path, region):
    with pytest.raises(SystemExit, match="REGION"):
        Settings({"REGION": region, "SECRET_KEY": "x" * 40, "DATA_DIR": str(tmp_path)}).check()


@pytest.mark.parametrize(
    "named", ["", "  ", "某" * 201, "市场监督\U00013000管理局", "某局\u202e", "某\x00局"]
)
def test_a_regulator_that_no_act_could_print_is_refused_at_the_start(tmp_path, named):
    with pytest.raises(SystemExit, match="REGULATOR"):
        Settings({"REGULATOR": named, "SECRET_KEY": "x" * 40, "DATA_DIR": str(tmp_path)}).check()


def test_the_regulator_is_named_as_it_is_read_at_every_other_door(tmp_path):
    settings = Settings({"REGULATOR": " 某省\u200b局 ", "SECRET_KEY": "x" * 40, "DATA_DIR": str(tmp_path)})
    settings.check()
    assert settings.REGULATOR == "某省局"


@pytest.mark.parametrize(
    ("own", "code", "place"),
    [
        ("32", "320282", "320200"),
        ("32", "329900", "320000"),
        ("32", "330500", "330000"),
        ("33", "320282", "320000"),
        ("33", "330500", "330000"),
        ("32", "", ""),
    ],
)
def test_products_are_grouped_by_city_within_the_province_and_by_province_beyond(
    app, monkeypatch, own, code, place
):
    monkeypatch.setitem(app.config, "REGION", own)
    with app.app_context():
        assert place_of(code) == place
