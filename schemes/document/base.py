"""What the parts of a scheme are made of: exact numbers, words in both languages, slugs, sources.

What is handed in is held to every bound.  What is stored was handed in once, perhaps under wider bounds: it
is read as it stands, so that no rule of today makes a version unreadable under which certificates stand.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from accounts import uscc
from carbon import units
from core import fonts
from core.errors import Invalid
from core.readers import days, numbers, texts

REFUSED = "refused"  # the type of a fault that carries a slug of ours
STORED = "stored"  # the context of a document that comes from the database
OUT_OF_BOUNDS = "body-member-out-of-bounds"
SLUG, LONGEST_SLUG = re.compile(r"^[a-z][a-z0-9_-]*$"), 60


class Part(BaseModel):
    """A part of a document: never changed once read, since everybody who asks gets the same one."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def refusal(slug: str, **detail: object) -> PydanticCustomError:
    return PydanticCustomError(REFUSED, "{slug}", {**detail, "slug": slug})


def is_stored(info: ValidationInfo) -> bool:
    return info.context == STORED


@dataclass(frozen=True)
class Within:
    """A number that is handed in lies within these bounds; `above` leaves its own value out."""

    least: int | None = None
    most: int | None = None
    above: int | None = None
    slug: str = OUT_OF_BOUNDS

    def _checked(self, value: Decimal | int, info: ValidationInfo) -> Decimal | int:
        low = (self.least is not None and value < self.least) or (
            self.above is not None and value <= self.above
        )
        if not is_stored(info) and (low or (self.most is not None and value > self.most)):
            raise refusal(self.slug)
        return value

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        found = handler(schema)
        if found.get("type") == "integer":
            ends = {"minimum": self.least, "maximum": self.most}
            found |= {name: end for name, end in ends.items() if end is not None}
        return found


@dataclass(frozen=True)
class Line:
    """One line that papers may print: cleaned, drawable, and not empty unless `empty` says so."""

    most: int
    empty: bool = False

    def _checked(self, value: object, info: ValidationInfo) -> str:
        if not isinstance(value, str):
            raise refusal("body-member-invalid")
        if is_stored(info):
            return value
        try:
            cleaned = texts.line(value, self.most)
            fonts.refuse_undrawable([cleaned])
        except Invalid as error:
            raise refusal(error.slug, **error.detail) from error
        if not cleaned and not self.empty:
            raise refusal("body-member-missing")
        return cleaned

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_before_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return handler(schema) | {"maxLength": self.most} | ({} if self.empty else {"minLength": 1})


def _number(value: object, info: ValidationInfo) -> object:
    if isinstance(value, Decimal):
        return value
    if is_stored(info):
        return Decimal(str(value))
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise refusal("body-member-invalid")
    return _read(numbers.number, value)


def _day(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise refusal("body-member-invalid")
    return _read(days.day, value)


def _read(reader: Callable[[Any], object], value: object) -> object:  # Any: as the reader takes it
    try:
        found = reader(value)
    except Invalid as error:
        raise refusal(error.slug, **error.detail) from error
    if found is None:
        raise refusal("body-member-missing")
    return found


def _declarable(unit: str, info: ValidationInfo) -> str:
    if is_stored(info):
        return unit
    try:
        return units.canonical(unit)
    except Invalid as error:
        raise refusal("unit-unknown") from error


def _unit(unit: str, info: ValidationInfo) -> str:
    """Of a figure: none, one that no footprint is counted in, or of the list, one for each other."""
    if not is_stored(info) and unit not in MEASURED:
        for part in unit.removeprefix("kgCO2e/").split("/"):
            _declarable(part, info)
    return unit


def _slug(value: str, info: ValidationInfo) -> str:
    if not is_stored(info) and (len(value) > LONGEST_SLUG or not SLUG.fullmatch(value)):
        raise refusal("slug-unreadable")
    return value


# Units of figures that no footprint is counted in.
def _owner(value: str, info: ValidationInfo) -> str:
    """The province, or a body by its credit code."""
    if not is_stored(info) and value != PROVINCE:
        _read(uscc.check, value)
    return value


PROVINCE = "province"
MEASURED = ("", "%", "MPa", "kgCO2e", "N/kN", "in", "dB", "µm")

# Without an exponent, so that what is written is what is compared.
Number = Annotated[
    Decimal,
    BeforeValidator(_number),
    PlainSerializer(lambda value: f"{value:f}", return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}),
]
Positive = Annotated[Number, Within(above=0)]
Times = Annotated[Number, Within(above=1)]
NotNegative = Annotated[Number, Within(least=0)]
Share = Annotated[Number, Within(least=0, most=1)]
Count = Annotated[int, Field(strict=True), Within(least=0, most=3660)]
Digits = Annotated[int, Field(strict=True), Within(least=0, most=10)]
Months = Annotated[int, Field(strict=True), Within(least=0, most=120)]
Years = Annotated[int, Field(strict=True), Within(above=0, most=20)]
Day = Annotated[date, BeforeValidator(_day)]
Slug = Annotated[
    str,
    AfterValidator(_slug),
    WithJsonSchema({"type": "string", "pattern": SLUG.pattern, "maxLength": LONGEST_SLUG}),
]
Code = Annotated[str, Line(100)]
Owner = Annotated[str, Line(20), AfterValidator(_owner)]
Name = Annotated[str, Line(200)]
Note = Annotated[str, Line(500)]
PerhapsNote = Annotated[str, Line(500, empty=True)]
HIDDEN = "hidden"  # a member that nobody types
Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$"), HIDDEN]  # SHA-256 of a content, or none
Declared = Annotated[str, AfterValidator(_declarable)]
Unit = Annotated[str, AfterValidator(_unit)]


class Words(Part):
    """A name in both languages."""

    zh: Name
    en: Name


class Sentence(Part):
    """A text in both languages."""

    zh: Note
    en: Note


class Source(Part):
    """Where a figure comes from; `demo` marks one that was invented (演示数据)."""

    text: PerhapsNote = ""
    clause: Annotated[str, Line(100, empty=True)] = ""
    demo: bool = False


class Match(Part):
    """A parameter is one of these words, or lies between `from` and `below`, which is not part of it."""

    parameter: Slug
    one_of: tuple[Slug, ...] = ()
    least: Number | None = Field(None, alias="from")
    below: Number | None = None


Mode = Literal["full", "rounded"]  # GB/T 8170: 全数值 | 修约值
