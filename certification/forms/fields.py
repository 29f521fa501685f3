"""Fields several forms share."""

from decimal import Decimal, InvalidOperation

from wtforms import Field, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from core.i18n import _l

LARGEST = Decimal("1e12")  # no quantity of this office comes near it; what lies beyond is a slip
DIGITS = 12


class MayBeEmpty(Optional):
    """An empty box is no error of shape; whether the step can be taken without it, the law says."""

    def __init__(self):
        super().__init__()
        self.field_flags = {}


class ChecksField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ExactField(Field):
    """A number kept digit for digit; `data` is a Decimal, or None when the box is empty."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else f"{self.data:f}"

    def process_formdata(self, valuelist) -> None:
        text = valuelist[0].strip().replace(",", "").replace("，", "") if valuelist else ""
        self.data = exact(text) if text else None


def exact(text: str) -> Decimal:
    """The number `text` writes; ValueError, with a sentence for its reader, when it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(_l("填写一个数，例如 3.5")) from None
    if not number.is_finite() or abs(number) > LARGEST or number.as_tuple().exponent < -DIGITS:
        raise ValueError(_l("这个数太大或位数太多，请核对单位"))
    return number
