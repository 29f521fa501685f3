"""Products as certification announces them, for the offices above it."""

from datetime import date
from decimal import Decimal
from itertools import count
from types import SimpleNamespace

import pytest

from catalog import projection
from certification.certificate.queries import certificates
from certification.events import CertificateIssued, CertificateStatusChanged
from core import events
from core.canonical import plain
from core.clock import today

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


def said(facts: dict) -> dict:
    """The part of a statement that the offices above compare with, as it would have been signed."""
    models = [{"code": code, "specification": ""} for code in facts["models"]]
    names = {"name": "product_name", "name_en": "product_name_en", "trademark": "trademark"}
    days = {name: facts[name] for name in ("issued_on", "begins_on", "valid_to", "demo", "family")}
    return plain(
        days
        | {
            "client": {"name": facts["holder_name"]},
            "manufacturer": {"name": facts["maker_name"]},
            "factory": {"region": facts["region"]},
            "product": {key: facts[name] for key, name in names.items()}
            | {"models": models, "category": facts["category"]},
            "body": {"name": facts["body_name"]},
            "decision": {"value": facts["carbon"], "unit": facts["carbon_unit"], "limit": facts["limit"]},
            "inventory": {
                "stages": dict(facts["stages"]),
                "boundary": facts["boundary"],
                "declared_unit": f"1 {facts['declared_unit']}",
            },
        }
    )


@pytest.fixture
def signed(monkeypatch) -> dict[str, certificates.Signed]:
    """What was signed of each announced certificate, by number: what was announced."""
    stored, announced = certificates.signed, {}

    def of(numbers):
        asked = list(numbers)
        return stored(asked) | {number: announced[number] for number in asked if number in announced}

    monkeypatch.setattr(certificates, "signed", of)
    return announced


@pytest.fixture
def issue(db, signed):
    """issue(product_name=..., ...) -> Entry: a certificate was issued; nothing is committed."""
    from catalog.models import Entry

    numbers = count(1)

    def announce(**facts) -> Entry:
        place = next(numbers)
        facts = {"certificate_id": place, "number": f"LCP-32-2026-{place:05d}", **DEFAULTS, **facts}
        facts = {"begins_on": facts["issued_on"]} | facts
        signed[facts["number"]] = certificates.Signed([said(facts)], [])
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
        entered = {"kind": kind, "on": on or today(), "until": until, "reason": reason}
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
