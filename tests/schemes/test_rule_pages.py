"""What everybody reads of a rule: limits by class, tests, documents, versions and their differences."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.actor import SYSTEM
from core import files
from core.clock import today
from schemes import operations as register
from schemes import papers, queries
from schemes.document import read
from schemes.drafts import classes, needs
from tests.schemes.examples import tyre
from tests.support.markup import faults
from tests.support.papers import PDF


@pytest.fixture
def published(db):
    """Two versions of the rule of tyres: one in force, one that comes tomorrow."""
    later = (today() + timedelta(days=1)).isoformat()
    register.take(read(tyre(("/identity/effective_from", "2025-01-01"))), SYSTEM)
    changes = (
        ("/identity/version", "2029"),
        ("/identity/effective_from", later),
        ("/identity/validity/years", 5),
    )
    register.take(read(tyre(*changes)), SYSTEM)
    db.session.commit()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "address", ["/rules/", "/rules/lc-tyre", "/rules/lc-tyre/2027", "/rules/lc-tyre/2029"]
)
def test_everybody_may_read_a_rule(client, published, address, language):
    answer = client.get(f"{address}?lang={language}")
    assert answer.status_code == 200
    assert faults(answer.text) == []


def test_the_page_shows_the_version_of_today_and_tells_which_are_others(client, published):
    text = client.get("/rules/lc-tyre").text
    assert "2027 版，2025-01-01 起" in text
    assert "，现行" in text
    assert "，尚未施行" in text
    later = client.get("/rules/lc-tyre/2029").text
    assert "这个版本今天不在施行" in later
    assert "与 2027 版的差别：3 处" in later
    assert "<del>3</del>" in " ".join(later.split())


@pytest.mark.parametrize("address", ["/rules/nothing", "/rules/lc-tyre/1999", "/rules/lc-tyre/2027/x"])
def test_what_is_not_there_is_not_found(client, published, address):
    assert client.get(address).status_code == 404


def test_limits_are_told_by_class_and_by_grade(app):
    with app.test_request_context():
        carbon, rolling, share = classes.limits(read(tyre()))
    assert carbon.grades == ("一级", "二级")
    assert carbon.classes[0] == ("轿车，轮辋名义直径 10 至小于 17 in", (Decimal("2.18"), Decimal("2.74")))
    assert (rolling.grades, rolling.classes) == ((), (("", (Decimal("9.0"),)),))
    assert share.grades == ("一级", "二级")


def test_what_a_maker_fills_in_is_told_with_its_bounds_its_condition_and_where_it_shows(app):
    with app.test_request_context():
        fields = {each.name: each for each in needs.fields(read(tyre()))}
        terms = list(needs.terms(read(tyre())))
    assert fields["轮胎类别"].values == "轿车、载重"
    assert fields["轮胎类别"].shown == "证书、公开页、目录筛选"
    assert fields["轮辋名义直径"].values == "10 至 25 in"
    assert fields["规格"].values == "文本，如 205/55 R16"
    assert fields["雪地性能"].required == "只在：轮胎类别 轿车"
    assert fields["投产日期"].required == "选填"
    assert fields["投产日期"].shown == ""
    assert [(term.name, term.length) for term in terms] == [("受理决定", "10 工作日"), ("暂停最长", "6 月")]


def test_the_page_of_a_rule_tells_what_one_needs_before_applying(client, published):
    text = " ".join(client.get("/rules/lc-tyre").text.split())
    for part in ("papers", "parameters", "tests", "fees", "days", "limits", "versions"):
        assert f'href="#{part}"' in text
        assert f'id="{part}"' in text
    assert "要填的产品参数，7 项" in text


def drawn() -> str:
    found = queries.version("lc-tyre", "2027")
    return papers.html(found.rules, found.digest)


def test_the_page_and_the_paper_tell_what_makes_a_visit_longer(client, db):
    staff = {"slug": "staff", "names": {"zh": "全厂人数", "en": "Staff"}, "kind": "whole", "least": "1"}
    more = {"people": "staff", "extra_site": "1", "extra_unit": "0.5", "unit_by": ["vehicle", "rim"]}
    days = tyre()["person_days"] | more
    register.take(read(tyre(("/parameters/-", staff), ("/person_days", days))), SYSTEM)
    db.session.commit()
    said = ("至少 4 个人日", "全厂人数 100 起：5 个人日", "每多一个场所：加 1 个人日")
    units = "每多一个单元：加 0.5 个人日（轮胎类别、轮辋名义直径不同的是不同单元）"
    page, paper = client.get("/rules/lc-tyre/2027").text, drawn()
    for line in (*said, units):
        assert line in page
        assert line in paper


def test_each_kind_of_file_tells_where_its_blank_form_is(client, db):
    stored = files.store(io.BytesIO(PDF), "表.pdf")
    words = {"zh": "清单", "en": "List"}
    kinds = [
        {"slug": "list", "names": words, "blank": "表.pdf", "blank_file": stored.digest},
        {"slug": "form", "names": words, "sheet": "head"},
        {"slug": "licence", "names": words},
    ]
    register.take(read(tyre(("/documents", kinds))), SYSTEM)
    db.session.commit()
    text = client.get("/rules/lc-tyre/2027").text
    assert 'href="/rules/lc-tyre/2027/blanks/list"' in text
    assert text.count("建立草稿后可下载空白表") == text.count("自备") == 1
