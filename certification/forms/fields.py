"""Fields several forms share."""

from decimal import Decimal, InvalidOperation

from wtforms import Field
from wtforms.widgets import TextInput

from core.i18n import _l

LARGEST = Decimal("1e12")  # no quantity of this office comes near it; what lies beyond is a slip
DIGITS = 12


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
