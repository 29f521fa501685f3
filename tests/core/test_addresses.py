"""Whatever stands in an address is read within bounds, or refused in a sentence: on every route there is."""

import re

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter

from core import asked
from core.errors import Invalid
from tests import factories

KINDS = {
    "manufacturer": ("applicant", "organisation_admin"),
    "certification_body": (
        "case_officer", "application_reviewer", "document_reviewer", "lead_verifier",
        "certification_reviewer", "decision_maker", "head_of_body", "label_officer", "appeals_officer",
        "organisation_admin",
    ),
    "testing_body": ("tester", "signatory", "organisation_admin"),
    "purchasing_unit": ("procurement_officer",),
    "regulator": ("regulator", "list_editor", "administrator"),
}  # fmt: skip
# A page number, and how a list answers it; one that is none is refused.
PAGES = {
    "1000000": 200,
    "1000000000": 200,
    "1" + "0" * 18: 200,
    "1" + "0" * 20: 200,
    "0": 422,
    "-1": 422,
    "%ED%A0%80": 422,
}


@pytest.fixture
def askers(app, db, sign_in):
    """A browser for a visitor, and for somebody of each kind of organisation with all its roles."""
    people = {kind: factories.user(factories.organisation(kind), *roles) for kind, roles in KINDS.items()}
    db.session.commit()
    browsers = {kind: sign_in(app.test_client(), person) for kind, person in people.items()}
    return {"visitor": app.test_client()} | browsers


def rules(app: Flask, wanted) -> list:
    return [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and wanted(rule)]


def filled(rule, number) -> str:
    """The address of a rule with a number in each of its ids, and a word in every other place."""
    address = re.sub(r"<id:\w+>", str(number), rule.rule)
    address = re.sub(r"<any\(([^,)]+)[^>]*>", r"\1", address)
    return re.sub(r"<(\w+:)?\w+>", "x", address)


def whole(browser, address):
    """What answers, read to its end: a file that is told piece by piece is closed."""
    return browser.get(address, buffered=True)


def test_no_rule_counts_without_a_bound(app):
    unbounded = [
        rule.rule
        for rule in app.url_map.iter_rules()
        for converter in rule._converters.values()
        if isinstance(converter, IntegerConverter) and converter.max is None
    ]
    assert unbounded == []


def test_an_id_no_database_holds_is_not_found_whoever_asks(app, askers):
    found = []
    asks = [(who, number) for who in askers for number in (2**31 - 1, 2**31)]
    for rule in rules(app, lambda rule: "<id:" in rule.rule):
        for who, number in [*asks, ("visitor", 2**63), ("visitor", 10**20)]:
            status = askers[who].get(filled(rule, number)).status_code
            if status >= 500 or (number >= 2**31 and status != 404):
                found.append((who, rule.rule, number, status))
    assert found == []


def test_no_page_number_breaks_a_route_or_is_misread(app, askers):
    """Every route that answers somebody is tried; whichever refuses nonsense reads the number."""
    broken, lists = [], set()
    for rule in rules(app, lambda rule: not rule.arguments):
        browser = next((each for each in askers.values() if whole(each, rule.rule).status_code == 200), None)
        if browser is None:
            continue
        answer = whole(browser, f"{rule.rule}?page=abc")
        status, knows_none = answer.status_code, b"argument-unknown" in answer.data
        if status == 200 or knows_none:
            continue
        lists.add(rule.rule)
        answers = {"abc": status} | {
            each: whole(browser, f"{rule.rule}?page={each}").status_code for each in PAGES
        }
        broken += [
            (rule.rule, each, status) for each, status in answers.items() if status != PAGES.get(each, 422)
        ]
    assert broken == []
    assert {"/catalog/", "/notices/", "/oversight/record", "/api/v1/products"} <= lists


@pytest.mark.parametrize("text", ["%00", "a%00b", "%01", "%7F"])
def test_a_control_character_in_an_address_is_refused_before_anything_reads_it(app, client, text):
    wrong = []
    for rule in rules(app, lambda rule: any(name not in ("static",) for name in rule.arguments)):
        address = re.sub(r"<(?!id:|any)(\w+:)?\w+>", text, rule.rule)
        if address != rule.rule:
            address = filled(type("Rule", (), {"rule": address}), 1)
            if client.get(address).status_code not in (303, 401, 404):
                wrong.append(address)
    assert wrong == []
    for address in ("/catalog/", "/verify", "/notices/", "/api/v1/products", "/procurement/lists/"):
        for query in (f"q={text}", f"{text}=1"):
            assert client.get(f"{address}?{query}").status_code == 422


# The readers themselves


@pytest.mark.parametrize(
    ("query", "read", "value"),
    [
        ("", asked.page, 1),
        ("page=", asked.page, 1),
        ("page=7", asked.page, 7),
        ("page=007", asked.page, 7),
        ("page=2147483648", asked.page, 2**31 - 1),
        ("page=" + "9" * 150, asked.page, 2**31 - 1),
        ("case=12", lambda: asked.number("case"), 12),
        ("case=0", lambda: asked.number("case"), 0),
        ("", lambda: asked.number("case"), None),
        ("year=2027", lambda: asked.year(2026), 2027),
        ("", lambda: asked.year(2026), 2026),
        ("q=+水泥+", lambda: asked.text("q"), "水泥"),
        ("q=" + "x" * 200, lambda: asked.text("q"), "x" * 200),
        ("tab=files", lambda: asked.choice("tab", ("files", "tests")), "files"),
        ("tab=", lambda: asked.choice("tab", ("files", "tests"), "tests"), "tests"),
        ("all", lambda: asked.flag("all"), True),
        ("", lambda: asked.flag("all"), False),
        ("a=1&page=2&a=3", lambda: asked.all_but("page"), [("a", "1"), ("a", "3")]),
    ],
)
def test_what_is_meant_is_read(app, query, read, value):
    with app.test_request_context(f"/?{query}"):
        assert read() == value


@pytest.mark.parametrize(
    ("query", "read", "slug"),
    [
        *(
            (f"page={text}", asked.page, "argument-not-a-number")
            for text in ("0", "-1", "abc", "1.5", "１", "²")
        ),
        ("case=x", lambda: asked.number("case"), "argument-not-a-number"),
        ("case=" + "9" * 201, lambda: asked.number("case"), "argument-too-long"),
        ("year=99999", lambda: asked.year(2026), "argument-not-offered"),
        ("year=0", lambda: asked.year(2026), "argument-not-offered"),
        ("q=" + "x" * 201, lambda: asked.text("q"), "argument-too-long"),
        ("tab=secrets", lambda: asked.choice("tab", ("files", "tests")), "argument-not-offered"),
        ("q=%00", asked.refuse_unreadable, "argument-unreadable"),
        ("%1B=1", asked.refuse_unreadable, "argument-unreadable"),
    ],
)
def test_what_cannot_be_meant_is_refused(app, query, read, slug):
    with app.test_request_context(f"/?{query}"), pytest.raises(Invalid) as refused:
        read()
    assert refused.value.slug == slug
