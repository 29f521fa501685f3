"""The catalogue of 品目 is looked up with its edition, and taken from files by those who draw up the list."""

import io

import pytest
from flask_migrate import upgrade
from sqlalchemy import text

from accounts.actor import SYSTEM
from core.errors import Invalid, NotPermitted
from core.words import sentence
from procurement.categories import codes, operations, queries
from procurement.models import Category
from tests import factories
from tests.core.test_migrations import lay
from tests.support.markup import faults

pytestmark = pytest.mark.engines("sql")

HEAD = "code,name,level,parent_code,name_suspect"
NEW = [
    HEAD,
    "A02010100,计算机,3,A02010000,0",
    "A02010104,服务器,4,A02010100,0",
    "A02010106,移动工作站,4,A02010100,0",
    "A02010107,图形工作站 含其他,4,A02010100,1",
]
OLD = [HEAD, "A02010104,台式计算机,3,A020101,0"]
WAYS = [
    "from_edition,from_code,from_name,to_edition,to_code,to_name",
    "2013,A02010109,计算机工作站,2022,A02010106,移动工作站",
    "2013,A02010109,计算机工作站,2022,A02010107,图形工作站",
]


@pytest.fixture
def catalogue(db):
    operations.import_categories(SYSTEM, NEW, "2022", "目录")
    operations.import_categories(SYSTEM, OLD, "2013", "旧目录")
    assert operations.import_crosswalk(SYSTEM, WAYS).added == 2
    db.session.commit()


@pytest.fixture
def editor(client, sign_in, db):
    user = factories.user(factories.organisation("regulator"), "list_editor")
    db.session.commit()
    return sign_in(client, user)


@pytest.fixture
def send(editor):
    """send(lines, ...): the answer to a file of these lines."""

    def post(lines, **more):
        body = "\n".join(lines).encode("gb18030")
        sent = {"kind": "codes", "edition": "2022", "file": (io.BytesIO(body), "目录.csv"), **more}
        return editor.post("/procurement/categories/load", data=sent)

    return post


@pytest.mark.parametrize(
    ("edition", "code", "fits"),
    [
        ("2022", "A02010104", True), ("2022", "A0201", False), ("2022", "A0201060102", False),
        ("2022", "D02010104", False), ("2013", "A0201060102", True), ("2013", "A020201", True),
        ("2013", "A02020", False),
    ],
)  # fmt: skip
def test_a_code_is_written_as_its_edition_writes_codes(edition, code, fits):
    if fits:
        assert codes.code(edition, f" {code} ") == code
    else:
        with pytest.raises(Invalid) as refused:
            codes.code(edition, code)
        assert refused.value.slug == "code-shape"


@pytest.mark.parametrize("edition", ["", "2021", "２０２２"])
def test_a_code_without_its_edition_is_refused_at_every_door(
    catalogue, client, send, command, tmp_path, edition
):
    address = {"edition": edition, "q": "A02010104"}
    answer = client.get("/api/v1/categories", query_string=address)
    assert (answer.status_code, answer.json["slug"]) == (422, "category-edition-missing")
    page = client.get("/procurement/categories/", query_string=address)
    assert page.status_code == 422
    assert "没有版本的编码不收" in page.text
    sent = send(NEW, edition=edition)
    assert (sent.status_code, "没有版本的编码不收" in sent.text) == (422, True)
    file = tmp_path / "codes.csv"
    file.write_text("\n".join(NEW))
    assert "没有版本的编码不收" in command(
        "procurement", "import-codes", str(file), "--edition", edition, fails=True
    )


def test_the_same_code_is_told_with_what_it_means_in_the_other_edition(catalogue, client):
    [found] = client.get("/api/v1/categories?edition=2022&q=A02010104").json["items"]
    assert (found["name"], found["edition"]) == ("服务器", "2022")
    assert found["elsewhere"] == [{"edition": "2013", "code": "A02010104", "name": "台式计算机"}]
    [old] = client.get("/api/v1/categories?edition=2013&q=台式").json["items"]
    assert old["elsewhere"] == [{"edition": "2022", "code": "A02010104", "name": "服务器"}]


def test_one_old_code_may_have_become_several(catalogue, db):
    operations.import_categories(SYSTEM, [HEAD, "A02010109,计算机工作站,3,A020101,0"], "2013")
    after = queries.related("2013", ["A02010109"])["A02010109"].after
    assert [(way.to_edition, way.to_code) for way in after] == [("2022", "A02010106"), ("2022", "A02010107")]
    before = queries.related("2022", ["A02010107"])["A02010107"].before
    assert [way.from_code for way in before] == ["A02010109"]


def test_the_catalogue_is_searched_on_its_page_by_code_and_by_name(catalogue, client):
    for language in ("zh", "en"):
        page = client.get(f"/procurement/categories/?edition=2022&q=工作站&lang={language}")
        assert (page.status_code, faults(page.text)) == (200, [])
    page = client.get("/procurement/categories/?edition=2022&q=工作站&lang=zh").text
    assert ("A02010106" in page, "A02010104" in page, "计算机工作站" in page) == (True, False, True)
    only = client.get("/procurement/categories/?edition=2022&suspect=y").text
    assert ("A02010107" in only, "A02010106" in only) == (True, False)
    assert client.get("/procurement/categories/?edition=2022&page=9").status_code == 200
    assert "A02010104" in client.get("/procurement/categories/").text


def test_a_trial_keeps_nothing_and_tells_the_same(send, db):
    tried = send([*NEW, "A02,短,1,A,0"], dry_run="y")
    assert (tried.status_code, faults(tried.text)) == (200, [])
    assert ("只试读了" in tried.text, "图形工作站 含其他" in tried.text) == (True, True)
    assert "品目编码的写法不对" in tried.text
    assert db.session.query(Category).count() == 0
    assert send([*NEW, "A02,短,1,A,0"]).status_code == 200
    assert {each.code: each.suspect for each in db.session.query(Category)} == {
        "A02010100": False, "A02010104": False, "A02010106": False, "A02010107": True,
    }  # fmt: skip


def test_the_crosswalk_is_taken_from_a_file_and_a_bad_row_is_told(send, client, db):
    sent = send([*WAYS, "2013,A02010109,计算机工作站,,A02010107,图形工作站"], kind="crosswalk")
    assert (sent.status_code, "没有版本的编码不收" in sent.text) == (200, True)
    assert len(queries.related("2013", ["A02010109"])["A02010109"].after) == 2


@pytest.mark.parametrize(
    ("sent", "slug"),
    [
        ({"kind": ""}, "category-file-kind-missing"),
        ({"file": (io.BytesIO(b""), "")}, "category-file-missing"),
    ],
)
def test_a_form_that_lacks_something_says_what(send, sent, slug):
    answer = send(NEW, **sent)
    assert (answer.status_code, sentence(slug) in answer.text) == (422, True)


def test_only_those_who_draw_up_the_list_take_the_catalogue(db, client, sign_in):
    user = factories.user(factories.organisation("purchasing_unit"), "procurement_officer")
    db.session.commit()
    officer = sign_in(client, user)
    assert officer.get("/procurement/categories/load").status_code == 403
    assert officer.post("/procurement/categories/load", data={"kind": "codes"}).status_code in (403, 422)
    actor = factories.actor("purchasing_unit", "procurement_officer")
    for take in (
        lambda: operations.import_categories(actor, NEW, "2022"),
        lambda: operations.import_crosswalk(actor, WAYS),
    ):
        with pytest.raises(NotPermitted) as refused:
            take()
        assert refused.value.slug == "role-not-held"


def test_a_house_of_before_has_the_crosswalk_that_stood_in_its_file(fresh):
    with fresh("crosswalk", "0069") as engine:
        lay(engine, "procurement_category", edition="2022", code="A02010104", name="服务器", level=4,
            parent="A02010100", suspect=False, source="目录")  # fmt: skip
        upgrade()
        with engine.connect() as connection:
            ways = connection.execute(
                text("SELECT to_code FROM category_crosswalk WHERE from_code = 'A02010109' ORDER BY to_code")
            ).scalars()
            names = connection.execute(text("SELECT code, name FROM procurement_category ORDER BY code"))
            assert list(ways) == ["A02010106", "A02010107"]
            assert [tuple(row) for row in names] == [("A02010103", "中型计算机"), ("A02010104", "服务器")]
