"""The boxes of the parameters a rule asks for: what is typed in them is read by schemes.stated."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from wtforms import Field, FieldList, FormField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.widgets import DateInput

from certification.application.forms.applications import ModelForm, ProductForm
from certification.application.operations.filling import MOST_MODELS
from certification.application.words import parameters as words
from core.fields import StringField
from core.i18n import _, _l
from core.step.forms import Told
from schemes.document import Document, Parameter
from schemes.document.parameters import values_of
from schemes.stated import fields_of


class DayField(StringField):
    """A day as it was typed, whatever its spelling."""

    widget = DateInput()


class Stated(FormField):  # type: ignore[type-arg]  # WTForms is not generic when it runs
    """Boxes by the slugs of parameters, which may be any; so they are no keywords."""

    def process(
        self,
        formdata: Any,  # as WTForms hands it on
        data: Any = unset_value,  # likewise
        extra_filters: Any = None,  # likewise
    ) -> None:
        boxes = SimpleNamespace(**data) if isinstance(data, Mapping) else data
        super().process(formdata, boxes, extra_filters)


def product_form(rules: Document) -> type[ProductForm]:
    """The form of a product under this rule; without parameters it is that of every product."""
    if not rules.parameters:
        return ProductForm

    class OneModel(ModelForm):
        parameters = Stated(_boxes(rules, "model"), "")

    class Product(ProductForm):
        parameters = Stated(_boxes(rules, "product"), _l("产品参数"))
        models = FieldList(FormField(OneModel, ""), _l("规格型号"), max_entries=MOST_MODELS)

    return Product


def filled_boxes(rules: Document, per: str, said: Mapping[str, str]) -> BaseForm:
    """The boxes alone, with what is said in them; each is called `per-slug`."""
    found = BaseForm({each.slug: _box(rules, each) for each in fields_of(rules, per)}, f"{per}-")
    found.process(None, SimpleNamespace(**said))
    return found


def _boxes(rules: Document, per: str) -> type[BaseForm]:
    asked = fields_of(rules, per)

    class Boxes(BaseForm):
        def __init__(
            self,
            formdata: Any = None,  # as WTForms hands it on
            obj: object = None,
            prefix: str = "",
            **_meta: object,
        ) -> None:
            super().__init__({parameter.slug: _box(rules, parameter) for parameter in asked}, prefix)
            self.process(formdata, obj)

    return Boxes


def _box(rules: Document, parameter: Parameter) -> "UnboundField[Any]":  # of whichever field asks it
    kind: type[Field] = StringField
    more = dict[str, Any]()  # as the field of WTForms takes them
    if values := values_of(parameter):
        kind = SelectField
        choices = [SelectChoice(slug, words.spoken(parameter, slug)) for slug in values]
        more = {"choices": [SelectChoice("", _("请选择")), *choices], "validate_choice": False}
    elif parameter.kind == "date":
        kind = DayField
    optional: dict[str, object] = {"optional": True} if parameter.required == "never" else {}
    hint = words.hint(rules, parameter)
    made: Any = kind(words.named(parameter), [Told(optional)], description=hint, **more)  # a box, once bound
    return made  # type: ignore[no-any-return]  # outside of a form it is an UnboundField
