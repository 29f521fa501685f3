"""The boxes of the forms of steps.  They only hold what was typed: the member of the shape reads it."""

from typing import Any

import wtforms
from flask_wtf.file import FileField
from wtforms import BooleanField, FieldList, FormField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextArea

from core import fields


class MayBeEmpty(Optional):
    """An empty box is no error of shape; whether the step can be taken without it, the law says."""

    def __init__(self) -> None:
        super().__init__()
        self.field_flags = {}


class ChecksField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Raw:
    """Mixed into a field of WTForms: `data` is what was typed, and None where the box was not sent."""

    data: Any  # before anything was typed, a value of the member's type

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else None


class StringField(Raw, wtforms.StringField):
    pass


class TextAreaField(StringField):
    widget = TextArea()


class DateField(Raw, wtforms.DateField):
    pass


class IntegerField(Raw, wtforms.IntegerField):
    pass


class ExactField(Raw, fields.ExactField):
    pass


class HiddenField(Raw, wtforms.HiddenField):
    pass


class SelectField(Raw, wtforms.SelectField):
    pass


class RadioField(Raw, wtforms.RadioField):
    pass


class Lines(FieldList):  # type: ignore[type-arg]  # WTForms is not generic when it runs
    """Rows of boxes; one in which nothing was typed is none."""

    @property
    def filled(self) -> list[Any]:  # fields of rows, whose type WTForms does not say
        return [entry for entry in self.entries if any(map(typed, entry.form._fields.values()))]


def typed(field: wtforms.Field) -> Any:  # as it came from the page: text, texts, a file, or rows of them
    """What was typed in a box; None where there was nothing to type in."""
    match field:
        case FormField():
            return field.form.given()
        case Lines():
            return [typed(entry) for entry in field.filled]
        case FieldList():
            return [typed(entry) for entry in field.entries]
        case FileField():
            return field.data if field.data and field.data.filename else None
        case BooleanField():
            return bool(field.data)
    return field.data
