"""The kinds of no.  Only the edge (views, API, command line) knows what they are in HTTP."""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """The request is understood and the answer is no.

    `slug` names the reason (`"footprint-over-limit"`): the page translates it,
    the API returns it, the test asserts it.  `detail` holds plain values the
    sentence may need.
    """

    def __init__(self, slug: str, **detail: object) -> None:
        super().__init__(slug)
        self.slug = slug
        self.detail: dict[str, Any] = detail  # plain values, each of the type its sentence asks for

    def detail_of(self, _name: str) -> dict[str, Any]:  # as `detail`
        """What the sentence about one field needs."""
        return self.detail


class NotFound(Refused):
    """There is no such thing, or none this actor may know of."""


class NotPermitted(Refused):
    """The actor does not hold the role, or the part in this case, that the act asks for."""


class OutOfOrder(Refused):
    """The step cannot be taken from the state the subject is in, or the page was stale."""


class Unmet(Refused):
    """Conditions of the step do not hold yet; `detail["unmet"]` lists every slug, `fields` those that are
    about what was handed in."""

    fields: Mapping[str, str] = {}


class Invalid(Refused):
    """What was typed cannot be right; `fields` maps a field's name to its slug, `details` to what its
    sentence needs where that is not `detail`."""

    def __init__(self, slug: str, fields: dict[str, str] | None = None, **detail: object) -> None:
        super().__init__(slug, **detail)
        self.fields = fields or {}
        self.details: dict[str, dict[str, Any]] = {}  # as `detail`

    def detail_of(self, name: str) -> dict[str, Any]:  # as `detail`
        return self.details.get(name, self.detail)


class Raced(Invalid):
    """It would have been right a moment ago: somebody else was faster, and the database says so."""
