"""Whatever draws a certificate from columns says so where they are not as they were signed: a column of every
table that mirrors it is changed in the database, and every address that shows the change must name it."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import text

from accounts.actor import SYSTEM
from accounts.models import Organisation
from certification.label.operations.labels import request_label
from core import clock, lifecycle
from core.clock import today
from core.db import db as tables
from core.health import Unwell
from core.tables import XLSX
from core.words import word
from procurement import operations as procurement
from procurement import queries as procurement_queries
from procurement.policy import operations as policy
from tests import factories
from tests.certification.aftercare.later import certificate_of
from tests.support.editions import approve

ALL = ("certificate", "catalog_entry", "edition_line")
LISTED = ("catalog_entry", "edition_line")
# What mirrors something that was signed: tables and column, the SQL of what is written over it, how a reader
# meets that, and the name that says so.  The names of a product and of its models differ by the table.
CHANGES = [
    (("certificate",), "product_name", "'瓷砖〔甲〕'", "〔甲〕", "product_name"),
    (("catalog_entry",), "name", "'瓷砖〔甲〕'", "〔甲〕", "product_name"),
    (("edition_line",), "product", "'瓷砖〔甲〕'", "〔甲〕", "product_name"),
    (("catalog_entry",), "name_en", "'Tile 〔乙〕'", "〔乙〕", "name_en"),
    (LISTED, "trademark", "'〔丙〕'", "〔丙〕", "trademark"),
    (LISTED, "maker", "'〔丁〕'", "〔丁〕", "maker"),
    (("catalog_entry",), "holder", "'〔戊〕'", "〔戊〕", "holder"),
    (("catalog_entry",), "body", "'〔己〕'", "〔己〕", "body"),
    (("certificate_model",), "code", "code || '〔庚〕'", "〔庚〕", "models"),
    (("edition_line",), "model", "model || '〔庚〕'", "〔庚〕", "models"),
    (("catalog_entry",), "models", "'[\"〔庚〕\"]'", "〔庚〕", "models"),
    (ALL, "carbon", "7654.321", r"7,?654\.3", "carbon"),
    (ALL, "carbon_unit", "'〔辛〕'", "〔辛〕", "carbon_unit"),
    (("catalog_entry",), "limit_value", "8765.432", r"8,?765\.4", "limit"),
    (("catalog_entry",), "stages", '\'[["manufacturing", "6543.21"]]\'', r"6,?543\.2", "stages"),
    (ALL, "issued_on", "'2020-02-03'", "2020-02-03", "issued_on"),
    (ALL, "valid_to", "'2041-04-05'", "2041-04-05", "valid_to"),
    (("catalog_entry",), "region", "'320099'", '"region": ?"320099"', "region"),
    (("catalog_entry",), "category", "'laptop'", '"category": ?"laptop"', "category"),
    (("catalog_entry",), "family", "'footprint_label'", '"family": ?"footprint_label"', "family"),
    (("catalog_entry",), "declared_unit", "'〔壬〕'", "〔壬〕", "declared_unit"),
    (LISTED, "boundary", "'cradle_to_grave'", '"boundary": ?"cradle_to_grave"', "boundary"),
]
SLUGS = {"product_name": ("product_name", "name")}
NAMES = re.compile(
    r'"differs": ?(\[[^]]*\]|"[^"]*")|与签名不符(?=</)(.{0,400})|签名的不同：(.{0,400})|与签名不符(.*)',
    re.DOTALL,
)
UNLIKE = re.compile('(?<!登记)与签名不符</|"differs": ?\\["')
POLICY = [
    "category_edition,category_code,category_name,scheme_code,treatment,basis,demo,valid_from,valid_to",
    "2022,A07010327,瓷质砖,{code},priority,演示数据：仿照,1,2020-01-01,",
]
EDITION = "2026-1"
NOTICE = timedelta(days=40)  # 15 working days, whichever holidays fall among them
SHOWING = {
    "catalog.home", "catalog.products", "catalog.products_csv", "catalog.product", "catalog_api.products",
    "catalog_api.product", "certificates.index", "labels.index", "oversight.home", "procurement.edition",
    "procurement.export_edition", "procurement_api.edition",
}  # fmt: skip
# Shows every component, this mark among them.
MADE_UP = {"core.components"}


@pytest.fixture
def mirrored(db, world) -> str:
    """The number of a certificate in the catalogue, in a list shown for objection, and with a label."""
    certificate = certificate_of(world.case("certified"))
    request_label(certificate, world.actor("applicant"), "packaging")
    policy.load_policy(SYSTEM, [line.format(code=world.scheme.code) for line in POLICY])
    editor = factories.actor("regulator", "list_editor")
    edition = drafted(editor, EDITION)
    month = {"notice_from": today(), "notice_to": today() + NOTICE}
    lifecycle.take(edition, "open_notice", editor, **month)
    assert len([line for line in edition.lines if line.number == certificate.number]) == len(
        certificate.models
    )
    return certificate.number


def drafted(editor, number: str):
    return procurement.draft_edition(editor, number, "第一期", today(), today())


def published():
    """The edition shown for objection, a day after its notice ended; each thing is read anew."""
    tables.session.flush()
    tables.session.expire_all()
    edition = procurement_queries.edition(EDITION)
    owner = tables.session.get_one(Organisation, edition.owner_id)
    editor = factories.actor("regulator", "list_editor", of=owner)
    with clock.travel(today() + NOTICE + timedelta(days=1)):
        approve(edition)
        lifecycle.take(edition, "publish", editor, document_number="演示 1 号")
    tables.session.flush()
    return edition


@pytest.fixture
def visitors(app, mirrored, world, sign_in):
    """A browser of nobody, the holder, the body and the regulator."""
    regulator = factories.user(factories.organisation("regulator"), "regulator", "list_editor")
    people = (world.people["applicant"], world.people["decision_maker"], regulator)
    return [app.test_client(), *(sign_in(app.test_client(), person) for person in people)]


def looks(app, certified: str) -> list[tuple[str, str]]:
    """(endpoint, address) of all there is to look at about no more than a certificate, product or list."""
    entry = tables.session.execute(text("SELECT id FROM catalog_entry")).scalar()
    found, addresses = [], app.url_map.bind("")
    for rule in app.url_map.iter_rules():
        number = EDITION if rule.endpoint.startswith("procurement") else certified
        facts = {"number": number, "entry_id": entry}
        kinds = sorted(getattr(rule._converters.get("kind"), "items", ())) or [None]
        known = facts.keys() | ({"kind"} if kinds[0] else set())
        if "GET" in rule.methods and rule.endpoint != "static" and rule.arguments <= known:
            given = {name: facts[name] for name in rule.arguments - {"kind"}}
            more = [{"kind": kind} if kind else {} for kind in kinds]
            found += [(rule.endpoint, addresses.build(rule.endpoint, given | kind)) for kind in more]
    tables.session.commit()
    tables.session.remove()
    return found


def change() -> None:
    for names, column, value, _shown, _name in CHANGES:
        for table in names:
            assert tables.session.execute(text(f"UPDATE {table} SET {column} = {value}")).rowcount


def named(said: str) -> str:
    """Whatever stands where an answer names what is not as it was signed."""
    return " ".join("".join(map(str, filter(None, found.groups()))) for found in NAMES.finditer(said))


def names(said: str, name: str) -> bool:
    there = named(said)
    slugs = (f'"{slug}"' for slug in SLUGS.get(name, (name,)))
    return str(word(f"differs.{name}")) in there or any(slug in there for slug in slugs)


def words(answer) -> str:
    if answer.mimetype.startswith(("image/", "application/pdf")) or answer.status_code != 200:
        return ""
    if answer.mimetype != XLSX:
        return answer.text
    sheets = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
    return " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row if cell)


def test_whatever_shows_what_was_not_signed_names_it(app, mirrored, visitors):
    change()
    asked = looks(app, mirrored)
    showing, met, silent = set(), set(), set()
    for visitor in visitors:
        for endpoint, address in asked:
            said = words(visitor.get(address, buffered=True))
            for _tables, _column, _value, shown, name in CHANGES:
                if re.search(shown, said):
                    showing.add(endpoint)
                    met.add(name)
                    silent |= set() if names(said, name) else {(endpoint, name)}
    assert silent == set()
    assert showing >= SHOWING
    assert met == {name for *_change, name in CHANGES}


def test_what_is_as_it_was_signed_is_not_named(app, mirrored, visitors):
    asked = [address for endpoint, address in looks(app, mirrored) if endpoint not in MADE_UP]
    pages = [(address, words(visitors[1].get(address, buffered=True))) for address in asked]
    assert any("抛釉砖" in said for _address, said in pages)
    assert [address for address, said in pages if UNLIKE.search(said)] == []


# A list rests on what was signed

UNSIGNED = ["UPDATE certificate SET signature = 'x'", "UPDATE certificate SET digest = 'x'"]
TAMPERED = [
    *UNSIGNED,
    "UPDATE catalog_entry SET name = '别的产品'",
    "UPDATE catalog_entry SET carbon = 1",
    "UPDATE catalog_entry SET valid_to = '2041-04-05'",
]


@pytest.mark.parametrize("tampering", TAMPERED)
def test_what_is_not_as_signed_enters_no_list(mirrored, tampering):
    published()  # no second edition is begun while one is open
    tables.session.execute(text(tampering))
    tables.session.expire_all()
    edition = drafted(factories.actor("regulator", "list_editor"), "2026-2")
    assert edition.lines == []
    assert [(each.number, each.reason) for each in edition.omissions] == [(mirrored, "not-as-signed")]


@pytest.fixture
def beside(world) -> str:
    """Asked for before `mirrored`: a certificate that stands in the same list and stays as it was signed."""
    return certificate_of(world.case("certified")).number


@pytest.mark.parametrize("tampering", [*UNSIGNED, "UPDATE edition_line SET product = '别的产品'"])
def test_what_is_no_longer_as_signed_is_left_out_when_the_list_is_published(beside, mirrored, tampering):
    tables.session.execute(text(f"{tampering} WHERE number = '{mirrored}'"))
    edition = published()
    assert {line.number for line in edition.lines} == {beside}
    assert {(each.number, each.reason) for each in edition.omissions} == {(mirrored, "not-as-signed")}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("product", "'别的'"),
        ("model", "model || '别的'"),
        ("treatment", "'mandatory'"),
        ("basis", "'别的'"),
        ("boundary", "'cradle_to_grave'"),
        ("carbon", "1"),
    ],
)
def test_a_list_that_is_not_what_was_published_is_not_given_out_as_such(mirrored, client, column, value):
    published()
    tables.session.commit()
    address = f"/procurement/lists/{EDITION}.json"
    assert client.get(address).status_code == 200
    assert procurement_queries.editions_sound() == "sound"
    tables.session.execute(text(f"UPDATE edition_line SET {column} = {value}"))
    tables.session.commit()
    answer = client.get(address)
    assert (answer.status_code, "与公布的摘要不符" in answer.text) == (409, True)
    with pytest.raises(Unwell, match=f"1 editions that are not as published: {EDITION}"):
        procurement_queries.editions_sound()
