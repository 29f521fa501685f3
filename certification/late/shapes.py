"""What is handed in with a day that is typed late, and what is told of it."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from certification.late.models import LateEntry
from core.api import Answered
from core.members import Body, ColumnText, Day, File, Perhaps


class LateEntryFiled(Body):
    """The days that `document`, made on them, shows; `reason`: why they are typed only now."""

    first: Perhaps[Day] = None
    last: Perhaps[Day] = None
    reason: Annotated[str, ColumnText(LateEntry.reason)] = ""
    document: File | None = None


class LateEntryAnswered(Body):
    """`answer` is the reason of a refusal; `version` that of what was seen."""

    answer: Annotated[str, ColumnText(LateEntry.answer)] = ""
    version: int | None = None


class LateDocumentAnswer(Answered):
    name: str
    digest: str


class LateEntryAnswer(Answered):
    id: int
    version: int
    kind: str = Field(examples=["visit", "test"])
    laboratory: str | None
    first: date
    last: date
    reason: str
    document: LateDocumentAnswer
    outcome: str = Field(examples=["asked", "confirmed", "refused"])
    filed_by: str
    filed_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


class LateEntriesAnswer(Answered):
    items: list[LateEntryAnswer]


def late_entry(found: LateEntry) -> dict[str, Any]:  # JSON
    names = ("id", "version", "kind", "first", "last", "reason", "outcome", "filed_by", "filed_at")
    answered = ("answer", "answered_by", "answered_at")
    said = {name: getattr(found, name) for name in (*names, *answered)}
    laboratory = found.laboratory.name if found.laboratory else None
    document = {"name": found.document_name, "digest": found.document}
    return said | {"laboratory": laboratory, "document": document}
