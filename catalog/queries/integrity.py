"""Whether the catalogue mirrors what was signed: for every list and page, and for the doctor's deep look."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from catalog.models import Entry
from catalog.queries.products import EXPORT_BATCH, certified
from certification.certificate.queries import certificates
from certification.certificate.statement import begins_on, stated
from core.db import db
from core.health import found

MIRRORED = ("kind", "on", "until", "reason")  # of a status act


def entries_sound() -> str:
    entries = certified()
    names = differing(entries)
    return found([entry.number or "" for entry in entries if names[entry.id]], "products that differ")


def differs(entry: Entry) -> list[str]:
    """The same of one."""
    return differing([entry])[entry.id]


Signed = Mapping[str, certificates.Signed]  # by number


def differing(entries: Iterable[Entry], signed: Signed | None = None) -> dict[int, list[str]]:
    """By id: what an entry says otherwise than the statement of its certificate, by name; what was `signed`
    is read where it is not at hand.

    A certified product without a certificate says nothing that was signed."""
    entries = list(entries)
    names: dict[int, list[str]] = {}
    for start in range(0, len(entries), EXPORT_BATCH):
        batch = entries[start : start + EXPORT_BATCH]
        numbers = [entry.number for entry in batch if entry.number]
        said = certificates.signed(numbers) if signed is None else signed
        names |= {entry.id: _names(entry, said.get(entry.number or "")) for entry in batch}
    return names


def differing_by_id(entry_ids: Iterable[int], signed: Signed | None = None) -> dict[int, list[str]]:
    """The same for the offices above, which know a product by its id."""
    asked, found = sorted(set(entry_ids)), dict[int, list[str]]()
    for start in range(0, len(asked), EXPORT_BATCH):
        query = select(Entry).where(Entry.id.in_(asked[start : start + EXPORT_BATCH]))
        query = query.options(selectinload(Entry.acts), selectinload(Entry.facts))
        found |= differing(db.session.scalars(query), signed)
    return found


def _names(entry: Entry, signed: certificates.Signed | None) -> list[str]:
    if entry.kind != "certified":
        return []
    if signed is None:
        return ["number"]
    told = _told(signed.versions[-1]) | {"acts": [_mirrored(act) for act in signed.acts]}
    kept = {name: getattr(entry, name) for name in told if name != "acts"}
    kept |= {name: kept[name].isoformat() for name in ("issued_on", "begins_on", "valid_to")}
    kept["parameters"] = {slug: set(values) for slug, values in entry.parameters.items()}
    kept |= {"stages": dict(entry.stage_values), "acts": [_mirrored(act) for act in entry.acts]}
    return [name for name in told if kept[name] != told[name]]


def _told(said: Mapping[str, Any]) -> dict[str, object]:  # JSON, as it was signed
    """What was signed, under the names of an entry."""
    product, decision, inventory = said["product"], said["decision"], said["inventory"]
    return {
        "name": product["name"],
        "name_en": product["name_en"],
        "trademark": product["trademark"],
        "models": [model["code"] for model in product["models"]],
        "maker": said["manufacturer"]["name"],
        "holder": said["client"]["name"],
        "body": said["body"]["name"],
        "carbon": Decimal(decision["value"]),
        "carbon_unit": decision["unit"],
        "limit": Decimal(decision["limit"]) if decision["limit"] else None,
        "stages": {stage: Decimal(value) for stage, value in inventory["stages"].items()},
        "declared_unit": inventory["declared_unit"].rpartition(" ")[2],
        "boundary": inventory["boundary"],
        "category": product["category"],
        "family": said["family"],
        "region": said["factory"].get("region", ""),
        "issued_on": said["issued_on"],
        "begins_on": begins_on(said),
        "valid_to": said["valid_to"],
        "demo": said["demo"],
        "grade": stated(said)["grade"].get("slug", ""),
        "parameters": _looked_for(stated(said)),
    }


def _looked_for(said: Mapping[str, Any]) -> dict[str, set[str]]:  # JSON, see `stated`
    found: dict[str, set[str]] = {}
    for fact in [*said["product"], *(fact for model in said["models"] for fact in model["facts"])]:
        if "filter" in fact["shown"]:
            found.setdefault(fact["slug"], set()).add(fact["value"])
    return found


def _mirrored(act: object) -> tuple[object, ...]:
    return tuple(getattr(act, name) for name in MIRRORED)
