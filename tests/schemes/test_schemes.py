"""Schemes are versions: read from a file, and never changed under a case that runs on them."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from certification.application.operations.applications import create_application
from certification.workflow import appeal, clocks
from core.audit import Entry
from core.errors import Invalid
from registers.models import BodyScope
from schemes import operations as schemes
from schemes.models import SchemeVersion
from schemes.terms import months
from schemes.vocabulary import CLOCK_NAMES
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


def test_a_scheme_may_state_each_clock_that_the_law_runs_and_no_other():
    ran = {rule.name for rule in clocks.CLOCKS} | set(appeal.CLOCKS)
    assert sorted(CLOCK_NAMES) == sorted(ran)


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
    create_application(maker, tile, body.id, product_name="砖")
    counts = schemes.load(schemes.SHIPPED, system)
    assert (counts["kept"], counts["changed"]) == (1, 0)
    assert tile.limit_value == Decimal("9.90")


def test_loading_writes_one_entry_for_each_version_taken(db):
    schemes.load(schemes.SHIPPED, factories.paper_actor())
    query = select(func.count()).select_from(Entry).where(Entry.verb == "scheme.added")
    assert db.session.scalar(query) == db.session.scalar(select(func.count()).select_from(SchemeVersion))


SCHEME = json.loads(schemes.SHIPPED.read_text())[0]

# Place of a fault -> the scheme with it.
FAULTS = {
    "[0].limit_value": {"limit_value": "-5"},
    "[0].declared_unit": {"declared_unit": "pcs-of-cake"},
    "[0].family": {"family": "carbon_neutral"},
    "[0].boundary": {"boundary": "cradle_to_moon"},
    "[0].comparison": {"comparison": "roughly"},
    "[0].required_files[1]": {"required_files": ["application_form", "tyre_label_report"]},
    "[0].materiality": {"materiality": "1.01"},
    "[0].certificates": {"certificates": "sometimes"},
    "[0].favourite_colour": {"favourite_colour": "green"},
    "[0].person_days": {"person_days": "-1"},
    "[0].validity_years": {"validity_years": 0},
    "[0].effective_from": {"effective_from": "soon"},
    "[0].tests[0].comparator": {"tests": [SCHEME["tests"][0] | {"comparator": "between"}]},
    "[0].tests[0].unit": {"tests": [SCHEME["tests"][0] | {"unit": "pcs-of-cake"}]},
    "[0].tests[0].limit": {"tests": [SCHEME["tests"][0] | {"limit": "-1"}]},
    "[0].tests[0].method": {"tests": [{"slug": "a"}]},
    "[0].clocks.acceptance.unit": {"clocks": {"acceptance": {"days": 5, "unit": "moons", "source": "x"}}},
    "[0].clocks.acceptance.day": {"clocks": {"acceptance": {"day": 5}}},
    "[0].clocks.lunch": {"clocks": {"lunch": {"days": 5, "unit": "working", "source": "x"}}},
    "[0].clocks.suspension_max.months": {"clocks": {"suspension_max": {"months": -1, "source": "x"}}},
    "[0].clocks.recertification_latest.months": {
        "clocks": {"recertification_latest": {"months": -1, "source": "x"}}
    },
    "[0]": {"clocks": {"recertification_earliest": {"months": 3, "source": "x"}}},
    "[0].code": {"code": "LC cement"},
    "[0].name": {"name": ""},
}


@pytest.mark.parametrize(("digits", "fits"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_limit_has_no_more_digits_than_what_is_held_against_it(db, tmp_path, digits, fits):
    path = file_of(tmp_path, SCHEME | {"limit_value": "9.950", "rounding_digits": digits})
    if fits:
        assert schemes.load(path, factories.paper_actor())["added"] == 1
        return
    with pytest.raises(Invalid) as refused:
        schemes.load(path, factories.paper_actor())
    assert "no more digits" in refused.value.detail["wrong"]


def file_of(tmp_path, *entries):
    path = tmp_path / "schemes.json"
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


@pytest.mark.parametrize("place", FAULTS)
def test_a_fault_of_a_file_is_named_with_its_place_and_nothing_is_kept(db, tmp_path, place):
    sound = SCHEME | {"code": "sound"}
    path = file_of(tmp_path, SCHEME | FAULTS[place], sound)
    with pytest.raises(Invalid) as refused:
        schemes.load(path, factories.paper_actor())
    assert refused.value.slug == "scheme-file-wrong"
    assert place in [line.partition(": ")[0] for line in refused.value.detail["wrong"].splitlines()]
    assert db.session.scalar(select(func.count(SchemeVersion.id))) == 0


def test_all_faults_of_a_file_are_named_at_once(db, tmp_path):
    path = file_of(tmp_path, SCHEME | {"limit_value": "-5", "family": "carbon_neutral"})
    with pytest.raises(Invalid) as refused:
        schemes.load(path, factories.paper_actor())
    assert len(refused.value.detail["wrong"].splitlines()) == 2


@pytest.mark.parametrize("content", ["", "{}", "not json", "[1]"])
def test_what_is_no_file_of_schemes_is_refused_in_a_sentence(db, command, tmp_path, content):
    path = tmp_path / "schemes.json"
    path.write_text(content)
    assert "一项也没有存入" in command("certification", "load-schemes", str(path), fails=True)


def test_a_scheme_may_state_its_own_terms(db, tmp_path):
    clocks = SCHEME["clocks"] | {"suspension_max": {"months": 6, "source": "本方案第 5 条"}}
    schemes.load(file_of(tmp_path, SCHEME | {"clocks": clocks}), factories.paper_actor())
    assert months(db.session.scalars(select(SchemeVersion)).one(), "suspension_max") == 6
