"""Products as certification announces them, for the offices above it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from types import SimpleNamespace

import pytest

from catalog import projection
from certification.certificate.queries import certificates
from certification.certificate.queries.lives import Life
from certification.certificate.queries.lives import _told as told
from certification.events import CertificateIssued, CertificateStatusChanged
from core import events
from core.canonical import plain
from core.clock import today
from procurement.verdict import queries as verdict
from registers.queries import known

DEFAULTS = {
    "application_id": 1,
    "scheme_code": "lc-ceramic-tile",
    "scheme_version_id": 1,
    "family": "low_carbon",
    "category": "ceramic_tile",
    "body_id": 1,
    "body_name": "江苏示例低碳认证中心",
    "holder_id": 1,
    "holder_name": "宜兴云陶新材有限公司",
    "maker_name": "宜兴云陶新材有限公司",
    "region": "320282",
    "product_name": "云陶抛釉砖",
    "product_name_en": "",
    "trademark": "",
    "models": ("YT-6012",),
    "issued_on": date(2026, 9, 18),
    "valid_to": date(2029, 9, 17),
    "carbon": Decimal("8.45"),
    "carbon_unit": "kgCO2e/m2",
    "declared_unit": "m2",
    "boundary": "cradle_to_gate",
    "limit": Decimal("10.80"),
    "stages": (("raw_material", Decimal("2.38")), ("manufacturing", Decimal("6.07"))),
    "grade": ("", "", ""),
    "facts": (),
    "demo": True,
}


BODY = "91320000MA0000001X"  # whoever issues these certificates
APPROVED = {"valid_from": date(2020, 1, 1), "valid_to": date(2039, 12, 31)}


def said(facts: dict) -> dict:
    """The part of a statement that the offices above compare with, as it would have been signed."""
    models = [{"code": code, "specification": ""} for code in facts["models"]]
    names = {"name": "product_name", "name_en": "product_name_en", "trademark": "trademark"}
    days = {name: facts[name] for name in ("issued_on", "begins_on", "valid_to", "demo", "family")}
    return plain(
        days
        | {
            "client": {"name": facts["holder_name"]},
            "manufacturer": {"name": facts["maker_name"], "uscc": ""},
            "factory": {"name": facts["maker_name"], "region": facts["region"]},
            "basis": {"number": "演示规则", "version": "1", "demo": facts["demo"]},
            "product": {key: facts[name] for key, name in names.items()}
            | {"models": models, "category": facts["category"]},
            "body": {"name": facts["body_name"], "uscc": BODY},
            "decision": {"value": facts["carbon"], "unit": facts["carbon_unit"], "limit": facts["limit"]},
            "inventory": {
                "stages": dict(facts["stages"]),
                "boundary": facts["boundary"],
                "declared_unit": f"1 {facts['declared_unit']}",
            },
        }
    )


@dataclass(frozen=True)
class Announced(certificates.Signed):
    scheme_code: str


@pytest.fixture
def signed(monkeypatch) -> dict[str, Announced]:
    """What was signed of each announced certificate, by number: what was announced.  Their body is approved
    for each of their schemes."""
    stored, announced = certificates.signed, {}
    read, scopes = verdict.lives, known.body_scopes

    def of(numbers):
        asked = list(numbers)
        return stored(asked) | {number: announced[number] for number in asked if number in announced}

    def lives(numbers):
        asked = list(numbers)
        told = {number: announced[number] for number in asked if number in announced}
        return read(asked) | {number: _life(number, each) for number, each in told.items()}

    def body_scopes():
        schemes = {each.scheme_code for each in announced.values()}
        body = SimpleNamespace(uscc=BODY)
        return scopes() + [SimpleNamespace(body=body, scheme_code=code, **APPROVED) for code in schemes]

    monkeypatch.setattr(certificates, "signed", of)
    monkeypatch.setattr(verdict, "lives", lives)
    monkeypatch.setattr(verdict.registers, "body_scopes", body_scopes)
    return announced


def _life(number: str, signed: Announced) -> Life:
    said = signed.versions[-1]
    return Life(
        number=number,
        scheme_code=signed.scheme_code,
        body=said["body"]["name"],
        body_uscc=said["body"]["uscc"],
        issued_on=date.fromisoformat(said["issued_on"]),
        begins_on=date.fromisoformat(said.get("begins_on") or said["issued_on"]),
        valid_to=date.fromisoformat(said["valid_to"]),
        demo=said["demo"] or said["basis"]["demo"],
        versions=tuple(told(each) for each in signed.versions),
        acts=tuple(signed.acts),
        as_signed=True,
        successor="",
    )


@pytest.fixture
def issue(db, signed):
    """issue(product_name=..., ...) -> Entry: a certificate was issued; nothing is committed."""
    from catalog.models import Entry

    numbers = count(1)

    def announce(**facts) -> Entry:
        place = next(numbers)
        facts = {"certificate_id": place, "number": f"LCP-32-2026-{place:05d}", **DEFAULTS, **facts}
        facts = {"begins_on": facts["issued_on"]} | facts
        signed[facts["number"]] = Announced([said(facts)], [], facts["scheme_code"])
        events.publish(CertificateIssued(**facts))
        return db.session.query(Entry).filter_by(certificate_id=place).one()

    return announce


@pytest.fixture
def act(signed):
    """act(entry, "suspend", on=...): a status act was entered."""
    becomes = {"suspend": "suspended", "restore": "valid", "withdraw": "withdrawn", "cancel": "cancelled"}

    def enter(
        entry, kind: str, on: date | None = None, until: date | None = None, reason: str = "监督不合格"
    ):
        status = becomes[kind]
        entered = {"cause": "", "kind": kind, "on": on or today(), "until": until, "reason": reason}
        signed[entry.number].acts.append(SimpleNamespace(**entered))
        events.publish(
            CertificateStatusChanged(
                entry.certificate_id, entry.number, kind, status, on or today(), until, reason
            )
        )

    return enter


@pytest.fixture
def declared(db):
    """declared(name, **facts) -> Entry: a product of public data, without certificate."""
    from catalog.models import Entry, ImportedDevice

    def make(name: str, **facts) -> Entry:
        device = ImportedDevice(
            source_hash=name, name=name, dataset="d", licence="ODbL-1.0", source="https://example.org"
        )
        entry = Entry(
            kind="declared",
            name=name,
            maker="Example",
            category="laptop",
            carbon=Decimal(300),
            carbon_unit="kgCO2e/item",
            declared_unit="item",
            boundary="cradle_to_grave",
            device=device,
            **facts,
        )
        projection.announce([entry])
        db.session.add(entry)
        db.session.flush()
        return entry

    return make
