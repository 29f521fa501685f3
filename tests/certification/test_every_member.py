"""Where each text of what is signed comes from: no member joins a certificate or an act before its doors are
known, and tried with what no paper can show (test_every_printed_text).

Labels and papers draw nothing but these members.
"""

import json

import pytest

from carbon import operations as carbon
from carbon import queries as library
from certification.acts.models import WrittenAct
from certification.certificate.models import Certificate
from core import lifecycle
from core.clock import today
from core.db import db as tables
from tests.certification.acts.test_acts import refused
from tests.certification.printed_doors import PRINTED
from tests.certification.upkeep.test_respelling import KEPT

# Where no person writes freely.
MADE = "made by the program: a number, a day, a digest, an address"
CHOSEN = "one of a closed list"
RULED = "a text of the scheme's document, each of which is read as printed: schemes/test_documents"
UNIT = "a unit that the reader of units knows"
SETTING = "a setting of the keeper"

NAMED = ("User.name", "Organisation.name")  # a person with the organisation, see Actor.label
FACTOR = {
    "code": ("Factor.code",), "name_zh": ("Factor.name_zh",), "name_en": ("Factor.name_en",),
    "region": ("Factor.region",), "source": ("Factor.source", "ActivityRow.own_source", "Inventory.system"),
    "source_en": ("Factor.source_en",), "gwp": CHOSEN,
    "category": CHOSEN, "confidence": CHOSEN, "gas_basis": CHOSEN, "source_year": MADE, "value": MADE,
    "unit": UNIT,
}  # fmt: skip
ROW = {
    "name": ("ActivityRow.name", "Inventory.system"), "evidence": ("ActivityRow.evidence",),
    "emission": MADE, "evidence_digest": MADE, "quantity": MADE, "share": MADE, "fuel": MADE, "unit": UNIT,
    "gas": CHOSEN, "quality": CHOSEN, "stage": CHOSEN,
}  # fmt: skip
LEG = {
    "mode": ("ActivityRow.stated",), "distance.amount": MADE, "distance.unit": UNIT, "emission.amount": MADE,
    "emission.unit": UNIT,
}  # fmt: skip
DISTANCE = {"amount": "1", "unit": "km"}
FRAME = {
    "boundary": CHOSEN, "declared_unit": UNIT, "gwp": CHOSEN, "period_from": MADE, "period_to": MADE,
    "stages": MADE, "apart": MADE, "thereof": MADE, "total": MADE, "unit": UNIT,
}  # fmt: skip


def under(place: str, sources: dict) -> dict:
    return {f"{place}.{name}": source for name, source in sources.items()}


CERTIFICATE = {
    **dict.fromkeys(("format", "number", "check", "code", "issued_on", "begins_on", "valid_to"), MADE),
    **dict.fromkeys(("family", "conclusion"), CHOSEN),
    **under("client", {"name": ("Organisation.name",), "address": ("Organisation.address",), "uscc": MADE}),
    **under("manufacturer", dict.fromkeys(("name", "address"), ("Application.producer",)) | {"uscc": MADE}),
    **under("factory", dict.fromkeys(("name", "address"), ("Application.factory",))),
    **under("factory", {"uscc": MADE, "region": CHOSEN}),
    **under("product", {
        "name": ("Application.product_name",), "name_en": ("Application.product_name_en",),
        "trademark": ("Application.trademark",), "series": ("Application.series",), "category": CHOSEN,
        "category_name": ("SchemeVersion.category_name",),
        "category_name_en": ("SchemeVersion.category_name_en",),
        "models[].code": ("ProductModel.code",), "models[].specification": ("ProductModel.specification",),
    }),
    **under("basis", {
        "rule": ("SchemeVersion.name",), "rule_en": ("SchemeVersion.name_en",),
        "number": RULED, "version": ("SchemeVersion.version",),
        "source": RULED,
    }),
    **under("mode", {"name": RULED, "name_en": RULED}),
    **under("edition", dict.fromkeys(("reissued_on", "replaces", "gap_from", "gap_to"), MADE)),
    "edition.purpose": CHOSEN,
    **under("body", {
        "name": ("Organisation.name",), "name_en": ("Organisation.name_en",), "uscc": MADE,
        "address": ("Organisation.address",), "approval_number": ("BodyScope.approval_number",),
    }),
    **under("decision", {
        "basis": CHOSEN, "comparison": CHOSEN, "value": MADE, "exact": MADE, "limit": MADE, "unit": UNIT,
        "limit_source": RULED, "decided_by": NAMED, "countersigned_by": NAMED,
        "decided_on": MADE, "countersigned_on": MADE,
    }),
    **under("evaluation", {
        "reports[].number": ("TestReport.number",), "reports[].laboratory": ("Organisation.name",),
        "reports[].cma_number": ("TestReport.cma_number",), "reports[].issued_on": MADE, "site_from": MADE,
        "site_to": MADE,
    }),
    **under("query", {"address": MADE, "short": MADE, "telephone": ("Organisation.telephone",)}),
    **under("inventory", FRAME | {"digest": MADE}),
    **under("inventory.largest[]", {name: ROW[name] for name in ("name", "stage", "emission")}),
    **under("annex", FRAME | {"footprint_digest": MADE, "gases": MADE, "output": UNIT}),
    **under("annex.rows[]", ROW),
    **under("annex.rows[].factor", FACTOR),
    "stated.models[].code": ("ProductModel.code",),
    "annex.rows[].factor": MADE,  # of a record that has several
    "annex.rows[].kind": CHOSEN,
    **under("annex.rows[].stated.legs[]", LEG),
}  # fmt: skip
ACT = {
    **dict.fromkeys(("format", "number", "served_on", "due"), MADE),
    **dict.fromkeys(("kind", "consequence"), CHOSEN),
    **under("body", {
        "name": ("Organisation.name",), "address": ("Organisation.address",), "uscc": MADE,
        "telephone": ("Organisation.telephone",),
    }),
    **under("recipient", {
        "name": ("Organisation.name",), "address": ("Organisation.address",), "uscc": MADE,
    }),
    **under("case", {
        "number": MADE, "product": ("Application.product_name",), "rule": ("SchemeVersion.name",),
        "rule_number": RULED,
    }),
    **under("certificate", {"number": MADE, "valid_to": MADE}),
    "due_source": RULED,
    "reasons[].on": ("ActivityRow.name",),
    "reasons[].text": (
        "CorrectionPoint.text", "DocumentReview.findings", "SiteVerification.summary", "Nonconformity.fact",
        "Nonconformity.clause", "Decision.reasons", "StatusAct.reason", "Appeal.findings", "Appeal.reasons",
        "Appeal.conclusion_reasons", "Opening.reason",
    ),
    "signed_by": NAMED,
    **under("appeal", {
        "days": MADE, "unit": CHOSEN, "until": MADE, "source": RULED,
        "to": ("Organisation.name",), "then": SETTING,
    }),
}  # fmt: skip


# What this certificate and these acts do not have: parameters of a rule, a body's own words.  That these are
# signed is tried in these modules.
SIGNED_ELSEWHERE = {
    "Application.parameters": "certificate/test_stated_facts.py",
    "ProductModel.parameters": "certificate/test_stated_facts.py",
    "Adoption.papers": "certificate/test_own_papers.py",
}


def members(said, place: str = "") -> set[str]:
    """The places of all texts in it; a list counts as one place, so do values by stage, gas or part."""
    match said:
        case dict() if place.endswith((".stages", ".gases", ".apart", ".thereof")):
            return {place}
        case dict():
            return set().union(
                *(members(value, f"{place}.{name}".strip(".")) for name, value in said.items())
            )
        case list():
            return set().union(*(members(value, f"{place}[]") for value in said))
        case str():
            return {place}
    return set()


@pytest.fixture
def signed(db, world) -> dict[str, set[str]]:
    """The members of a certificate on a factor of the library, and of acts."""
    case, actor = world.case("draft"), world.actor("applicant")
    carbon.load_factors()
    inventory = case.application.inventory
    kept = [{name: getattr(row, name) for name in KEPT} for row in inventory.rows]
    code = library.search_factors("", unit="kWh")[1][0].code
    row = {"stage": "manufacturing", "name": "用电", "quantity": "0.1", "unit": "kWh", "factor_code": code}
    leg = {"mode": "甲", "distance": DISTANCE, "emission": {"amount": "0.001", "unit": "kgCO2e/t·km"}}
    way = {
        "stage": "distribution",
        "name": "甲",
        "kind": "transport",
        "quantity": "0.1",
        "unit": "t",
        "legs": [leg],
    }
    rows = [*kept, row, way]
    carbon.save_inventory(inventory, actor, {}, rows, inventory.version)
    case.to("certified")
    certificate = tables.session.query(Certificate).one()
    lifecycle.take(
        certificate, "suspend", world.actor("decision_maker"), reason="甲", cause="misuse", until=today()
    )
    refused(world)
    told = [json.loads(act.statement) for act in tables.session.query(WrittenAct)]
    return {
        "certificate": members(json.loads(certificate.statement)),
        "act": set().union(*map(members, told)),
    }


def test_every_member_of_what_is_signed_says_where_it_comes_from(signed):
    assert signed["certificate"] == CERTIFICATE.keys()
    assert signed["act"] == ACT.keys()


def test_every_source_has_doors_that_are_tried_and_every_door_leads_to_a_member():
    every = [*CERTIFICATE.values(), *ACT.values()]
    columns = {column for source in every if isinstance(source, tuple) for column in source}
    assert columns | SIGNED_ELSEWHERE.keys() == PRINTED.keys()
    assert not columns & SIGNED_ELSEWHERE.keys()


def test_a_member_that_nobody_named_is_found():
    said = {
        "number": "1",
        "new": {"text": "甲"},
        "list": [{"a": "b"}, "c"],
        "stages": {},
        "n": {"stages": {"x": "1"}},
    }
    assert members(said) == {"number", "new.text", "list[].a", "list[]", "n.stages"}
