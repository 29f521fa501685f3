"""What the API is handed with every step, and what it answers of the thing the step was taken on."""

from typing import Any

from core.api import Answered, Body, Said, Text


class Facts(Body):
    """What is handed in with a step; members not given are left to the table to miss."""

    def facts(self) -> dict[str, Any]:  # each member has the type its shape gives it
        return {name: getattr(self, name) for name in self.model_fields_set}


class Nothing(Facts):
    pass


class Reason(Facts):
    reason: Text = ""


class Signed(Reason):
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
