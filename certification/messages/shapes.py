"""What is handed in with a message, and what is told of one."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from certification.messages.models import Message
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
