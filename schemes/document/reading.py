"""A document read, written and hashed."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from core.canonical import canonical
from core.errors import Invalid
from core.readers import pointer_of
from schemes.document.base import REFUSED, SLUG, STORED
from schemes.document.faults import Fault, faults
from schemes.document.whole import Document

Plain = Any  # JSON
WRONG = "scheme-document-wrong"
SCHEMA = "https://json-schema.org/draft/2020-12/schema"

# What is wrong with a member, by the name pydantic has for it; anything else is of the wrong form.
SLUGS = {
    "missing": "body-member-missing",
    "extra_forbidden": "body-member-unknown",
    "string_too_long": "body-member-too-long",
    "too_long": "body-member-too-long",
    "too_short": "body-member-out-of-bounds",
    "literal_error": "value-not-known",
    "string_pattern_mismatch": "slug-unreadable",
}
BY_MEMBER = {
    ("comparator", "value-not-known"): "comparator-unknown",
    ("blank_file", "slug-unreadable"): "body-member-invalid",
}


def read(given: Plain) -> Document:
    """The document that was handed in; raise Invalid with every fault by its JSON pointer."""
    try:
        document = Document.model_validate(given)
    except ValidationError as error:
        raise _wrong([_fault(each) for each in error.errors(include_url=False)]) from error
    if found := list(faults(document)):
        raise _wrong(found)
    return document


def published(document: Document, day: date, versions: Collection[tuple[str, str]]) -> None:
    """Whether it may be published on `day` beside these (code, version); raise Invalid when not."""
    about = document.identity
    found = []
    if about.effective_from < day:
        found.append(Fault("/identity/effective_from", "effective-in-the-past"))
    if (about.code, about.version) in versions:
        found.append(Fault("/identity/version", "version-published-twice"))
    if found:
        raise _wrong(found)


@lru_cache(maxsize=256)
def stored(text: str) -> Document:
    """What the database keeps, as it stands."""
    return Document.model_validate_json(text, context=STORED)


def written(document: Document) -> str:
    """Whole, every default spelled out, in the one spelling that RFC 8785 gives."""
    return canonical(plain(document)).decode()


def plain(document: Document) -> dict[str, Plain]:
    """As JSON, its members in the order of the parts."""
    return document.model_dump(mode="json", by_alias=True)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1)
def schema() -> dict[str, Plain]:
    """The JSON Schema of a document, as others may check one before they send it."""
    found = Document.model_json_schema(by_alias=True)
    return {"$schema": SCHEMA, **found, "title": "Scheme"}


def parsed(content: bytes) -> Plain:
    """JSON as somebody sent it; numbers stay as they are written."""
    try:
        return json.loads(content.decode("utf-8-sig"), parse_float=str)
    except (ValueError, RecursionError) as error:
        raise _wrong([Fault("", "body-not-json")]) from error


def whole(given: Plain, common: Callable[[str], Plain]) -> Plain:
    """The document with what it `extends` laid under it: `common` answers that, or None.

    Objects are merged member by member; a list or a value of the document's own takes the place of the other.
    """
    if not isinstance(given, Mapping) or "extends" not in given:
        return given
    name = given["extends"]
    below = common(name) if isinstance(name, str) and SLUG.fullmatch(name) else None
    if below is None:
        raise _wrong([Fault("/extends", "common-part-missing")])
    return _merged(below, {member: value for member, value in given.items() if member != "extends"})


def _merged(below: Plain, above: Plain) -> Plain:
    if not isinstance(below, Mapping) or not isinstance(above, Mapping):
        return above
    both = {name: _merged(below[name], above[name]) for name in below.keys() & above.keys()}
    return {**below, **above, **both}


def _wrong(found: Sequence[Fault]) -> Invalid:
    """What is said first of a place is said of it."""
    said = {fault.pointer: fault for fault in reversed(found)}
    refused = Invalid(WRONG, {pointer: fault.slug for pointer, fault in sorted(said.items())})
    refused.details = {pointer: dict(fault.detail) for pointer, fault in said.items()}
    return refused


def _fault(error: Mapping[str, Any]) -> Fault:  # as pydantic writes them
    pointer = pointer_of(part for part in error["loc"] if part != "[key]")  # which pydantic adds for itself
    if error["type"] == REFUSED:
        detail = dict(error["ctx"])
        return Fault(pointer, detail.pop("slug"), detail)
    slug = SLUGS.get(error["type"], "body-member-invalid")
    return Fault(pointer, BY_MEMBER.get((pointer.rpartition("/")[2], slug), slug))
