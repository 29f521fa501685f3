"""What the form of every step shares: the shape says what is asked, the form how, and a refusal is shown
beside the box it is about.

    class ReceiveForm(StepForm):
        asks = shapes.Receipt
        received_on = box(_l("收样日期"))
        seal = box(_l("封条"), words="seal")
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import wtforms
from flask_wtf.file import FileField
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, Field, FieldList, FormField
from wtforms.fields.core import UnboundField

from core import places
from core.columns import Prose
from core.errors import Refused
from core.fields import FlaskForm, HandedField
from core.fields import StringField as ReadString
from core.i18n import _l
from core.machine import Facts
from core.members import ColumnText, OneOf, Whole, checked, taken_apart
from core.step import fields, shapes
from core.words import sentence, word


def words_of(kind: str, slugs: Iterable[str]) -> Callable[[], list[tuple[str, str]]]:
    """Choices for a field, spoken in the language of the page."""
    return lambda: [(slug, str(word(f"{kind}.{slug}"))) for slug in slugs]


class BlamedForm(FlaskForm):
    """A form that shows a refusal beside the box it is about."""

    def blame(self, refused: Refused) -> list[str]:
        """Put each reason of a refusal beside its box; return the sentences that belong to none."""
        named: dict[str, str] = getattr(refused, "fields", None) or {}
        slugs: list[str] = refused.detail.get("unmet") or ([] if named else [refused.slug])
        said = [(places.of(slug), slug, refused.detail) for slug in slugs if slug not in named.values()]
        said += [(name, slug, refused.detail_of(name)) for name, slug in named.items()]
        left = [sentence(slug, detail) for place, slug, detail in said if not self._put(place, slug, detail)]
        return list(dict.fromkeys(left))

    def _put(self, place: str, slug: str, detail: dict[str, Any]) -> bool:  # as the refusal has it
        box = self.box_of(place, slug, detail)
        if box is None or isinstance(box, FieldList):
            return False
        box.errors = [*box.errors, sentence(slug, detail)]
        return True

    def box_of(self, place: str, _slug: str, _detail: Mapping[str, object]) -> Field | None:
        """The box of a member, such as `points.0.text`."""
        return found_in(self._fields, place)


def found_in(boxes: dict[str, Field], place: str) -> Field | None:
    name, _dot, rest = place.partition(".")
    found = boxes.get(name)
    while found is not None and rest:
        name, _dot, rest = rest.partition(".")
        inner = _within(found)
        found = inner.get(name)
    return found


def _within(box: Field) -> dict[str, Field]:
    if isinstance(box, FormField):
        return dict(box.form._fields)
    rows = box.filled if isinstance(box, fields.Lines) else getattr(box, "entries", ())
    return {str(number): row for number, row in enumerate(rows)}


class SavedForm(BlamedForm):
    """What is saved on a thing that has versions; `version` is that of the page it was typed on."""

    version = HandedField("")

    def facts(self) -> Facts:
        return {name: _given(box) for name, box in self._fields.items() if name not in UNSAID}


UNSAID = ("version", "csrf_token")


def _given(box: Field) -> object:
    return (box.data or "").strip() if isinstance(box, ReadString) else box.data


@dataclass(frozen=True)
class Box:
    """How a member is asked; which field asks it follows from the member, unless it is named."""

    label: Any  # a text, or one that is translated when it is shown
    kind: type[Field] | None
    words: str
    optional: bool
    how: dict[str, Any] = field(default_factory=dict)  # as the field of WTForms takes them

    def bound(self, member: FieldInfo) -> "UnboundField[Any]":  # of whichever field asks it
        bare, said = taken_apart(member.annotation, *member.metadata)
        flags, how, kind = dict(FLAGS[self.optional]), dict(self.how), self.kind or FIELDS.get(bare)
        for each in said:
            match each:
                case ColumnText():
                    flags["maxlength"] = each.most
                    kind = self.kind or (PROSE if isinstance(each.column.type, Prose) else fields.StringField)
                case OneOf():
                    kind = self.kind or fields.RadioField
                    how.setdefault("choices", words_of(self.words, each.words))
                case Whole():
                    flags |= {"min": each.least, "max": each.most}
        if kind is None:
            raise TypeError(f"{self.label}: no box asks {member.annotation}")
        if issubclass(kind, CHOSEN):
            how |= {"coerce": str, "validate_choice": False}
        made: Any = kind(self.label, [Told(flags)], **how)  # outside of a form it is an UnboundField
        return made  # type: ignore[no-any-return]  # as above


PROSE = fields.TextAreaField
CHOSEN = (fields.SelectField, fields.RadioField, fields.ChecksField)
FLAGS: dict[bool, dict[str, object]] = {False: {}, True: {"optional": True}}
FIELDS: dict[type, type[Field]] = {
    date: fields.DateField,
    Decimal: fields.ExactField,
    int: fields.IntegerField,
    str: fields.StringField,
    bool: BooleanField,
    FileStorage: FileField,
}


class Told:
    """What the browser is told of a box; it checks nothing."""

    def __init__(self, flags: dict[str, object]) -> None:
        self.field_flags = flags

    def __call__(self, _form: object, _field: Field) -> None:
        pass


def box(
    label: Any = "",  # a text, or one that is translated when it is shown
    kind: type[Field] | None = None,
    *,
    words: str = "",
    optional: bool = False,
    **how: Any,  # as the field of WTForms takes them
) -> Any:  # in a form it becomes a field of WTForms, whose kind the member decides
    """One box, for the member of its name; `words` is the kind of word of its choices."""
    return Box(label, kind, words, optional, how)


def rows(form: type["RowForm"], label: str = "", **how: Any) -> Any:  # as FieldList takes them
    """Rows of boxes, for a member that is a list."""
    return fields.Lines(FormField(form), label, **how)


class Asking:
    """Mixed into a form that asks the members of a shape: each has its box, and no box is beside them."""

    asks: ClassVar[type[BaseModel]]
    together: ClassVar[dict[str, tuple[str, ...]]] = {}  # members that several boxes ask
    unasked: ClassVar[dict[str, str]] = {}  # members that no page asks, and why
    beside: ClassVar[dict[str, str]] = {}  # boxes of what no program hands in, and why

    def __init_subclass__(cls) -> None:
        for name, made in list(vars(cls).items()):
            if isinstance(made, Box):
                if name not in cls.asks.model_fields:
                    raise TypeError(f"{cls.__name__} asks {name}, which {cls.asks.__name__} does not have")
                setattr(cls, name, made.bound(cls.asks.model_fields[name]))
        if wrong := cls.asked() ^ (cls.asks.model_fields.keys() - cls.unasked.keys()):
            raise TypeError(f"{cls.__name__} and {cls.asks.__name__} differ in {sorted(wrong)}")

    @classmethod
    def asked(cls) -> set[str]:
        boxes = {
            name
            for name in dir(cls)
            if isinstance(getattr(cls, name), UnboundField) and name not in (*UNSAID, *cls.beside)
        }
        return (boxes - {name for names in cls.together.values() for name in names}) | cls.together.keys()


class RowForm(Asking, wtforms.Form):
    """A row of boxes, for one of the things that are listed with a step."""

    asks: ClassVar[type[BaseModel]] = BaseModel

    def given(self) -> dict[str, Any]:  # as it came from the page
        return given(self._fields)


def given(boxes: dict[str, Field]) -> dict[str, Any]:  # as it came from the page
    """What was typed, by the names of the boxes."""
    said = {name: fields.typed(box) for name, box in boxes.items() if name not in UNSAID}
    return {name: value for name, value in said.items() if value is not None}


class StepForm(Asking, SavedForm):
    """What is handed in with one step."""

    asks: ClassVar[type[shapes.Facts]] = shapes.Nothing

    def given(self) -> dict[str, Any]:  # as it came from the page
        """What was typed, by member, as a program would send it."""
        return given(self._fields)

    def facts(self) -> Facts:
        """The facts of the step, as core.lifecycle.take is told them; Invalid by the member at fault."""
        said = self.given()
        beside = {name: said.pop(name, None) for name in self.beside}
        return checked(self.asks, said).facts() | beside

    def box_of(self, place: str, _slug: str, _detail: Mapping[str, object]) -> Field | None:
        name, dot, rest = place.partition(".")
        return found_in(self._fields, self.together[name][0] if name in self.together else name + dot + rest)


class ReasonForm(StepForm):
    asks = shapes.Reason
    reason = box(_l("理由"))


class LateForm(StepForm):
    """Of a step with the day of something that happened."""

    asks: ClassVar[type[shapes.Facts]] = shapes.Late
    late_reason = box(_l("补录理由"), optional=True)


class SignForm(StepForm):
    asks = shapes.Signed
    signed = box(_l("我已阅读卷宗，独立作出本决定，并对其负责"))
