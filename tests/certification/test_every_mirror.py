"""Whatever draws a certificate from columns says so where they are not as they were signed: a column of every
table that mirrors it is changed in the database, and every address that shows the change must name it."""

import io
import re

import openpyxl
import pytest
from sqlalchemy import text

from accounts.actor import SYSTEM
from certification import operations
from core import lifecycle
from core.clock import today
from core.db import db as tables
from core.tables import XLSX
from procurement import operations as procurement
from tests import factories
from tests.certification.later import certificate_of

CHANGED = "〔改〕"
# What mirrors the name of a product that was certified.
MIRRORS = {"certificate": "product_name", "catalog_entry": "name", "edition_line": "product"}
NAMED = re.compile('与签名不符.*产品名称|"differs": ?\\["', re.DOTALL)
UNLIKE = re.compile('(?<!登记)与签名不符</|"differs": ?\\["')
POLICY = [
    "category_edition,category_code,category_name,scheme_code,treatment,basis,demo,valid_from,valid_to",
    "2022,A07010327,瓷质砖,{code},priority,演示数据：仿照,1,2020-01-01,",
]
EDITION = "2026-1"
SHOWING = {
    "catalog.home", "catalog.products", "catalog.products_csv", "catalog.product", "catalog_api.products",
    "catalog_api.product", "certificates.index", "labels.index", "oversight.home", "procurement.edition",
    "procurement.export_edition", "procurement_api.edition",
}  # fmt: skip
# Shows every component, this mark among them.
MADE_UP = {"core.components"}
# The list as it was published, letter for letter: its digest tells whether it still is.
WHOLE = {"procurement.printed_edition"}


@pytest.fixture
def mirrored(db, world) -> str:
    """The number of a certificate in the catalogue, in a list shown for objection, and with a label."""
    certificate = certificate_of(world.case("certified"))
    operations.request_label(certificate, world.actor("applicant"), "packaging")
    procurement.load_policy(SYSTEM, [line.format(code=world.scheme.code) for line in POLICY])
    editor = factories.actor("regulator", "list_editor")
    edition = procurement.draft_edition(editor, EDITION, "第一期", today(), today())
    lifecycle.take(edition, "open_notice", editor, notice_from=today(), notice_to=today())
    assert len(edition.lines) == len(certificate.models)
    return certificate.number


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


def change(name: str) -> None:
    for table, column in MIRRORS.items():
        done = tables.session.execute(text(f"UPDATE {table} SET {column} = :name"), {"name": name})
        assert done.rowcount


def words(answer) -> str:
    if answer.mimetype.startswith(("image/", "application/pdf")) or answer.status_code != 200:
        return ""
    if answer.mimetype != XLSX:
        return answer.text
    sheets = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
    return " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row if cell)


def test_whatever_shows_what_was_not_signed_names_it(app, mirrored, visitors):
    change(f"瓷砖{CHANGED}")
    asked = looks(app, mirrored)
    showing, silent = set(), set()
    for visitor in visitors:
        for endpoint, address in asked:
            if CHANGED in (said := words(visitor.get(address, buffered=True))):
                showing.add(endpoint)
                silent |= set() if NAMED.search(said) else {endpoint}
    assert silent == WHOLE & showing
    assert showing >= SHOWING


def test_what_is_as_it_was_signed_is_not_named(app, mirrored, visitors):
    asked = [address for endpoint, address in looks(app, mirrored) if endpoint not in MADE_UP]
    pages = [(address, words(visitors[1].get(address, buffered=True))) for address in asked]
    assert any("抛釉砖" in said for _address, said in pages)
    assert [address for address, said in pages if UNLIKE.search(said)] == []
