"""Whether the catalogue mirrors what was signed: for the doctor's deep look, and for a product's own page."""

from decimal import Decimal

from catalog.models import Entry
from catalog.queries.products import certified
from certification.queries import certificates
from certification.statement import begins_on
from core.errors import NotFound
from core.health import found

MIRRORED = ("kind", "on", "until", "reason")  # of a status act


def entries_sound() -> str:
    return found([entry.number for entry in certified() if differs(entry)], "products that differ")


def differs(entry: Entry) -> list[str]:
    """What an entry says otherwise than the statement of its certificate, by name; a product without one
    says nothing that was signed."""
    if entry.kind != "certified":
        return []
    try:
        certificate = certificates.certificate(entry.number)
    except NotFound:
        return ["number"]
    said = certificates.said(certificate)
    signed = {
        "name": said["product"]["name"],
        "models": [model["code"] for model in said["product"]["models"]],
        "carbon": Decimal(said["decision"]["value"]),
        "carbon_unit": said["decision"]["unit"],
        "issued_on": said["issued_on"],
        "begins_on": begins_on(said),
        "valid_to": said["valid_to"],
        "demo": said["demo"],
        "acts": [_mirrored(act) for act in certificate.acts],
    }
    kept = {name: getattr(entry, name) for name in signed if name != "acts"}
    kept |= {name: kept[name].isoformat() for name in ("issued_on", "begins_on", "valid_to")}
    kept |= {"acts": [_mirrored(act) for act in entry.acts]}
    return [name for name in signed if kept[name] != signed[name]]


def _mirrored(act) -> tuple:
    return tuple(getattr(act, name) for name in MIRRORED)
