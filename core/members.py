"""The members of what is handed in, and how each is read: a form and the API ask the same reader.

    condition: Annotated[str, ColumnText(Sample.condition)] = ""  as much as the column takes, cleaned by it
    seal: Annotated[str, OneOf(SEALS)] = ""                       one of the words of the law
    quantity: Perhaps[Annotated[int, Whole(1, 10_000)]] = None
    received_on: Perhaps[Day] = None                              an empty box is nothing

Whether a member must be given, the law of the step says; so its shape lets it be empty.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    InstanceOf,
    ValidationError,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.datastructures import FileStorage

from core.asked import LARGEST
from core.errors import Invalid
from core.lifecycle import MOST_LISTED
from core.readers import days, ids, numbers, texts

REFUSED = "refused"  # the type of a fault that carries a slug of ours


class Reader(ABC):
    """What is of `kinds` is read as at every other door; anything else is no value of the member."""

    kinds: tuple[type, ...] = (str,)

    @abstractmethod
    def read(self, given: Any) -> object:  # what `kinds` let through
        """The value; raise Invalid when it is none."""

    def described(self) -> dict[str, object]:
        """What the OpenAPI document says beside the type."""
        return {}

    def _checked(self, given: object) -> object:
        if given is None:
            return None
        if not isinstance(given, self.kinds) or isinstance(given, bool):
            raise PydanticCustomError(REFUSED, "{slug}", {"slug": "body-member-invalid"})
        try:
            return self.read(given)
        except Invalid as error:
            raise PydanticCustomError(REFUSED, "{slug}", {**error.detail, "slug": error.slug}) from error

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | self.described()


@dataclass(frozen=True)
class Reads(Reader):
    """By a reader of core.readers."""

    reader: Callable[[Any], object]  # of whichever of `kinds`
    kinds: tuple[type, ...] = (str,)

    def read(self, given: Any) -> object:  # one of `kinds`
        return self.reader(given)


@dataclass(frozen=True)
class ColumnText(Reader):
    """A text as the column cleans it that keeps it."""

    column: InstrumentedAttribute[Any]  # of a text, of either kind of column

    def read(self, given: str) -> object:
        return self.column.type.cleaned(given)

    @property
    def most(self) -> int:
        most: int = self.column.type.most
        return most

    def described(self) -> dict[str, object]:
        return {"maxLength": self.most}


@dataclass(frozen=True)
class OneOf(Reader):
    """One of the words the law knows; nothing is said by an empty text."""

    words: tuple[str, ...]

    def read(self, given: str) -> str:
        if given not in ("", *self.words):
            raise Invalid("value-not-known")
        return given

    def described(self) -> dict[str, object]:
        return {"enum": [*self.words, ""]}


@dataclass(frozen=True)
class Whole(Reader):
    """A whole number within bounds."""

    least: int
    most: int
    kinds = (str, int)

    def read(self, given: str | int) -> int | None:
        return numbers.whole(given, self.least, self.most)

    def described(self) -> dict[str, object]:
        return {"minimum": self.least, "maximum": self.most}


# What may stand in a query or a body, within what a database holds.
Day = Annotated[date, Reads(days.day, (str, date))]
Count = Annotated[int, Whole(-LARGEST, LARGEST)]
Id = Annotated[int, Reads(ids.number, (str, int)), WithJsonSchema({"type": "integer", "minimum": 0})]
Amount = Annotated[Decimal, Reads(numbers.number, (str, int, float, Decimal))]
Text = Annotated[str, Reads(texts.prose)]
File = Annotated[InstanceOf[FileStorage], WithJsonSchema({"type": "string", "format": "binary"})]

Member = TypeVar("Member")


def _nothing(given: object) -> object:
    return None if isinstance(given, str) and not given.strip() else given


Perhaps = Annotated[Member | None, BeforeValidator(_nothing)]  # an empty box is nothing


def at_most(most: int) -> FieldInfo:
    """A list has an end, which operations hold and the document tells."""
    found: FieldInfo = Field(json_schema_extra={"maxItems": most})
    return found


Listed = Annotated[list[Member], at_most(MOST_LISTED)]


class Body(BaseModel):
    """A request body: unknown members are refused, so that a misspelt one is not lost in silence."""

    model_config = ConfigDict(extra="forbid")


# What is wrong with a member, by the name pydantic has for it; anything else is of the wrong form.
FAULTS = {
    "missing": "body-member-missing",
    "extra_forbidden": "body-member-unknown",
    "string_too_long": "body-member-too-long",
    "too_long": "body-member-too-long",
    "greater_than": "body-member-out-of-bounds",
    "greater_than_equal": "body-member-out-of-bounds",
    "less_than_equal": "body-member-out-of-bounds",
    "decimal_max_places": "body-member-out-of-bounds",
}

Shape = TypeVar("Shape", bound=BaseModel)


def dotted(way: Iterable[str | int]) -> str:
    return ".".join(map(str, way))


def checked(
    shape: type[Shape], given: object, called: Callable[[Iterable[str | int]], str] = dotted
) -> Shape:
    """`given` as the shape says, or a no that names each member at fault, called by the way to it."""
    try:
        return shape.model_validate(given)
    except ValidationError as error:
        faults = {called(fault["loc"]): fault for fault in error.errors()}
        fields = {place: _slug(fault) for place, fault in faults.items()}
        members = sorted(dotted(fault["loc"]) for fault in faults.values())
        refused = Invalid("body-invalid", fields, members=members)
        refused.details = {place: fault.get("ctx", {}) for place, fault in faults.items()}
        raise refused from error


def _slug(fault: Mapping[str, Any]) -> str:  # as pydantic writes them
    if fault["type"] == REFUSED:
        slug: str = fault["ctx"]["slug"]
        return slug
    return FAULTS.get(fault["type"], "body-member-invalid")


def taken_apart(annotation: Any, *said: object) -> tuple[Any, tuple[object, ...]]:  # any annotation
    """The bare type of a member, and what its annotation says of it; that it may be nothing is left out."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return taken_apart(inner, *more, *said)
    parts = get_args(annotation)
    if len(parts) == 2 and type(None) in parts:
        return taken_apart(parts[parts[0] is type(None)], *said)
    return annotation, said


def brings_a_file(shape: type[BaseModel]) -> bool:
    """Whether a member is a file, which JSON cannot carry."""
    members = shape.model_fields.values()
    return any(taken_apart(member.annotation)[0] is FileStorage for member in members)
