"""What the answers of a check rest on, there and back: it was known when they were given."""

from pydantic import TypeAdapter

from procurement.verdict.queries import Known

FACTS = TypeAdapter(Known)


def spelt(known: Known) -> bytes:
    return FACTS.dump_json(known)


def read(kept: bytes) -> Known:
    return FACTS.validate_json(kept)
