"""Categories and policy come from files; a code is nothing without its edition."""

import pytest

from accounts.actor import SYSTEM
from core.errors import Invalid
from procurement import queries
from procurement.categories import operations as categories
from procurement.categories import queries as catalogue
from procurement.models import Category, PolicyRule
from procurement.policy import operations as rules
from schemes import operations as schemes
from tests.procurement.conftest import POLICY

pytestmark = pytest.mark.engines("order")

HEAD = "code,name,level,parent_code,name_suspect"


def take(*rows: str, edition: str = "2022"):
    return categories.import_categories(SYSTEM, [HEAD, *rows], edition)


def test_the_same_code_means_different_goods_in_different_editions(db):
    take("A02010105,台式计算机,4,A02010100,0")
    take("A02010105,便携式计算机,4,A02010100,0", edition="2013")
    assert catalogue.category("2022", "A02010105").name == "台式计算机"
    assert catalogue.category("2013", "A02010105").name == "便携式计算机"


@pytest.mark.parametrize(
    ("row", "slug"),
    [
        ("A0201,计算机,2,A,0", "code-shape"),
        ("D02010100,计算机,2,A,0", "code-shape"),
        ("A02010100,,2,A,0", "category-name-missing"),
        ("A02010100,计算机,two,A,0", "number-unreadable"),
    ],
)
def test_a_bad_row_is_told_by_its_number_and_the_others_are_taken(db, row, slug):
    report = take("A02010000,信息化设备,2,A,0", row, "A02010104,服务器,4,A02010100,1")
    assert [(place, why) for place, why, _ in report.refused] == [(3, slug)]
    assert (report.rows, report.added) == (3, 2)
    assert catalogue.category("2022", "A02010104").suspect


def test_the_same_file_again_changes_nothing(db):
    take("A02010104,服务器,4,A02010100,0")
    report = take("A02010104,服务器,4,A02010100,0", "A02010105,台式计算机,4,A02010100,0")
    assert (report.added, report.changed, report.unchanged) == (1, 0, 1)


def test_a_file_with_other_columns_is_refused_by_name(db):
    with pytest.raises(Invalid) as refused:
        categories.import_categories(SYSTEM, ["code,name\n"], "2022")
    assert refused.value.detail["columns"] == ["level", "parent_code"]


def test_a_policy_that_stands_is_never_altered(db):
    rules.load_policy(SYSTEM, POLICY)
    changed = [POLICY[0], POLICY[1].replace("priority", "mandatory")]
    report = rules.load_policy(SYSTEM, changed)
    assert (report.added, report.unchanged) == (0, 1)
    assert {
        rule.treatment for rule in db.session.query(PolicyRule).filter_by(scheme_code="lc-ceramic-tile")
    } == {"priority"}


def test_the_shipped_codes_and_policy_fit_one_another(db, command):
    schemes.load(schemes.SHIPPED, SYSTEM)
    db.session.commit()
    assert "71 rows: 71 added" in command("procurement", "load-codes")
    assert "4 rows: 4 added" in command("procurement", "load-policy")
    for policy in queries.policies():
        category = catalogue.category(policy.category_edition, policy.category_code)
        assert category.name == policy.category_name
        assert policy.demo
        assert policy.basis.startswith("演示数据")


def test_every_shipped_code_names_its_source_and_its_parent(db, command):
    command("procurement", "load-codes")
    rows = db.session.query(Category).all()
    codes = {row.code for row in rows}
    assert all(row.source for row in rows)
    assert all(row.parent in codes for row in rows if row.level)


def test_the_whole_public_catalogue_is_taken_where_it_is(db, shared):
    path = shared / "gov_procurement_catalog_2022.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        report = categories.import_categories(SYSTEM, lines, "2022")
    assert (report.rows, report.added, report.refused) == (4272, 4272, [])
    assert db.session.query(Category).filter_by(suspect=True).count() == 446
    assert catalogue.category("2022", "A02010104").name == "服务器"


def test_a_wrong_policy_file_is_refused_by_name(command, tmp_path):
    path = tmp_path / "policy.csv"
    path.write_text("a,b\n1,2\n")
    assert "category_code" in command("procurement", "load-policy", str(path), fails=True)
