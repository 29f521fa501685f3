"""What each product category demands, by version: read from a file into the register of schemes."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import exists, select

from certification.models import Application, SchemeVersion
from core import audit
from core.db import db

SHIPPED = Path(__file__).parent / "data" / "schemes.json"
EXACT = ("declared_amount", "limit_value", "person_days")
DATES = ("effective_from", "effective_to")


def load(path: Path, actor) -> dict[str, int]:
    """Take the scheme versions of a JSON file; return how many were added, changed, kept and unchanged.

    A version is known by code and version.  One that a case already runs under is
    kept as it stands, whatever the file says: what changed needs a version of its own.
    """
    counts = {"added": 0, "changed": 0, "kept": 0, "unchanged": 0}
    for entry in json.loads(path.read_text(encoding="utf-8")):
        counts[_take(_values(entry), actor)] += 1
    return counts


def _values(entry: dict) -> dict:
    exact = {name: None if entry[name] is None else Decimal(entry[name]) for name in EXACT}
    dates = {name: date.fromisoformat(entry[name]) if entry[name] else None for name in DATES}
    return entry | exact | dates


def _take(values: dict, actor) -> str:
    scheme = db.session.scalar(
        select(SchemeVersion).where(
            SchemeVersion.code == values["code"], SchemeVersion.version == values["version"]
        )
    )
    if scheme is None:
        scheme = SchemeVersion(**values)
        db.session.add(scheme)
        outcome = "added"
    else:
        outcome = _change(scheme, values)
    db.session.flush()
    if outcome in ("added", "changed"):
        audit.record(actor, f"scheme.{outcome}", f"scheme/{scheme.code}/{scheme.version}")
    return outcome


def _change(scheme: SchemeVersion, values: dict) -> str:
    differing = {name: value for name, value in values.items() if getattr(scheme, name) != value}
    if not differing:
        return "unchanged"
    if db.session.scalar(select(exists().where(Application.scheme_id == scheme.id))):
        return "kept"
    for name, value in differing.items():
        setattr(scheme, name, value)
    return "changed"
