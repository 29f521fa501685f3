"""What a column of text may hold, stated where the fact is stored: no door can store more, or anything else.

    name: Mapped[Name]                                   one line of at most 200 characters
    reason: Mapped[Reason] = mapped_column(default="")   several lines
    name: Mapped[PrintedName]                            on papers, whose font must have every letter
    place: Mapped[str] = mapped_column(Line(100))        a limit of its own

A value is cleaned and checked when it is given to a row, by `core.readers.texts`; what was stored before is
read as it stands.  Forms and the shapes of the API ask `most` for the same limit.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from sqlalchemy import JSON, String, Text, TypeDecorator, event
from sqlalchemy.orm import ColumnProperty, InstrumentedAttribute, mapped_column

from core import fonts
from core.errors import Invalid
from core.readers import mail, texts


class Line(TypeDecorator[str]):
    """One line that people write, of at most `most` characters."""

    impl = String
    cache_ok = True

    def __init__(self, most: int, length: int | None = None, printed: bool = False) -> None:
        super().__init__(length)
        self.most, self.length = most, length  # the length is of the database, where an earlier table has one
        self.printed = printed  # on certificates or acts

    def cleaned(self, value: str) -> str:
        return self.drawable(texts.line(value, self.most))

    def drawable(self, text: str) -> str:
        if self.printed:
            fonts.refuse_undrawable([text])
        return text


class Prose(Line):
    """Several lines that people write."""

    cache_ok = True

    def cleaned(self, value: str) -> str:
        return self.drawable(texts.prose(value, self.most))


class Key(Line):
    """What the program writes: slugs, digests, secrets; printable ASCII."""

    cache_ok = True

    def cleaned(self, value: str) -> str:
        if len(value) > self.most or not (value.isascii() and value.isprintable()):
            raise Invalid("value-not-known")
        return value


class Record(TypeDecorator[str]):
    """What the program writes and keeps to the byte: signed statements, canonical JSON, traces."""

    impl = String
    cache_ok = True


class LongRecord(Record):
    impl = Text
    cache_ok = True


class Facts(TypeDecorator[Any]):  # JSON
    """JSON with texts that people write: each is prose, of at most `most` characters."""

    impl = JSON
    cache_ok = True

    def __init__(self, most: int = texts.PROSE, printed: bool = False) -> None:
        super().__init__(none_as_null=True)
        self.text = Prose(most, printed=printed)
        self.most, self.printed = most, printed

    def cleaned(self, value: object) -> object:
        if isinstance(value, str):
            return self.text.cleaned(value)
        if isinstance(value, dict):
            return {key: self.cleaned(inner) for key, inner in value.items()}
        return [self.cleaned(inner) for inner in value] if isinstance(value, list | tuple) else value


T = TypeVar("T")

Slug = Annotated[str, mapped_column(Key(100))]
Digest = Annotated[str, mapped_column(Key(64))]  # SHA-256, or a secret no longer than one
Sealed = Annotated[str, mapped_column(Key(2000))]  # signatures, hashes of passwords
Unit = Annotated[str, mapped_column(Line(60))]
Code = Annotated[str, mapped_column(Line(100))]  # numbers of cases, papers, registers; credit codes
Name = Annotated[str, mapped_column(Line(200))]
Who = Annotated[str, mapped_column(Line(400))]  # a person with the organisation, see Actor.label
Note = Annotated[str, mapped_column(Line(500))]
PrintedName = Annotated[str, mapped_column(Line(200, printed=True))]
PrintedCode = Annotated[str, mapped_column(Line(100, printed=True))]
PrintedNote = Annotated[str, mapped_column(Line(500, printed=True))]
FileName = Annotated[str, mapped_column(Line(255))]
MailAddress = Annotated[str, mapped_column(Line(mail.LONGEST))]
Address = Annotated[str, mapped_column(Line(2000))]  # of a page, with what was asked
Reason = Annotated[str, mapped_column(Prose(texts.PROSE))]
PrintedReason = Annotated[str, mapped_column(Prose(texts.PROSE, printed=True))]
Statement = Annotated[str, mapped_column(Record)]


def most(column: "InstrumentedAttribute[Any]") -> int:  # of a text, or of texts that are kept as JSON
    """How many characters a column takes."""
    found: int = column.type.most
    return found


def taken(column: InstrumentedAttribute[T], value: T, place: str) -> T:
    """The value as a row would keep it, or a refusal that names `place`; nothing is given to a row."""
    return _kept(column.type, value, place)


def faults(model: type, values: Mapping[str, object]) -> dict[str, str]:
    """The slugs, by column, with which a row of `model` would refuse these values; nothing is given to it."""
    found = {}
    for name, value in values.items():
        try:
            _taken(getattr(model, name).type, value)
        except Invalid as error:
            found[name] = error.slug
    return found


def would_be_taken(kind: Any, value: object) -> bool:  # Any: a type of ours, or one of the database
    """Whether what an earlier version stored in such a column would pass its door today, unchanged."""
    if value is None or not hasattr(kind, "cleaned"):
        return True
    try:
        return bool(kind.cleaned(value) == value)
    except Invalid:
        return False


def guard(base: type) -> None:
    """Clean what is given to any column of the models of `base`, or refuse it by the column's name."""
    event.listen(base, "attribute_instrument", _guarded, propagate=True)


def _guarded(_model: type, name: str, attribute: InstrumentedAttribute[object]) -> None:
    kind = attribute.property.columns[0].type if isinstance(attribute.property, ColumnProperty) else None
    if not hasattr(kind, "cleaned"):
        return

    event.listen(attribute, "set", lambda _row, value, _old, _by: _kept(kind, value, name), retval=True)


def _kept(kind: Any, value: T, place: str) -> T:  # Any: a type of ours, or one of the database
    try:
        return _taken(kind, value)
    except Invalid as error:
        raise Invalid(error.slug, {place: error.slug}, **error.detail) from error


def _taken(kind: Any, value: T) -> T:  # Any: a type of ours, or one of the database
    if not (hasattr(kind, "cleaned") and isinstance(value, str | dict | list | tuple)):
        return value
    cleaned: T = kind.cleaned(value)
    return cleaned
