"""Schemes are versions: read from a file, and never changed under a case that runs on them."""

import json
import shutil
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from certification.application.operations.applications import create_application
from certification.workflow import appeal, clocks
from core.audit import Entry
from core.errors import Invalid
from registers.models import BodyScope
from schemes import document, models
from schemes import operations as schemes
from schemes.models import SchemeVersion
from schemes.terms import months
from schemes.vocabulary import CLOCK_NAMES
from tests import factories
from tests.certification.world import LONG
from tests.schemes.examples import tyre
from tests.support.adopted import adopted


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
        ("building_energy", 5),
    }
    assert all(scheme.rule_source and scheme.validity_source for scheme in found)
    assert all(clock["source"] for scheme in found for clock in scheme.clocks.values())
    limited = [scheme for scheme in found if scheme.limit_value is not None]
    assert limited
    assert all(scheme.limit_demo and "演示数据" in scheme.limit_source for scheme in limited)


# Of complaints to a body, and of orders of the regulator.
OF_NO_SCHEME = {"complaint_acknowledgement", "complaint_answer", "status_order", "check_order"}


def test_a_scheme_may_state_each_clock_that_the_law_runs_and_no_other():
    case = {rule.name for rule in clocks.CLOCKS} - OF_NO_SCHEME
    ran = case | set(appeal.CLOCKS)
    assert sorted(CLOCK_NAMES) == sorted(ran)


def test_an_unused_version_follows_the_file_and_a_used_one_stays(db, tmp_path):
    system, path = factories.paper_actor(), tmp_path / "shipped"
    schemes.load(schemes.SHIPPED, system)
    shutil.copytree(schemes.SHIPPED, path)
    file = path / "lc-ceramic-tile.json"
    file.write_text(file.read_text().replace('"10.80"', '"9.90"'))
    assert schemes.load(path, system)["changed"] == 1
    tile = db.session.scalar(select(SchemeVersion).where(SchemeVersion.code == "lc-ceramic-tile"))
    assert tile.limit_value == Decimal("9.90")
    maker = factories.actor("manufacturer", "applicant")
    body = factories.organisation("certification_body")
    db.session.add(BodyScope(body_id=body.id, approval_number="R-1", scheme_code=tile.code, **LONG))
    db.session.add(adopted(body.id, tile.code))
    create_application(maker, tile, body.id, product_name="砖")
    counts = schemes.load(schemes.SHIPPED, system)
    assert (counts["kept"], counts["changed"]) == (1, 0)
    assert tile.limit_value == Decimal("9.90")


def test_loading_writes_one_entry_for_each_version_taken(db):
    schemes.load(schemes.SHIPPED, factories.paper_actor())
    query = select(func.count()).select_from(Entry).where(Entry.verb == "scheme.added")
    assert db.session.scalar(query) == db.session.scalar(select(func.count()).select_from(SchemeVersion))


def file_of(tmp_path, *entries):
    path = tmp_path / "schemes.json"
    path.write_text(json.dumps(entries), encoding="utf-8")
    return path


def test_a_fault_of_a_file_is_named_with_its_place_and_nothing_is_kept(db, tmp_path):
    path = file_of(tmp_path, tyre(), tyre(("/identity/code", "other"), ("/criteria/1/rows/0/limit", "-5")))
    with pytest.raises(Invalid) as refused:
        schemes.load(path, factories.paper_actor())
    assert refused.value.slug == "scheme-file-wrong"
    place = "schemes.json/1/criteria/1/rows/0/limit"
    assert refused.value.fields == {place: "limit-negative"}
    assert refused.value.detail_of(place) == {"limit": "-5"}
    assert db.session.scalar(select(func.count(SchemeVersion.id))) == 0


def test_the_faults_of_all_files_of_a_folder_are_named_at_once(db, tmp_path):
    (tmp_path / "one.json").write_text(json.dumps(tyre(("/identity/family", "x"))))
    (tmp_path / "two.json").write_text(json.dumps(tyre(("/tests/0/method", ""))))
    with pytest.raises(Invalid) as refused:
        schemes.load(tmp_path, factories.paper_actor())
    assert set(refused.value.fields) == {"one.json/identity/family", "two.json/tests/0/method"}


@pytest.mark.parametrize("name", ["nothing", "../tyre", 5, None])
def test_a_file_extends_only_what_lies_beside_it(db, tmp_path, name):
    (tmp_path / "tyre.json").write_text(json.dumps(tyre()))
    folder = tmp_path / "inside"
    (folder / "common").mkdir(parents=True)
    (folder / "one.json").write_text(json.dumps({"extends": name}))
    with pytest.raises(Invalid) as refused:
        schemes.load(folder, factories.paper_actor())
    assert "common-part-missing" in refused.value.fields.values()


def test_what_a_file_says_itself_takes_the_place_of_what_it_extends(db, tmp_path):
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "tyres.json").write_text(json.dumps(tyre()))
    own = {"identity": {"code": "lc-van", "rule": {"number": "13"}}, "documents": []}
    (tmp_path / "van.json").write_text(json.dumps({"extends": "tyres", **own}))
    assert schemes.load(tmp_path, factories.paper_actor())["added"] == 1
    van = db.session.scalar(select(SchemeVersion))
    assert (van.code, van.rule_number, van.required_files) == ("lc-van", "13", [])
    assert van.rule_source == "演示数据"


@pytest.mark.parametrize("content", ["", "{}", "not json", "[1]", "5", "[" * 100_000])
def test_what_is_no_file_of_schemes_is_refused_in_a_sentence(db, command, tmp_path, content):
    path = tmp_path / "schemes.json"
    path.write_text(content, encoding="utf-8")
    assert "一项也没有存入" in command("certification", "load-schemes", str(path), fails=True)


def test_the_command_says_each_fault_in_a_sentence(db, command, tmp_path):
    path = file_of(tmp_path, tyre(("/criteria/0/rows/1/when/1/from", "18")))
    told = command("certification", "load-schemes", str(path), fails=True)
    assert "schemes.json/0/criteria/0/rows: 有的产品没有限值：vehicle car, rim 17–18" in told


def test_what_sql_asks_of_a_version_is_what_its_document_says(db):
    scheme = SchemeVersion(document=document.written(document.read(tyre())))
    db.session.add(scheme)
    scheme.effective_to, scheme.code = date(2020, 1, 1), "another"
    db.session.flush()
    assert (scheme.effective_to, scheme.code) == (None, "lc-tyre")
    scheme.name = "x"
    db.session.flush()
    assert scheme.name == "低碳产品认证实施规则：轮胎"


def test_every_column_beside_the_document_is_derived_from_it():
    # By the next version, by who draws it and by two who retire its rule, and by no document.
    told_later = {"superseded_on", "paper", "retired_on"}
    columns = set(SchemeVersion.__table__.columns.keys()) - {"id", "document"} - told_later
    assert models._derived(document.written(document.read(tyre()))).keys() == columns


def test_a_scheme_may_state_its_own_terms(db):
    scheme = SchemeVersion(document=document.written(document.read(tyre())))
    assert months(scheme, "suspension_max") == 6
    assert months(scheme, "surveillance_interval") == 12
