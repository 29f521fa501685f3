"""What is asked of the register of schemes by programs, and what they are answered."""

import json
from datetime import date

from pydantic import ConfigDict, Field

from core.api import Answered
from core.members import Body, Text
from schemes.document import Difference, Document
from schemes.models import SchemeVersion


class VersionsQuery(Body):
    before: Text
    after: Text


class SchemaAnswer(Answered):
    """JSON Schema (draft 2020-12) of the document that a version of a scheme is."""

    model_config = ConfigDict(extra="allow")
    dialect: str = Field(alias="$schema")
    title: str
    type: str


class SchemeDocumentAnswer(Answered):
    code: str
    version: str
    digest: str = Field(description="SHA-256 of the document in the spelling of RFC 8785")
    effective_from: date
    effective_to: date | None
    document: Document


class DifferenceAnswer(Answered):
    """A member that differs, as JSON of either version; null where the version does not have it."""

    pointer: str
    before: str | None
    after: str | None


class DifferencesAnswer(Answered):
    items: list[DifferenceAnswer]


def version_of(scheme: SchemeVersion) -> dict[str, object]:
    return {
        "code": scheme.code,
        "version": scheme.version,
        "digest": scheme.digest,
        "effective_from": scheme.effective_from,
        "effective_to": scheme.effective_to,
        "document": json.loads(scheme.document),
    }


def difference(found: Difference) -> dict[str, str | None]:
    return {"pointer": found.pointer, "before": _said(found.before), "after": _said(found.after)}


def _said(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
