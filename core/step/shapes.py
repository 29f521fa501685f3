"""What is handed in with every step, by form and by API, and what the API answers of the thing it was
taken on."""

from typing import Annotated, Any

from pydantic import BaseModel, Field

from core.api import Answered, Said
from core.lifecycle import StepTaken
from core.members import Body, ColumnText


class Facts(Body):
    """What is handed in with a step; a member that is not given is what its default says."""

    def facts(self) -> dict[str, Any]:  # each member has the type its shape gives it
        """As core.lifecycle.take is told them."""
        return {name: _plain(getattr(self, name)) for name in type(self).model_fields}


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.model_dump() if isinstance(value, BaseModel) else value


class Nothing(Facts):
    pass


class Reason(Facts):
    reason: Annotated[str, ColumnText(StepTaken.reason)] = ""


class Late(Facts):
    late_reason: Annotated[str, ColumnText(StepTaken.late_reason)] = Field(
        "", description="asked where a day is typed long after it; kept with that day"
    )


class Signed(Facts):
    signed: bool = False


class LinkAnswer(Answered):
    """A step that is the caller's now; one that is not ready tells what it waits for."""

    rel: str
    method: str
    href: str
    ready: bool
    unmet: list[Said]


class SubjectAnswer(Answered):
    id: int
    state: str
    state_name: str
    links: list[LinkAnswer]
