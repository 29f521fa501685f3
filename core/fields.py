"""The boxes of all forms: what is typed in them is read by core.readers, so a form and the API agree.

They bear the names of WTForms and take the same arguments; an error is the slug of the refusal.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import flask_wtf
import wtforms
from markupsafe import Markup
from sqlalchemy.orm import InstrumentedAttribute
from wtforms.validators import Length
from wtforms.widgets import EmailInput, HiddenInput, TelInput, TextArea, TextInput, URLInput

from core.columns import most
from core.errors import Invalid
from core.readers import days, ids, mail, numbers, texts

T = TypeVar("T")


def _read(reader: Callable[..., T], value: object, **bounds: object) -> T:
    try:
        return reader(value, **bounds)
    except Invalid as error:
        raise ValueError(error.slug) from error


def row(value: object) -> int | None:
    """How a choice among rows reads the number of one: `SelectField(coerce=row)`."""
    return _read(ids.number, value)


class Fits(Length):
    """At most what the column takes in which the box is stored; the browser is told as well."""

    def __init__(self, column: "InstrumentedAttribute[Any]") -> None:  # as core.columns.most takes it
        super().__init__(max=most(column))


def _most(field: wtforms.Field, otherwise: int) -> int:
    """What the form itself allows, by its own sentence, or as much as a column usually takes."""
    checks: Iterable[object] = field.validators  # the stubs deny that one may be a Length
    allowed = [check.max for check in checks if isinstance(check, Length) and check.max > 0]
    # What is too long by less than half is left to the form, whose sentence names the limit.
    return max(allowed) * 2 if allowed else otherwise


class FlaskForm(flask_wtf.FlaskForm):
    """Nobody points at a hidden box, so it bears no id: several forms on a page have the same ones."""

    class Meta:
        def render_field(self, field: wtforms.Field, render_kw: dict[str, object]) -> Markup:
            if isinstance(field.widget, HiddenInput):
                render_kw.setdefault("id", False)
            shown: Markup = super().render_field(field, render_kw)  # type: ignore[misc]  # WTForms derives from it
            return shown


class StringField(wtforms.StringField):
    """One line."""

    reader = staticmethod(texts.line)
    most = texts.LINE

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.data = valuelist[0]
            self.data = _read(self.reader, valuelist[0], most=_most(self, self.most))


class TelField(StringField):
    """A telephone number, as one line."""

    widget = TelInput()


class EmailField(StringField):
    """A mail address, as one line; whether it can be mailed, the operation says."""

    widget = EmailInput()
    most = mail.LONGEST


class URLField(StringField):
    """An address of the web, as one line."""

    widget = URLInput()
    most = 2000


class TextAreaField(StringField):
    """Several lines."""

    widget = TextArea()
    reader = staticmethod(texts.prose)
    most = texts.PROSE


class DateField(wtforms.DateField):
    """A day, in any of the spellings of core.readers.days."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = _read(days.day, valuelist[0]) if valuelist else None
        if valuelist and self.data is None:
            raise ValueError("date-unreadable")


class MomentField(wtforms.DateTimeLocalField):
    """A day and a time to the minute, as a clock shows them."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = _read(days.moment, valuelist[0]) if valuelist else None
        if valuelist and self.data is None:
            raise ValueError("moment-unreadable")


class IntegerField(wtforms.IntegerField):
    """A whole number that its column can hold."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = _read(numbers.whole, valuelist[0], least=-numbers.LARGEST_WHOLE) if valuelist else None
        if valuelist and self.data is None:
            raise ValueError("number-unreadable")


class HandedField(IntegerField):
    """A number that a page hands out and takes back as it was, such as the version it was made from."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = row(valuelist[0]) if valuelist else None


class ExactField(wtforms.Field):
    """A number kept digit for digit; `data` is a Decimal, or None when the box is empty."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:f}"

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        self.data = _read(numbers.number, valuelist[0]) if valuelist else None
