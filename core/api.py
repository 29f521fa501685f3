"""How the offices describe their part of the API, and where the description is read.

A view is decorated with `spec.validate(...)`; what it is handed is checked by
the very models the document shows.
"""

import re
from datetime import date
from typing import Annotated

from flask import Blueprint, current_app
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from spectree import SecurityScheme, SpecTree
from spectree.models import SecuritySchemeData

from core.asked import LARGEST
from core.errors import Invalid
from core.web import json_response

bp = Blueprint("api", __name__, url_prefix="/api/v1")


def _written_out(given):
    """`20261101` would be read as so many seconds since 1970."""
    if isinstance(given, str) and DAY.fullmatch(given):
        return given
    raise ValueError("a day is written 2026-11-01")


DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# What may stand in a query or a body, within what a database holds.
Day = Annotated[date, BeforeValidator(_written_out)]
Count = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Id = Annotated[int, Field(ge=0, le=LARGEST)]
# A page beyond the end is empty, however far beyond.
PageNumber = Annotated[int, Field(ge=1), AfterValidator(lambda number: min(number, LARGEST))]


class Body(BaseModel):
    """A request body: unknown members are refused, so that a misspelt one is not lost in silence."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """Every refusal (RFC 9457): `slug` is stable, `title` is the sentence people read."""

    type: str
    slug: str
    title: str
    status: int


def refuse_invalid(_request, _response, error, _instance, _adapter) -> None:
    if isinstance(error, ValidationError):
        fields = {".".join(map(str, fault["loc"])): "body-member-invalid" for fault in error.errors()}
        raise Invalid("body-invalid", fields, members=sorted(fields))


ONCE = """Low-carbon product certification, catalogue and procurement.

**Once means once.** A call that writes may carry an `Idempotency-Key`, 8 to 200 visible ASCII characters
that its sender uses for this deed alone (a UUID will do). Sent again with the same content within a day,
it is answered with the same answer and `Idempotency-Replayed: true`; with other content, 422
`idempotency-key-reused`. A refused call leaves its key free. A `POST` without a key, equal to one of the
same caller that was done within ten minutes, is not done again: 409 `said-already`. Whoever means the same
thing twice sends two keys."""

spec = SpecTree(
    "flask",
    mode="strict",
    annotations=False,
    before=refuse_invalid,
    title="Tanbiao",
    version="v1",
    description=ONCE,
    validation_error_model=Problem,
    security_schemes=[SecurityScheme(name="token", data=SecuritySchemeData(type="http", scheme="bearer"))],
)


@bp.get("/openapi.json")
def document():
    """The OpenAPI document of this API."""
    spec.app = current_app
    return json_response(spec.spec)


document.is_public = True  # core cannot know the sign-in above it; this is the mark it reads
