"""What the answers of a check rest on, there and back: it was known when they were given."""

import orjson
from pydantic import TypeAdapter

from core.canonical import Plain
from procurement.verdict.queries import Known

FACTS = TypeAdapter(Known)


def spelt(known: Known) -> bytes:
    return FACTS.dump_json(known)


def read(kept: bytes) -> Known:
    told = orjson.loads(kept)
    for held in told["held"].values():
        _as_now(held)
    return FACTS.validate_python(told, strict=False)


def _as_now(held: Plain) -> None:
    """The first checks named one certificate that another followed, or "" for none."""
    if isinstance(held["follows"], str):
        held["follows"] = [held["follows"]] if held["follows"] else []
    if held["successor"]:
        _as_now(held["successor"])
