"""What is handed in with a message, and what is told of one."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from certification.messages.models import Message, Opening
from core.api import Answered, PageNumber
from core.members import Body, ColumnText, File


class Written(Body):
    """A message; `to` is the thread: `applicant`, `internal`, or `laboratory-` with its id."""

    to: str = Field("applicant", max_length=100)
    text: Annotated[str, ColumnText(Message.text)] = ""
    file: File | None = None


class ThreadQuery(BaseModel):
    thread: str = Field("applicant", max_length=100)
    page: PageNumber = 1
    per_page: int = Field(50, ge=1, le=100)


class OpeningAsked(Body):
    """A place as points of a correction have it; `splits` of a row: others are to stand beside it."""

    place: Annotated[str, ColumnText(Opening.anchor)] = ""
    reason: Annotated[str, ColumnText(Opening.reason)] = ""
    splits: bool = False


class OpeningAnswered(Body):
    """`answer` is the reason of a refusal; `version` that of the request that was seen."""

    answer: Annotated[str, ColumnText(Opening.answer)] = ""
    version: int | None = None


class MessageFileAnswer(Answered):
    name: str
    digest: str
    size: int


class MessageAnswer(Answered):
    """`side` is that of whoever wrote it."""

    id: int
    thread: str
    side: str = Field(examples=["applicant", "body", "laboratory"])
    text: str
    written_by: str
    at: datetime
    files: list[MessageFileAnswer]


class ThreadAnswer(Answered):
    """One thread of the caller; `unread` counts what others wrote since it was read."""

    key: str
    laboratory: str | None
    count: int
    unread: int


class MessagesAnswer(Answered):
    total: int
    page: int
    threads: list[ThreadAnswer]
    items: list[MessageAnswer]


class OpeningAnswer(Answered):
    id: int
    version: int
    place: str
    reason: str
    splits: bool
    outcome: str = Field(examples=["asked", "granted", "refused"])
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


class OpeningsAnswer(Answered):
    items: list[OpeningAnswer]


def opening(found: Opening) -> dict[str, Any]:  # JSON
    names = ("id", "version", "reason", "splits", "outcome", "asked_by", "asked_at", "answer", "answered_by")
    said = {name: getattr(found, name) for name in names}
    return {"place": found.anchor, "answered_at": found.answered_at, **said}


def message(found: Message) -> dict[str, Any]:  # JSON
    return {
        "id": found.id,
        "thread": found.key,
        "side": found.side,
        "text": found.text,
        "written_by": found.written_by,
        "at": found.at,
        "files": [{"name": each.name, "digest": each.digest, "size": each.size} for each in found.files],
    }
